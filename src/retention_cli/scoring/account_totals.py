"""What accounts add up to: all, those of a group or manager, and what is nobody's."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from retention_cli.results.accounts import Account, GroupTotals, Manager, Totals
from retention_cli.scoring.account_sums import Row, gain_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from retention_cli.dataset.groups import Grouping
    from retention_cli.kpis.ingredients.account_profit import AccountProfit
    from retention_cli.scoring.account_standing import Standing

NO_SUMS = Totals(
    revenue=None, revenue_without_cost=None, direct_cost=None, cost_to_serve=None, profit=None
)


def of_managers(
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
            totals_of(ours.get(name, ()), found, known=known),
            kept.get(name, (0, 0))[0] if there else None,
            kept.get(name, (0, 0))[1] if there else None,
        )
        for name in {**ours, **kept}
    ]
    yield from sorted(
        lines, key=lambda one: (one.name is None, -(one.totals.revenue or 0), one.name or "")
    )


def unallocated(nobody: Row, found: AccountProfit, *, known: bool) -> Totals:
    """Give the sums of what belongs to no account."""
    return Totals(
        revenue=nobody["revenue"] + nobody["unknown"],
        revenue_without_cost=nobody["unknown"],
        direct_cost=nobody["direct_cost"] if found.direct else None,
        cost_to_serve=nobody["cost_to_serve"] if found.serving else None,
        profit=gain_of(nobody) if known else None,
    )


def of_groups(
    pairs: Sequence[tuple[Account, Row]], found: AccountProfit, grouping: Grouping, *, known: bool
) -> Iterator[GroupTotals]:
    """Give the totals of each group that has accounts."""
    members: dict[str | None, list[tuple[Account, Row]]] = {}
    for pair in pairs:
        members.setdefault(pair[0].group, []).append(pair)
    for value in grouping.values:
        if ours := members.get(value):
            totals = totals_of(ours, found, known=known)
            yield GroupTotals(grouping.by, value, len(ours), totals)


def totals_of(pairs: Sequence[tuple[Account, Row]], found: AccountProfit, *, known: bool) -> Totals:
    """Add accounts up."""
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
