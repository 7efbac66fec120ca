"""Reviews as JSON, schema retention-review/1."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_cli.reports.review.csv import rows
from retention_cli.reports.words.machine import data_of, day, fields, period, why, written

if TYPE_CHECKING:
    from typing import Any

    from retention_cli.results.review import Health, Review
    from retention_cli.values.correlation import Correlation


def render(found: Review) -> str:
    """Write all parts of a review."""
    card = found.card
    return written(
        {
            "schema": "retention-review/1",
            "period": period(found.period) if found.period else None,
            "as_of": str(found.as_of),
            "customers": found.customers,
            "measures": [_measure(row) for row in rows(found)],
            "absent": list(found.absent),
            "doubles": [
                {"measures": [one, other], "rho": rho} for one, other, rho in found.doubles
            ],
            "together": [
                {**fields(one, "voice service per"), **_correlation(one.found)}
                for one in found.together
            ],
            **_answers(found),
            "scorecard": {
                "role": card.role,
                "weights": {name: float(weight) for name, weight in card.weights},
                **fields(card, "owner reason told_to"),
                "review_on": day(card.review_on),
                "left_out": list(card.left_out),
            },
            "health": [_health(one) for one in found.health],
            "overdue": list(found.overdue),
            "min_n": found.min_n,
            "notes": list(found.notes),
            "data": data_of(found),
        }
    )


def _answers(found: Review) -> dict[str, list[dict[str, Any]]]:
    """Give what was answered by how long it took, by whom it was served, and what matters."""
    return {
        "quartiles": [
            {
                "quarter": one.number,
                "from_seconds": one.low,
                "to_seconds": one.high,
                **fields(one, "n satisfied"),
                "interval": list(one.interval),
            }
            for one in found.quartiles
        ],
        "served": [
            {
                **fields(one, "by name n satisfied"),
                "share": one.satisfied / one.n,
                "interval": list(one.interval),
                "shrunk": float(one.shrunk),
                "too_few": one.too_few,
            }
            for one in found.served
        ],
        "importance": [
            {
                **fields(one, "question n mean measure value"),
                "unit": None if one.unit is None else str(one.unit),
            }
            for one in found.importance
        ],
    }


def _measure(row: dict[str, object]) -> dict[str, Any]:
    doubts = str(row["doubts"])
    return {
        **{name: cell for name, cell in row.items() if name not in {"as_of", "low", "high"}},
        "seen_by_customers": row["seen_by_customers"] == "yes",
        "with_retention_interval": None if row["low"] is None else [row["low"], row["high"]],
        "doubts": doubts.split("; ") if doubts else [],
    }


def _correlation(found: Correlation) -> dict[str, Any]:
    return {
        **fields(found, "n rho"),
        "interval": None if found.interval is None else list(found.interval),
        "reason": why(found.reason),
    }


def _health(one: Health) -> dict[str, Any]:
    return {
        **fields(one, "customer_id customer_name owner"),
        "health": float(one.value),
        "made_of": [
            {
                **fields(grade, "kpi value n grade points"),
                "weight": float(grade.weight),
                "against": grade.against,
            }
            for grade in one.grades
        ],
        "not_known": list(one.unknown),
    }
