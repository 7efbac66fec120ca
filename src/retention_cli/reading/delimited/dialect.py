"""Which delimiter a file uses, from its first lines and outside its quotes."""

from __future__ import annotations

import re
from collections import Counter

from retention_cli.errors import DataRefusedError, RetentionError
from retention_cli.patterns import lazy_pattern
from retention_cli.reading.delimited.torn_text import pieces

DELIMITERS = (",", ";", "\t", "|")
BLANKS = " "
"""Columns set apart by runs of blanks."""

_SAMPLE_LINES = 200
_TITLE_LINES = 20
_FEWEST_BELOW = 3
_MOST_AGREE = 0.25
_NEARLY_ALL_AGREE = 0.64
_PROVES = 0.9
_RARE_DELIMITERS = "^~:"
_QUOTED = lazy_pattern(r'"(?:[^"]|"")*"')
_QUOTED_IN_A_LINE = lazy_pattern(r'"(?:[^"\n]|"")*(?:"|$)', re.MULTILINE)
_SEP_LINE = lazy_pattern(r'"?sep=([^"\r\n])"?[\r\n]*', re.IGNORECASE)
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
            f"'{text}' is not a delimiter: it has to be one character",
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
    lines = _without_quoted(_QUOTED, sample)
    if not lines:
        return BLANKS if is_set_apart_by_single_blanks(sample) else ","
    every_line = _without_quoted(_QUOTED, sample, most=None)
    if (mark := _below_a_preamble(every_line)) is not None:
        return mark
    scores = _below_a_title(lines, every_line)
    first = max(_scores(lines).values())
    if first < _NEARLY_ALL_AGREE:
        # A stray quote is closed by the next one, lines below, and delimiters between are lost.
        others = _scores(_without_quoted(_QUOTED_IN_A_LINE, sample))
        if max(others.values()) > max(first, _MOST_AGREE):
            scores = others
    best = max(scores.values())
    if best == 0:
        blanks = _set_apart_by_runs(lines) or is_set_apart_by_single_blanks(sample)
        return _rare_delimiter(lines) or (BLANKS if blanks else ",")
    winners = [mark for mark, score in scores.items() if score == best]
    if len(winners) > 1:
        named = " or ".join("a tab" if mark == "\t" else f"'{mark}'" for mark in winners)
        typed = r"\t" if winners[0] == "\t" else winners[0]
        raise DataRefusedError(
            f"{file}: its column delimiter may be {named}",
            f'choose one: --delimiter "{typed}"',
        )
    return winners[0]


def quoted_by_apostrophes(sample: str, told: str | None) -> str | None:
    r"""Give the delimiter of a sample whose cells are quoted by apostrophes; None where none are.

    They prove it where nearly all lines are as wide as the header by it, and fewer are so without,
    or where every cell is quoted. Nothing else opens a cell with an apostrophe and ends it so.
    Example:
        >>> quoted_by_apostrophes("id,note\n1,'big, red'\n2,'blue'\n3,'a, b'\n", None)
        ','
        >>> quoted_by_apostrophes("id,name\n'007,O'Brien\n'008,'t Hooft\n", None)
    """
    if "'" not in sample:
        return None
    lines = [line for line in sample.split("\n") if line.strip()][:_SAMPLE_LINES]
    for mark in (told,) if told else DELIMITERS:
        if _is_all_quoted(sample, mark, "'"):
            return mark
        found = [pieces(line, mark, "'") for line in lines]
        width = len(found[0])
        agree = sum(len(cells) == width for cells in found)
        quoted = sum(cell.is_quoted for cells in found for cell in cells)
        if width == 1 or quoted < 2 or agree < _PROVES * len(lines):
            continue
        if quoted == sum(map(len, found)):
            return mark
        without = sum(len(pieces(line, mark, '"')) == width for line in lines)
        opened = sum(c.text.startswith("'") for cells in found for c in cells if not c.is_quoted)
        if agree > without and not opened:
            return mark
    return None


def _is_all_quoted(sample: str, mark: str, quote: str) -> bool:
    """Tell whether a sample is nothing but quoted cells, line breaks inside of them included."""
    m, q = re.escape(mark), re.escape(quote)
    cell = rf"{q}(?:[^{q}]++|{q}{q})*+{q}"
    rows = re.compile(rf"(?:(?:{cell}(?:{m}{cell})*+)?(?:\n|\Z))+")
    found = rows.match(sample)
    # The last row may be cut.
    left = len(sample) - (found.end() if found else 0)
    return bool(found) and mark in sample and left < len(sample) / 2 and sample.count(quote) > 2


def is_followed_by_blanks(sample: str, mark: str, quote: str) -> bool:
    r"""Tell whether each delimiter of a sample, outside of quoted cells, has a blank behind it.

    Example:
        >>> is_followed_by_blanks('a, b\n1, "x,y"\n', ",", '"')
        True
        >>> is_followed_by_blanks("a,b\n1, 2\n", ",", '"')
        False
    """
    if mark == BLANKS or mark + " " not in sample:
        return False
    m, q = re.escape(mark), re.escape(quote)
    quoted = re.compile(rf"(?m)(^|{m} ?){q}(?:[^{q}]++|{q}{q})*+{q}(?={m}|$)")
    plain = quoted.sub(r"\1", sample)
    return 0 < plain.count(mark) == plain.count(mark + " ")


def is_set_apart_by_single_blanks(sample: str) -> bool:
    r"""Tell whether each blank outside of quotes sets columns apart, and not each run of blanks.

    All lines are as wide as the first by it; or none is narrower, some are as wide, and some
    quote what holds blanks, so that others may have forgotten to.
    Example:
        >>> is_set_apart_by_single_blanks('a b c\n1 "2 3" \n')
        True
    """
    lines = [line for line in sample.split("\n") if line.strip()][:_SAMPLE_LINES]
    found = [pieces(line, BLANKS, '"') for line in lines]
    widths = [len(cells) for cells in found]
    quoted = sum(cell.is_quoted and BLANKS in cell.text for cells in found for cell in cells)
    if len(lines) < 2 or widths[0] == 1 or min(widths) < widths[0]:
        return False
    if not quoted and _set_apart_by_runs(lines):
        return False
    as_wide = widths.count(widths[0])
    return as_wide == len(widths) or (quoted > 1 and as_wide >= max(3, len(widths) / 10))


def _without_quoted(
    quoted: re.Pattern[str], sample: str, *, most: int | None = _SAMPLE_LINES
) -> list[str]:
    # A line of nothing but tabs is one of quoted cells.
    lines = [line for line in quoted.sub("", sample).split("\n") if line.strip(BLANKS)]
    return lines[:most]


def _rare_delimiter(lines: list[str]) -> str | None:
    """Give a delimiter that few use, where all lines have it as often as each other."""
    for mark in _RARE_DELIMITERS:
        counts = {line.count(mark) for line in lines}
        if len(lines) > 1 and len(counts) == 1 and counts != {0}:
            return mark
    return None


def _below_a_title(lines: list[str], every_line: list[str]) -> dict[str, float]:
    """Rate the delimiters from the first line on, or from where most lines agree."""
    first = _scores(lines)
    if max(first.values()) >= _MOST_AGREE:
        return first
    for start in range(1, min(_TITLE_LINES, len(lines) - 1)):
        scores = _scores(lines[start:])
        if max(scores.values()) >= _NEARLY_ALL_AGREE:
            return scores
    return _from_where_most_agree(every_line) or first


def _from_where_most_agree(lines: list[str]) -> dict[str, float] | None:
    """Rate the delimiters from the first line on from which most agree, however far down."""
    counts: dict[str, Counter[int]] = {mark: Counter() for mark in DELIMITERS}
    found = None
    for below, line in enumerate(reversed(lines), start=1):
        scores = {}
        for mark, seen in counts.items():
            here = line.count(mark)
            seen[here] += 1
            scores[mark] = _rated(here, seen[here] / below)
        if below >= _FEWEST_BELOW and max(scores.values()) >= _NEARLY_ALL_AGREE:
            found = scores
    return found


def _below_a_preamble(lines: list[str]) -> str | None:
    """Give the delimiter that no line of a long preamble has, and nearly all lines below agree on."""
    ways = {}
    for mark in DELIMITERS:
        start = next((place for place, line in enumerate(lines) if mark in line), len(lines))
        if start >= _TITLE_LINES:
            ways[_score(lines[start:], mark)] = mark
    best = max(ways, default=0)
    return ways[best] if best >= _NEARLY_ALL_AGREE else None


def _scores(lines: list[str]) -> dict[str, float]:
    return {mark: _score(lines, mark) for mark in DELIMITERS}


def _score(lines: list[str], mark: str) -> float:
    """Rate a delimiter: the header must hold it, and lines should hold it equally often."""
    in_header = lines[0].count(mark) if lines else 0
    if not in_header:
        return 0
    counts = Counter(line.count(mark) for line in lines)
    return _rated(in_header, counts[in_header] / len(lines))


def _rated(in_header: int, agree: float) -> float:
    return agree * agree * (1 + min(in_header, 50) / 50) if in_header else 0


def _set_apart_by_runs(lines: list[str]) -> bool:
    widths = {len(line.split()) for line in lines}
    return len(lines) > 1 and len(widths) == 1 and widths != {1}
