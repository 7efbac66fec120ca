"""Repeats, rows exported twice, lines that disagree, spells that overlap or touch."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retention_cli import records
from retention_cli.settling.all_rows import settle_rows
from retention_cli.settling.spells import joined
from retention_cli.testing import table

EVER = date(9999, 1, 1)


def settled(kind, *files, header, drop_equal=False):
    tables = [table(kind, header, *lines) for lines in files]
    return settle_rows(records.model(kind), tables, drop_equal=drop_equal)


def fates(found):
    """The rows that do not stay: file, row, code and what became of them."""
    return sorted(
        (row["_file"], row["_row"], why.code, why.outcome.value)
        for rows, why in found.marked
        for row in rows.to_pylist()
    )


SPELL, ANSWER = "customer_id,start_date,end_date", "response_id,score,scale_min,scale_max"
INVOICE = "invoice_id,customer_id,invoice_date,amount,currency"


@pytest.mark.parametrize(
    ("kind", "header", "files", "expected"),
    [
        pytest.param(
            "customers",
            SPELL,
            [["a,2024-01-01,", "a,2024-01-01,"]],
            [(0, 3, "repeated-row", "skipped")],
            id="an equal spell is skipped",
        ),
        pytest.param(
            "customers",
            SPELL,
            [["a,2024-01-01,"], ["a,2024-01-01,"]],
            [(1, 2, "repeated-row", "skipped")],
            id="in another file too",
        ),
        pytest.param(
            "customers",
            SPELL,
            [["a,2024-01-01,", "a,2024-01-01,2025-01-01"]],
            [(0, 2, "conflicting-rows", "rejected"), (0, 3, "conflicting-rows", "rejected")],
            id="different data are both rejected",
        ),
        pytest.param(
            "customers",
            SPELL,
            [["a,2024-01-01,2024-06-01", "a,2024-05-01,"]],
            [(0, 2, "overlapping-spells", "rejected"), (0, 3, "overlapping-spells", "rejected")],
            id="overlapping spells are both rejected",
        ),
        pytest.param(
            "customers",
            SPELL,
            [["a,2024-01-01,2024-06-01", "a,2024-06-01,"]],
            [],
            id="touching spells are not",
        ),
        pytest.param(
            "surveys",
            ANSWER,
            [["r,5,1,5", "r,5,1,5"]],
            [(0, 3, "repeated-row", "skipped")],
            id="an equal answer is skipped",
        ),
        pytest.param(
            "surveys",
            ANSWER,
            [["r,5,1,5"], ["r,4,1,5"]],
            [(0, 2, "conflicting-rows", "rejected"), (1, 2, "conflicting-rows", "rejected")],
            id="answers that differ are both rejected",
        ),
        pytest.param(
            "surveys",
            ANSWER,
            [[",5,1,5", ",5,1,5"]],
            [],
            id="answers without an id are each their own",
        ),
        pytest.param(
            "invoices",
            INVOICE,
            [["1,a,2025-06-01,5,EUR"] * 2],
            [],
            id="equal invoice rows are kept",
        ),
        pytest.param(
            "invoices",
            INVOICE,
            [["1,a,2025-06-01,5,EUR"], ["1,a,2025-06-01,5,EUR"]],
            [(1, 2, "exported-twice", "skipped")],
            id="a row of two files counts once",
        ),
        pytest.param(
            "invoices",
            INVOICE,
            [["1,a,2025-06-01,5,EUR", "1,a,2025-06-01,7,EUR"]],
            [],
            id="lines of one invoice",
        ),
        pytest.param(
            "invoices",
            INVOICE,
            [["1,a,2025-06-01,5,EUR", "1,b,2025-06-01,7,EUR", "2,a,2025-06-01,5,EUR"]],
            [(0, 2, "lines-disagree", "rejected"), (0, 3, "lines-disagree", "rejected")],
            id="lines of two customers are all rejected",
        ),
    ],
)
def test_which_rows_are_the_same_thing(kind, header, files, expected):
    assert fates(settled(kind, *files, header=header)) == expected


def test_equal_invoice_rows_are_counted_or_left_out_when_told():
    lines = ["1,a,2025-06-01,5,EUR"] * 3
    assert settled("invoices", lines, header=INVOICE).equal == (2,)
    dropped = settled("invoices", lines, header=INVOICE, drop_equal=True)
    assert (len(dropped.table), [code for _, _, code, _ in fates(dropped)]) == (
        1,
        ["equal-row"] * 2,
    )


LINE = st.sampled_from(
    [
        f"{n},{c},2025-06-0{d},{a},EUR"
        for n, c, d, a in [
            ("1", "a", 1, 5),
            ("", "a", 1, 5),
            ("", "", 2, 7),
            ("3", "b", 2, 5),
            ("", "a", 1, 6),
        ]
    ]
)


@settings(max_examples=40, deadline=None)
@given(files=st.lists(st.lists(LINE, min_size=1, max_size=6), min_size=1, max_size=3))
def test_a_row_stays_as_often_as_in_the_file_that_has_it_most_often(files):
    found = settled("invoices", *files, header=INVOICE)
    most = Counter()
    for lines in files:
        most |= Counter(lines)
    stayed = Counter(
        f"{row['invoice_id'] or ''},{row['customer_id'] or ''},{row['invoice_date']},"
        f"{row['amount'] // 10_000},{row['currency']}"
        for row in found.table.to_pylist()
    )
    assert stayed == most


DAYS = st.integers(0, 12).map(lambda n: date(2024, 1, 1) + timedelta(days=n))


@st.composite
def spells(draw):
    found = {}
    for _ in range(draw(st.integers(0, 10))):
        key, start, length = draw(st.sampled_from("abc")), draw(DAYS), draw(st.integers(0, 6))
        ends = None if length == 6 else start + timedelta(days=length)
        found[key, start] = ends
    return [(key, start, end) for (key, start), end in found.items()]


def lines_of(rows):
    return [f"{key},{start},{end or ''}" for key, start, end in rows]


@settings(max_examples=50, deadline=None)
@given(rows=spells())
def test_spells_that_share_a_day_are_all_rejected_and_no_others(rows):
    found = settled("customers", lines_of(rows), header=SPELL)
    shared = {
        place
        for place, (key, start, end) in enumerate(rows)
        for other, (key2, start2, end2) in enumerate(rows)
        if place != other and key == key2 and overlap(start, end or EVER, start2, end2 or EVER)
    }
    assert {row for _, row, _, _ in fates(found)} == {place + 2 for place in shared}


def overlap(start, end, start2, end2):
    """Whether the one that starts first ends after the other has started."""
    first, second = sorted([(start, end), (start2, end2)])
    return second[0] < first[1]


@settings(max_examples=50, deadline=None)
@given(rows=spells())
def test_joining_changes_who_is_there_on_no_day(rows):
    kept = settled("customers", lines_of(rows), header=SPELL).table
    after, count = joined(kept)
    assert len(after) == len(kept) - count
    for by in range(-1, 25):
        day = date(2024, 1, 1) + timedelta(days=by)
        assert there(kept, day, fill=True) == there(after, day, fill=False)


def there(table, day, *, fill):
    """Ids active at the close of the day before `day`; a spell that touches the next fills it."""
    found, starts = set(), defaultdict(set)
    for row in table.to_pylist():
        starts[row["customer_id"]].add(row["start_date"])
    for row in table.to_pylist():
        end = row["end_date"] or EVER
        if fill and end + timedelta(days=1) in starts[row["customer_id"]] - {row["start_date"]}:
            end += timedelta(days=1)
        if row["start_date"] < day <= end:
            found.add(row["customer_id"])
    return found


def test_a_chain_of_three_becomes_one_spell():
    lines = ["a,2024-01-01,2024-02-01", "b,2024-01-01,", "a,2024-02-02,2024-03-01", "a,2024-03-01,"]
    after, count = joined(settled("customers", lines, header=SPELL).table)
    assert count == 2
    assert [(r["customer_id"], r["start_date"], r["end_date"]) for r in after.to_pylist()] == [
        ("a", date(2024, 1, 1), None),
        ("b", date(2024, 1, 1), None),
    ]


def test_columns_that_only_some_files_have_are_blank_in_the_others():
    first, second = (
        table("customers", "customer_id,start_date", "a,2024-01-01"),
        table("customers", SPELL, "b,2024-01-01,2025-01-01"),
    )
    found = settle_rows(records.model("customers"), [first, second], drop_equal=False).table
    assert found["end_date"].to_pylist() == [None, date(2025, 1, 1)]
