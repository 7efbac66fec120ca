"""The names in a row to the shape of the report whose header it is."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from retention_cli.mapping.headers import is_known, places_of
from retention_cli.mapping.presets import preset, signature
from retention_cli.mapping.presets.recognition import SURE, fitting
from retention_cli.reading.tables.find_header import Known, Shape

if TYPE_CHECKING:
    from collections.abc import Sequence


def shape_of(cells: Sequence[str], *, named: Sequence[str] = ()) -> Shape | None:
    """Give the shape of a report that has a preset; None where a row is the header of none.

    One of `named` is taken before one that is recognised, as when columns are named.
    Example:
        >>> shape_of(["Respondent ID", "Collector ID", "Start Date", "End Date"]).header_rows
        2
    """
    found = [one for one in fitting(cells) if one.preset in named or one.confidence >= SURE]
    if not found:
        return None
    name = next((one.preset for one in found if one.preset in named), found[0].preset)
    told = signature(name)
    names = [*(one for names in told.required for one in names), *told.known]
    places = frozenset(place for one in names for place in places_of(cells, one))
    return Shape(named=places, **preset(name).layout.model_dump())


KNOWN = Known(is_known, shape_of)
"""What reading may know of headers: the names of columns, and the reports of systems."""


def known_with(named: Sequence[str]) -> Known:
    """Give what is known where somebody named presets."""
    return Known(is_known, partial(shape_of, named=named)) if named else KNOWN
