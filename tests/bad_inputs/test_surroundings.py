"""What is odd is not a file but what is around it: its name, its place, the machine, the period."""

from __future__ import annotations

import os

import pytest

ROWS = "customer_id,start_date\nK1,2025-01-01\nK2,2025-01-02\n"
ODD_NAME = os.fsdecode(b"b\xff.csv")
"""No UTF-8, as an old archive may have it."""


@pytest.mark.parametrize("suffix", ["xlsx", "html"])
def test_a_report_of_a_period_without_a_value_is_written(retention, folder, suffix):
    (folder / "c.csv").write_text(ROWS, "utf-8")
    ran = retention("report", "c.csv", "-o", f"r.{suffix}", "--period", "2030-01")
    assert (ran.code, (folder / f"r.{suffix}").exists()) == (0, True)


def test_a_file_whose_name_is_not_utf_8_is_frozen_and_compared(retention, folder):
    (folder / ODD_NAME).write_text(ROWS, "utf-8")
    assert retention("compute", ODD_NAME, "--period", "2025-01", "--save", "then").code == 0
    (folder / ODD_NAME).write_text(ROWS.replace("-02", "-03"), "utf-8")
    ran = retention("diff", "then", ODD_NAME)
    assert (ran.code, "33 figures agree" in ran.out) == (0, True)


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
