"""What is odd is not a file but what is around it: its name, its place, the machine, the period."""

from __future__ import annotations

import errno
import os

import pytest
from xlsxwriter import Workbook
from xlsxwriter.exceptions import FileCreateError

ROWS = "customer_id,start_date\nK1,2025-01-01\nK2,2025-01-02\n"
ODD_NAME = os.fsdecode(b"b\xff.csv")
"""No UTF-8, as an old archive may have it."""


@pytest.mark.parametrize("suffix", ["xlsx", "html"])
def test_a_report_of_a_period_without_a_value_is_written(retention, folder, suffix):
    (folder / "c.csv").write_text(ROWS, "utf-8")
    ran = retention("report", "c.csv", "-o", f"r.{suffix}", "--period", "2030-01")
    assert (ran.code, (folder / f"r.{suffix}").exists()) == (0, True)


def test_a_workbook_that_finds_no_room_is_no_defect(retention, folder, monkeypatch):
    close = Workbook.close

    def full(book):
        close(book)
        raise FileCreateError(OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)))

    monkeypatch.setattr(Workbook, "close", full)
    (folder / "c.csv").write_text(ROWS, "utf-8")
    ran = retention("compute", "c.csv", "-o", "r.xlsx", "--period", "2025-01")
    assert (ran.code, "No space left on device" in ran.err) == (4, True)
    assert not (folder / "r.xlsx").exists()


def test_a_file_that_is_said_to_be_of_surveys_may_have_a_type(retention, folder):
    (folder / "c.csv").write_text("Type,Reference\nSale,7\n", "utf-8")
    ran = retention("compute", "--surveys", "c.csv")
    assert (ran.code, 'kind = "Type"' in ran.err) == (3, True)


def test_a_file_whose_name_is_not_utf_8_is_frozen_and_compared(retention, folder):
    (folder / ODD_NAME).write_text(ROWS, "utf-8")
    assert retention("compute", ODD_NAME, "--period", "2025-01", "--save", "then").code == 0
    (folder / ODD_NAME).write_text(ROWS.replace("-02", "-03"), "utf-8")
    ran = retention("diff", "then", ODD_NAME)
    assert (ran.code, "33 figures agree" in ran.out) == (0, True)


@pytest.fixture
def waiting(folder, monkeypatch):
    """A path that looks like a file, and waits for what is to come, as /proc/kmsg does."""
    (folder / "log.csv").touch()
    ends, opened = os.pipe(), os.open

    def opens(path, flags, *mode):
        if os.fspath(path).endswith("log.csv"):
            os.set_blocking(ends[0], not flags & os.O_NONBLOCK)
            return os.dup(ends[0])
        return opened(path, flags, *mode)

    monkeypatch.setattr(os, "open", opens)
    yield "log.csv"
    for end in ends:
        os.close(end)


@pytest.mark.parametrize(
    ("how", "code"),
    [
        ((), 3),
        (("c.csv", "--config"), 2),
        (("c.csv", "--benchmarks"), 2),
        (("c.csv", "--customers"), 3),
    ],
)
def test_nothing_is_waited_for_that_only_looks_like_a_file(retention, folder, waiting, how, code):
    (folder / "c.csv").write_text(ROWS, "utf-8")
    ran = retention("compute", *how, waiting, "--period", "2025-01")
    assert (ran.code, ran.err.startswith(f"error: {waiting}")) == (code, True), ran.err


@pytest.mark.parametrize("option", [(), ("c.csv", "--config"), ("c.csv", "--benchmarks")])
def test_no_device_is_read(retention, folder, option):
    (folder / "c.csv").write_text(ROWS, "utf-8")
    ran = retention("compute", *option, "/dev/zero", "--period", "2025-01")
    assert (ran.code, "a device, not a file" in ran.err) == (2 if option else 3, True)


@pytest.mark.parametrize("place", ["x.json", "june/manifest.json", "c2.csv", "events.csv"])
def test_a_pipe_in_a_folder_of_exports_is_not_waited_for(retention, folder, place):
    (folder / "in" / "june").mkdir(parents=True)
    (folder / "in" / "c.csv").write_text(ROWS, "utf-8")
    os.mkfifo(folder / "in" / place)
    assert retention("compute", "in", "--period", "2025-01").code == 0


@pytest.mark.parametrize("more", [(), ("--period", "soon"), ("--sheet", "x", "--strict")])
@pytest.mark.parametrize("option", ["--manifest", "--output", "--rejects", "--append"])
def test_no_place_is_a_file_that_is_read_however_a_run_ends(retention, folder, option, more):
    (folder / "c.csv").write_text(ROWS, "utf-8")
    assert retention("compute", "c.csv", option, "c.csv", *more).code == 2
    assert (folder / "c.csv").read_text("utf-8") == ROWS


@pytest.mark.parametrize("option", ["--manifest", "--output", "--rejects"])
@pytest.mark.parametrize("second", ["c.csv", "then"])
def test_no_place_is_in_a_frozen_run_that_is_read(retention, folder, option, second):
    (folder / "c.csv").write_text(ROWS, "utf-8")
    retention("compute", "c.csv", "--period", "2025-01", "--save", "then")
    before = {path: path.read_bytes() for path in (folder / "then").iterdir()}
    place = "then/SHA256SUMS" if option == "--manifest" else "then/run.json"
    ran = retention("diff", "then", second, option, place, "--format", "json")
    assert ran.code == 2, ran.err
    assert {path: path.read_bytes() for path in (folder / "then").iterdir()} == before
