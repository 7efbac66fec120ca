"""End a run at many moments, and see what is left: run as a program, which forks for each moment.

`lines` signals itself at each line of the writing; `times` and `init` are signalled from outside, at
moments spread over a whole run, of `compute` and of `init`. What a run that was killed left has to go with
the next one. What is wrong is printed.
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
from retention_cli.kpis import registry
from retention_cli.runs import score
from retention_cli.text import adding, atomic
from retention_cli.text.outputs import FIGURES

EARLIER, OUTPUT, REJECTS = "earlier\n", Path("card.csv"), Path("left.csv")
SUMMARY, MANIFEST = Path("all.csv"), Path("run.json")
MAY = ",".join(FIGURES) + "\r\n2025-05" + "," * (len(FIGURES) - 1) + "\r\n"
DRAFTS = (Path("retention.toml"), Path("benchmarks.toml"))
WHOLE = 2 + len(registry.every())
LOADED = (score, rejects, adding, reports.renderer("csv", of="scorecard"))
"""What takes long to load is there before the first moment."""
TYPED = [
    *("compute", "customers.csv", "--period", "2025-06", "--max-rejects", "50%", "--quiet"),
    *("--output", str(OUTPUT), "--rejects", str(REJECTS)),
    *("--append", str(SUMMARY), "--manifest", str(MANIFEST)),
]
DRAFTING = ["init", "--quiet"]


def forked(end=None, line=0, typed=TYPED):
    child = os.fork()
    if child == 0:
        __main__._hear_signals()
        code = 0
        try:
            if line:
                sys.settrace(ending_at(line, end))
                atomic_write()
            else:
                code = run(typed, signals=__main__._signals)
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
    if SUMMARY.exists():
        rows = SUMMARY.read_bytes().decode()
        if not rows.startswith(MAY) or rows.count("\r\n") not in {2, WHOLE}:
            yield "half a summary, or an earlier row is lost"
    if MANIFEST.exists() and not MANIFEST.read_text("utf-8").endswith("\n}\n"):
        yield "half a manifest"
    if end != signal.SIGKILL:
        yield from left_beside()


def left_beside():
    beside = [path.name for path in Path().iterdir() if path.name.startswith(".")]
    if beside:
        yield f"{beside} left beside"


def code_of(child):
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def every_line(end):
    for line in range(1, 1000):
        OUTPUT.write_text(EARLIER, "utf-8")
        code = code_of(forked(end, line))
        wrong = [*left(end, code)]
        # The whole run at the end takes away what those before it left.
        wrong += [] if code else left_beside()
        yield code, f"line {line}: {wrong}" if wrong else ""
        if code == 0:
            return


def every_time(end, moments):
    for moment, code in ended_at(end, moments, TYPED):
        wrong = [*left(end, code)]
        yield code, f"moment {moment}: {wrong}" if wrong else ""
        OUTPUT.write_text(EARLIER, "utf-8")
        SUMMARY.write_bytes(MAY.encode())
    yield code_of(forked()), "; ".join(left_beside())


def every_init(end, moments):
    whole = ()
    for moment, code in ended_at(end, moments, DRAFTING):
        there = [path.read_text("utf-8") if path.exists() else "" for path in DRAFTS]
        again = code_of(forked(typed=DRAFTING))
        found = tuple(path.read_text("utf-8") for path in DRAFTS)
        whole = whole or found
        wrong = [*left_beside()]
        wrong += [f"code {again} when run again"] if again or found != whole else []
        wrong += [
            f"half a {path}"
            for path, text, all_ in zip(DRAFTS, there, whole, strict=True)
            if text not in {"", all_}
        ]
        yield code, f"moment {moment}: {wrong}" if wrong else ""
        for path in DRAFTS:
            path.unlink()


def ended_at(end, moments, typed):
    """End runs, each a little later than the one before."""
    began = time.monotonic()
    assert code_of(forked(typed=typed)) == 0
    whole = time.monotonic() - began
    for path in (*DRAFTS, OUTPUT):
        path.unlink(missing_ok=True)
    if typed is TYPED:
        OUTPUT.write_text(EARLIER, "utf-8")
        SUMMARY.write_bytes(MAY.encode())
    for moment in range(moments):
        child = forked(typed=typed)
        time.sleep(whole * 1.1 * moment / moments)
        os.kill(child, end)
        yield moment, code_of(child)


if __name__ == "__main__":
    sort, name, moments = sys.argv[1], signal.Signals[sys.argv[2]], int(sys.argv[3])
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    sweeps = {"times": every_time, "init": every_init}
    found = every_line(name) if sort == "lines" else sweeps[sort](name, moments)
    for code, wrong in found:
        sys.stdout.write(f"{code} {wrong}\n")
        sys.stdout.flush()
