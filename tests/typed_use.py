"""What a type checker sees of the Python API: mypy reads this file, nobody runs it."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import assert_type

import pandas as pd

import retention_cli as rc


def use() -> None:
    card = rc.compute("exports/", period="2025-06", customers=["a.csv"])
    assert_type(card, rc.Scorecard)
    assert_type(card.figures, Mapping[str | tuple[str, str | None], Decimal | float | None])
    assert_type(card.to_pandas(), pd.DataFrame)
    assert_type(rc.accounts("exports/", by="segment").accounts[0].customer_id, str)
    assert_type(rc.trend("exports/", kpi=["nrr"], last=6).rows[0].kpi.name, str)
    assert_type(rc.bridge("exports/", members=True).to_pandas(), pd.DataFrame)
    assert_type(rc.clv("exports/", backtest="6m").customers[0].p_alive, float | None)
    assert_type(rc.impact("exports/", retention="+5pp").readings[0].change, Fraction | None)
    assert_type(rc.cohorts("exports/", every="quarter"), rc.Cohorts)
    assert_type(rc.diff("june/", "exports/").unchanged, int)
    assert_type(rc.signals("exports/", backtest=True).accounts[0].next_step, str)
    assert_type(rc.review("exports/", role="sales").fits[0].n, int)
    assert_type(rc.check("exports/").usable, bool)
    assert_type(rc.RetentionError("what").hint, str | None)
    rc.check("exports/", strict="yes")  # type: ignore[arg-type]  # refused, as it should be
    card.period = None  # type: ignore[misc]  # results are frozen
