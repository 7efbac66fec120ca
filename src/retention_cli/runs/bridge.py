"""From files to the bridges of a period."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pyarrow.compute as pc

from retention_cli.errors import DataRefusedError
from retention_cli.results.bridge import Bridge
from retention_cli.results.facts import fields_of
from retention_cli.runs.reading import reading
from retention_cli.scoring.bridges import Bridged, bridge_all

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from retention_cli.dataset.dataset import Dataset
    from retention_cli.runs.options import Request
    from retention_cli.runs.reading import Reading


def bridge(request: Request, *, members: bool = False) -> Bridge:
    """Walk from the customers and the money at the start of a period to those at its end.

    Errors: DataRefusedError without a date, and for files that cannot be used; RetentionError for
        settings that cannot be followed.
    """
    with reading(request) as read:
        return bridged(request, read, members=members)


def bridged(request: Request, read: Reading, *, members: bool = False) -> Bridge:
    """Walk through what was read.

    Errors: DataRefusedError without a date.
    """
    facts = read.facts
    if (period := facts.period) is None:
        raise DataRefusedError(
            "a bridge needs a period, and nothing has a date up to today",
            "name a period: --period 2025",
        )
    asked = Bridged(period, request.settings, facts.outside, members)
    total, groups = bridge_all(read.dataset, asked, read.grouping)
    if facts.incomplete:
        total = replace(total, notes=(*total.notes, facts.incomplete))
    remarks = (*facts.remarks, *_idle_words(read.dataset, request.settings.voluntary))
    facts = replace(facts, remarks=remarks)
    return Bridge(**fields_of(facts) | {"total": total, "groups": groups, "members": members})


def _idle_words(dataset: Dataset, words: Sequence[str]) -> Iterator[str]:
    """Say which words of `voluntary` are the reason of nobody."""
    there: set[str] = set()
    if dataset.has("customers") and "end_reason" in dataset.tables["customers"].column_names:
        reasons = pc.unique(dataset.tables["customers"]["end_reason"]).drop_null().to_pylist()
        there = {reason.strip().casefold() for reason in reasons}
    for word in words:
        if word.strip().casefold() not in there:
            yield f"warning: voluntary: no end_reason is '{word}'"
