"""Numbers of things, their verbs, and shares, as messages write them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_LISTED = 10


def named(values: Iterable[str], shown: int = 3) -> str:
    """Name the first few values, with a sign that there are more.

    Example:
        >>> named(["b", "a", "d", "c"])
        'a, b, c …'
    """
    ordered = sorted(values)
    return ", ".join(ordered[:shown]) + (" …" if len(ordered) > shown else "")


def quoted_names(names: Sequence[str], between: str = " and ") -> str:
    """Quote names, of many the first ten.

    Example:
        >>> quoted_names(["a", "b"]), quoted_names([*"abcdefghijkl"], ", ")[-19:]
        ("'a' and 'b'", "'i', 'j' and 2 more")
    """
    quoted = between.join(f"'{name}'" for name in names[:_LISTED])
    more = len(names) - _LISTED
    return f"{quoted} and {more:,} more" if more > 0 else quoted


def rows_text(count: int) -> str:
    """Write a number of rows."""
    return "1 row" if count == 1 else f"{count:,} rows"


def many(count: int, one: str, several: str | None = None) -> str:
    """Write a number of things.

    Example:
        >>> many(1, "customer"), many(1200, "customer")
        ('1 customer', '1,200 customers')
    """
    return f"{count:,} {one if count == 1 else several or f'{one}s'}"


def do(count: int, verb: str) -> str:
    """Write a verb as its number of subjects asks for.

    Example:
        >>> do(1, "are"), do(2, "are"), do(1, "name")
        ('is', 'are', 'names')
    """
    one = {"are": "is", "have": "has"}.get(verb, f"{verb}s")
    return one if count == 1 else verb


def share(part: int, whole: int) -> str:
    """Write a share with one decimal, never 0.0 % or 100.0 % where it is neither none nor all.

    Example:
        >>> share(1, 8), share(1, 100_000), share(99_999, 100_000)
        ('12.5 %', 'under 0.1 %', 'over 99.9 %')
    """
    if not whole:
        return "none"
    thousandths = round(1000 * part / whole)
    if part and not thousandths:
        return "under 0.1 %"
    if part < whole and thousandths == 1000:
        return "over 99.9 %"
    return f"{thousandths // 10}.{thousandths % 10} %"
