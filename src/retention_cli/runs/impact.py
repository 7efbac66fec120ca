"""From files to the worth of a step in retention."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from retention_cli.errors import RetentionError
from retention_cli.kpis import computing
from retention_cli.patterns import lazy_pattern
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
from retention_cli.values.measures import Undefined

if TYPE_CHECKING:
    import re

    from retention_cli.results.accounts import Accounts
    from retention_cli.runs.options import Request
    from retention_cli.runs.reading import Reading
    from retention_cli.values.measures import Measure

USUAL_STEPS = (
    "+5pp",
    "+2pp",
    "+1pp",
    "+0.5pp",
    "+0.2pp",
    "+0.1pp",
    "+0.05pp",
    "+0.02pp",
    "+0.01pp",
)
"""Without a step the first of these is taken after which somebody still leaves."""

_NO_STEP = Undefined(
    "no-step", "nobody left in the period, so there is no step up", "name one down: --retention 95%"
)
_STEP = lazy_pattern(r"([+-]?)\s*([0-9]{1,3}(?:\.[0-9]{1,4})?)\s*(pp|%)")
_HINT = "write +5pp for five points, +5% for a twentieth more, or 95% for that rate"


def impact(request: Request, *, retention: str | None = None) -> Impact:
    """Say what a step in retention is worth under four readings, and what the leavers of a period cost.

    Errors: RetentionError for a step that is none; DataRefusedError without invoices or a date.
    """
    asked = None if retention is None else _parsed(retention)
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
        step = None if rate.value is None else _step(asked, Fraction(rate.value), accounts, request)
        acquired = set(_ids(told["customers_acquired"]))
        return Impact(
            **fields_of(read.facts),
            now=step.now if step else None,
            then=step.then if step else None,
            step=step.name if step else retention or USUAL_STEPS[0],
            customers=rate.sample_size,
            profit=mean_profit(accounts),
            discount_rate=_discount(request),
            currency=accounts.currency,
            readings=tuple(worth(accounts, rate.sample_size, step)) if step else (),
            leavers=accounts.leavers,
            replacing=replacing(accounts, acquired, settings),
            hints=_hints(read, accounts),
            assumptions=_assumed(accounts, step, request, usual=asked is None),
            notes=(*rate.notes, *accounts.notes),
            reason=rate.reason or accounts.reason or (None if step else _NO_STEP),
        )


def _parsed(retention: str) -> re.Match[str]:
    found = _STEP.fullmatch(retention.strip())
    if found is None or (found[3] == "pp" and not found[1]):
        raise RetentionError(f"--retention: '{retention}' is not a step", _HINT)
    return found


def _step(
    asked: re.Match[str] | None, now: Fraction, accounts: Accounts, request: Request
) -> Step | None:
    """Take the step that was asked for, or the usual one; None where nothing is left to be gained."""
    usual = map(_parsed, USUAL_STEPS)
    found = asked or next((one for one in usual if _after(one, now) < 1), None)
    if found is None:
        return None
    then = _after(found, now)
    if not 0 <= then <= 1:
        raise RetentionError(
            f"--retention: {float(now * 100):.1f} % {found[0]} is {float(then * 100):.1f} %, not a rate",
            "write a smaller step",
        )
    return Step(found[0], now, then, _discount(request), accounts.period.years)


def _after(step: re.Match[str], now: Fraction) -> Fraction:
    number = Fraction(step[2]) / 100
    by = -number if step[1] == "-" else number
    return now + by if step[3] == "pp" else now * (1 + by) if step[1] else number


def _ids(measure: Measure) -> list[str]:
    part = next(iter(measure.parts.values()), None)
    return part.ids() if part is not None and measure.value is not None else []


def _hints(read: Reading, accounts: Accounts) -> tuple[Hint, ...]:
    return tuple(hints(read.dataset.frame("invoices"), accounts.period, accounts.accounts))


def _assumed(
    accounts: Accounts, step: Step | None, request: Request, *, usual: bool
) -> tuple[str, ...]:
    if step is None:
        return ()
    stated = request.settings.discount_rate is not None
    told = tuple(assumptions(accounts, step, stated=stated))
    if not usual or step.name == USUAL_STEPS[0]:
        return told
    now, most = f"{float(step.now * 100):.1f} %", USUAL_STEPS[0]
    return (
        f"the step is {step.name}, as {now} leaves no room for {most}; --retention sets it",
        *told,
    )


def _discount(request: Request) -> Fraction:
    told = request.settings.discount_rate
    return USUAL_DISCOUNT if told is None else told
