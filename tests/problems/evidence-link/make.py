"""A link lies where the certificate should be."""


def make(folder):
    path = folder / "bids/alfa/evidence/audit.txt"
    path.rename(folder / "elsewhere.txt")
    path.symlink_to(folder / "elsewhere.txt")
