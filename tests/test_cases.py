"""The worked cases and those from the field, through the command line, as `python3 tests/cases/run.py` runs them."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import pytest

CASES = Path(__file__).parent / "cases"
_spec = importlib.util.spec_from_file_location("run_cases", CASES / "run.py")
run_cases = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(run_cases)


FOLDERS = [
    path.parent
    for cases in (CASES, CASES.with_name("field-cases"))
    for path in sorted(cases.glob("*/case.json"))
]


@pytest.fixture
def in_process(retention, monkeypatch):
    """Run a command of `run.py` without a process of its own."""

    def run(command, arguments, folder):
        monkeypatch.chdir(folder)
        monkeypatch.setenv("NO_COLOR", "1")
        ran = retention(*arguments)
        return ran.code, ran.out, ran.err

    return run


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_a_worked_case_comes_out(in_process, monkeypatch, folder):
    monkeypatch.setattr(run_cases, "run", in_process)
    assert list(run_cases.check([], folder)) == []


def test_a_worked_case_comes_out_of_a_process():
    command = [sys.executable, "-m", "retention_cli"]
    assert list(run_cases.check(command, FOLDERS[0])) == []
