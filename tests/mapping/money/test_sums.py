"""Rows that hold the amounts of others once more are asked about, and the lines settle it."""

from __future__ import annotations

import pytest

from money_exports import HEAD, RULE, asked, read

KIT = ["1,2025-06-03,A,100,{}", "1,2025-06-03,A,60,{}", "1,2025-06-03,A,40,{}"]
MORE = ["2,2025-06-04,B,90,{}", "3,2025-06-05,C,20,{}"]
BARE = [HEAD, "1,2025-06-03,A,100", "2,2025-06-04,B,50"]


def table(header, *cells):
    return [
        f"{HEAD},{header}",
        *(row.format(cell) for row, cell in zip([*KIT, *MORE], cells, strict=True)),
    ]


HELD_TWICE = {
    "a bundle by its word": (
        table("Line Type", "bundle", "component", "component", "simple", "simple"),
        [100, 90, 20],
    ),
    "a bundle in another language": (
        table("Art", "Set", "Komponente", "Komponente", "Artikel", "Artikel"),
        [100, 90, 20],
    ),
    "parts that name their parent": (
        table("SKU,Parent SKU", "K,", "P,K", "Q,K", "R,", "S,"),
        [100, 90, 20],
    ),
    "lines that number their parent": (
        table("Line,Parent Line", "1,", "2,1", "3,1", "1,", "1,"),
        [100, 90, 20],
    ),
    "heads of several": (
        [f"{HEAD},Zeilenart", "1,2025-06-03,A,30,Kopf", "1,2025-06-03,A,10,Zeile",
         "1,2025-06-03,A,20,Zeile", "2,2025-06-03,B,5,Kopf", "2,2025-06-03,B,5,Zeile"],
        [10, 20, 5],
    ),
    "a total of something": (
        [f"{HEAD},Text", "1,2025-06-03,A,30,June total", "1,2025-06-03,A,10,x", "2,2025-06-03,B,20,y"],
        [10, 20],
    ),
    "parts below a dash": (
        [f"{HEAD},Item", "1,2025-06-03,A,100,Kit", "1,2025-06-03,A,60,- Cable",
         "1,2025-06-03,A,40,- Plug", "2,2025-06-04,B,90,Lamp"],
        [100, 90],
    ),
    "parts below blanks that repeat the amount": (
        [f"{HEAD},Artikel", "1,2025-06-03,A,100,Set", "1,2025-06-03,A,100,   Teil",
         "1,2025-06-03,A,100,   Stück", "2,2025-06-04,B,90,Lampe"],
        [100, 90],
    ),
    "the close of each day": (
        [*BARE, "S1,2025-06-04,Day close,150", "3,2025-06-05,A,7", "4,2025-06-05,B,8", "S2,2025-06-05,Day close,15",
         "5,2025-06-06,C,9", "6,2025-06-06,A,3", "S3,2025-06-06,Day close,12"],
        [100, 50, 7, 8, 9, 3],
    ),
    "a sum of nobody": ([*BARE, ",2025-06-30,,150"], [100, 50]),
    "sums of nobody": (
        [*BARE, ",2025-06-30,,150", "3,2025-07-01,C,7", "4,2025-07-02,C,8", "5,2025-07-03,C,9",
         ",2025-07-31,,24"],
        [100, 50, 7, 8, 9],
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", HELD_TWICE)
def test_what_another_row_holds_already_is_asked_about(what):
    rows, wanted = HELD_TWICE[what]
    said = asked(rows)
    assert "amount = " in said
    assert read(rows, toml="[[export]]" + said.partition("[[export]]")[2]).amounts == wanted
    whole = f'{RULE}[export.columns]\namount = {{ from = "Amount" }}\n'
    assert len(read(rows, toml=whole).amounts) == len(rows) - 1


@pytest.mark.parametrize(
    "rows",
    [
        table("Line Type", "bundle", "component", "component", "simple", "simple")[:3],
        table("SKU,Parent SKU", "K,", "P,K", "Q,", "R,", "S,"),
        [*BARE, ",2025-06-30,,151"],
        [*BARE, "3,2025-06-04,C,150", "4,2025-06-05,A,7", "5,2025-06-05,C,8", "6,2025-06-05,A,9"],
        [f"{HEAD},Item", "1,2025-06-03,A,100,Kit", "1,2025-06-03,A,60,- Cable", "1,2025-06-03,A,30,- Plug"],
        [f"{HEAD},Item", "1,2025-06-03,A,100,Kit", "1,2025-06-03,A,0,- Cable", "1,2025-06-03,A,0,- Plug"],
        [*BARE[:2], ",2025-06-30,,100"],
        [*BARE, ",2025-06-30,,30", ",2025-06-30,,180"],
        [f"{HEAD},Text", "1,2025-06-03,A,30,June total", "1,2025-06-03,A,10,x", "2,2025-06-03,B,21,y"],
    ],
)  # fmt: skip
def test_rows_that_do_not_add_up_count(rows):
    assert len(read(rows).amounts) == len(rows) - 1


def test_amounts_of_each_day_that_add_up_to_nothing_are_a_journal():
    rows = ["Date,GL,Customer,Amount"]
    for day, parts in (("2025-06-01", (119, -100, -19)), ("2025-06-02", (238, -200, -38))):
        rows += [f"{day},{1200 + part},C,{part}" for part in parts]
    assert "amounts of each day add up to 0, as both sides of a journal do" in asked(rows)
    assert len(read([*rows, "2025-06-03,1,C,5"]).amounts) == 7


@pytest.mark.parametrize("end", [",Summe,,150", ",,,150", ",Total,,150"])
def test_a_sum_of_nobody_without_a_day_is_left_out_unasked(end):
    assert read([*BARE, end]).amounts == [100, 50]


STREWN = [
    *(",2025-01-31,January,300", "1,2025-01-05,A,100", "3,2025-02-05,C,50"),
    *(",2025-02-28,February,120", "2,2025-01-09,B,200", "4,2025-02-06,D,70"),
]


@pytest.mark.parametrize("order", [(0, 1, 2, 3, 4, 5), (5, 3, 1, 0, 2, 4), (1, 4, 0, 2, 5, 3)])
def test_rows_without_an_id_that_add_up_to_all_others_are_asked_about(order):
    rows = [HEAD, *(STREWN[at] for at in order)]
    said = asked(rows)
    assert "rows without 'Invoice' add up to all others: 2 rows, 420" in said
    toml = "[[export]]" + said.partition("[[export]]")[2]
    assert sum(read(rows, toml=toml).amounts) == 420


def test_rows_without_an_id_that_add_up_to_something_else_count():
    rows = [HEAD, *STREWN[1:]]
    assert sum(read(rows).amounts) == 540


WEEKS = [
    *("1,2025-01-06,A,100", "2,2025-01-07,B,200", "W2,2025-01-12,Week,300"),
    *("3,2025-01-13,C,50", "4,2025-01-14,D,70", "W3,2025-01-19,Week,120"),
]


@pytest.mark.parametrize("order", [(0, 1, 2, 3, 4, 5), (5, 2, 0, 1, 3, 4), (4, 5, 1, 0, 2, 3)])
def test_sums_of_the_days_since_the_last_are_asked_about_wherever_they_stand(order):
    rows = [HEAD, *(WEEKS[at] for at in order)]
    said = asked(rows)
    assert "rows with 'Week' in 'Customer' are sums of the rows above them: 2 rows, 420.00" in said
    toml = "[[export]]" + said.partition("[[export]]")[2]
    assert sum(read(rows, toml=toml).amounts) == 420


def test_a_customer_whose_rows_are_no_sums_counts():
    assert sum(read([HEAD, *WEEKS[:-1], "W3,2025-01-19,Week,121"]).amounts) == 841
    assert sum(read([HEAD, *WEEKS[1:3], *WEEKS[4:]]).amounts) == 690
