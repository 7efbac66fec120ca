"""The ids of the customers in another file, under the header that their own list has for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from retention_cli.mapping.headers import folded
from retention_cli.settings import Mapped

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from retention_cli.loading.loaded_export import LoadedExport

_ID = "customer_id"
_MOST = 0.95
"""The share of its ids that the list of customers has to have."""


def shared_ids(
    parts: Sequence[LoadedExport], all_parts: Sequence[LoadedExport]
) -> Iterator[Mapped]:
    """Give the headers of parts without a customer that a list of customers has for its ids.

    `Nr.` may number anything. It is the customer where its cells are ids of the list and one of
    them stands on several days: an invoice, a ticket or an answer has one.
    """
    lists = [part for part in all_parts if part.kind == "customers" and _place(part) is not None]
    for part in parts:
        if _is_open(part):
            for customers in lists:
                header = customers.sheet.headers[_place(customers) or 0]
                if _has_ids_of(customers, part, header):
                    ours = customers.sheet.file == part.sheet.file
                    where = f"sheet '{customers.sheet.sheet}'" if ours else customers.sheet.name
                    said = f"'{header}' is {_ID} in {where}, which has these ids"
                    yield Mapped(part.kind, _ID, header, because=said)
                    break


def _is_open(part: LoadedExport) -> bool:
    layout = part.text.layout
    told = {*layout.sources, *layout.constants, *layout.rivals}
    return part.applied is None and _ID in layout.model.model_fields and _ID not in told


def _place(part: LoadedExport) -> int | None:
    at = part.text.layout.sources.get(_ID)
    return at if isinstance(at, int) else None


def _has_ids_of(customers: LoadedExport, part: LoadedExport, header: str) -> bool:
    places = [at for at, own in enumerate(part.sheet.headers) if folded(own) == folded(header)]
    sources = part.text.layout.sources
    days = [at for column in part.model.dated_by if isinstance(at := sources.get(column), int)]
    if len(places) != 1 or not days or places == days[:1]:
        return False
    cells = _texts(part, places[0])
    ids = pc.unique(cells.filter(pc.not_equal(cells, "")))
    known = pc.is_in(ids, value_set=_texts(customers, _place(customers) or 0))
    if not len(ids) or (pc.sum(known).as_py() or 0) < _MOST * len(ids):
        return False
    table = pa.table({"id": cells, "day": _texts(part, days[0])})
    counts = (
        table.filter(pc.not_equal(cells, "")).group_by("id").aggregate([("day", "count_distinct")])
    )
    return bool(pc.max(counts["day_count_distinct"]).as_py() > 1)


def _texts(part: LoadedExport, at: int) -> pa.Array:
    cells = part.sheet.held(at).cast(pa.string()).combine_chunks()
    return pc.utf8_trim_whitespace(pc.fill_null(cells, ""))
