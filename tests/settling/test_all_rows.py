from __future__ import annotations

import random
from collections import Counter
from datetime import date

import pyarrow as pa
import pytest

from retention_cli import records
from retention_cli.findings.problems import Outcome
from retention_cli.settling.all_rows import settle_rows
from retention_cli.testing import table
from seeded import seeds

SPELLS = "customer_id,start_date,end_date"
SALES = "customer_id,invoice_date,amount,invoice_id"
DAY = date(2025, 6, 1)


def settle(kind, *tables, drop_equal=False, ranks=None):
    return settle_rows(records.model(kind), tables, drop_equal=drop_equal, ranks=ranks)


def told(settled):
    """What was found, as (place of the file, row number, code, outcome)."""
    return sorted(
        (row["_file"], row["_row"], why.code)
        for rows, why in settled.marked
        for row in rows.to_pylist()
    )


def kept(settled):
    return list(
        zip(settled.table["_file"].to_pylist(), settled.table["_row"].to_pylist(), strict=True)
    )


def test_rows_stay_in_the_order_of_files_and_rows_and_know_their_file():
    settled = settle(
        "customers",
        table("customers", SPELLS, "ann,2025-01-01,", "bob,2025-01-01,"),
        table("customers", SPELLS, "cy,2025-01-01,"),
    )
    assert kept(settled) == [(0, 2), (0, 3), (1, 2)]
    assert settled.marked == ()


def test_repeats_are_settled_before_spells_are_held_against_each_other():
    """The second row of ann repeats the first: left out, it overlaps nothing."""
    settled = settle(
        "customers",
        table("customers", SPELLS, "ann,2025-01-01,2025-03-01", "ann,2025-01-01,2025-03-01"),
        table("customers", SPELLS, "ann,2025-03-01,"),
    )
    assert told(settled) == [(0, 3, "repeated-row")]
    assert kept(settled) == [(0, 2), (1, 2)]


def test_rows_in_conflict_are_gone_before_spells_are_held_against_each_other():
    settled = settle(
        "customers",
        table(
            "customers",
            SPELLS,
            "ann,2025-01-01,2025-09-01",
            "ann,2025-01-01,2025-08-01",
            "ann,2025-05-01,2025-06-01",
        ),
    )
    assert told(settled) == [(0, 2, "conflicting-rows"), (0, 3, "conflicting-rows")]
    assert kept(settled) == [(0, 4)]


def test_places_of_a_later_step_are_of_the_rows_that_were_left():
    """After rows are left out, findings still point to the right row of the right file."""
    settled = settle(
        "customers",
        table("customers", SPELLS, "zoe,2025-01-01,", "zoe,2025-01-01,", "ann,2025-01-01,"),
        table("customers", SPELLS, "zoe,2025-01-01,", "cy,2025-01-01,", "ann,2025-02-01,"),
    )
    assert told(settled) == [
        (0, 3, "repeated-row"),
        (0, 4, "overlapping-spells"),
        (1, 2, "repeated-row"),
        (1, 4, "overlapping-spells"),
    ]
    assert kept(settled) == [(0, 2), (1, 3)]


def test_a_row_exported_twice_is_left_out_before_lines_are_held_against_each_other():
    settled = settle(
        "invoices",
        table("invoices", SALES, "ann,2025-06-01,10,i1"),
        table("invoices", SALES, "ann,2025-06-01,10,i1", "ann,2025-06-01,5,i1"),
        table("invoices", SALES, "bob,2025-06-01,10,i2", "cy,2025-06-01,10,i2"),
        ranks=[0, 1, 2],
    )
    assert told(settled) == [
        (0, 2, "exported-twice"),
        (2, 2, "lines-disagree"),
        (2, 3, "lines-disagree"),
    ]
    assert kept(settled) == [(1, 2), (1, 3)]


def test_equal_rows_are_kept_and_counted_in_their_file():
    same = "ann,2025-06-01,10,"
    settled = settle(
        "invoices",
        table("invoices", SALES, "bob,2025-06-01,10,", "bob,2025-06-02,10,"),
        table("invoices", SALES, same, same, same),
    )
    assert settled.marked == ()
    assert settled.equal == (0, 2)


def test_of_equal_rows_those_that_stay_beside_another_file_are_counted():
    same = "ann,2025-06-01,10,"
    settled = settle(
        "invoices",
        table("invoices", SALES, same),
        table("invoices", SALES, same, same, same),
    )
    assert told(settled) == [(1, 2, "exported-twice")]
    assert settled.equal == (0, 2)


def test_dropping_equal_rows_leaves_one_of_each_whatever_file_has_it():
    same = "ann,2025-06-01,10,"
    settled = settle(
        "invoices",
        table("invoices", SALES, same),
        table("invoices", SALES, same, same, same),
        drop_equal=True,
    )
    assert kept(settled) == [(0, 2)]
    assert told(settled) == [(1, 2, "exported-twice"), (1, 3, "equal-row"), (1, 4, "equal-row")]
    assert settled.equal == (0, 0)


def test_the_few_rows_that_share_an_id_or_have_none_are_found_among_many():
    ids = ["a", "b", "c", "", "d", "e", "f", "c", "g", "h", "i", "j", "k", "", "l", "m", "n"]
    rows = [f"ann,2025-06-01,10,{one}" for one in ids]
    settled = settle("invoices", table("invoices", SALES, *rows), drop_equal=True)
    assert told(settled) == [(0, 9, "equal-row"), (0, 15, "equal-row")]
    torn = [*rows, "bob,2025-06-01,10,m"]
    settled = settle("invoices", table("invoices", SALES, *torn))
    assert told(settled) == [(0, 17, "lines-disagree"), (0, 19, "lines-disagree")]
    assert settled.equal == (2,)


def test_in_a_kind_with_ids_equal_rows_are_repeats_or_each_its_own_thing():
    header = "response_id,score,scale_min,scale_max,kind"
    settled = settle(
        "surveys", table("surveys", header, "r1,5,1,5,csat", "r1,5,1,5,csat", *[",5,1,5,csat"] * 2)
    )
    assert told(settled) == [(0, 3, "repeated-row")]
    assert settled.equal == (0,)


def test_a_column_that_only_some_files_have_is_blank_in_the_others():
    settled = settle(
        "invoices",
        table("invoices", "invoice_date,amount", "2025-06-01,1"),
        table("invoices", "invoice_date,amount,product", "2025-06-02,2,tea"),
    )
    assert settled.table["product"].to_pylist() == [None, "tea"]


def test_a_file_without_rows_is_no_hindrance():
    settled = settle(
        "invoices",
        table("invoices", SALES),
        table("invoices", SALES, "ann,2025-06-01,10,i1"),
        table("invoices", SALES),
    )
    assert kept(settled) == [(1, 2)]
    assert settled.equal == (0, 0, 0)


@pytest.mark.parametrize("kind", ["customers", "invoices"])
def test_no_rows_at_all_are_settled(kind):
    settled = settle(kind, table(kind, {"customers": SPELLS, "invoices": SALES}[kind]))
    assert (len(settled.table), settled.marked) == (0, ())


def test_a_header_of_the_name_that_marks_files_does_no_harm():
    own = table("invoices", SALES, "ann,2025-06-01,10,i1")
    own = own.append_column("_file", pa.array(["from the user"]))
    assert settle("invoices", own).table["_file"].to_pylist() == [0]


RANKS = ([0, 0, 0], [0, 1, 2], [2, 0, 1], [1, 0, 1])


def of_invoice(line, number):
    return line.split(",")[3] == number


def alone(rows, *, drop_equal):
    """The lines of one file that are not conflict by themselves, as often as they count."""
    lines = Counter(set(rows) if drop_equal else rows)
    heads = {}
    for line in lines:
        customer, day, _, number = line.split(",")
        heads.setdefault(number, set()).add((customer, day))
    return Counter(
        {
            line: n
            for line, n in lines.items()
            if of_invoice(line, "") or len(heads[line.split(",")[3]]) == 1
        }
    )


def two_invoices(versions):
    """Whether versions of an id are of another customer, and of another day or amount too."""
    cells = [[line.split(",") for line in version.elements()] for version in versions]
    customers = {row[0] for rows in cells for row in rows} - {""}
    days = {row[1] for rows in cells for row in rows}
    totals = {sum(int(row[2]) for row in rows) for rows in cells}
    if not customers:
        return len(days) > 1 and len(totals) > 1
    return len(customers) > 1 and (len(days) > 1 or len(totals) > 1)


def together(versions):
    """What files say of one invoice, given as (rank, lines of the file): the latest, if any is."""
    if len({frozenset(lines) for _, lines in versions}) > 1:
        if two_invoices([lines for _, lines in versions]):
            return Counter()
        latest = max(rank for rank, _ in versions)
        versions = [(rank, lines) for rank, lines in versions if rank == latest]
        if len({frozenset(lines) for _, lines in versions}) > 1:
            return Counter()
    return union(lines for _, lines in versions)


def union(counters):
    most = Counter()
    for one in counters:
        most |= one
    return most


@pytest.mark.parametrize("drop_equal", [False, True], ids=["keep", "drop"])
@pytest.mark.parametrize("ranks", RANKS, ids=str)
@pytest.mark.parametrize("seed", seeds(10, 30))
def test_every_row_is_kept_or_found_once_and_the_oracle_agrees(seed, ranks, drop_equal):
    rng = random.Random(seed)  # noqa: S311  # a test has a seed and no secrets
    files = [
        [
            f"{rng.choice(('ann', 'bob', ''))},2025-06-0{rng.choice('12')},{rng.choice('12')},"
            f"{rng.choice(('', 'i1', 'i2', 'i3', 'i4'))}"
            for _ in range(rng.randrange(7))
        ]
        for _ in ranks
    ]
    tables = [table("invoices", SALES, *rows) for rows in files]
    settled = settle("invoices", *tables, drop_equal=drop_equal, ranks=ranks)
    gone = [(file, row) for file, row, _ in told(settled)]
    every = [(file, row + 2) for file, rows in enumerate(files) for row in range(len(rows))]
    assert sorted(kept(settled) + gone) == every

    left = [alone(rows, drop_equal=drop_equal) for rows in files]
    expected = union(Counter({x: n for x, n in one.items() if of_invoice(x, "")}) for one in left)
    for number in ("i1", "i2", "i3", "i4"):
        versions = [
            Counter({x: n for x, n in one.items() if of_invoice(x, number)}) for one in left
        ]
        held = [(rank, lines) for rank, lines in zip(ranks, versions, strict=True) if lines]
        expected += together(held) if held else Counter()
    assert Counter(files[file][row - 2] for file, row in kept(settled)) == expected

    again = Counter(
        file
        for file, row in kept(settled)
        if not drop_equal and files[file][row - 2] in files[file][: row - 2]
    )
    assert settled.equal == tuple(again[file] for file in range(3))


def test_outcomes_say_which_rows_are_skipped_and_which_rejected():
    settled = settle(
        "customers",
        table(
            "customers",
            SPELLS,
            "ann,2025-01-01,",
            "ann,2025-01-01,",
            "bob,2025-01-01,",
            "bob,2025-02-01,",
        ),
    )
    outcomes = {found.code: found.outcome for _, found in settled.marked}
    assert outcomes == {
        "repeated-row": Outcome.SKIPPED,
        "overlapping-spells": Outcome.REJECTED,
    }
