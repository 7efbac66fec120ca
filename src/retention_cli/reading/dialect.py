"""Which delimiter a file uses, from its first lines and outside its quotes."""

from __future__ import annotations

import re
from collections import Counter

from retention_cli.errors import DataRefusedError, RetentionError

DELIMITERS = (",", ";", "\t", "|")
BLANKS = " "
"""Columns set apart by runs of blanks."""

_SAMPLE_LINES = 200
_TITLE_LINES = 20
_MOST_AGREE = 0.25
_NEARLY_ALL_AGREE = 0.64
_QUOTED = re.compile(r'"(?:[^"]|"")*"')
_SEP_LINE = re.compile(r'"?sep=([^"\r\n])"?[\r\n]*', re.IGNORECASE)
_NAMES = {"\\t": "\t", "tab": "\t"}


def declared_delimiter(first_line: str) -> str | None:
    """Give the delimiter that a leading `sep=;` line of a spreadsheet names.

    Example:
        >>> declared_delimiter("sep=;")
        ';'
    """
    found = _SEP_LINE.fullmatch(first_line)
    return found[1] if found else None


def told_delimiter(text: str) -> str:
    r"""Give the delimiter that someone typed; a tab is hard to type, and has names.

    Errors: RetentionError for anything but one character that can set columns apart.
    Example:
        >>> told_delimiter(";"), told_delimiter(r"\t")
        (';', '\t')
    """
    mark = _NAMES.get(text.casefold(), text)
    if len(mark) != 1 or mark in '"\r\n\0':
        raise RetentionError(
            f"'{text}' cannot set columns apart: it has to be one character",
            r'write for example --delimiter ";", or --delimiter "\t" for a tab',
        )
    return mark


def decide_delimiter(sample: str, *, file: str) -> str:
    r"""Decide the delimiter of a sample of text: the one whose count agrees in most lines.

    A file in which no delimiter occurs has one column, or columns set apart by blanks.
    Errors: DataRefusedError where two delimiters fit equally well.
    Example:
        >>> decide_delimiter("a;b;c\n1,5;2,5;3,5\n", file="a.csv")
        ';'
    """
    lines = [line for line in _QUOTED.sub("", sample).split("\n") if line.strip()]
    lines = lines[:_SAMPLE_LINES]
    if not lines:
        return ","
    scores = _below_a_title(lines)
    best = max(scores.values())
    if best == 0:
        return BLANKS if _set_apart_by_blanks(lines) else ","
    winners = [mark for mark, score in scores.items() if score == best]
    if len(winners) > 1:
        named = " or ".join("a tab" if mark == "\t" else f"'{mark}'" for mark in winners)
        typed = r"\t" if winners[0] == "\t" else winners[0]
        raise DataRefusedError(
            f"{file}: its columns may be set apart by {named}",
            f'say which: --delimiter "{typed}"',
        )
    return winners[0]


def _below_a_title(lines: list[str]) -> dict[str, float]:
    """Rate the delimiters from the first line on, or from where most lines agree."""
    first = {mark: _score(lines, mark) for mark in DELIMITERS}
    if max(first.values()) >= _MOST_AGREE:
        return first
    for start in range(1, min(_TITLE_LINES, len(lines) - 1)):
        scores = {mark: _score(lines[start:], mark) for mark in DELIMITERS}
        if max(scores.values()) >= _NEARLY_ALL_AGREE:
            return scores
    return first


def _score(lines: list[str], mark: str) -> float:
    """Rate a delimiter: the header must hold it, and lines should hold it equally often."""
    in_header = lines[0].count(mark)
    if not in_header:
        return 0
    counts = Counter(line.count(mark) for line in lines)
    agree = counts[in_header] / len(lines)
    return agree * agree * (1 + min(in_header, 50) / 50)


def _set_apart_by_blanks(lines: list[str]) -> bool:
    widths = Counter(len(line.split()) for line in lines)
    width, count = widths.most_common(1)[0]
    return width > 1 and count == len(lines) and len(lines) > 1
