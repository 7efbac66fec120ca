"""What a run is doing right now, for whoever watches it."""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_told: ContextVar[Callable[[str], None] | None] = ContextVar("told", default=None)


def begin(stage: str) -> None:
    """Say what the run does from here on.

    Example:
        >>> with watched(print):
        ...     begin("reading invoices.csv")
        reading invoices.csv
    """
    if (tell := _told.get()) is not None:
        tell(stage)


@contextmanager
def watched(tell: Callable[[str], None]) -> Iterator[None]:
    """Have each stage told that begins inside of the block."""
    before = _told.set(tell)
    try:
        yield
    finally:
        _told.reset(before)
