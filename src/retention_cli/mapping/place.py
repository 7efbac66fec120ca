"""Where headers stand, and how that is typed in options and settings."""

from __future__ import annotations

from dataclasses import dataclass, field
from shlex import quote
from typing import TYPE_CHECKING

from retention_cli.errors import Ask
from retention_cli.mapping.amounts.units import source_text
from retention_cli.mapping.words.naming import Worded
from retention_cli.text.toml_text import quoted

if TYPE_CHECKING:
    from collections.abc import Callable

    from retention_cli.reading.text import TextSheet


@dataclass(frozen=True, slots=True)
class Place:
    """Where headers stand: in messages, and as it is typed in options and settings."""

    file: str
    sheet: str | None = None
    fits: Callable[[str, str, str], bool] | None = field(default=None, compare=False)
    """Whether the cells below a header may be of a column of a kind."""

    def may_be(self, header: str, kind: str, column: str) -> bool:
        """Say whether its cells may be of a column, as far as they are known."""
        return self.fits is None or self.fits(header, kind, column)

    def __str__(self) -> str:
        return f"{self.file} sheet '{self.sheet}'" if self.sheet else self.file

    def ask(self, kind: str, column: str, *among: str) -> Ask:
        """Make the question which header of it a column has."""
        proposed = among[0] if among else None
        return Ask(self.file, kind, column, proposed, among, sheet=self.sheet)

    def option(self, kind: str) -> str:
        """Write what says on the command line that it is of a kind."""
        return f"--{kind} {quote(self.file)}" + (
            f" --sheet {quote(self.sheet)}" if self.sheet else ""
        )

    def rule(self, kind: str, /, **columns: str | tuple[str, ...]) -> tuple[str, ...]:
        """Write the rule of the settings that says which header of it each column has."""
        told = (f"{column} = {written(header)}" for column, header in columns.items())
        return self.lines(kind, *told)

    def lines(self, kind: str, *columns: str) -> tuple[str, ...]:
        """Write the rule of the settings with lines for its columns, as they are."""
        return (*self.head(kind), "[export.columns]", *columns)

    def head(self, kind: str) -> tuple[str, ...]:
        """Write what begins a rule of the settings that covers it."""
        return (
            "[[export]]",
            f"file = {quoted(self.file)}",
            *([f"sheet = {quoted(self.sheet)}"] if self.sheet else []),
            f"kind = {quoted(kind)}",
        )


def place_of_cells(sheet: TextSheet) -> Place:
    """Say where a sheet is, and what its cells may be: they are looked at where that is asked."""

    def fits(header: str, kind: str, column: str) -> bool:
        return Worded.of(sheet.headers, sheet.held).fits(header, kind, column)

    return Place(sheet.file, sheet.sheet, fits)


def written(header: str | tuple[str, ...]) -> str:
    """Write the headers of a column as they are in the settings."""
    if isinstance(header, str):
        return source_text(header)
    return f"[{', '.join(map(quoted, header))}]"
