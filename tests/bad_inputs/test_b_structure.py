"""The structure of a CSV file: what comes, and what must happen."""

from __future__ import annotations

import tomllib

import pytest

from good_rows import FIRST_BAD, GOOD, HEADER, customers, wide


@pytest.mark.parametrize(
    ("mark", "said"), [(";", "delimiter ;"), ("\t", "delimiter tab"), ("|", "delimiter |")]
)
def test_21_another_delimiter_is_found_and_said_when_asked(read, mark, said):
    data = {"customers.csv": customers().replace(",", mark)}
    found = read(data, "--verbose")
    assert (found.code, found.counts()) == (0, (40, 0, 0))
    assert f"customers.csv: customers · utf-8 · {said} · header in row 1" in found.err
    assert "delimiter" not in read(data).err


def test_22_a_line_that_names_the_delimiter_is_honoured_and_counted_in_row_numbers(read):
    found = read({"customers.csv": "sep=;\n" + customers("x;2024-01-01").replace(",", ";")})
    assert (found.code, found.counts()) == (0, (40, 1, 0))
    assert "customers.csv row 43: has 2 of 4 fields" in found.err
    assert found.raw(43) == ["x", "2024-01-01"]


def test_23_semicolons_inside_quotes_are_no_delimiters(read):
    rows = "".join(f'{n},2024-01-15,"a;b;c;d;e"\n' for n in range(40))
    found = read({"customers.csv": "customer_id,start_date,comment\n" + rows})
    assert (found.code, found.counts()) == (0, (40, 0, 0))


def test_23_a_tie_between_delimiters_is_asked_about(read):
    data = {"customers.csv": "customer_id,a;start_date\n1,b;2024-01-01\n"}
    found = read(data)
    assert (found.code, found.files) == (3, {})
    assert "customers.csv: its column delimiter may be ',' or ';'" in found.err
    assert '--delimiter ","' in found.err


def test_24_one_column_is_read_where_it_is_all_that_is_needed(read):
    found = read({"surveys.csv": "nps\n10\n9\n0\n"})
    assert (found.code, found.counts("surveys.csv")) == (0, (3, 0, 0))
    assert found.figures["nps"]["n"] == 3


def test_24_one_column_that_says_nothing_is_an_error_that_lists_it(read):
    found = read({"x.csv": "foo\n1\n2\n"})
    assert found.code == 3
    assert "x.csv: no kind of export has its columns: 'foo'" in found.err


def test_25_a_short_row_is_rejected_with_its_width(read):
    found = read({"customers.csv": customers("x,2024-01-01")})
    assert (found.code, found.counts()) == (0, (40, 1, 0))
    assert "customers.csv row 42: has 2 of 4 fields" in found.err
    assert (found.codes(), found.raw(FIRST_BAD)) == (["wrong-width"], ["x", "2024-01-01"])


def test_26_one_long_row_is_rejected_with_its_text(read):
    found = read({"customers.csv": customers("x,2024-01-01,,Small,y", "z,2024-01-01,,Small")})
    assert (found.code, found.counts()) == (0, (41, 1, 0))
    assert "customers.csv row 42: has 5 of 4 fields" in found.err
    assert found.raw(FIRST_BAD) == ["x", "2024-01-01", "", "Small", "y"]


def test_27_a_file_whose_every_row_is_long_by_one_is_an_error(read):
    rows = "\n".join(f"{row},x" for row in GOOD)
    found = read({"customers.csv": f"{HEADER}\n{rows}\n"})
    assert (found.code, found.files) == (3, {})
    assert "customers.csv: every row has 5 fields, the header has 4" in found.err
    assert "hint: give every column a header" in found.err


def test_28_a_quote_that_never_closes_is_an_error_with_the_row_where_it_opened(read):
    found = read({"customers.csv": customers('"x,2024-01-01,,Small', *GOOD)})
    assert (found.code, found.files) == (3, {})
    assert "customers.csv row 42: a quote opens there and never closes" in found.err
    assert "'\"x,2024-01-01,,Small'" in found.err


def test_28_a_quote_that_a_later_one_seems_to_close_swallows_no_rows(read):
    rows = ('"x,2024-01-01,,Small', *(f"later{row}" for row in GOOD), '"y",2024-01-01,,Small')
    found = read({"customers.csv": customers(*rows)})
    assert (found.code, found.files) == (3, {})
    assert "customers.csv row 42: a quote opens there" in found.err
    assert "41 lines below" in found.err


def test_29_text_after_a_closing_quote_rejects_its_row(read):
    found = read({"customers.csv": customers('"x"y,2024-01-01,,Small', "z,2024-01-01,,Small")})
    assert (found.code, found.counts()) == (0, (41, 1, 0))
    assert "customers.csv row 42: has text after a closing quote" in found.err
    assert (found.codes(), found.raw(FIRST_BAD)) == (["bad-quotes"], ['"x"y,2024-01-01,,Small'])


def test_30_quotes_escaped_by_backslashes_are_read_with_a_warning(read):
    row = '"Joe \\"the\\" Plumber, Inc.",2024-01-01,,"Sm\\"all"'
    found = read({"customers.csv": customers(row, "z,2024-02-30,,Small")})
    assert (found.code, found.counts()) == (0, (41, 1, 0))
    assert "customers.csv: its quotes are escaped by backslashes" in found.err
    assert found.raw(FIRST_BAD + 1) == ["z", "2024-02-30", "", "Small"]


def test_30_backslashes_that_mend_nothing_leave_the_row_rejected(read):
    rows = ('"C:\\dir\\"x,2024-01-01,,Small', '"y"z,2024-01-01,,Small')
    found = read({"customers.csv": customers(*rows)})
    assert (found.code, found.counts()) == (0, (40, 2, 0))
    assert "backslashes" not in found.err
    assert [found.raw(FIRST_BAD), found.raw(FIRST_BAD + 1)] == [[row] for row in rows]


def test_30_backslashes_are_taken_for_escapes_only_where_rows_get_their_cells_by_it(read):
    found = read({"customers.csv": customers('"a\\"b",c')})
    assert (found.code, found.counts()) == (0, (40, 1, 0))
    assert "backslashes" not in found.err
    assert found.raw(FIRST_BAD) == ['"a\\"b",c']


def test_31_a_header_that_stands_twice_is_an_error_where_a_figure_rests_on_it(read):
    found = read({"customers.csv": "customer_id,start_date,start_date\n1,2024-01-01,2024-02-01\n"})
    assert (found.code, found.files) == (3, {})
    assert "customers.csv: start_date: columns 2 and 3 are both named 'start_date'" in found.err
    assert "hint: rename the wrong one" in found.err


def test_31_a_header_that_stands_twice_is_a_warning_where_nothing_rests_on_it(read):
    found = read({"customers.csv": "customer_id,start_date,note,note\n1,2024-01-01,a,b\n"})
    assert (found.code, found.counts()) == (0, (1, 0, 0))
    assert "columns 3 'note' and 4 'note' are named alike: only 3 is kept" in found.err


def test_32_a_column_without_a_name_is_passed_over_with_a_warning_by_its_number(read):
    found = read({"customers.csv": "customer_id,,start_date,\n1,a,2024-01-01,\n"})
    assert (found.code, found.counts()) == (0, (1, 0, 0))
    assert "customers.csv: column 2 has no name and is ignored" in found.err


def test_32_a_column_without_a_name_is_named_where_a_required_one_is_missing(read):
    found = read({"invoices.csv": "invoice_date,invoice_id,\n2025-06-01,1,10.00\n"})
    assert (found.code, found.files) == (3, {})
    assert "has no column for amount" in found.err
    assert "its columns are 'invoice_date', 'invoice_id', and 3 without a name" in found.err


@pytest.mark.parametrize(
    "header",
    [
        pytest.param("CUSTOMER_ID,Start_Date,END_DATE,Segment", id="case"),
        pytest.param("\u00a0Customer ID ,start  date,end-date,segment", id="spaces and marks"),
        pytest.param("customer_id,\ufeffstart_date,end_date,segment", id="a mark of the encoding"),
        pytest.param(f"{wide('customer_id')},start_date,end_date,segment", id="full width"),
    ],
)
def test_33_a_header_is_known_whatever_its_case_spaces_and_marks(read, header):
    found = read({"customers.csv": customers(header=header)})
    assert (found.code, found.counts()) == (0, (40, 0, 0))
    assert found.figures["retention_rate"]["parts"]["CS"] == 40


def test_33_two_headers_that_become_the_same_are_asked_about_with_lines_to_paste(read, folder):
    data = {"customers.csv": "customer_id,Customer ID,start_date\n1,2,2024-01-01\n"}
    found = read(data)
    assert (found.code, found.files) == (3, {})
    assert "customer_id: 'customer_id' and 'Customer ID' could each be it" in found.err
    (folder / "retention.toml").write_text(pasted(found.err), "utf-8")
    assert read(data).counts() == (1, 0, 0)


def pasted(err):
    """The lines below the hint, as someone would paste them."""
    lines = err.partition("in retention.toml:\n")[2]
    assert tomllib.loads(lines)
    return lines


def test_37_blank_lines_and_rows_of_commas_are_counted_and_row_numbers_keep(read):
    found = read({"customers.csv": customers("", ",,,", " , , , ", "x,2024-02-30,,Small", "")})
    assert (found.code, found.counts()) == (0, (40, 1, 4))
    assert "customers.csv row 45: start_date '2024-02-30'" in found.err
    assert found.raw(FIRST_BAD + 3) == ["x", "2024-02-30", "", "Small"]


def test_38_a_line_of_comment_is_rejected(read):
    found = read({"customers.csv": customers("# exported on Monday", "# by, me, on, Monday")})
    assert (found.code, found.counts()) == (0, (40, 2, 0))
    assert found.codes() == ["wrong-width", "bad-date"]
    assert found.raw(FIRST_BAD) == ["# exported on Monday"]


def test_38_an_id_with_a_number_sign_is_an_id(read):
    assert read({"customers.csv": customers("#1001,2024-01-01,,Small")}).counts() == (41, 0, 0)


def test_39_a_missing_column_is_answered_with_the_nearest_and_lines_to_paste(read, folder):
    data = {"invoices.csv": "invoice_no,amout,invoice_date\n1,10.00,2025-06-01\n"}
    found = read(data)
    assert (found.code, found.files) == (3, {})
    assert "invoices.csv: looks most like invoices, but has no column for amount" in found.err
    assert "its columns are 'invoice_no', 'amout', 'invoice_date'" in found.err
    assert (
        "hint: did you mean 'amout'? then add --map invoices.amount=amout, or write in" in found.err
    )
    (folder / "retention.toml").write_text(pasted(found.err), "utf-8")
    assert read(data).figures["revenue"]["value"] == "10.00"


def test_40_unknown_columns_are_kept_and_listed_when_asked(read):
    found = read({"customers.csv": customers()}, "--verbose")
    assert (found.code, found.counts()) == (0, (40, 0, 0))
    assert "columns kept as they are: segment" in found.err


def test_41_a_field_beyond_a_mebibyte_is_an_error_with_its_row(read):
    for quote in ("", '"'):
        field = f"{quote}{'y' * ((1 << 20) + 1)}{quote}"
        found = read({"customers.csv": customers(f"x,2024-01-01,,{field}")})
        assert (found.code, found.files) == (3, {})
        assert "customers.csv row 42: a field is longer than a mebibyte" in found.err
        assert len(found.err) < 1_000


def test_42_more_than_a_thousand_columns_are_an_error(read):
    header = ",".join([HEADER, *(f"c{n}" for n in range(100_000))])
    found = read({"customers.csv": f"{header}\n"})
    assert found.code == 3
    assert "customers.csv: has 100,004 columns, more than 1,000" in found.err
    assert len(found.err) < 1_000


def test_43_what_the_memory_cannot_hold_is_an_error_before_it_is_read(read, monkeypatch):
    monkeypatch.setattr("retention_cli.sources.locating.machine_memory", lambda: 1 << 30)
    assert read({"customers.csv": customers()}).code == 0
    monkeypatch.setattr("retention_cli.sources.locating.machine_memory", lambda: 1_000)
    found = read({"customers.csv": customers()})
    assert (found.code, found.files) == (3, {})
    assert "GiB of memory, and this machine has 0" in found.err
    assert "hint: compute a shorter span of time" in found.err


@pytest.mark.parametrize(
    ("start", "what"),
    [
        pytest.param(b"<!DOCTYPE html><html>login</html>", "HTML or XML", id="HTML"),
        pytest.param(b'{"rows": []}', "JSON", id="JSON"),
        pytest.param(b"%PDF-1.7\n", "a PDF", id="PDF"),
        pytest.param(b"\x89PNG\r\n\x1a\n", "an image", id="an image"),
    ],
)
def test_44_what_is_no_table_is_known_by_its_first_bytes(read, start, what):
    found = read({"customers.csv": start})
    assert (found.code, found.files) == (3, {})
    assert f"customers.csv: this is {what}, not a table" in found.err
    assert "hint: " in found.err


def test_35_lines_above_the_header_are_passed_over_and_said(read):
    found = read({"customers.csv": f"Customer list\nExported on 2025-07-01\n\n{customers()}"})
    assert (found.code, found.counts()) == (0, (40, 0, 0))
    assert "header found in row 4" in found.err
    assert "Customer list" in found.err


def test_34_two_header_rows_are_read_where_cells_prove_them_else_refused(read):
    rows = "".join(f"{n},c{n},2025-06-0{n},10.50\n" for n in range(1, 4))
    found = read({"invoices.csv": f"Invoice,Customer,Invoice,\nNo.,No.,Date,Amount\n{rows}"})
    assert (found.code, found.counts("invoices.csv")) == (0, (3, 0, 0))
    assert found.figures["revenue"]["value"] == "31.50"
    assert "its header has 2 rows, 1 to 2" in found.err
    named = "name,since,id\nCustomer Name,Start Date,Customer ID\nAnn,soon,x\nBob,later,y\n"
    refused = read({"customers.csv": named})
    assert refused.code == 3
    assert "row 2 looks like a second header ('Customer Name', 'Start Date', " in refused.err


def test_36_a_totals_row_is_skipped_where_it_adds_up_and_no_row_else(read):
    rows = "".join(f"{n},c{n},2025-06-0{n},10.50\n" for n in range(1, 4))
    invoices = f"invoice_id,customer_id,invoice_date,amount\n{rows}"
    found = read({"invoices.csv": f"{invoices}Total,,,31.50\n"})
    assert (found.code, found.counts("invoices.csv")) == (0, (3, 0, 1))
    assert (found.codes(), found.figures["revenue"]["value"]) == (["totals-row"], "31.50")
    wrong = read({"invoices.csv": f"{invoices}Total,,,31.40\n"}, "--max-rejects", "1")
    assert wrong.counts("invoices.csv") == (3, 1, 0)
