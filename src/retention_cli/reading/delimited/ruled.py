r"""Lists as terminals and printers write them, with rules of dashes, to lines with delimiters.

Every line stays a line, so that rows keep their numbers: a rule becomes a blank one.
"""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from retention_cli.patterns import lazy_pattern

if TYPE_CHECKING:
    from collections.abc import Sequence

NO_QUOTE = "\x1f"
"""In such a list a quote is a letter as others are."""

_BAR, _TAB = "|", "\t"
_BOX = str.maketrans(
    dict.fromkeys("│┃║╎┆┊", _BAR)
    | dict.fromkeys("─━═╌┄┈", "-")
    | dict.fromkeys("┌┐└┘├┤┬┴┼╔╗╚╝╠╣╦╩╬╒╕╘╛╞╡╤╧╪╓╖╙╜╟╢╥╨╫┏┓┗┛┣┫┳┻╋┠┨┯┷┿╭╮╰╯╇╈╀╁┝┥", "+")
)
_RULE = lazy_pattern(r"(?m)^[ \t]*(?=[^\n]*(?:--|==))[-=+|: \t]+$")
_DASHES = lazy_pattern(r"[-=]+")
_SEVERAL_DASHES = lazy_pattern(r"[ ]*[-=]+(?:[ ]+[-=]+)+[ ]*")
_RULE_OF_CELLS = lazy_pattern(r"--+([,;\t])--+(?:\1--+)*")
_OUTER = lazy_pattern(r"(?m)^[ \t]*\|[ \t]*|[ \t]*(?<!\\)\|[ \t]*$")
_INNER = lazy_pattern(r"(?<!\\)[ \t]*\|[ \t]*")
_PADDING = lazy_pattern(r"(?m)^[ \t]+|[ \t]+$")
_BARE_BAR = lazy_pattern(r"(?<!\\)\|")
_CROSSING = lazy_pattern(r"[+|]")
_TYPE = (
    r"(?:u?(?:tiny|small|big|huge)?int(?:eger)?[0-9]*|[iuf][0-9]{1,3}|str(?:ing)?|bool(?:ean)?|text"
    r"|varchar(?:\([0-9]+\))?|date|(?:datetime|timestamp|decimal|numeric|float|double|enum)[^|\n]*)"
)
_TYPES = lazy_pattern(rf"(?i)\A((?:[^|\n]*\n)*[^|\n]*\|[^\n]*\n\n?){_TYPE}(?:\|{_TYPE})+(?=\n)")
"""A row of types below the names, as DuckDB and polars print it."""
_MOST_AGREE = 0.6
_FEWEST_LINES = 2
_LOOKED_AT = 200


class Ruled(NamedTuple):
    """A list as text with delimiters, and what to say of it; without a mark it has its own."""

    data: bytes
    mark: str | None
    note: str


def without_rules(data: bytes, sample: str) -> Ruled | None:
    r"""Give a list without its rules; None for what is no such list.

    Its columns stand between bars, and the rule has as many crossings or the lines begin and end
    with one; or below runs of dashes, one for each column; or they are set apart by delimiters,
    and so are the dashes below the names.
    Example:
        >>> text = " id | name\n----+-----\n  1 | Ann\n"
        >>> without_rules(text.encode(), text).data
        b'id|name\n\n1|Ann\n'
    """
    if NO_QUOTE in sample or not any(sign in sample for sign in ("--", "==", "─", "━", "═")):
        return None
    lines = sample.translate(_BOX).split("\n")[:_LOOKED_AT]
    rules = [line for line in lines if _RULE.fullmatch(line)]
    if rules:
        is_closed = _is_closed(lines)
        if is_closed is not None and (is_closed or _is_crossed(lines, rules)):
            return _between_bars(data.decode(), is_closed=is_closed)
    spans = _spans(lines)
    if spans and _TAB not in sample:
        return _below_dashes(data.decode(), spans)
    return _below_cells_of_dashes(data, lines)


def _is_closed(lines: Sequence[str]) -> bool | None:
    """Tell whether lines begin and end with a bar; None where they are not of columns between bars."""
    barred = _barred(lines)
    count = _bars(barred)[1]
    if count < _FEWEST_LINES or count < _MOST_AGREE * len(barred):
        return None
    closed = sum(line.strip()[:1] == line.strip()[-1:] == _BAR for line in barred)
    return closed >= _MOST_AGREE * len(barred)


def _is_crossed(lines: Sequence[str], rules: Sequence[str]) -> bool:
    """Tell whether a rule has a crossing below each bar."""
    bars, _ = _bars(_barred(lines))
    return any(len(_CROSSING.findall(rule.strip())) == bars for rule in rules)


def _barred(lines: Sequence[str]) -> list[str]:
    return [line for line in lines if _BAR in line and not _RULE.fullmatch(line)]


def _bars(barred: Sequence[str]) -> tuple[int, int]:
    """Give how many bars most lines have, and how many do."""
    counts = Counter(len(_BARE_BAR.findall(line)) for line in barred)
    return counts.most_common(1)[0] if counts else (0, 0)


def _between_bars(text: str, *, is_closed: bool) -> Ruled:
    plain = _RULE.sub("", text if text.isascii() else text.translate(_BOX))
    plain = _PADDING.sub("", _OUTER.sub("", plain) if is_closed else plain)
    mark = _BAR
    if f"\\{_BAR}" in plain and _TAB not in plain:
        # Markdown writes so a bar that is text.
        mark = _TAB
    plain = _TYPES.sub(r"\1", _INNER.sub(_BAR, plain))
    if mark == _TAB:
        plain = _BARE_BAR.sub(_TAB, plain).replace(f"\\{_BAR}", _BAR)
    return Ruled(plain.encode(), mark, "its columns stand between bars, and rules are left out")


def _spans(lines: Sequence[str]) -> list[tuple[int, int]]:
    """Give the runs of dashes that are below names, where most lines below keep to them."""
    for place, line in enumerate(lines[1:], start=1):
        if not _SEVERAL_DASHES.fullmatch(line):
            continue
        spans = [found.span() for found in _DASHES.finditer(line)]
        below = [one for one in lines[place + 1 :] if one.strip()]
        keep = sum(_keeps_to(spans, one) for one in below)
        named = bool(lines[place - 1].strip()) and _keeps_to(spans, lines[place - 1])
        if named and below and keep >= _MOST_AGREE * len(below):
            return spans
    return []


def _keeps_to(spans: Sequence[tuple[int, int]], line: str) -> bool:
    ends = [0, *(end for _, end in spans[:-1])]
    return not any(line[end:start].strip() for end, (start, _) in zip(ends, spans, strict=True))


def _below_dashes(text: str, spans: Sequence[tuple[int, int]]) -> Ruled:
    starts = [start for start, _ in spans]
    ends = [*starts[1:], None]
    found = []
    for line in text.split("\n"):
        if _RULE.fullmatch(line):
            found.append("")
        elif _keeps_to(spans, line) and line.strip():
            cells = (line[start:end].strip() for start, end in zip(starts, ends, strict=True))
            found.append(_TAB.join(cells))
        else:
            found.append(line.strip())
    return Ruled(
        "\n".join(found).encode(), _TAB, "its columns are below runs of dashes, and are read so"
    )


def _below_cells_of_dashes(data: bytes, lines: Sequence[str]) -> Ruled | None:
    """Leave out the one line below the names whose cells are dashes."""
    for above, line in pairwise(lines):
        found = _RULE_OF_CELLS.fullmatch(line.rstrip())
        if found and above.count(found[1]) == line.count(found[1]):
            rule = f"\n{line}\n".encode()
            return Ruled(
                data.replace(rule, b"\n\n", 1),
                None,
                "a rule of dashes below its header is left out",
            )
    return None
