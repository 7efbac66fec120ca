"""A bridge as CSV: one row a line, RFC 4180; with members one row a customer and line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_cli.reports.words import as_csv
from retention_cli.reports.words.figures import reason_text
from retention_cli.reports.words.numbers import machine
from retention_cli.text.outputs import BRIDGE, BRIDGE_ROWS
from retention_cli.values.measures import Undefined, Unit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from retention_cli.results.bridge import Amount, Bridge, Walk

_TEXT = {"group_by", "group", "line", "customer_id"}


def render(found: Bridge) -> str:
    """Write the lines, or the members; text that a spreadsheet would run as a formula is made inert."""
    return as_csv.written(BRIDGE_ROWS if found.members else BRIDGE, rows(found), texts=_TEXT)


def rows(found: Bridge) -> Iterator[dict[str, object]]:
    """Give the lines, or the members, by column."""
    span = found.period
    when = {"period": span.label, "period_start": span.start, "period_end": span.end}
    for row in _members(found.total) if found.members else _lines(found):
        yield when | row


def _lines(found: Bridge) -> Iterator[dict[str, object]]:
    for walk in found.walks:
        by, value = walk.group or (None, None)
        for row in (*_customers(walk), *_money(walk)):
            of_all = {"group_by": by, "group": value, "basis": walk.basis}
            yield {**of_all, "reason": found.incomplete, **row}


def _customers(walk: Walk) -> Iterator[dict[str, object]]:
    if isinstance(walk.counts, Undefined):
        yield {"bridge": "customers", "reason": reason_text(walk.counts)}
        return
    for name, part in walk.counts.items():
        yield {"bridge": "customers", "line": name, "value": part.total, "n": part.total}
    for one in walk.losses:
        row = {"bridge": "lost_customers", "line": one.reason, "n": one.customers}
        yield {**row, "value": one.customers, "voluntary": _told(voluntary=one.voluntary)}


def _money(walk: Walk) -> Iterator[dict[str, object]]:
    if isinstance(walk.money, Undefined):
        yield {"bridge": "money", "reason": reason_text(walk.money)}
        return
    money = {"currency": walk.money.currency}
    for bridge, lines in (("money", walk.money.lines), ("others", walk.money.others)):
        for line in lines:
            row = {"bridge": bridge, "line": line.name, "n": line.n, **money}
            yield {**row, "value": _amount(line.amount)}
    for one in walk.losses:
        if one.amount is not None:
            row = {"bridge": "lost_money", "line": one.reason, "n": one.customers}
            yield {
                **row,
                "value": _amount(one.amount),
                "voluntary": _told(voluntary=one.voluntary),
                **money,
            }


def _members(walk: Walk) -> Iterator[dict[str, object]]:
    currency = None if isinstance(walk.money, Undefined) else walk.money.currency
    for one in walk.rows:
        row = {"customer_id": one.customer_id, "line": one.line, "currency": currency}
        yield {**row, "before": _amount(one.before), "now": _amount(one.now)}


def _amount(amount: Amount) -> float | str:
    return machine(amount, Unit.MONEY)


def _told(*, voluntary: bool | None) -> str | None:
    return None if voluntary is None else "yes" if voluntary else "no"
