"""A trend as a table for a terminal: a line for each figure, and the periods there is room for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.table import Table
from rich.text import Text

from retention_cli.reports.trend import _below as below
from retention_cli.reports.trend._words import axis, band_of, left_out, letters, name_of, title
from retention_cli.reports.words.below import brief
from retention_cli.reports.words.console import (
    HANG,
    AtLeast,
    Paragraph,
    marked,
    printed,
    section,
    shown,
)
from retention_cli.reports.words.data_lines import sections
from retention_cli.reports.words.numbers import change_text, interval_text, text
from retention_cli.reports.words.sparkline import sparkline
from retention_cli.results.trend import MORE_THAN_CHANCE
from retention_cli.text.safe_text import safe_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import RenderableType

    from retention_cli.results.trend import Difference, Point, Row, Trend

_GAP = 2
_FIGURE, _LINE, _LAST, _CHANGE, _YEAR, _BAND = (
    *("Figure", "Trend", "Last", "Change", "In a year"),
    "Usual band",
)
_LEAST_TITLE = 18
_FAIR_TITLE = 34
_DROPPED_FIRST = (_BAND, _YEAR, _CHANGE)
_OUTSIDE, _UNFINISHED = "!", "~"

Cells = dict[str, Text]


def render(
    found: Trend, *, width: int | None = None, colour: bool = False, verbose: bool = False
) -> str:
    """Write a trend for `width` columns; None is as wide as it needs to be."""
    rows = [row for row in found.rows if not left_out(row)]
    parts: list[RenderableType] = [Paragraph(_title(found))]
    if rows:
        parts += ["", _table(found, rows, width)]
    for one in below.sections(found, rows):
        parts += ["", *section(*one)]
    parts += ["", *_data(found, width, verbose=verbose)]
    return printed(parts, width=width, colour=colour)


def _title(found: Trend) -> Text:
    name = title(found)
    currencies = {row.currency for row in found.rows} - {None}
    said = [f"{len(found.periods)} periods"]
    if len(currencies) == 1:
        said.append(f"amounts in {currencies.pop()}")
    by = next((row.group[0] for row in found.rows if row.group), None)
    said += [f"by {by}"] if by else []
    return Text.assemble((name, "bold"), *(shown(f" · {one}") for one in said))


def _data(found: Trend, width: int | None, *, verbose: bool) -> Iterator[RenderableType]:
    if found.incomplete:
        yield marked("-", found.incomplete)
    if not verbose:
        yield from brief(found, grouped=any(row.group for row in found.rows))
        return
    room = None if width is None else width - HANG
    for one in sections(found, width=room, verbose=True):
        yield from section(one.heading, one.lines)


def _table(found: Trend, rows: Sequence[Row], width: int | None) -> AtLeast:
    marks = axis(found.periods, letters(found))
    cells = [_cells(row) for row in rows]
    if any(marks):
        line = "".join(mark or " " for mark in marks)
        events = {_FIGURE: shown("Events", "dim"), _LINE: shown(line, "bold")}
        named = {
            period.label: shown(mark, "bold")
            for period, mark in zip(found.periods, marks, strict=True)
        }
        cells.insert(0, {**named, **events})
    names, title = _columns([p.label for p in found.periods], cells, width)
    table = Table(box=None, pad_edge=False, padding=(0, _GAP, 0, 0), header_style="dim")
    for name in names:
        left = name in {_FIGURE, _LINE}
        size = title if name == _FIGURE else None
        table.add_column(
            name, justify="left" if left else "right", width=size, no_wrap=name != _FIGURE
        )
    for row in cells:
        table.add_row(*(row.get(name, Text()) for name in names))
    return AtLeast(table, 0)


def _cells(row: Row) -> Cells:
    unit, last = row.kpi.unit, row.points[-1]
    cells = {
        _FIGURE: shown(name_of(row)),
        _LINE: _line(row),
        _LAST: _point(last, row),
        _CHANGE: _change(row.change, row),
        _YEAR: _change(row.year_change, row),
        **{point.period.label: _point(point, row) for point in row.points},
    }
    if (band := band_of(row)) is not None:
        cells[_BAND] = shown(interval_text((float(band[0]), float(band[1])), unit), "dim")
    return cells


def _line(row: Row) -> Text:
    drawn = Text()
    for point, block in zip(
        row.points, sparkline([point.value for point in row.points]), strict=True
    ):
        unfinished = point.line is not None and point.line.unfinished
        drawn.append(block, "red" if point.outside_band else "dim" if unfinished else "cyan")
    return drawn


def _point(point: Point, row: Row) -> Text:
    if point.value is None:
        return shown("-", "dim")
    written = text(point.value, row.kpi.unit)
    unfinished = point.line is not None and point.line.unfinished
    mark = _OUTSIDE if point.outside_band else _UNFINISHED if unfinished else ""
    return shown(f"{mark}{written}", "red" if mark == _OUTSIDE else "dim" if mark else "")


def _change(change: Difference | None, row: Row) -> Text:
    if change is None:
        return Text()
    written = change_text(change.value, row.kpi.unit) + below.SIGNS.get(change.said or "", "")
    return shown(written, "bold" if change.said == MORE_THAN_CHANCE else "")


def _columns(
    periods: Sequence[str], cells: Sequence[Cells], width: int | None
) -> tuple[list[str], int]:
    """Choose the columns there is room for, and the width of titles: of the periods the latest ones."""
    sizes = {
        name: max(
            cell_len(name), *(cell_len(safe_text(row[name].plain)) for row in cells if name in row)
        )
        for name in (_FIGURE, _LINE, *periods, _LAST, _CHANGE, _YEAR, _BAND)
        if any(name in row for row in cells)
    }
    least = min(sizes[_FIGURE], _LEAST_TITLE if width is not None and width < 100 else _FAIR_TITLE)
    kept = [name for name in sizes if name not in periods]
    if width is None:
        return [_FIGURE, _LINE, *periods, *kept[2:]], sizes[_FIGURE]

    def total(names: Sequence[str]) -> int:
        return least + sum(sizes[name] for name in names[1:]) + _GAP * (len(names) - 1)

    for name in _DROPPED_FIRST:
        if total(kept) > width and name in kept:
            kept.remove(name)
    latest: list[str] = []
    for name in reversed(periods[:-1]):
        if total([*kept, name, *latest]) > width:
            break
        latest.insert(0, name)
    shown_ones = [_FIGURE, _LINE, *latest, *kept[2:]]
    return shown_ones, max(least, min(sizes[_FIGURE], least + width - total(shown_ones)))
