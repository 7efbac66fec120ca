"""The sheets that all workbooks have: what the words mean, and what all of it rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_cli.reports.words.data_lines import HIDDEN, Section, assumed_lines, problem_lines
from retention_cli.reports.words.workbook import Column, Formula, cell, span

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from retention_cli.reports.words.workbook import Book, Cell, Sheet
    from retention_cli.results.facts import Facts


def data_quality(book: Book, found: Facts, *, names: bool = True) -> Sheet:
    """Add the sheet that says of each file what became of its rows, and all that was assumed."""
    sheet = book.sheet("Data quality", "What was read, and what was not used")
    columns = (
        *(Column("File", width=40), Column("Sheet", width=14), Column("Kind")),
        *(Column(name, "count", 11) for name in ("Rows", "Accepted", "Rejected", "Skipped")),
        *(Column("Rows not accounted for", "count", 14), Column("SHA-256", width=68)),
    )
    sheet.head(columns)

    def rows() -> Iterable[Sequence[Cell]]:
        for one in found.exports:
            at = sheet.row
            parts = [cell(at, place) for place in (3, 4, 5, 6)]
            gap = Formula(
                "=" + "-".join(parts), one.rows - one.accepted - one.rejected - one.skipped
            )
            counts = (one.rows, one.accepted, one.rejected, one.skipped, gap)
            yield (one.file, one.sheet, one.kind, *counts, one.sha256 or None)

    first, last = sheet.rows(columns, rows())
    sums = [
        Formula(
            f"=SUM({span(first, last, place)})", sum(getattr(one, name) for one in found.exports)
        )
        for place, name in enumerate(("rows", "accepted", "rejected", "skipped"), start=3)
    ]
    sheet.line(["Total", None, None, *sums, None, None], *(c.look for c in columns), total=True)
    problems = problem_lines(found.problems, found.rejects_file, verbose=True)
    below = {"Assumed": assumed_lines(found), "Problems": problems if names else [HIDDEN]}
    sheet.sections(Section(heading, tuple(lines)) for heading, lines in below.items())
    return sheet


def definitions(book: Book, rows: Sequence[tuple[str, str]]) -> None:
    """Add the sheet that says what the words of the others mean."""
    sheet = book.sheet("Definitions", "What the figures mean")
    columns = (Column("Term", "wrapped", 28), Column("Meaning", "wrapped", 110))
    sheet.head(columns)
    sheet.rows(columns, rows)
