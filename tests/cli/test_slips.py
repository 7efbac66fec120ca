"""Slips in settings and options that only the files show: each names its file, line and key."""

from __future__ import annotations

import pytest

from workbooks import book_of

RULE = '[[export]]\nfile = "customers.csv"\nkind = "customers"\n'


@pytest.fixture
def slip(folder, customers, retention):
    """Give what is said of settings."""

    def said(settings, *arguments):
        (folder / "retention.toml").write_text(settings, "utf-8")
        ran = retention("compute", *(arguments or ["customers.csv"]))
        assert ran.code == 2, ran.err
        error, _, hint = ran.err.partition("\nhint: ")
        return error.removeprefix(f"error: {folder}/retention.toml"), hint.strip()

    return said


@pytest.mark.parametrize(
    ("lines", "error", "hint"),
    [
        (
            '[export.columns]\nstart_dat = "start_date"\n',
            ":5: export.columns.start_dat: unknown column 'start_dat' of customers",
            "did you mean 'start_date'?",
        ),
        (
            '[export.values.statu]\nfoo = "ended"\n',
            ":4: export.values.statu: unknown column 'statu' of customers",
            "did you mean 'status'?",
        ),
        (
            '[export.columns]\nstart_date = "start"\n',
            ":5: export.columns.start_date: customers.csv: unknown column 'start'",
            "did you mean 'start_date'?",
        ),
        (
            '[export.columns]\nstart_date = { from = "start_date", unit = "weeks" }\n',
            ":5: export.columns.start_date.unit: start_date: 'weeks' is not a unit of its dates",
            "the unit is excel-days",
        ),
        (
            'sheet = "X"\n',
            ":4: export.sheet: customers.csv: is not a workbook or a database, so it has no sheet 'X'",
            "remove the key from its [[export]]",
        ),
    ],
)
def test_a_slip_about_a_file_is_told_with_its_line(slip, lines, error, hint):
    assert slip(RULE + lines) == (error, hint)


def test_two_rules_for_a_file_are_told_with_a_line(slip):
    error, _ = slip(RULE + RULE.replace("customers.csv", "cust*.csv"))
    assert error.startswith(":2: export.file: customers.csv: two [[export]]")


def test_one_file_to_ignore_need_not_be_a_list(folder, customers, retention):
    (folder / "retention.toml").write_text('ignore = "x.csv"\n', "utf-8")
    assert retention("compute", customers).code == 0


def test_a_header_of_one_column_is_one_of_the_delimiter(customers, retention):
    ran = retention("compute", "--customers", customers, "--delimiter", ";")
    assert ran.code == 3
    assert "its header is one column: 'customer_id,customer_name,start_date" in ran.err
    assert "is ',' the delimiter?" in ran.err


def test_a_workbook_is_not_asked_for_its_delimiter(folder, retention):
    (folder / "book.xlsx").write_bytes(book_of({"A": [["Foo", "Bar"], ["1", "2"]]}))
    said = retention("compute", "book.xlsx").err
    assert "or the right sheet?" in said
    assert "delimiter" not in said


@pytest.mark.parametrize(
    ("told", "said"),
    [
        (("comput", "."), "Did you mean 'compute'?"),
        (("compute", ".", "--perod", "2025"), "No such option: --perod. Did you mean '--period'?"),
        (("compute", ".", "-o", "june.xslx"), "did you mean june.xlsx?"),
        (("report", ".", "-o", "june.hmtl"), "did you mean june.html?"),
        (("compute", ".", "--config", "settigns.toml"), "did you mean 'settings.toml'?"),
    ],
)
def test_a_slip_is_answered_with_what_was_meant(folder, retention, told, said):
    (folder / "settings.toml").write_text("", "utf-8")
    ran = retention(*told)
    assert (ran.code, said in ran.err) == (2, True), ran.err
    assert not (folder / "june.xslx").exists()
