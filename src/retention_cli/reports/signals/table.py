"""Signals for a terminal: a block an account, then the rules and the back-test."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.table import Table
from rich.text import Text

from retention_cli.reports.signals._shown import (
    NARROW,
    TEST_HEADINGS,
    heading,
    rule_text,
    shared_text,
    sign_text,
    stake,
    test_lines,
    test_rows,
    title,
    todo,
)
from retention_cli.reports.words.below import brief, in_full
from retention_cli.reports.words.console import (
    HANG,
    Listing,
    Paragraph,
    printed,
    section,
    shown,
)
from retention_cli.reports.words.numbers import count

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import RenderableType

    from retention_cli.results.signals import Account, Signals

_MOST, _WIDE = 20, 100
"""More accounts than this are cut short on a screen; every other format has them all."""


def render(
    found: Signals, *, width: int | None = None, colour: bool = False, verbose: bool = False
) -> str:
    """Write the accounts for `width` columns; None is as wide as needed."""
    parts: list[RenderableType] = [Text(title(found), style="bold")]
    if any(one.revenue is not None for one in found.accounts):
        parts.append(Text("at stake: revenue and profit of the twelve months before", style="dim"))
    most = len(found.accounts) if verbose or width is None else _MOST
    for one in found.accounts[:most]:
        parts += ["", *_block(one, found)]
    if more := len(found.accounts) - most:
        parts += (
            ["", Text(f"and {count(max(more, 0))} more: --verbose, --format csv", style="dim")]
            if more > 0
            else []
        )
    parts += [
        "",
        *_test(found, width),
        *section("Rules", [*_rules(found, verbose=verbose), shared_text(found)]),
        "",
    ]
    if verbose:
        parts += [*section("Notes", found.notes), ""] if found.notes else []
        return printed([*parts[:-1], *in_full(found, width)], width=width, colour=colour)
    parts += brief(found, found.notes, grouped=True)
    return printed(parts, width=width, colour=colour)


def _block(one: Account, found: Signals) -> Iterator[RenderableType]:
    """Lay out an account: its name and stake on one line where there is room for both."""
    line = Table.grid(expand=False, padding=(0, HANG))
    line.add_column(overflow="fold")
    line.add_column(justify="right", no_wrap=True)
    line.add_row(shown(heading(one), "bold"), stake(one, found))
    yield line
    for sign in one.signals:
        yield Paragraph(shown(sign_text(sign, found)), indent=HANG)
    yield Paragraph(shown(todo(one), "green"), indent=HANG)


def _rules(found: Signals, *, verbose: bool) -> Iterator[str]:
    for one in found.rules:
        yield rule_text(one, found)
        if verbose:
            yield from (f"  {name}: {meaning}" for name, _, meaning in one.thresholds)


def _test(found: Signals, width: int | None) -> Iterator[RenderableType]:
    lines, rows = list(test_lines(found)), test_rows(found)
    yield from section("Back-test", lines)
    if rows:
        yield ""
        shown_ = None if width is None or width >= _WIDE else NARROW
        yield Listing(TEST_HEADINGS[:shown_], tuple(row[:shown_] for row in rows), whole=NARROW)
    yield ""
