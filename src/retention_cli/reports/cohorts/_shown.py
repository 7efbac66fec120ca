"""Cohorts as people read them: three grids, each of a row a cohort and a column an age."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from retention_cli.reports.words.figures import reason_text
from retention_cli.reports.words.numbers import count, text
from retention_cli.values.measures import Unit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from retention_cli.results.cohorts import Cell, Cohort, Cohorts
    from retention_cli.values.measures import Number, Undefined

AVERAGE = "average"
UNFINISHED = "*"
_NOTHING = "-"


@dataclass(frozen=True, slots=True)
class Shown:
    """One cell as text, and how much of the whole it is, where that is known."""

    text: str
    heat: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Grid:
    """A grid under its title; the last row may be the average. `ages` is the number of columns."""

    title: str
    rows: tuple[tuple[str, str, tuple[Shown, ...]], ...]
    ages: int


def grids(found: Cohorts) -> Iterator[Grid]:
    """Give the grids of customers, revenue and its share; one of which nothing is known is not there."""
    ages = max((len(one.cells) for one in found.cohorts), default=0)
    if found.active_reason is None and found.cohorts:
        rows = [_row(one, tuple(_share(one, cell) for cell in one.cells)) for one in found.cohorts]
        average = tuple(_percent(one.share) for one in found.average)
        title = f"Share of customers active, at the close of each {found.every} (%)"
        yield Grid(title, (*rows, (AVERAGE, "", average)), ages)
    if found.revenue_reason is None and found.cohorts:
        rows = [_row(one, tuple(_money(one, cell) for cell in one.cells)) for one in found.cohorts]
        money = f" ({found.currency})" if found.currency else ""
        yield Grid(f"Revenue{money}, in each {found.every}", tuple(rows), ages)
        rows = [_row(one, tuple(_paid(one, cell) for cell in one.cells)) for one in found.cohorts]
        average = tuple(_percent(one.revenue_share) for one in found.average)
        title = f"Revenue, as a share of that of {found.every} 0 (%)"
        yield Grid(title, (*rows, (AVERAGE, "", average)), ages)


def undefined(found: Cohorts) -> list[str]:
    """Say what there is not, and why."""
    reasons: dict[str, Undefined | None] = {
        "cohorts": found.reason,
        "customers active": found.active_reason,
        "revenue": found.revenue_reason,
    }
    return [f"{name}: {reason_text(why)}" for name, why in reasons.items() if why]


def reading_of(found: Cohorts) -> list[str]:
    """Say how the grids are to be read."""
    every = found.every
    if not found.cohorts:
        return []
    said = [f"cohort: the {every} of the first start; 0 is that {every}, 1 the one after it"]
    if any(cell.unfinished for one in found.cohorts for cell in one.cells):
        said.append(f"{UNFINISHED} the {every} is unfinished, and in no average")
    if small := sum(one.size < found.min_n for one in found.cohorts):
        said.append(
            f"{count(small)} of {count(len(found.cohorts))} cohorts are smaller than"
            f" {found.min_n} and in no average (min_n)"
        )
    total = sum(one.size for one in found.cohorts)
    return [*said, f"customers in all cohorts: {count(total)}"]


def _row(one: Cohort, cells: tuple[Shown, ...]) -> tuple[str, str, tuple[Shown, ...]]:
    return one.period.label, count(one.size), cells


def _share(one: Cohort, cell: Cell) -> Shown:
    return _marked(_percent(one.share(cell)), cell)


def _paid(one: Cohort, cell: Cell) -> Shown:
    return _marked(_percent(one.revenue_share(cell)), cell)


def _money(one: Cohort, cell: Cell) -> Shown:
    if cell.revenue is None:
        return Shown(_NOTHING)
    written = text(cell.revenue, Unit.MONEY)
    return _marked(Shown(written, one.revenue_share(cell)), cell)


def _marked(shown: Shown, cell: Cell) -> Shown:
    return Shown(shown.text + UNFINISHED, shown.heat) if cell.unfinished else shown


def _percent(value: Number | None) -> Shown:
    if value is None:
        return Shown(_NOTHING)
    share = Fraction(value)
    return Shown(text(share * 100, Unit.POINTS), share)
