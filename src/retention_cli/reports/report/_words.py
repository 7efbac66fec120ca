"""What a report says in sentences: what happened in the period, and what its words mean."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from retention_cli.reports.scorecard.table import period_name, verdict_line
from retention_cli.reports.words.figures import change_of, left_out
from retention_cli.reports.words.numbers import change_text, text
from retention_cli.text.wording import many
from retention_cli.values.measures import Unit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from retention_cli.results.report import Report
    from retention_cli.results.scorecard import Line

_PLAIN = {
    "basis: dates": "who was a customer is told by start and end dates",
    "basis: snapshots": "who was a customer is told by two lists, of the start and of the end",
    "basis: flag": "who is a customer is told by a status, of no period",
    "basis: activity": "who was a customer is told by invoices: by having paid not long ago",
    "by contacts": "told by how many contacts a ticket took",
    "by flag column": "told by a column that says so",
    "1 / churn rate": "computed as 1 divided by the churn rate",
    "csat_top: ": "scores of ",
}
"""How notes begin that name settings and formulas, and what a reader is told instead."""


def plain(note: str) -> str:
    """Say a note to somebody who never saw the settings.

    Example:
        >>> plain("by contacts (First-contact resolution)")
        'told by how many contacts a ticket took (First-contact resolution)'
    """
    for start, said in _PLAIN.items():
        if note.startswith(start):
            return said + note.removeprefix(start)
    return note.replace(" (min_n)", "")


def happened(found: Report) -> list[str]:
    """Say in sentences what happened in the period."""
    lines = {line.kpi.name: line for line in found.card.lines if line.group is None}
    rows = [line for line in found.card.lines if not left_out(line)]
    said = [one for one in (_stayed(found, lines), _earned(found, lines)) if one]
    if not said:
        said = ["The exports give neither customers nor revenue of the period."]
    said.append(f"{verdict_line(rows).plain}.")
    if found.incomplete:
        said.insert(0, f"Careful: {found.incomplete}.")
    return said


def _stayed(found: Report, lines: dict[str, Line]) -> str | None:
    line = lines.get("retention_rate")
    if line is None or line.measure.value is None:
        return None
    parts = line.measure.parts
    start, kept = parts["CS"].total, parts["CE"].total - parts["CN"].total
    said = (
        f"{_when(found)}{many(int(kept), 'customer')} of {many(int(start), 'customer')} at the start"
        f" stayed ({text(line.measure.value, line.kpi.unit)})"
    )
    moved = [
        *_moved(lines, "customers_acquired", "joined"),
        *_moved(lines, "customers_lost", "left"),
    ]
    return f"{said}; {' and '.join(moved)}." if moved else f"{said}."


def _moved(lines: dict[str, Line], name: str, verb: str) -> Iterator[str]:
    line = lines.get(name)
    if line is not None and line.measure.value is not None:
        yield f"{text(line.measure.value, line.kpi.unit)} {verb}"


def _earned(found: Report, lines: dict[str, Line]) -> str | None:
    line = lines.get("revenue")
    if line is None or line.measure.value is None:
        return None
    unit, currency = line.kpi.unit, line.measure.currency
    said = f"Revenue was {text(line.measure.value, unit, currency=currency)}"
    change = change_of(line)
    if change is None or found.period is None:
        return f"{said}."
    before = period_name(found.period.previous())
    grown = ""
    if (known := line.previous) and known.value is not None and known.value > 0:
        share = change_text(Fraction(change) / Fraction(known.value), Unit.RATIO)
        grown = f" ({share.replace('pp', '%')})"
    return f"{said}, {change_text(change, unit)}{grown} against {before}."


def _when(found: Report) -> str:
    return f"In {period_name(found.period)} " if found.period else ""
