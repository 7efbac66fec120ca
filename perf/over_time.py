"""Measure two years of `retention trend` beside one `retention compute`, over a million invoices.

    python perf/over_time.py [--rounds 3]

Both read the same files; what counts is seconds of the processor, the best of the rounds.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path

import generate

ROWS = 1_000_000
DATA = Path(__file__).parent / "data" / str(ROWS)
RETENTION = Path(sys.executable).parent / "retention"
COMMANDS = {
    "compute": ("compute", "--period", "2025-05"),
    "trend": ("trend", "--to", "2025-05", "--last", "24"),
}


def main() -> None:
    """Print the seconds of each, and their ratio."""
    told = argparse.ArgumentParser(description=__doc__)
    told.add_argument("--rounds", type=int, default=3)
    rounds = told.parse_args().rounds
    if not (DATA / "invoices.csv").exists():
        generate.main(DATA, ROWS)
    best = {name: min(_seconds(name) for _ in range(rounds)) for name in COMMANDS}
    for name, seconds in best.items():
        print(f"{name:8} {seconds:6.2f} s of CPU")
    print(f"24 periods, against one: {best['trend'] / best['compute']:.2f} (at most 3)")


def _seconds(name: str) -> float:
    command, *options = COMMANDS[name]
    arguments = [str(RETENTION), command, str(DATA), *options, "--as-of", "2025-11-01"]
    silent = subprocess.DEVNULL
    with subprocess.Popen([*arguments, "-q", "--format", "json"], stdout=silent) as child:
        _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        sys.exit(f"{name} ended with {child.returncode}")
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    main()
