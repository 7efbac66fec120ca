"""What a release promises: versions, addresses and names that hold."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from retention_cli.cli import ISSUES

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
NEEDED = re.compile(r"([a-z0-9-]+)>=([0-9.]+)(?: ; .+)?")


def test_the_lowest_versions_that_are_tested_are_those_that_are_allowed():
    lines = (ROOT / ".ci" / "lowest.txt").read_text("utf-8").splitlines()
    tested = dict(line.split("==") for line in lines if not line.startswith("#"))
    needed = [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["duckdb"]]
    allowed = dict(NEEDED.fullmatch(one).groups() for one in needed)
    assert tested == {name: lowest for name, lowest in allowed.items() if name != "tzdata"}


def test_each_python_that_is_allowed_has_its_classifier():
    lowest = int(re.fullmatch(r">=3\.([0-9]+)", PROJECT["requires-python"])[1])
    named = [one for one in PROJECT["classifiers"] if re.search(r":: 3\.[0-9]+$", one)]
    assert named == [f"Programming Language :: Python :: 3.{n}" for n in range(lowest, 15)]


def test_all_addresses_are_of_one_project():
    homepage = PROJECT["urls"]["Homepage"]
    assert all(address.startswith(homepage) for address in PROJECT["urls"].values())


def test_a_defect_is_reported_where_the_project_says():
    assert PROJECT["urls"]["Issues"] == ISSUES
