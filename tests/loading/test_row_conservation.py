"""No row disappears: accepted + rejected + skipped are all the rows of a file, in every run."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from retention_cli.errors import DataRefusedError, OutputError, RetentionError, TooManyRejectsError
from retention_cli.findings.file_report import RejectLimit, refuse_too_many
from retention_cli.findings.problems import Problem
from retention_cli.findings.rejects import RejectsFile
from retention_cli.loading.all_files import load
from retention_cli.loading.one_file import read_parts
from retention_cli.settings import Settings
from retention_cli.sources.locating import Located, locate
from retention_cli.text.atomic import replacing

pytestmark = pytest.mark.sweep

ANY = RejectLimit(percent=100)
GOOD = ["7,2024-01-15,,Small", "8,2024-02-20,2025-01-15,Large", "9,2024-03-25,,"]
FLAWED = [
    *("", ",,,", "7,2024-01-15,,Small", "7,2023-12-13,,Small", ",2024-01-15,,", "4,2024-02-31,,"),
    *("5,2024-05-13,2024-04-13,", "6", "6,2024-01-15,,x,y", "007,2024-01-15,,", "N,,,", "O,x,y,z"),
    *('"10,2024-01-15"x,,', '"1\n1",2024-01-15,,', "é,2024-01-15,,", "  ,  ,  ,  "),
]


def loaded(folder, **files):
    for name, lines in files.items():
        text = "\n".join(["customer_id,start_date,end_date,segment", *lines])
        (folder / f"{name}.csv").write_text(text + "\n", "utf-8")
    parts = [part for one in locate([folder], {}) for part in read_parts(one, Settings())]
    with RejectsFile(folder / "rejects" / "rejects.csv") as rejects:
        return load(parts, settings=Settings(), limit=ANY, rejects=rejects)


FIRST = [
    *("Total,,,", "7,,,", "customer_id,start_date,end_date,segment", "Total,,,1", ",,,Small"),
    *("Customer_ID, Start_Date,END_DATE,Segment", "7,,,Small"),
]
"""Rows that a table may begin with, and that might be taken for a title or a second header."""


@pytest.mark.parametrize("first", FIRST)
@pytest.mark.parametrize("place", [0, 2, 3])
def test_an_odd_row_is_counted_wherever_it_stands(tmp_path, first, place):
    lines = [*GOOD[:place], first, *GOOD[place:]]
    try:
        found = loaded(tmp_path, customers=lines)
    except DataRefusedError as refusal:
        assert "row 2 looks like a second header" in refusal.message
        return
    (export,) = found.exports
    assert (export.rows, export.accepted) == (4, 3)
    assert export.rejected + export.skipped == 1
    (row,) = csv.DictReader(io.StringIO((tmp_path / "rejects" / "rejects.csv").read_text("utf-8")))
    assert (int(row["row"]), json.loads(row["raw"])) == (place + 2, first.split(","))


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(lines=st.lists(st.sampled_from([*GOOD, *FLAWED]), min_size=2, max_size=25))
def test_every_row_is_accepted_rejected_or_skipped(tmp_path, lines):
    (tmp_path / "rejects" / "rejects.csv").unlink(missing_ok=True)
    try:
        found = loaded(tmp_path, customers=[*GOOD, "11,2024-01-31,,", *lines])
    except DataRefusedError as refusal:
        assert "another table may begin in row" in refusal.message
        return
    (export,) = found.exports
    count = len(lines) + len(GOOD) + 1
    assert export.rows == count
    assert export.accepted + export.rejected + export.skipped == count
    file = tmp_path / "rejects" / "rejects.csv"
    kept = list(csv.DictReader(io.StringIO(file.read_text("utf-8")))) if file.exists() else []
    assert len(kept) == export.rejected + export.skipped - export.blank
    assert export.blank == sum(not line.strip(" ,") for line in lines)
    for row in kept:
        number = int(row["row"])
        raw = json.loads(row["raw"])
        written = [*GOOD, "11,2024-01-31,,", *lines][number - 2]
        if row["code"] == "bad-quotes":
            assert raw == [written]
        else:
            assert raw == next(csv.reader(io.StringIO(written)))


def test_a_message_names_file_row_column_and_cell(tmp_path):
    found = loaded(tmp_path, customers=[*GOOD, "4,2024-02-31,,"])
    (problem,) = found.problems
    assert problem.message.endswith(
        "customers.csv row 5: start_date '2024-02-31' is not a day of the calendar"
    )
    assert (problem.row, problem.column, problem.cell) == (5, "start_date", "2024-02-31")


def test_files_of_which_only_some_have_dates_are_refused(tmp_path):
    (tmp_path / "b.csv").write_text("customer_id,segment\n99,x\n", "utf-8")
    with pytest.raises(DataRefusedError, match="has no start_date"):
        loaded(tmp_path, a=GOOD)


@pytest.mark.parametrize(
    ("limit", "rejected", "rows", "allowed"),
    [
        ("5%", 5, 100, True),
        ("5%", 6, 100, False),
        ("0%", 1, 1000, False),
        ("3", 3, 3, True),
        ("3", 4, 9, False),
        ("100%", 9, 9, True),
    ],
)
def test_the_limit_of_rejects(limit, rejected, rows, allowed):
    assert RejectLimit.parse(limit).allows(rejected=rejected, rows=rows) == allowed


@pytest.mark.parametrize("text", ["", "%", "-1", "101%", "1.5", "many", "nan%"])
def test_what_is_no_limit_is_refused(text):
    with pytest.raises(ValueError, match=r".*"):
        RejectLimit.parse(text)


def test_too_many_rejects_name_the_first(tmp_path):
    (export,) = loaded(tmp_path, customers=[*GOOD, "4,2024-02-31,,"]).exports
    with pytest.raises(TooManyRejectsError) as refused:
        refuse_too_many(export, RejectLimit(), Problem(4, "bad-date", "the first one"))
    assert "1 of 4 rows" in refused.value.message
    assert "the first one" in refused.value.message
    assert "--max-rejects" in refused.value.hint


class TestLocating:
    def test_a_folder_is_read_one_level_deep(self, tmp_path):
        for name in ("b.csv", "a.TSV", ".hidden.csv", "~$a.csv", "notes.md"):
            (tmp_path / name).write_text("x", "utf-8")
        (tmp_path / "rejects").mkdir()
        (tmp_path / "rejects" / "rejects.csv").write_text("x", "utf-8")
        assert [one.path.name for one in locate([tmp_path], {})] == ["a.TSV", "b.csv"]

    def test_a_file_named_by_its_kind_is_read_once(self, tmp_path):
        file = tmp_path / "list.csv"
        file.write_text("x", "utf-8")
        found = locate([tmp_path], {"customers": [file]})
        assert [(one.path.name, one.kind) for one in found] == [("list.csv", "customers")]

    def test_a_file_given_twice_is_refused(self, tmp_path):
        file = tmp_path / "list.csv"
        file.write_text("x", "utf-8")
        link = tmp_path / "link.csv"
        link.symlink_to(file)
        with pytest.raises(RetentionError, match="twice"):
            locate([file, link], {})

    def test_a_missing_file_is_answered_with_the_nearest(self, tmp_path):
        (tmp_path / "invoices.csv").write_text("x", "utf-8")
        with pytest.raises(RetentionError) as missing:
            locate([tmp_path / "invoice.csv"], {})
        assert "invoices.csv" in missing.value.hint
        assert missing.value.exit_code == 2

    def test_a_folder_without_tables_says_what_it_holds(self, tmp_path):
        (tmp_path / "notes.md").write_text("x", "utf-8")
        with pytest.raises(DataRefusedError, match=r"notes\.md"):
            locate([tmp_path], {})

    def test_the_name_is_the_path_as_it_was_typed(self):
        assert Located(Path("a/b.csv")).name == "a/b.csv"


class TestFilesThatAppearWholeOrNotAtAll:
    def test_a_block_that_fails_leaves_the_earlier_file(self, tmp_path):
        file = tmp_path / "card.csv"
        file.write_text("earlier", "utf-8")

        def fail():
            with replacing(file) as out:
                out.write("half")
                raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            fail()
        assert file.read_text("utf-8") == "earlier"
        assert [path.name for path in tmp_path.iterdir()] == ["card.csv"]

    def test_a_missing_folder_is_answered_with_what_to_type(self, tmp_path):
        with pytest.raises(OutputError) as refused, replacing(tmp_path / "no" / "card.csv"):
            pass
        assert "mkdir -p" in refused.value.hint

    def test_rejects_are_for_their_owner_only(self, tmp_path):
        file = tmp_path / "rejects.csv"
        with RejectsFile(file) as rejects:
            rejects.add(
                Problem(5, "bad-date", "=is not a day", kind="customers", file="c.csv", raw=("=1",))
            )
            assert not file.exists()
        assert file.stat().st_mode & 0o777 == 0o600
        (row,) = csv.DictReader(io.StringIO(file.read_text("utf-8")))
        assert (row["message"], json.loads(row["raw"])) == ("'=is not a day", ["=1"])

    def test_no_rejects_make_no_file(self, tmp_path):
        with RejectsFile(tmp_path / "rejects.csv"):
            pass
        assert list(tmp_path.iterdir()) == []


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    cells=st.lists(
        st.sampled_from(['="0012"', "A &amp; B", '="A &amp; B"', '="a ""b"""', "plain", '=""']),
        min_size=4,
        max_size=12,
    )
)
def test_a_rejected_row_stands_as_in_the_file_where_cells_were_unwrapped(tmp_path, cells):
    rejects = tmp_path / "rejects" / "rejects.csv"
    rejects.unlink(missing_ok=True)
    rows = [[str(place), "2024-02-31", "", cell] for place, cell in enumerate(cells)]
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    loaded(tmp_path, customers=text.getvalue().splitlines())
    kept = csv.DictReader(io.StringIO(rejects.read_text("utf-8")))
    assert [json.loads(row["raw"]) for row in kept] == rows
