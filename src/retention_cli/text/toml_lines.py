"""The line of each key of a TOML file, which need not be right in all its parts."""

from __future__ import annotations

import re
from itertools import takewhile
from typing import TYPE_CHECKING

from retention_cli.patterns import lazy_pattern

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping


Key = tuple[str | int, ...]
"""The way to a value: names of tables and keys, and the position in an array of tables."""

Statement = tuple[Key, int]
"""A key or the header of a table, and its line."""
_PIECE = lazy_pattern(
    r'''(?P<string>"""(?:\\.|[^\\])*?(?:"{3,5}|\Z)|\'\'\'.*?(?:'{3,5}|\Z)'''
    r"""|"(?:\\.|[^"\\\n])*+(?:"|(?=\n)|\Z)|'[^'\n]*')"""
    r"|(?P<bare>[A-Za-z0-9_-]+)|(?P<skipped>[ \t\r]+|\#[^\n]*)|(?P<mark>.)",
    re.DOTALL,
)


def statements_of(content: str) -> Iterator[Statement]:
    """Find the keys and table headers of a file that need not be right in all its parts."""
    table: Key = ()
    last: dict[Key, int] = {}
    for line, pieces in _logical_lines(content):
        headed = pieces[0] == "["
        doubled = headed and pieces[1:2] == ["["]
        spelled = takewhile(lambda piece: piece not in "=]", pieces[headed + doubled :])
        names = [piece.strip("\"'") for piece in spelled if piece != "."]
        if doubled and names:
            array = (*_resolved(names[:-1], last), names[-1])
            last[array] = last.get(array, -1) + 1
            table = (*array, last[array])
        elif headed:
            table = _resolved(names, last)
        yield (table if headed else (*table, *names)), line


def _logical_lines(content: str) -> Iterator[tuple[int, list[str]]]:
    """Give the pieces of text from one line break outside brackets to the next."""
    pieces: list[str] = []
    line = start = 1
    depth = 0
    for found in _PIECE.finditer(content):
        piece = found[0]
        if piece == "\n" and depth <= 0:
            if pieces:
                yield start, pieces
            pieces, depth = [], 0
        elif piece != "\n" and found.lastgroup != "skipped":
            start = start if pieces else line
            pieces.append(piece)
            depth += (piece in "[{") - (piece in "]}")
        line += piece.count("\n")
    if pieces:
        yield start, pieces


def _resolved(names: Iterable[str], last: Mapping[Key, int]) -> Key:
    """Add to a way the position in each array of tables that it passes."""
    where: Key = ()
    for name in names:
        where = (*where, name)
        if where in last:
            where = (*where, last[where])
    return where


def repeat_of(statements: list[Statement], last: int) -> tuple[Key, int, int] | None:
    """Find the first key that is given twice, up to a line, and where it was first."""
    seen: dict[Key, int] = {}
    for where, line in statements:
        if where in seen and line <= last:
            return where, line, seen[where]
        seen[where] = line
    return None
