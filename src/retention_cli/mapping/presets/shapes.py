"""The names in a row to the shape of the report whose header it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_cli.mapping.headers import is_known, places_of
from retention_cli.mapping.presets import preset, signature
from retention_cli.mapping.presets.recognition import SURE, fitting
from retention_cli.reading.layout import Known, Shape

if TYPE_CHECKING:
    from collections.abc import Sequence


def shape_of(cells: Sequence[str]) -> Shape | None:
    """Give the shape of a report that has a preset; None where a row is the header of none.

    Example:
        >>> shape_of(["Respondent ID", "Collector ID", "Start Date", "End Date"]).header_rows
        2
    """
    found = fitting(cells)
    if not found or found[0].confidence < SURE:
        return None
    told = signature(found[0].preset)
    names = [*(name for names in told.required for name in names), *told.known]
    named = frozenset(place for name in names for place in places_of(cells, name))
    return Shape(named=named, **preset(found[0].preset).layout.model_dump())


KNOWN = Known(is_known, shape_of)
"""What reading may know of headers: the names of columns, and the reports of systems."""
