"""The charts of a report, each with the table of its numbers."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from retention_cli.benchmarks.verdicts import Verdict
from retention_cli.reports.bridge._shown import CUSTOMERS, MONEY, SUMS
from retention_cli.reports.report import _charts as charts
from retention_cli.reports.report._tables import duration, numbers
from retention_cli.reports.trend._words import axis, band_of, letters, reason
from retention_cli.reports.words.figures import target_of
from retention_cli.reports.words.numbers import count, text
from retention_cli.values.measures import Undefined, Unit

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from markupsafe import Markup

    from retention_cli.benchmarks.benchmarks import Benchmark
    from retention_cli.reports.report._tables import Table
    from retention_cli.results.accounts import Accounts
    from retention_cli.results.bridge import Bridge
    from retention_cli.results.report import Bar
    from retention_cli.results.scorecard import Line
    from retention_cli.results.trend import Point, Row, Trend
    from retention_cli.values.measures import Number

BARS = {
    "responses": ("Tickets by the time to their first response", "Waited", "Tickets"),
    "answers": ("Answers by score", "Answers", "Number"),
}
"""The titles of charts of parts of all, and what their columns are called."""
_MOST_POINTS = 200
_SOME = 2


@dataclass(frozen=True, slots=True)
class Drawn:
    """A chart under its title, what it says in words, and its numbers."""

    title: str
    told: str
    svg: Markup
    table: Table


def trend(found: Trend) -> Iterator[Drawn]:
    """Draw each figure that has a line."""
    marks = axis(found.periods, letters(found))
    return (_figure(row, marks) for row in lines_of(found))


def lines_of(found: Trend) -> list[Row]:
    """Give the figures that have a value in two periods at least."""
    return [
        row
        for row in found.rows
        if not row.as_exported and sum(point.value is not None for point in row.points) >= _SOME
    ]


def target_of_row(row: Row) -> Benchmark | None:
    """Give the target that the last point is held against."""
    last = row.points[-1].line
    return target_of(last) if last and last.verdict is not Verdict.NOT_COMPARABLE else None


def remark(point: Point, mark: str) -> str:
    """Say what is to be known of a point."""
    said = ["unfinished"] if point.line and point.line.unfinished else []
    said += ["outside the usual band"] if point.outside_band else []
    said += [f"event {mark}"] if mark else []
    return ", ".join(said)


def _figure(row: Row, marks: Sequence[str]) -> Drawn:
    unit, currency = row.kpi.unit, row.currency
    dots = [
        charts.Dot(
            point.period.label,
            point.value,
            bool(point.line and point.line.unfinished),
            point.outside_band,
            mark,
        )
        for point, mark in zip(row.points, marks, strict=True)
    ]
    held = target_of_row(row)
    told = _told(row, held.target if held else None)
    words = charts.Words(row.kpi.name, row.kpi.title, told)
    levels = charts.Levels(held.target if held else None, band_of(row))
    svg = charts.line(words, dots, levels, lambda value: text(value, unit))
    cells = [
        (
            point.period.label,
            reason(point) or "" if point.value is None else text(point.value, unit),
            count(point.line.measure.sample_size) if point.line else "",
            remark(point, mark),
        )
        for point, mark in zip(row.points, marks, strict=True)
    ]
    value = f"Value in {currency}" if currency else "Value"
    table = numbers(f"{row.kpi.title}, by period", ("Period", value, "n", "Remark"), cells)
    return Drawn(row.kpi.title, told, svg, table)


def _told(row: Row, target: Number | None) -> str:
    unit = row.kpi.unit
    there = [(p.period.label, p.value) for p in row.points if p.value is not None]
    (first, began), (last, ended) = there[0], there[-1]
    said = [f"From {text(began, unit)} in {first} to {text(ended, unit)} in {last}"]
    if target is not None:
        said.append(f"target {text(target, unit)}")
    if (band := band_of(row)) is not None:
        low, high = band
        said.append(f"usual band {text(low, unit)} to {text(high, unit)}")
    outside = [point.period.label for point in row.points if point.outside_band]
    if outside:
        said.append(f"outside it in {', '.join(outside)}")
    return "; ".join(said) + "."


def bridge(found: Bridge) -> Iterator[Drawn]:
    """Draw the walks of customers and of money as steps."""
    counts, money = found.total.counts, found.total.money
    if not isinstance(counts, Undefined):
        steps = [(name, *CUSTOMERS[name], part.total) for name, part in counts.items()]
        yield _steps("customers", "Customers from the start to the end", steps, Unit.COUNT)
    if not isinstance(money, Undefined):
        in_money = [(line.name, *MONEY[line.name], line.amount) for line in money.lines]
        yield _steps("money", "Revenue from the period before to this one", in_money, Unit.MONEY)


def _steps(
    name: str, title: str, steps: Sequence[tuple[str, str, str, Number]], unit: Unit
) -> Drawn:
    base = cut_off([(key, sign, amount) for key, sign, _, amount in steps])
    at: Number = 0
    rows, cells = [], []
    for key, sign, label, amount in steps:
        written = text(amount, unit)
        size = Fraction(amount)
        start = base if key in SUMS else Fraction(at)
        at = size if key in SUMS else start - size if sign == "-" else start + size
        look = "total" if key in SUMS else "minus" if at < start else "plus"
        rows.append(charts.Bar(label, start, at, f"{sign if sign != '=' else ''}{written}", look))
        cells.append((label, f"{sign} {written}".strip()))
    told = "; ".join(" ".join(pair) for pair in cells) + "."
    cut = f"The bars begin at {text(base, unit)}, not at 0." if base else ""
    svg = charts.bars(charts.Words(name, title, told), rows, base)
    return Drawn(title, cut, svg, numbers(title, ("Line", "Amount"), cells))


def cut_off(steps: Sequence[tuple[str, str, Number]]) -> Fraction:
    """Give a round number below all that a walk comes to: its steps are small beside its sums."""
    at, lowest = Fraction(0), []
    for key, sign, amount in steps:
        size = Fraction(amount)
        at = size if key in SUMS else at - size if sign == "-" else at + size
        lowest.append(at)
    wanted = min(lowest, default=Fraction(0)) * 19 / 20
    step = 10 ** max(len(str(int(wanted))) - 2, 0)
    return Fraction(wanted // step * step) if wanted > 0 else Fraction(0)


def waits(found: Sequence[Bar]) -> list[tuple[str, int]]:
    """Say how many tickets waited how long."""
    rows, before = [], 0
    for bar in found:
        if bar.bound is None:
            label = f"more than {duration(before)}"
        else:
            label = f"up to {duration(bar.bound)}"
            label = f"{duration(before)} to {duration(bar.bound)}" if before else label
            before = bar.bound
        rows.append((label, bar.count))
    return rows


def waited(rows: Sequence[tuple[str, int]]) -> str:
    """Say what the bars of `waits` are of."""
    return f"{count(sum(n for _, n in rows))} answered tickets of the period."


def responses(found: Sequence[Bar]) -> Drawn:
    """Draw how many tickets waited how long."""
    rows = waits(found)
    return _parts_of_all("responses", waited(rows), rows)


def answers(line: Line) -> list[tuple[str, int]]:
    """Say how many answers there were of each sort."""
    scores = {"promoters": "9 or 10", "passives": "7 or 8", "detractors": "0 to 6"}
    parts = line.measure.parts
    return [(f"{name}: {said}", int(parts[name].total)) for name, said in scores.items()]


def scored(line: Line, rows: Sequence[tuple[str, int]]) -> str:
    """Say how the score comes of the answers."""
    value = "" if line.measure.value is None else text(line.measure.value, line.kpi.unit)
    total = count(sum(n for _, n in rows))
    return f"{total} answers; promoters less detractors, of all answers: {value} points."


def nps(line: Line) -> Drawn:
    """Draw what the answers behind the score were."""
    rows, looks = answers(line), ("plus", "total", "minus")
    return _parts_of_all("answers", scored(line, rows), rows, looks)


def _parts_of_all(
    name: str, told: str, rows: Sequence[tuple[str, int]], looks: Sequence[str] = ()
) -> Drawn:
    """Draw bars with their shares of all."""
    title, *headings = BARS[name]
    total = sum(n for _, n in rows) or 1
    shares = [text(Fraction(n, total), Unit.RATIO) for _, n in rows]
    drawn = [
        charts.Bar(label, 0, n, f"{count(n)} ({share})", look)
        for (label, n), share, look in zip(rows, shares, looks or ["bar"] * len(rows), strict=True)
    ]
    cells = [(label, count(n), share) for (label, n), share in zip(rows, shares, strict=True)]
    table = numbers(title, (*headings, "Share"), cells)
    return Drawn(title, told, charts.bars(charts.Words(name, title, told), drawn), table)


def whale(found: Accounts) -> Drawn | None:
    """Draw how profit adds up over the accounts, the most profitable first."""
    profits = [Fraction(one.profit) for one in found.accounts if one.profit is not None]
    if len(profits) < _SOME:
        return None
    sums, running = [], Fraction(0)
    for profit in profits:
        running += profit
        sums.append(running)
    top = max(range(len(sums)), key=sums.__getitem__)
    step = max(1, -(-len(sums) // _MOST_POINTS))
    places = sorted({*range(0, len(sums), step), top, len(sums) - 1})
    dots = [charts.Dot(f"account {count(at + 1)}", sums[at]) for at in places]
    in_words = [text(sums[at], Unit.MONEY, currency=found.currency) for at in (top, -1)]
    told = f"The first {count(top + 1)} of {count(len(sums))} accounts make {in_words[0]}; all of them {in_words[1]}."
    title = "Profit added up, account by account (whale curve)"
    svg = charts.line(
        charts.Words("whale", title, told),
        dots,
        charts.Levels(),
        lambda value: text(value, Unit.MONEY, currency=found.currency),
    )
    tenths = sorted({*(len(sums) * tenth // 10 for tenth in range(1, 11)), top + 1} - {0})
    cells = [(count(n), text(sums[n - 1], Unit.MONEY)) for n in tenths]
    return Drawn(title, told, svg, numbers(title, ("Accounts", "Profit together"), cells))
