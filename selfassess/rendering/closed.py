"""What keeps WeasyPrint to itself: a fetcher that refuses and records, and an ear for its messages."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, NoReturn

from weasyprint.urls import FatalURLFetchingError, URLFetcher


class ClosedFetcher(URLFetcher):  # type: ignore[misc]
    """Refuses every address and remembers it: inline SVG swallows the refusal, so it is looked at afterwards."""

    def __init__(self) -> None:
        super().__init__(allowed_protocols=(), allow_redirects=False, fail_on_errors=True)
        self.refused: list[str] = []

    def fetch(self, url: str, headers: Mapping[str, Any] | None = None) -> NoReturn:  # noqa: ARG002  its signature
        """Refuse."""
        self.refused.append(url[:80])
        raise FatalURLFetchingError(f"nothing is fetched: {url[:80]}")


class _Ear(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep a message."""
        self.messages.append(record.getMessage())


@contextmanager
def heard() -> Iterator[list[str]]:
    """Yield the list of messages that WeasyPrint gives meanwhile, warnings and worse."""
    ear, logger = _Ear(), logging.getLogger("weasyprint")
    before = logger.propagate
    logger.addHandler(ear)
    logger.propagate = False
    try:
        yield ear.messages
    finally:
        logger.removeHandler(ear)
        logger.propagate = before
