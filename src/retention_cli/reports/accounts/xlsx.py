"""Accounts as a workbook that finance can check: what is computed is a live formula with its value."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from retention_cli.reports.accounts import _overview as overview
from retention_cli.reports.words.sheets import data_quality, definitions
from retention_cli.reports.words.terms import terms
from retention_cli.reports.words.workbook import (
    MOST_ROWS,
    Book,
    Column,
    Formula,
    cell,
    letter,
    money,
    ratio,
    span,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from retention_cli.reports.words.workbook import Cell, Sheet
    from retention_cli.results.accounts import Account, Accounts, Amount, Manager
    from retention_cli.results.what_if import WhatIf

_MONEY = ("Revenue", "Revenue without cost", "Direct cost", "Cost to serve", "Profit")
_COLUMNS = (
    *(Column("Rank", "count", 6), Column("Account", width=14), Column("Name", width=30)),
    *(Column("Manager", width=18), Column("Group", width=14), Column("Tier", width=6)),
    *(Column("Status", width=10), *(Column(name, "money", 14) for name in _MONEY)),
    *(Column("Margin", "ratio", 9), Column("Share of profit", "ratio", 10)),
    *(Column("Cumulative share", "ratio", 11), Column("Profit before", "money", 14)),
    *(Column("Change of profit", "money", 14), Column("Margin before", "ratio", 9)),
    Column("Change of margin", "ratio", 9),
)
_AT = {column.heading: place for place, column in enumerate(_COLUMNS)}
_IN = {name: letter(place) + "{0}" for name, place in _AT.items()}
_KNOWN = f"{_IN['Revenue']}-{_IN['Revenue without cost']}"
_PROFIT = f"={_KNOWN}-{_IN['Direct cost']}-{_IN['Cost to serve']}"
_MARGIN = f'=IF({_KNOWN}>0,{_IN["Profit"]}/({_KNOWN}),"")'
_SHARE = f"={_IN['Profit']}/{{1}}"
_FIRST = f"={_IN['Share of profit']}"
_REACHED = f"={letter(_AT['Cumulative share'])}{{1}}+{_IN['Share of profit']}"
_CHANGE = f"={_IN['Profit']}-{_IN['Profit before']}"
_POINTS = f"={_IN['Margin']}-{_IN['Margin before']}"
"""What is computed on a row: 0 is its number, 1 that of the one above, or the cell of all gains."""
_LOOKS = tuple(column.look for column in _COLUMNS)


def render(found: Accounts) -> bytes:
    """Write Summary, Accounts, Cost lines, Managers, Definitions and Data quality."""
    title = f"Accounts by profit, {found.period.start} to {found.period.last_day}"
    book = Book(title)
    accounts_sheets(book, found, "Summary")
    _cost_lines(book, found)
    managers(book, found)
    if found.what_if:
        _what_if(book, found, found.what_if)
    definitions(book, [*terms("accounts").items()])
    data_quality(book, found)
    return book.closed()


def accounts_sheets(book: Book, found: Accounts, summary: str, *, names: bool = True) -> None:
    """Add a sheet of what they come to, and Accounts, on which all of them stand."""
    last = overview.FIRST_ROW + max(len(found.accounts), 1) - 1
    overview.summary(book, found, summary, rows=(overview.FIRST_ROW, last), at=_AT)
    sheet = book.sheet("Accounts", overview.heading(found), notes=["The totals follow the filter."])
    sheet.head(_COLUMNS, frozen=_AT["Manager"])
    first, last = sheet.rows(_COLUMNS, _rows(sheet, found, summary, names=names))
    totals: list[Cell] = [
        "Total",
        f"{len(found.accounts):,} accounts",
        *[None] * (len(_COLUMNS) - 2),
    ]
    for place, value in zip(range(_AT["Revenue"], _AT["Margin"]), _sums(found), strict=True):
        totals[place] = Formula(f"=SUBTOTAL(9,{span(first, last, place)})", money(value))
    totals[_AT["Margin"]] = Formula(_MARGIN.format(sheet.row + 1), ratio(found.totals.margin))
    sheet.line(totals, "text", *_LOOKS[1:], total=True)
    for name in ("Profit", "Margin", "Change of profit"):
        bad = {"type": "cell", "criteria": "<", "value": 0, "format": book.bad}
        sheet.sheet.conditional_format(first, _AT[name], last, _AT[name], bad)
    tier = {"type": "cell", "criteria": "==", "value": '"A"', "format": book.good}
    sheet.sheet.conditional_format(first, _AT["Tier"], last, _AT["Tier"], tier)


def _sums(found: Accounts) -> list[Amount | None]:
    totals = found.totals
    return [
        *(totals.revenue, totals.revenue_without_cost, totals.direct_cost),
        *(totals.cost_to_serve, totals.profit),
    ]


def _rows(sheet: Sheet, found: Accounts, summary: str, *, names: bool) -> Iterator[Sequence[Cell]]:
    gains = overview.GAINS.format(summary) if found.gains else None
    for one in found.accounts:
        yield _row(one if names else replace(one, customer_name=None), sheet.row, gains)


def _row(one: Account, row: int, gains: str | None) -> Sequence[Cell]:
    profit, margin, share, reached, change, points = (None, *[None] * 5)
    at = row + 1
    if one.profit is not None:
        profit = Formula(_PROFIT.format(at), money(one.profit))
        margin = Formula(_MARGIN.format(at), ratio(one.margin))
        if gains:
            share = Formula(_SHARE.format(at, gains), ratio(one.share))
            reached = Formula(
                (_REACHED if one.rank != 1 else _FIRST).format(at, row), ratio(one.cumulative_share)
            )
        if one.profit_before is not None:
            change = Formula(_CHANGE.format(at), money(one.profit - one.profit_before))
    if one.margin is not None and one.margin_before is not None:
        points = Formula(_POINTS.format(at), ratio(one.margin - one.margin_before))
    return (
        *(
            one.rank,
            one.customer_id,
            one.customer_name,
            one.manager,
            one.group,
            one.tier,
            one.status,
        ),
        *(money(one.revenue), money(one.revenue_without_cost), money(one.direct_cost)),
        *(
            money(one.cost_to_serve),
            profit,
            margin,
            share,
            reached,
            money(one.profit_before),
            change,
        ),
        *(ratio(one.margin_before), points),
    )


_LINES = (
    *(Column("Account", width=14), Column("Cost line", width=36), Column("Date", "text", 11)),
    *(Column("Number", "number", 10), Column("Rate", "money", 11), Column("Amount", "money", 14)),
    *(Column("File", width=30), Column("Row", "count", 9)),
)


def _cost_lines(book: Book, found: Accounts) -> None:
    notes = ["Their sum is direct cost and cost to serve, with what belongs to no account."]
    sheet = book.sheet("Cost lines", "The lines behind the costs of each account", notes=notes)
    sheet.head(_LINES, frozen=1)
    left: list[Amount] = []
    kept: list[Amount] = []

    def rows() -> Iterator[Sequence[Cell]]:
        for one in found.lines():
            if sheet.row >= MOST_ROWS:
                left.append(one.amount)
                continue
            kept.append(one.amount)
            amount: Cell = money(one.amount)
            if one.quantity is not None and one.rate is not None:
                worth = f"=D{sheet.row + 1}*E{sheet.row + 1}"
                amount = Formula(worth, money(one.amount))
            yield (
                *(one.customer_id, one.what, one.day, ratio(one.quantity), money(one.rate)),
                *(amount, one.file, one.row),
            )

    first, last = sheet.rows(_LINES, rows())
    total = Formula(f"=SUBTOTAL(9,{span(first, last, 5)})", money(sum(kept)))
    looks = [column.look for column in _LINES]
    sheet.line(["Total", None, None, None, None, total, None, None], *looks, total=True)
    if left:
        said = f"and {len(left):,} more lines, which no sheet has room for: --members --format csv"
        sheet.line([said, None, None, None, None, money(sum(left))], *looks[:6])


def managers(book: Book, found: Accounts) -> None:
    """Add the sheet of account managers."""
    columns = (
        *(Column("Manager", width=26), Column("Accounts", "count", 10)),
        *(Column("Customers at the start", "count", 12), Column("Of them kept", "count", 10)),
        *(Column("Retention", "ratio", 10), Column("Revenue", "money", 16)),
        *(Column("Revenue without cost", "money", 14), Column("Profit", "money", 16)),
        Column("Margin", "ratio", 10),
    )
    sheet = book.sheet("Managers", "Accounts, retention, revenue and margin by account manager")
    sheet.head(columns, frozen=1)
    if not found.managers:
        sheet.line(["no export says who looks after an account"])
        return
    first, last = sheet.rows(columns, (_manager(one, sheet) for one in found.managers))
    for place in (4, 8):
        scale = {"type": "2_color_scale", "min_color": "#FCE4D6", "max_color": "#C6E0B4"}
        sheet.sheet.conditional_format(first, place, last, place, scale)


def _manager(one: Manager, sheet: Sheet) -> Sequence[Cell]:
    row, totals = sheet.row, one.totals
    kept = None
    if one.retention is not None:
        kept = Formula(f"={cell(row, 3)}/{cell(row, 2)}", ratio(one.retention))
    known = f"{cell(row, 5)}-{cell(row, 6)}"
    margin = Formula(f'=IF({known}>0,{cell(row, 7)}/({known}),"")', ratio(totals.margin))
    name = "no manager" if one.name is None else one.name
    sums = map(money, (totals.revenue, totals.revenue_without_cost, totals.profit))
    return (name, one.accounts, one.starters, one.kept, kept, *sums, margin)


def _what_if(book: Book, found: Accounts, told: WhatIf) -> None:
    """Set profit after the steps beside that of today, account by account."""
    columns = (
        *(Column("Account", width=14), Column("Profit today", "money", 16)),
        *(
            Column(name, "money", 16)
            for name in ("Revenue", "Direct cost", "Cost to serve", "Profit")
        ),
        *(
            Column("Change", "money", 14),
            Column("Margin", "ratio", 10),
            Column("Dropped", width=10),
        ),
    )
    title = f"What if: {'; '.join(step.text for step in told.steps)}"
    sheet = book.sheet("What if", title, notes=[f"Assumed: {one}." for one in told.assumptions])
    sheet.head(columns, frozen=1)
    today = {one.customer_id: one for one in found.accounts}

    def rows() -> Iterator[Sequence[Cell]]:
        for one in told.accounts:
            at, now = sheet.row + 1, today[one.customer_id]
            without = Fraction(one.revenue - one.direct_cost - one.cost_to_serve - one.profit)
            profit = Formula(f"=C{at}-D{at}-E{at}-{float(without / 10_000)!r}", money(one.profit))
            change = Formula(f"=F{at}-B{at}", money(one.profit - (now.profit or 0)))
            sums = map(money, (now.profit, one.revenue, one.direct_cost, one.cost_to_serve))
            dropped = "dropped" if one.dropped else None
            yield (one.customer_id, *sums, profit, change, ratio(one.margin), dropped)

    first, last = sheet.rows(columns, rows())
    left: list[Cell] = ["Common costs left over", None, None, None, None, money(-told.left_over)]
    sheet.line([*left, money(-told.left_over)], *(column.look for column in columns[:7]))
    today_in_all = found.totals.profit
    sums = [sum(getattr(one, name) for one in told.accounts) for name in _CHANGED]
    # What is left over is in the row below the accounts, and in their profit and its change alone.
    total = [
        Formula(f"=SUM({span(first, last + (place > _LAST_COST), place)})", money(value))
        for place, value in enumerate(
            [today_in_all, *sums, told.profit, told.profit - (today_in_all or 0)], start=1
        )
    ]
    sheet.line(["Total", *total, ratio(told.margin)], *(c.look for c in columns[:8]), total=True)


_CHANGED = ("revenue", "direct_cost", "cost_to_serve")
_LAST_COST = 4
"""The place of the last column that what is left over is not in."""
