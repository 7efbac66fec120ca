"""Words that nobody knows are asked about where their rows hold the amounts of others once more."""

from __future__ import annotations

import pytest

from money_exports import HEAD, RULE, asked, read
from retention_cli.mapping.money import twins

ROWS = ["{},2025-06-0{},{},{},{}".format(*cells) for cells in (
    (1, 3, "A", 100, "W"), (2, 3, "A", 100, "P"), (3, 4, "B", 45.5, "W"), (4, 4, "B", 45.5, "P"),
    (5, 5, "C", 70, "W"),
)]  # fmt: skip


def stages(*words, header="Laag", ids=(1, 2, 3, 4, 5)):
    """Rows of which two are twice, with other words for what they are."""
    first, second = words
    rows = [row[:-1] + (first if row[-1] == "W" else second) for row in ROWS]
    return [f"{HEAD},{header}", *(f"{id_}{row[1:]}" for id_, row in zip(ids, rows, strict=True))]


@pytest.mark.parametrize(
    "rows",
    [
        stages("W", "P"),
        stages("", "x", header="Kopia"),
        stages("origineel", "herdruk", header="Soort afdruk"),
        stages("sent", "paid", header="Status"),
    ],
)
def test_a_word_whose_rows_are_others_again_is_asked_about(rows):
    said = asked(rows)
    assert "2 rows, 145.50" in said
    assert read(rows, toml="[[export]]" + said.partition("[[export]]")[2]).amounts == [
        100,
        45.5,
        70,
    ]
    whole = f'{RULE}[export.columns]\namount = {{ from = "Amount" }}\n'
    assert len(read(rows, toml=whole).amounts) == len(ROWS)


def test_what_is_void_is_in_no_other_row():
    rows = stages("paid", "void", header="Status")
    assert read(rows).amounts == [100, 45.5, 70]


def test_stages_of_one_document_may_be_of_several_days():
    rows = [f"{HEAD},Etappe", "1,2025-06-03,A,100,a", "1,2025-06-03,A,100,b", "1,2025-06-03,A,100,c",
            "2,2025-06-03,B,30,a", "2,2025-06-03,B,30,b", "2,2025-06-03,B,30,c", "3,2025-06-03,C,9,a",
            "4,2025-06-03,D,8,a", "4,2025-06-03,D,2,a"]  # fmt: skip
    assert "rows with 'b' and 'c'" in asked(rows)


def test_parts_of_any_name_that_add_up_to_another_row_are_asked_about():
    rows = [f"{HEAD},Rang", "1,2025-06-03,A,100,x", "1,2025-06-03,A,60,y", "1,2025-06-03,A,40,y",
            "2,2025-06-04,B,90,x", "2,2025-06-04,B,50,y", "2,2025-06-04,B,40,y", "2,2025-06-04,B,7,z"]  # fmt: skip
    assert "rows with 'y' in 'Rang'" in asked(rows)


@pytest.mark.parametrize(
    "rows",
    [
        [row.replace("45.5,P", "45,P") for row in stages("W", "P")],
        [*stages("W", "P"), "6,2025-06-05,D,1,P"],
        stages("red", "blue", header="Item"),
        [f"{HEAD},Status", *(f"{n},2025-06-0{n},{c},{a},{s}" for n, (c, a, s) in enumerate([
            ("A", 49, "paid"), ("A", 49, "open"), ("A", 20, "paid"), ("A", 20, "open"), ("B", 99, "paid"),
            ("B", 99, "open")], 1))],
        [row.replace("45.5", "100") for row in stages("W", "P")],
        [f"{HEAD},Event", *(f"{n},2025-0{6 + n % 2}-03,{c},{a},{e}" for n, (c, a, e) in enumerate([
            ("A", 49, "New"), ("A", 49, "Renewal"), ("B", 99, "New"), ("B", 99, "Renewal")]))],
    ],
)  # fmt: skip
def test_what_may_be_chance_counts(rows):
    assert len(read(rows).amounts) == len(rows) - 1


@pytest.mark.parametrize(("rates", "asks"), [((20, 20, 20), True), ((20, 20, 21), False)])
def test_a_word_whose_rows_are_one_rate_of_the_others_is_asked_about(rates, asks):
    rows = [f"{HEAD},Konto"]
    for nth, (amount, rate) in enumerate(zip((100, 45.5, 71.3), rates, strict=True)):
        rows.append(f"{nth},2025-06-0{nth + 1},A,{amount},8400")
        rows.append(f"{nth},2025-06-0{nth + 1},A,{amount * rate / 100:.2f},1776")
    if asks:
        assert "rows with '1776' in 'Konto' are always the same part" in asked(rows)
    else:
        assert len(read(rows).amounts) == 2 * len(rates)


def test_copies_in_the_last_rows_of_a_long_file_are_found(monkeypatch):
    monkeypatch.setattr(twins, "_SAMPLE", 6)
    before = [f"{HEAD},Laag", *(f"{90 + n},2025-06-0{n + 1},D,{7 + n * n},W" for n in range(8))]
    said = asked([*before, *stages("W", "P")[1:]])
    assert "rows with 'P' in 'Laag'" in said
