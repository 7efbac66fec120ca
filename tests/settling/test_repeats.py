from __future__ import annotations

import random
from collections import Counter, defaultdict
from datetime import date

import numpy as np
import pyarrow as pa
import pytest

from retention_cli.findings.problems import Outcome
from retention_cli.frames import hashes
from retention_cli.settling import repeats
from retention_cli.settling.repeats import (
    _colliding,
    equal_rows,
    exported_twice,
    keyed_repeats,
    line_conflicts,
)

SEEDS = range(40)
SPELL = ("customer_id", "start_date")
ANSWER = ("response_id",)
LINE = ("invoice_id", "customer_id", "invoice_date", "currency")
JUNE, JULY = date(2025, 6, 1), date(2025, 7, 1)
TYPES = {
    "customer_id": pa.string(),
    "invoice_id": pa.string(),
    "response_id": pa.string(),
    "currency": pa.string(),
    "product": pa.string(),
    "start_date": pa.date32(),
    "end_date": pa.date32(),
    "invoice_date": pa.date32(),
    "amount": pa.int64(),
    "score": pa.int64(),
}


def rng(seed):
    return random.Random(seed)  # noqa: S311  # a test has a seed and no secrets


def table(names, *rows):
    """Rows as tuples, the last cell of each being the place of its file."""
    names = names.split()
    columns = {
        name: pa.array([row[place] for row in rows], TYPES[name])
        for place, name in enumerate(names)
    }
    columns["_row"] = pa.array(range(2, len(rows) + 2), pa.int64())
    columns["_file"] = pa.array([row[-1] for row in rows], pa.int32())
    return pa.table(columns)


def fates(found):
    """What becomes of which places; no place may have two fates."""
    told = {}
    for places, why in found:
        assert places.tolist() == sorted(places)
        for place in places.tolist():
            assert place not in told
            told[place] = why.outcome
    return told


SKIPPED, REJECTED = Outcome.SKIPPED, Outcome.REJECTED


# customers and surveys: the cells of the table "Which rows are the same thing" of the definitions

CUSTOMER = "customer_id start_date end_date"
KEYED = {
    "an equal spell in one file is skipped after the first": (
        (("ann", JUNE, None, 0), ("ann", JUNE, None, 0), ("ann", JUNE, None, 0)),
        {1: SKIPPED, 2: SKIPPED},
    ),
    "an equal spell in another file is skipped": (
        (("ann", JUNE, None, 0), ("ann", JUNE, None, 1)),
        {1: SKIPPED},
    ),
    "different spells of one key in one file are both rejected": (
        (("ann", JUNE, None, 0), ("ann", JUNE, JULY, 0)),
        {0: REJECTED, 1: REJECTED},
    ),
    "different spells of one key in two files are both rejected": (
        (("ann", JUNE, None, 0), ("ann", JUNE, JULY, 1)),
        {0: REJECTED, 1: REJECTED},
    ),
    "equal spells beside a different one are all rejected": (
        (("ann", JUNE, None, 0), ("ann", JUNE, None, 0), ("ann", JUNE, JULY, 1)),
        {0: REJECTED, 1: REJECTED, 2: REJECTED},
    ),
    "another start is another spell": (
        (("ann", JUNE, JULY, 0), ("ann", JULY, None, 0), ("ann", JULY, None, 1)),
        {2: SKIPPED},
    ),
    "another customer is another spell": ((("ann", JUNE, None, 0), ("bob", JUNE, None, 0)), {}),
    "letters in another case are another customer": (
        (("ann", JUNE, None, 0), ("Ann", JUNE, None, 0)),
        {},
    ),
    "the fate of one key does not reach another": (
        (
            ("ann", JUNE, None, 0),
            ("bob", JUNE, None, 0),
            ("ann", JUNE, JULY, 0),
            ("bob", JUNE, None, 1),
        ),
        {0: REJECTED, 2: REJECTED, 3: SKIPPED},
    ),
    "no rows": ((), {}),
}


@pytest.mark.parametrize(("rows", "expected"), KEYED.values(), ids=KEYED)
def test_repeated_spells(rows, expected):
    assert fates(keyed_repeats(table(CUSTOMER, *rows), SPELL)) == expected


ANSWERS = {
    "an equal answer is skipped in its file and in another": (
        (("r1", 5, 0), ("r1", 5, 0), ("r1", 5, 1)),
        {1: SKIPPED, 2: SKIPPED},
    ),
    "two answers of one id in one file are both rejected": (
        (("r1", 5, 0), ("r1", 4, 0)),
        {0: REJECTED, 1: REJECTED},
    ),
    "two answers of one id in two files are both rejected": (
        (("r1", 5, 0), ("r1", 4, 1)),
        {0: REJECTED, 1: REJECTED},
    ),
    "an unknown score is not the same as a known one": (
        (("r1", 5, 0), ("r1", None, 0)),
        {0: REJECTED, 1: REJECTED},
    ),
    "two unknown scores are the same": ((("r1", None, 0), ("r1", None, 0)), {1: SKIPPED}),
    "blank ids are their own thing": (((None, 5, 0), (None, 5, 0), (None, 4, 1)), {}),
}


@pytest.mark.parametrize(("rows", "expected"), ANSWERS.values(), ids=ANSWERS)
def test_repeated_answers(rows, expected):
    assert fates(keyed_repeats(table("response_id score", *rows), ANSWER)) == expected


def test_without_a_column_of_ids_no_row_repeats_another():
    rows = table("score", (5, 0), (5, 0))
    assert keyed_repeats(rows, ANSWER) == []


def test_without_the_first_column_of_a_key_no_row_repeats_another():
    assert keyed_repeats(table("start_date", (JUNE, 0), (JUNE, 0)), SPELL) == []


def test_customers_without_start_dates_are_told_apart_by_their_id():
    rows = table("customer_id product", ("ann", "x", 0), ("ann", "x", 0), ("bob", "x", 0))
    assert fates(keyed_repeats(rows, SPELL)) == {1: SKIPPED}


def test_an_unknown_second_half_of_a_key_is_the_same_as_another_unknown_one():
    rows = table(CUSTOMER, ("ann", None, JULY, 0), ("ann", None, JULY, 0), ("ann", JUNE, JULY, 0))
    assert fates(keyed_repeats(rows, SPELL)) == {1: SKIPPED}


def test_findings_name_the_key_and_the_code():
    rows = table(CUSTOMER, ("a", JUNE, None, 0), ("a", JUNE, None, 0), ("b", JUNE, None, 0))
    rows = pa.concat_tables([rows, table(CUSTOMER, ("b", JUNE, JULY, 0))])
    (_, equal), (_, different) = keyed_repeats(rows, SPELL)
    assert (equal.code, equal.column) == ("repeated-row", "customer_id")
    assert equal.message == "is equal to an earlier row of the same customer_id and start_date"
    assert (different.code, different.column) == ("conflicting-rows", "customer_id")
    assert (
        different.message == "has the customer_id and start_date of another row, but different data"
    )


def random_spells(rng):
    rows = [
        (rng.choice("abc"), rng.choice((JUNE, JULY)), rng.choice((None, JULY)), rng.randrange(2))
        for _ in range(rng.randrange(1, 14))
    ]
    return sorted(rows, key=lambda row: row[-1])


@pytest.mark.parametrize("seed", SEEDS)
def test_repeats_are_what_comparing_all_pairs_finds(seed):
    rows = random_spells(rng(seed))
    expected = {}
    for place, row in enumerate(rows):
        same_key = [other for other in rows if other[:2] == row[:2]]
        if any(other[:-1] != row[:-1] for other in same_key):
            expected[place] = REJECTED
        elif any(other[:-1] == row[:-1] for other in rows[:place]):
            expected[place] = SKIPPED
    assert fates(keyed_repeats(table(CUSTOMER, *rows), SPELL)) == expected


# lines of invoices

INVOICE = "invoice_id customer_id invoice_date currency amount"
LINES = {
    "lines that agree stay, whatever their amount": (
        (("i1", "ann", JUNE, "EUR", 1, 0), ("i1", "ann", JUNE, "EUR", 2, 0)),
        set(),
    ),
    "another customer": (
        (("i1", "ann", JUNE, "EUR", 1, 0), ("i1", "bob", JUNE, "EUR", 1, 0)),
        {0, 1},
    ),
    "another day": (
        (("i1", "ann", JUNE, "EUR", 1, 0), ("i1", "ann", JULY, "EUR", 1, 0)),
        {0, 1},
    ),
    "another currency": (
        (("i1", "ann", JUNE, "EUR", 1, 0), ("i1", "ann", JUNE, "USD", 1, 0)),
        {0, 1},
    ),
    "a currency and none": (
        (("i1", "ann", JUNE, "EUR", 1, 0), ("i1", "ann", JUNE, None, 1, 0)),
        {0, 1},
    ),
    "no customer twice is the same": (
        (("i1", None, JUNE, "EUR", 1, 0), ("i1", None, JUNE, "EUR", 2, 0)),
        set(),
    ),
    "one line that differs takes all lines of its invoice": (
        (
            ("i1", "ann", JUNE, "EUR", 1, 0),
            ("i2", "ann", JULY, "EUR", 1, 0),
            ("i1", "ann", JUNE, "EUR", 1, 0),
            ("i1", "bob", JUNE, "EUR", 1, 1),
        ),
        {0, 2, 3},
    ),
    "lines in another file count too": (
        (("i1", "ann", JUNE, "EUR", 1, 0), ("i1", "bob", JUNE, "EUR", 1, 1)),
        {0, 1},
    ),
    "blank ids are their own thing": (
        ((None, "ann", JUNE, "EUR", 1, 0), (None, "bob", JULY, "USD", 1, 0)),
        set(),
    ),
    "no rows": ((), set()),
}


@pytest.mark.parametrize(("rows", "expected"), LINES.values(), ids=LINES)
def test_lines_of_one_invoice(rows, expected):
    found = fates(line_conflicts(table(INVOICE, *rows), LINE))
    assert found == dict.fromkeys(expected, REJECTED)


def test_lines_disagree_only_in_columns_that_are_there():
    rows = table("invoice_id invoice_date", ("i1", JUNE, 0), ("i1", JULY, 0))
    ((_, found),) = line_conflicts(rows, LINE)
    assert (found.code, found.column) == ("lines-disagree", "invoice_id")
    assert found.message == "has the invoice_id of another row, but not its invoice_date"


def test_without_invoice_ids_there_are_no_lines():
    assert line_conflicts(table("customer_id amount", ("ann", 1, 0), ("bob", 2, 0)), LINE) == []


def random_invoices(rng, files=1):
    rows = [
        (
            rng.choice(("i1", "i2", "i3", None)),
            rng.choice(("ann", "bob", None)),
            rng.choice((JUNE, JUNE, JULY)),
            rng.choice(("EUR", "EUR", None)),
            rng.choice((1, -1, None)),
            rng.randrange(files),
        )
        for _ in range(rng.randrange(1, 30))
    ]
    return sorted(rows, key=lambda row: row[-1])


@pytest.mark.parametrize("seed", SEEDS)
def test_lines_that_disagree_are_what_comparing_all_pairs_finds(seed):
    rows = random_invoices(rng(seed), files=2)
    expected = {
        place
        for place, row in enumerate(rows)
        if row[0] is not None
        and any(other[0] == row[0] and other[1:4] != row[1:4] for other in rows)
    }
    assert set(fates(line_conflicts(table(INVOICE, *rows), LINE))) == expected


# equal rows of one file

PURCHASE = "customer_id invoice_date amount product"


def test_rows_are_equal_when_every_cell_is():
    rows = table(
        PURCHASE,
        ("ann", JUNE, 100, "tea", 0),
        ("ann", JUNE, 100, "tea", 0),
        ("ann", JUNE, 100, "tea", 1),
        ("ann", JUNE, 100, "coffee", 0),
        ("ann", JUNE, 100, None, 0),
        ("ann", JUNE, 100, None, 0),
        (None, JUNE, None, None, 0),
        (None, JUNE, None, None, 0),
    )
    assert fates(equal_rows(rows)) == {1: SKIPPED, 5: SKIPPED, 7: SKIPPED}
    assert equal_rows(rows)[0][1].code == "equal-row"


def test_255_equal_rows_among_distinct_ones_are_found():
    rows = [(f"c{n}", date(1997, 1, 1 + n % 28), n, "cd", 0) for n in range(1000)]
    rows += rng(0).sample(rows, 255)
    found = fates(equal_rows(table(PURCHASE, *rows)))
    assert found == dict.fromkeys(range(1000, 1255), SKIPPED)


def test_rows_alike_in_their_numbers_are_told_apart_by_their_text():
    rows = [("ann", JUNE, 5, f"p{n}", 0) for n in range(50)]
    assert fates(equal_rows(table(PURCHASE, *rows))) == {}


def test_only_rows_with_equal_keys_are_compared_cell_by_cell():
    """Text is slow to compare; of ten million rows only those few are looked at."""
    rows = [(f"c{n}", JUNE, 5, "cd", 0) for n in range(50)]
    rows += [("c7", JULY, 5, "cd", 0), ("c7", JUNE, 6, "cd", 0), ("c7", JUNE, 5, "tea", 0)]
    rows += [("c7", JUNE, 5, "cd", 1)]
    places, begins = _colliding(table(PURCHASE, *rows).drop_columns(["_row", "_file"]))
    assert (places.tolist(), begins.tolist()) == ([7, 53], [True, False])


@pytest.mark.parametrize("bits", [0, 2, 64], ids=["all alike", "many alike", "as they are"])
def test_texts_that_share_a_key_are_told_apart(monkeypatch, bits):
    """A key is not a proof: whatever it says, cells are compared before a row has a fate."""
    monkeypatch.setattr(
        repeats,
        "text_keys",
        lambda column: (
            hashes.text_keys(column) % np.uint64(2**bits or 1)
            if bits < 64
            else hashes.text_keys(column)
        ),
    )
    monkeypatch.setattr(
        repeats,
        "mixed",
        lambda columns, rows: (
            hashes.mixed(columns, rows) >> np.uint64(64 - bits)
            if bits
            else np.zeros(rows, np.uint64)
        ),
    )
    for seed in SEEDS:
        draw = rng(seed)
        rows = [
            (draw.choice("ab"), JUNE, draw.choice([1, 2]), draw.choice(["x", "y", None]), 0)
            for _ in range(30)
        ]
        seen = Counter()
        later = {}
        for place, row in enumerate(rows):
            if seen[row]:
                later[place] = SKIPPED
            seen[row] += 1
        assert fates(equal_rows(table(PURCHASE, *rows))) == later
        lines = [(row[3], row[0], row[1], "EUR", 0) for row in rows]
        names = "invoice_id customer_id invoice_date currency"
        owners = defaultdict(set)
        for line in lines:
            owners[line[0]].add(line[1])
        torn = {n: REJECTED for n, line in enumerate(lines) if line[0] and len(owners[line[0]]) > 1}
        assert fates(line_conflicts(table(names, *lines), LINE)) == torn


@pytest.mark.parametrize("seed", SEEDS)
def test_codes_in_place_of_text_give_every_row_the_same_fate(seed):
    draw = rng(seed)
    rows = [
        (draw.choice(["ann", "bob", None]), JUNE, draw.choice([1, None]), draw.choice("xy"), 0)
        for _ in range(25)
    ]
    plain = table(PURCHASE, *rows)
    coded = plain
    for name in ("customer_id", "product"):
        place = coded.column_names.index(name)
        coded = coded.set_column(place, name, coded[name].dictionary_encode())
    assert fates(equal_rows(coded)) == fates(equal_rows(plain))
    line_of = ("product", "customer_id", "amount")
    assert fates(line_conflicts(coded, line_of)) == fates(line_conflicts(plain, line_of))


def test_an_unknown_number_is_not_the_number_that_stands_for_it():
    rows = table(PURCHASE, ("ann", JUNE, -1, "x", 0), ("ann", JUNE, None, "x", 0))
    assert fates(equal_rows(rows)) == {}


def test_rows_without_any_number_are_compared_by_their_text():
    rows = table("product", ("x", 0), ("y", 0), ("x", 0))
    assert fates(equal_rows(rows)) == {2: SKIPPED}


@pytest.mark.parametrize("rows", [(), (("ann", JUNE, 1, "x", 0),)], ids=["none", "one"])
def test_few_rows_equal_none(rows):
    assert fates(equal_rows(table(PURCHASE, *rows))) == {}


@pytest.mark.parametrize("seed", SEEDS)
def test_equal_rows_are_those_seen_before_in_their_file(seed):
    rows = random_invoices(rng(seed), files=3)
    expected = {place for place, row in enumerate(rows) if row in rows[:place]}
    assert set(fates(equal_rows(table(INVOICE, *rows)))) == expected


# rows that two files have

TWICE = {
    "a row of two files stays once": ([("ann", 0), ("ann", 1)], {1}),
    "two equal rows of one file stay": ([("ann", 0), ("ann", 0)], set()),
    "two here and one there stay two": ([("ann", 0), ("ann", 0), ("ann", 1)], {2}),
    "one here and two there stay two": ([("ann", 0), ("ann", 1), ("ann", 1)], {1}),
    "three files keep the most": (
        [("ann", 0), ("ann", 1), ("ann", 1), ("ann", 2), ("ann", 2), ("ann", 2)],
        {1, 3, 4},
    ),
    "other rows between do not matter": ([("ann", 0), ("bob", 0), ("cy", 1), ("ann", 1)], {3}),
    "a file in between without the row": ([("ann", 0), ("bob", 1), ("ann", 2)], {2}),
    "no rows": ([], set()),
}


@pytest.mark.parametrize(("rows", "expected"), TWICE.values(), ids=TWICE)
def test_rows_of_several_files(rows, expected):
    made = [(name, JUNE, 100, "tea", file) for name, file in rows]
    found = fates(exported_twice(table(PURCHASE, *made)))
    assert found == dict.fromkeys(expected, SKIPPED)


def test_a_row_that_differs_in_one_cell_is_not_exported_twice():
    rows = table(PURCHASE, ("ann", JUNE, 100, "tea", 0), ("ann", JUNE, 100, None, 1))
    assert fates(exported_twice(rows)) == {}


def test_blank_cells_do_not_hide_that_a_row_was_exported_twice():
    rows = table(PURCHASE, (None, JUNE, None, None, 0), (None, JUNE, None, None, 1))
    ((places, why),) = exported_twice(rows)
    assert places.tolist() == [1]
    assert (why.code, why.message) == ("exported-twice", "is in another file too")


@pytest.mark.parametrize("seed", SEEDS)
def test_each_row_is_kept_as_often_as_in_the_file_that_has_it_most_often(seed):
    rows = random_invoices(rng(seed), files=4)
    left_out = set(fates(exported_twice(table(INVOICE, *rows))))
    in_file = defaultdict(Counter)
    for row in rows:
        in_file[row[-1]][row[:-1]] += 1
    most = Counter()
    for counted in in_file.values():
        most |= counted
    kept = Counter(row[:-1] for place, row in enumerate(rows) if place not in left_out)
    assert kept == most
    earlier = [{row[:-1] for row in rows if row[-1] < file} for file in range(4)]
    assert all(rows[place][:-1] in earlier[rows[place][-1]] for place in left_out)


@pytest.mark.parametrize("find", [equal_rows, exported_twice])
def test_the_order_of_chunks_makes_no_difference(find):
    rows = sorted(
        ((f"c{n % 7}", JUNE, n % 3, "x", n % 2) for n in range(60)), key=lambda row: row[-1]
    )
    whole = table(PURCHASE, *rows)
    chunked = pa.concat_tables([whole.slice(at, 7) for at in range(0, 60, 7)])
    assert np.array_equal(find(whole)[0][0], find(chunked)[0][0])
