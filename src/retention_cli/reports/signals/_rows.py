"""What the formats of signals share: fields as programs read them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_cli.reports.words.machine import amount, fields

if TYPE_CHECKING:
    from retention_cli.results.signals import Account, Score, Signals, Spot


def account_row(one: Account, found: Signals) -> dict[str, object]:
    """Give what is known of an account besides its signs."""
    return {
        **fields(one, "customer_id customer_name owner"),
        "revenue_at_stake": amount(one.revenue),
        "profit_at_stake": amount(one.profit),
        "currency": found.currency,
    }


def beats(found: Signals, rule: str) -> bool | None:
    """Say whether a rule beats silence; None where that was not tested."""
    score = found.backtest.score(rule) if found.backtest else None
    return score.beats if score else None


def spot_text(spot: Spot) -> str:
    """Name a row: its file, its sheet if it has one, and its number."""
    place = f"{spot.file} sheet '{spot.sheet}'" if spot.sheet else spot.file or "row"
    return f"{place} row {spot.row}" if spot.row is not None else place


def score_row(one: Score) -> dict[str, object]:
    """Give how right a rule was."""
    return {
        **fields(one, "rule flagged leavers_flagged leavers_missed false_alarms"),
        "lead_days_median": _ratio(one.lead_days_median),
        "precision": _ratio(one.precision),
        "precision_interval": _interval(one.precision_interval),
        "recall": _ratio(one.recall),
        "recall_interval": _interval(one.recall_interval),
        "lift": _ratio(one.lift),
        "lift_interval": _interval(one.lift_interval),
        "beats_silence": one.beats,
        "reason": one.reason.message if one.reason else None,
    }


def _ratio(value: object) -> float | None:
    return None if value is None else float(value)  # type: ignore[arg-type]  # a fraction


def _interval(value: tuple[float, float] | None) -> list[float] | None:
    return None if value is None else [round(end, 4) for end in value]
