"""Costs exported as negative numbers."""

from __future__ import annotations

import pyarrow as pa
import pytest

from retention_cli.dataset.cost_signs import with_positive_costs


def spent(*amounts):
    return {"costs": pa.table({"amount": pa.array(amounts, pa.int64())})}


def billed(*rows):
    amounts, costs = zip(*rows, strict=True)
    table = {"amount": pa.array(amounts, pa.int64()), "cost": pa.array(costs, pa.int64())}
    return {"invoices": pa.table(table)}


@pytest.mark.parametrize(
    "tables",
    [
        pytest.param(spent(200, -50), id="a credit among costs"),
        pytest.param(spent(0, 0), id="nothing was spent"),
        pytest.param(spent(), id="no rows"),
        pytest.param(billed((100, 70), (100, -70)), id="a credit on one invoice"),
        pytest.param(billed((100, 70), (-100, -70)), id="a credit note gives its cost back"),
        pytest.param(billed((100, None), (50, 0)), id="no cost is known"),
        pytest.param(billed((0, 30)), id="the cost of what was refunded"),
        pytest.param({"invoices": pa.table({"amount": [-5]})}, id="no costs at all"),
    ],
)
def test_these_costs_stay(tables):
    assert with_positive_costs(tables) == (tables, frozenset())


@pytest.mark.parametrize(
    ("tables", "positive"),
    [
        pytest.param(spent(-200, 0, -600), spent(200, 0, 600), id="all below 0"),
        pytest.param(
            billed((100, -70), (50, None), (20, 0)),
            billed((100, 70), (50, None), (20, 0)),
            id="a blank and a 0 say nothing",
        ),
        pytest.param(
            billed((100, -70), (-100, 70)), billed((100, 70), (-100, -70)), id="a credit note too"
        ),
        pytest.param(
            billed((100, -70), (0, -5)), billed((100, 70), (0, 5)), id="an invoice over 0"
        ),
    ],
)
def test_these_costs_are_turned_round(tables, positive):
    assert with_positive_costs(tables) == (positive, frozenset(tables))


def test_each_kind_is_looked_at_by_itself():
    found, turned = with_positive_costs(spent(-5) | billed((10, 7)))
    assert (found, turned) == (spent(5) | billed((10, 7)), {"costs"})
