"""Which file of a kind is later, and what becomes of rows where nothing says it."""

from __future__ import annotations

import itertools
from datetime import date

import pytest

from retention_cli.findings.file_report import RejectLimit
from retention_cli.findings.rejects import RejectsFile
from retention_cli.loading.all_files import load
from retention_cli.loading.file_order import ranks
from retention_cli.loading.one_file import read_parts
from retention_cli.settings import ExportRule, Settings
from retention_cli.sources.locating import Located

TODAY = date(2025, 9, 30)
OLD, NEW = "ann,2024-01-01,,active\n", "ann,2024-01-01,2025-03-31,churned\n"
HEADER = "customer_id,start_date,end_date,status\n"


@pytest.fixture
def parts(tmp_path):
    def read(files, settings=None, header=HEADER):
        for name, rows in files.items():
            (tmp_path / name).write_text(header + rows, "utf-8")
        told = settings or Settings()
        return [part for name in files for part in read_parts(Located(tmp_path / name), told)]

    return read


def loaded(parts, settings=None):
    with RejectsFile(None) as rejects:
        limit = RejectLimit(percent=100)
        return load(
            parts, settings=settings or Settings(), limit=limit, rejects=rejects, as_of=TODAY
        )


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(
            {"crm-2025-05.csv": "bob,2025-07-01,,\n", "crm-2025-06.csv": OLD},
            [0, 1],
            id="dates in names go before dates in cells",
        ),
        pytest.param(
            {"crm-2025-05.csv": "bob,2025-07-01,,\n", "crm.csv": OLD},
            [1, 0],
            id="a name without a date leaves it to the cells",
        ),
        pytest.param(
            {"crm-2025.csv": "bob,2025-07-01,,\n", "more-2025.csv": OLD},
            [1, 0],
            id="names that say the same leave it to the cells",
        ),
        pytest.param(
            {"a.csv": OLD, "b.csv": "ann,2024-01-01,2025-11-30,\n"},
            [0, 0],
            id="days of the future tell nothing",
        ),
        pytest.param({"a.csv": OLD, "b.csv": NEW}, [0, 1], id="an end tells where no start does"),
        pytest.param(
            {
                "a.csv": "ann,2024-01-01,2025-08-31,\nbob,2025-05-20,,\n",
                "b.csv": "ann,2024-01-01,,\nbob,2025-05-20,,\ncy,2025-06-10,,\n",
            },
            [0, 1],
            id="an end that was known beforehand does not make a list late",
        ),
        pytest.param({"a.csv": OLD, "b.csv": OLD.replace("active", "current")}, [0, 0], id="none"),
        pytest.param({"a.csv": "", "b.csv": OLD}, [0, 1], id="a file without rows"),
    ],
)
def test_which_file_is_later(parts, files, expected):
    assert ranks(parts(files), as_of=TODAY) == expected
    turned = dict(reversed(files.items()))
    assert ranks(parts(turned), as_of=TODAY) == expected[::-1]


def test_the_settings_go_before_names_and_cells(parts):
    rule = ExportRule(file="crm-2025-05.csv", kind="customers", order=2)
    files = {"crm-2025-05.csv": OLD, "crm-2025-06.csv": NEW}
    settings = Settings(export=(rule,))
    assert ranks(parts(files, settings), as_of=TODAY) == [1, 0]
    table = loaded(parts(files, settings), settings).dataset.tables["customers"]
    assert table["end_date"].to_pylist() == [None]


def test_rows_that_nothing_orders_are_rejected_with_the_key_that_does(parts):
    files = {"a.csv": OLD, "b.csv": OLD.replace("active", "churned")}
    for order in itertools.permutations(files):
        found = loaded(parts({name: files[name] for name in order}))
        assert [export.rejected for export in found.exports] == [1, 1]
        hints = {issue.code: issue.hint for issue in found.problems.notices}
        assert "order = 2 in its [[export]] of retention.toml" in hints["conflicting-rows"]


def test_what_a_later_list_does_not_have_is_said_with_the_figures(parts):
    files = {"crm-2025-05.csv": OLD + "bob,2024-02-01,,\n", "crm-2025-06.csv": NEW}
    found = loaded(parts(files))
    said = {issue.code: issue.message for issue in found.problems.notices}
    assert said["not-listed-later"] == (
        "1 of its customers is in no later file, and counts as it stands here"
    )
    assert found.dataset.customer_notes == (
        "1 customer is in no later list, and taken as the earlier list has them",
    )


def test_a_later_file_with_few_rows_of_the_same_days_is_no_list_of_them(parts):
    header = "invoice_id,invoice_date,amount\n"
    may = "".join(f"{day},2025-05-{day:02},10.00\n" for day in range(1, 29))
    june = "1,2025-05-01,10.00\n90,2025-06-01,10.00\n"
    files = {"i-2025-05.csv": may, "i-2025-06.csv": june}
    found = loaded(parts(files, header=header))
    assert "not-listed-later" not in {issue.code for issue in found.problems.notices}


@pytest.mark.parametrize(
    ("row", "counts"),
    [
        pytest.param("bob,2024-31-01,2025-03-31,\n", True, id="an end"),
        pytest.param("bob,2024-31-01,,churned\n", True, id="a status that says so"),
        pytest.param("bob,2024-31-01,2025-03-31\n", True, id="a torn row with an end"),
        pytest.param("bob,2024-31-01,,active\n", False, id="neither"),
        pytest.param("bob,2024-31-01\n", False, id="a torn row without"),
        pytest.param("bob,2024-02-01,n/a,active\n", False, id="an accepted row"),
    ],
)
def test_rejected_rows_that_carry_an_end_are_said_with_the_figures(parts, row, counts):
    notes = loaded(parts({"crm.csv": OLD + row})).dataset.customer_notes
    said = ("1 rejected row carries an end: who left by them is in no figure",)
    assert notes == (said if counts else ())
