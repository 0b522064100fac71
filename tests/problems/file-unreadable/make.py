"""A pipe lies where the response should be."""

import os


def make(folder):
    path = folder / "bids/alfa/response.json"
    path.unlink()
    os.mkfifo(path)
