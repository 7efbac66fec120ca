"""One test for each exit code, and the words that go with it."""

from __future__ import annotations

import csv
import io
import os
import py_compile
import signal
import subprocess
import sys
import time
from importlib import import_module
from pathlib import Path
from types import ModuleType
from unittest.mock import MagicMock

import pytest

from retention_cli import __main__
from retention_cli.cli import run
from retention_cli.runs import score as runs_score

BENCHMARKS = '[[benchmark]]\nkpi = "retention_rate"\ntarget = "95%"\n'
COMMAND = (sys.executable, "-m", "retention_cli")


def test_0_computed(retention, customers):
    assert retention("compute", customers, "--period", "2025-06").code == 0


def test_0_with_fail_on_miss_where_nothing_is_missed(retention, customers, folder):
    (folder / "benchmarks.toml").write_text(BENCHMARKS.replace("95%", "50%"), "utf-8")
    assert retention("compute", ".", "--period", "2025-06", "--fail-on-miss").code == 0


def test_1_a_missed_target_is_named(retention, customers, folder):
    (folder / "benchmarks.toml").write_text(BENCHMARKS, "utf-8")
    ran = retention("compute", ".", "--period", "2025-06", "--fail-on-miss", "--quiet")
    assert ran.code == 1
    assert "missed: retention_rate: misses" in ran.err
    assert retention("compute", ".", "--period", "2025-06").code == 0


def test_1_an_undefined_figure_with_a_target_is_missed(retention, customers, folder):
    (folder / "benchmarks.toml").write_text('[[benchmark]]\nkpi = "nps"\ntarget = 30\n', "utf-8")
    ran = retention("compute", ".", "--period", "2025-06", "--fail-on-miss")
    assert (ran.code, "nps: undefined" in ran.err) == (1, True)


def test_1_an_unfinished_figure_with_a_target_is_missed(retention, customers, folder):
    (folder / "benchmarks.toml").write_text(BENCHMARKS.replace("95%", "50%"), "utf-8")
    options = ("--period", "2025-06", "--as-of", "2025-06-20", "--fail-on-miss")
    ran = retention("compute", ".", *options)
    assert (ran.code, "retention_rate: not-comparable" in ran.err) == (1, True)


@pytest.mark.parametrize("benchmarks", [True, False], ids=["with targets", "without"])
@pytest.mark.parametrize(
    ("options", "said"),
    [
        pytest.param(
            ("--period", "2025-06", "--as-of", "2025-06-20"),
            "the period is unfinished: the period ends on 2025-06-30",
            id="unfinished",
        ),
        pytest.param(
            ("--period", "2026-01", "--as-of", "2026-03-01"),
            "the period has no data: the data end on",
            id="after the data",
        ),
        pytest.param(
            ("--period", "2001-01"), "the period has no data: the data begin on", id="before them"
        ),
    ],
)
def test_1_a_period_that_the_data_do_not_cover_is_missed(  # what cases differ in
    retention, customers, folder, benchmarks, options, said
):
    if benchmarks:
        (folder / "benchmarks.toml").write_text(BENCHMARKS.replace("95%", "50%"), "utf-8")
    assert retention("compute", ".", *options).code == 0
    ran = retention("compute", ".", *options, "--fail-on-miss", "--quiet")
    assert (ran.code, said in ran.err) == (1, True)


@pytest.mark.parametrize("form", ["table", "csv", "json", "markdown"])
def test_a_quiet_run_says_on_stderr_that_its_period_is_unfinished(retention, customers, form):
    options = ("--period", "2025-06", "--as-of", "2025-06-20", "--quiet", "--format", form)
    said = "the period is unfinished: the period ends on 2025-06-30, and today is 2025-06-20\n"
    assert retention("compute", ".", *options).err == said


def test_a_count_of_a_period_without_data_is_not_0(retention, customers):
    ran = retention("compute", ".", "--period", "2001-01", "--format", "csv", "--quiet")
    rows = {row["kpi"]: row for row in csv.DictReader(io.StringIO(ran.out))}
    lost = rows["customers_lost"]
    assert (lost["value"], lost["verdict"]) == ("", "undefined")
    assert lost["reason"].startswith("no data in the period: the data begin on 20")
    assert rows["revenue"]["reason"] == "no invoices in the exports"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        pytest.param(["comput"], "compute", id="a command that is not there"),
        pytest.param(["compute", ".", "--perod", "2025"], "--period", id="an option not there"),
        pytest.param(["compute", ".", "--period", "2025-13"], "2025-Q2", id="a period not there"),
        pytest.param(["compute", ".", "--period", "2025-06-30..2025-06-01"], "before", id="turned"),
        pytest.param(["compute", "customer.csv"], "customers.csv", id="a file that is not there"),
        pytest.param(["compute", ".", "--format", "jsn"], "json", id="a format not there"),
        pytest.param(["compute", ".", "--max-rejects", "some"], "1% or 50", id="a limit of words"),
        pytest.param(["compute", ".", "--max-rejects", "-1"], "1% or 50", id="a limit below 0"),
        pytest.param(["compute", ".", "--as-of", "June"], "2025-06-30", id="a day of words"),
        pytest.param(["compute", ".", "--date-order", "ydm"], "dmy", id="an order not there"),
        pytest.param(["compute", ".", "--decimal", ";"], "decimal", id="a mark not there"),
        pytest.param(["compute", ".", "--tz", "Berlin"], "Europe/Berlin", id="a zone not there"),
        pytest.param(["compute", ".", "--currency", "euro"], "currency", id="a currency of words"),
        pytest.param(
            ["compute", ".", "--output", "customers.csv"], "another", id="output is input"
        ),
        pytest.param(
            ["compute", ".", "--config", "none.toml"], "none.toml", id="settings not there"
        ),
    ],
)
def test_2_wrong_usage_says_what_to_type(retention, customers, arguments, said):
    ran = retention(*arguments)
    assert ran.code == 2
    assert said in ran.err
    assert ran.out == ""


def test_2_a_mistake_in_the_settings_has_its_line(retention, customers, folder):
    (folder / "retention.toml").write_text('currency = "EUR"\ncurency = "EUR"\n', "utf-8")
    ran = retention("compute", ".")
    assert ran.code == 2
    assert "retention.toml:2" in ran.err
    assert "currency" in ran.err


def test_2_nothing_to_read(retention, folder):
    ran = retention("compute")
    assert (ran.code, "retention compute FOLDER" in ran.err) == (2, True)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param("a,b\n1,2\n", "no column for customer_id", id="no column of a kind"),
        pytest.param("customer_id,start_date\n1,03/04/2025\n", "--date-order", id="open dates"),
        pytest.param("customer_id,start_date\n1,x\n2,2025-01-01\n", "--max-rejects", id="rejects"),
        pytest.param("", "0 bytes", id="an empty file"),
        pytest.param('customer_id,start_date\n"1,2025-01-01\n', "never closes", id="open quote"),
    ],
)
def test_3_data_that_cannot_be_used(retention, folder, text, said):
    (folder / "customers.csv").write_text(text, "utf-8")
    ran = retention("compute", ".")
    assert (ran.code, said in ran.err, ran.out) == (3, True, "")


def test_3_any_reject_where_the_run_is_strict(retention, customers):
    customers.write_text(customers.read_text("utf-8") + ",No id,2024-05-01,,Small\n", "utf-8")
    assert retention("compute", ".", "--max-rejects", "50%").code == 0
    assert retention("compute", ".", "--max-rejects", "50%", "--strict").code == 3


def test_4_a_folder_that_is_not_there_leaves_nothing(retention, customers, folder):
    ran = retention("compute", ".", "--format", "csv", "--output", "reports/june.csv")
    assert (ran.code, "mkdir -p reports" in ran.err) == (4, True)
    assert not (folder / "reports").exists()


def test_4_a_full_disk(customers):
    if not Path("/dev/full").exists():
        pytest.skip("this system has no /dev/full")
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [*COMMAND, "compute", "."], stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert done.returncode == 4
    assert b"cannot be written" in done.stderr


def test_2_a_module_that_python_left_half_written_is_named(
    retention, customers, folder, monkeypatch, capsys
):
    (folder / "half.py").write_text("x = [1]\n", "utf-8")
    compiled = Path(py_compile.compile(str(folder / "half.py")))
    compiled.write_bytes(compiled.read_bytes()[:20])
    monkeypatch.syspath_prepend(folder)
    monkeypatch.setattr(runs_score, "score", lambda *_, **__: import_module("half"))
    said = f"error: {compiled}: Python left this file half written, as on a full disk"
    ran = retention("compute", "customers.csv")
    assert (ran.code, ran.err.strip().splitlines()[0]) == (2, said)
    unread = ModuleType("retention_cli.cli")
    unread.__getattr__ = lambda _: import_module("half")
    monkeypatch.setitem(sys.modules, unread.__name__, unread)
    for name in ("_hear_signals", "_hold_streams", "gc"):
        monkeypatch.setattr(__main__, name, MagicMock())
    with pytest.raises(SystemExit, match="2"):
        __main__.main()
    assert capsys.readouterr().err.splitlines()[0] == said


def test_70_a_defect_is_no_traceback(retention, customers, monkeypatch):
    def defect(*_, **__):
        raise ZeroDivisionError("of the test")

    monkeypatch.setattr(runs_score, "score", defect)
    ran = retention("compute", ".")
    assert ran.code == 70
    assert "ZeroDivisionError" in ran.err
    assert "RETENTION_DEBUG=1" in ran.err


def test_70_shows_its_traceback_when_asked(customers, monkeypatch, capsys):
    def defect(*_, **__):
        raise ZeroDivisionError("of the test")

    monkeypatch.setattr(runs_score, "score", defect)
    monkeypatch.setenv("RETENTION_DEBUG", "1")
    assert run(["compute", "."]) == 70
    assert "Traceback" in capsys.readouterr().err


def test_130_interrupted(retention, customers, monkeypatch):
    def interrupted(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr(runs_score, "score", interrupted)
    ran = retention("compute", ".", "--output", "card.csv")
    assert (ran.code, ran.err) == (130, "interrupted; no file is half written\n")


def test_141_a_reader_that_went_away_is_silent(customers):
    read_end, write_end = os.pipe()
    os.close(read_end)
    done = subprocess.run(
        [*COMMAND, "compute", "."], stdout=write_end, stderr=subprocess.PIPE, check=False
    )
    os.close(write_end)
    assert (done.returncode, done.stderr) == (141, b"")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGTERM to catch")
def test_143_terminated_leaves_the_earlier_output(folder):
    rows = "".join(f"{n},2024-01-01,\n" for n in range(200_000))
    (folder / "customers.csv").write_text(f"customer_id,start_date,end_date\n{rows}", "utf-8")
    (folder / "card.csv").write_text("earlier", "utf-8")
    running = subprocess.Popen([*COMMAND, "compute", "customers.csv", "--output", "card.csv"])
    time.sleep(0.4)
    running.send_signal(signal.SIGTERM)
    assert running.wait(timeout=30) in {143, -signal.SIGTERM, 0}
    assert (folder / "card.csv").read_text("utf-8").startswith(("earlier", "period"))
    assert not list(folder.glob(".card*"))


def test_143_what_a_library_makes_of_a_signal_is_no_defect(retention, monkeypatch, folder):
    def fails(*_, **__):
        raise ValueError("Error building the validator: SystemExit: 143")

    monkeypatch.setattr("retention_cli.runs.score.score", fails)
    (folder / "customers.csv").write_text("customer_id,start_date\n1,2024-01-01\n", "utf-8")
    assert run(["compute", "customers.csv"], signals=[signal.SIGTERM]) == 143
    assert retention("compute", "customers.csv").code == 70
