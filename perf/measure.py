"""Measure `retention compute` beside the same figures by hand: ratios of one run, on one machine.

    python perf/measure.py [--rounds 3] [--period 2024]

Everything is a process of its own, timed by the wall and by the processor, with the most memory it
held. The best of the rounds counts. That the figures are equal is part of the run.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import platform
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from fractions import Fraction
from importlib.metadata import version
from pathlib import Path

import generate

HERE = Path(__file__).parent
DATA = HERE / "data"
FEWEST, FEW, MANY = 100_000, 1_000_000, 10_000_000
LANE_ROWS = 100_000
_RATIOS = (
    ("duckdb", "10 million", "at most 2.0"),
    ("pandas", "1 million", "at most 1"),
    ("pandas", "100,000", "at most 1.5"),
)
_RETENTION = str(Path(sys.executable).parent / "retention")
_GIBIBYTE = 1 << 30
_CODES = ("bad-date", "missing-value", "bad-currency")
_WARNINGS = ("no-customer", "unknown-customer", "left-out-draft", "left-out-void")


@dataclass(frozen=True)
class Run:
    """One process: seconds by the wall and of the processor, bytes at its peak, what it printed."""

    wall: float
    processor: float
    peak: int
    output: str
    refused: list[dict[str, str]]


def main() -> None:
    """Print one line a figure, and fail where two ways to it disagree."""
    told = argparse.ArgumentParser(description=__doc__)
    told.add_argument("--rounds", type=int, default=3)
    told.add_argument("--period", default="2024")
    asked = told.parse_args()
    print(_machine())
    for rows in (FEWEST, FEW, MANY):
        if not (DATA / str(rows) / "invoices.csv").exists():
            generate.main(DATA / str(rows), rows)
    fewest, few, many = (DATA / str(rows) for rows in (FEWEST, FEW, MANY))
    commands = {
        "ours, 10 million": _ours(many, asked.period),
        "duckdb, 10 million": _by_hand("duckdb", many, asked.period),
        "ours, 1 million": _ours(few, asked.period),
        "pandas, 1 million": _by_hand("pandas", few, asked.period),
        "ours, 100,000": _ours(fewest, asked.period),
        "pandas, 100,000": _by_hand("pandas", fewest, asked.period),
        "ours, 3 rows": _ours(_three_rows(), asked.period),
        "--help": [_RETENTION, "--help"],
    }
    best = _best(commands, asked.rounds)
    for name, run in best.items():
        peak = run.peak / _GIBIBYTE
        print(f"{name:18} {run.wall:6.2f} s  {run.processor:6.2f} s of CPU  {peak:5.2f} GiB")
    for name, size, most in _RATIOS:
        ours, by_hand = best[f"ours, {size}"], best[f"{name}, {size}"]
        _compare(ours, json.loads(by_hand.output), name)
        _line(f"{size}, against {name} by hand", ours.wall / by_hand.wall, most)
        _line("the same by CPU", ours.processor / by_hand.processor, most)
    print("figures, counts and rejected rows are equal wherever two ways lead to them")
    started, ours = best["ours, 3 rows"].wall, best["ours, 10 million"]
    growth = (ours.wall - started) / (best["ours, 1 million"].wall - started)
    _line("ten times the rows, beyond start-up", growth, "at most 11")
    _line("peak memory in GiB", ours.peak / _GIBIBYTE, "below 1.6")
    _line("three rows in seconds", started, "at most 0.75, on a quiet core")
    _line("--help in seconds", best["--help"].wall, "at most 0.1, on a quiet core")
    _line("checking by column, against row by row", _lanes(few), "at least 10")


def _best(commands: dict[str, list[str]], rounds: int) -> dict[str, Run]:
    """Run all commands in turn, so that a busy minute meets each of them."""
    best: dict[str, Run] = {}
    for _ in range(rounds):
        for name, command in commands.items():
            run = _run(command)
            if name not in best or run.wall < best[name].wall:
                best[name] = run
    return best


def _run(command: list[str]) -> Run:
    with tempfile.TemporaryFile("w+") as output, tempfile.TemporaryDirectory() as folder:
        began = time.perf_counter()
        child = os.posix_spawn(
            command[0],
            [part.replace("{folder}", folder) for part in command],
            os.environ,
            file_actions=[
                (os.POSIX_SPAWN_DUP2, output.fileno(), 1),
                (os.POSIX_SPAWN_OPEN, 2, os.devnull, os.O_WRONLY, 0),
            ],
        )
        _, status, used = os.wait4(child, 0)
        wall = time.perf_counter() - began
        if status:
            sys.exit(f"{' '.join(command)}: ended with {os.waitstatus_to_exitcode(status)}")
        output.seek(0)
        seconds, peak = used.ru_utime + used.ru_stime, used.ru_maxrss << 10
        return Run(wall, seconds, peak, output.read(), _rows_of(Path(folder) / "rejects.csv"))


def _rows_of(rejects: Path) -> list[dict[str, str]]:
    if not rejects.exists():
        return []
    with rejects.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _ours(folder: Path, period: str) -> list[str]:
    options = ["--period", period, "--as-of", "2025-11-01", "--format", "json"]
    return [_RETENTION, "compute", str(folder), *options, "--rejects", "{folder}/rejects.csv"]


def _by_hand(library: str, folder: Path, period: str) -> list[str]:
    return [sys.executable, str(HERE / f"against_{library}.py"), str(folder), period]


def _three_rows() -> Path:
    folder = DATA / "3"
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("customers.csv", "invoices.csv"):
        with (DATA / str(FEW) / name).open(encoding="utf-8") as file:
            lines = [next(file) for _ in range(4)]
        (folder / name).write_text("".join(lines), "utf-8")
    return folder


def _compare(run: Run, by_hand: dict, name: str) -> None:
    """Hold every count and figure that a script has against ours.

    JSON has ratios as floats and money to four decimals; a script has fractions.
    """
    ours, said = json.loads(run.output), {}
    for figure in ours["figures"]:
        said[figure["kpi"], "now"] = figure["value"]
        said[figure["kpi"], "before"] = (figure["previous"] or {}).get("value")
    for when in ("now", "before"):
        for kpi, text in by_hand[when].items():
            value, exact = said[kpi, when], Fraction(text)
            same = Fraction(value) == round(exact, 4) if isinstance(value, str) else value == exact
            if not same and value != float(exact):
                sys.exit(f"{kpi} {when}: {value} here, {exact} in {name}")
    if (counts := _counts(ours, Counter(row["code"] for row in run.refused))) != by_hand["counts"]:
        sys.exit(f"counts: {counts} here, {by_hand['counts']} in {name}")
    by_itself = [row for row in run.refused if row["code"] in _CODES]
    rejected = [[int(row["row"]), json.loads(row["raw"])] for row in by_itself]
    if sorted(rejected) != by_hand.get("rejected", sorted(rejected)):
        sys.exit(f"the rejected rows are others here than in {name}")
    hashes = {Path(file["file"]).name: file["sha256"] for file in ours["data"]["files"]}
    if hashes != by_hand.get("sha256", hashes):
        sys.exit(f"the hashes of the files are others here than in {name}")


def _counts(ours: dict, refused: Counter[str]) -> list[int]:
    (file,) = (file for file in ours["data"]["files"] if file["kind"] == "invoices")
    warned = {warning["code"]: warning["count"] for warning in ours["data"]["warnings"]}
    return [
        file["rows"],
        *(refused[code] for code in _CODES),
        warned.get("equal-rows", 0),
        refused["lines-disagree"],
        file["accepted"],
        *(warned.get(code, 0) for code in _WARNINGS),
    ]


def _lanes(folder: Path) -> float:
    """Check the same rows by column and by the model; give how many times longer the model takes."""
    from retention_cli import records  # noqa: PLC0415
    from retention_cli.reading.delimited.csv import read_csv  # noqa: PLC0415
    from retention_cli.reading.text import TextBatch  # noqa: PLC0415
    from retention_cli.settling.validating import validate_batch  # noqa: PLC0415

    with (folder / "invoices.csv").open("rb") as file:
        head = b"".join(next(file) for _ in range(LANE_ROWS + 1))
    sheet = read_csv(head, file="invoices.csv")
    (batch,) = sheet.batches
    named = TextBatch(batch.columns.rename_columns(list(sheet.headers)), batch.rows)
    seconds = {}
    for fast in (True, False):
        began = time.perf_counter()
        validate_batch(records.model("invoices"), named, fast=fast)
        seconds[fast] = time.perf_counter() - began
    return seconds[False] / seconds[True]


def _line(what: str, measured: float, wanted: str) -> None:
    print(f"{what:42} {measured:6.2f}   {wanted}")


def _machine() -> str:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / _GIBIBYTE
    load = os.getloadavg()[0]
    names = ("pyarrow", "pandas", "numpy", "duckdb", "narwhals", "pydantic")
    libraries = ", ".join(f"{name} {version(name)}" for name in names)
    return (
        f"{os.cpu_count()} cores, {memory:.0f} GiB, load {load:.1f}, {platform.system()},"
        f" Python {platform.python_version()}, {libraries}"
    )


if __name__ == "__main__":
    main()
