"""Months in which nothing happened, though something usually does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_cli.findings.across_files._together import SHOWN
from retention_cli.findings.problems import Example, Notice
from retention_cli.text.wording import many, named
from retention_cli.values.coverage import days_with_events, silences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from retention_cli.findings.across_files._together import Together


def find(together: Together) -> Iterator[Notice]:
    """Find gaps of a month or more in each kind of event, by its own rhythm."""
    for kind, table in sorted(together.tables.items()):
        if kind == "customers":
            continue
        days = days_with_events({kind: table}, as_of=together.latest_day)
        found = [f"{earlier} to {later}" for earlier, later in silences(days)]
        if found:
            yield Notice(
                "gap",
                f"{many(len(found), 'gap')} of a month or more without any {kind}"
                f" ({named(found)}), though there are some on {len(days):,} days: figures of that"
                " time are too low",
                len(found),
                kind=kind,
                hint="is an export missing?",
                examples=tuple(Example(one) for one in found[:SHOWN]),
            )
