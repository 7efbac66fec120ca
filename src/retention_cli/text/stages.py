"""What a run is doing right now, for whoever watches it."""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

_told: ContextVar[Callable[[str], None] | None] = ContextVar("told", default=None)
_signals: ContextVar[Sequence[int]] = ContextVar("signals", default=())


def begin(stage: str) -> None:
    """Say what the run does from here on; a signal that came and did not end it ends it here.

    Python drops what a signal raises while it clears up, as it does after each import.
    Example:
        >>> with watched(print):
        ...     begin("reading invoices.csv")
        reading invoices.csv
    """
    if signals := _signals.get():
        raise SystemExit(128 + signals[-1])
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


@contextmanager
def heeding(signals: Sequence[int]) -> Iterator[None]:
    """End the block at its next stage once there is a signal among those that came."""
    before = _signals.set(signals)
    try:
        yield
    finally:
        _signals.reset(before)
