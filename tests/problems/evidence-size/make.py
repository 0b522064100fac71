"""A certificate of more than a hundred mebibytes, without content."""


def make(folder):
    path = folder / "bids/alfa/evidence/audit.txt"
    with path.open("wb") as file:
        file.truncate(100 * 1024 * 1024 + 1)
