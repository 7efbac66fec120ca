"""Fixtures that more than one room uses."""

from __future__ import annotations

import gc
import os
import signal
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import settings

from answered import remembering
from retention_cli.cli import run
from retention_cli.kpis import computing

# CI draws the same examples each time, so that a change is judged and not the dice; whoever runs
# the tests by hand draws new ones. No test fails because the machine is busy.
settings.register_profile("ci", derandomize=True, deadline=None, max_examples=25)
settings.register_profile("by hand", deadline=None, max_examples=25)
settings.load_profile("ci" if os.environ.get("CI") else "by hand")

# A shell lets what it starts in the background ignore Ctrl-C, and so would the runs that are tested.
signal.signal(signal.SIGINT, signal.default_int_handler)

# As the program does. What is imported and collected stays to the end: looking for circles in it
# takes a sixth of the time.
gc.set_threshold(100_000)

SHARED = Path(__file__).parents[2] / "shared"


def pytest_collection_finish():
    gc.freeze()


@pytest.fixture(params=["arrow", pytest.param("polars", marks=pytest.mark.slow)])
def backend(request):
    """Two libraries that a KPI may be given frames of; the laws hold all of them to one answer."""
    return request.param


@pytest.fixture
def shared_data():
    """The public data sets beside the project; tests that need them skip where they are not."""
    data = SHARED / "data"
    if not data.is_dir():
        pytest.skip("the public data sets are not beside the project")
    return data


@pytest.fixture(scope="session")
def answers():
    """What was answered for rows that an earlier test had as well."""
    return {}


@pytest.fixture
def figures_once(answers, monkeypatch):
    """Compute the figures of the same rows once: for tests of what is said around them."""
    monkeypatch.setattr(computing, "compute", remembering(answers))


@dataclass
class Ran:
    code: int
    out: str
    err: str


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "RETENTION_DEBUG"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


@pytest.fixture
def retention(folder, capsys):
    """Run `retention` with some arguments; the working folder is empty at first."""

    def call(*arguments):
        capsys.readouterr()
        code = run([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        assert "Traceback" not in captured.err
        return Ran(code, captured.out, captured.err)

    return call
