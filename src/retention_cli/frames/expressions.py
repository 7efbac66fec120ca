"""What an expression says, as a value: two that say the same are equal, and so is what comes of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import narwhals
import narwhals.stable.v2 as nw

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Mapping

_BY_ROW = frozenset({"COL", "ELEMENTWISE", "LITERAL"})
"""The kinds of steps that look at nothing beyond their own row."""
_ADDING = "AGGREGATION"
_EXPRS = (nw.Expr, narwhals.Expr)
_OTHERS = (nw.Series, nw.DataFrame, nw.LazyFrame)
_SAID = "_said"


class UnreadError(Exception):
    """An expression that may look beyond its row, or is written in a way that is not known here."""


def shape(expr: Any, *, adding: bool = False) -> Hashable:
    """Give what an expression says; one that is `adding` may add its rows up.

    Errors: UnreadError.
    Example:
        >>> shape(nw.col("n") > 3) == shape(nw.col("n") > 3), shape(nw.col("n") > 3.0) == shape(3)
        (True, False)
    """
    if not isinstance(expr, _EXPRS):
        return _value(expr)
    # An expression never changes, and constants are asked for again and again.
    known = vars(expr)
    if _SAID not in known:
        known[_SAID] = _steps(expr)
    said: Hashable
    said, adds = known[_SAID]
    if adds and not adding:
        raise UnreadError(repr(expr))
    return said


def shapes(exprs: Iterable[Any], named: Mapping[str, Any], *, adding: bool = False) -> Hashable:
    """Give what several expressions say, and under which names.

    Errors: UnreadError.
    """
    said = [shape(one, adding=adding) for one in exprs]
    for name, one in named.items():
        said += (name, shape(one, adding=adding))
    return (len(named), *said)


def names_a_column(expr: Any) -> bool:
    """Say whether an expression takes a column, and is not made of literals alone.

    Example:
        >>> names_a_column(nw.lit(1) + nw.col("n")), names_a_column(nw.lit(1))
        (True, False)
    """
    if not isinstance(expr, _EXPRS):
        return isinstance(expr, str)
    nodes = expr._nodes  # noqa: SLF001  # as in `_steps`
    return any(node.name == "col" or any(map(names_a_column, node.exprs)) for node in nodes)


def _steps(expr: Any) -> tuple[Hashable, bool]:
    """Read the steps of an expression as narwhals keeps them, which has no public way to ask."""
    said: list[Hashable] = []
    adds = False
    try:
        for node in expr._nodes:  # noqa: SLF001
            kind = node.kind.name
            adds = adds or kind == _ADDING
            if kind not in _BY_ROW and kind != _ADDING:
                raise UnreadError(repr(expr))
            told = [value for pair in node.kwargs.items() for value in map(_value, pair)]
            said.append((node.name, node.str_as_lit, *map(shape, node.exprs), *told))
    except AttributeError as error:
        raise UnreadError(repr(expr)) from error
    return tuple(said), adds


def _value(value: Any) -> Hashable:
    if isinstance(value, list | tuple):
        return tuple(map(_value, value))
    if isinstance(value, _OTHERS):
        raise UnreadError(type(value).__name__)
    try:
        hash(value)
    except TypeError as error:
        raise UnreadError(repr(value)) from error
    return type(value), value
