"""An explanation for a terminal: the definition, then the parts and who is in them."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from rich.text import Text

from retention_cli.reports.explain import _definition as definition
from retention_cli.reports.explain import _members as of
from retention_cli.reports.scorecard._footnotes import of_files
from retention_cli.reports.scorecard.table import period_name
from retention_cli.reports.words.below import in_full
from retention_cli.reports.words.brief import read_line
from retention_cli.reports.words.console import (
    HANG,
    Listing,
    Paragraph,
    marked,
    printed,
    section,
    shown,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import RenderableType

    from retention_cli.results.explanation import (
        Bases,
        CustomerFile,
        Definition,
        Explanation,
        OpenedFigure,
        OpenedPart,
    )

_FIRST = 5
"""So many members of each part are shown, unless the part was asked for."""


def render(
    found: Explanation, *, width: int | None = None, colour: bool = False, verbose: bool = False
) -> str:
    """Write an explanation for `width` columns; None is as wide as it needs to be."""
    parts: list[RenderableType] = []
    if found.definition is not None:
        brief = bool(found.figures) and not verbose
        parts += _definition(found.definition, found, brief=brief)
    if found.incomplete:
        parts += [*([""] if parts else []), marked("!", found.incomplete)]
    if found.customer is not None:
        parts += [*([""] if parts else []), *_customer(found.customer, found)]
    else:
        for figure in found.figures:
            parts += ["", *_figure(figure, found.part)]
    parts += _readings(found)
    if found.bases is not None:
        parts += ["", *_bases(found.bases, found)]
    if found.left_out:
        rows = [one.message for one in found.left_out]
        most = rows if verbose else rows[:_FIRST]
        more = [f"and {len(rows) - len(most)} more: --verbose"] if len(most) < len(rows) else []
        parts += ["", *section("Rows left out that may belong here", [*most, *more])]
    if verbose:
        parts += in_full(found, width)
    elif found.exports:
        parts += ["", *_below(found)]
    return printed(parts, width=width, colour=colour)


def _below(found: Explanation) -> Iterator[RenderableType]:
    """Give what changes the figures, and where all else of the data is said."""
    lines = [figure.line for figure in found.figures]
    if said := of_files(found, lines):
        yield from section("Files", said)
    yield marked("Read", read_line(found))


def _definition(said: Definition, found: Explanation, *, brief: bool) -> Iterator[RenderableType]:
    title = Text(definition.title(said), style="bold")
    if found.period is not None:
        title = Text.assemble(title, f" · {period_name(found.period)}")
    yield Paragraph(title)
    yield Paragraph(Text(said.said[""]))
    facts = definition.facts(said)
    if brief:
        yield Paragraph(Text.assemble(("Formula", "bold"), ": ", facts["Formula"]))
        return
    yield ""
    for name, text in facts.items():
        yield Paragraph(Text.assemble((name, "bold"), ": ", text))
    for heading, lines in (
        ("Example", definition.example(said)),
        ("In a benchmark file", definition.benchmark(said)),
    ):
        yield from ("", Paragraph(Text(heading, style="bold")))
        yield from (Paragraph(shown(line), indent=HANG) for line in lines)


def _readings(found: Explanation) -> Iterator[RenderableType]:
    for heading, readings in of.reading_groups(found):
        yield from ("", Paragraph(shown(heading, "bold")))
        yield Listing(of.READINGS, tuple(of.reading_rows(readings, found)), whole=4)
        yield from (Paragraph(shown(line), indent=HANG) for line in of.reading_lines(readings))


def _bases(bases: Bases, found: Explanation) -> Iterator[RenderableType]:
    yield Paragraph(Text("On each basis", style="bold"))
    yield Listing(of.BASES, tuple(of.basis_rows(bases, found.figures[0].line.kpi.unit)), whole=3)
    yield from (Paragraph(shown(line), indent=HANG) for line in of.basis_lines(bases))
    rows = [(id_, name or "", *states) for id_, name, states in islice(bases.find(), _FIRST)]
    if rows:
        yield Listing(("id", "name", *bases.known), tuple(rows), whole=1)
    if (more := bases.count - len(rows)) > 0:
        yield Paragraph(shown(f"and {more:,} more: --format csv", "dim"), indent=HANG)


def _customer(one: CustomerFile, found: Explanation) -> Iterator[RenderableType]:
    yield Paragraph(shown(f"{one.id} {one.name or ''}".strip(), "bold"))
    yield from (Paragraph(shown(said)) for said in of.other_ids(one))
    yield ""
    rows = tuple(of.saying_row(said) for said in one.said)
    yield Listing(("date", "kind", "file", "row", "what it says"), rows, whole=4)
    if one.left_out:
        yield ""
        yield from section("Not used", [row.message for row in one.left_out])
    yield from ("", Paragraph(Text("In the figures", style="bold")))
    for figure in found.figures:
        yield from (Paragraph(shown(line), indent=HANG) for line in of.way_through(figure))


def _figure(figure: OpenedFigure, whole: str | None) -> Iterator[RenderableType]:
    yield Paragraph(shown(of.headline(figure), "bold"))
    yield from (Paragraph(shown(said), indent=HANG) for said in of.remarks(figure))
    for part in figure.parts:
        if whole in {None, part.name}:
            yield from ("", *_part(part, figure, most=None if whole else _FIRST))


def _part(part: OpenedPart, figure: OpenedFigure, *, most: int | None) -> Iterator[RenderableType]:
    yield Paragraph(shown(of.title(part, figure.line.measure.currency), "bold"))
    rows = [of.shown_row(member, part) for member in islice(part.find(), most)]
    there = tuple(of.columns(rows))
    yield Listing(there, tuple(tuple(row.get(name, "") for name in there) for row in rows), whole=1)
    if (more := part.count - len(rows)) > 0:
        said = f"and {more:,} more: --members {part.name}, or --format csv"
        yield Paragraph(shown(said, "dim"), indent=HANG)
