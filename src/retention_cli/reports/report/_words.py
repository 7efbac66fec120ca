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

TERMS = {
    "Period": "The days that the figures are of; both the first and the last day count.",
    "Change": "The value less that of the period before. Between two percentages it is in percentage points (pp).",
    "Target": "The value to reach, as the benchmark file says it. A value exactly on the target meets it.",
    "Meets, near, misses": "The value reaches its target; it is between the target and the warning level; it is beyond both.",
    "Too few, not comparable": "The figure has a target and is not judged: it rests on too few customers, or the target is for another length of period or currency.",
    "Reference": "A figure from outside is shown to compare with. It is not a target, and does not judge anything.",
    "Undefined": "The data have no value for the figure. It is not zero; the reason is given.",
    "n": "How many customers, tickets or answers the figure rests on.",
    "95 % interval": "How far chance alone may have moved the value: of 100 intervals made like this, 95 hold the true value.",
    "Usual band": "Where a figure mostly stays from period to period. A point outside it is more than its usual ups and downs. It is computed from how far the figure moves from one period to the next.",
    "Unfinished": "The data end before the period does, so the figure may still change.",
    "S, E, CS, CE, CN": "S and E are the customers at the start and at the end of the period, CS and CE how many they are, and CN how many of E are not in S.",
    "Spell": "The days from a start to an end in which somebody is a customer. Who leaves and comes back has two.",
    "Contraction, expansion": "What customers who stayed paid less, and more, than in the period before.",
    "Billed before leaving": "Revenue of the period from customers who left in it.",
    "Others": "Revenue of the period that belongs to no line above, such as that of former customers or of no customer at all.",
    "Reactivated": "Customers who had left before the period and came back in it.",
    "Whale curve": "Profit added up from the best account to the worst. Where it falls, accounts lose what others made.",
    "Cohort": "All customers who started in the same quarter.",
    "Promoters, passives, detractors": "Those who answered 9 or 10, 7 or 8, and 0 to 6 to how likely they are to recommend.",
    "Cost to serve": "What the service for an account costs: its time and other costs that are recorded for it.",
    "Cumulative": "The share of all positive profit that this account and those above it make together.",
    "pp": "Percentage points: from 90 % to 92 % is +2 pp. The column ± pp is the change of the margin.",
    "SHA-256": "A fingerprint of a file: two files with the same one are the same, byte for byte.",
}
"""The words of the page that somebody may meet for the first time."""

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
