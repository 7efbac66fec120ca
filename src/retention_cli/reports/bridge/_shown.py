"""A bridge as people read it: what its lines are called, and their amounts with a sign."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_cli.reports.words.figures import reason_text
from retention_cli.reports.words.numbers import count, text
from retention_cli.text.wording import many
from retention_cli.values.measures import Undefined, Unit

if TYPE_CHECKING:
    from retention_cli.results.bridge import Amount, Loss, Walk

CUSTOMERS = {
    "start": ("", "Customers at the start"),
    "lost": ("-", "lost"),
    "acquired": ("+", "acquired"),
    "acquired_and_lost": ("-", "acquired and lost again"),
    "reactivated": ("+", "reactivated"),
    "end": ("=", "Customers at the end"),
}
MONEY = {
    "before": ("", "Revenue before, of the customers at the start"),
    "lost": ("-", "lost"),
    "contraction": ("-", "contraction"),
    "expansion": ("+", "expansion"),
    "kept": ("=", "Revenue of the customers kept"),
    "new": ("+", "new"),
    "reactivated": ("+", "reactivated"),
    "billed_before_leaving": ("+", "billed before leaving"),
    "others": ("+", "others"),
    "revenue": ("=", "Revenue of the period"),
}
OTHERS = {
    "former": "former customers",
    "came_back_and_left": "came back and left again",
    "not_yet_started": "start after the period",
    "unknown": "ids that are not among the customers",
    "no_id": "rows without an id",
}
SUMS = {"start", "end", "before", "kept", "revenue"}
"""The lines that the others lead from and to."""

Row = tuple[str, str, str, str]
"""A sign, a name, an amount and the number of ids."""


def group_title(walk: Walk) -> str:
    """Name a group.

    Example:
        >>> from retention_cli.results.bridge import Walk
        >>> from retention_cli.values.measures import Undefined
        >>> group_title(Walk(("plan", None), Undefined("a", "b"), Undefined("a", "b")))
        'no plan'
    """
    by, value = walk.group or ("group", None)
    return f"no {by}" if value is None else f"{by}: {value}"


def customer_rows(walk: Walk) -> list[Row]:
    """Give the lines of customers; the lost are split where there are reasons."""
    if isinstance(walk.counts, Undefined):
        return []
    rows: list[Row] = []
    for name, part in walk.counts.items():
        sign, label = CUSTOMERS[name]
        rows.append((sign, label, count(part.total), ""))
        if name == "lost":
            rows += [("", f"  {_why(one)}", count(one.customers), "") for one in walk.losses]
    return rows


def money_rows(walk: Walk) -> list[Row]:
    """Give the lines of money; lost and others are split."""
    if isinstance(walk.money, Undefined):
        return []
    rows: list[Row] = []
    for line in walk.money.lines:
        sign, label = MONEY[line.name]
        rows.append((sign, label, _amount(line.amount), count(line.n)))
        if line.name == "lost":
            rows += [
                ("", f"  {_why(one)}", _amount(one.amount), count(one.customers))
                for one in walk.losses
                if one.amount is not None
            ]
        if line.name == "others":
            rows += [
                ("", f"  {OTHERS[one.name]}", _amount(one.amount), count(one.n) if one.n else "")
                for one in walk.money.others
            ]
    return rows


def doors(walk: Walk) -> list[str]:
    """Say how much came in by the front door for what went out by the back door."""
    said = []
    for name, (front, back, share) in walk.doors().items():
        unit = Unit.COUNT if name == "customers" else Unit.MONEY
        came, went = text(front, unit), text(back, unit)
        ratio = "" if share is None else f": {text(share, Unit.POINTS, finer=1)} in for each 1 lost"
        said.append(f"{name}: {came} new and reactivated, {went} lost{ratio}")
    return said


def undefined(walk: Walk) -> list[str]:
    """Say which bridge is not there, and why; once where it is the same."""
    reasons: dict[str, list[str]] = {}
    for name, bridge in (("customers", walk.counts), ("money", walk.money)):
        if isinstance(bridge, Undefined):
            reasons.setdefault(reason_text(bridge), []).append(name)
    return [f"{' and '.join(names)}: {reason}" for reason, names in reasons.items()]


def ids_of(walk: Walk) -> list[tuple[str, str, str, str]]:
    """Give each customer in each line, with its money before and now."""
    return [
        (
            MONEY[one.line][1],
            "rows without an id" if one.customer_id is None else one.customer_id,
            _amount(one.before),
            _amount(one.now),
        )
        for one in walk.rows
    ]


def moved(walk: Walk) -> list[tuple[str, str]]:
    """Give the ids behind each line of customers that moved."""
    if isinstance(walk.counts, Undefined):
        return []
    return [
        (f"{CUSTOMERS[name][1]} ({many(part.total, 'customer')})", ", ".join(part.ids()))
        for name, part in walk.counts.items()
        if name not in SUMS and part.total
    ]


def _amount(amount: Amount) -> str:
    return text(amount, Unit.MONEY)


def _why(one: Loss) -> str:
    reason = one.reason or "no reason given"
    if one.voluntary is None:
        return reason
    return f"{reason} ({'voluntary' if one.voluntary else 'not voluntary'})"
