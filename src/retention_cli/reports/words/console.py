"""Rich output as text: laid out for a width, with or without colour, and never marked up."""

from __future__ import annotations

from dataclasses import dataclass
from io import StringIO
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from retention_cli.text.safe_text import safe_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from rich.console import ConsoleOptions, RenderableType, RenderResult

UNBOUNDED = 100_000
"""The width of output that nobody's terminal bounds: nothing is ever wrapped."""
HANG = 2
_LEAST = 8
"""Below so many columns wrapping would only tear words apart."""
_GAP = 2
_LEAST_COLUMN = 6


def printed(
    parts: Iterable[RenderableType], *, width: int | None, colour: bool, shades: bool = False
) -> str:
    """Print parts below each other to a string; `shades` takes more than the sixteen colours."""
    console = Console(
        file=StringIO(),
        width=width or UNBOUNDED,
        color_system=("256" if shades else "standard") if colour else None,
        force_terminal=colour,
        force_jupyter=False,
        no_color=not colour,
        markup=False,
        emoji=False,
        highlight=False,
        legacy_windows=False,
        _environ={},
    )
    with console.capture() as captured:
        for part in parts:
            console.print(part, soft_wrap=False, crop=False)
    return "".join(f"{line.rstrip()}\n" for line in captured.get().splitlines())


def shown(text: str, style: str = "") -> Text:
    """Make text from anywhere fit for a terminal: escapes are visible, long words fold."""
    return Text(safe_text(text), style=style, overflow="fold")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Text with an indent; what does not fit on its first line hangs two columns further in."""

    text: Text
    indent: int = 0

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Wrap to the width there is."""
        room = max(options.max_width - self.indent, _LEAST)
        first = self.text.wrap(console, room, overflow="fold")[0]
        yield Text(" " * self.indent) + first
        rest = self.text[len(first) :]
        rest = rest[len(rest.plain) - len(rest.plain.lstrip()) :]
        if rest:
            hanging = Text(" " * (self.indent + HANG))
            for line in rest.wrap(console, max(room - HANG, _LEAST), overflow="fold"):
                yield hanging + line


@dataclass(frozen=True, slots=True)
class AtLeast:
    """What is laid out for so many columns even where there are fewer: nothing in it is cut."""

    part: RenderableType
    width: int

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Lay out for the width there is, or for what is needed."""
        yield from console.render(
            self.part, options.update(max_width=max(self.width, options.max_width))
        )


def that_fit(
    sizes: Mapping[int, int], dropped_first: Iterable[int], width: int | None
) -> tuple[list[int], int]:
    """Choose the columns there is room for, and the width that they need; some go in turn."""
    kept = dict(sizes)
    for place in (*dropped_first, None):
        least = sum(kept.values()) + _GAP * (len(kept) - 1)
        if place is None or width is None or least <= width:
            break
        kept.pop(place, None)
    return list(kept), least


def section(heading: str, lines: Sequence[str]) -> list[Paragraph]:
    """Lay out a heading and its lines; a single one is beside it."""
    title = Text(heading, style="bold")
    if len(lines) == 1:
        return [Paragraph(Text.assemble(title, ": ", shown(lines[0])))]
    return [Paragraph(title), *(Paragraph(shown(line), indent=HANG) for line in lines)]


def marked(mark: str, text: str) -> Paragraph:
    """Lay out a text behind its mark; a mark of several letters is a word before it."""
    after = ": " if len(mark) > HANG else " "
    return Paragraph(Text.assemble((mark, "bold"), after, shown(text)))


@dataclass(frozen=True, slots=True)
class Listing:
    """Columns of text under their headings. A row of one cell is a heading among the rows.

    Cells fold where there is no room, down to a few signs; those of the
    first `whole` columns do not.
    """

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    indent: int = HANG
    whole: int = 0

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Lay the columns out for the width there is."""
        table = Table(box=None, pad_edge=False, padding=(0, _GAP, 0, 0), header_style="dim")
        for place, heading in enumerate(self.headings):
            table.add_column(heading, overflow="fold", no_wrap=place < self.whole)
        for row in self.rows:
            if len(row) == 1:
                table.add_row()
            table.add_row(*(shown(cell, "bold" if len(row) == 1 else "") for cell in row))
        if self.rows:
            padded = Padding(table, (0, 0, 0, self.indent), expand=False)
            yield AtLeast(padded, self.indent + self._least())

    def _least(self) -> int:
        cells = [self.headings, *(row for row in self.rows if len(row) > 1)]
        natural = [
            max(cell_len(safe_text(cell)) for cell in column) for column in zip(*cells, strict=True)
        ]
        least = [
            size if place < self.whole else min(size, _LEAST_COLUMN)
            for place, size in enumerate(natural)
        ]
        return sum(least) + _GAP * (len(least) - 1)
