"""How models would have done: fitted on the past alone, and held against what came after."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from retention_cli.errors import RetentionError
from retention_cli.results.lifetimes import Backtest, Decile, Score
from retention_cli.scoring.buying import recent
from retention_cli.scoring.forecasts import Asked, forecast
from retention_cli.values.measures import Undefined
from retention_cli.values.periods import Period, add_months

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

    from retention_cli.models._data import Real, Whole
    from retention_cli.scoring.buying import Ledger

LAST, MEAN = "the same as last period", "everyone the mean"
_MONEY_SCALE = 10_000


@dataclass(frozen=True, slots=True)
class _Guess:
    """What one way says of each customer; what is `flat` says the same of all, and puts nobody first."""

    name: str
    said: Real
    flat: bool = False


def backtest(
    known_at: Callable[[date], Ledger], period: Period, asked: Asked, months: int
) -> Backtest:
    """Fit on the period but for its last months, and score on these.

    Errors: RetentionError where the period is not twice as long as what is held out.
    """
    cut = add_months(period.end, -months)
    before = add_months(cut, -months)
    if before < period.start:
        raise RetentionError(
            f"--backtest: {months} months are more than half of the period, {period.label}",
            "hold fewer months out, or use a longer --period",
        )
    past, held_out = Period(period.start, cut), Period(cut, period.end)
    known, later = known_at(cut), known_at(period.end)
    found = forecast(known, past, recent(past), replace(asked, horizon=months, rate=0.0))
    of_value = not np.isnan(found.value).all()
    guess = found.value if of_value else found.purchases
    # Nobody has to foretell who has left for good: of contracts that is seen.
    there = (found.alive > 0) & ~np.isnan(guess)
    who = found.places[there[found.places]]
    blank = Backtest(
        past, held_out, "value" if of_value else "purchases", len(who), 0.0, found.models
    )
    if not len(who):
        why = next((one.reason for one in reversed(found.models) if one.reason), None)
        return replace(blank, reason=why or Undefined("no-customers", "no customers to score"))
    scale = asked.parts * _MONEY_SCALE if of_value else 1
    place = np.searchsorted(np.asarray(later.ids), np.asarray(known.ids)[who])
    actual = _measured(later.window(held_out), of_value=of_value)[place] / scale
    last = _measured(known.window(Period(before, cut)), of_value=of_value)[who] / scale
    guesses = (
        _Guess("model", guess[who] / (_MONEY_SCALE if of_value else 1)),
        _Guess(LAST, last),
        _Guess(MEAN, np.full(len(who), last.mean()), flat=True),
    )
    scores = tuple(_score(one, actual) for one in guesses)
    return replace(
        blank,
        actual=float(actual.sum()),
        scores=scores,
        deciles=tuple(_deciles(guesses[0].said, actual)),
        not_better=tuple(_not_better(scores)),
    )


def _measured(rows: Ledger, *, of_value: bool) -> Whole:
    return rows.revenue() if of_value else rows.purchase_days()


def _score(guess: _Guess, actual: Real) -> Score:
    total, came = float(guess.said.sum()), float(actual.sum())
    return Score(
        guess.name,
        total,
        (total - came) / came if came > 0 else None,
        None if guess.flat else rank_correlation(guess.said, actual),
        _top_tenth(guess, actual),
    )


def _top_tenth(guess: _Guess, actual: Real) -> float | None:
    """Give the share of the true top tenth that is in the top tenth of a guess; of a flat one by chance."""
    tenth = -(-len(actual) // 10)
    best = np.argsort(-actual, kind="stable")[:tenth]
    best = best[actual[best] > 0]
    if not len(best):
        return None
    if guess.flat:
        return tenth / len(actual)
    said = np.argsort(-guess.said, kind="stable")[:tenth]
    return len(np.intersect1d(best, said)) / len(best)


def rank_correlation(one: Real, other: Real) -> float | None:
    """Give Spearman's rho, ties by their mean rank; None where one of the two is the same throughout."""
    ranks = [_ranks(values) for values in (one, other)]
    if any(values.std() == 0 for values in ranks):
        return None
    first, second = ranks
    return float(np.corrcoef(first, second)[0, 1])


def _ranks(values: Real) -> Real:
    _, place, counts = np.unique(values, return_inverse=True, return_counts=True)
    mean: Real = np.cumsum(counts) - (counts - 1) / 2
    return mean[place]


def _deciles(said: Real, actual: Real) -> Iterator[Decile]:
    order = np.argsort(-said, kind="stable")
    for tenth in np.array_split(order, 10):
        if len(tenth):
            yield Decile(len(tenth), float(said[tenth].mean()), float(actual[tenth].mean()))


def _not_better(scores: tuple[Score, ...]) -> Iterator[tuple[str, str]]:
    """Name what the model does not beat another way in."""
    model, *others = scores
    for other in others:
        if (
            model.error is not None
            and other.error is not None
            and abs(model.error) >= abs(other.error)
        ):
            yield "error of the total", other.name
        if (model.rank_correlation or 0) <= (other.rank_correlation or 0):
            yield "rank correlation", other.name
        if (model.top_tenth or 0) <= (other.top_tenth or 0):
            yield "top tenth found", other.name
