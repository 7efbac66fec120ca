"""The sheets of a report that are of many periods: figures side by side, their charts and numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from retention_cli.reports.report._drawn import lines_of, remark, target_of_row
from retention_cli.reports.trend._words import axis, band_of, letters, reason
from retention_cli.reports.words.workbook import LOOKS, Column, measured, number_format

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from retention_cli.reports.report._parts import Part
    from retention_cli.reports.words.workbook import Book, Cell
    from retention_cli.results.report import Report
    from retention_cli.results.trend import Row, Trend

_NUMBERS, _FIRST = "Trend numbers", 2
_WIDE, _HIGH, _ACROSS = 490, 290, 3
_ROWS, _SCALE = 15, 67
"""How many rows a chart covers, with what is free below it, and the scale at which nine fill a page."""
_LEGEND = (
    "The dashed line is the target, the thin lines are the ends of the band where the figure usually stays."
    " A red point is outside the band; a letter marks an event."
)
_LINE, _INK, _BAND, _BAD = "#0A58B0", "#1B1F24", "#9DB7D5", "#B01C1C"


def trend(book: Book, found: Report, part: Part) -> None:
    """Add the figures side by side with their charts, and all numbers below each other."""
    told = cast("Trend", found.trend)
    rows, marks = lines_of(told), axis(told.periods, letters(told))
    sheet = book.sheet("Trend", part.heading)
    columns = [Column("Figure", width=34)]
    columns += [Column(period.label, "number", 12) for period in told.periods]
    columns += [Column(name, "number", 12) for name in ("Target", "Usually from", "Usually to")]
    sheet.head(columns, frozen=1)
    for row in rows:
        look, (target, *band) = LOOKS[row.kpi.unit], _levels(row)
        values = [measured(point.value, look) for point in row.points]
        sheet.line([row.kpi.title, *values, target, *band], "text", *[look] * (len(columns) - 1))
    sheet.sections(part.notes)
    _charts(book, rows, marks)
    _numbers(book, rows, marks)


def _charts(book: Book, rows: Sequence[Row], marks: Sequence[str]) -> None:
    """Add the sheet of charts: three beside each other, and three such lines on a page of A4."""
    sheet = book.sheet("Trend charts", "How the figures moved", notes=[_LEGEND])
    sheet.widths(_WIDE * _ACROSS // 7)
    size = len(rows[0].points) if rows else 0
    for place, row in enumerate(rows):
        chart = _chart(book, row, marks, (_FIRST + place * size, _FIRST + (place + 1) * size - 1))
        at = sheet.row + place // _ACROSS * _ROWS
        sheet.sheet.insert_chart(at, 0, chart, {"x_offset": place % _ACROSS * _WIDE, "y_offset": 5})
    last = sheet.row + -(-len(rows) // _ACROSS) * _ROWS
    sheet.sheet.set_print_scale(_SCALE)
    sheet.sheet.set_h_pagebreaks(list(range(sheet.row + 3 * _ROWS, last, 3 * _ROWS)))


def _numbers(book: Book, rows: Sequence[Row], marks: Sequence[str]) -> None:
    columns = (
        *(Column("Figure", width=34), Column("Period", width=12), Column("Value", "number", 16)),
        *(Column("n", "count", 9), Column("Target", "number", 14)),
        *(Column("Usually from", "number", 14), Column("Usually to", "number", 14)),
        Column("Remark", width=60),
    )
    sheet = book.sheet(_NUMBERS, "The numbers behind the charts of the sheet Trend")
    sheet.head(columns, frozen=2)
    for row in rows:
        look = LOOKS[row.kpi.unit]
        for cells in _points(row, marks, look):
            sheet.line(cells, "text", "text", look, "count", *[look] * 3, "text")
    sheet.sheet.autofilter(_FIRST - 1, 0, max(sheet.row - 1, _FIRST), len(columns) - 1)


def _points(row: Row, marks: Sequence[str], look: str) -> Iterator[Sequence[Cell]]:
    levels = _levels(row)
    for point, mark in zip(row.points, marks, strict=True):
        n = point.line.measure.sample_size if point.line else None
        said = [one for one in (remark(point, mark), reason(point)) if one]
        value = measured(point.value, look)
        yield (row.kpi.title, point.period.label, value, n, *levels, "; ".join(said) or None)


def _levels(row: Row) -> tuple[float | None, ...]:
    """Give the target and the band of a figure."""
    look, held = LOOKS[row.kpi.unit], target_of_row(row)
    target = measured(held.target, look) if held else None
    return (target, *(measured(end, look) for end in band_of(row) or (None, None)))


def _chart(book: Book, row: Row, marks: Sequence[str], rows: tuple[int, int]) -> Any:
    chart = book.book.add_chart({"type": "line"})
    target, low, high = _levels(row)
    series: list[tuple[int, str, dict[str, Any]]] = [
        (5, "Usually from", {"color": _BAND, "width": 1}),
        (6, "Usually to", {"color": _BAND, "width": 1}),
        (4, "Target", {"color": _INK, "width": 1, "dash_type": "dash"}),
    ]
    for column, name, line in series:
        if (target, low, high)[column - 4] is not None:
            chart.add_series(_series(name, column, rows) | {"line": line})
    red = {"fill": {"color": _BAD}, "border": {"color": _BAD}}
    labels = [{"value": mark} if mark else {"delete": True} for mark in marks]
    chart.add_series(
        _series(row.kpi.title, 2, rows)
        | {
            "line": {"color": _LINE, "width": 2},
            "marker": {
                "type": "circle",
                "size": 5,
                "fill": {"color": _LINE},
                "border": {"color": _LINE},
            },
            "points": [red if point.outside_band else None for point in row.points],
        }
        | ({"data_labels": {"value": True, "custom": labels}} if any(marks) else {})
    )
    chart.set_title({"name": row.kpi.title, "name_font": {"size": 11}})
    chart.set_legend({"none": True})
    chart.set_x_axis({"num_font": {"size": 8, "rotation": -45}, "label_position": "low"})
    written = {"num_font": {"size": 8}, "num_format": number_format(LOOKS[row.kpi.unit])}
    chart.set_y_axis(written | {"major_gridlines": {"visible": False}})
    chart.show_na_as_empty_cell()
    chart.set_size({"width": _WIDE - 15, "height": _HIGH})
    return chart


def _series(name: str, column: int, rows: tuple[int, int]) -> dict[str, Any]:
    first, last = rows
    return {
        "name": name,
        "categories": [_NUMBERS, first, 1, last, 1],
        "values": [_NUMBERS, first, column, last, column],
    }
