"""What presets do to cells and rows before anything is decided of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retention_cli.errors import DataRefusedError, UnknownNameError
from retention_cli.mapping.preparing import Prepared, prepared, with_year, without_left_out
from retention_cli.mapping.presets.applying import Applied
from retention_cli.mapping.presets.vocabulary import Preset
from retention_cli.reading.text import TextBatch, TextSheet
from retention_cli.settings import ExportRule

HEADERS = ("Type", "Amount", "Day")


def sheet(*rows, headers=HEADERS, batch=1000):
    """Make a sheet of rows numbered from 2, a few to a batch."""
    batches = []
    for start in range(0, len(rows), batch):
        part = rows[start : start + batch]
        columns = [pa.array([row[at] for row in part], pa.string()) for at in range(len(headers))]
        cells = pa.RecordBatch.from_arrays(columns, names=[str(at) for at in range(len(headers))])
        numbers = pa.array(range(start + 2, start + 2 + len(part)), pa.int64())
        batches.append(TextBatch(cells, numbers))
    return TextSheet("a.csv", headers, 1, batches, len(rows))


def applied(*, skip=(), **told):
    preset = Preset.model_validate(
        {
            "name": "a-b",
            "system": "A",
            "object": "b",
            "signature": {"required": ["Type", "Amount"]},
            "feeds": {"invoices": {"columns": {"amount": "Amount"}, "skip": list(skip)}},
            **told,
        }
    )
    return Applied(preset, "invoices", ExportRule(file="a.csv", kind="invoices"), {}, ())


def ready(given_sheet, **told):
    return prepared(given_sheet, applied(**told))


def cells(found, place=1):
    return found.sheet.column(place).to_pylist()


def skip(code="not-an-invoice", **condition):
    return {"code": code, "because": f"it is {code}", "when": {"column": "Type", **condition}}


def test_without_a_preset_a_sheet_stays_what_it_is():
    given_sheet = sheet(("a", "1", None))
    assert prepared(given_sheet, None).sheet is given_sheet


SKIPPING = [
    ({"is": "Bill"}, [2, 3]),
    ({"is": ["bill", "draft"]}, [2, 3, 4]),
    ({"is_not": "Bill"}, [4, 5, 6]),
    ({"like": "^b"}, [2, 3]),
    ({"unlike": "^b"}, [4, 5, 6]),
    ({"blank": True}, [5, 6]),
    ({"blank": False}, [2, 3, 4]),
    ({"is": ""}, [5, 6]),
]


@pytest.mark.parametrize(("condition", "gone"), SKIPPING)
def test_rows_are_left_out_by_what_stands_in_a_cell(condition, gone):
    rows = [("Bill", "1", None), (" BILL\u00a0", "2", None), ("Draft", "3", None)]
    found = ready(
        sheet(*rows, (None, "4", None), ("  ", "5", None), batch=2), skip=[skip(**condition)]
    )
    assert [one.row for one in found.skipped] == gone
    assert found.sheet.numbers.to_pylist() == [row for row in range(2, 7) if row not in gone]
    assert all(len(batch.rows) for batch in found.sheet.batches)


@pytest.mark.parametrize(("words", "gone"), [(("bill", "x"), [2, 3]), (("*",), [2, 3, 4])])
def test_rows_are_left_out_as_the_settings_say(words, gone):
    rows = [("Bill", "1", None), (" BILL", "2", None), ("Draft", "3", None), (None, "4", None)]
    found = without_left_out(Prepared(sheet(*rows, batch=2)), {"type": words})
    assert [(one.row, one.code) for one in found.skipped] == [(row, "left-out") for row in gone]
    assert found.sheet.numbers.to_pylist() == [row for row in range(2, 6) if row not in gone]
    with pytest.raises(UnknownNameError):
        without_left_out(found, {"Typo": words})


def test_the_first_rule_that_speaks_of_a_row_says_why_it_goes():
    rules = [skip("a", **{"is": "x"}), skip("b", like="x|y")]
    found = ready(sheet(("x", "1", None), ("y", "2", None), ("z", "3", None)), skip=rules)
    assert [(one.row, one.code, one.message) for one in found.skipped] == [
        *((2, "a", "left out: it is a"), (3, "b", "left out: it is b"))
    ]


def test_all_conditions_of_a_rule_have_to_hold():
    both = {
        "code": "a",
        "because": "it is",
        "when": [{"column": "Type", "is": "x"}, {"column": "Amount", "blank": True}],
    }
    found = ready(sheet(("x", "1", None), ("x", None, None), ("y", None, None)), skip=[both])
    assert [one.row for one in found.skipped] == [3]


def test_a_rule_about_a_column_that_is_not_there_speaks_of_no_row():
    found = ready(sheet(("x", "1", None)), skip=[skip(column="Kind", blank=True)])
    assert found.skipped == ()


def test_a_column_may_have_had_another_name():
    found = ready(sheet(("x", "1", None)), skip=[skip(column=["Kind", "type"], **{"is": "X"})])
    assert [one.row for one in found.skipped] == [2]


def test_a_sheet_of_which_nothing_is_left_has_no_batch():
    found = ready(sheet(("x", "1", None)), skip=[skip(**{"is": "x"})])
    assert found.sheet.batches == []
    assert found.sheet.rows == 1


NEGATED = [
    ("100.00", "-100.00"),
    ("1.190,00", "-1.190,00"),
    ("$1,000.00", "-$1,000.00"),
    ("-5.00", "5.00"),
    ("−5", "5"),  # noqa: RUF001  # a minus that is not a hyphen
    ("-$8.00", "$8.00"),
    ("(5.00)", "5.00"),
    ("0.00", "0.00"),
    (" 7 ", "-7"),
    ("x", "x"),
    (None, None),
]


@pytest.mark.parametrize(("written", "meant"), NEGATED)
def test_an_amount_is_turned_round_where_another_column_says_so(written, meant):
    turned = [{"columns": "Amount", "when": {"column": "Type", "is": "H"}, "because": "it is"}]
    found = ready(sheet(("h", written, None), ("S", written, None)), negate=turned)
    assert cells(found) == [meant, written]


def test_an_amount_that_is_negative_already_may_stay_so():
    turned = [
        {
            "columns": "Amount",
            "when": {"column": "Type", "is": "Debit"},
            "because": "it is",
            "leave_negative": True,
        }
    ]
    found = ready(sheet(("Debit", "-5.00", None), ("Debit", "5.00", None)), negate=turned)
    assert cells(found) == ["-5.00", "-5.00"]


@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(st.sampled_from("SH"), st.decimals(-99_999, 99_999, places=2))))
def test_turning_amounts_round_is_what_arithmetic_says(rows):
    turned = [{"columns": "Amount", "when": {"column": "Type", "is": "H"}, "because": "it is"}]
    given_sheet = sheet(*((sign, f"{amount:f}", None) for sign, amount in rows))
    found = [Decimal(cell) for cell in cells(ready(given_sheet, negate=turned))]
    assert found == [-amount if sign == "H" else amount for sign, amount in rows]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2026-06-30 23:30:00", "2026-06-30 23:30:00Z"),
        ("2026-06-30 23:30", "2026-06-30 23:30Z"),
        ("2026-06-30 23:30:00.123", "2026-06-30 23:30:00.123Z"),
        ("2026-06-30", "2026-06-30"),
        ("2026-06-30 23:30:00Z", "2026-06-30 23:30:00Z"),
        ("2026-06-30 23:30:00 +0200", "2026-06-30 23:30:00 +0200"),
        (None, None),
    ],
)
def test_a_clock_of_utc_says_so_and_a_day_does_not(written, meant):
    assert cells(ready(sheet((None, None, written)), utc=["Day"]), 2) == [meant]


def test_cells_are_rewritten_only_in_the_columns_that_are_named():
    rewrite = [{"columns": ["Type"], "pattern": r"\A'", "with": ""}]
    found = ready(sheet(("'901", "'5", None), ("9'01", None, None)), rewrite=rewrite)
    assert cells(found, 0) == ["901", "9'01"]
    assert cells(found, 1) == ["'5", None]


def test_a_blank_currency_is_that_of_the_row_above_the_header():
    rows = [("USD", "1", None), ("", "2", None), (None, "3", None), (" ", "4", None)]
    given_sheet = replace(sheet(*rows, batch=2), metadata=("EXTF", "EUR "))
    found = ready(given_sheet, currency={"column": "Type", "place": 2})
    assert cells(found, 0) == ["USD", "EUR", "EUR", "EUR"]
    (note,) = found.sheet.remarks
    assert (note.count, note.message) == (
        *(3, "'Type': 3 blank cells are taken as EUR, the currency of the row above the header"),
    )
    for metadata in ((), ("EXTF",), ("EXTF", " ")):
        left = ready(
            replace(given_sheet, metadata=metadata), currency={"column": "Type", "place": 2}
        )
        assert (cells(left, 0)[:2], left.sheet.remarks) == (["USD", ""], ())
    other = ready(given_sheet, currency={"column": "Currency", "place": 2})
    assert (cells(other, 0)[:2], other.sheet.remarks) == (["USD", ""], ())
    full = replace(sheet(("USD", "1", None)), metadata=("EXTF", "EUR"))
    assert ready(full, currency={"column": "Type", "place": 2}).sheet.remarks == ()


YEAR = {"columns": "Day", "first": 2, "last": 3}


def test_days_without_a_year_take_it_from_the_row_above_the_header():
    given_sheet = replace(
        sheet((None, None, "2102"), (None, None, "102")),
        metadata=("EXTF", "20260101", "20261231"),
    )
    assert cells(ready(given_sheet, year=YEAR), 2) == ["21.02.2026", "01.02.2026"]


@pytest.mark.parametrize("metadata", [(), ("EXTF",), ("EXTF", "", ""), ("EXTF", "x", "20261231")])
def test_days_without_a_year_are_refused_where_nothing_tells_it(metadata):
    given_sheet = replace(sheet((None, None, "2102")), metadata=metadata)
    with pytest.raises(DataRefusedError, match=r"a\.csv: 'Day' has days without a year"):
        ready(given_sheet, year=YEAR)


def test_a_period_over_the_new_year_gives_each_day_its_own():
    found = with_year(pa.array(["3112", "101", "1507"]), date(2025, 7, 1), date(2026, 6, 30))
    assert found.to_pylist() == ["31.12.2025", "01.01.2026", "15.07.2025"]


@settings(max_examples=60, deadline=None)
@given(st.dates(date(2019, 1, 1), date(2030, 12, 31)), st.integers(0, 364), st.integers(0, 364))
def test_a_day_of_a_period_of_less_than_a_year_gets_its_year_back(day, before, length):
    first = date.fromordinal(day.toordinal() - min(before, length))
    last = date.fromordinal(first.toordinal() + length)
    (found,) = with_year(pa.array([f"{day:%d%m}"]), first, last).to_pylist()
    assert found == f"{day:%d.%m.%Y}"


@pytest.mark.parametrize("cell", ["3002", "0113", "21022026", "x", None, "1", "2902"])
def test_what_is_no_day_of_the_period_stays_as_it_is(cell):
    column = pa.array([cell], pa.string())
    assert with_year(column, date(2026, 1, 1), date(2026, 12, 31)).to_pylist() == [cell]
