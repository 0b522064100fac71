"""Brackets within brackets."""


def make(folder):
    (folder / "bids/alfa/response.json").write_text("[" * 40 + "]" * 40, "utf-8")
