"""A scorecard for a terminal or a mail: the figures first, what they rest on below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from retention_cli.benchmarks.verdicts import Verdict
from retention_cli.reports.scorecard import _below as below
from retention_cli.reports.scorecard._footnotes import footnotes
from retention_cli.reports.scorecard._grid import Grid, Usual
from retention_cli.reports.words import data_lines
from retention_cli.reports.words.brief import read_line
from retention_cli.reports.words.console import HANG, Paragraph, marked, printed, section, shown
from retention_cli.reports.words.figures import change_of, left_out, named
from retention_cli.text.wording import many

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import RenderableType

    from retention_cli.reports.scorecard._footnotes import Footnotes
    from retention_cli.results.scorecard import Line, Scorecard
    from retention_cli.values.periods import Period

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_NOT_JUDGED = {Verdict.TOO_FEW, Verdict.NOT_COMPARABLE, Verdict.UNDEFINED}
_MOST_NAMED = 3
_MOST_LINES = 10
"""So many lines are below the table of a screen, unless more than that changes a figure."""
_SCREEN = 100


def render(
    card: Scorecard, *, width: int | None = None, colour: bool = False, verbose: bool = False
) -> str:
    """Write a scorecard as a table for `width` columns; None is as wide as it needs to be."""
    if verbose:
        rows = [line for line in card.lines if not left_out(line)]
        grid = Grid.of(rows, {}, width=width, verbose=True)
        told = [*_sections(card, width, intervals=not grid.shows_intervals)]
    else:
        rows = below.tabled(card.lines)
        notes = footnotes(card, rows)
        grid = Grid.of(rows, notes.marks, width=width, verbose=False)
        told = ["", *_brief(card, notes, max(width, _SCREEN) if width else None)]
    parts: list[RenderableType] = [*_head(card, rows)]
    if rows:
        parts += ["", *grid.parts()]
    return printed([*parts, *told], width=width, colour=colour)


def _sections(card: Scorecard, width: int | None, *, intervals: bool) -> Iterator[RenderableType]:
    """Give everything that there is to say of the figures and of the data."""
    room = None if width is None else width - HANG
    for one in (
        *below.sections(card.lines, intervals=intervals),
        *data_lines.sections(card, width=room, verbose=True),
    ):
        yield ""
        yield from section(one.heading, one.lines)


def _brief(card: Scorecard, notes: Footnotes, width: int | None) -> Iterator[Paragraph]:
    """Give what changes a figure, why others are undefined as far as there is room, and the rest."""
    last = [
        *(p for one in below.out_of_date(card.lines) for p in section(one.heading, one.lines)),
        marked("Read", read_line(card)),
    ]
    said = [marked(mark, text) for mark, text in notes.said]
    yield from said
    reasons = below.not_computed_because(card.lines)
    room = _MOST_LINES - _height([*said, *last], width)
    # A figure with a row has its reason, and what exports are not there goes last, with all others.
    may_go = [text for text, has_row in reasons[:-1] if not has_row]
    if not any(has_row for _, has_row in reasons):
        may_go = [*(text for text, _ in reasons[-1:]), *may_go]
    gone: list[str] = []
    while may_go and _height(_not_computed(reasons, gone), width) > room:
        gone.append(may_go.pop())
    yield from _not_computed(reasons, gone)
    yield from last


def _not_computed(reasons: Sequence[tuple[str, bool]], gone: Sequence[str]) -> list[Paragraph]:
    kept = [text for text, _ in reasons if text not in gone]
    more = [f"{many(len(gone), 'more reason' if kept else 'reason')}: --verbose"] if gone else []
    if len(kept) > 1:
        return section("Not computed", [*kept, *more])
    return [marked("Not computed", "; ".join([*kept, *more]))] if reasons else []


def _height(parts: Sequence[RenderableType], width: int | None) -> int:
    return len(printed(parts, width=width, colour=False).splitlines()) if parts else 0


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
    yield Paragraph(title_of(card, rows))
    if card.outside:
        yield Paragraph(Text.assemble(("No data", "yellow"), ": ", shown(card.outside)))
    elif card.unfinished or any(line.unfinished for line in rows):
        yield Paragraph(_unfinished(card, rows))
    yield Paragraph(verdict_line(rows))


def title_of(card: Scorecard, rows: Sequence[Line]) -> Text:
    """Name the period, what it is compared with and what it is broken down by."""
    if card.period is None:
        name, said = "As exported: no dates say which period this is", []
    else:
        name = period_name(card.period)
        said = [f"{card.period.start} to {card.period.last_day}"]
    said = [span for span in said if span != name]
    if card.period is not None and any(change_of(line) is not None for line in rows):
        said.append(f"change against {period_name(card.period.previous())}")
    usual = Usual.of(rows)
    if usual.currency:
        said.append(f"amounts in {usual.currency}")
    if usual.columns:
        said.append(f"by {', '.join(usual.columns)}")
    return Text.assemble((name, "bold"), *(shown(f" · {one}") for one in said))


def _unfinished(card: Scorecard, rows: Sequence[Line]) -> Text:
    why = card.unfinished or "the period reaches past the end of the data"
    having = [line for line in rows if line.unfinished]
    whose = "" if len(having) in {0, len(rows)} else f" ({named(having, most=_MOST_NAMED)})"
    return Text.assemble(("Unfinished", "yellow"), ": ", shown(f"{why}{whose}"))


def verdict_line(rows: Sequence[Line]) -> Text:
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
    words = [Text(f"{number} {word}", style) for number, word, style in counted if number]
    names = shown(f": {named(missed)}" if missed else "")
    said = Text(", ").join(words) if words else Text("nothing is judged")
    return Text.assemble("Against benchmarks: ", said, names)
