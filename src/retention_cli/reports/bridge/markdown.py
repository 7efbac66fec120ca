"""A bridge as Markdown tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_cli.reports.bridge._shown import (
    customer_rows,
    doors,
    group_title,
    ids_of,
    money_rows,
    undefined,
)
from retention_cli.reports.words.markdown import items, table
from retention_cli.text.safe_text import safe_markdown
from retention_cli.values.measures import Undefined

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from retention_cli.results.bridge import Bridge, Walk


def render(found: Bridge) -> str:
    """Write the bridges of all and of each group; no name can break a table."""
    span = found.period
    lines = [f"# From the start of {span.label} to its end", ""]
    for walk in found.walks:
        if walk.group is not None:
            lines += [f"## {safe_markdown(group_title(walk))}", ""]
        lines += _walk(walk)
    if found.members:
        lines += _table(("Line", "Customer", "Before", "Now"), ids_of(found.total), numbers=2)
    return "\n".join(lines[:-1]) + "\n"


def _walk(walk: Walk) -> Iterator[str]:
    if rows := customer_rows(walk):
        yield from _table(("", "", "Customers"), [row[:3] for row in rows], numbers=1)
    if rows := money_rows(walk):
        currency = None if isinstance(walk.money, Undefined) else walk.money.currency
        amount = f"Amount ({currency})" if currency else "Amount"
        yield from _table(("", "", amount, "Customers"), rows, numbers=2)
    said = [*doors(walk), *undefined(walk), *walk.said]
    yield from items(said)
    yield ""


def _table(heads: tuple[str, ...], rows: Iterable[tuple[str, ...]], *, numbers: int) -> list[str]:
    stripped = ([cell.strip() for cell in row] for row in rows)
    places = range(len(heads) - numbers, len(heads))
    return [*table(heads, stripped, numbers=places), ""]
