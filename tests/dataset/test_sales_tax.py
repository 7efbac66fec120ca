"""Figures of gross amounts whose tax is taken out."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pyarrow as pa
import pyarrow.compute as pc
import pytest

import worlds
from invoice_worlds import SEEDS, World, answer, money
from retention_cli import kpis
from retention_cli.dataset.dataset import Dataset
from retention_cli.dataset.groups import group_by
from retention_cli.dataset.sales_tax import any_taxed, tax_note, without_tax
from retention_cli.errors import DataRefusedError
from retention_cli.kpis import computing
from retention_cli.scoring.accounts import Occasion, rank_accounts

pytestmark = pytest.mark.sweep

NAMES = kpis.names()
RATES = [Fraction(19, 100), Fraction(81, 1000), Fraction(1, 4), Fraction(7, 100)]


def taxed(tables, rate, backend="pandas"):
    """The tables, whose invoices are gross, as loading makes a dataset of them."""
    net, parts = without_tax(tables, rate)
    return replace(worlds.dataset(net, backend), money_parts=parts, tax=rate)


def computed(dataset, period=worlds.PERIOD, names=NAMES):
    settings = {"csat_top": None, "lifespan_years": None, "response_target": 14_400}
    return computing.compute(names, dataset=dataset, period=period, settings=settings)


def with_amounts(tables, change):
    invoices = tables["invoices"]
    place = invoices.column_names.index("amount")
    return tables | {"invoices": invoices.set_column(place, "amount", change(invoices["amount"]))}


def shown(measure):
    """A measure as reports see it, but for what it says of tax."""
    parts = {name: (part.value, part.unit, part.ids()) for name, part in measure.parts.items()}
    notes = tuple(note for note in measure.notes if "tax of" not in note)
    return replace(measure, parts={}, notes=notes), parts


@pytest.mark.parametrize("seed", range(6))
def test_every_figure_is_that_of_the_net_amounts(seed, backend):
    net = worlds.world(seed)
    gross = with_amounts(net, lambda amounts: pc.divide(pc.multiply(amounts, 119), 100))
    assert pc.all(pc.equal(pc.multiply(net["invoices"]["amount"], 119), pc.multiply(gross["invoices"]["amount"], 100))).as_py()  # fmt: skip
    found = computed(taxed(gross, Fraction(19, 100), backend))
    for name, measure in computed(worlds.dataset(net, backend)).items():
        assert shown(found[name]) == shown(measure), name


@pytest.mark.parametrize("rate", RATES, ids=str)
@pytest.mark.parametrize("seed", SEEDS[:8])
def test_revenue_and_margin_are_exact_fractions(seed, rate):
    world = World(seed)
    found = computed(
        taxed(world.tables, rate),
        world.period,
        ("revenue", "average_purchase_value", "gross_margin"),
    )
    if answer(found["revenue"]) != "several-currencies":
        net = sum(money(row["amount"]) for row in world.now) / (1 + rate)
        assert found["revenue"].value == net * 10_000
        assert found["revenue"].parts["revenue"].value == net * 10_000
        n = found["average_purchase_value"].sample_size
        assert found["average_purchase_value"].value == net * 10_000 / n
    known = [row for row in world.now if row["cost"] is not None]
    if found["gross_margin"].reason is None:
        net = sum(money(row["amount"]) for row in known) / (1 + rate)
        cost = sum(money(row["cost"]) for row in known)
        assert found["gross_margin"].value == (net - cost) / net
        assert found["gross_margin"].parts["cost"].value == cost * 10_000


def test_figures_that_rest_on_it_say_so_and_no_others():
    found = computed(taxed(worlds.world(0), Fraction(19, 100)))
    said = {name for name, one in found.items() if "tax of 19 % taken out" in one.notes}
    assert said == {
        *("revenue", "gross_margin", "account_margin", "unprofitable_accounts"),
        *("average_purchase_value", "clv", "clv_margin", "gross_revenue_retention"),
        *("net_revenue_retention", "revenue_weighted_retention", "profit_weighted_retention"),
    }
    assert not any("tax" in note for one in computed(worlds.dataset(worlds.world(0))).values() for note in one.notes)  # fmt: skip


def test_a_group_is_net_as_its_whole_is():
    whole = taxed(worlds.world(1), Fraction(19, 100))
    part = dict(group_by(whole, (), "customer_id").datasets())["c01"]
    assert (part.money_parts, part.tax, part.whole) == (119, Fraction(19, 100), whole)
    assert part.invoices_begin == whole.invoices_begin


@pytest.mark.parametrize("rate", RATES, ids=str)
@pytest.mark.parametrize("seed", SEEDS[:8])
def test_accounts_are_exact_fractions_and_add_up_to_the_ledger(seed, rate):
    world = World(seed)
    found = rank_accounts(taxed(world.tables, rate), Occasion(world.period))[0]
    if found.reason is not None:
        return
    ledger = sum(row["amount"] for row in world.now) / (1 + rate)
    assert sum(one.revenue for one in found.accounts) == found.totals.revenue
    assert found.totals.revenue + found.unallocated.revenue == ledger
    assert tax_note(rate) in found.notes
    nobody = [row for row in world.now if row["customer_id"] is None and row["cost"] is not None]
    left = sum(row["amount"] for row in nobody) / (1 + rate) - sum(row["cost"] for row in nobody)
    assert found.unallocated.profit == left
    for one in found.accounts:
        ours = [row for row in world.now if row["customer_id"] == one.customer_id]
        known = [row for row in ours if row["cost"] is not None]
        assert one.revenue == sum(row["amount"] for row in ours) / (1 + rate)
        assert one.direct_cost == sum(row["cost"] for row in known)
        net = sum(row["amount"] for row in known) / (1 + rate)
        assert one.profit == (net - one.direct_cost if known else None)


def test_costs_are_taken_as_they_are():
    tables = {
        "invoices": pa.table({"amount": [119], "cost": pa.array([None], pa.int64())}),
        "costs": pa.table({"amount": [7]}),
        "customers": pa.table({"customer_id": ["a"]}),
    }
    net, parts = without_tax(tables, Fraction(19, 100))
    assert net["invoices"]["amount"].to_pylist() == [100 * parts]
    assert net["invoices"]["cost"].to_pylist() == [None]
    assert net["costs"]["amount"].to_pylist() == [7 * parts]
    assert net["customers"] is tables["customers"]


def test_without_a_rate_nothing_changes():
    tables = worlds.world(0)
    assert without_tax(tables, Fraction(0)) == (tables, 1)
    assert Dataset(tables, window=worlds.YEAR).money_parts == 1


def test_what_would_leave_64_bits_is_refused_and_not_wrapped():
    large = 10**18 - 1
    fits, parts = without_tax({"invoices": pa.table({"amount": [large // 100]})}, Fraction(19, 100))
    assert (fits["invoices"]["amount"].to_pylist(), parts) == ([large // 100 * 100], 119)
    for rows in ([large], [large // 20] * 30, [-(large // 20)] * 30):
        with pytest.raises(DataRefusedError, match="too large for their tax"):
            without_tax({"invoices": pa.table({"amount": rows})}, Fraction(19, 100))


def test_amounts_that_are_said_to_be_net_are_left_as_they_are():
    invoices = pa.table(
        {
            "amount": [1_190_000, 1_000_000, 1_190_000],
            "cost": [500_000, 500_000, None],
            "_tax": ["included", "excluded", None],
        }
    )
    found, parts = without_tax({"invoices": invoices}, Fraction(19, 100))
    assert [Fraction(amount, parts) for amount in found["invoices"]["amount"].to_pylist()] == [
        *(1_000_000, 1_000_000, 1_000_000),
    ]
    assert found["invoices"]["cost"].to_pylist() == [500_000 * parts, 500_000 * parts, None]
    assert any_taxed({"invoices": invoices})
    assert not any_taxed({"invoices": invoices.slice(1, 1)})
    assert not any_taxed({"costs": invoices})
