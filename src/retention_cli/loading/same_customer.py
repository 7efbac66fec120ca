"""Ids that the settings say are of one customer, joined in all files."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from retention_cli.findings.problems import Notice
from retention_cli.frames.columns import as_text
from retention_cli.text.wording import many

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from retention_cli.loading.loaded_export import LoadedExport

_ID = "customer_id"
_NAMED = 3


def with_one_id(parts: Sequence[LoadedExport], aliases: Mapping[str, str]) -> dict[str, str]:
    """Give rows the id that their customer counts under, in all files, and say so.

    Shape: gives the ids of customers that are still to be joined when their rows are settled: a
        file of customers has several ids of these, whose rows are no versions of one another.
    """
    ours = [part for part in parts if aliases and _ID in part.table.column_names]
    later = _side_by_side([part for part in ours if part.kind == "customers"], aliases)
    for part in ours:
        found = _said(part, aliases)
        if found is None:
            continue
        part.text = replace(part.text, assumed=(*part.text.assumed, found))
        left = later if part.kind == "customers" else {}
        now = {old: new for old, new in aliases.items() if old not in left}
        part.table = renamed(part.table, now)
    return later


def renamed(table: pa.Table, aliases: Mapping[str, str]) -> pa.Table:
    """Put the ids of customers in place of their aliases."""
    if not aliases:
        return table
    cells = table[_ID]
    texts = as_text(cells).cast(pa.string())
    place = pc.index_in(texts, value_set=pa.array(list(aliases), pa.string()))
    plain = pc.coalesce(pa.array(list(aliases.values()), pa.string()).take(place), texts)
    if pa.types.is_dictionary(cells.type):
        plain = pc.dictionary_encode(plain).cast(cells.type)
    return table.set_column(table.column_names.index(_ID), _ID, plain)


def unused(parts: Sequence[LoadedExport], aliases: Mapping[str, str]) -> Iterator[Notice]:
    """Say which ids of the settings no file has."""
    there = {id_ for part in parts for id_ in _among(part, aliases)}
    gone = [old for old in aliases if old not in there]
    if gone:
        named = ", ".join(f"'{one}'" for one in gone[:_NAMED])
        yield Notice(
            "same-customer-unused",
            f"{many(len(gone), 'id')} of same_customer {'is' if len(gone) == 1 else 'are'} in no"
            f" file: {named}{' …' if len(gone) > _NAMED else ''}",
            len(gone),
        )


def _side_by_side(customers: Sequence[LoadedExport], aliases: Mapping[str, str]) -> dict[str, str]:
    """Give the aliases of customers who stand in one file under several ids."""
    several: set[str] = set()
    known = {**aliases, **{new: new for new in aliases.values()}}
    for part in customers:
        seen: set[str] = set()
        for new in (known[id_] for id_ in _among(part, known)):
            (several if new in seen else seen).add(new)
    return {old: new for old, new in aliases.items() if new in several}


def _among(part: LoadedExport, known: Mapping[str, str]) -> list[str]:
    """List those of some ids that a file has."""
    if not known or _ID not in part.table.column_names:
        return []
    wanted = pa.array(list(known), pa.string())
    ids: Any = as_text(part.table[_ID]).cast(pa.string())
    found: list[str] = wanted.filter(pc.is_in(wanted, value_set=ids.unique())).to_pylist()
    return found


def _said(part: LoadedExport, aliases: Mapping[str, str]) -> str | None:
    ids = _among(part, aliases)
    if not ids:
        return None
    rows = pc.sum(
        pc.is_in(as_text(part.table[_ID]).cast(pa.string()), value_set=pa.array(ids, pa.string()))
    ).as_py()
    named = ", ".join(f"'{old}' as '{aliases[old]}'" for old in ids[:_NAMED])
    more = f" and {len(ids) - _NAMED:,} more" if len(ids) > _NAMED else ""
    return f"{many(rows, 'row')} under another id, as same_customer says: {named}{more}"
