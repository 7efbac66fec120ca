"""The sheets of a report that are of one period: bridge, cohorts, waiting, and answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from retention_cli.reports.bridge._shown import CUSTOMERS, MONEY, SUMS
from retention_cli.reports.cohorts._shown import AVERAGE
from retention_cli.reports.report._drawn import BARS, answers, cut_off, scored, waited, waits
from retention_cli.reports.report._parts import nps_line
from retention_cli.reports.words.workbook import Column, Formula, money, ratio, span
from retention_cli.results.cohorts import Cohort
from retention_cli.values.measures import Undefined

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from retention_cli.reports.report._parts import Part
    from retention_cli.reports.words.workbook import Book, Cell, Sheet
    from retention_cli.results.bridge import Bridge
    from retention_cli.results.cohorts import Cell as OfCohort
    from retention_cli.results.cohorts import Cohorts
    from retention_cli.results.report import Report
    from retention_cli.values.measures import Number

    Step = tuple[str, str, str, Number, int | None]

_BLUE, _GOOD, _BAD, _GREY = "#0A58B0", "#146C2E", "#B01C1C", "#57606A"
_HEAT = {"type": "2_color_scale", "min_color": "#F2F6FB", "max_color": "#5B9BD5"}
_DRAWN, _CHART_ROWS = 13, 17
"""The first column of the cells that a chart of steps draws, and how many rows it covers."""


def bridge(book: Book, found: Report, part: Part) -> None:
    """Add both walks, each with its sums as formulas, and a chart of its steps."""
    walk = cast("Bridge", found.bridge).total
    sheet = book.sheet("Bridge", part.heading)
    sheet.widths(46, 18, 12, *[11] * 9, *[16] * 5)
    if not isinstance(walk.counts, Undefined):
        counts = [(name, *CUSTOMERS[name], p.total, None) for name, p in walk.counts.items()]
        _walk(book, sheet, "Customers", counts)
    if not isinstance(walk.money, Undefined):
        lines = [(one.name, *MONEY[one.name], one.amount, one.n) for one in walk.money.lines]
        _walk(book, sheet, "Revenue", lines)
    sheet.sections(part.notes)
    sheet.sheet.print_area(0, 0, sheet.row, _DRAWN - 1)


def _walk(book: Book, sheet: Sheet, title: str, lines: Sequence[Step]) -> None:
    """Write a walk: what comes in is positive, what goes out negative; sums add up what is above."""
    of_money = title == "Revenue"
    amount: Callable[[Number], float | None] = money if of_money else float
    look = "money" if of_money else "count"
    sheet.line([])
    columns = [Column(title), Column("Amount" if of_money else "Customers", look)]
    columns += [Column("Customers", "count")] if of_money else []
    sheet.beside(_DRAWN, ("Step of the chart", "Drawn from", "Total", "In", "Out"))
    sheet.headings(columns)
    first, at, begun = sheet.row, 0.0, sheet.row
    for name, sign, label, value, n in lines:
        size = (amount(value) or 0.0) * (-1 if sign == "-" else 1)
        written: Cell = size
        if name in SUMS:
            if sheet.row > first:
                written = Formula(f"=SUM({span(begun, sheet.row - 1, 1)})", size)
            begun, at = sheet.row, size
            drawn = (0.0, size, 0.0, 0.0)
        else:
            drawn = (min(at, at + size), 0.0, max(size, 0.0), max(-size, 0.0))
            at += size
        sheet.beside(_DRAWN, (label.partition(",")[0], *drawn))
        sheet.line([label, written, n], "total" if name in SUMS else "text", look, "count")
    base = cut_off([(name, sign, value) for name, sign, _, value, _ in lines])
    _steps(book, sheet, title, (first, sheet.row - 1), amount(base) or 0.0)


def _steps(book: Book, sheet: Sheet, title: str, rows: tuple[int, int], base: float) -> None:
    """Draw the steps of a walk as columns that begin where the one before ended."""
    chart = book.book.add_chart({"type": "column", "subtype": "stacked"})
    name, (first, last) = sheet.sheet.get_name(), rows
    for column, colour in enumerate((None, _GREY, _GOOD, _BAD), start=_DRAWN + 1):
        chart.add_series(
            {
                "name": [name, first - 1, column],
                "categories": [name, first, _DRAWN, last, _DRAWN],
                "values": [name, first, column, last, column],
                "fill": {"color": colour} if colour else {"none": True},
                "gap": 40,
            }
        )
    chart.set_title({"name": f"{title}, step by step", "name_font": {"size": 12}})
    chart.set_legend({"none": True})
    chart.set_y_axis({"min": base, "num_format": "#,##0"})
    chart.set_x_axis({"num_font": {"size": 8}})
    chart.set_size({"width": 700, "height": 340})
    sheet.sheet.insert_chart(first - 1, 4, chart)
    for _ in range(max(_CHART_ROWS - (last - first), 0)):
        sheet.line([])


def cohorts(book: Book, found: Report, part: Part) -> None:
    """Add the shares of customers and of revenue, the darker, the more."""
    known = cast("Cohorts", found.cohorts)
    sheet = book.sheet("Cohorts", part.heading, notes=part.lead)
    sheet.widths(12, 11, *[7] * max(len(one.cells) for one in known.cohorts))
    if known.active_reason is None:
        title = f"Share of customers active, at the close of each {known.every}"
        _grid(sheet, title, known, Cohort.share, [one.share for one in known.average])
    if known.revenue_reason is None:
        title = f"Revenue, as a share of that of {known.every} 0"
        average = [one.revenue_share for one in known.average]
        _grid(sheet, title, known, Cohort.revenue_share, average)
    sheet.sections(part.notes)


def _grid(
    sheet: Sheet,
    title: str,
    known: Cohorts,
    share: Callable[[Cohort, OfCohort], Number | None],
    average: Sequence[Number | None],
) -> None:
    """Write the shares of the cohorts in which something is known."""
    rows = [(one, [ratio(share(one, part)) for part in one.cells]) for one in known.cohorts]
    rows = [(one, shares) for one, shares in rows if any(part is not None for part in shares)]
    ages = max((len(shares) for _, shares in rows), default=0)
    sheet.line([])
    sheet.line([title], "title")
    ahead = [Column("Cohort"), Column("Customers", "count")]
    sheet.headings([*ahead, *(Column(str(age), "ratio") for age in range(ages))])
    first = sheet.row
    for one, shares in rows:
        looks = ["unfinished" if part.unfinished else "ratio" for part in one.cells]
        sheet.line([one.period.label, one.size, *shares], "text", "count", *looks)
    means = [ratio(one) for one in average[:ages]]
    sheet.line([AVERAGE, None, *means], "text", "count", *["ratio"] * len(means), total=True)
    sheet.sheet.conditional_format(first, 2, sheet.row - 1, ages + 1, _HEAT)


def responses(book: Book, found: Report, part: Part) -> None:
    """Add how many tickets waited how long."""
    rows = waits(found.responses)
    sheet = book.sheet("Response times", part.heading, notes=[waited(rows)])
    _parts_of_all(book, sheet, "responses", rows)


def nps(book: Book, found: Report, part: Part) -> None:
    """Add how many answers there were of each sort."""
    line = nps_line(found)
    rows = answers(line)
    sheet = book.sheet("Net Promoter Score", part.heading, notes=[scored(line, rows)])
    _parts_of_all(book, sheet, "answers", rows, (_GOOD, _GREY, _BAD))


def _parts_of_all(
    book: Book,
    sheet: Sheet,
    name: str,
    rows: Sequence[tuple[str, int]],
    colours: Sequence[str] = (),
) -> None:
    """Write numbers with their shares of all, and draw them."""
    title, *headings = BARS[name]
    columns = (
        Column(headings[0], width=30),
        Column(headings[1], "count"),
        Column("Share", "ratio"),
    )
    sheet.head(columns)
    first, last, total = sheet.row, sheet.row + len(rows) - 1, sum(n for _, n in rows)
    whole = f"SUM(B${first + 1}:B${last + 1})"
    for label, n in rows:
        at = sheet.row + 1
        share = Formula(f"=IF({whole}>0,B{at}/{whole},0)", n / total if total else 0)
        sheet.line([label, n, share], "text", "count", "ratio")
    sums = Formula(f"=SUM({span(first, last, 1)})", total)
    sheet.line(["Total", sums, None], "text", "count", "ratio", total=True)
    chart, where = book.book.add_chart({"type": "bar"}), sheet.sheet.get_name()
    chart.add_series(
        {
            "name": headings[1],
            "categories": [where, first, 0, last, 0],
            "values": [where, first, 1, last, 1],
            "fill": {"color": _BLUE},
            "points": [{"fill": {"color": colour}} for colour in colours] or None,
            "data_labels": {"value": True},
            "gap": 50,
        }
    )
    chart.set_title({"name": title, "name_font": {"size": 12}})
    chart.set_legend({"none": True})
    chart.set_y_axis({"reverse": True})
    chart.set_x_axis({"visible": False, "major_gridlines": {"visible": False}})
    chart.set_size({"width": 620, "height": 320})
    sheet.sheet.insert_chart(1, 4, chart)
