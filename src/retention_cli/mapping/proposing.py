"""What a question about columns proposes, in words and as options to type."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_cli.text.toml_text import quoted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retention_cli.errors import Ask

OF_TWO = ("start_date",)
"""Columns of which a second header may be meant though the first has the known name."""
_SHOWN = 4


def no_end(asks: Sequence[Ask]) -> str:
    """Say how a date that only ends a term is told from the day on which a customer left."""
    term = next((ask.among[0] for ask in asks if ask.column == "end_date"), None)
    if term is None:
        return ""
    return f"; where nobody left on the day in '{term}', map it to renewal_date instead"


def another(column: str, read: str, other: str) -> str:
    """Say which of two headers a column is read from, and what reads the other."""
    return f"{column} is read from '{read}'; --map {column}={as_value(other)} reads another"


def noted(ask: Ask) -> str:
    """Say that a header is not read though it may be a column, and what would read it."""
    read = ask.among[0]
    if len(ask.among) > 1 and ask.column in OF_TWO:
        return another(ask.column, read, ask.among[1])
    return f"'{read}' is not read; if it is {ask.column}, add {offered(ask)}"


def mapped(ask: Ask) -> str:
    """Write the option that accepts what is proposed."""
    return f"--map {ask.column}={as_value(ask.among[0])}"


def offered(ask: Ask) -> str:
    """Write the option that accepts what is proposed, and the other headers that it may name."""
    others = " or ".join(f"'{header}'" for header in ask.among[1:_SHOWN])
    return f"{mapped(ask)} (or {others})" if others else mapped(ask)


def said(ask: Ask) -> str:
    """Write what only the owner of a file knows."""
    one, *others = (f"'{header}'" for header in ask.among[:_SHOWN])
    rest = f", or {' or '.join(others)}" if others else ""
    return f"whether {ask.column} is {one}{rest}"


def settles(*headers: str) -> str:
    """Name the line that says that a figure is right whatever a column says."""
    named = ", ".join(f"{quoted(header)} = []" for header in headers)
    return f"; leave_out = {{ {named} }} in its [[export]] says that this is right"


def as_value(header: str) -> str:
    """Quote a header as an option takes it."""
    quote = '"' if "'" in header else "'"
    return f"{quote}{header}{quote}"
