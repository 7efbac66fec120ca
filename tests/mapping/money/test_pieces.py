"""Money that does not grow with the quantity beside it is asked about, whatever its header."""

from __future__ import annotations

import pytest

from money_exports import asked, read

PRICES = {"Mug": 12, "Lamp": 50, "Desk": 310}


def rows(quantities, amount, header="Amount", cost=None):
    found = [f"Order,Date,Customer,Product,Quantity,{header}"]
    for nth, quantity in enumerate(quantities):
        name = [*PRICES][nth % 3]
        line = f"{nth},2025-06-0{nth % 9 + 1},C{nth},{name},{quantity},{amount(PRICES[name], quantity)}"
        found.append(line if cost is None else f"{line},{cost(nth, quantity)}")
    return found


def test_an_amount_that_is_the_same_for_each_product_is_of_one_piece():
    table = rows([1, 2, 3, 2, 4, 1, 3, 3, 2], lambda price, _: price)
    said = asked(table)
    assert "amount ('Amount'): it does not grow with the quantity" in said
    toml = "[[export]]" + said.partition("[[export]]")[2]
    assert read(table, toml=toml).amounts[:3] == [12, 100, 930]


@pytest.mark.parametrize(
    ("quantities", "amount"),
    [
        ([1, 2, 3, 2, 4, 1, 3, 3, 2], lambda price, quantity: price * quantity),
        ([2] * 9, lambda price, _: price),
        ([1, 2, 3, 2, 4, 1, 3, 3, 2], lambda *_: 9),
    ],
)
def test_amounts_of_whole_rows_and_one_price_for_everything_are_taken_as_they_are(
    quantities, amount
):
    assert len(read(rows(quantities, amount)).amounts) == len(quantities)


@pytest.mark.parametrize("of_one", [True, False])
def test_a_cost_that_follows_the_amount_only_times_its_pieces_is_of_one(of_one):
    quantities = [1, 2, 3, 2, 4, 1, 6, 3, 2]

    def cost(nth, quantity):
        whole = [*PRICES.values()][nth % 3] * quantity * (55 + nth) / 100
        return f"{whole / quantity if of_one else whole:.2f}"

    table = rows(quantities, lambda price, quantity: price * quantity, "Amount,COGS", cost)
    table = [line.replace("Desk", f"Desk{nth}") for nth, line in enumerate(table)]
    if of_one:
        assert "cost ('COGS'): it does not grow with the quantity" in asked(table)
    else:
        assert len(read(table).amounts) == len(quantities)
