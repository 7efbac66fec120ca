"""Cost to serve: what is counted at a rate, and costs of nobody in particular spread by a key."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retention_cli.dataset.converting import converted
from retention_cli.dataset.dataset import Dataset
from retention_cli.dataset.groups import group_by
from retention_cli.dataset.sales_tax import without_tax
from retention_cli.dataset.ticket_times import timed
from retention_cli.kpis import computing
from retention_cli.scoring.accounts import Occasion, rank_accounts
from retention_cli.scoring.cost_lines import CostLines
from retention_cli.settings import Driver, Window
from retention_cli.testing import table
from retention_cli.values.periods import Period
from retention_cli.values.rates import Rate, Rates

pytestmark = pytest.mark.sweep

JUNE = Period.parse("2025-06")
INVOICES = "customer_id,invoice_date,amount,cost,invoice_id,currency"
COSTS = "customer_id,cost_date,amount,category,currency"
TICKETS = "ticket_id,customer_id,created_at,contacts,category,priority"


@dataclass
class Made:
    dataset: Dataset
    told: dict

    def ranked(self):
        return rank_accounts(self.dataset, Occasion(JUNE, self.told))[0]

    @property
    def served(self):
        return {one.customer_id: one.cost_to_serve for one in self.ranked().accounts}

    def lines(self):
        ranking, found = rank_accounts(self.dataset, Occasion(JUNE, self.told))
        ids = [one.customer_id for one in ranking.accounts]
        return list(CostLines(self.dataset, found, JUNE, (), ids)())


def made(invoices, costs=None, tickets=None, *, tax=Fraction(0), usd=None, **told):
    tables = {"invoices": table("invoices", INVOICES, *invoices)}
    if costs is not None:
        tables["costs"] = table("costs", COSTS, *costs)
    if tickets is not None:
        tables["tickets"] = timed(table("tickets", TICKETS, *tickets))
    tables, parts = without_tax(tables, tax)
    used = ()
    if usd is not None:
        rates = Rates([Rate(JUNE.start, "USD", "EUR", usd)], to="EUR", max_age=7)
        tables, smaller, used = converted(tables, rates, lambda kind, *_: kind)
        parts *= smaller
    window = Window(months=12)
    return Made(Dataset(tables, window=window, money_parts=parts, tax=tax, rates=used), told)


def rate(amount, **words):
    rates = [(by, word, Decimal(cost)) for by, told in words.items() for word, cost in told.items()]
    return Driver(None if amount is None else Decimal(amount), tuple(rates))


SOLD = ["a,2025-06-02,100,40,1,", "a,2025-06-02,50,10,1,", "b,2025-06-03,30,10,2,"]
ASKED = [
    "1,a,2025-06-02T10:00:00,3,Bug,low",
    "2,a,2025-06-30T23:59:00,,Complaint,high",
    "3,b,2025-07-01T00:00:00,1,Bug,low",
    "4,,2025-06-09T00:00:00,2,Bug,high",
]


@pytest.mark.parametrize(
    ("drivers", "served", "nobody"),
    [
        ({"ticket": rate("2.50")}, {"a": 50_000, "b": 0}, 25_000),
        ({"contact": rate("1")}, {"a": 30_000, "b": 0}, 20_000),
        ({"order": rate("4")}, {"a": 40_000, "b": 40_000}, 0),
        ({"line": rate("4")}, {"a": 80_000, "b": 40_000}, 0),
        ({"ticket": rate("1", category={"complaint": "9"})}, {"a": 100_000, "b": 0}, 10_000),
        (
            {"ticket": rate(None, category={"Complaint": "9"}, priority={"high": "5"})},
            {"a": 90_000, "b": 0},
            50_000,
        ),
    ],
)
def test_what_is_counted_costs_its_rate(drivers, served, nobody):
    found = made(SOLD, tickets=ASKED, cost_drivers=drivers)
    assert found.served == served
    assert found.ranked().unallocated.cost_to_serve == nobody


def test_tickets_without_a_rate_and_without_contacts_are_said():
    notes = made(SOLD, tickets=ASKED, cost_drivers={"contact": rate(None, category={"Bug": "1"})})
    assert [note for note in notes.ranked().notes if "ticket" in note] == [
        "1 ticket has no rate under [cost_drivers] contact, and cost nothing"
    ]
    notes = made(SOLD, tickets=ASKED, cost_drivers={"contact": rate("1")}).ranked().notes
    assert "1 ticket has no number of contacts, and cost nothing" in notes


def test_credit_notes_are_no_orders_and_their_rows_no_lines():
    sold = [*SOLD, "b,2025-06-05,-10,-2,3,", "b,2025-06-05,-5,,,"]
    assert made(sold, cost_drivers={"order": rate("4")}).served == {"a": 40_000, "b": 40_000}
    assert made(sold, cost_drivers={"line": rate("4")}).served == {"a": 80_000, "b": 40_000}


POOL = [",2025-06-10,100,Rent,", "b,2025-06-11,7,Visit,", ",2025-06-11,0.05,Power,"]


@pytest.mark.parametrize(
    ("key", "served"),
    [
        ("equally", {"a": 500_300, "b": 570_200}),
        ("revenue", {"a": 833_800, "b": 236_700}),
        ("tickets", {"a": 1_000_500, "b": 70_000}),
    ],
)
def test_a_pool_is_spread_to_the_cent(key, served):
    found = made(SOLD, POOL, ASKED, spread={None: key})
    assert found.served == served
    assert found.ranked().unallocated.cost_to_serve == 0


def test_pools_are_spread_by_the_key_of_their_category_and_others_stay():
    found = made(SOLD, POOL, spread={"Rent": "equally"})
    assert found.served == {"a": 500_000, "b": 570_000}
    assert found.ranked().unallocated.cost_to_serve == 500
    assert (
        "costs of 'Power' stay unallocated: no key is stated under [spread]" in found.ranked().notes
    )


def test_a_key_that_nobody_has_leaves_the_pool_unallocated():
    found = made(SOLD, POOL, spread={None: "hours"})
    assert found.ranked().unallocated.cost_to_serve == 1_000_500
    assert "costs without a customer stay unallocated: no account has hours" in found.ranked().notes


def test_shares_of_groups_are_those_of_the_whole():
    found = made(SOLD, POOL, spread={None: "revenue"})
    parts = group_by(found.dataset, (), "customer_id").datasets()
    asked = ("account_margin",)
    sums = [
        computing.compute(asked, dataset=part, period=JUNE, settings=found.told)["account_margin"]
        for _, part in parts
    ]
    whole = computing.compute(asked, dataset=found.dataset, period=JUNE, settings=found.told)
    cost = whole["account_margin"].parts["cost"].total
    ours = sum(one.parts["cost"].total for one in sums if "cost" in one.parts)
    assert ours == cost == 1_670_500


def test_members_of_a_cost_with_pools_and_drivers_add_up():
    told = {"spread": {None: "revenue"}, "cost_drivers": {"ticket": rate("2"), "line": rate("1")}}
    found = made(SOLD, POOL, ASKED, **told)
    asked = ("account_margin",)
    whole = computing.compute(asked, dataset=found.dataset, period=JUNE, settings=found.told)
    part = whole["account_margin"].parts["cost"]
    assert sum(part.opens().members["_adds"].to_pylist()) == part.total


OWNER = st.sampled_from(["", "a", "b", "c"])
MONEY = st.decimals(-500, 900, places=2)
KEYS = st.sampled_from(["revenue", "tickets", "hours", "equally"])
CURRENCY = st.sampled_from(["EUR", "EUR", "EUR", "USD"])


@settings(max_examples=15)
@given(
    sold=st.lists(
        st.tuples(OWNER, MONEY, MONEY, st.sampled_from(["", "1", "2"]), CURRENCY),
        min_size=1,
        max_size=6,
    ),
    spent=st.lists(
        st.tuples(OWNER, MONEY, st.sampled_from(["Rent", "Power", ""]), CURRENCY), max_size=5
    ),
    asked=st.lists(st.tuples(OWNER, st.sampled_from(["Bug", "Complaint"])), max_size=4),
    spread=st.none() | KEYS.map(lambda key: {None: key}) | KEYS.map(lambda key: {"Rent": key}),
    tax=st.sampled_from([Fraction(0), Fraction(19, 100)]),
    usd=st.none() | st.sampled_from([Fraction(9231, 10_000), Fraction(1, 8), Fraction(3)]),
)
def test_accounts_and_unallocated_are_all_there_is_exactly(*, sold, spent, asked, spread, tax, usd):
    found = made(
        [f"{o},2025-06-02,{a},{c},{i},{e}" for o, a, c, i, e in sold],
        [f"{o},2025-06-03,{a},{k},{e}" for o, a, k, e in spent],
        [f"{n},{o},2025-06-04T10:00:00,1,{k},low" for n, (o, k) in enumerate(asked)],
        tax=tax,
        usd=usd,
        spread=spread,
        cost_drivers={"ticket": rate("2.35", category={"Bug": "0.10"}), "line": rate("1")},
    )
    ranking = found.ranked()
    if ranking.reason is not None and ranking.reason.code == "several-currencies":
        used = {e for o, _, _, _, e in sold if o} | {e for o, _, _, e in spent if o or spread}
        assert usd is None
        assert len(used) > 1
        assert ranking.accounts == ()
        return
    lines = sum(amount >= 0 for _, amount, *_ in sold)
    tickets = sum(Decimal("0.10") if kind == "Bug" else Decimal("2.35") for _, kind in asked)
    at = {"EUR": Fraction(1), "USD": Fraction(1) if usd is None else usd}
    whole = sum(Fraction(amount) * at[e] for _, amount, _, e in spent) + lines + Fraction(tickets)
    served = [one.cost_to_serve for one in ranking.accounts]
    assert sum(served) + ranking.unallocated.cost_to_serve == whole * 10_000
    direct = sum(one.direct_cost for one in ranking.accounts) + ranking.unallocated.direct_cost
    assert direct == sum(Fraction(cost) * at[e] for _, _, cost, _, e in sold) * 10_000
    revenue = sum(one.revenue for one in ranking.accounts) + ranking.unallocated.revenue
    assert revenue == sum(Fraction(a) * at[e] for _, a, _, _, e in sold) / (1 + tax) * 10_000
    behind = found.lines()
    assert sum(one.amount for one in behind) == direct + whole * 10_000
    foreign = {a or c for _, a, c, _, e in sold if e == "USD"} | {
        a for _, a, _, e in spent if e == "USD"
    }
    taken = "what [cost_drivers] prices is in report_currency, and not converted" in ranking.notes
    assert taken == (usd is not None and any(foreign))
    for one in ranking.accounts:
        mine = sum(line.amount for line in behind if line.customer_id == one.customer_id)
        assert mine == one.direct_cost + one.cost_to_serve
