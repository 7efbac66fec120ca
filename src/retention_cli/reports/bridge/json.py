"""A bridge as JSON, schema retention-bridge/1."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_cli.reports.words.figures import reason_text
from retention_cli.reports.words.machine import (
    amount,
    amounts,
    data_of,
    fields,
    group_of,
    period,
    share,
    written,
)
from retention_cli.reports.words.numbers import machine
from retention_cli.values.measures import Undefined, Unit

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from retention_cli.results.bridge import Bridge, Line, Loss, Walk


def render(found: Bridge) -> str:
    """Write the walk of all and of each group. Money is text, so that no reader rounds it."""
    envelope: dict[str, Any] = {
        "schema": "retention-bridge/1",
        "period": period(found.period),
        **_walk(found.total),
        "groups": [_group(one) for one in found.groups],
    }
    if found.members:
        envelope |= _members(found.total)
    return written({**envelope, "data": data_of(found)})


def _walk(walk: Walk) -> dict[str, Any]:
    counts, money = walk.counts, walk.money
    return {
        "customers": None
        if isinstance(counts, Undefined)
        else {name: part.total for name, part in counts.items()},
        "customers_reason": reason_text(counts) if isinstance(counts, Undefined) else None,
        "money": [] if isinstance(money, Undefined) else _lines(money.lines),
        "money_reason": reason_text(money) if isinstance(money, Undefined) else None,
        "others": [] if isinstance(money, Undefined) else _lines(money.others),
        "currency": None if isinstance(money, Undefined) else money.currency,
        "lost_by_reason": [_loss(one) for one in walk.losses],
        "doors": _doors(walk),
        "basis": walk.basis,
        "notes": list(walk.said),
    }


def _lines(lines: Sequence[Line]) -> list[dict[str, Any]]:
    return [{"line": one.name, "amount": amount(one.amount), "n": one.n} for one in lines]


def _loss(one: Loss) -> dict[str, Any]:
    return {**fields(one, "reason voluntary customers"), "amount": amount(one.amount)}


def _doors(walk: Walk) -> dict[str, Any]:
    units = {"customers": Unit.COUNT, "money": Unit.MONEY}
    return {
        name: {
            "front": machine(front, units[name]),
            "back": machine(back, units[name]),
            "per_lost": share(per_lost),
        }
        for name, (front, back, per_lost) in walk.doors().items()
    }


def _group(walk: Walk) -> dict[str, Any]:
    return {"group": group_of(walk.group or ("", None)), **_walk(walk)}


def _members(walk: Walk) -> dict[str, Any]:
    counts = {} if isinstance(walk.counts, Undefined) else walk.counts
    return {
        "members": {name: part.ids() for name, part in counts.items()},
        "rows": [
            {**fields(one, "customer_id line"), **amounts(one, "before now")} for one in walk.rows
        ],
    }
