"""A response of a little more than eight mebibytes."""


def make(folder):
    (folder / "bids/alfa/response.json").write_bytes(b" " * (8 * 1024 * 1024 + 1))
