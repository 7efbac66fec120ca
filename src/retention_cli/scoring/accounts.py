"""Every account's revenue, costs, profit and margin in a period, ranked."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any, TypeAlias

import pyarrow as pa
import pyarrow.compute as pc

from retention_cli.dataset.converting import conversion_notes
from retention_cli.dataset.customer_names import names_of
from retention_cli.dataset.groups import manager_column
from retention_cli.dataset.sales_tax import tax_note
from retention_cli.frames.frames import collect
from retention_cli.kpis import computing
from retention_cli.results.accounts import Account, Amount, GroupTotals, Manager, Totals
from retention_cli.scoring.account_standing import standing
from retention_cli.scoring.account_traits import explained, sales
from retention_cli.scoring.tiers import DEFAULT, rule, tiers
from retention_cli.values.coverage import NO_DATA
from retention_cli.values.measures import Undefined

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from retention_cli.dataset.dataset import Dataset
    from retention_cli.dataset.groups import Grouping
    from retention_cli.kpis.ingredients.account_profit import AccountProfit
    from retention_cli.results.accounts import Leavers, Why
    from retention_cli.scoring.account_standing import Standing
    from retention_cli.settings import Tiers
    from retention_cli.values.periods import Period

_MONEY = ("revenue", "unknown", "direct_cost", "cost_to_serve")

Row: TypeAlias = "dict[str, Amount]"
"""The sums of one account, in ten-thousandths, under their names; its id, and its rows."""

_NONE = Account(
    customer_id="",
    customer_name=None,
    manager=None,
    revenue=0,
    revenue_without_cost=0,
    direct_cost=None,
    cost_to_serve=None,
    profit=None,
    margin=None,
)
_NO_SUMS = Totals(
    revenue=None, revenue_without_cost=None, direct_cost=None, cost_to_serve=None, profit=None
)


@dataclass(frozen=True, slots=True)
class Ranking:
    """The accounts of a dataset before the files they were read from are beside them.

    Shape: `found` is what they were made of.
    """

    accounts: tuple[Account, ...]
    totals: Totals
    unallocated: Totals
    currency: str | None
    notes: tuple[str, ...]
    groups: tuple[GroupTotals, ...]
    reason: Undefined | None
    before: Period | None
    managers: tuple[Manager, ...]
    leavers: Leavers | None
    why: tuple[Why, ...]


@dataclass(frozen=True, slots=True)
class Occasion:
    """What accounts are ranked for: `outside` says how a period lies outside of the data."""

    period: Period
    settings: Mapping[str, Any] = field(default_factory=dict)
    outside: str | None = None


def rank_accounts(
    dataset: Dataset, occasion: Occasion, grouping: Grouping | None = None
) -> tuple[Ranking, AccountProfit]:
    """Rank the accounts with a row in a period by profit, ties by id; and give what they are made of.

    Formula: profit = revenue - revenue without cost - direct cost - cost to serve. Tiers: as
        `tiers` cuts them, by the settings or by shares of the sum of positive profits.
    Undefined: profit and margin without any cost data, and of an account without any known cost,
        which is below the others; nothing is added up in several currencies, nor where the
        period lies `outside` of the data, which says how.
    Source: docs/definitions.md, "Profit".
    """
    period, parts = occasion.period, dataset.money_parts
    found = _profits(dataset, period, occasion.settings)
    reason = found.reason if found.reason and found.reason.code != "no-accounts" else None
    if occasion.outside:
        reason = Undefined(NO_DATA, f"no data in the period: {occasion.outside}")
    known = reason is None
    people = people_of(dataset)
    member_of = grouping.of_customers() if grouping else {}
    mixed = reason is not None and reason.code in {"several-currencies", NO_DATA}
    rows = [] if mixed else _rows(found, parts)
    nobody = _in_money(found.unallocated, parts)
    before, earlier, notes = _before(dataset, occasion) if known else (None, {}, ())
    there = standing(dataset, period, occasion.settings)
    shared = _shared(found, parts)
    pairs = [
        (
            replace(
                _account(row, people, found, known=known),
                group=member_of.get(_id(row)),
                status=there.status(_id(row)) if there else None,
                profit_before=earlier.get(_id(row), _NONE).profit,
                margin_before=earlier.get(_id(row), _NONE).margin,
                shared_cost=shared.get(_id(row), 0),
            ),
            row,
        )
        for row in rows
    ]
    pairs.sort(key=_place)
    accounts = tuple(one for one, _ in pairs)
    cuts = occasion.settings.get("tiers", DEFAULT)
    ranked = tuple(_ranked(accounts, cuts)) if known else accounts
    start = before.start if before else period.start
    notes = (
        *(*found.notes, *notes, *([tax_note(dataset.tax)] if dataset.tax else ())),
        *conversion_notes(dataset, start, period.end),
        *([rule(cuts, "profit")] if known and cuts != DEFAULT else ()),
    )
    sold = sales(dataset.frame("invoices"), period, parts) if known else None
    ranking = Ranking(
        accounts=ranked,
        totals=_NO_SUMS if mixed else _totals(pairs, found, known=known),
        unallocated=_NO_SUMS if mixed else _unallocated(nobody, found, known=known),
        currency=found.currencies.one,
        notes=notes,
        groups=tuple(_groups(pairs, found, grouping, known=known)) if grouping else (),
        reason=reason,
        before=before,
        managers=tuple(_managers(pairs, found, there, people, known=known)),
        leavers=there.leavers(earlier) if there and earlier else None,
        why=tuple(explained(ranked, sold, grouping.by if grouping else None)) if sold else (),
    )
    return ranking, found


def _profits(dataset: Dataset, period: Period, settings: Mapping[str, Any]) -> AccountProfit:
    told = computing.call({"it": _found}, dataset=dataset, period=period, settings=settings)
    found: AccountProfit = told["it"]
    return found


def _found(*, account_profit: AccountProfit) -> AccountProfit:
    return account_profit


def _before(
    dataset: Dataset, occasion: Occasion
) -> tuple[Period | None, dict[str, Account], tuple[str, ...]]:
    """Give the period before with its accounts, if it has any, and say where it is not whole."""
    try:
        before = occasion.period.previous()
    except (ValueError, OverflowError):
        return None, {}, ()
    found = _profits(dataset, before, occasion.settings)
    begun = dataset.invoices_begin
    if found.reason is not None or begun is None or begun >= before.end:
        return None, {}, ()
    accounts = (_account(row, {}, found, known=True) for row in _rows(found, dataset.money_parts))
    notes: tuple[str, ...] = ()
    if begun > before.start:
        notes = (f"changes are against {before.label}, of which invoices begin on {begun}",)
    return before, {one.customer_id: one for one in accounts}, notes


def _shared(found: AccountProfit, money_parts: int) -> dict[str, Amount]:
    if found.spread is None:
        return {}
    sums = found.spread.shares.group_by("customer_id").aggregate([("amount", "sum")])
    amounts = sums["amount_sum"].to_pylist()
    return {
        id_: amount if money_parts == 1 else Fraction(amount, money_parts)
        for id_, amount in zip(sums["customer_id"].to_pylist(), amounts, strict=True)
    }


def _managers(
    pairs: Sequence[tuple[Account, Row]],
    found: AccountProfit,
    there: Standing | None,
    people: Mapping[str, tuple[str | None, str | None]],
    *,
    known: bool,
) -> Iterator[Manager]:
    """Give each manager's accounts, by revenue; those of nobody last."""
    if not any(manager for _, manager in people.values()):
        return
    ours: dict[str | None, list[tuple[Account, Row]]] = {}
    for pair in pairs:
        ours.setdefault(pair[0].manager, []).append(pair)
    kept = there.kept(people) if there else {}
    lines = [
        Manager(
            name,
            len(ours.get(name, ())),
            _totals(ours.get(name, ()), found, known=known),
            kept.get(name, (0, 0))[0] if there else None,
            kept.get(name, (0, 0))[1] if there else None,
        )
        for name in {**ours, **kept}
    ]
    yield from sorted(
        lines, key=lambda one: (one.name is None, -(one.totals.revenue or 0), one.name or "")
    )


def _place(pair: tuple[Account, Row]) -> tuple[bool, Amount, str]:
    profit = pair[0].profit
    return profit is None, -(profit or 0), pair[0].customer_id


def _unallocated(nobody: Row, found: AccountProfit, *, known: bool) -> Totals:
    return Totals(
        revenue=nobody["revenue"] + nobody["unknown"],
        revenue_without_cost=nobody["unknown"],
        direct_cost=nobody["direct_cost"] if found.direct else None,
        cost_to_serve=nobody["cost_to_serve"] if found.serving else None,
        profit=_gain(nobody) if known else None,
    )


def _groups(
    pairs: Sequence[tuple[Account, Row]], found: AccountProfit, grouping: Grouping, *, known: bool
) -> Iterator[GroupTotals]:
    members: dict[str | None, list[tuple[Account, Row]]] = {}
    for pair in pairs:
        members.setdefault(pair[0].group, []).append(pair)
    for value in grouping.values:
        if ours := members.get(value):
            totals = _totals(ours, found, known=known)
            yield GroupTotals(grouping.by, value, len(ours), totals)


def _id(row: Row) -> str:
    return str(row["customer_id"])


def _rows(found: AccountProfit, money_parts: int) -> list[Row]:
    return [_in_money(row, money_parts) for row in collect(found.accounts).to_pylist()]


def _in_money(row: Mapping[str, Amount], money_parts: int) -> Row:
    """Give sums in ten-thousandths, where the tables are in parts of one."""
    if money_parts == 1:
        return dict(row)
    return {**row, **{name: Fraction(row[name], money_parts) for name in _MONEY}}


def people_of(dataset: Dataset) -> dict[str, tuple[str | None, str | None]]:
    """Give the name and manager of each customer: of the spell that starts last, or of invoices."""
    ids, texts = names_of(dataset)
    known = {} if ids is None else dict(zip(ids.to_pylist(), texts.to_pylist(), strict=True))
    if not dataset.has("customers"):
        return {key: (name, None) for key, name in known.items()}
    table = dataset.tables["customers"]
    manager = manager_column(table.column_names)
    if "start_date" in table.column_names:
        table = table.take(pc.sort_indices(table, sort_keys=[("start_date", "ascending")]))
    managed = table[manager] if manager else pa.nulls(len(table), pa.string())
    managers = dict(zip(table["customer_id"].to_pylist(), managed.to_pylist(), strict=True))
    return {key: (known.get(key), managers.get(key)) for key in {**managers, **known}}


def _profit(sums: Row) -> Amount | None:
    """Give the profit of an account; None where the cost of every row of it is blank."""
    return _gain(sums) if sums["known"] else None


def _gain(sums: Row) -> Amount:
    return sums["revenue"] - sums["direct_cost"] - sums["cost_to_serve"]


def _account(
    row: Row,
    people: Mapping[str, tuple[str | None, str | None]],
    found: AccountProfit,
    *,
    known: bool,
) -> Account:
    key = _id(row)
    name, manager = people.get(key, (None, None))
    profit = _profit(row) if known else None
    return Account(
        customer_id=key,
        customer_name=name,
        manager=manager,
        revenue=row["revenue"] + row["unknown"],
        revenue_without_cost=row["unknown"],
        direct_cost=row["direct_cost"] if found.direct else None,
        cost_to_serve=row["cost_to_serve"] if found.serving else None,
        profit=profit,
        margin=Fraction(profit, row["revenue"])
        if profit is not None and row["revenue"] > 0
        else None,
    )


def _ranked(accounts: Sequence[Account], cuts: Tiers) -> Iterator[Account]:
    profits = [one.profit for one in accounts if one.profit is not None]
    gains = sum(max(profit, 0) for profit in profits)
    given = tiers(profits, cuts)
    running: Amount = 0
    for rank, one in enumerate(accounts, start=1):
        if one.profit is None:
            yield one
            continue
        running += one.profit
        yield replace(
            one,
            rank=rank,
            share=Fraction(one.profit, gains) if gains else None,
            cumulative_share=Fraction(running, gains) if gains else None,
            tier=next(given),
        )


def _totals(pairs: Sequence[tuple[Account, Row]], found: AccountProfit, *, known: bool) -> Totals:
    accounts, rows = [one for one, _ in pairs], [row for _, row in pairs]
    costed = sum(row["revenue"] for row in rows)
    profits = [one.profit for one in accounts if one.profit is not None]
    profit = sum(profits) if known and (profits or not accounts) else None
    return Totals(
        revenue=sum(one.revenue for one in accounts),
        revenue_without_cost=sum(one.revenue_without_cost for one in accounts),
        direct_cost=sum(row["direct_cost"] for row in rows) if found.direct else None,
        cost_to_serve=sum(row["cost_to_serve"] for row in rows) if found.serving else None,
        profit=profit,
        margin=Fraction(profit, costed) if profit is not None and costed > 0 else None,
    )
