"""A scorecard for a terminal or a mail: the figures first, what they rest on below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from retention_cli.benchmarks.verdicts import Verdict
from retention_cli.reports.scorecard import _below as below
from retention_cli.reports.scorecard._grid import Grid
from retention_cli.reports.words import data_lines
from retention_cli.reports.words.console import HANG, Paragraph, printed, section, shown
from retention_cli.reports.words.figures import change_of, left_out, named

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import RenderableType

    from retention_cli.results.scorecard import Line, Scorecard
    from retention_cli.values.periods import Period

_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_NOT_JUDGED = {Verdict.TOO_FEW, Verdict.NOT_COMPARABLE, Verdict.UNDEFINED}
_MOST_NAMED = 3


def render(
    card: Scorecard, *, width: int | None = None, colour: bool = False, verbose: bool = False
) -> str:
    """Write a scorecard as a table for `width` columns; None is as wide as it needs to be."""
    rows = [line for line in card.lines if not left_out(line)]
    grid = Grid.of(rows, width=width, verbose=verbose)
    parts: list[RenderableType] = [*_head(card, rows)]
    if rows:
        parts += ["", *grid.parts()]
    said = below.sections(
        card.lines, intervals=verbose and not grid.shows_intervals, verbose=verbose
    )
    said += data_lines.sections(
        card, width=None if width is None else width - HANG, verbose=verbose
    )
    for one in said:
        parts += ["", *section(one.heading, one.lines)]
    return printed(parts, width=width, colour=colour)


def period_name(period: Period) -> str:
    """Name a period as people say it.

    Example:
        >>> from retention_cli.values.periods import Period
        >>> [period_name(Period.parse(text)) for text in ("2025-06", "2025-Q2", "2025")]
        ['June 2025', 'Q2 2025', '2025']
    """
    names = {
        "month": f"{_MONTHS[period.start.month - 1]} {period.start.year}",
        "quarter": f"Q{period.start.month // 3 + 1} {period.start.year}",
        "year": str(period.start.year),
    }
    spans = f"{period.start} to {period.last_day}"
    return spans if ".." in period.label else names[period.length or ""]


def _head(card: Scorecard, rows: Sequence[Line]) -> Iterator[Paragraph]:
    if card.period is None:
        yield Paragraph(Text("As exported: no dates say which period this is", style="bold"))
    else:
        name, span = period_name(card.period), f"{card.period.start} to {card.period.last_day}"
        title = Text(name, style="bold")
        yield Paragraph(title if name == span else Text.assemble(title, f" · {span}"))
    if card.outside:
        yield Paragraph(Text.assemble(("No data", "yellow"), ": ", shown(card.outside)))
    elif card.unfinished or any(line.unfinished for line in rows):
        yield Paragraph(_unfinished(card, rows))
    yield Paragraph(_summary(rows))
    said = []
    if card.period is not None and any(change_of(line) is not None for line in rows):
        said.append(f"change against {period_name(card.period.previous())}")
    if bys := dict.fromkeys(line.group[0] for line in rows if line.group):
        said.append(f"by {', '.join(bys)}")
    if said:
        yield Paragraph(shown(" · ".join(said)))


def _unfinished(card: Scorecard, rows: Sequence[Line]) -> Text:
    why = card.unfinished or "the period reaches past the end of the data"
    having = [line for line in rows if line.unfinished]
    whose = "" if len(having) in {0, len(rows)} else f" ({named(having, most=_MOST_NAMED)})"
    return Text.assemble(("Unfinished", "yellow"), ": ", shown(f"{why}{whose}"))


def _summary(rows: Sequence[Line]) -> Text:
    """Say in one line how the figures stand to their benchmarks, and name the missed ones."""
    if not any(line.benchmark for line in rows):
        return Text("No benchmark for these figures: nothing is judged")
    missed = [line for line in rows if line.verdict is Verdict.MISSES]
    met, near = (
        sum(line.verdict is verdict for line in rows) for verdict in (Verdict.MEETS, Verdict.NEAR)
    )
    open_ones = sum(bool(line.benchmark) and line.verdict in _NOT_JUDGED for line in rows)
    counted = [
        (met, "met", "green"),
        (near, "near", "yellow"),
        (open_ones, "not judged", ""),
        (len(missed), "missed", "red"),  # last, so that the names follow
    ]
    words = [Text(f"{many} {word}", style) for many, word, style in counted if many]
    names = shown(f": {named(missed)}" if missed else "")
    said = Text(", ").join(words) if words else Text("nothing is judged")
    return Text.assemble("Against benchmarks: ", said, names)
