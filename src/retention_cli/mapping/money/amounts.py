"""Amounts in canonical text: their signs, their sums, and how they are written in a message."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_PLAIN = r"\A-?[0-9]{1,18}(?:\.[0-9]{1,6})?\z"
_POSITIVE, _NEGATIVE = r"\A[0-9.]*[1-9]", r"\A-[0-9.]*[1-9]"
_WIDE = pa.decimal128(38, 6)
_NAMED = 6


def is_negative(amounts: Any) -> Any:
    """Mark the amounts below zero."""
    return _fits(amounts, _NEGATIVE)


def is_positive(amounts: Any) -> Any:
    """Mark the amounts above zero."""
    return _fits(amounts, _POSITIVE)


def count(mask: Any) -> int:
    """Count what is marked."""
    return pc.sum(mask).as_py() or 0


def turned(amounts: Any, mask: Any) -> Any:
    """Turn the sign of the amounts that are marked.

    Example:
        >>> turned(pa.array(["5", "-5", "0", "x"]), pa.array([True] * 4)).to_pylist()
        ['-5', '5', '0', 'x']
    """
    below = pc.replace_substring_regex(amounts, r"\A-", "")
    above = pc.binary_join_element_wise("-", amounts, "")
    changed = pc.if_else(is_negative(amounts), below, amounts)
    changed = pc.if_else(is_positive(amounts), above, changed)
    return pc.if_else(mask, changed, amounts)


def without_sign(amounts: Any) -> Any:
    """Take the minus off amounts."""
    return pc.replace_substring_regex(amounts, r"\A-", "")


def total(amounts: Any, mask: Any) -> Decimal:
    """Add up the amounts that are marked and can be read."""
    marked = amounts.filter(mask)
    plain = marked.filter(_fits(marked, _PLAIN))
    return pc.sum(pc.cast(plain, _WIDE)).as_py() or Decimal(0)


def money_text(amount: Decimal) -> str:
    """Write an amount for a message.

    Example:
        >>> money_text(Decimal("1234.5"))
        '1,234.50'
    """
    digits = max(2, len(f"{amount.normalize():f}".partition(".")[2]))
    return f"{amount:,.{digits}f}"


def listed(parts: Sequence[str]) -> str:
    """Join what is named, and count what is too much to name."""
    named, more = list(parts[:_NAMED]), len(parts) - _NAMED
    if more > 0:
        named.append(f"{more:,} more")
    return " and ".join([", ".join(named[:-1]), named[-1]] if len(named) > 1 else named)


def named(words: Iterable[str]) -> str:
    """List words as they are in a file.

    Example:
        >>> named(["S", "H"])
        "'S' and 'H'"
    """
    return listed([f"'{word}'" for word in words])


def _fits(amounts: Any, pattern: str) -> Any:
    return pc.fill_null(pc.match_substring_regex(amounts, pattern), False)
