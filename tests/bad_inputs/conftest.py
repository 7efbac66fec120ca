"""A folder of files, the command run over it, and what became of every row."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass, field

import pytest


@dataclass
class Found:
    """What a run said, and where each row went."""

    code: int
    err: str
    files: dict = field(default_factory=dict)
    figures: dict = field(default_factory=dict)
    problems: list = field(default_factory=list)
    unused: list = field(default_factory=list)

    def counts(self, name="customers.csv"):
        """Accepted, rejected and skipped rows of a file."""
        return tuple(self.files[name][key] for key in ("accepted", "rejected", "skipped"))

    def codes(self):
        return [row["code"] for row in self.unused]

    def raw(self, number):
        """The one row of the rejects file with a number, as it stood."""
        (row,) = [row for row in self.unused if int(row["row"]) == number]
        return json.loads(row["raw"])


@pytest.fixture
def read(folder, retention):
    """Write files, run `retention compute` over their folder, and check the sums of its rows."""

    def call(files, *options, paths=(".",), period="2025-06"):
        for name, content in files.items():
            data = content if isinstance(content, bytes) else content.encode("utf-8")
            (folder / name).write_bytes(data)
        when = ("--period", period) if period else ()
        ran = retention("compute", *paths, *when, "--format", "json", *options)
        found = Found(ran.code, ran.err, unused=rejects(folder))
        if ran.out:
            card = json.loads(ran.out)
            found.files = {one["file"]: one for one in card["data"]["files"]}
            found.figures = {one["kpi"]: one for one in card["figures"]}
            found.problems = card["data"]["problems"]
            sums_add_up(found)
        return found

    return call


def rejects(folder):
    file = folder / "rejects" / "rejects.csv"
    if not file.exists():
        return []
    return list(csv.DictReader(io.StringIO(file.read_text("utf-8"))))


def sums_add_up(found):
    """No row disappears: each file's sum is said, and what was rejected is in the file."""
    rejected = skipped = 0
    for one in found.files.values():
        assert one["accepted"] + one["rejected"] + one["skipped"] == one["rows"]
        rejected, skipped = rejected + one["rejected"], skipped + one["skipped"]
    assert rejected <= len(found.unused) <= rejected + skipped


@pytest.fixture(autouse=True)
def _the_same_figures_are_computed_once(figures_once):
    """What is tested here stands around the figures."""
