"""Models fitted to what is known of customers, and what they say of each."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from retention_cli import models
from retention_cli.models._bootstrap import bootstrapped
from retention_cli.models._data import WEEK, Real, Whole
from retention_cli.models._fitting import CLIMBS
from retention_cli.models._intervals import around, log_error, share_around
from retention_cli.models.bg_nbd import NOBODY_LEAVES
from retention_cli.results.lifetimes import Estimate, Model
from retention_cli.values.discounting import monthly, present_value
from retention_cli.values.measures import MONEY_SCALE, Undefined
from retention_cli.values.periods import DAYS_PER_MONTH, add_months

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    import numpy.typing as npt

    from retention_cli.models._fitting import Fit
    from retention_cli.scoring.buying import Ledger
    from retention_cli.settings import Window
    from retention_cli.values.periods import Period


_SIMPLER = {
    ("shifted-beta-geometric", CLIMBS): "geometric",
    ("bg-nbd", NOBODY_LEAVES): "nbd",
}
"""What a model comes to where its parameters have no bound, by the code of that."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What to forecast: by which model, for how many months, and what a year later is worth less."""

    model: str
    horizon: int
    rate: float = 0.0
    term: Window | None = None
    draws: int = 0
    parts: int = 1
    no_value: Undefined | None = None


@dataclass(frozen=True, slots=True)
class Forecast:
    """What models say of each customer of a ledger: nan where they say nothing of one.

    Shape: `value` is in ten-thousandths; `silent` are days, -1 for who did not buy in the period, and
        `again` marks who bought on two days or more. `places` are the customers it was fitted on. `bounds` are
        the two ends of the 95 % intervals of `alive`, of `purchases` and of `value`.
    """

    models: tuple[Model, ...]
    alive: Real
    purchases: Real
    value: Real
    silent: Whole
    again: npt.NDArray[np.bool_]
    places: Whole
    bounds: Real

    @classmethod
    def blank(cls, size: int) -> Forecast:
        """Say nothing of so many customers."""
        alive, purchases, value = np.full((3, size), np.nan)
        silent, again = np.full(size, -1), np.zeros(size, dtype=np.bool_)
        places, bounds = np.zeros(0, dtype=np.int64), np.full((3, 2, size), np.nan)
        return cls((), alive, purchases, value, silent, again, places, bounds)


def forecast(known: Ledger, period: Period, recent: Period, asked: Asked) -> Forecast:
    """Fit a model to what is known at the end of a period, and ask it of the months after."""
    blank = Forecast.blank(len(known.ids))
    inside = known.window(period)
    bought, histories, _ = inside.histories()
    blank.silent[bought] = histories.age - histories.last
    blank.again[bought] = histories.repeats > 0
    if models.of(asked.model) == models.PURCHASES:
        return _of_purchases(inside, blank, asked)
    return _of_contracts(known, recent, blank, asked)


def _of_purchases(inside: Ledger, blank: Forecast, asked: Asked) -> Forecast:
    places, histories, spending = inside.histories()
    name, found, fit = _first_fitted(asked, histories)
    if fit is None:
        return replace(blank, models=found, places=places)
    p_alive, expected = (models.member(name, what) for what in ("p_alive", "expected"))
    blank.alive[places] = p_alive(fit.values, histories)
    blank.bounds[0][:, places] = share_around(partial(p_alive, histories=histories), fit)
    steps = _weeks(inside.end, asked.horizon)

    def bought(values: Sequence[float], discounted: float = 0.0) -> Any:
        until = steps if discounted else steps[-1:]
        added = [expected(values, histories, weeks) for weeks in until]
        if not discounted:
            return added[-1]
        return present_value(np.diff(added, axis=0, prepend=0), monthly(discounted))

    blank.purchases[places] = bought(fit.values)
    unsure = log_error(bought, fit)
    blank.bounds[1][:, places] = around(blank.purchases[places], unsure)
    if asked.no_value is not None:
        spent = _refused("gamma-gamma", asked.no_value)
        return replace(blank, models=(*found, spent), places=places)
    spent, worth = _fitted(asked, "gamma-gamma", spending)
    if worth is not None:
        now = partial(bought, discounted=asked.rate)
        mean = partial(models.member("gamma-gamma", "expected"), spending=spending)
        blank.value[places] = now(fit.values) * mean(worth.values) / asked.parts
        # The two are fitted apart: what is unsure of one is not of the other.
        ours = log_error(now, fit) if asked.rate else unsure
        both = np.hypot(ours, log_error(mean, worth))
        blank.bounds[2][:, places] = around(blank.value[places], both)
    return replace(blank, models=(*found, _in_money(spent, asked.parts)), places=places)


def _of_contracts(known: Ledger, recent: Period, blank: Forecast, asked: Asked) -> Forecast:
    """Let each customer go on paying as in the recent past, for the terms that are to be expected."""
    term = asked.term
    assert term is not None  # noqa: S101  # who asks for contracts says how long they are
    places, contracts = known.contracts(term)
    # Who is under contract is seen, whatever a model makes of it.
    blank.alive[places] = ~contracts.ended
    name, tried, fit = _first_fitted(asked, contracts)
    if fit is None:
        return replace(blank, models=tried, places=places)
    months = term.months or float(term.days / DAYS_PER_MONTH)
    expected = models.member(name, "expected")
    terms = asked.horizon / months
    rate = (1 + asked.rate) ** (months / 12) - 1
    begun = known.terms_begun(places, recent.start, term)
    lately = known.window(recent).since_start()
    a_term = (
        lately.purchase_days()[places] / begun,
        lately.revenue()[places] / begun / asked.parts,
    )
    said = (blank.purchases, blank.value) if asked.no_value is None else (blank.purchases,)
    for at, (of, each, less) in enumerate(zip(said, a_term, (0.0, rate), strict=False), start=1):
        of[places] = expected(fit.values, contracts, terms, less) * each
        unsure = log_error(partial(expected, contracts=contracts, terms=terms, rate=less), fit)
        blank.bounds[at][:, places] = around(of[places], unsure)
    return replace(blank, models=tried, places=places)


def _first_fitted(asked: Asked, data: Any) -> tuple[str, tuple[Model, ...], Fit | None]:
    """Fit the model that was asked for, else what it comes to where it has no best fit; give both."""
    found, fit = _fitted(asked, asked.model, data)
    simpler = _SIMPLER.get((asked.model, found.reason.code)) if found.reason else None
    if simpler is None:
        return asked.model, (found,), fit
    other, fit = _fitted(asked, simpler, data)
    return simpler, (found, other), fit


def _fitted(asked: Asked, name: str, data: Any) -> tuple[Model, Fit | None]:
    """Fit a model; give it as it is shown, and the fit if there is one."""
    find = models.member(name, "fit")
    fit = find(data)
    if isinstance(fit, Undefined):
        return _refused(name, fit), None
    if asked.draws:
        fit = bootstrapped(find, data, fit, asked.draws)
    estimates = tuple(
        Estimate(one.name, one.value, one.error, one.low, one.high) for one in fit.parameters
    )
    return Model(name, fit.n, estimates, fit.log_likelihood, fit.warnings), fit


def _refused(name: str, why: Undefined) -> Model:
    return Model(name, 0, reason=why)


def _in_money(model: Model, parts: int) -> Model:
    """Give gamma, which is an amount, in the currency; a likelihood of amounts is one of their unit, too."""
    if model.log_likelihood is None:
        return model
    scale = MONEY_SCALE * parts
    *others, gamma = model.parameters
    numbers = (one / scale for one in (gamma.value, gamma.error, gamma.low, gamma.high))
    return replace(
        model,
        parameters=(*others, Estimate(gamma.name, *numbers)),
        log_likelihood=model.log_likelihood + model.n * float(np.log(scale)),
    )


def _weeks(end: date, months: int) -> list[float]:
    """Give the weeks from an end to the end of each of the months after it."""
    return [(add_months(end, month) - end).days / WEEK for month in range(1, months + 1)]
