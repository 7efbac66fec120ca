from __future__ import annotations

import csv
import json
import os
import stat

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retention_cli.errors import DataRefusedError, OutputError, TooManyRejectsError
from retention_cli.findings.problems import Problem
from retention_cli.findings.rejects import RejectsFile
from retention_cli.text.outputs import REJECTS
from retention_cli.text.safe_text import safe_cell


def problem(row=2, *, raw=("007", "31.02.2025"), **more):
    told = {"column": "start_date", "cell": "31.02.2025"} | more
    return Problem(
        row, "bad-date", f"a.csv row {row}: wrong", kind="customers", file="a.csv", raw=raw, **told
    )


@pytest.fixture
def file(tmp_path):
    return tmp_path / "rejects" / "rejects.csv"


@pytest.fixture
def earlier(file):
    """What an earlier run wrote."""
    file.parent.mkdir()
    file.write_text("earlier", "utf-8")
    return file


def written(file):
    with file.open(encoding="utf-8", newline="") as text:
        return list(csv.DictReader(text))


def wrote_one(file, made):
    with RejectsFile(file) as rejects:
        rejects.add(made)
    (row,) = written(file)
    return row


def test_a_row_is_written_with_all_that_is_known_of_it(file):
    assert wrote_one(file, problem(17, sheet="Sheet1")) == {
        "file": "a.csv",
        "sheet": "Sheet1",
        "row": "17",
        "column": "start_date",
        "code": "bad-date",
        "message": "a.csv row 17: wrong",
        "value": "31.02.2025",
        "raw": '["007", "31.02.2025"]',
    }
    assert file.read_bytes().startswith(",".join(REJECTS).encode() + b"\r\n")


def test_what_is_not_known_is_blank(file):
    row = wrote_one(file, problem(column=None, cell=None))
    assert (row["sheet"], row["column"], row["value"]) == ("", "", "")


def test_rows_come_in_the_order_they_were_added_in(file):
    with RejectsFile(file) as rejects:
        for number in (9, 3, 5):
            rejects.add(problem(number))
    assert [row["row"] for row in written(file)] == ["9", "3", "5"]
    assert rejects.count == 3


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"])), max_size=4))
def test_the_whole_row_is_verbatim_whatever_it_holds(tmp_path_factory, cells):
    file = tmp_path_factory.mktemp("rejects") / "rejects.csv"
    row = wrote_one(file, problem(raw=tuple(cells)))
    assert json.loads(row["raw"]) == cells
    assert row["raw"].startswith("[")


FORMULAS = [
    *("=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "\nx", "=", "  =1", "\u00a0=1", "\u200b=1"),
    *("\uff1d1", "\uff0b1", "\uff0d1", "\uff201", "\ufe66x", "\ufe621", "\ufe63x", "\ufe6bx"),
    *("\n=1", " \t=cmd|'/C calc'!A0", "\x00=1"),
]
PLAIN = ["", "Acme", "1=1", "a-b", "'=1", "31.02.2025", "[=1]", " Acme", "€5", "\u2212"]


@pytest.mark.parametrize("cell", FORMULAS, ids=ascii)
def test_no_cell_is_a_formula(file, cell):
    with RejectsFile(file) as rejects:
        rejects.add(
            Problem(
                2,
                "bad-date",
                cell,
                kind=cell,
                file=cell,
                column=cell,
                cell=cell,
                sheet=cell,
                raw=(cell,),
            )
        )
    (row,) = written(file)
    for name in ("file", "sheet", "column", "message", "value"):
        assert row[name] == safe_cell(cell), name
        assert row[name].startswith("'"), name
    assert json.loads(row["raw"]) == [cell]


@pytest.mark.parametrize("cell", PLAIN, ids=ascii)
def test_a_cell_that_is_no_formula_stays_as_it_is(file, cell):
    assert wrote_one(file, problem(cell=cell))["value"] == cell


def test_controls_do_not_act_on_a_terminal(file):
    acting = "a\x1b[31m\x07\x7f\x9b"
    row = wrote_one(file, problem(cell=acting, raw=(acting,)))
    assert row["value"] == r"a\x1b[31m\x07\x7f\x9b"
    assert json.loads(row["raw"]) == [acting]
    assert not any(byte in file.read_bytes() for byte in b"\x1b\x07\x7f\x9b")


@pytest.mark.parametrize("cell", ["a;=1", 'a; "=1', "a;\u200b+1", "\\;@x"], ids=ascii)
def test_a_row_that_another_delimiter_would_split_is_verbatim_and_runs_nowhere(file, cell):
    row = wrote_one(file, problem(cell=cell, raw=(cell, "b")))
    assert json.loads(row["raw"]) == [cell, "b"]
    assert safe_cell(row["raw"]) == row["raw"]
    assert ";'" in row["value"]


def test_the_file_is_for_its_owner_only(file):
    wrote_one(file, problem())
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_where_nothing_is_rejected_there_is_neither_file_nor_folder(file):
    with RejectsFile(file) as rejects:
        pass
    assert rejects.count == 0
    assert not file.parent.exists()


def test_where_nothing_is_rejected_an_earlier_file_stays(earlier):
    with RejectsFile(earlier):
        pass
    assert earlier.read_text("utf-8") == "earlier"


def test_the_file_appears_only_when_the_run_is_over(earlier):
    with RejectsFile(earlier) as rejects:
        rejects.add(problem())
        assert earlier.read_text("utf-8") == "earlier"
    assert len(written(earlier)) == 1


@pytest.mark.parametrize("error", [TooManyRejectsError, DataRefusedError])
def test_a_run_refused_for_its_data_leaves_its_rejects(earlier, error):
    def run():
        with RejectsFile(earlier) as rejects:
            rejects.add(problem())
            raise error("too many")

    with pytest.raises(error):
        run()
    assert [row["row"] for row in written(earlier)] == ["2"]


@pytest.mark.parametrize("error", [ZeroDivisionError, KeyboardInterrupt, SystemExit, OutputError])
def test_a_run_that_fails_midway_leaves_the_earlier_file(earlier, error):
    rejects = RejectsFile(earlier)

    def run():
        with rejects:
            rejects.add(problem())
            raise error("stop")

    with pytest.raises(error):
        run()
    assert earlier.read_text("utf-8") == "earlier"
    assert [path.name for path in earlier.parent.iterdir()] == [earlier.name]


def test_without_a_path_rows_are_only_counted(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with RejectsFile(None) as rejects:
        rejects.add(problem())
        rejects.add(problem())
    assert rejects.count == 2
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_made_is_answered_with_the_option(tmp_path):
    (tmp_path / "rejects").write_text("a file", "utf-8")
    rejects = RejectsFile(tmp_path / "rejects" / "rejects.csv")
    with pytest.raises(OutputError, match="cannot be written: File exists") as caught:
        rejects.add(problem())
    assert caught.value.hint == "choose another place: --rejects FILE"


def test_a_disk_that_fills_up_in_between_is_said_and_leaves_the_earlier_file(earlier, monkeypatch):
    class Full:
        def write(self, _):
            raise OSError(28, "No space left on device")

    def run():
        with RejectsFile(earlier) as rejects:
            rejects.add(problem())
            monkeypatch.setattr(rejects, "_file", Full())
            rejects.add(problem())

    with pytest.raises(OutputError, match="No space left on device"):
        run()
    assert earlier.read_text("utf-8") == "earlier"


def test_a_disk_that_is_full_at_the_end_is_said_and_leaves_the_earlier_file(earlier, monkeypatch):
    def full(_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OutputError, match="No space left on device"):
        wrote_one(earlier, problem())
    assert earlier.read_text("utf-8") == "earlier"
