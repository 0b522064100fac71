"""Cards become plain data and are read back: what a report says can be carried, and printed again from that alone."""

from __future__ import annotations

import types
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

Card = TypeVar("Card")


def plain_of(card: Any) -> Any:
    """Return a card as mappings, lists, texts and whole numbers."""
    if is_dataclass(card):
        return {field.name: plain_of(getattr(card, field.name)) for field in fields(card)}
    if isinstance(card, tuple):
        return [plain_of(part) for part in card]
    return card


def card_of(kind: type[Card], plain: Any) -> Card:
    """Return the card of a class that plain data says; ``ValueError`` where it is not exactly such a card."""
    made: Card = _made(kind, plain)
    return made


def _made(kind: Any, plain: Any) -> Any:
    if is_dataclass(kind):
        return _card(kind, plain)
    origin, parts = get_origin(kind), get_args(kind)
    if origin is tuple:
        if not isinstance(plain, list):
            raise ValueError("a list is missing")
        if len(parts) == 2 and parts[1] is Ellipsis:  # noqa: PLR2004  any number of one kind
            return tuple(_made(parts[0], part) for part in plain)
        return tuple(_made(part, one) for part, one in zip(parts, plain, strict=True))
    if origin in (Union, types.UnionType):
        return None if plain is None else _made(next(part for part in parts if part is not type(None)), plain)
    if kind is bool or kind is str:
        if type(plain) not in (bool, str) or not isinstance(plain, kind):
            raise ValueError(f"{plain!r} is no {kind.__name__}")
        return kind(plain)
    if kind is int and not isinstance(plain, bool) and plain == int(plain):
        return int(plain)
    raise ValueError(f"{plain!r} is no {kind}")


def _card(kind: Any, plain: Any) -> Any:
    hints = get_type_hints(kind)
    if not isinstance(plain, Mapping) or set(plain) != set(hints):
        raise ValueError(f"it is no {kind.__name__}")
    return kind(**{name: _made(hint, plain[name]) for name, hint in hints.items()})
