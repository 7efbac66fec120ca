"""Folders with files that are not exports: passed over, left out, or asked about."""

from __future__ import annotations

import json

import pytest

from workbooks import book_of

STAFF = "Shoe size,Desk\n42,4\n43,5\n"
LEAVE = """Request ID,Employee,Leave Type,Start Date,End Date,Status,Resolved On
L1,Ann,Sick,2025-05-02,2025-05-03,Approved,2025-05-02
L2,Bo,Holiday,2025-06-02,2025-06-12,Approved,2025-05-20
L3,Ann,Holiday,2025-06-16,2025-06-18,Pending,
"""
NEARLY = "customer_id,Net Amount,Plan,Note\nann,9.00,Pro,x\n"


@pytest.fixture
def exports(folder, customers):
    (folder / "staff.csv").write_text(STAFF, "utf-8")
    return folder


def computed(retention, *arguments):
    return retention("compute", *arguments, "--period", "2025-06")


@pytest.mark.parametrize("command", ["compute", "check"])
def test_a_file_of_no_kind_is_passed_over_and_said(exports, retention, command):
    (exports / "time off.csv").write_text(LEAVE, "utf-8")
    ran = retention(command, ".")
    assert ran.code == 0
    why = (
        "no kind of export has its columns" if command == "check" else "it is of no kind of export"
    )
    assert f"staff.csv: is not read: {why}" in " ".join(ran.out.split())
    data = json.loads(retention(command, ".", "--format", "json").out)
    warnings = data["data"]["warnings"] if "data" in data else data["warnings"]
    assert [one["file"] for one in warnings if one["code"] == "file-not-read"] == [
        "staff.csv",
        "time off.csv",
    ]


def test_with_csv_it_is_said_beside_the_figures(exports, retention):
    assert "staff.csv: is not read" in computed(retention, ".", "--format", "csv").err
    assert computed(retention, ".", "--format", "csv", "--quiet").err == ""


def test_a_file_of_no_kind_that_is_named_stops_the_run(exports, retention):
    ran = computed(retention, "customers.csv", "staff.csv")
    assert (ran.code, "no kind of export has its columns" in ran.err) == (3, True)


def test_a_folder_of_nothing_else_stops_the_run(exports, retention):
    (exports / "customers.csv").unlink()
    assert computed(retention, ".").code == 3


def test_what_looks_like_a_kind_and_lacks_something_says_how_to_leave_it_out(exports, retention):
    (exports / "nearly.csv").write_text(
        "Invoice No,Net Amount,Due Date\n1,2.00,2025-01-01\n", "utf-8"
    )
    ran = computed(retention, ".")
    assert ran.code == 3
    assert "leave it out: --ignore nearly.csv" in ran.err
    assert computed(retention, ".", "--ignore", "nearly.csv").code == 0
    ran = computed(retention, "nearly.csv")
    assert "--ignore" not in ran.err


@pytest.mark.parametrize(
    "settings",
    [
        'ignore = ["nearly.*"]\n',
        '[[export]]\nfile = "nearly.csv"\nignore = true\n',
        '[[export]]\nfile = "nearly.csv"\n[export.ignore]\n',
    ],
)
def test_the_settings_leave_a_file_out(exports, retention, settings):
    (exports / "nearly.csv").write_text(
        "Invoice No,Net Amount,Due Date\n1,2.00,2025-01-01\n", "utf-8"
    )
    (exports / "retention.toml").write_text(settings, "utf-8")
    ran = computed(retention, ".", "--verbose")
    assert ran.code == 0
    assert "ignored: nearly.csv (as asked)" in ran.err


def test_the_settings_leave_a_sheet_out(folder, retention):
    people = [["customer_id", "start_date"], ["ann", "2024-01-01"], ["bob", "2024-01-01"]]
    more = [["customer_id", "start_date"], ["cy", "2024-01-01"]]
    (folder / "book.xlsx").write_bytes(book_of({"Now": people, "Old": more}))
    (folder / "retention.toml").write_text(
        '[[export]]\nfile = "book.xlsx"\nsheet = "Old"\nignore = true\n', "utf-8"
    )
    told = json.loads(computed(retention, ".", "--format", "json").out)
    assert [file["sheet"] for file in told["data"]["files"]] == ["Now"]


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ('[[export]]\nfile = "a.csv"\n', "'kind' is missing"),
        ('[[export]]\nfile = "a.csv"\nignore = "yes"\n', '"yes" is not true or false'),
    ],
)
def test_a_slip_about_what_is_left_out_is_told_with_its_line(exports, retention, settings, said):
    (exports / "retention.toml").write_text(settings, "utf-8")
    ran = computed(retention, ".")
    assert (ran.code, said in ran.err, "retention.toml:" in ran.err) == (2, True, True)


def test_what_is_ignored_and_not_there_gets_the_nearest_names(exports, retention):
    ran = computed(retention, ".", "--ignore", "staf.csv")
    assert (ran.code, ran.err) == (
        2,
        "error: --ignore: no file fits 'staf.csv'\nhint: did you mean staff.csv?\n",
    )


def test_a_pattern_in_quotes_is_put_out(exports, retention):
    (exports / "customers-2.csv").write_text("customer_id,start_date\nzed,2024-01-01\n", "utf-8")
    ran = computed(retention, "cust*.csv", "--format", "json")
    files = [file["file"] for file in json.loads(ran.out)["data"]["files"]]
    assert files == ["customers-2.csv", "customers.csv"]
    assert computed(retention, "--customers", "c*s.csv").code == 0


def test_a_pattern_that_nothing_fits_says_what_is_there(exports, retention):
    ran = computed(retention, "*.xlsx")
    assert ran.code == 2
    assert "*.xlsx: no file fits this pattern" in ran.err
    assert "there is customers.csv, staff.csv" in ran.err


def test_a_file_with_the_name_of_a_pattern_is_itself(exports, retention):
    (exports / "list[1].csv").write_text("customer_id,start_date\nzed,2024-01-01\n", "utf-8")
    assert computed(retention, "list[1].csv").code == 0
