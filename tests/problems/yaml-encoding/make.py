"""A tender saved with a byte order mark."""


def make(folder):
    path = folder / "tender.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
