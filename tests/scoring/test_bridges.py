"""Bridges: they close for everybody, and each line is a part of a figure elsewhere."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction

import pytest

from histories import exports, history, loaded
from retention_cli.dataset.groups import group_by
from retention_cli.errors import RetentionError
from retention_cli.kpis import computing
from retention_cli.results.bridge import LINES
from retention_cli.scoring.bridges import Bridged, bridge_all
from retention_cli.settings import Settings
from retention_cli.values.measures import Undefined
from retention_cli.values.periods import Period
from seeded import seeds

pytestmark = pytest.mark.sweep

CHAIN = [Period.parse(f"2025-0{month}") for month in range(3, 8)]
Q2 = Period.parse("2025-Q2")


def bridge(dataset, period=Q2, by=None, **settings):
    asked = Bridged(period, Settings(**settings), members=True)
    return bridge_all(dataset, asked, group_by(dataset, exports(), by) if by else None)


def cents(row):
    return round(row["amount"] * 100) * 100


def slow_bridge(people, billed, period):
    """Walk row by row, by the definition; activity where there are no customers."""
    spells, before, now, nobody = {}, Counter(), Counter(), 0
    for row in people:
        spells.setdefault(row["customer_id"], []).append((row["start_date"], row["end_date"]))
    for row in billed:
        if period.previous().start <= row["invoice_date"] < period.start:
            before[row["customer_id"]] += cents(row)
        elif period.start <= row["invoice_date"] < period.end:
            if not row["customer_id"]:
                nobody += cents(row)
            now[row["customer_id"]] += cents(row)

    def active(id_, day):
        return any(s < day and (e is None or e >= day) for s, e in spells.get(id_, ()))

    counts, money, rows = Counter(), Counter(), []
    for id_ in {*spells, *before, *now} - {""}:
        first, last = active(id_, period.start), active(id_, period.end)
        starts = min((s for s, _ in spells.get(id_, ())), default=None)
        acquired = starts is not None and period.start <= starts < period.end
        back = last and not first and starts < period.start
        counts["start"] += first
        counts["end"] += last
        counts["lost"] += first and not last
        counts["acquired"] += acquired
        counts["acquired_and_lost"] += acquired and not last
        counts["reactivated"] += back
        of = {"before": before[id_] if first else 0, "revenue": now[id_]}
        if first and last:
            of["kept"] = now[id_]
            of["contraction" if now[id_] < before[id_] else "expansion"] = abs(
                now[id_] - before[id_]
            )
        elif first:
            of |= {"lost": before[id_], "billed_before_leaving": now[id_]}
        else:
            of["new" if acquired else "reactivated" if back else "others"] = now[id_]
        money.update(of)
        rows += [(id_, line, before[id_], now[id_]) for line, amount in of.items() if amount]
    for line in ("others", "revenue"):
        money[line] += nobody
        rows += [(None, line, 0, nobody)] if nobody else []
    return dict(counts), {line: money[line] for line in LINES}, rows


def as_found(walk):
    counts = {name: part.total for name, part in walk.counts.items()}
    money = {line.name: line.amount for line in walk.money.lines}
    return counts, money, [(one.customer_id, one.line, one.before, one.now) for one in walk.rows]


@pytest.mark.parametrize("seed", seeds(6, 12))
@pytest.mark.parametrize("period", ["2025-Q2", "2025-03", "2025-04-11..2025-05-20"])
def test_a_bridge_is_what_a_slow_walk_over_all_rows_gives(seed, period):
    people, billed = history(seed)
    total, _ = bridge(loaded(people, billed), Period.parse(period))
    counts, money, rows = slow_bridge(people, billed, Period.parse(period))
    found = as_found(total)
    assert found[:2] == (counts, money)
    assert Counter(found[2]) == Counter(rows)
    for line in total.money.lines:
        assert line.n == sum(row[1] == line.name and row[0] is not None for row in rows)


@pytest.mark.parametrize("seed", range(8))
def test_each_group_has_the_bridge_of_its_own_rows(seed):
    people, billed = history(seed)
    plan = {row["customer_id"]: row["plan"] or None for row in people}
    total, groups = bridge(loaded(people, billed), by="plan")
    assert {walk.group[1] for walk in groups} == set(plan.values()) | {None}
    for walk in groups:
        ours = [row for row in people if plan[row["customer_id"]] == walk.group[1]]
        bills = [row for row in billed if plan.get(row["customer_id"]) == walk.group[1]]
        counts, money, _ = slow_bridge(ours, bills, Q2)
        assert as_found(walk)[:2] == ({**dict.fromkeys(walk.counts, 0), **counts}, money)
    assert sum(walk.money.amount("revenue") for walk in groups) == total.money.amount("revenue")


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("basis", ["dates", "activity"])
def test_lines_are_the_parts_of_figures_elsewhere(seed, basis):
    people, billed = history(seed)
    dataset = loaded(people if basis == "dates" else [], billed)
    names = ("net_revenue_retention", "gross_revenue_retention", "revenue", "retention_rate")
    figures = computing.compute(names, dataset=dataset, period=Q2, settings={})
    total, _ = bridge(dataset)
    amount = total.money.amount
    parts = figures["net_revenue_retention"].parts
    assert amount("revenue") == figures["revenue"].value
    assert total.counts["end"].total == figures["retention_rate"].parts["CE"].total
    if parts:
        assert (amount("before"), amount("kept")) == (parts["before"].total, parts["now"].total)


def test_without_credits_gross_retention_is_what_loss_and_contraction_leave():
    people, billed = history(3)
    billed = [row | {"amount": abs(row["amount"])} for row in billed]
    dataset = loaded(people, billed)
    gross = computing.compute(("gross_revenue_retention",), dataset=dataset, period=Q2, settings={})
    money = bridge(dataset)[0].money
    left = money.amount("before") - money.amount("lost") - money.amount("contraction")
    assert gross["gross_revenue_retention"].value == Fraction(left, money.amount("before"))


@pytest.mark.parametrize("seed", range(6))
def test_the_end_of_one_month_is_the_start_of_the_next(seed):
    dataset = loaded(*history(seed))
    walks = [bridge(dataset, period)[0] for period in CHAIN]
    ends = [walk.counts["end"].ids() for walk in walks]
    assert ends[:-1] == [walk.counts["start"].ids() for walk in walks[1:]]


def test_others_are_named_apart():
    people = [
        *(who("gone", "2024-01-01", "2025-01-05"), who("later", "2025-08-01")),
        *(who("stays", "2024-01-01"), who("twice", "2024-01-01", "2024-05-01")),
        who("twice", "2025-04-10", "2025-05-10"),
    ]
    billed = [bill(id_, "2025-05-02", 10) for id_ in ("gone", "later", "twice", "odd", "")]
    total, _ = bridge(loaded(people, [bill("stays", "2025-01-02", 7), *billed]))
    found = {one.name: (one.amount, one.n) for one in total.money.others}
    assert found == {
        "former": (100_000, 1),
        "came_back_and_left": (100_000, 1),
        "not_yet_started": (100_000, 1),
        "unknown": (100_000, 1),
        "no_id": (100_000, 0),
    }
    assert total.money.amount("others") == 500_000


def who(id_, start, end="", reason=""):
    return {"customer_id": id_, "start_date": start, "end_date": end, "end_reason": reason}


def bill(id_, day, amount, **more):
    return {"customer_id": id_, "invoice_date": day, "amount": amount, **more}


LEAVERS = [
    who("a", "2024-01-01", "2025-04-05", "Price"),
    who("b", "2024-01-01", "2025-04-06", " price"),
    who("c", "2024-01-01", "2025-04-07", "Insolvency"),
    who("d", "2024-01-01", "2025-04-08"),
    who("e", "2024-01-01", "2025-09-08", "Price"),
]
BILLS = [bill(id_, "2025-02-01", 2**place) for place, id_ in enumerate("abcde")]


def test_the_lost_are_split_by_reason_and_by_the_word_list():
    (walk, _) = bridge(loaded(LEAVERS, BILLS), voluntary=["PRICE"])
    found = {one.reason: (one.voluntary, one.customers, one.amount) for one in walk.losses}
    assert found == {
        "Price": (True, 1, 10_000),
        "price": (True, 1, 20_000),
        "Insolvency": (False, 1, 40_000),
        None: (None, 1, 80_000),
    }
    assert sum(one.customers for one in walk.losses) == walk.counts["lost"].total
    assert sum(one.amount for one in walk.losses) == walk.money.amount("lost")


def test_without_a_word_list_no_loss_is_called_voluntary():
    (walk, _) = bridge(loaded(LEAVERS, BILLS))
    assert {one.voluntary for one in walk.losses} == {None}


def test_front_and_back_door_are_beside_each_other():
    people = [who("a", "2024-01-01", "2025-04-05"), who("b", "2025-04-05"), who("c", "2025-05-05")]
    billed = [bill("a", "2025-02-01", 8), bill("b", "2025-05-01", 2), bill("b", "2025-06-01", 2)]
    (walk, _) = bridge(loaded(people, billed))
    assert walk.doors() == {"customers": (2, 1, 2), "money": (40_000, 80_000, Fraction(1, 2))}


@pytest.mark.parametrize(
    ("people", "billed", "of_customers", "of_money"),
    [
        pytest.param([who("a", "2024-01-01")], [], None, "not-loaded", id="no invoices"),
        pytest.param(
            [{"customer_id": "a", "status": "active"}],
            BILLS,
            "no-start-dates",
            "no-start-dates",
            id="a flag",
        ),
        pytest.param(
            [who("a", "2024-01-01")],
            [bill("a", "2025-05-01", 1)],
            None,
            "no-revenue-before",
            id="invoices begin in the period",
        ),
        pytest.param(
            [who("a", "2024-01-01")],
            [
                bill("a", "2025-02-01", 1, currency="EUR"),
                bill("a", "2025-05-01", 1, currency="USD"),
            ],
            None,
            "several-currencies",
            id="two currencies",
        ),
    ],
)
def test_what_a_bridge_lacks_is_its_reason(people, billed, of_customers, of_money):
    walk, _ = bridge(loaded(people, billed))
    reasons = [
        one.code if isinstance(one, Undefined) else None for one in (walk.counts, walk.money)
    ]
    assert reasons == [of_customers, of_money]


def test_groups_that_are_not_of_customers_are_refused():
    billed = [{**row, "region": "north"} for row in BILLS]
    with pytest.raises(RetentionError, match="the customers have no column 'region'"):
        bridge(loaded(LEAVERS, billed), by="region")
