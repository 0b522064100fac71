"""A response saved in Latin-1."""


def make(folder):
    path = folder / "bids/alfa/response.json"
    path.write_bytes(path.read_text("utf-8").replace("An auditor", "Revisor \u00c5str\u00f6m").encode("latin-1"))
