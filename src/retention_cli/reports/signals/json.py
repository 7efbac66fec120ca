"""Signals as JSON, schema retention-signals/1."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_cli.reports.signals._rows import account_row, beats, score_row
from retention_cli.reports.words.machine import data_of, day, fields, period, why, written

if TYPE_CHECKING:
    from typing import Any

    from retention_cli.results.signals import Account, Backtest, Learned, RuleFacts, Signals


def render(found: Signals) -> str:
    """Write accounts with their signs, and the back-test. Money is text, so that no reader rounds it."""
    return written(
        {
            "schema": "retention-signals/1",
            "period": period(found.period) if found.period else None,
            "as_of": str(found.as_of),
            "customers": found.customers,
            "accounts": [_account(one, found) for one in found.accounts],
            "rules": [_rule(one, found) for one in found.rules],
            "settings": {name: value.strip('"') for name, value, _ in found.shared},
            "backtest": []
            if found.backtest is None
            else list(map(score_row, found.backtest.scores)),
            "backtest_of": _test(found.backtest) if found.backtest else None,
            "notes": list(found.notes),
            "data": data_of(found),
        }
    )


def _account(one: Account, found: Signals) -> dict[str, Any]:
    return {
        **account_row(one, found),
        "signals": [
            {
                "rule": sign.rule,
                "since": str(sign.since),
                "rows": [fields(spot, "file sheet row") for spot in sign.rows],
                "said": sign.said,
                "beats_silence": beats(found, sign.rule),
                "answered_on": day(sign.answered_on),
            }
            for sign in one.signals
        ],
        "next_step": one.next_step,
        "answered_on": day(one.answered_on),
    }


def _rule(one: RuleFacts, found: Signals) -> dict[str, Any]:
    return {
        "rule": one.name,
        "title": one.title,
        "found": one.found,
        "thresholds": {name: value.strip('"') for name, value, _ in one.thresholds},
        "beats_silence": beats(found, one.name),
        "reason": why(one.reason),
    }


def _test(test: Backtest) -> dict[str, Any]:
    return {
        "horizon_days": test.horizon,
        "closes": [str(close) for close in test.closes],
        "customers_at_closes": test.pairs,
        "leavers": test.leavers,
        "notes": list(test.notes),
        "reason": why(test.reason),
        "learned": None if test.learned is None else _learned(test.learned),
    }


def _learned(one: Learned) -> dict[str, Any]:
    return {
        "fitted_on": [str(close) for close in one.fitted_on],
        "tested_on": [str(close) for close in one.tested_on],
        "odds": [{"rule": rule, "times": float(f"{times:.6g}")} for rule, times in one.weights],
        "scores": list(map(score_row, one.scores)),
        "reason": why(one.reason),
    }
