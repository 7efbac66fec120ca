"""Tables and lists as Markdown: no text can break them or be read as markup."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_cli.text.safe_text import safe_markdown

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence


def table(
    headings: Sequence[str], rows: Iterable[Iterable[str]], *, numbers: Collection[int] = ()
) -> Iterator[str]:
    """Give the lines of a table; the columns at the places of `numbers` are flush right."""
    yield row_of(headings)
    marks = ("---:" if place in numbers else "---" for place in range(len(headings)))
    yield f"| {' | '.join(marks)} |"
    yield from map(row_of, rows)


def row_of(cells: Iterable[str]) -> str:
    """Give a row of a table."""
    return f"| {' | '.join(map(safe_markdown, cells))} |"


def items(lines: Iterable[str]) -> list[str]:
    """Give the lines of a list."""
    return [f"- {safe_markdown(line)}" for line in lines]
