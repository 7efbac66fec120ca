"""Files that bring each other up to date: the later file's row counts, and nothing is guessed."""

from __future__ import annotations

import random
from datetime import date

import pytest

from retention_cli import records
from retention_cli.settling.all_rows import settle_rows
from retention_cli.settling.spells import joined
from retention_cli.testing import table
from seeded import seeds

SPELLS = "customer_id,start_date,end_date,status"
ANSWERS = "response_id,score,scale_min,scale_max"
LINES = "invoice_id,customer_id,invoice_date,amount,status"


def settle(kind, *files, ranks=None):
    tables = [table(kind, header, *lines) for header, *lines in files]
    return settle_rows(records.model(kind), tables, ranks=ranks)


def fates(settled):
    """What became of the rows that do not stay: file, row, code."""
    return sorted(
        (row["_file"], row["_row"], found.code)
        for rows, found in settled.marked
        for row in rows.to_pylist()
    )


def cells(settled, *names):
    return sorted(tuple(row[name] for name in names) for row in settled.table.to_pylist())


@pytest.mark.parametrize("ranks", [[0, 1], [1, 0]], ids=["in order", "the other way round"])
@pytest.mark.parametrize(
    ("kind", "older", "newer", "names", "stays"),
    [
        pytest.param(
            "customers",
            [SPELLS, "ann,2024-01-01,,active"],
            [SPELLS, "ann,2024-01-01,2025-01-31,ended"],
            ("customer_id", "end_date"),
            [("ann", date(2025, 1, 31))],
            id="a customer who left since",
        ),
        pytest.param(
            "customers",
            [SPELLS, "ann,2024-01-01,2025-01-31,ended"],
            [SPELLS, "ann,2024-01-01,,active"],
            ("customer_id", "end_date"),
            [("ann", None)],
            id="an end that was taken back",
        ),
        pytest.param(
            "customers",
            [SPELLS, "ann,2024-01-01,,active"],
            [SPELLS, "ann,2024-01-08,,active"],
            ("customer_id", "start_date"),
            [("ann", date(2024, 1, 8))],
            id="a start that was corrected",
        ),
        pytest.param(
            "customers",
            [SPELLS, "ann,2024-01-01,,active"],
            [SPELLS, "ann,2024-01-01,2024-06-30,ended", "ann,2025-02-01,,active"],
            ("start_date", "end_date"),
            [(date(2024, 1, 1), date(2024, 6, 30)), (date(2025, 2, 1), None)],
            id="a customer who left and came back",
        ),
        pytest.param(
            "customers",
            ["customer_id,status", "ann,active", "bob,active"],
            ["customer_id,status", "ann,ended"],
            ("customer_id", "status"),
            [("ann", "ended"), ("bob", "active")],
            id="a flag",
        ),
        pytest.param(
            "surveys",
            [ANSWERS, "r1,5,1,5"],
            [ANSWERS, "r1,4,1,5"],
            ("response_id", "score"),
            [("r1", 4)],
            id="an answer",
        ),
        pytest.param(
            "tickets",
            ["ticket_id,created_at,resolved_at", "t1,2025-06-01T09:00:00,"],
            ["ticket_id,created_at,resolved_at", "t1,2025-06-01T09:00:00,2025-06-02T09:00:00"],
            ("ticket_id",),
            [("t1",)],
            id="a ticket",
        ),
        pytest.param(
            "invoices",
            [LINES, "1,ann,2025-06-02,100,open"],
            [LINES, "1,ann,2025-06-02,100,void"],
            ("invoice_id", "status"),
            [("1", "void")],
            id="the status of an invoice",
        ),
        pytest.param(
            "invoices",
            [LINES, "1,ann,2025-06-02,100,open", "1,ann,2025-06-02,20,open"],
            [LINES, "1,ann,2025-06-02,90,open", "1,ann,2025-06-02,20,open"],
            ("amount",),
            [(200_000,), (900_000,)],
            id="the lines of an invoice, all of them",
        ),
        pytest.param(
            "invoices",
            [LINES, "1,ann,2025-06-02,100,draft"],
            [LINES, "1,ann,2025-06-09,120,open"],
            ("amount",),
            [(1_200_000,)],
            id="a draft of the same customer that became an invoice",
        ),
    ],
)
def test_the_later_files_row_counts_whatever_its_place(  # what cases differ in
    kind, older, newer, names, stays, ranks
):
    files = [older, newer] if ranks[0] < ranks[1] else [newer, older]
    settled = settle(kind, *files, ranks=ranks)
    assert cells(settled, *names) == sorted(stays, key=str)
    old = ranks.index(0)
    assert {(file, code) for file, _, code in fates(settled)} <= {
        (old, "updated-later"),
        (old, "exported-twice"),
    }
    assert "updated-later" in {code for _, _, code in fates(settled)}


@pytest.mark.parametrize(
    ("kind", "one", "other", "code"),
    [
        pytest.param(
            "customers",
            [SPELLS, "ann,2024-01-01,,active"],
            [SPELLS, "ann,2024-01-01,2025-01-31,ended"],
            "conflicting-rows",
            id="a customer",
        ),
        pytest.param(
            "customers",
            [SPELLS, "ann,2024-01-01,,active"],
            [SPELLS, "ann,2024-01-08,,active"],
            "overlapping-spells",
            id="a start",
        ),
        pytest.param(
            "surveys",
            [ANSWERS, "r1,5,1,5"],
            [ANSWERS, "r1,4,1,5"],
            "conflicting-rows",
            id="an answer",
        ),
        pytest.param(
            "invoices",
            [LINES, "1,ann,2025-06-02,100,open"],
            [LINES, "1,ann,2025-06-02,100,void"],
            "conflicting-rows",
            id="an invoice",
        ),
    ],
)
def test_of_files_that_nothing_tells_apart_both_rows_are_rejected(kind, one, other, code):
    for files in ((one, other), (other, one)):
        settled = settle(kind, *files)
        assert fates(settled) == [(0, 2, code), (1, 2, code)]
        assert len(settled.table) == 0


def test_what_is_rejected_in_a_file_is_no_later_version():
    settled = settle(
        "surveys",
        [ANSWERS, "r1,5,1,5"],
        [ANSWERS, "r1,4,1,5", "r1,3,1,5"],
        ranks=[0, 1],
    )
    assert fates(settled) == [(1, 2, "conflicting-rows"), (1, 3, "conflicting-rows")]
    assert cells(settled, "score") == [(5,)]


@pytest.mark.parametrize("ranks", [[0, 1], [1, 0], [0, 0]], ids=str)
def test_a_column_that_a_file_does_not_have_says_nothing_against_another(ranks):
    """A list without ends must not bring back who has left."""
    settled = settle(
        "customers",
        ["customer_id,start_date,end_date", "ann,2024-01-01,2025-01-31"],
        ["customer_id,start_date,plan", "ann,2024-01-01,gold"],
        ranks=ranks,
    )
    (row,) = settled.table.to_pylist()
    assert (row["end_date"], row["plan"]) == (date(2025, 1, 31), "gold")
    assert [code for _, _, code in fates(settled)] == ["repeated-row"]


def test_answers_of_two_surveys_that_count_from_1_are_not_taken_for_one():
    header = f"{ANSWERS},kind"
    settled = settle("surveys", [header, "1,5,1,5,csat"], [header, "1,9,0,10,nps"], ranks=[0, 1])
    assert fates(settled) == []
    again = settle("surveys", [header, "1,5,1,5,csat"], [header, "1,4,1,5,csat"], ranks=[0, 1])
    assert fates(again) == [(0, 2, "updated-later")]


def test_two_invoices_of_one_number_are_not_taken_for_one():
    """Two shops that count from 1: another customer and another day are another invoice."""
    settled = settle(
        "invoices",
        [LINES, "1,ann,2025-06-02,100,open", "2,ann,2025-06-03,5,open"],
        [LINES, "1,bob,2025-06-05,70,open"],
        ranks=[0, 1],
    )
    assert fates(settled) == [(0, 2, "lines-disagree"), (1, 2, "lines-disagree")]
    assert cells(settled, "invoice_id") == [("2",)]


@pytest.mark.parametrize("ranks", [[0, 1], [1, 0], [0, 0]], ids=str)
@pytest.mark.parametrize(
    ("header", "sale", "credit"),
    [
        pytest.param(
            LINES, "1,ann,2025-05-02,100,paid", "1,ann,2025-06-02,-100,paid", id="by sign"
        ),
        pytest.param(
            f"{LINES},document_type",
            "1,ann,2025-05-02,100,paid,invoice",
            "1,ann,2025-06-02,-100,paid,credit-note",
            id="by its type",
        ),
    ],
)
def test_a_credit_is_no_later_version_of_its_invoice(header, sale, credit, ranks):
    settled = settle("invoices", [header, sale], [header, credit], ranks=ranks)
    assert fates(settled) == []
    assert cells(settled, "amount") == [(-1_000_000,), (1_000_000,)]


def test_what_no_later_file_lists_stays_and_is_counted():
    may = [SPELLS, "ann,2024-01-01,,active", "bob,2024-01-01,,active", "cy,2024-02-01,,active"]
    june = [SPELLS, "ann,2024-01-01,2025-06-03,ended", "dee,2025-06-01,,active"]
    settled = settle("customers", may, june, ranks=[0, 1])
    assert cells(settled, "customer_id") == [("ann",), ("bob",), ("cy",), ("dee",)]
    assert settled.unlisted == (2, 0)


def test_of_invoices_only_those_count_as_unlisted_whose_days_the_later_file_has():
    may = [LINES, "1,ann,2025-05-02,9,open", "2,ann,2025-05-30,9,open", "3,ann,2025-05-31,9,open"]
    june = [LINES, "2,ann,2025-05-30,9,paid", "4,ann,2025-06-02,9,open"]
    assert settle("invoices", may, june, ranks=[0, 1]).unlisted == (1, 0)


def test_files_that_share_nothing_miss_nothing():
    may, june = [LINES, "1,ann,2025-05-02,9,open"], [LINES, "2,ann,2025-06-02,9,open"]
    assert settle("invoices", may, june, ranks=[0, 1]).unlisted == (0, 0)


def test_who_left_on_a_day_nobody_knows_may_have_come_back():
    """The day of the end is not known, so neither is that the spells overlap or touch."""
    left, back = "ann,2024-01-01,,ended", "ann,2024-01-02,,active"
    settled = settle("customers", [SPELLS, left, back])
    assert fates(settled) == []
    assert joined(settled.table) == (settled.table, 0)


def test_who_left_on_a_day_nobody_knows_was_there_on_the_first():
    settled = settle("customers", [SPELLS, "ann,2024-01-01,,active", "ann,2024-05-01,,ended"])
    assert [code for _, _, code in fates(settled)] == ["overlapping-spells"] * 2


HEADERS = (
    ("response_id", "score", "agent", "comment"),
    ("response_id", "score", "agent"),
    ("response_id", "score", "comment"),
)


def drawn(rng):
    """Files of answers, each with its own columns and rows that may repeat or differ."""
    files = []
    for _ in range(3):
        header = rng.choice(HEADERS)
        rows = [
            tuple(
                rng.choice(("r1", "r2", "r3", ""))
                if name == "response_id"
                else rng.choice(("1", "2"))
                for name in header
            )
            for _ in range(rng.randrange(5))
        ]
        files.append((header, rows))
    return files


def expected(files, ranks):
    """The slow truth: one id after the other, one column after the other."""
    versions, alone = {}, []
    for (header, rows), rank in zip(files, ranks, strict=True):
        of_file = {}
        for row in rows:
            if row[0]:
                of_file.setdefault(row[0], set()).add(row)
            else:
                alone.append(dict(zip(header, row, strict=True)) | {"response_id": None})
        for key, said in of_file.items():
            if len(said) == 1:
                cells_of = dict(zip(header, said.pop(), strict=True))
                versions.setdefault(key, []).append((rank, cells_of))
    found = list(alone)
    for said in versions.values():
        merged = merge(said)
        found += [merged] if merged is not None else []
    return sorted(found, key=str)


def merge(said):
    merged = {}
    for name in dict.fromkeys(name for _, row in said for name in row):
        latest = max(rank for rank, row in said if name in row)
        values = {row[name] for rank, row in said if name in row and rank == latest}
        if len(values) > 1:
            return None
        merged[name] = values.pop()
    return merged


@pytest.mark.parametrize("ranks", [[0, 0, 0], [0, 1, 2], [2, 1, 0], [0, 1, 1], [1, 0, 1]], ids=str)
@pytest.mark.parametrize("seed", seeds(13, 40))
def test_the_oracle_goes_through_every_id_and_column(seed, ranks):
    files = drawn(random.Random(seed))  # noqa: S311  # a test has a seed and no secrets
    written = [
        (
            f"{','.join(header)},scale_min,scale_max",
            *(f"{','.join(row)},1,5" for row in rows),
        )
        for header, rows in files
    ]
    settled = settle("surveys", *written, ranks=ranks)
    names = [name for name in settled.table.column_names if name in HEADERS[0]]
    rows = [
        {name: None if row[name] is None else str(row[name]) for name in names}
        for row in settled.table.to_pylist()
    ]
    wanted = [{name: row.get(name) for name in names} for row in expected(files, ranks)]
    assert sorted(rows, key=str) == sorted(wanted, key=str)
    count = sum(len(rows) for _, rows in files)
    assert len(settled.table) + len(fates(settled)) == count
