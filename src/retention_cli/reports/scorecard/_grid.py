"""The table of figures: which columns there is room for, and how they are laid out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.table import Table
from rich.text import Text

from retention_cli.benchmarks.verdicts import Verdict
from retention_cli.kpis.registry import Group
from retention_cli.reports.words.console import HANG, Paragraph, shown
from retention_cli.reports.words.figures import change_of, group_name, target_of
from retention_cli.reports.words.numbers import beside, change_text, count, interval_text, text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import RenderableType

    from retention_cli.results.scorecard import Line

_GAP = 2
_WIDE = 120
"""From so many columns on, those that are good to have are shown too."""
_USUAL_TITLE = 40
"""A title is no reason to go without a column as long as it has so much room."""

FIGURE, VALUE, CHANGE, TARGET, VERDICT, N, INTERVAL, OWNER = (
    "Figure",
    "Value",
    "Change",
    "Target",
    "Verdict",
    "n",
    "95 % interval",
    "Owner",
)
_SQUEEZES = ((FIGURE, 22), (VERDICT, 12), (FIGURE, 19), (VERDICT, 10), (FIGURE, 16))
"""What may fold where there is no room, in turn, and how narrow it may get."""
_STYLES = {Verdict.MEETS: "green", Verdict.NEAR: "yellow", Verdict.MISSES: "red"}


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the table: cells by column."""

    cells: dict[str, Text]
    indent: int = 0


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows under their headings, and the widths of the columns; no widths: rows stand stacked."""

    blocks: dict[str, tuple[Row, ...]]
    widths: dict[str, int]

    @classmethod
    def of(cls, lines: Sequence[Line], *, width: int | None, verbose: bool) -> Grid:
        """Lay out figures for a width; None is as wide as they need to be."""
        groups = [group for group in Group if any(line.kpi.group is group for line in lines)]
        several = len({line.group[0] for line in lines if line.group}) > 1
        blocks = {
            group.value: tuple(
                _rows([line for line in lines if line.kpi.group is group], several=several)
            )
            for group in groups
        }
        natural = _natural([row for rows in blocks.values() for row in rows])
        extras = [name for name in (INTERVAL, OWNER) if name in natural]
        shown_ones = {name: size for name, size in natural.items() if name not in extras}
        for name in extras:
            wider = {**shown_ones, name: natural[name]}
            usual = {**wider, FIGURE: min(wider[FIGURE], _USUAL_TITLE)}
            room = verbose if width is None else width >= _WIDE and _total(usual) <= width
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
        if self.widths:
            yield self._table((), header=True)
            yield Text("─" * _total(self.widths), style="dim")
        for heading, rows in self.blocks.items():
            if heading != next(iter(self.blocks)):
                yield ""
            yield Paragraph(Text(heading, style="bold"))
            if self.widths:
                yield self._table(rows)
            else:
                for row in rows:
                    yield from _stacked(row)

    def _table(self, rows: Sequence[Row], *, header: bool = False) -> Table:
        table = Table(
            box=None,
            show_header=header,
            pad_edge=False,
            padding=(0, _GAP, 0, 0),
            header_style="bold",
        )
        for name, width in self.widths.items():
            left = name in {FIGURE, VERDICT, OWNER}
            table.add_column(
                name,
                width=width,
                justify="left" if left else "right",
                overflow="fold",
            )
        for row in rows:
            title = Paragraph(row.cells[FIGURE], indent=row.indent)
            rest = (row.cells.get(name, Text()) for name in self.widths if name != FIGURE)
            table.add_row(title, *rest)
        return table


def _rows(lines: Sequence[Line], *, several: bool) -> Iterator[Row]:
    """Give the rows of one heading: the lines of a KPI stay together, wherever they stand."""
    for name in dict.fromkeys(line.kpi.name for line in lines):
        figures = [line for line in lines if line.kpi.name == name]
        if all(line.group for line in figures):
            yield Row({FIGURE: shown(figures[0].kpi.title)})
        yield from (_row(line, several=several) for line in figures)


def _row(line: Line, *, several: bool) -> Row:
    measure, unit, held = line.measure, line.kpi.unit, target_of(line)
    cells = {FIGURE: _title(line, several=several), N: shown(count(measure.sample_size))}
    change = change_of(line)
    if measure.value is None:
        cells[VALUE] = shown("undefined", "dim")
        aim = text(held.target, unit) if held else None
    elif held is None:
        cells[VALUE], aim = shown(text(measure.value, unit, currency=measure.currency)), None
    else:
        value, aim = beside(measure.value, held.target, unit, currency=measure.currency)
        cells[VALUE] = shown(value)
    if change is not None:
        cells[CHANGE] = shown(change_text(change, unit))
    if held is not None and aim is not None:
        other = held.currency if held.currency != measure.currency else None
        cells[TARGET] = shown(f"{aim} {other}" if other else aim)
    if measure.interval is not None:
        cells[INTERVAL] = shown(interval_text(measure.interval, unit), "dim")
    if held is not None and held.owner:
        cells[OWNER] = shown(held.owner, "dim")
    if measure.value is not None or line.benchmark is not None:
        words = line.verdict.value.replace("-", " ")
        cells[VERDICT] = shown(words, _STYLES.get(line.verdict, "dim"))
    return Row(cells, indent=HANG if line.group else 0)


def _title(line: Line, *, several: bool) -> Text:
    if line.group is None:
        return shown(line.kpi.title)
    name = group_name(line)
    return shown(f"{line.group[0]}: {name}" if several else name)


def _natural(rows: Sequence[Row]) -> dict[str, int]:
    """Give the width each column needs; one without a cell is not shown."""
    judged = any(TARGET in row.cells for row in rows)
    widths: dict[str, int] = {}
    for name in (FIGURE, VALUE, CHANGE, TARGET, VERDICT, N, INTERVAL, OWNER):
        cells = [row.cells[name] for row in rows if name in row.cells]
        if cells and (judged or name not in {TARGET, VERDICT}):
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
    for names in ((VALUE, VERDICT), (CHANGE, TARGET, N)):
        words = [
            Text(f"{name.lower()} " if name in {CHANGE, TARGET, N} else "") + row.cells[name]
            for name in names
            if name in row.cells
        ]
        if words:
            yield Paragraph(Text("  ").join(words), indent=2 * HANG)
