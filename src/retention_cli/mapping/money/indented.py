"""Parts of a bundle below it, told by nothing but a dash, a bullet or blanks before their names."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from retention_cli.frames.columns import as_text
from retention_cli.mapping.amounts.other_numbers import millionths
from retention_cli.patterns import lazy_pattern

if TYPE_CHECKING:
    from typing import Any

    from retention_cli.mapping.money.case import Case

_BEFORE = (
    r"\A(?:[ \t\x{00A0}]{2,}|[ \t\x{00A0}]*(?:[-\x{2013}\x{2014}\x{2022}\x{00B7}*>+|~^]+|[\x{2190}-\x{25FF}]+"
    r"|\.{2,}|(?i:incl|inkl|davon|dont|of which|thereof|darin|waarvan|incluye|di cui)\b\.?:?)[ ]*)\pL"
)
_FIRST = 1 << 12
_MARK = lazy_pattern(r"[^\w(]+")


def parts_below(case: Case, place: int) -> tuple[Any, list[str]] | None:
    """Mark the rows of parts whose amounts are those of the row above them once more, with what they begin with.

    Undefined: None where there are none, or where they do not add up to it.
    """
    held = case.sheet.held(place)
    first = pc.match_substring_regex(as_text(held[:_FIRST]), _BEFORE)
    if not pc.any(first).as_py() or not pc.any(pc.invert(first)).as_py():
        return None
    texts = as_text(held)
    marked = np.asarray(pc.fill_null(pc.match_substring_regex(texts, _BEFORE), False))
    numbers = millionths(case.amounts)
    if numbers is None or marked[0] or not numbers[marked].any():
        return None
    heads = np.flatnonzero(~marked)
    head = np.cumsum(~marked) - 1
    sums, most = np.zeros_like(heads), np.zeros_like(heads)
    np.add.at(sums, head[marked], numbers[marked])
    np.add.at(most, head[marked], numbers[marked] != numbers[heads[head[marked]]])
    has = np.zeros(len(heads), np.bool_)
    has[head[marked & (numbers != 0)]] = True
    again = (sums == numbers[heads]) | (most == 0)
    if not again[has].all():
        return None
    names = texts.filter(pa.array(marked)).unique().drop_null().to_pylist()
    return pa.array(marked), _words({name.strip() for name in names})


def _words(names: set[str]) -> list[str]:
    """Give the mark before all names, or the names where blanks alone stand before them."""
    marks = {found[0] for name in names if (found := _MARK.match(name))}
    return [f"{marks.pop()}*"] if len(marks) == 1 else sorted(names)
