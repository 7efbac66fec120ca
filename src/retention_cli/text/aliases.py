"""Ids that are of one customer: pairs of an old one and the one that it counts as."""

from __future__ import annotations

import csv
from io import BytesIO, StringIO, TextIOWrapper
from typing import TYPE_CHECKING

from retention_cli.errors import BadConfigError
from retention_cli.text.near_paths import did_you_mean, why_not_read
from retention_cli.text.streams import opened_to_read

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_HEADERS = ("old", "new")
_DELIMITERS = ",;\t"


def followed(pairs: Mapping[str, str]) -> dict[str, str]:
    """Lead each id to the last one of its chain, and leave out those that stay.

    Errors: ValueError for ids that lead round in a circle.
    Example:
        >>> followed({"a": "b", "b": "c", "d": "d"})
        {'a': 'c', 'b': 'c'}
    """
    found = {}
    for old, new in pairs.items():
        seen = [old]
        while new in pairs and pairs[new] != new:
            seen.append(new)
            new = pairs[new]  # noqa: PLW2901  # the next of the chain
            if new in seen:
                raise ValueError(f"'{old}' leads back to itself: {' = '.join([*seen, new])}")
        if new != old:
            found[old] = new
    return found


def read_pairs(path: Path) -> dict[str, str]:
    """Read a CSV file with the columns `old` and `new`.

    Errors: BadConfigError with the line of the first mistake.
    """
    try:
        with opened_to_read(path) as file:
            text = TextIOWrapper(BytesIO(file.read() or b""), "utf-8-sig").read()
    except OSError as error:
        why = why_not_read(error)
        raise BadConfigError(str(path), "", why, hint=did_you_mean(path)) from None
    except UnicodeDecodeError:
        raise BadConfigError(str(path), "", "not UTF-8 text", hint="save it as UTF-8") from None
    first, *_ = text.splitlines() or [""]
    delimiter = max(_DELIMITERS, key=first.count)
    rows = csv.reader(StringIO(text, newline=""), delimiter=delimiter)
    header = [cell.strip().casefold() for cell in next(rows, [])]
    if sorted(header) != sorted(_HEADERS):
        hint = "write two columns with the header old,new"
        raise BadConfigError(str(path), "", "is not a table of old and new ids", line=1, hint=hint)
    places = [header.index(name) for name in _HEADERS]
    found: dict[str, str] = {}
    for row in rows:
        if not any(cell.strip() for cell in row):
            continue
        if len(row) != len(header):
            why = f"has {len(row)} cells, not two"
            raise BadConfigError(str(path), "", why, line=rows.line_num)
        old, new = (row[place].strip() for place in places)
        if not old or not new:
            raise BadConfigError(str(path), "", "an id is blank", line=rows.line_num)
        if found.setdefault(old, new) != new:
            why = f"'{old}' is '{found[old]}' and '{new}'"
            raise BadConfigError(str(path), "", why, line=rows.line_num, hint="keep one of the two")
    return found
