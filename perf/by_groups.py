"""Measure `retention compute --by` over 1,000 groups beside the same without, over 100,000 invoices.

    python perf/by_groups.py [--rounds 3]

Both read the same files; what counts is seconds of the processor, the best of the rounds.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path

import generate
import pyarrow as pa
from pyarrow import csv

ROWS, GROUPS = 100_000, 1_000
DATA = Path(__file__).parent / "data" / f"{GROUPS} groups"
RETENTION = Path(sys.executable).parent / "retention"
COMMANDS = {"total": (), "groups": ("--by", "segment")}


def main() -> None:
    """Print the seconds of each, and their ratio."""
    told = argparse.ArgumentParser(description=__doc__)
    told.add_argument("--rounds", type=int, default=3)
    rounds = told.parse_args().rounds
    if not (DATA / "invoices.csv").exists():
        generate.main(DATA, ROWS)
        _segment(DATA / "customers.csv")
    best = {name: min(_seconds(name) for _ in range(rounds)) for name in COMMANDS}
    for name, seconds in best.items():
        print(f"{name:8} {seconds:6.2f} s of CPU")
    print(f"{GROUPS:,} groups, against the total: {best['groups'] / best['total']:.2f} (at most 5)")


def _segment(path: Path) -> None:
    """Put each customer in a segment; rows of nobody and of strangers are the last group."""
    customers = csv.read_csv(path)
    numbers = [f"S{place % (GROUPS - 1):03}" for place in range(len(customers))]
    csv.write_csv(customers.append_column("segment", pa.array(numbers)), path)


def _seconds(name: str) -> float:
    arguments = [str(RETENTION), "compute", str(DATA), "--period", "2025-05", *COMMANDS[name]]
    silent = subprocess.DEVNULL
    with subprocess.Popen([*arguments, "-q", "--format", "json"], stdout=silent) as child:
        _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        sys.exit(f"{name} ended with {child.returncode}")
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    main()
