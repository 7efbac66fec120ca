"""Times of day tell rows of one day apart, and reach no figure."""

from __future__ import annotations

import pytest

from retention_cli.findings.file_report import RejectLimit
from retention_cli.findings.rejects import RejectsFile
from retention_cli.frames.columns import CLOCK
from retention_cli.loading.all_files import load
from retention_cli.loading.one_file import read_parts
from retention_cli.settings import Settings
from retention_cli.sources.locating import Located


@pytest.fixture
def read(tmp_path):
    def of(*files, header="Invoice Date,Amount", zone=None):
        settings, parts = Settings(time_zone=zone), []
        for number, days in enumerate(files):
            path = tmp_path / f"{number}.csv"
            path.write_text("\n".join([header, *(f"{day},3.50" for day in days)]) + "\n", "utf-8")
            parts += read_parts(Located(path), settings)
        with RejectsFile(None) as rejects:
            limit = RejectLimit(percent=100)
            return parts, load(parts, settings=settings, limit=limit, rejects=rejects)

    return of


@pytest.mark.parametrize(
    ("one", "other", "kept"),
    [
        pytest.param("2025-06-03 09:01:00", "2025-06-03 09:01:00", 1, id="one sale"),
        pytest.param("2025-06-03 09:01:00", "2025-06-03 09:02:00", 2, id="two sales"),
        pytest.param("2025-06-03", "2025-06-03 09:02:00", 2, id="a date alone is another row"),
        pytest.param("2025-06-03", "2025-06-03 00:00:00", 1, id="midnight is a date alone"),
        pytest.param("2025-06-03 09:01", "3.6.2025 09:01:00", 1, id="written otherwise"),
        pytest.param("2025-06-03 9:01 pm", "2025-06-03T21:01:00", 1, id="by a clock of 12 hours"),
    ],
)
def test_rows_of_several_files_are_compared_with_their_times(read, one, other, kept):
    others = ["2025-06-10 10:00", "2025-06-11 11:00"]
    _, loaded = read([one, others[0]], [other, others[1]])
    table = loaded.dataset.tables["invoices"]
    assert len(table) == kept + 2
    assert CLOCK not in table.column_names


def test_equal_rows_of_one_file_are_those_of_one_moment(read):
    _, loaded = read(["2025-06-03 09:01", "2025-06-03 09:02", "2025-06-03 09:02"])
    equal = [issue.count for issue in loaded.problems.notices if issue.code == "equal-rows"]
    assert equal == [1]


def test_a_zone_moves_the_time_with_its_day(read):
    _, loaded = read(
        ["2025-06-03T22:30:00Z", "2025-06-05T10:00:00Z"],
        ["2025-06-04T00:30:00+02:00", "2025-06-06T10:00:00Z"],
        zone="Europe/Berlin",
    )
    assert len(loaded.dataset.tables["invoices"]) == 3


@pytest.mark.parametrize("day", ["2025-06-03", "2025-06-03 00:00"])
def test_nothing_is_kept_where_all_are_days_alone(read, day):
    parts, _ = read([day, "2025-06-04"])
    assert CLOCK not in parts[0].table.column_names


TICKETS = "ticket_id,created_at,resolved_at"


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        pytest.param(("1,2025-06-02,2025-06-03",), "'created_at' and 'resolved_at' have", id="days"),
        pytest.param(("1,2025-06-02,3.6.2025 14.05 Uhr",), "'created_at' has", id="one of two"),
        pytest.param(("1,2025-06-02 09:00,2025-06-03 00:00",), "'resolved_at' has", id="midnight"),
        pytest.param(("1,20250602T090000Z,2025-06-03T09:00Z",), None, id="times"),
        pytest.param(("1,2025-06-02,", "2,2025-06-03,"), None, id="nothing between them"),
        pytest.param(("1,2025-06-02,2025-06-03 8:00", "2,2025-06-02 9:00,2025-06-03 9:00"),
                     "'created_at' has", id="some of them"),
    ],
)  # fmt: skip
def test_days_without_a_time_are_said_where_times_lie_between_them(tmp_path, rows, said):
    (tmp_path / "a.csv").write_text("\n".join([TICKETS, *rows]) + "\n", "utf-8")
    (part,) = read_parts(Located(tmp_path / "a.csv"), Settings())
    found = [one for one in part.text.assumed if "without a time" in one]
    assert [one.startswith(f"{said} days") for one in found] == ([True] if said else [])
