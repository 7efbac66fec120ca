"""End a run at many moments, and see what is left: run as a program, which forks for each moment.

`lines` signals itself at each line of the writing; `times` is signalled from outside, at moments
spread over a whole run. What is wrong is printed.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path

from retention_cli import __main__, reports
from retention_cli.cli import run
from retention_cli.findings import rejects
from retention_cli.runs import score
from retention_cli.text import atomic

EARLIER, OUTPUT, REJECTS = "earlier\n", Path("card.csv"), Path("left.csv")
LOADED = (score, rejects, reports.renderer("csv", of="scorecard"))
"""What takes long to load is there before the first moment."""
TYPED = [
    *("compute", "customers.csv", "--period", "2025-06", "--max-rejects", "50%", "--quiet"),
    *("--output", str(OUTPUT), "--rejects", str(REJECTS)),
]


def forked(end=None, line=0):
    child = os.fork()
    if child == 0:
        __main__._hear_signals()
        code = 0
        try:
            if line:
                sys.settrace(ending_at(line, end))
                atomic_write()
            else:
                code = run(TYPED)
        except SystemExit as left:
            code = left.code
        finally:
            sys.settrace(None)
            os._exit(code)
    return child


def atomic_write():
    with atomic.replacing(OUTPUT) as file:
        file.write("period" * 1000)
        file.write("whole\n")


def ending_at(line, end):
    seen = 0

    def local(frame, event, _):
        nonlocal seen
        seen += event == "line"
        if seen == line:
            sys.settrace(None)
            os.kill(os.getpid(), end)
        return local

    return lambda frame, *_: local if frame.f_code.co_filename == atomic.__file__ else None


def left(end, code):
    """Say what is wrong with what a run left."""
    text = OUTPUT.read_text("utf-8")
    if text != EARLIER and not (text.startswith("period") and text.endswith("\n")):
        yield f"half a file of {len(text)}"
    if text == EARLIER and code == 0:
        yield "no output"
    rejects = REJECTS.read_text("utf-8") if REJECTS.exists() else EARLIER
    if rejects != EARLIER and rejects.count("\n") != 2:
        yield "half a rejects file"
    beside = [path for path in Path().iterdir() if path.name.startswith(".")]
    for path in beside:
        path.unlink()
    if beside and end != signal.SIGKILL:
        yield f"{beside} left beside"


def code_of(child):
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def every_line(end):
    for line in range(1, 1000):
        OUTPUT.write_text(EARLIER, "utf-8")
        code = code_of(forked(end, line))
        wrong = [*left(end, code)]
        yield code, f"line {line}: {wrong}" if wrong else ""
        if code == 0:
            return


def every_time(end, moments=24):
    began = time.monotonic()
    assert code_of(forked()) == 0
    whole = time.monotonic() - began
    for moment in range(moments):
        OUTPUT.write_text(EARLIER, "utf-8")
        child = forked()
        time.sleep(whole * 1.1 * moment / moments)
        os.kill(child, end)
        code = code_of(child)
        wrong = [*left(end, code)]
        yield code, f"moment {moment}: {wrong}" if wrong else ""


if __name__ == "__main__":
    sort, name = sys.argv[1:]
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    for code, wrong in {"lines": every_line, "times": every_time}[sort](signal.Signals[name]):
        sys.stdout.write(f"{code} {wrong}\n")
        sys.stdout.flush()
