"""From files to the worth of a step in retention."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING

from retention_cli.errors import RetentionError
from retention_cli.kpis import computing
from retention_cli.results.facts import fields_of
from retention_cli.results.impact import Hint, Impact
from retention_cli.runs.accounts import ranked
from retention_cli.runs.reading import reading
from retention_cli.scoring.impact import (
    USUAL_DISCOUNT,
    Step,
    assumptions,
    mean_profit,
    replacing,
    worth,
)
from retention_cli.scoring.upsell import hints

if TYPE_CHECKING:
    from retention_cli.results.accounts import Accounts
    from retention_cli.runs.options import Request
    from retention_cli.runs.reading import Reading
    from retention_cli.values.measures import Measure

USUAL_STEP = "+5pp"
_STEP = re.compile(r"([+-]?)\s*([0-9]{1,3}(?:\.[0-9]{1,4})?)\s*(pp|%)")
_HINT = "write +5pp for five points, +5% for a twentieth more, or 95% for that rate"


def impact(request: Request, *, retention: str = USUAL_STEP) -> Impact:
    """Say what a step in retention is worth under four readings, and what the leavers of a period cost.

    Errors: RetentionError for a step that is none; DataRefusedError without invoices or a date.
    """
    found = _STEP.fullmatch(retention.strip())
    if found is None or (found[3] == "pp" and not found[1]):
        raise RetentionError(f"--retention: '{retention}' is not a step", _HINT)
    with reading(request) as read:
        accounts = ranked(request, read)
        settings = dict(request.settings)
        told = computing.compute(
            ("retention_rate", "customers_acquired"),
            dataset=read.dataset,
            period=accounts.period,
            settings=settings,
        )
        rate = told["retention_rate"]
        step = None if rate.value is None else _step(found, Fraction(rate.value), accounts, request)
        acquired = set(_ids(told["customers_acquired"]))
        return Impact(
            **fields_of(read.facts),
            now=step.now if step else None,
            then=step.then if step else None,
            step=retention,
            customers=rate.sample_size,
            profit=mean_profit(accounts),
            discount_rate=request.settings.discount_rate or USUAL_DISCOUNT,
            currency=accounts.currency,
            readings=tuple(worth(accounts, rate.sample_size, step)) if step else (),
            leavers=accounts.leavers,
            replacing=replacing(accounts, acquired, settings),
            hints=_hints(read, accounts),
            assumptions=_assumed(accounts, step, request),
            notes=(*rate.notes, *accounts.notes),
            reason=rate.reason or accounts.reason,
        )


def _step(found: re.Match[str], now: Fraction, accounts: Accounts, request: Request) -> Step:
    number = Fraction(found[2]) / 100
    by = -number if found[1] == "-" else number
    then = now + by if found[3] == "pp" else now * (1 + by) if found[1] else number
    if not 0 <= then <= 1:
        raise RetentionError(
            f"--retention: {float(now * 100):.1f} % {found[0]} is {float(then * 100):.1f} %, not a rate",
            "write a smaller step",
        )
    discount = request.settings.discount_rate or USUAL_DISCOUNT
    return Step(now, then, discount, accounts.period.years)


def _ids(measure: Measure) -> list[str]:
    part = next(iter(measure.parts.values()), None)
    return part.ids() if part is not None and measure.value is not None else []


def _hints(read: Reading, accounts: Accounts) -> tuple[Hint, ...]:
    return tuple(hints(read.dataset.frame("invoices"), accounts.period, accounts.accounts))


def _assumed(accounts: Accounts, step: Step | None, request: Request) -> tuple[str, ...]:
    if step is None:
        return ()
    stated = request.settings.discount_rate is not None
    return tuple(assumptions(accounts, step, stated=stated))
