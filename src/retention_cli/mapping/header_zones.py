"""Zones that headers name: "Created At (UTC)", "answered_at_utc", "Resolved (CET)"."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pyarrow.compute as pc

from retention_cli.errors import DataRefusedError
from retention_cli.mapping.cells.zones import offsets_in
from retention_cli.patterns import lazy_pattern
from retention_cli.records.base import DAY, INSTANT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retention_cli.mapping.evidence import Source

_UTC = "UTC"
_ZONE = lazy_pattern(
    r"(?:[\s_\-,(\[]|(?<=[a-z])(?=UTC|GMT))"
    r"((?:(?i:utc|gmt))(?:\s?[-+][0-9]{1,2}(?::?[0-9]{2})?)?|[-+][0-9]{2}:?[0-9]{2}"
    r"|[ECMPN][SDE]T|[CMEW]ES?T|MES?Z|BST|IST|JST|A[ECW]S[DT]T?|A[ECW][SD]T|[A-Z][a-z]+/[A-Z]\w+)"
    r"[)\]]?\s*\Z"
)
_CLOCK = r"(:[0-5][0-9](?:\.[0-9]+)?)\z"


def zone_in(header: str) -> str | None:
    """Give the zone that a header ends with, an offset of 0 as UTC.

    Example:
        >>> zone_in("Created At (UTC)"), zone_in("created_at_utc"), zone_in("First Answer CET")
        ('UTC', 'UTC', 'CET')
        >>> zone_in("Latest"), zone_in("Created (GMT+0)"), zone_in("Created (UTC+2)")
        (None, 'UTC', 'UTC+2')
    """
    found = _ZONE.search(header)
    if found is None:
        return None
    zone = re.sub(r"\s", "", found[1])
    if "/" not in zone:
        zone = zone.upper().replace("GMT", _UTC)
    return _UTC if re.fullmatch(r"(?:UTC)?[-+]0{1,2}:?(?:00)?", zone) else zone


def without_zone(header: str) -> str:
    """Give a header without the zone that it ends with.

    Example:
        >>> without_zone("Canceled At (UTC)"), without_zone("Opened")
        ('Canceled At', 'Opened')
    """
    found = _ZONE.search(header)
    return header[: found.start()].rstrip() if found else header


def in_their_zones(
    sources: Sequence[Source], time_zone: str | None, *, name: str
) -> tuple[list[Source], list[str]]:
    """Give times of a zone that their header names as such, and what is assumed of them.

    Times of UTC get their offset where the settings have a zone to read them in. Cells that have
    offsets need no header.
    Errors: DataRefusedError where two headers name different zones.
    """
    found = {
        place: zone_in(source.header)
        for place, source in enumerate(sources)
        if source.form in {INSTANT, DAY} and "" in offsets_in(source.cells.texts)
    }
    headers = {zone: sources[place].header for place, zone in found.items() if zone}
    if not headers:
        return list(sources), []
    if len(headers) > 1:
        first, second, *_ = headers.values()
        raise DataRefusedError(
            f"{name}: '{first}' and '{second}' say that their times are of different zones",
            "export both in one zone, or with offsets in the cells, such as 09:00+02:00",
        )
    ((zone, header),) = headers.items()
    if time_zone and zone == _UTC:
        with_offsets = [
            replace(source, cells=source.cells.each(_as_utc)) if found.get(place) else source
            for place, source in enumerate(sources)
        ]
        return with_offsets, [f"times of '{header}' are of UTC, as its name says"]
    others = [sources[place].header for place, named in found.items() if not named]
    if not others:
        return list(sources), []
    said = f"'{header}' names a zone, and '{others[0]}' none: all times are taken as of one zone"
    return list(sources), [said]


def _as_utc(texts: object) -> object:
    return pc.replace_substring_regex(texts, _CLOCK, r"\1Z")
