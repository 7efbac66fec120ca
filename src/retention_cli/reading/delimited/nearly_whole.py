"""Torn rows that leave no doubt: blank cells too many at their ends, delimiters inside entities."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from retention_cli.reading.delimited.body import Body, batch_of_rows
from retention_cli.reading.delimited.torn_text import strict_cells
from retention_cli.reading.tables.plain_cells import without_entities
from retention_cli.reading.text import WHITE_SPACE, TextBatch

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retention_cli.findings.problems import Problem
    from retention_cli.reading.delimited.lines import Rest

_ENDS_THE_ENTITY = ";"
_HARDLY_ANY = 0.05


class _Whole(NamedTuple):
    """A torn row and the cells that it has."""

    torn: Problem
    cells: list[str]


def with_whole_entities(body: Body, rest: Rest, width: int) -> Body:
    """Read rows as whole whose HTML entities hold the delimiter, where that leaves their cells."""
    if rest.mark != _ENDS_THE_ENTITY:
        return body
    found = [one for row in body.torn if (one := _with_entities(row, rest, width))]
    said = "{} of its rows hold delimiters in HTML entities, which are read whole"
    return _with(found, body, said)


def without_blank_ends(body: Body, width: int) -> Body:
    """Read rows as whole that have blank cells too many at their end.

    At least half of all rows have them, and hardly any has more in their place: else one may be
    the last column, and a delimiter before it text.
    """
    found = [one for row in body.torn if (one := _without_blank_end(row, width))]
    if not found or not _are_padded(len(found), body, width):
        return body
    return _with(found, body, "{} of its rows end in delimiters that the header does not have")


def _with(found: Sequence[_Whole], body: Body, said: str) -> Body:
    if not found:
        return body
    gone = {one.torn.row for one in found}
    made = batch_of_rows([one.cells for one in found], [one.torn.row for one in found])
    return Body(
        [_in_order([*body.batches, made])],
        tuple(row for row in body.torn if row.row not in gone),
        body.rows,
        "; ".join(filter(None, (body.note, said.format(f"{len(found):,}")))),
    )


def _without_blank_end(row: Problem, width: int) -> _Whole | None:
    cells, more = row.raw[:width], row.raw[width:]
    if row.code != "wrong-width" or not more or not is_blank(more) or is_blank(cells):
        return None
    return _Whole(row, list(cells))


def _with_entities(row: Problem, rest: Rest, width: int) -> _Whole | None:
    if row.code != "wrong-width" or len(row.raw) <= width:
        return None
    cells = strict_cells(without_entities(row.text), rest)
    return _Whole(row, cells) if cells and len(cells) == width else None


def _are_padded(padded: int, body: Body, width: int) -> bool:
    blank = sum(is_blank(row.raw) for row in body.torn)
    filled = sum(not is_blank(row.raw[width:]) for row in body.torn)
    return 2 * padded >= body.rows - blank and filled <= _HARDLY_ANY * padded


def is_blank(cells: Sequence[str]) -> bool:
    """Say whether no cell has anything but white space."""
    return not any(cell.strip(WHITE_SPACE) for cell in cells)


def _in_order(batches: Sequence[TextBatch]) -> TextBatch:
    """Put batches together, each row in its place."""
    columns = pa.Table.from_batches([batch.columns for batch in batches])
    rows = pa.chunked_array([batch.rows for batch in batches]).combine_chunks()
    order = pc.sort_indices(rows)
    (whole,) = columns.take(order).combine_chunks().to_batches()
    return TextBatch(whole, rows.take(order))
