"""Currencies that number formats, titles and names of files tell, beside files that name none or another."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from retention_cli.mapping.cells.currencies import codes_in, is_of_several, may_be
from retention_cli.text.toml_text import quoted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retention_cli.loading.loaded_export import LoadedExport


def agree_on_currency(parts: Sequence[LoadedExport]) -> None:
    """Take files that name no currency in the one that formats of the others show, and say so.

    A sign of several currencies is the one of them that other files name. Where files name theirs
    in any other way, one that names none stays without.
    """
    money = [part for part in parts if "currency" in part.model.model_fields]
    shown = [part for part in money if part.text.shown]
    _told_by_names(money)
    if not shown:
        return
    named = {code for part in money if part not in shown for code in _codes(part)}
    bare = [part for part in shown if is_of_several(str(part.text.shown))]
    sure = named | {code for part in shown if part not in bare for code in _codes(part)}
    for part in bare:
        if len(sure) == 1 and may_be(str(part.text.shown), *sure) and sure != _codes(part):
            _take(part, min(sure), "the currency that other files name")
    codes = {code for part in shown for code in _codes(part)}
    if named or len(codes) != 1:
        return
    for part in money:
        if not _codes(part):
            _take(part, min(codes), f"the number formats of {shown[0].sheet.name}")


def _told_by_names(parts: Sequence[LoadedExport]) -> None:
    """Take files whose names differ by a code of a currency alone in the currencies of their names."""
    alike: dict[tuple[str, str], dict[str, list[LoadedExport]]] = {}
    for part in parts:
        name = f"{PurePath(part.sheet.file).stem} {part.sheet.sheet or ''}"
        codes = [] if _codes(part) else codes_in(name)
        if len(codes) == 1:
            rest = (part.kind, name.replace(codes[0], "…"))
            alike.setdefault(rest, {}).setdefault(codes[0], []).append(part)
    for by_code in alike.values():
        if len(by_code) > 1:
            for code, some in by_code.items():
                for part in some:
                    _take(part, code, "the name of the file")


def _codes(part: LoadedExport) -> set[str]:
    if "currency" not in part.table.column_names:
        return set()
    return set(pc.unique(part.table["currency"]).drop_null().to_pylist())


def _take(part: LoadedExport, code: str, by: str) -> None:
    names = part.table.column_names
    column = pa.chunked_array([pa.repeat(code, len(part.table))])
    if "currency" in names:
        part.table = part.table.set_column(names.index("currency"), "currency", column)
    else:
        part.table = part.table.append_column("currency", column)
    own = f"[export.constants] currency = {quoted('…')}"
    part.said.append(
        f"amounts are taken as {code}, by {by}; for another, write in retention.toml: {own}"
    )
