"""Brackets within brackets."""


def make(folder):
    with (folder / "tender.yaml").open("a", encoding="utf-8") as file:
        file.write("more: " + "[" * 40 + "]" * 40 + "\n")
