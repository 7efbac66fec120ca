"""Columns of numbers: the decimal mark their cells prove, and the same figures written plainly."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from retention_cli.mapping.cells.currencies import MINUS, SEPARATORS, SPACES, without_currency

# All patterns run in arrow (RE2): explicit classes, and \z for the end.
_BODY = f"[0-9.,{SEPARATORS}]+"
_UNMARKED = r"\A-?[0-9]+\z"
_PLAIN_BODY = r"-?[0-9]+(?:\.[0-9]+)?"
_PLAIN = rf"\A{_PLAIN_BODY}\z"
_BARE = r"\A-?[0-9.,]+\z"
_NO_DECIMALS = r"([0-9][.,])(?:--?|\x{2013}|\x{2014})\z"
"""Prices that say by a dash that they are whole: 12,- and 12.--"""
_NEGATIVE = rf"\A(?:\(({_BODY})\)|({_BODY}?)[{SPACES}]?[-{MINUS}]|[-{MINUS}][{SPACES}]?({_BODY}))\z"


class DecimalMark(StrEnum):
    """The sign between a whole number and its decimals."""

    POINT = "."
    COMMA = ","


_WORDS = {DecimalMark.POINT: "point", DecimalMark.COMMA: "comma"}


def _readable_pattern(mark: DecimalMark | None) -> str:
    others = [other for other in DecimalMark if mark is not None and other is not mark]
    # One sort of separator in a number, before groups of three; a grouped number has no leading
    # zero, so that 0,123 is never a hundred and twenty-three.
    groups = "|".join(f"(?:[{separator}][0-9]{{3}})+" for separator in [*SEPARATORS, *others])
    whole = f"[0-9]+|[1-9][0-9]{{0,2}}(?:{groups})"
    if mark is not DecimalMark.COMMA:
        # As in India: lakhs and crores are groups of two before the last three digits.
        whole += "|[1-9][0-9]?(?:,[0-9]{2})+,[0-9]{3}"
    if mark is None:
        return rf"\A-?(?:{whole})\z"
    return rf"\A-?(?:(?:{whole})(?:[{mark}][0-9]+)?|[{mark}][0-9]+)\z"


_READABLE = {mark: _readable_pattern(mark) for mark in (*DecimalMark, None)}


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberDecision:
    """What the cells of one column prove about its decimal mark.

    Shape: `mark` is None where no cell has one and where nothing settles it; only the second
        is `ambiguous`. `contradictory` holds a cell that reads only with a point and one
        that reads only with a comma. `example` is the cell that `because` covers. `proofs`
        counts the cells that read only with one mark: with a point, with a comma.
    """

    mark: DecimalMark | None
    ambiguous: bool = False
    contradictory: tuple[str, str] | None = None
    because: str
    example: str | None = None
    proofs: tuple[int, int] = field(default=(0, 0), compare=False)


def decide_mark(
    column: pa.ChunkedArray | pa.StringArray,
    *,
    told: DecimalMark | None = None,
    times: pa.Array | None = None,
) -> NumberDecision:
    """Say which decimal mark all cells of a column prove.

    `times` says how often each text is meant, where it is given once for several cells.
    Proof is a cell that is a number with one mark and none with the other: 1.234,50 or 12,5
    or 0,123 for the comma, 1,234,567 for the point. 1.234 is a number with both and leaves
    it open; a cell that is a number with neither proves nothing.
    Example:
        >>> decide_mark(pa.array(["1.234", "12,5"])).because
        "'12,5' reads only with a decimal comma"
        >>> decide_mark(pa.array(["1.234"])).because
        "'1.234' may be 1.234 or 1234"
    """
    amounts = _bare(column)
    point, comma = (pc.match_substring_regex(amounts, _READABLE[mark]) for mark in DecimalMark)
    only_point, only_comma = pc.and_not(point, comma), pc.and_not(comma, point)
    proofs = (_cells_of(only_point, times), _cells_of(only_comma, times))
    if told is not None:
        because = f"the decimal mark was given as a {_WORDS[told]}"
        return NumberDecision(mark=told, because=because, proofs=proofs)
    both = pc.and_(pc.and_(point, comma), pc.match_substring_regex(amounts, "[.,]"))
    found = _judge(
        point=_least(column, only_point),
        comma=_least(column, only_comma),
        either=_least(column, both),
    )
    return replace(found, proofs=proofs)


def _cells_of(marked: Any, times: pa.Array | None) -> int:
    """Count the cells of the texts that are marked."""
    found: int | None = pc.sum(marked if times is None else times.filter(marked)).as_py()
    return found or 0


def rewrite_numbers(
    column: pa.ChunkedArray | pa.StringArray, mark: DecimalMark | None
) -> pa.ChunkedArray | pa.StringArray:
    """Write every number of a column as digits, with a point before its decimals.

    Taken off are one currency, separators between groups of three, a plus, and the brackets
    or the trailing minus of a negative number. Decimals stay as many as were written. A cell
    that is not a number under `mark` stays as it is; without a mark only whole numbers are. One that
    would pass for another number then, such as 12.50 under a comma, gets a question mark before it.
    Example:
        >>> rewrite_numbers(pa.array(["1.234,50 €", "(5,00)", "5%"]), DecimalMark.COMMA).to_pylist()
        ['1234.50', '-5.00', '5%']
    """
    # 1.234 looks plain and is a thousand in a column with decimal commas.
    if _all_match(column, _UNMARKED if mark is DecimalMark.COMMA else _PLAIN):
        return column
    amounts = _bare(column)
    readable = pc.match_substring_regex(amounts, _READABLE[mark])
    grouping = "." if mark is DecimalMark.COMMA else ","
    plain = pc.replace_substring_regex(amounts, f"[{grouping}{SEPARATORS}]", "")
    plain = pc.replace_substring(plain, ",", ".")
    plain = pc.replace_substring_regex(plain, r"\A(-?)\.", r"\10.")
    return pc.if_else(
        readable, plain, not_a_number(column) if mark is DecimalMark.COMMA else column
    )


def not_a_number(column: Any) -> Any:
    """Put a question mark before the cells that would pass for a number as they stand.

    Example:
        >>> not_a_number(pa.array(["12.50", "x"])).to_pylist()
        ['?12.50', 'x']
    """
    return pc.replace_substring_regex(column, rf"\A({_PLAIN_BODY})\z", r"?\1")


def _judge(*, point: str | None, comma: str | None, either: str | None) -> NumberDecision:
    if point and comma:
        because = f"'{point}' reads only with a decimal point, '{comma}' only with a decimal comma"
        return NumberDecision(
            mark=None, ambiguous=True, contradictory=(point, comma), because=because, example=point
        )
    if point:
        return NumberDecision(
            mark=DecimalMark.POINT,
            because=f"'{point}' reads only with a decimal point",
            example=point,
        )
    if comma:
        return NumberDecision(
            mark=DecimalMark.COMMA,
            because=f"'{comma}' reads only with a decimal comma",
            example=comma,
        )
    if either is None:
        return NumberDecision(mark=None, because="no cell has a decimal mark")
    with_point, with_comma = (
        rewrite_numbers(pa.array([either]), mark)[0].as_py() for mark in DecimalMark
    )
    because = f"'{either}' may be {with_point} or {with_comma}"
    return NumberDecision(mark=None, ambiguous=True, because=because, example=either)


def _least(column: Any, mask: Any) -> str | None:
    """Give the least of the cells kept: the order of rows must not change a message."""
    cell: str | None = pc.min(column.filter(mask)).as_py()
    return cell


def _bare(column: Any) -> Any:
    """Take the currency off each cell and write its sign as a minus in front, or not at all."""
    if _all_match(column, _BARE):
        return column
    amounts = pc.replace_substring_regex(without_currency(column), _NO_DECIMALS, r"\100")
    amounts = pc.replace_substring_regex(amounts, _NEGATIVE, r"-\1\2\3")
    return pc.replace_substring_regex(amounts, rf"\A\+({_BODY})\z", r"\1")


def _all_match(column: Any, pattern: str) -> bool:
    return pc.all(pc.match_substring_regex(column, pattern)).as_py() is not False
