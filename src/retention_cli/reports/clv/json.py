"""Lifetime values as JSON, schema retention-clv/1."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from retention_cli.kpis.registry import get
from retention_cli.reports.clv._rows import amount, customer_row
from retention_cli.reports.words.machine import (
    data_of,
    fields,
    group_of,
    number,
    period,
    why,
    written,
)
from retention_cli.values.measures import Unit

if TYPE_CHECKING:
    from typing import Any

    from retention_cli.results.lifetimes import Backtest, Customer, Formula, Lifetimes, Model

_DIGITS = 10
"""Significant digits of estimates: those after them are the machine's."""


def render(found: Lifetimes) -> str:
    """Write customers, models and formulas. Money is text, so that no reader rounds it."""
    return written(
        {
            "schema": "retention-clv/1",
            "period": period(found.period),
            "formula_period": period(found.recent),
            "horizon_months": found.horizon,
            "customers": [_customer(one, found) for one in found.customers],
            "models": [_model(one) for one in found.models],
            "formulas": [_formula(one, found) for one in found.formulas],
            "silence": [asdict(one) for one in found.silence],
            "backtest": None if found.backtest is None else _backtest(found.backtest),
            "tier_rule": found.tier_rule,
            "currency": found.currency,
            "basis": found.basis,
            "reason": why(found.reason),
            "notes": list(found.notes),
            "data": data_of(found),
        }
    )


def _customer(one: Customer, found: Lifetimes) -> dict[str, Any]:
    row: dict[str, Any] = customer_row(one, found)
    return {**row, "group": group_of((found.by, one.group))} if found.by else row


def _model(one: Model) -> dict[str, Any]:
    return {
        "name": one.name,
        "parameters": {e.name: _float(e.value) for e in one.parameters} or None,
        "standard_errors": {e.name: _float(e.error) for e in one.parameters} or None,
        "intervals": {e.name: [_float(e.low), _float(e.high)] for e in one.parameters} or None,
        "log_likelihood": _float(one.log_likelihood),
        "n": one.n,
        "warnings": list(one.warnings),
        "reason": why(one.reason),
    }


def _formula(one: Formula, found: Lifetimes) -> dict[str, Any]:
    whole = one is found.formulas[0]
    readings = [
        {
            **fields(reading, "name who"),
            "value": number(reading.measure.value, Unit.MONEY),
            "reason": why(reading.measure.reason),
            "notes": list(reading.measure.notes),
        }
        for reading in one.readings
    ]
    return {
        "group": None if whole else group_of((found.by, one.value)),
        "customers": one.customers,
        "historic_value": amount(one.historic_value),
        **{name: number(m.value, get(name).unit) for name, m in one.figures.items()},
        "reasons": {name: why(m.reason) for name, m in one.figures.items() if m.reason},
        "readings": readings,
        "inputs": [{"input": i.name, **fields(i, "value source because")} for i in one.inputs],
    }


def _backtest(one: Backtest) -> dict[str, Any]:
    return {
        "fitted_on": period(one.past),
        "held_out": period(one.held_out),
        **fields(one, "of n"),
        "actual": _float(one.actual),
        "beats_both": one.beats_both,
        "not_better": [{"measure": measure, "than": than} for measure, than in one.not_better],
        "scores": [
            {
                "name": score.name,
                "total": _float(score.total),
                "error_of_total": _float(score.error),
                "rank_correlation": _float(score.rank_correlation),
                "top_tenth_found": _float(score.top_tenth),
            }
            for score in one.scores
        ],
        "deciles": [
            {
                "decile": at,
                "n": tenth.n,
                "predicted": _float(tenth.predicted),
                "actual": _float(tenth.actual),
            }
            for at, tenth in enumerate(one.deciles, start=1)
        ],
        "models": [_model(model) for model in one.models],
        "reason": why(one.reason),
    }


def _float(value: float | None) -> float | None:
    return None if value is None else float(f"{value:.{_DIGITS}g}")
