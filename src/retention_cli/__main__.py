"""Where the command begins: streams and signals are settled before anything slow is imported."""

from __future__ import annotations

import gc
import os
import signal
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import FrameType

_signals: list[int] = []
"""Those that came: a library may make an error of its own of what they raise."""
_CLOSED = (("stdin", os.O_RDONLY), ("stdout", os.O_RDONLY), ("stderr", os.O_WRONLY))
"""How what stands for a closed stream is opened: a write to stdout fails, one to stderr is lost."""


def main() -> None:
    """Run the command line and end the process with its exit code."""
    _hear_signals()
    _hold_streams()
    # What a run makes it keeps to its end: to look for circles in it takes a fifth of the time.
    gc.set_threshold(1_000_000)
    # Threads that share what arrow takes give back more of it. It is read when arrow is loaded.
    os.environ.setdefault("JE_ARROW_MALLOC_CONF", "narenas:1")
    try:
        from retention_cli.cli import run  # noqa: PLC0415  # Ctrl-C is quiet while this loads
        from retention_cli.memory import limit  # noqa: PLC0415
    except (EOFError, ValueError) as error:
        from retention_cli.errors import cut_off  # noqa: PLC0415  # nothing else may be whole

        if (found := cut_off(error)) is None:
            raise
        sys.stderr.write(f"error: {found.message}\nhint: {found.hint}\n")
        sys.exit(found.exit_code)

    if limit() is None:
        code = run(sys.argv[1:], signals=_signals)
    else:
        from retention_cli.cli._watched import watched  # noqa: PLC0415  # few runs are limited

        code = watched(lambda: run(sys.argv[1:], signals=_signals))
    _ignore_signals()
    sys.exit(code)


def _hear_signals() -> None:
    sys.unraisablehook = _quiet_after_a_signal
    # A shell lets what runs in the background ignore Ctrl-C, and that stays so.
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, _ended)
    if signal.getsignal(signal.SIGTERM) is signal.SIG_DFL:
        signal.signal(signal.SIGTERM, _ended)


def _quiet_after_a_signal(lost: sys.UnraisableHookArgs) -> None:
    # Python prints what is raised while it lets go of something, and goes on: the run ends anyway.
    if not _signals:
        sys.__unraisablehook__(lost)


def _ignore_signals() -> None:
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)


def _ended(number: int, _: FrameType | None) -> None:
    _signals.append(number)
    raise SystemExit(128 + number)


def _hold_streams() -> None:
    """Open what stands for closed streams: else the next file would take the number of one."""
    for number, (name, way) in enumerate(_CLOSED):
        if getattr(sys, name) is None:
            opened = os.open(os.devnull, way)
            if opened != number:
                os.dup2(opened, number)
                os.close(opened)
            if number:
                setattr(sys, name, os.fdopen(number, "w", encoding="utf-8"))


if __name__ == "__main__":
    main()
