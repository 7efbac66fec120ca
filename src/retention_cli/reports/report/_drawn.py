"""The charts of a report, each with the table of its numbers."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from retention_cli.benchmarks.verdicts import Verdict
from retention_cli.reports.bridge._shown import CUSTOMERS, MONEY, SUMS
from retention_cli.reports.report import _charts as charts
from retention_cli.reports.report._tables import duration, numbers
from retention_cli.reports.trend._words import axis, letters, reason
from retention_cli.reports.words.figures import not_computed, target_of
from retention_cli.reports.words.numbers import count, text
from retention_cli.values.measures import Undefined, Unit

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from markupsafe import Markup

    from retention_cli.reports.report._tables import Table
    from retention_cli.results.accounts import Accounts
    from retention_cli.results.bridge import Bridge
    from retention_cli.results.report import Bar
    from retention_cli.results.scorecard import Line
    from retention_cli.results.trend import Row, Trend
    from retention_cli.values.measures import Number

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
    """Draw each figure that has a value in two periods at least."""
    marks = axis(found.periods, letters(found))
    for row in found.rows:
        lines = [point.line for point in row.points if point.line]
        there = sum(point.value is not None for point in row.points)
        if row.as_exported or there < _SOME or all(not_computed(line) for line in lines):
            continue
        yield _figure(row, marks)


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
    last = row.points[-1].line
    held = target_of(last) if last and last.verdict is not Verdict.NOT_COMPARABLE else None
    told = _told(row, held.target if held else None)
    words = charts.Words(row.kpi.name, row.kpi.title, told)
    levels = charts.Levels(held.target if held else None, row.band)
    svg = charts.line(words, dots, levels, lambda value: text(value, unit))
    cells = [
        (
            point.period.label,
            reason(point) or "" if point.value is None else text(point.value, unit),
            count(point.line.measure.sample_size) if point.line else "",
            ", ".join(_flags(dot)),
        )
        for point, dot in zip(row.points, dots, strict=True)
    ]
    value = f"Value in {currency}" if currency else "Value"
    table = numbers(f"{row.kpi.title}, by period", ("Period", value, "n", "Remark"), cells)
    return Drawn(row.kpi.title, told, svg, table)


def _flags(dot: charts.Dot) -> Iterator[str]:
    if dot.unfinished:
        yield "unfinished"
    if dot.outside:
        yield "outside the usual band"
    if dot.mark:
        yield f"event {dot.mark}"


def _told(row: Row, target: Number | None) -> str:
    unit = row.kpi.unit
    there = [(p.period.label, p.value) for p in row.points if p.value is not None]
    (first, began), (last, ended) = there[0], there[-1]
    said = [f"From {text(began, unit)} in {first} to {text(ended, unit)} in {last}"]
    if target is not None:
        said.append(f"target {text(target, unit)}")
    if row.band is not None:
        low, high = row.band
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
    at: Number = 0
    rows, cells = [], []
    for key, sign, label, amount in steps:
        written = text(amount, unit)
        size = Fraction(amount)
        start = Fraction(0) if key in SUMS else Fraction(at)
        end = start - size if sign == "-" else start + size
        look = "total" if key in SUMS else "minus" if end < start else "plus"
        rows.append(charts.Bar(label, start, end, f"{sign if sign != '=' else ''}{written}", look))
        cells.append((label, f"{sign} {written}".strip()))
        at = end
    told = "; ".join(" ".join(pair) for pair in cells) + "."
    svg = charts.bars(charts.Words(name, title, told), rows)
    return Drawn(title, "", svg, numbers(title, ("Line", "Amount"), cells))


def responses(found: Sequence[Bar]) -> Drawn:
    """Draw how many tickets waited how long."""
    title, total = "Tickets by the time to their first response", sum(bar.count for bar in found)
    rows, cells, before = [], [], 0
    for bar in found:
        if bar.bound is None:
            label = f"more than {duration(before)}"
        else:
            label = f"up to {duration(bar.bound)}"
            label = f"{duration(before)} to {duration(bar.bound)}" if before else label
            before = bar.bound
        share = text(Fraction(bar.count, total or 1), Unit.RATIO)
        rows.append(charts.Bar(label, 0, bar.count, f"{count(bar.count)} ({share})"))
        cells.append((label, count(bar.count), share))
    told = f"{count(total)} answered tickets of the period."
    svg = charts.bars(charts.Words("responses", title, told), rows)
    return Drawn(title, told, svg, numbers(title, ("Waited", "Tickets", "Share"), cells))


def nps(line: Line) -> Drawn:
    """Draw what the answers behind the score were."""
    parts = line.measure.parts
    looks = {"promoters": "plus", "passives": "total", "detractors": "minus"}
    scores = {"promoters": "9 or 10", "passives": "7 or 8", "detractors": "0 to 6"}
    total = sum(parts[name].total for name in looks)
    rows, cells = [], []
    for name, look in looks.items():
        number, label = int(parts[name].total), f"{name}: {scores[name]}"
        share = text(Fraction(number, total or 1), Unit.RATIO)
        rows.append(charts.Bar(label, 0, number, f"{count(number)} ({share})", look))
        cells.append((label, count(number), share))
    value = "" if line.measure.value is None else text(line.measure.value, line.kpi.unit)
    told = (
        f"{count(int(total))} answers; promoters less detractors, of all answers: {value} points."
    )
    title = "Answers by score"
    svg = charts.bars(charts.Words("nps", title, told), rows)
    return Drawn(title, told, svg, numbers(title, ("Answers", "Number", "Share"), cells))


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
