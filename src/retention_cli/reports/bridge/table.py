"""A bridge as a table for a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.table import Table
from rich.text import Text

from retention_cli.reports.bridge._shown import (
    customer_rows,
    doors,
    group_title,
    ids_of,
    money_rows,
    moved,
    undefined,
)
from retention_cli.reports.words.below import brief, in_full
from retention_cli.reports.words.console import Listing, printed, section, shown
from retention_cli.values.measures import Undefined

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import RenderableType

    from retention_cli.reports.bridge._shown import Row
    from retention_cli.results.bridge import Bridge, Walk

_GAP = 2


def render(
    found: Bridge, *, width: int | None = None, colour: bool = False, verbose: bool = False
) -> str:
    """Write the bridges for `width` columns; None is as wide as they need to be."""
    span = found.period
    title = f"Bridge · {span.start} to {span.last_day}, against {span.previous().label}"
    parts: list[RenderableType] = [Text(title, style="bold"), ""]
    for walk in found.walks:
        if walk.group is not None:
            parts += [shown(group_title(walk), "bold"), ""]
        parts += _walk(walk)
    if found.members:
        parts += _members(found.total)
    if verbose:
        return printed([*parts[:-1], *in_full(found, width)], width=width, colour=colour)
    notes = dict.fromkeys(note for walk in found.walks for note in walk.said)
    said = brief(found, notes, grouped=bool(found.groups))
    return printed([*parts, *said], width=width, colour=colour)


def _walk(walk: Walk) -> Iterator[RenderableType]:
    if rows := customer_rows(walk):
        yield _table(rows, "Customers")
        yield ""
    if rows := money_rows(walk):
        currency = None if isinstance(walk.money, Undefined) else walk.money.currency
        yield _table(rows, currency or "Amount", "Customers")
        yield ""
    if said := doors(walk):
        yield from section("Front door against back door", said)
        yield ""
    if why := undefined(walk):
        yield from section("Undefined", why)
        yield ""


def _table(rows: Sequence[Row], *numbers: str) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, _GAP, 0, 0), header_style="dim")
    table.add_column("", no_wrap=True)
    table.add_column("", overflow="fold")
    for name in numbers:
        table.add_column(name, justify="right", no_wrap=True)
    for sign, label, *cells in rows:
        is_sum = sign in {"", "="} and not label.startswith(" ")
        style = "bold" if is_sum else "dim" if label.startswith(" ") else ""
        table.add_row(*(shown(one, style) for one in (sign, label, *cells[: len(numbers)])))
    return table


def _members(walk: Walk) -> Iterator[RenderableType]:
    for heading, ids in moved(walk):
        yield from section(heading, [ids])
    if moved(walk):
        yield ""
    if rows := ids_of(walk):
        yield Listing(("Line", "Customer", "Before", "Now"), tuple(rows))
        yield ""
