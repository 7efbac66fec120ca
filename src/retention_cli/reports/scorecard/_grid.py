"""The table of figures: which columns there is room for, and how they are laid out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.table import Table
from rich.text import Text

from retention_cli.benchmarks.verdicts import Verdict
from retention_cli.kpis.registry import Group
from retention_cli.patterns import lazy_pattern
from retention_cli.reports.words.console import HANG, Paragraph, shown
from retention_cli.reports.words.figures import change_of, group_name, target_of
from retention_cli.reports.words.numbers import (
    beside,
    change_text,
    count,
    interval_text,
    text,
    whole,
)
from retention_cli.reports.words.sparkline import sparkline

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from rich.console import RenderableType

    from retention_cli.results.scorecard import Line

_GAP = 2
_WIDE = 120
"""From so many columns on, those that are good to have are shown too."""
_USUAL_TITLE = 40
"""A title is no reason to go without a column as long as it has so much room."""

FIGURE, VALUE, CHANGE, LINE, TARGET, VERDICT, N, SEE, INTERVAL, OWNER = (
    "Figure",
    "Value",
    "Change",
    "Last 12",
    "Target",
    "Verdict",
    "n",
    "See",
    "95 % interval",
    "Owner",
)
_SQUEEZES = ((VERDICT, 10), (FIGURE, 24), (FIGURE, 18))
"""What may fold where there is no room, in turn, and how narrow it may get."""
_MISSED = "✗ "
"""Stands in the margin of a figure that misses its target."""
_UNIT = lazy_pattern(r"(?<=[0-9]) (?:%|pp|years|/ year|[A-Z]{3})$|(?<=[0-9] )(?:h|min|s)\b")
_STYLES = {Verdict.MEETS: "green", Verdict.NEAR: "yellow", Verdict.MISSES: "red"}


@dataclass(frozen=True, slots=True)
class Usual:
    """What all rows have in common, and is said once above them.

    Shape: `currency` is that of all amounts, None where they have several; `columns` are those of the groups.
    """

    currency: str | None
    columns: tuple[str, ...]

    @classmethod
    def of(cls, lines: Sequence[Line]) -> Usual:
        """See what the rows have in common."""
        money = {line.measure.currency for line in lines if line.measure.value is not None} - {None}
        columns = dict.fromkeys(line.group[0] for line in lines if line.group)
        return cls(money.pop() if len(money) == 1 else None, tuple(columns))


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the table: cells by column."""

    cells: dict[str, Text]
    indent: int = HANG


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows under their headings, and the widths of the columns; no widths: rows stand stacked."""

    blocks: dict[str, tuple[Row, ...]]
    widths: dict[str, int]

    @classmethod
    def of(
        cls, lines: Sequence[Line], marks: Mapping[str, str], *, width: int | None, verbose: bool
    ) -> Grid:
        """Lay out figures for a width; None is as wide as they need to be.

        Shape: `marks` are those of the footnotes of a KPI, by its name.
        """
        groups = [group for group in Group if any(line.kpi.group is group for line in lines)]
        usual = Usual.of(lines)
        blocks = {
            group.value: tuple(
                _rows([line for line in lines if line.kpi.group is group], marks, usual)
            )
            for group in groups
        }
        natural = _natural([row for rows in blocks.values() for row in rows])
        extras = [name for name in (LINE, INTERVAL, OWNER) if name in natural]
        shown_ones = {name: size for name, size in natural.items() if name not in extras}
        for name in extras:
            wider = {one: natural[one] for one in natural if one in {*shown_ones, name}}
            fair = {**wider, FIGURE: min(wider[FIGURE], _USUAL_TITLE)}
            room = verbose if width is None else width >= _WIDE and _total(fair) <= width
            shown_ones = wider if room else shown_ones
        if width is not None:
            shown_ones = _squeezed(shown_ones, width)
        return cls(blocks, shown_ones)

    @property
    def shows_intervals(self) -> bool:
        """Whether there is room for the intervals."""
        return INTERVAL in self.widths

    def parts(self) -> Iterator[RenderableType]:
        """Give what is to be printed."""
        for place, (heading, rows) in enumerate(self.blocks.items()):
            beside = not place and cell_len(heading) <= self.widths.get(FIGURE, 0)
            if not beside:
                yield Paragraph(Text(heading, style="bold"))
            if not self.widths:
                for row in rows:
                    yield from _stacked(row)
            elif place:
                yield self._table(rows)
            else:
                yield self._table(rows, heading if beside else "")

    def _table(self, rows: Sequence[Row], heading: str | None = None) -> Table:
        """Lay out rows; with a heading, the names of the columns stand beside it."""
        table = Table(
            box=None,
            show_header=heading is not None,
            pad_edge=False,
            padding=(0, _GAP, 0, 0),
            header_style="bold",
        )
        for name, width in self.widths.items():
            left = name in {FIGURE, LINE, VERDICT, SEE, OWNER}
            table.add_column(
                heading or "" if name == FIGURE else Text(name, style="dim"),
                width=width,
                justify="left" if left else "right",
                overflow="fold",
            )
        for row in rows:
            title = Paragraph(row.cells[FIGURE], indent=row.indent)
            rest = (row.cells.get(name, Text()) for name in self.widths if name != FIGURE)
            table.add_row(title, *rest)
        return table


def _rows(lines: Sequence[Line], marks: Mapping[str, str], usual: Usual) -> Iterator[Row]:
    """Give the rows of one heading: the lines of a KPI stay together, wherever they stand.

    The first of them has the marks of its footnotes.
    """
    for name in dict.fromkeys(line.kpi.name for line in lines):
        figures = [line for line in lines if line.kpi.name == name]
        if all(line.group for line in figures):
            yield Row({FIGURE: shown(figures[0].kpi.title), SEE: shown(marks.get(name, ""), "dim")})
        for line in figures:
            row = row_of(line, usual)
            if line.group is None and name in marks:
                row.cells[SEE] = shown(marks[name], "dim")
            yield row


def row_of(line: Line, usual: Usual) -> Row:
    """Lay out one figure: its cells by column."""
    measure, unit, held = line.measure, line.kpi.unit, target_of(line)
    currency = None if measure.currency == usual.currency else measure.currency
    missed = line.verdict is Verdict.MISSES
    title = _title(line, usual)
    cells = {
        FIGURE: Text.assemble(_MISSED, title, style="bold red") if missed else title,
        N: shown(count(measure.sample_size)),
    }
    change = change_of(line)
    if measure.value is None:
        cells[VALUE] = shown("undefined", "dim")
        aim = text(held.target, unit) if held else None
    elif held is None:
        cells[VALUE], aim = _quiet(text(measure.value, unit, currency=currency)), None
    else:
        value, aim = beside(measure.value, held.target, unit, currency=currency)
        cells[VALUE] = _quiet(value)
    if change is not None:
        cells[CHANGE] = _quiet(change_text(change, unit))
    if any(value is not None for value in line.history):
        cells[LINE] = Text(sparkline(line.history), "cyan")
    if held is not None and aim is not None:
        other = held.currency if held.currency != measure.currency else None
        cells[TARGET] = _quiet(f"{whole(aim)} {other}" if other else whole(aim))
    if measure.interval is not None:
        cells[INTERVAL] = shown(interval_text(measure.interval, unit), "dim")
    if held is not None and held.owner:
        cells[OWNER] = shown(held.owner, "dim")
    if line.benchmark is not None:
        words = line.verdict.value.replace("-", " ")
        cells[VERDICT] = shown(words, _STYLES.get(line.verdict, "dim"))
    indent = 2 * HANG if line.group else HANG
    return Row(cells, indent=indent - HANG if missed else indent)


def _quiet(written: str) -> Text:
    """Write a figure with its units dimmed."""
    said = shown(written)
    said.highlight_regex(_UNIT, "dim")
    return said


def _title(line: Line, usual: Usual) -> Text:
    if line.group is None:
        return shown(line.kpi.title)
    name = group_name(line)
    return shown(name if len(usual.columns) == 1 else f"{line.group[0]}: {name}")


def _natural(rows: Sequence[Row]) -> dict[str, int]:
    """Give the width each column needs; one without a cell is not shown."""
    judged = any(TARGET in row.cells for row in rows)
    widths: dict[str, int] = {}
    for name in (FIGURE, VALUE, CHANGE, LINE, TARGET, VERDICT, N, SEE, INTERVAL, OWNER):
        cells = [row.cells[name] for row in rows if name in row.cells]
        if any(cells) and (judged or name not in {TARGET, VERDICT}):
            widths[name] = max(cell_len(name), *(cell_len(cell.plain) for cell in cells))
    if FIGURE in widths:
        widths[FIGURE] = max(row.indent + row.cells[FIGURE].cell_len for row in rows)
    return widths


def _total(widths: dict[str, int]) -> int:
    return sum(widths.values()) + _GAP * (len(widths) - 1)


def _squeezed(widths: dict[str, int], width: int) -> dict[str, int]:
    """Take from titles and verdicts what is too wide; nothing else may fold.

    No widths at all where that is not enough.
    """
    found = dict(widths)
    for name, least in _SQUEEZES:
        excess = _total(found) - width
        if excess > 0 and name in found:
            found[name] = max(min(least, found[name]), found[name] - excess)
    return found if _total(found) <= width else {}


def _stacked(row: Row) -> Iterator[RenderableType]:
    """Give a row where there is no room for columns: the title, and below it the rest."""
    yield Paragraph(row.cells[FIGURE], indent=row.indent)
    for names in ((VALUE, VERDICT), (CHANGE, TARGET, N, SEE)):
        words = [
            Text("" if name in {VALUE, VERDICT} else f"{name.lower()} ") + row.cells[name]
            for name in names
            if row.cells.get(name)
        ]
        if words:
            yield Paragraph(Text("  ").join(words), indent=2 * HANG)
