"""Views of a database, which show rows of its tables anew: read beside them, they would count twice."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from retention_cli.errors import DataRefusedError
from retention_cli.findings.problems import Notice
from retention_cli.mapping.refusing import Place

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retention_cli.reading.text import TextSheet


class Use(NamedTuple):
    """A sheet, the kind that it is read as, and whether the settings name it."""

    sheet: TextSheet
    kind: str
    is_named: bool


def views_beside(uses: Sequence[Use]) -> tuple[set[int], tuple[Notice, ...]]:
    """Find views of which the settings name another sheet for their kind, and say that of them.

    Shape: the ids of their sheets, and what is to be said.
    Errors: DataRefusedError for a view beside another sheet of its kind, where nobody named one.
    """
    left: dict[int, str] = {}
    for view in uses:
        beside = [one for one in uses if one.kind == view.kind and one.sheet is not view.sheet]
        if not view.sheet.view or view.is_named or not beside:
            continue
        named = next((one for one in beside if one.is_named), None)
        if named is None:
            raise _asked(view, beside[0])
        left[id(view.sheet)] = (
            f"view '{view.sheet.sheet}' is not read: retention.toml names"
            f" '{named.sheet.sheet}' for {view.kind}"
        )
    said = "; ".join(left.values())
    return {*left}, (Notice("view-not-read", said, len(left), of_file=True),) if left else ()


def _asked(view: Use, other: Use) -> DataRefusedError:
    sheet, beside = view.sheet, other.sheet
    what = "view" if beside.view else "table"
    return DataRefusedError(
        f"{sheet.file}: {what} '{beside.sheet}' and view '{sheet.sheet}' both look like {view.kind};"
        " a view shows rows of tables, so these rows may be there twice",
        "choose one with --sheet, or in retention.toml:",
        snippet=Place(beside.file, beside.sheet).head(view.kind),
    )
