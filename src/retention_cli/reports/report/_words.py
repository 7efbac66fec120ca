"""What a report says in sentences: what happened in the period, and what its words mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_cli.reports.scorecard.table import period_name, verdict_line
from retention_cli.reports.words.figures import change_of, left_out
from retention_cli.reports.words.numbers import change_text, text
from retention_cli.text.wording import many

if TYPE_CHECKING:
    from collections.abc import Iterator

    from retention_cli.results.report import Report
    from retention_cli.results.scorecard import Line

TERMS = {
    "Period": "The days that the figures are of; both the first and the last day count.",
    "Change": "The value less that of the period before. Between two percentages it is in percentage points (pp).",
    "Target": "The value to reach, as the benchmark file says it. A value exactly on the target meets it.",
    "Meets, near, misses": "The value reaches its target; it is between the target and the warning level; it is beyond both.",
    "Too few, not comparable": "The figure has a target and is not judged: it rests on too few customers, or the target is for another length of period or currency.",
    "Undefined": "The data have no value for the figure. It is not zero; the reason is given.",
    "n": "How many customers, tickets or answers the figure rests on.",
    "95 % interval": "How far chance alone may have moved the value: of 100 intervals made like this, 95 hold the true value.",
    "Usual band": "Where a figure mostly stays from period to period. A point outside it is more than its usual ups and downs.",
    "Unfinished": "The data end before the period does, so the figure may still change.",
    "Cohort": "All customers who started in the same quarter.",
    "Promoters, passives, detractors": "Those who answered 9 or 10, 7 or 8, and 0 to 6 to how likely they are to recommend.",
    "Cost to serve": "What the service for an account costs: its time and other costs that are recorded for it.",
    "Cumulative": "The share of all positive profit that this account and those above it make together.",
    "SHA-256": "A fingerprint of a file: two files with the same one are the same, byte for byte.",
}
"""The words of the page that somebody may meet for the first time."""


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
    return f"{said}, {change_text(change, unit)} against {before}."


def _when(found: Report) -> str:
    return f"In {period_name(found.period)} " if found.period else ""
