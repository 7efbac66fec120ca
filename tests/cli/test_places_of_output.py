"""Where output goes: pipes, devices, open files and files, each as its owner means it."""

from __future__ import annotations

import os
import socket
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from retention_cli import reports
from retention_cli.cli._formats import PROMISES

pytestmark = pytest.mark.sweep

COMMAND = (sys.executable, "-m", "retention_cli")
KPIS = ("kpis", "--format", "json")
"""The command that needs no exports, in a form that is the same everywhere."""


@pytest.fixture(scope="module")
def expected():
    return subprocess.run([*COMMAND, *KPIS], capture_output=True, check=True).stdout


def names():
    return sorted(path.name for path in Path().iterdir())


def ran(*arguments, **how):
    return subprocess.run([*COMMAND, *arguments], check=False, **how)


@pytest.mark.parametrize("place", ["/dev/stdout", "/dev/fd/1", "/proc/self/fd/1", "-", "link"])
def test_a_pipe_is_written_through(folder, expected, place):
    if place.startswith("/") and not os.path.lexists(place):
        pytest.skip(f"{place} is not there")
    Path("link").symlink_to("/dev/stdout")
    done = ran(*KPIS, "-o", place, stdout=subprocess.PIPE)
    assert (done.returncode, done.stdout) == (0, expected)
    assert names() == ["link"]


@pytest.mark.parametrize("place", ["/dev/stdout", "/dev/fd/1", "-"])
@pytest.mark.parametrize(("mode", "before"), [("ab", b"EARLIER\n"), ("wb", b"")])
def test_a_file_behind_stdout_is_neither_cut_off_nor_replaced(
    folder, expected, place, mode, before
):
    Path("all.json").write_bytes(b"EARLIER\n")
    with Path("all.json").open(mode) as out:
        assert ran(*KPIS, "-o", place, stdout=out).returncode == 0
        assert os.fstat(out.fileno()).st_nlink == 1
    assert Path("all.json").read_bytes() == before + expected
    assert names() == ["all.json"]


def test_another_open_file_is_written_where_it_stands(folder, expected):
    with Path("log").open("wb") as out:
        out.write(b"before\n")
        out.flush()
        number = out.fileno()
        assert ran(*KPIS, "-o", f"/dev/fd/{number}", pass_fds=[number]).returncode == 0
    assert Path("log").read_bytes() == b"before\n" + expected


def test_a_file_without_a_name_gets_the_text_and_no_new_name(folder, expected):
    with Path("gone").open("w+b") as out:
        Path("gone").unlink()
        for place in ("/dev/stdout", f"/proc/{os.getpid()}/fd/{out.fileno()}"):
            assert ran(*KPIS, "-o", place, stdout=out).returncode == 0
            out.seek(0)
            assert out.read() == expected
            out.seek(0)
            out.truncate()
    assert names() == []


def test_a_socket_gets_the_text(folder, expected):
    ours, theirs = socket.socketpair()
    with ours, theirs:
        theirs.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 1 << 20)
        assert ran(*KPIS, "-o", "/dev/stdout", stdout=theirs.fileno()).returncode == 0
        theirs.close()
        assert b"".join(iter(lambda: ours.recv(1 << 16), b"")) == expected


def test_a_closed_stream_is_said(folder):
    done = ran(*KPIS, "-o", "/dev/fd/77", capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (4, "")
    assert "/dev/fd/77: cannot be written" in done.stderr


@pytest.fixture
def rejected(folder):
    """Exports of which one row is rejected."""
    text = "customer_id,invoice_date,amount,cost\n1,2024-01-01,5.00,1.00\n2,2024-02-31,5.00,1.00\n"
    (folder / "invoices.csv").write_text(text, "utf-8")
    return ("invoices.csv", "--max-rejects", "1", "--quiet")


@pytest.mark.parametrize("place", ["/dev/null", "-", "pipe"])
def test_rejects_are_not_put_beside_a_device_or_a_pipe(retention, folder, rejected, place):
    os.mkfifo("pipe")
    reader = os.open("pipe", os.O_RDONLY | os.O_NONBLOCK)
    there = place if place != "pipe" else folder / place
    away = folder / "elsewhere"
    away.mkdir()
    os.chdir(away)
    try:
        assert retention("compute", "../invoices.csv", *rejected[1:], "-o", there).code == 0
    finally:
        os.close(reader)
    assert [path.name for path in away.rglob("*.csv")] == ["rejects.csv"]
    assert not Path(os.devnull).with_name("rejects").exists()


def test_the_null_device_may_be_both(retention, rejected):
    both = ("--output", os.devnull, "--rejects", os.devnull)
    assert retention("compute", *rejected, *both).code == 0
    assert Path(os.devnull).is_char_device()


def test_rejects_do_not_go_where_the_result_goes(retention, folder, rejected):
    ran = retention("compute", *rejected, "--rejects", "-")
    assert (ran.code, "--rejects: - is standard output" in ran.err) == (2, True)
    assert names() == ["invoices.csv"]


def mode(name):
    return stat.S_IMODE(Path(name).stat().st_mode)


@pytest.mark.parametrize(
    ("command", "told"),
    [("compute", 0o600), ("compute", 0o664), ("accounts", 0o640), ("check", 0o444)],
)
def test_a_file_that_is_there_keeps_its_mode(retention, rejected, command, told):
    Path("out.json").write_text("earlier", "utf-8")
    Path("out.json").chmod(told)
    assert retention(command, *rejected, "-o", "out.json").code == 0
    assert (Path("out.json").read_text("utf-8")[0], mode("out.json")) == ("{", told)


@pytest.mark.parametrize(
    ("command", "expected"), [("compute", 0o644), ("accounts", 0o600), ("check", 0o600)]
)
def test_a_new_file_that_names_customers_is_for_its_owner(retention, rejected, command, expected):
    earlier = os.umask(0o022)
    try:
        asked = ("-o", "out.json", "--rejects", "left.csv")
        assert retention(command, *rejected, *asked).code == 0
    finally:
        os.umask(earlier)
    assert (mode("out.json"), mode("left.csv")) == (expected, 0o600)


@pytest.mark.parametrize("suffix", ["parquet", "docx", "yaml", "xls", "csv.gz", "PDF", "jsonl"])
@pytest.mark.parametrize("command", ["compute", "accounts", "check", "kpis"])
def test_a_format_that_is_not_written_is_refused(retention, folder, command, suffix):
    ran = retention(command, "-o", f"out.{suffix}")
    assert (ran.code, "which is not written here" in ran.err) == (2, True)
    assert names() == []


@pytest.mark.parametrize("name", ["out", "out.txt", "2025.06", "tmp.Ab3dE9fGhI", ".csv"])
def test_a_name_that_promises_no_format_gets_a_table(retention, folder, name):
    assert retention("kpis", "-o", name).code == 0
    assert Path(name).read_text("utf-8").startswith("KPI")


def test_every_format_can_be_asked_for_by_a_suffix():
    written = {form for of in ("scorecard", "accounts", "check") for form in reports.names(of)}
    assert all(map(PROMISES.fullmatch, written - {"table", "github"}))


def test_the_rejects_file_is_not_named_as_something_else(retention, rejected):
    ran = retention("compute", *rejected, "--rejects", "left.xlsx")
    assert (ran.code, "hint: name it left.csv" in ran.err) == (2, True)


def test_init_writes_the_file_that_a_killed_run_could_not(retention, folder, rejected):
    assert retention("init").code == 0
    whole = Path("benchmarks.toml").read_bytes()
    Path("benchmarks.toml").unlink()
    assert retention("init").code == 0
    assert Path("benchmarks.toml").read_bytes() == whole
