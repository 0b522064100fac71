"""Gather the bids of a tender's folder: every entry there becomes a bid, a refused one, or a problem."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from selfassess import limits
from selfassess.bids import RESPONSE, Bid, in_tender, read_bid, refused
from selfassess.identifiers import is_supplier_id
from selfassess.problems import Code, InvalidDocument, Problem
from selfassess.schemas.response import ResponseReader
from selfassess.seen import Seen
from selfassess.sources import names_in, of_file, read_bytes
from selfassess.tenders import Opened, Reviews
from selfassess.text import show


@dataclass(slots=True)
class Gathered:
    """The bids by name, problems of what else lies among them, and the bytes of responses that were refused."""

    bids: dict[str, Bid] = field(default_factory=dict)
    found: list[Problem] = field(default_factory=list)
    raw: dict[str, bytes] = field(default_factory=dict)

    @property
    def strays(self) -> tuple[Problem, ...]:
        """Return the problems of what is no bid."""
        return tuple(self.found)


def gather(
    folder: Path, opened: Opened, seen: Seen | None, progress: Callable[[str], None], only: str | None = None
) -> Gathered:
    """Return everything that lies among the bids of a tender's folder, or one bid alone.

    ``seen`` is what was seen of evidence and of unreadable bids where they do not lie there.
    """
    reader = ResponseReader(opened.questionnaire.content, opened.answered)
    at = f"{opened.name}/bids"
    names = names_in(folder / "bids", at)
    if len(names) > limits.BIDS:
        values = {"count": str(len(names)), "limit": str(limits.BIDS)}
        raise InvalidDocument([of_file(at, Code.LIMIT_ROWS, **values)])
    gathered = Gathered()
    if seen is not None:
        gathered.bids |= {name: refused(name, problems) for name, problems in seen.unread.items()}
        gathered.found += seen.strays
    folded = [name.casefold() for name in names]
    for number, name in enumerate(names, start=1):
        if only is not None and name != only:
            continue
        said = name if name.isprintable() else f"{show(name)} (entry {number})"  # two names may look the same
        path = folder / "bids" / name
        if path.is_symlink():
            gathered.bids[said] = refused(said, [of_file(f"{at}/{said}", Code.EVIDENCE_LINK, path=said)])
        elif not path.is_dir():
            gathered.found.append(of_file(f"{at}/{said}", Code.BID_STRAY, name=said))
        elif not is_supplier_id(name) or folded.count(name.casefold()) > 1:
            gathered.bids[said] = refused(said, [of_file(f"{at}/{said}", Code.SUPPLIER_ID, id=said)])
        else:
            progress(f"reading {number} of {len(names)}: {name}")
            look = None if seen is None else seen.looks.get(name)
            bid = gathered.bids[name] = in_tender(read_bid(path, f"{at}/{said}", reader, look), opened.tender.content)
            if bid.read is None:
                _keep(gathered, path / RESPONSE, f"bids/{name}/{RESPONSE}", limits.RESPONSE_BYTES)
    return gathered


def _keep(gathered: Gathered, path: Path, name: str, limit: int) -> None:
    """Keep the bytes of a response that was refused, where they can be read."""
    with suppress(InvalidDocument, OSError):
        if not path.is_symlink():
            gathered.raw[name] = read_bytes(path, limit, name)


def unused_reviews(folder: Path, opened: Opened, reviews: Reviews) -> dict[str, bytes]:
    """Return the bytes of reviews that could not be used, where they can be read, and of what else lies there none."""
    found = {f"reviews/{stray}": b"" for stray in opened.strays or ()}
    for name in opened.reviewed:
        if name not in reviews.usable:
            path = f"reviews/{name}.yaml"
            with suppress(InvalidDocument, OSError):
                found[path] = read_bytes(folder / path, limits.RESPONSE_BYTES, path)
    return found
