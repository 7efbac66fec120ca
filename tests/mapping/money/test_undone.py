"""Documents whose number is that of another with letters beside it are asked about."""

from __future__ import annotations

import pytest

from money_exports import HEAD, asked, read


@pytest.mark.parametrize(
    ("number", "undone"),
    [("R1", "S-R1"), ("1001", "ST1001"), ("1001", "1001-X"), ("RE-1001", "KX-1001"), ("A/7", "A/7 Z"), ("1001", "-1001")],
)  # fmt: skip
def test_a_number_made_of_another_with_its_amount_is_asked_about(number, undone):
    rows = [
        HEAD,
        f"{number},2025-06-03,A,100",
        f"{undone},2025-06-05,A,100",
        "RE-2,2025-06-04,B,50",
    ]
    said = asked(rows)
    assert f"a number such as '{undone}'" in said
    assert read(rows, toml="[[export]]" + said.partition("[[export]]")[2]).amounts == [
        100,
        -100,
        50,
    ]


@pytest.mark.parametrize(
    "rows",
    [
        ["R1,2025-06-03,A,100", "S-R1,2025-06-05,B,100"],
        ["R1,2025-06-03,A,100", "S-R1,2025-06-05,A,90"],
        ["R1,2025-06-03,A,100", "S-R1,2025-06-05,A,-100"],
        ["R1,2025-06-03,A,100", "S-R2,2025-06-05,A,100"],
    ],
)
def test_other_customers_and_amounts_are_documents_of_their_own(rows):
    assert len(read([HEAD, *rows]).amounts) == len(rows)


NAMING = ["Nr,Date,Customer,Amount,Frühere", "R11,2025-06-03,A,100,", "R12,2025-06-05,{},{},{}"]


@pytest.mark.parametrize(
    ("customer", "amount", "name", "question", "note"),
    [
        ("A", "110", "R11", True, False),
        ("B", "110", "R11", False, True),
        ("A", "-100", "R11", False, False),
        ("A", "110", "R99", False, False),
    ],
)
def test_a_row_that_names_another_and_has_another_amount_is_asked_about_or_said(
    customer, amount, name, question, note
):
    rows = [line.format(customer, amount, name) for line in NAMING]
    if question:
        said = asked(rows)
        assert "'Frühere' name other rows: 1 row, 110.00" in said
        toml = "[[export]]" + said.partition("[[export]]")[2]
        assert read(rows, toml=toml).amounts == [110]
    else:
        assert any("Frühere" in one for one in read(rows).assumed) == note


@pytest.mark.parametrize(
    ("parent", "asks"), [("SET", True), ("P1", False), ("", False), ("of another", False)]
)
def test_rows_that_name_another_row_of_their_invoice_are_asked_about(parent, asks):
    rows = ["Nr,Date,Customer,Artikel-Nr,Zu,Amount"]
    for nth in range(3):
        rows.append(f"R{nth},2025-06-0{nth + 1},A,SET,,100")
        rows.append(f"R{nth},2025-06-0{nth + 1},A,P1,{parent},6{nth}")
        rows.append(f"R{nth},2025-06-0{nth + 1},A,P2,,50")
    if asks:
        said = asked(rows)
        assert "'Zu' names another row of the invoice by its 'Artikel-Nr'" in said
        toml = "[[export]]" + said.partition("[[export]]")[2]
        assert read(rows, toml=toml).amounts == [100, 50] * 3
    else:
        assert len(read(rows).amounts) == 9
