"""What SQLite and DuckDB files have in common: tables and views, each of which is a sheet."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from retention_cli.errors import DataRefusedError, UnknownNameError
from retention_cli.findings.problems import Notice
from retention_cli.reading.text import TextSheet, same_sheet
from retention_cli.reading.typed.table import NoColumnsError, damaged, reason

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

MOST_SECONDS = 20.0
"""How long the views of a file may work together: one may never end."""


class Found(NamedTuple):
    """A table or view: how it is called, how SQL calls it, and whether it is made as it is read."""

    name: str
    quoted: str
    view: bool


def quoted(name: str) -> str:
    """Write a name for SQL.

    Example:
        >>> quoted('a"b')
        '"a""b"'
    """
    return '"' + name.replace('"', '""') + '"'


def read_tables(
    found: Sequence[Found],
    read: Callable[[Found, float], TextSheet],
    *,
    file: str,
    sheet: str | None,
    errors: tuple[type[Exception], ...],
) -> tuple[TextSheet, ...]:
    """Read all tables and views, or the one that is named; a view that fails is said.

    `read` is told how many seconds it has if it is a view.

    Errors: DataRefusedError where there is none, or where a table or the view that is named cannot
        be read; UnknownNameError for one that is not there.
    """
    chosen = [one for one in found if same_sheet(one.name, sheet)]
    if sheet is not None and not chosen:
        raise UnknownNameError("sheet", sheet, [one.name for one in found], where=f"{file}: ")
    if not chosen:
        raise DataRefusedError(f"{file}: has no tables", "is it the right file?")
    tables: list[TextSheet] = []
    failed: list[str] = []
    left = MOST_SECONDS
    for one in chosen:
        began = time.monotonic()
        try:
            tables.append(replace(read(one, left), view=one.view))
        except NoColumnsError:
            failed.append(f"'{one.name}' has no columns that can be read")
        except errors as error:
            if not one.view:
                raise damaged(file, "database", error) from None
            failed.append(f"view '{one.name}' cannot be read: {_why(error)}")
        finally:
            left -= (time.monotonic() - began) * one.view
    if not tables:
        raise DataRefusedError(f"{file}: {'; '.join(failed)}", "copy what it shows into a table")
    if not failed:
        return tuple(tables)
    said = Notice("view-not-read", "; ".join(failed), len(failed), of_file=True)
    first = replace(tables[0], remarks=(said, *tables[0].remarks))
    return (first, *tables[1:])


def _why(error: Exception) -> str:
    why = reason(error)
    return (
        f"it takes longer than the {MOST_SECONDS:.0f} seconds that all views have"
        if "interrupt" in why.lower()
        else why
    )
