"""Reviews as CSV: one row a measure; RFC 4180. JSON has the other parts too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_cli.reports.words import as_csv
from retention_cli.text.outputs import REVIEW

if TYPE_CHECKING:
    from collections.abc import Iterator

    from retention_cli.results.review import Review


def render(found: Review) -> str:
    """Write the measures; all text in them is our own."""
    return as_csv.written(REVIEW, rows(found))


def rows(found: Review) -> Iterator[dict[str, object]]:
    """Give a row for each measure."""
    for one in found.fits:
        low, middle, high = one.spread or (None, None, None)
        ends = one.kept.interval or (None, None)
        yield {
            "measure": one.name,
            "title": one.title,
            "unit": str(one.unit),
            "seen_by_customers": "yes" if one.seen else "no",
            "n": one.n,
            "missing": float(one.missing),
            "p10": low,
            "median": middle,
            "p90": high,
            "movement": one.movement,
            "reliability": one.reliability.rho,
            "reliability_n": one.reliability.n,
            "with_retention": one.kept.rho,
            "low": ends[0],
            "high": ends[1],
            "with_retention_n": one.kept.n,
            "doubts": "; ".join(one.doubts),
            "as_of": str(found.as_of),
        }
