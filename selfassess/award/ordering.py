"""Figures become an order: ties are told apart by the tender's published rule only (method, 3.10).

A key puts the figure first and what each tie rule compares behind it; the least key comes first.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from hashlib import sha256

from selfassess.award.models import MODELS, Bid, Figures
from selfassess.languages import TOLD
from selfassess.model.tender import PriceModel

Key = tuple[Fraction, ...]
DRAW = "draw"
NAMED = {"quality": TOLD.say("quality"), "price": TOLD.say("price"), DRAW: TOLD.say("draw")}  # rules, as they are told


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What decides a lot's order: price model, tie rule, and the seed of the draw (None: not yet revealed)."""

    lot: str
    model: PriceModel
    tie_rule: tuple[str, ...]
    seed: bytes | None = None

    @property
    def lowest_wins(self) -> bool:
        """Return whether the lowest figure comes first."""
        return MODELS[self.model.model][1]

    def figures(self, bids: Sequence[Bid]) -> Figures:
        """Return the figure of each bid; None where the model does not admit it."""
        return MODELS[self.model.model][0](bids, self.model)

    def keys(self, bids: Sequence[Bid]) -> dict[str, Key]:
        """Return the key of each bid that the model admits."""
        figures, sign = self.figures(bids), 1 if self.lowest_wins else -1
        return {
            bid.supplier: (sign * figure, *(self.tie_key(rule, bid) for rule in self.tie_rule))
            for bid in bids
            if (figure := figures[bid.supplier]) is not None
        }

    def tie_key(self, rule: str, bid: Bid) -> Fraction:
        """Return what a rule of the tender compares among bids with equal figures; the least comes first."""
        if rule == "price":
            return bid.price
        if rule == "quality":
            return -bid.quality
        if rule == DRAW:
            return Fraction(0 if self.seed is None else drawn(self.seed, self.lot, bid.supplier))
        return -(bid.sections.get(rule.removeprefix("section:")) or Fraction(0))


def drawn(seed: bytes, lot: str, supplier: str) -> int:
    """Return SHA-256(seed ‖ lot ‖ supplier id) as a number: the lot that a bid draws, the lowest comes first."""
    return int.from_bytes(sha256(seed + lot.encode("ascii") + supplier.encode("ascii")).digest(), "big")


def draw_order(seed: bytes, lot: str, suppliers: Iterable[str]) -> tuple[str, ...]:
    """Return suppliers in the order of the draw; who is among them changes the order of no others."""
    return tuple(sorted(suppliers, key=lambda supplier: drawn(seed, lot, supplier)))


def is_seed(seed: bytes, published: str) -> bool:
    """Return whether ``seed`` is the one whose digest (``sha256:`` and 64 hexadecimal digits) was published."""
    return published == f"sha256:{sha256(seed).hexdigest()}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """Bids in order of their keys; ranks are shared where nothing published tells two apart."""

    order: tuple[str, ...]
    ranks: Mapping[str, int]
    tied: Mapping[str, tuple[str, ...]]


def ordered(keys: Mapping[str, Key]) -> Order:
    """Return the order of bids by key, equal keys by name."""
    order = tuple(sorted(keys, key=lambda supplier: (keys[supplier], supplier)))
    ranks: dict[str, int] = {}
    groups: dict[Key, list[str]] = {}
    for place, supplier in enumerate(order, start=1):
        group = groups.setdefault(keys[supplier], [])
        ranks[supplier] = ranks[group[0]] if group else place
        group.append(supplier)
    tied = {supplier: tuple(other for other in groups[keys[supplier]] if other != supplier) for supplier in order}
    return Order(order=order, ranks=ranks, tied=tied)


def deciding(keys: Mapping[str, Key], supplier: str, tie_rule: Sequence[str]) -> str:
    """Return the first rule of the tender that told a bid from another with the same figure, empty where none did."""
    own = keys[supplier]
    same_figure = [key for other, key in keys.items() if other != supplier and key[0] == own[0]]
    for place, rule in enumerate(tie_rule, start=1):
        if any(key[place] != own[place] for key in same_figure):
            return NAMED.get(rule) or TOLD.say("section:{section}", section=rule.removeprefix("section:"))
    return ""
