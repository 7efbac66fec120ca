"""How right the rules were at the closes of past months, with what was known then."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from retention_cli.results.signals import ANY, Backtest
from retention_cli.signs.groups import NEVER
from retention_cli.signs.history import day_of, number_of
from retention_cli.signs.learned import Seen, learned
from retention_cli.signs.rule import SILENCE, Found, rules
from retention_cli.signs.tallies import EVERYONE, FEWEST, Month, Tally, score_of
from retention_cli.values.measures import Undefined
from retention_cli.values.periods import add_months

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from retention_cli.signs.groups import Mask
    from retention_cli.signs.history import History
    from retention_cli.signs.thresholds import Told


def backtest(history: History, last: date, told: Told, *, learns: bool = False) -> Backtest:
    """Hold the flags of every rule against who left within the horizon.

    Formula: at the close of each month, the customers who were there; one leaves who is not there
        at the close of the day so many days later. Lift is the leavers among the flagged, over as
        many as there would be had as many been flagged by lot at each close. Months whose horizon ends after the last date of
        the data are not tested. Intervals count each customer as one, however many closes it is in.
        With `learns` rules are weighed by the earlier closes, and the weights tested on the later ones.
    Undefined: where nobody is seen to leave, and where no month has its horizon inside the data.
    Source: docs/signals.md.
    """
    horizon = int(told["horizon"])
    if reason := _untold(history):
        return Backtest(horizon, reason=reason)
    closes = _closes(history, last, int(told["backtest_months"]), horizon)
    if not closes:
        return Backtest(
            horizon,
            reason=Undefined(
                "no-past-month",
                f"no month has {horizon} days after it in the data, and customers at its close",
                'use a shorter horizon: [signals] horizon = "30 days" in retention.toml',
            ),
        )
    size = len(history.ids)
    names = [*(rule.name for rule in rules()), ANY, EVERYONE]
    tallies = {name: Tally.of(size) for name in names}
    tested = [_test(history, number_of(close), told, tallies) for close in closes]
    everyone = tallies[EVERYONE]
    scores = tuple(score_of(name, tallies[name], everyone, tallies[SILENCE]) for name in names)
    unknown = int(history.unknown.sum())
    notes = (
        (f"customers who left on a day nobody knows are not tested: {unknown:,}",)
        if unknown
        else ()
    )
    return Backtest(
        horizon=horizon,
        closes=tuple(day_of(number_of(close) - 1) for close in closes),
        pairs=int(everyone.flagged.sum()),
        leavers=int(everyone.hits.sum()),
        scores=scores,
        notes=(*notes, *_said(history), *_few(tallies[SILENCE])),
        learned=learned(tested, horizon) if learns else None,
    )


def _untold(history: History) -> Undefined | None:
    """Say why nobody is seen to leave."""
    membership = history.membership
    if membership is None:
        return Undefined("no-basis", "nothing in the exports says who was a customer when")
    if membership.as_exported:
        return Undefined(
            "no-period",
            "the customers have no dates, so nobody knows who was there at the close of a month",
            "add start dates and end dates to the customers",
        )
    return membership.unseen


def _said(history: History) -> tuple[str, ...]:
    """Say what exports do not tell of the past."""
    said = [
        f"renewals at past closes are computed from the start, every {history.term}: contract_term"
        if history.term
        else "renewal dates are as of today, so that contract_ends is tested on notices alone;"
        ' contract_term = "1 year" in retention.toml would tell earlier ones'
    ]
    membership = history.membership
    if membership is not None and membership.basis == "activity":
        said.append(
            f"a customer leaves on the day when its last purchase is {membership.window} ago:"
            " silence comes before that by definition"
        )
    return tuple(said)


def _few(silence: Tally) -> tuple[str, ...]:
    flags = int(silence.flagged.sum())
    if flags >= FEWEST:
        return ()
    return (
        f"silence flags {flags:,} times, fewer than {FEWEST}: rules are held against chance alone",
    )


def _closes(history: History, last: date, months: int, horizon: int) -> list[date]:
    """List the first days after the closes of months, the earliest first."""
    first = _first_known(history)
    closes: list[date] = []
    at = last.replace(day=1)
    while len(closes) < months and number_of(at) > first:
        if number_of(at) + horizon <= number_of(last) + 1 and history.active(number_of(at)).any():
            closes.append(at)
        at = add_months(at, -1)
    return closes[::-1]


def _first_known(history: History) -> int:
    starts = history.spells["start"]
    membership = history.membership
    first = int(starts.min(initial=1 << 40))
    if membership is not None and membership.history is not None and membership.window is not None:
        first = max(first, number_of(membership.history.known_from(membership.window)) - 1)
    return max(first, -(1 << 19))


def _test(history: History, close: int, told: Told, tallies: Mapping[str, Tally]) -> Seen:
    """Flag the customers of one close, and count who left."""
    past = history.at(close)
    there = history.active(close) & ~history.unknown
    ends = history.left(close, close + int(told["horizon"]))
    month = Month(close, there, there & (ends < NEVER), ends)
    flags: dict[str, Mask] = {}
    for rule in rules():
        found = rule.answer(past, told)
        if isinstance(found, Found):
            marks = np.zeros(past.size, np.bool_)
            marks[found.who] = True
            flags[rule.name] = marks & there
        else:
            tallies[rule.name].reasons.append(found)
    flags |= {ANY: np.any([*flags.values(), ~there & there], axis=0), EVERYONE: there}
    for name, marks in flags.items():
        tallies[name].add(marks, month)
    return Seen(month, flags)
