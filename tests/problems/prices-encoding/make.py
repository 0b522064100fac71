"""Prices saved with a byte order mark."""


def make(folder):
    path = folder / "prices.csv"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
