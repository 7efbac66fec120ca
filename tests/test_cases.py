"""The worked cases, through the command line, as `python3 tests/cases/run.py` runs them."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import pytest

CASES = Path(__file__).parent / "cases"
LATER = {
    "account-profit": "the costs export and `retention accounts` come later",
    "tickets-business-hours": "the tickets export comes later",
    "tickets-by-the-clock": "the tickets export comes later",
}

_spec = importlib.util.spec_from_file_location("run_cases", CASES / "run.py")
run_cases = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(run_cases)


def _folders():
    for folder in sorted(path.parent for path in CASES.glob("*/case.json")):
        why = LATER.get(folder.name)
        marks = [pytest.mark.xfail(reason=why, strict=True)] if why else []
        yield pytest.param(folder, id=folder.name, marks=marks)


@pytest.mark.parametrize("folder", list(_folders()))
def test_a_worked_case_comes_out(folder):
    command = [sys.executable, "-m", "retention_cli"]
    assert list(run_cases.check(command, folder)) == []
