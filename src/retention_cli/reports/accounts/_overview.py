"""The first sheet of the workbook: totals that close, who makes the profit, and two charts."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from retention_cli.reports.accounts._below import trait_text
from retention_cli.reports.accounts._beside import ledger_text, what_if_lines
from retention_cli.reports.accounts._rows import EIGHTY
from retention_cli.reports.words.data_lines import Section
from retention_cli.reports.words.figures import reason_text
from retention_cli.reports.words.workbook import Formula, cell, money, ratio, span

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from retention_cli.reports.words.workbook import Book, Sheet
    from retention_cli.results.accounts import Accounts

FIRST_ROW = 3
"""The first row of an account on its sheet, from 0."""
GAINS = "{}!$B$12"
"""The cell of all profits above 0, on the sheet of this name."""
_POINTS = 20
_SUMS = ("Revenue", "Revenue without cost", "Direct cost", "Cost to serve", "Profit")


def heading(found: Accounts) -> str:
    """Say what amounts are in."""
    period = f"{found.period.start} to {found.period.last_day}"
    return (
        f"Accounts by profit, {period}{f', amounts in {found.currency}' if found.currency else ''}"
    )


def summary(
    book: Book, found: Accounts, called: str, *, rows: tuple[int, int], at: Mapping[str, int]
) -> None:
    """Write the sheet; `rows` and `at` are where the accounts stand on theirs."""
    sheet = book.sheet(called, heading(found))
    sheet.widths(30, 20, 20, 20)
    sheet.line([])
    sheet.line(["", "Accounts", "Unallocated", "All"], "header", *["number_header"] * 3)
    for name in _SUMS:
        _sum(sheet, found, name, f"Accounts!{span(*rows, at[name])}")
    _margin(sheet, found)
    sheet.line([])
    profits = f"Accounts!{span(*rows, at['Profit'])}"
    sheet.line(["Who makes the profit", "", "", ""], "header", *["number_header"] * 3)
    gains = Formula(f'=SUMIF({profits},">0")', money(found.gains))
    sheet.line(["All profits above 0", gains], "text", "money")
    lost = sum(one.profit or 0 for one in found.losers)
    sheet.line(["Losses", Formula(f'=SUMIF({profits},"<0")', money(lost))], "text", "money")
    count = Formula(f'=COUNTIF({profits},"<0")', len(found.losers))
    sheet.line(["Accounts that lose", count], "text", "count")
    sheet.line(["Accounts that make 80 %", found.making(EIGHTY)], "text", "count")
    if (left := found.leavers) and found.before:
        sheet.line(["Customers who left", left.customers], "text", "count")
        sheet.line([f"Their profit in {found.before.label}", money(left.profit)], "text", "money")
        sheet.line([f"Their losses in {found.before.label}", money(left.losses)], "text", "money")
    sheet.line([])
    tiers = _tiers(sheet, found, rows, at)
    sheet.line([])
    curve = _curve(sheet, found, rows, at)
    _charts(book, sheet, tiers, curve)
    _texts(sheet, found)


def _sum(sheet: Sheet, found: Accounts, name: str, cells: str) -> None:
    field = name.lower().replace(" ", "_")
    of_accounts, nobody = getattr(found.totals, field), getattr(found.unallocated, field)
    if of_accounts is None and nobody is None:
        sheet.line([name, None, None, None], "text", "money", "money", "money")
        return
    row = sheet.row
    whole = Formula(f"={cell(row, 1)}+{cell(row, 2)}", money((of_accounts or 0) + (nobody or 0)))
    total = Formula(f"=SUM({cells})", money(of_accounts or 0))
    sheet.line([name, total, money(nobody), whole], "text", "money", "money", "money")


def _margin(sheet: Sheet, found: Accounts) -> None:
    row = sheet.row
    known = f"{cell(row - 5, 1)}-{cell(row - 4, 1)}"
    margin = Formula(f'=IF({known}>0,{cell(row - 1, 1)}/({known}),"")', ratio(found.totals.margin))
    sheet.line(["Margin", margin], "text", "ratio")


def _tiers(
    sheet: Sheet, found: Accounts, rows: tuple[int, int], at: Mapping[str, int]
) -> tuple[int, int]:
    """Write accounts, revenue, profit and margin of each tier."""
    sheet.line(["Tier", "Accounts", "Profit", "Margin"], "header", *["number_header"] * 3)
    tier, profit = (f"Accounts!{span(*rows, at[name])}" for name in ("Tier", "Profit"))
    revenue, without = (f"Accounts!{span(*rows, at[name])}" for name in _SUMS[:2])
    first = sheet.row
    for name in "ABC":
        ours = [one for one in found.accounts if one.tier == name]
        gain = sum(one.profit or 0 for one in ours)
        known = sum(one.revenue - one.revenue_without_cost for one in ours)
        wanted = f'{tier},"{name}"'
        sums = f"(SUMIF({wanted},{revenue})-SUMIF({wanted},{without}))"
        margin = Fraction(gain) / known if known > 0 else None
        sheet.line(
            [
                name,
                Formula(f"=COUNTIF({wanted})", len(ours)),
                Formula(f"=SUMIF({wanted},{profit})", money(gain)),
                Formula(f'=IF({sums}>0,{cell(sheet.row, 2)}/{sums},"")', ratio(margin)),
            ],
            *("text", "count", "money", "ratio"),
        )
    return first, sheet.row - 1


def _curve(
    sheet: Sheet, found: Accounts, rows: tuple[int, int], at: Mapping[str, int]
) -> tuple[int, int] | None:
    """Write points of the whale curve, each read from its account."""
    known = [one for one in found.accounts if one.cumulative_share is not None]
    if not known:
        return None
    sheet.line(
        ["Whale curve: best accounts", "Share of accounts", "Cumulative profit", ""], "header"
    )
    first, size = sheet.row, len(known)
    for rank in sorted({max(1, size * point // _POINTS) for point in range(1, _POINTS + 1)}):
        reached = cell(rows[0] + rank - 1, at["Cumulative share"])
        share = Formula(f"={cell(sheet.row, 0)}/{size}", rank / size)
        value = Formula(f"=Accounts!{reached}", ratio(known[rank - 1].cumulative_share))
        sheet.line([rank, share, value], "count", "ratio", "ratio")
    return first, sheet.row - 1


def _charts(
    book: Book, sheet: Sheet, tiers: tuple[int, int], curve: tuple[int, int] | None
) -> None:
    name = sheet.sheet.get_name()
    if curve is not None:
        whale = book.book.add_chart({"type": "area"})
        whale.add_series(
            {
                "name": "Cumulative profit",
                "categories": [name, curve[0], 1, curve[1], 1],
                "values": [name, curve[0], 2, curve[1], 2],
                "fill": {"color": "#8EA9DB"},
                "line": {"color": "#1F3864"},
            }
        )
        whale.set_title({"name": "Whale curve: cumulative profit", "name_font": {"size": 12}})
        whale.set_x_axis({"name": "share of accounts, best first", "num_format": "0%"})
        whale.set_y_axis({"num_format": "0%", "major_gridlines": {"visible": True}})
        whale.set_legend({"none": True})
        sheet.sheet.insert_chart(1, 5, whale, {"x_scale": 1.15, "y_scale": 1.0})
    bars = book.book.add_chart({"type": "column"})
    bars.add_series(
        {
            "name": "Margin",
            "categories": [name, tiers[0], 0, tiers[1], 0],
            "values": [name, tiers[0], 3, tiers[1], 3],
            "fill": {"color": "#1F3864"},
            "data_labels": {"value": True, "num_format": "0.0%"},
        }
    )
    bars.set_title({"name": "Margin by tier", "name_font": {"size": 12}})
    bars.set_y_axis({"num_format": "0%"})
    bars.set_legend({"none": True})
    sheet.sheet.insert_chart(17, 5, bars, {"x_scale": 1.15, "y_scale": 1.0})


def _texts(sheet: Sheet, found: Accounts) -> None:
    sheet.sections([Section("Notes", tuple(_notes(found))), Section("Why", tuple(_why(found)))])


def _notes(found: Accounts) -> Sequence[str]:
    reason = [f"no profit and no margin: {reason_text(found.reason)}"] if found.reason else []
    return [*reason, *ledger_text(found, most=None), *what_if_lines(found), *found.notes]


def _why(found: Accounts) -> Iterator[str]:
    for one in found.why:
        if one.traits:
            yield f"{one.customer_id} ({one.peers}): {'; '.join(map(trait_text, one.traits))}"
