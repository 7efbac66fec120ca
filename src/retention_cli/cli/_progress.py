"""A line on stderr that says what a run is doing, where it takes longer than a second."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from threading import Lock, Timer
from typing import TYPE_CHECKING

from retention_cli.text.stages import watched

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.status import Status

PATIENCE_SECONDS = 1.0
_shown: list[_Line] = []


@contextmanager
def progress(*, quiet: bool) -> Iterator[None]:
    """Show what the run is doing until it prints something or ends.

    Nothing is shown where stderr is not a terminal, in CI, or where the run is to be quiet.
    """
    if quiet or os.environ.get("CI") or not sys.stderr.isatty():
        yield
        return
    line = _Line()
    _shown.append(line)
    try:
        with watched(line.say):
            yield
    finally:
        end()


def end() -> None:
    """Take the line away: what comes next is printed for good."""
    while _shown:
        _shown.pop().end()


class _Line:
    def __init__(self) -> None:
        self._lock, self._over = Lock(), False
        self._stage = "reading"
        self._status: Status | None = None
        self._timer = Timer(PATIENCE_SECONDS, self._show)
        self._timer.daemon = True
        self._timer.start()

    def say(self, stage: str) -> None:
        with self._lock:
            self._stage = stage
            if self._status is not None:
                self._status.update(_text(stage))

    def end(self) -> None:
        self._timer.cancel()
        with self._lock:
            self._over = True
            if self._status is not None:
                self._status.stop()

    def _show(self) -> None:
        from rich.console import Console

        console = Console(stderr=True)
        spinner = "dots" if console.encoding.startswith("utf") else "line"
        with self._lock:
            if not self._over:
                self._status = console.status(_text(self._stage), spinner=spinner)
                self._status.start()


def _text(stage: str) -> str:
    from rich.markup import escape

    from retention_cli.text.safe_text import safe_text

    return escape(safe_text(stage))
