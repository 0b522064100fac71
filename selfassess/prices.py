"""prices.csv, strictly: every price where it stands, every line that cannot be used named."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from selfassess import limits
from selfassess.problems import Code, InvalidDocument, Problem
from selfassess.sources.json_text import decoded
from selfassess.sources.plain import place_of, problem_at

HEADER = ("supplier", "lot", "price", "currency")
PRICE = re.compile(r"[0-9]{1,12}(?:\.[0-9]{1,6})?", re.ASCII)
_CONTROLS = re.compile("[\x00-\x09\x0b\x0c\x0e-\x1f\x7f]|\r(?!\n)")
_FIELD = re.compile(r'"((?:[^"]|"")*)"|([^",\r\n]*)')
Key = tuple[str, str]  # supplier, lot


@dataclass(slots=True)
class _Reading:
    file: str
    text: str
    bids: Collection[Key] | None
    currency: str | None
    refused: Collection[Key] = ()
    prices: dict[Key, Decimal] = field(default_factory=dict)
    places: dict[Key, int] = field(default_factory=dict)
    barred: set[Key] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)

    def fault(self, offset: int, code: Code, *related: int, **values: str) -> None:
        places = tuple(place_of(self.file, self.text, at) for at in related)
        self.problems.append(problem_at(self.file, self.text, offset, code, values, "", places))


def read_prices(
    raw: bytes,
    file: str,
    *,
    bids: Collection[Key] | None,
    currency: str | None,
    free: Collection[str] = (),
    refused: Collection[Key] = (),
) -> tuple[Mapping[Key, Decimal], tuple[Problem, ...], frozenset[Key]]:
    """Return the prices by supplier and lot, all problems, and the bids that have no usable price.

    In the lots of ``free`` no price is needed; prices of ``refused``, bids that could not be read, are left aside.
    Where the bids are not known (None), any may be named; where the currency is not, the first one must be kept to.
    Raises ``InvalidDocument`` when the file as a whole cannot be read: then no bid has a price.
    """
    if len(raw) > limits.PRICES_BYTES:
        values = {"size": str(len(raw)), "limit": str(limits.PRICES_BYTES)}
        raise InvalidDocument([problem_at(file, "", 0, Code.LIMIT_SIZE, values)])
    reading = _Reading(file, decoded(raw, file, Code.PRICES_ENCODING), bids, currency, refused)
    rows = list(_rows(reading))
    for number, row in enumerate(rows):
        if number:
            _line(reading, row)
    needed = {key for key in bids or () if key[1] not in free}
    for supplier, lot in sorted(needed - reading.places.keys()):
        reading.fault(0, Code.PRICE_MISSING, supplier=supplier, lot=lot)
    barred = frozenset({key for key in needed if key not in reading.prices} | reading.barred)
    return reading.prices, tuple(sorted(reading.problems)), barred


def _rows(reading: _Reading) -> Iterator[list[tuple[int, str]]]:
    """Yield the fields of each line with their places; raise when the text is no such table."""
    text = reading.text
    odd = _CONTROLS.search(text)
    if odd is not None:
        raise _unreadable(reading, odd.start(), f"the character U+{ord(odd.group()):04X} cannot stand here")
    at, first = 0, True
    while at < len(text):
        fields, at = _fields(reading, at)
        if first and tuple(value for _, value in fields) != HEADER:
            separators = "; use commas" if ";" in fields[0][1] else ""
            raise _unreadable(reading, fields[0][0], f"the first line must be {','.join(HEADER)}{separators}")
        if fields != [(fields[0][0], "")]:
            yield fields
        first = False
    if first:
        raise _unreadable(reading, 0, "the file is empty")


def _fields(reading: _Reading, at: int) -> tuple[list[tuple[int, str]], int]:
    text, fields = reading.text, []
    while True:
        match = _FIELD.match(text, at)
        end = match.end() if match else at
        if text[at : at + 1] == '"' and (match is None or match.group(1) is None):
            raise _unreadable(reading, at, "a quote begins here and never ends")
        quoted = match.group(1) if match else None
        value = quoted.replace('""', '"') if quoted is not None else text[at:end]
        fields.append((at, value))
        if text[end : end + 1] == ",":
            at = end + 1
        elif text[end : end + 1] in ("", "\n", "\r"):
            return fields, end + (2 if text[end : end + 2] == "\r\n" else 1)
        else:
            raise _unreadable(reading, end, "a quote stands inside a field")


def _unreadable(reading: _Reading, offset: int, reason: str) -> InvalidDocument:
    return InvalidDocument([problem_at(reading.file, reading.text, offset, Code.PRICES_FORM, {"reason": reason})])


def _line(reading: _Reading, fields: list[tuple[int, str]]) -> None:
    """Take in one line, or note what is wrong with it; a line refuses only the bid that it names."""
    start = fields[0][0]
    if len(fields) != len(HEADER):
        reading.fault(start, Code.PRICES_FORM, reason=f"the line has {len(fields)} fields, not {len(HEADER)}")
        reading.barred.update(key for key in reading.bids or () if key[0] == fields[0][1])
        return
    (_, supplier), (_, lot), (price_at, price), (currency_at, currency) = fields
    key = (supplier, lot)
    if key in reading.refused:
        return
    if reading.bids is not None and key not in reading.bids:
        reading.fault(start, Code.PRICE_UNKNOWN_BID, supplier=supplier, lot=lot)
        return
    if key in reading.places:
        reading.fault(start, Code.PRICE_REPEATED, reading.places[key], supplier=supplier, lot=lot)
        reading.barred.add(key)
        return
    reading.places[key] = start
    reading.currency = reading.currency or currency
    if currency != reading.currency:
        reading.fault(currency_at, Code.PRICE_FOREIGN, found=currency, expected=reading.currency)
        reading.barred.add(key)
    if PRICE.fullmatch(price) is None:
        reading.fault(price_at, Code.PRICE_FORM, text=price)
        reading.barred.add(key)
    elif not Decimal(price):
        reading.fault(price_at, Code.PRICE_NOT_POSITIVE, price=price)
        reading.barred.add(key)
    elif key not in reading.barred:
        reading.prices[key] = Decimal(price)
