"""Views of a database, which show rows of its tables anew: read beside them, they would count twice."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from retention_cli.errors import DataRefusedError
from retention_cli.findings.problems import Notice
from retention_cli.mapping.place import Place

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retention_cli.reading.text import TextSheet


class Use(NamedTuple):
    """A sheet, the kind that it is read as, whether the settings name it, and if its rows have days."""

    sheet: TextSheet
    kind: str
    is_named: bool
    is_dated: bool = True


def doubles(uses: Sequence[Use]) -> tuple[set[int], tuple[Notice, ...]]:
    """Find what shows the rows of another sheet, which the settings name for its kind.

    Shape: the ids of such sheets, and what is to be said of them.
    Errors: DataRefusedError for a view beside another sheet of its kind, where nobody named one.
    """
    left: dict[int, str] = {}
    for kind in dict.fromkeys(one.kind for one in uses):
        sheets = {id(one.sheet): one for one in uses if one.kind == kind}
        named = [one.sheet for one in sheets.values() if one.is_named]
        if not named and any(one.is_dated for one in sheets.values()):
            # A summary has no days, and no figure can rest on it beside rows that have them.
            idle = {at: one for at, one in sheets.items() if one.sheet.view and not one.is_dated}
            left |= {
                at: f"view '{one.sheet.sheet}' is not read: its rows have no days, as other {kind} have"
                for at, one in idle.items()
            }
            sheets = {at: one for at, one in sheets.items() if at not in idle}
        view = next((one.sheet for one in sheets.values() if one.sheet.view), None)
        if view is None or len(sheets) == 1:
            continue
        if not named:
            raise _asked(
                view, next(one.sheet for at, one in sheets.items() if at != id(view)), kind
            )
        left |= {
            at: f"'{one.sheet.sheet}' is not read: retention.toml names '{named[0].sheet}' for {kind}"
            for at, one in sheets.items()
            if not one.is_named
        }
    said = Notice("view-not-read", "; ".join(left.values()), len(left), of_file=True)
    return {*left}, (said,) if left else ()


def _asked(view: TextSheet, other: TextSheet, kind: str) -> DataRefusedError:
    what = "view" if other.view else "table"
    return DataRefusedError(
        f"{view.file}: {what} '{other.sheet}' and view '{view.sheet}' both look like {kind};"
        " a view shows rows of tables, so these rows may be there twice",
        "choose one in retention.toml:",
        snippet=Place(other.file, other.sheet).head(kind),
    )
