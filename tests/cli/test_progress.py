"""The line on a terminal that says what a run is doing."""

from __future__ import annotations

import os
import pty
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from retention_cli.cli import _progress, run
from retention_cli.text import stages

pytestmark = pytest.mark.sweep

CUSTOMERS = "customer_id,start_date,end_date\nann,2024-01-01,\nbob,2024-01-01,2025-06-12\n"

SLOW = """
import sys, time
from retention_cli.cli import _progress, run
from retention_cli.text import stages
_progress.PATIENCE_SECONDS = 0.01
def slowly(stage, begin=stages.begin):
    begin(stage)
    time.sleep(0.2)
stages.begin = slowly
sys.exit(run(sys.argv[1:]))
"""


def on_a_terminal(folder, *arguments, **environment):
    """Run with stderr on a terminal, and give what that shows and what stdout has."""
    ours, theirs = pty.openpty()
    given = {name: value for name, value in os.environ.items() if name not in {"CI", "TERM"}}
    done = subprocess.run(
        [sys.executable, "-c", SLOW, "compute", "customers.csv", "--period", "2025-06", *arguments],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=theirs,
        text=True,
        check=True,
        env={**given, "TERM": "xterm", "PYTHONUTF8": "1", **environment},
    )
    os.close(theirs)
    shown = b""
    while True:
        try:
            read = os.read(ours, 1 << 16)
        except OSError:
            break
        if not read:
            break
        shown += read
    os.close(ours)
    return shown.decode(), done.stdout


@pytest.fixture
def exports(tmp_path):
    (tmp_path / "customers.csv").write_text(CUSTOMERS, "utf-8")
    return tmp_path


def test_a_terminal_shows_stage_file_and_rows_and_none_of_it_stays(exports):
    shown, out = on_a_terminal(exports, "--format", "csv")
    assert "reading customers.csv" in shown
    assert "checking customers.csv: 2 rows" in shown
    assert "computing from 2 rows" in shown
    last, cleared = shown.rfind("computing"), shown.rfind("\x1b[2K")
    assert last < cleared
    assert "reading" not in out
    assert out.startswith("period,")


@pytest.mark.parametrize(("arguments", "environment"), [(["--quiet"], {}), ([], {"CI": "true"})])
def test_a_quiet_run_and_one_in_ci_show_nothing(exports, arguments, environment):
    shown, _ = on_a_terminal(exports, "--format", "csv", *arguments, **environment)
    assert "reading customers.csv" not in shown


def test_what_is_piped_has_no_progress(retention, monkeypatch):
    monkeypatch.setattr(_progress, "PATIENCE_SECONDS", 0.0)
    Path("customers.csv").write_text(CUSTOMERS, "utf-8")
    assert "reading" not in retention("compute", "customers.csv", "--period", "2025-06").err


def test_a_signal_that_was_dropped_ends_the_run_at_its_next_stage(folder):
    """Python drops what a handler raises inside of a callback, as there is one after each import."""
    (folder / "customers.csv").write_text("customer_id,start_date\na,2024-01-02\n", "utf-8")
    (folder / "card.txt").write_text("earlier", "utf-8")
    code = run(["compute", "customers.csv", "-o", "card.txt"], signals=[signal.SIGINT])
    assert code == 128 + signal.SIGINT
    assert (folder / "card.txt").read_text("utf-8") == "earlier"


def test_nothing_is_told_after_the_block():
    told = []
    with stages.watched(told.append):
        stages.begin("one")
    stages.begin("two")
    assert told == ["one"]
