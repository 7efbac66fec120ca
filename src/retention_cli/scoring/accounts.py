"""Every account's revenue, costs, profit and margin in a period, ranked."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from retention_cli.dataset.converting import conversion_notes
from retention_cli.dataset.customer_names import names_of
from retention_cli.dataset.groups import manager_column
from retention_cli.dataset.sales_tax import tax_note
from retention_cli.results.accounts import Account, Amount, GroupTotals, Manager, Totals
from retention_cli.scoring.account_standing import standing
from retention_cli.scoring.account_sums import (
    Row,
    account_of,
    in_ten_thousandths,
    profits_of,
    rows_of,
    shared_costs,
)
from retention_cli.scoring.account_totals import (
    NO_SUMS,
    of_groups,
    of_managers,
    totals_of,
    unallocated,
)
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
    found = profits_of(dataset, period, occasion.settings)
    reason = _reason(found, occasion.outside)
    known = reason is None
    people = people_of(dataset)
    member_of = grouping.of_customers() if grouping else {}
    mixed = reason is not None and reason.code in {"several-currencies", NO_DATA}
    rows = [] if mixed else rows_of(found, parts)
    nobody = in_ten_thousandths(found.unallocated, parts)
    before, earlier, notes = _before(dataset, occasion) if known else (None, {}, ())
    there = standing(dataset, period, occasion.settings)
    shared = shared_costs(found, parts)
    plain = ((account_of(row, people, found, known=known), row) for row in rows)
    pairs = [(_placed(one, member_of, there, earlier, shared), row) for one, row in plain]
    pairs.sort(key=_place)
    accounts = tuple(one for one, _ in pairs)
    cuts = occasion.settings.get("tiers", DEFAULT)
    ranked = tuple(_ranked(accounts, cuts)) if known else accounts
    notes = (
        *(*found.notes, *notes, *_of_money(dataset, before or period, period)),
        *([rule(cuts, "profit")] if known and cuts != DEFAULT else ()),
    )
    sold = sales(dataset.frame("invoices"), period, parts) if known else None
    ranking = Ranking(
        accounts=ranked,
        totals=NO_SUMS if mixed else totals_of(pairs, found, known=known),
        unallocated=NO_SUMS if mixed else unallocated(nobody, found, known=known),
        currency=found.currencies.one,
        notes=notes,
        groups=tuple(of_groups(pairs, found, grouping, known=known)) if grouping else (),
        reason=reason,
        before=before,
        managers=tuple(of_managers(pairs, found, there, people, known=known)),
        leavers=there.leavers(earlier) if there and earlier else None,
        why=tuple(explained(ranked, sold, grouping.by if grouping else None)) if sold else (),
    )
    return ranking, found


def _placed(
    one: Account,
    member_of: Mapping[str, str | None],
    there: Standing | None,
    earlier: Mapping[str, Account],
    shared: Mapping[str, Amount],
) -> Account:
    """Add what else is known of an account: its group, its status, and how it did before."""
    before = earlier.get(one.customer_id, _NONE)
    return replace(
        one,
        group=member_of.get(one.customer_id),
        status=there.status(one.customer_id) if there else None,
        profit_before=before.profit,
        margin_before=before.margin,
        shared_cost=shared.get(one.customer_id, 0),
    )


def _reason(found: AccountProfit, outside: str | None) -> Undefined | None:
    """Say why there is no profit; that nobody was billed is no reason."""
    if outside:
        return Undefined(NO_DATA, f"no data in the period: {outside}")
    return found.reason if found.reason and found.reason.code != "no-accounts" else None


def _of_money(dataset: Dataset, first: Period, last: Period) -> tuple[str, ...]:
    """Say what tax was taken out, and at which rates amounts were converted."""
    taxed = (tax_note(dataset.tax),) if dataset.tax else ()
    return (*taxed, *conversion_notes(dataset, first.start, last.end))


def _before(
    dataset: Dataset, occasion: Occasion
) -> tuple[Period | None, dict[str, Account], tuple[str, ...]]:
    """Give the period before with its accounts, if it has any, and say where it is not whole."""
    try:
        before = occasion.period.previous()
    except (ValueError, OverflowError):
        return None, {}, ()
    found = profits_of(dataset, before, occasion.settings)
    begun = dataset.invoices_begin
    if found.reason is not None or begun is None or begun >= before.end:
        return None, {}, ()
    accounts = (
        account_of(row, {}, found, known=True) for row in rows_of(found, dataset.money_parts)
    )
    notes: tuple[str, ...] = ()
    if begun > before.start:
        notes = (f"changes are against {before.label}, of which invoices begin on {begun}",)
    return before, {one.customer_id: one for one in accounts}, notes


def _place(pair: tuple[Account, Row]) -> tuple[bool, Amount, str]:
    profit = pair[0].profit
    return profit is None, -(profit or 0), pair[0].customer_id


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
