"""What accounts would come to if prices, costs or the accounts themselves were others."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from retention_cli.errors import RetentionError
from retention_cli.results.what_if import Changed, WhatIf

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from retention_cli.results.accounts import Account
    from retention_cli.results.what_if import Step

_MONEY = ("revenue", "revenue_without_cost", "direct_cost", "cost_to_serve")


def what_if(accounts: Sequence[Account], steps: Sequence[Step]) -> WhatIf:
    """Take steps in their order, and add the accounts up again.

    Formula: a percentage is of what is there after the step before it. A drop takes what an account
        brings and costs, but not its shares of common costs, which are left over.
    Errors: RetentionError for a step of accounts that there are not, or of a cost that nothing has.
    """
    known = [one for one in accounts if one.profit is not None]
    sums = {
        one.customer_id: [Fraction(getattr(one, name) or 0) for name in _MONEY] for one in known
    }
    dropped: set[str] = set()
    for step in steps:
        ours = [one for one in known if one.customer_id not in dropped]
        chosen = _chosen(step, known, ours)
        if step.what == "drop":
            limit = step.amount or Fraction(0)
            dropped |= {one.customer_id for one in chosen if _gain(sums[one.customer_id]) < limit}
            continue
        if all(getattr(one, step.what) is None for one in chosen):
            raise RetentionError(
                f"--what-if: '{step.text}': the exports have no {step.what.replace('_', ' ')}",
                "leave the step out",
            )
        for one in chosen:
            _change(sums[one.customer_id], step)
    shares = (Fraction(one.shared_cost) for one in known if one.customer_id in dropped)
    left_over = sum(shares, Fraction(0))
    changed = tuple(_changed(one.customer_id, sums[one.customer_id], dropped) for one in known)
    profit = sum((one.profit for one in changed), Fraction(0)) - left_over
    revenue = sum((one.revenue for one in changed), Fraction(0))
    kept = (one for one in known if one.customer_id not in dropped)
    without = sum((sums[one.customer_id][1] for one in kept), Fraction(0))
    return WhatIf(
        steps=tuple(steps),
        assumptions=tuple(_assumptions(steps, left_over)),
        accounts=changed,
        revenue=revenue,
        profit=profit,
        margin=profit / (revenue - without) if revenue > without else None,
        left_over=left_over,
    )


def _chosen(step: Step, known: Sequence[Account], ours: Sequence[Account]) -> Sequence[Account]:
    """Take the accounts of a group, manager or tier, or the one of an id."""
    if step.only is None:
        return ours
    wanted = step.only.casefold()

    def is_meant(one: Account) -> bool:
        names = (one.customer_id, one.group, one.manager, f"tier {one.tier}")
        return wanted in {name.casefold() for name in names if name is not None}

    if not any(map(is_meant, known)):
        raise RetentionError(
            f"--what-if: '{step.text}': no account, group or manager is '{step.only}'",
            "name an id, a manager, 'tier A', or a value of the column of --by",
        )
    return [one for one in ours if is_meant(one)]


def _change(sums: list[Fraction], step: Step) -> None:
    places = {"revenue": (0, 1), "direct_cost": (2,), "cost_to_serve": (3,)}[step.what]
    if step.percent is not None:
        for place in places:
            sums[place] *= 1 + step.percent
    else:
        sums[places[0]] += step.amount or 0


def _gain(sums: Sequence[Fraction]) -> Fraction:
    return sums[0] - sums[1] - sums[2] - sums[3]


def _changed(id_: str, sums: Sequence[Fraction], dropped: set[str]) -> Changed:
    if id_ in dropped:
        none = Fraction(0)
        return Changed(id_, none, none, none, none, None, dropped=True)
    known, gain = sums[0] - sums[1], _gain(sums)
    margin = gain / known if known > 0 else None
    return Changed(id_, sums[0], sums[2], sums[3], gain, margin, dropped=False)


def _assumptions(steps: Sequence[Step], left_over: Fraction) -> Iterator[str]:
    kinds = {step.what for step in steps}
    if "revenue" in kinds:
        yield "no customer leaves or buys less because of the price, and costs stay as they are"
    if kinds & {"direct_cost", "cost_to_serve"}:
        yield "no customer leaves or buys less because of what is spent on it, and prices stay"
    if "drop" in kinds:
        yield "what a dropped account bought and cost is gone, and nothing takes its place"
    if left_over:
        yield "shares of common costs do not go with an account: they are left over, and taken off"
    yield "what belongs to no account, and accounts without a known cost, are not in it"
