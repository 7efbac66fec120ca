"""Streams that are closed or full, terminals of any width, and words for what was mistyped."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest

from retention_cli import cli, reports
from retention_cli.cli import run

pytestmark = pytest.mark.sweep

COMMANDS = sorted(cli.tree().commands)
FORMATS = [
    pytest.param(command, form, id=f"{command} {form}")
    for command in ("compute", "accounts", "check", "kpis")
    for form in reports.names("scorecard" if command == "compute" else command)
    if form != "xlsx"
]
CLOSED = "import os, sys; os.close({}); os.execv(sys.executable, [sys.executable, *sys.argv[1:]])"


@pytest.fixture
def exports(customers, folder):
    (folder / "invoices.csv").write_text(
        "invoice_id,customer_id,invoice_date,amount,cost,currency\n"
        "1,007,2025-05-05,12345678.90,1.00,EUR\n2,a-very-long-id-of-a-customer,2025-06-05,48582.90,,EUR\n",
        "utf-8",
    )
    return folder


def typed(command, form="table"):
    files = [] if command == "kpis" else ["customers.csv", "invoices.csv"]
    when = ["--period", "2025-06"] if command in {"compute", "accounts"} else []
    return [command, *files, *when, "--format", form]


def without(stream, *arguments):
    """Run with a stream that the caller closed."""
    return subprocess.run(
        [sys.executable, "-c", CLOSED.format(stream), "-m", "retention_cli", *arguments],
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("arguments", [["--help"], typed("compute", "csv")], ids=["help", "csv"])
def test_a_closed_stdout_is_an_output_that_cannot_be_written(exports, arguments):
    done = without(1, *arguments)
    assert done.returncode == 4
    assert done.stderr.endswith("error: the output cannot be written: Bad file descriptor\n")
    assert "Traceback" not in done.stderr


def test_a_closed_stdout_does_not_matter_where_there_is_an_output(exports):
    assert without(1, *typed("compute", "csv"), "--output", "card.csv").returncode == 0
    assert (exports / "card.csv").read_text("utf-8").startswith("period,")


def test_a_closed_stderr_does_not_matter_and_no_file_takes_its_place(exports):
    done = without(2, *typed("compute", "csv"))
    assert (done.returncode, done.stdout[:7]) == (0, "period,")
    assert without(2, "comput").returncode == 2


@pytest.mark.parametrize(("arguments", "code"), [(typed("compute", "csv"), 0), (["comput"], 2)])
def test_a_full_stderr_does_not_matter(exports, monkeypatch, arguments, code):
    full = Path("/dev/full").open("w", encoding="utf-8")  # noqa: SIM115  # closing it writes again
    monkeypatch.setattr("sys.stderr", full)
    assert run(arguments) == code
    full.close()


@pytest.mark.parametrize(("command", "form"), FORMATS)
def test_nothing_leaves_the_machine(retention, exports, monkeypatch, command, form):
    def refused(*_, **__):
        pytest.fail("a socket was asked for")

    for name in ("socket", "create_connection", "getaddrinfo", "gethostbyname"):
        monkeypatch.setattr(socket, name, refused)
    assert retention(*typed(command, form)).code == 0


class TestWidths:
    @pytest.mark.parametrize("width", ["20", "47", "80", "100", "99999", "9" * 5000, "0", "x", "³"])
    def test_no_id_and_no_amount_is_cut(self, retention, exports, monkeypatch, width):
        monkeypatch.setenv("COLUMNS", width)
        out = retention(*typed("accounts")).out
        assert "a-very-long-id-of-a-customer" in out
        assert out.count(" 48,582.90") >= 2
        names = [name for name in retention("kpis").out.split() if "_" in name]
        assert {"revenue_weighted_retention", "customers_reactivated"} <= set(names)
        assert "48,582.90" in re.sub(r"\s+", " ", retention(*typed("compute")).out)

    @pytest.mark.parametrize("command", ["compute", "accounts", "check", "kpis"])
    def test_piped_no_line_is_wider_than_the_data(self, retention, exports, command):
        lines = retention(*typed(command)).out.split("\n")
        drawn = [line for line in lines if line and set(line) <= set("─━-=")]
        words = max(len(line) for line in lines if line not in drawn)
        assert all(len(line) <= words for line in drawn)
        assert not any(line != line.rstrip() for line in lines)


class TestColour:
    @pytest.mark.parametrize("command", ["compute", "accounts", "check", "kpis"])
    @pytest.mark.parametrize(
        ("environment", "coloured"),
        [
            ({}, False),
            ({"FORCE_COLOR": "1"}, True),
            ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
            ({"FORCE_COLOR": "1", "NO_COLOR": ""}, True),
            ({"FORCE_COLOR": "1", "TERM": "dumb"}, True),
        ],
        ids=str,
    )
    def test_no_color_goes_before_force_color(  # three of them are fixtures
        self, retention, exports, monkeypatch, command, environment, coloured
    ):
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        assert ("\x1b[" in retention(*typed(command)).out) is coloured
        assert "\x1b" not in retention(*typed(command), "--no-color").out
        retention(*typed(command), "--output", "out")
        assert "\x1b" not in (exports / "out").read_text("utf-8")


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_its_help(retention, command):
    short, long = retention(command, "-h"), retention(command, "--help")
    assert (short.code, short.out) == (0, long.out)
    assert f"retention {command} [OPTIONS]" in short.out


def test_no_arguments_give_the_help_and_are_no_mistake(retention):
    ran = retention()
    assert (ran.code, ran.out, ran.err) == (0, retention("-h").out, "")


@pytest.mark.parametrize(
    ("arguments", "meant"),
    [
        (["acounts"], "accounts"),
        (["kpis", "--fromat", "json"], "--format"),
        (["kpis", "--format", "jsn"], "json"),
        (["check", ".", "--quite"], "--quiet"),
        (["compute", "customer.csv"], "customers.csv"),
        (["compute", ".", "--benchmarks", "plan.toml"], "retention_rate"),
    ],
)
def test_a_slip_is_answered_with_what_was_meant(retention, exports, arguments, meant):
    (exports / "plan.toml").write_text(
        '[[benchmark]]\nkpi = "retention_rat"\ntarget = 1\n', "utf-8"
    )
    ran = retention(*arguments)
    assert (ran.code, meant in ran.err) == (2, True)


@pytest.mark.parametrize(
    ("output", "command", "begins"),
    [
        ("x.csv", "compute", "period,"),
        ("x.JSON", "accounts", "{"),
        ("x.md", "compute", "# Scorecard"),
        ("x.txt", "accounts", "Accounts by profit"),
        ("june", "accounts", "Accounts by profit"),
        ("report.2025-06", "accounts", "Accounts by profit"),
    ],
)
def test_the_name_of_the_output_says_its_format(retention, exports, output, command, begins):
    assert retention(*typed(command)[:-2], "--output", output).code == 0
    assert (exports / output).read_text("utf-8").startswith(begins)


@pytest.mark.parametrize(
    ("output", "command"), [("x.pdf", "compute"), ("x.tsv", "accounts"), ("x.csv", "kpis")]
)
def test_a_name_that_promises_what_is_not_written_is_refused(retention, exports, output, command):
    ran = retention(*typed(command)[:-2], "--output", output)
    assert (ran.code, f"{output} says .{output[2:]}" in ran.err) == (2, True)
    assert not (exports / output).exists()
    assert retention(*typed(command, "json"), "--output", output).code == 0


def test_an_input_that_cannot_be_read_midway_is_not_the_output(retention, folder):
    unreadable = Path("/proc/self/mem")
    if not unreadable.exists():
        pytest.skip("this system has no file whose reading fails")
    ran = retention("compute", unreadable)
    assert (ran.code, ran.err) == (3, "error: /proc/self/mem: cannot be read: Input/output error\n")


def test_no_option_of_a_user_acts_on_a_terminal(retention):
    err = retention("compute", "--\u202e\u200b\x1b[31m").err
    assert not {unicodedata.category(sign) for sign in err} & {"Cf", "Zl"}
    assert "\\u202e\\u200b" in err
    assert os.linesep in err
