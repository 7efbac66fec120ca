"""The charts of the workbook of lifetime values, with the cells they draw."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_cli.reports.clv._tested import headline
from retention_cli.reports.words.workbook import Column, Formula, cell

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retention_cli.reports.words.workbook import Book, Sheet
    from retention_cli.results.lifetimes import Backtest, Lifetimes, Score

_PLACE = "G3"


def silence(book: Book, sheet: Sheet, found: Lifetimes) -> None:
    """Write the mean P(alive) by weeks of silence, and draw it beside."""
    sheet.line(["Weeks silent", "Customers", "P(alive)"], "header", *["number_header"] * 2)
    first = sheet.row
    for one in found.silence:
        label = f"{one.since} to {one.until}"
        sheet.line([label, one.n, one.mean], "text", "count", "ratio")
    _columns(book, sheet, "P(alive) by weeks of silence", (first, sheet.row - 1), {2: "P(alive)"})


def back_test(book: Book, tested: Backtest, currency: str | None) -> None:
    """Write how each way to predict did, and what was said and came by tenths of the customers."""
    sheet = book.sheet("Back-test", headline(tested))
    sheet.widths(28, 16, 14, 16, 16)
    money = f" in {currency}" if currency and tested.of == "value" else ""
    past = f"{tested.past.start} to {tested.past.last_day}"
    sheet.line([f"{tested.of}{money} of {tested.n:,} customers, fitted on {past} alone"], "note")
    sheet.line([])
    headings = ("", "Total", "Error", "Rank correlation", "Top tenth found")
    sheet.line(headings, "header", *["number_header"] * 4)
    came = sheet.row + len(tested.scores)
    for one in tested.scores:
        sheet.line(_score(one, sheet.row, came), "text", "number", "ratio", "number", "ratio")
    sheet.line(["what came", tested.actual], "text", "number", total=True)
    sheet.line([])
    columns = (Column("Tenth"), Column("Customers"), Column("Predicted"), Column("Came"))
    sheet.line([one.heading for one in columns], "header", *["number_header"] * 3)
    first = sheet.row
    for at, tenth in enumerate(tested.deciles, start=1):
        cells = (str(at), tenth.n, tenth.predicted, tenth.actual)
        sheet.line(cells, "text", "count", "number", "number")
    title = f"Calibration: mean {tested.of}{money} of each tenth, the best first"
    _columns(book, sheet, title, (first, sheet.row - 1), {2: "predicted", 3: "came"})


def _score(one: Score, row: int, came: int) -> Sequence[str | float | Formula | None]:
    error = None
    if one.error is not None:
        error = Formula(f"=({cell(row, 1)}-{cell(came, 1)})/{cell(came, 1)}", one.error)
    return (one.name, one.total, error, one.rank_correlation, one.top_tenth)


def _columns(
    book: Book,
    sheet: Sheet,
    title: str,
    rows: tuple[int, int],
    series: dict[int, str],
) -> None:
    """Draw columns of cells beside each other, over the names in the first column."""
    chart = book.book.add_chart({"type": "column"})
    name = sheet.sheet.get_name()
    for column, said in series.items():
        chart.add_series(
            {
                "name": said,
                "categories": [name, rows[0], 0, rows[1], 0],
                "values": [name, rows[0], column, rows[1], column],
                "gap": 60,
            }
        )
    chart.set_title({"name": title, "name_font": {"size": 12}})
    if len(series) == 1:
        chart.set_legend({"none": True})
        chart.set_y_axis({"num_format": "0%", "min": 0, "max": 1})
    chart.set_size({"width": 620, "height": 320})
    sheet.sheet.insert_chart(_PLACE, chart)
