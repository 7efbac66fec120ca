"""What the JSON outputs share: the envelope's data, and text that is safe to print."""

from __future__ import annotations

import json
from json.encoder import encode_basestring
from typing import TYPE_CHECKING, Any

from retention_cli.findings.problems import Outcome
from retention_cli.reports.words.data_lines import assumed_lines
from retention_cli.reports.words.figures import label_of, reason_text
from retention_cli.reports.words.numbers import machine
from retention_cli.text.safe_text import safe_json
from retention_cli.values.measures import Unit

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from retention_cli.findings.file_report import Export
    from retention_cli.findings.problems import Problem
    from retention_cli.results.facts import Facts
    from retention_cli.values.measures import Number, Undefined
    from retention_cli.values.periods import Period


_OF_WARNINGS = "file sheet kind column code count message"


_ENCODE = json.JSONEncoder(ensure_ascii=False, allow_nan=False).encode
_LEAVES: dict[type, Callable[[Any], str]] = {
    str: encode_basestring,
    int: int.__repr__,
    type(None): lambda _: "null",
}


def written(envelope: dict[str, Any]) -> str:
    """Write an envelope: indented, in UTF-8, and with no character that a terminal acts on."""
    return safe_json(_indented(envelope, "\n")) + "\n"


def _indented(value: Any, line: str) -> str:
    """Write a value as `json.dumps` does with an indent of 2, in half the time."""
    if write := _LEAVES.get(type(value)):
        return write(value)
    inner = line + "  "
    if isinstance(value, dict) and value:
        members = [
            f"{encode_basestring(key)}: {_indented(one, inner)}" for key, one in value.items()
        ]
        return "{" + inner + f",{inner}".join(members) + line + "}"
    if isinstance(value, list | tuple) and value:
        return "[" + inner + f",{inner}".join(_indented(one, inner) for one in value) + line + "]"
    return _ENCODE(value)


def fields(one: object, names: str) -> dict[str, Any]:
    """Give what a value has under some names, as it is.

    Example:
        >>> fields(1 + 2j, "imag real")
        {'imag': 2.0, 'real': 1.0}
    """
    return {name: getattr(one, name) for name in names.split()}


def amounts(one: object, names: str) -> dict[str, float | str | None]:
    """Give the amounts of money that a value has under some names."""
    return {name: amount(value) for name, value in fields(one, names).items()}


def number(value: Number | None, unit: Unit) -> float | str | None:
    """Give a value as JSON writes it, where there is one."""
    return None if value is None else machine(value, unit)


def amount(value: Number | None) -> float | str | None:
    """Give an amount of money, where there is one."""
    return number(value, Unit.MONEY)


def share(value: Number | None) -> float | str | None:
    """Give a ratio, where there is one."""
    return number(value, Unit.RATIO)


def why(reason: Undefined | None) -> str | None:
    """Say why there is no value, where there is none."""
    return reason_text(reason) if reason else None


def day(value: date | None) -> str | None:
    """Write a day, where there is one."""
    return None if value is None else str(value)


def period(span: Period | None) -> dict[str, Any]:
    """Give a period: the day it starts, the day after its last one, its label."""
    return {
        "start": str(span.start) if span else None,
        "end": str(span.end) if span else None,
        "label": label_of(span),
    }


def group_of(group: tuple[str | None, str | None] | None) -> dict[str, Any] | None:
    """Give a group: the column it is by, and the value in it."""
    return {"by": group[0], "value": group[1]} if group else None


def data_of(found: Facts) -> dict[str, Any]:
    """Give `data`: the files with their counts, the rows left out, warnings and assumptions."""
    warnings = [one for one in found.problems.notices if one.outcome is Outcome.WARNING]
    return {
        "files": [file_counts(export) for export in found.exports],
        "problems": [problem(one) for one in found.problems],
        "warnings": [fields(one, _OF_WARNINGS) for one in warnings],
        "assumed": assumed_lines(found),
    }


def file_counts(export: Export) -> dict[str, Any]:
    """Give a file with its counts, which add up."""
    return fields(export, "file sheet kind rows accepted rejected skipped sha256")


def problem(found: Problem) -> dict[str, Any]:
    """Give one row that was not used."""
    place = fields(found, "file sheet row column")
    return {**place, "value": found.cell, **fields(found, "code message")}
