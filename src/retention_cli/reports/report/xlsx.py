"""A report as a workbook: the sections of the page as sheets, with numbers, formulas and charts."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from retention_cli.reports.accounts.xlsx import accounts_sheets, managers
from retention_cli.reports.report import _sheets as sheets
from retention_cli.reports.report._parts import part_of, title_of_report
from retention_cli.reports.report._trend_sheets import trend
from retention_cli.reports.report._words import happened
from retention_cli.reports.scorecard.table import title_of
from retention_cli.reports.scorecard.xlsx import figures
from retention_cli.reports.words.figures import left_out
from retention_cli.reports.words.sheets import data_quality, definitions
from retention_cli.reports.words.workbook import Book, Column

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from retention_cli.reports.report._parts import Part
    from retention_cli.results.accounts import Accounts
    from retention_cli.results.report import Report

_POINTS = "Changes and gaps of percentages are in percentage points; times are hours, minutes and seconds."


def render(found: Report) -> bytes:
    """Write Summary, and the sheets of each section that has data."""
    book = Book(title_of_report(found))
    parts = [part_of(found, name) for name in found.wanted]
    _summary(book, found, parts)
    for part in parts:
        if part.why_not is None:
            _SHEETS[part.name](book, found, part)
    return book.closed()


def _summary(book: Book, found: Report, parts: Sequence[Part]) -> None:
    """Say what happened, and where what is."""
    rows = [line for line in found.card.lines if not left_out(line)]
    sheet = book.sheet("Summary", title_of_report(found), notes=[title_of(found.card, rows).plain])
    sheet.widths(44, 40, 40)
    sheet.line([])
    for said in happened(found):
        sheet.sentence(said, "lead")
    sheet.line([])
    sheet.headings([Column("Section"), Column("Sheet"), Column("Left out because")])
    for part in parts:
        names = None if part.why_not else ", ".join(_NAMES[part.name])
        sheet.line([part.heading, names, part.why_not], "wrapped")


def _scorecard(book: Book, found: Report, part: Part) -> None:
    lines = [line for line in found.card.lines if not left_out(line)]
    sheet = book.sheet("Scorecard", part.heading, notes=[_POINTS])
    figures(book, sheet, lines, readers=True)
    sheet.sections(part.notes)


def _accounts(book: Book, found: Report, _: Part) -> None:
    accounts = cast("Accounts", found.accounts)
    accounts_sheets(book, accounts, "Profit", names=found.names)
    managers(book, accounts)


def _definitions(book: Book, _: Report, part: Part) -> None:
    definitions(book, part.terms)


def _data(book: Book, found: Report, part: Part) -> None:
    sheet = data_quality(book, found, names=found.names)
    sheet.line([])
    sheet.line(["Settings and benchmarks"], "title")
    for one in found.read:
        cells = (one.file, None, None, one.size, None, None, None, None, one.sha256)
        sheet.line(cells, *["text"] * 3, "count", *["text"] * 5)
    for said in part.lead:
        sheet.sentence(said)


_SHEETS: dict[str, Callable[[Book, Report, Part], None]] = {
    "scorecard": _scorecard,
    "trend": trend,
    "bridge": sheets.bridge,
    "cohorts": sheets.cohorts,
    "responses": sheets.responses,
    "nps": sheets.nps,
    "accounts": _accounts,
    "definitions": _definitions,
    "data": _data,
}
_NAMES = {
    "scorecard": ("Scorecard",),
    "trend": ("Trend", "Trend charts", "Trend numbers"),
    "bridge": ("Bridge",),
    "cohorts": ("Cohorts",),
    "responses": ("Response times",),
    "nps": ("Net Promoter Score",),
    "accounts": ("Profit", "Accounts", "Managers"),
    "definitions": ("Definitions",),
    "data": ("Data quality",),
}
