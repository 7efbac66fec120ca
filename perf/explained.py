"""Measure `retention explain` beside one `retention compute`, and the memory of a million members.

    python perf/explained.py [--rounds 3]

Over a million invoices of 20,000 customers, what counts is seconds of the processor, the best of the
rounds. Over a million customers it is the peak of memory, with all members written and with few.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path

import generate

ROWS = MANY = 1_000_000
CUSTOMERS = 20_000
DATA = Path(__file__).parent / "data"
RETENTION = Path(sys.executable).parent / "retention"
FEW = DATA / "explained"
MILLION = DATA / "explained-million"


def main() -> None:
    """Print the seconds and peaks of each, and their ratios."""
    told = argparse.ArgumentParser(description=__doc__)
    told.add_argument("--rounds", type=int, default=3)
    rounds = told.parse_args().rounds
    for folder, rows, customers in ((FEW, ROWS, CUSTOMERS), (MILLION, 1_000, MANY)):
        if not (folder / "invoices.csv").exists():
            generate.main(folder, rows, customers)
    commands = {"compute": ("compute",), "explain": ("explain", "net_revenue_retention")}
    for period in ("2025-05", "2024"):
        best = {}
        for name, command in commands.items():
            best[name] = min(_run(FEW, *command, "--period", period)[0] for _ in range(rounds))
            print(f"{period:8} {name:8} {best[name]:6.2f} s of CPU")
        print(f"{period:8} ratio    {best['explain'] / best['compute']:6.2f} (at most 1.3)")
    peaks = {form: _run(MILLION, "explain", "retention_rate", form=form)[1] for form in FORMS}
    for form, peak in peaks.items():
        print(f"a million customers as {form:6} {peak / 1024:6.0f} MiB")


FORMS = ("table", "csv")


def _run(folder: Path, *command: str, form: str = "table") -> tuple[float, int]:
    """Give the seconds of the processor and the peak of memory in KiB."""
    name, *options = command
    period = [] if "--period" in options else ["--period", "2025-05"]
    first, rest = (options[:1], options[1:]) if name == "explain" else ([], options)
    asked = [name, *first, str(folder), *rest, *period, "--as-of", "2025-11-01", "--format", form]
    silent = subprocess.DEVNULL
    with subprocess.Popen([str(RETENTION), *asked, "-q"], stdout=silent) as child:
        _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        sys.exit(f"{' '.join(asked)} ended with {child.returncode}")
    return used.ru_utime + used.ru_stime, used.ru_maxrss


if __name__ == "__main__":
    main()
