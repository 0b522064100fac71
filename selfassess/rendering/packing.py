"""Write each object of a PDF once: pydyf asks for all of them again for the file's identifier, and packs too hard.

The highest level of compression takes twice the time of the usual one, for a file that is hardly smaller.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cached_property
from typing import Any

LEVEL = 5


@contextmanager
def packing() -> Iterator[Callable[[Any], None]]:
    """Yield what lets the objects of a finished PDF be written once; call it when nothing is changed any more."""
    import pydyf  # noqa: PLC0415  it comes with WeasyPrint, only where reports are printed

    own = pydyf.Stream.data

    def finished(pdf: Any) -> None:
        kinds: dict[type, type] = {}
        for found in pdf.objects[1:]:
            kind = type(found)
            if kind not in kinds:
                written = _packed if issubclass(kind, pydyf.Stream) else kind.data.fget
                kinds[kind] = type(kind.__name__, (kind,), {"data": cached_property(written)})
            found.__class__ = kinds[kind]
        pydyf.Stream.data = property(_packed_once)  # of the streams that are made while the file is written

    try:
        yield finished
    finally:
        pydyf.Stream.data = own


def _packed(stream: Any) -> bytes:
    """Return a stream as it stands in the file."""
    from pydyf import Dictionary, _to_bytes  # noqa: PLC0415  pinned with WeasyPrint, and tested

    data = b"\n".join(_to_bytes(item) for item in stream.stream)
    extra = Dictionary(dict(stream.extra))
    if stream.compress:
        extra["Filter"] = "/FlateDecode"
        data = zlib.compress(data, LEVEL)
    extra["Length"] = len(data)
    return b"\n".join((extra.data, b"stream", data, b"endstream"))


def _packed_once(stream: Any) -> bytes:
    known: bytes | None = stream.__dict__.get("packed")
    if known is None:
        known = stream.__dict__["packed"] = _packed(stream)
    return known
