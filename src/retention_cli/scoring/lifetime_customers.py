"""A row for each customer: what was paid so far, what formula and models say, and the tier."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from retention_cli.results.lifetimes import Bar, Customer
from retention_cli.scoring.tiers import rule, tiers

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from retention_cli.models._data import Real
    from retention_cli.results.lifetimes import Amount
    from retention_cli.scoring.buying import Ledger
    from retention_cli.scoring.forecasts import Forecast
    from retention_cli.scoring.lifetime_formulas import Worth
    from retention_cli.settings import Tiers
    from retention_cli.values.periods import Period

_CENT = 100
_WEEK = 7
_MOST_BARS = 8
_DECIMALS = 6
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Known:
    """What there is to say of customers besides their purchases.

    Shape: `worths` are those of each group, that of all customers under None where there are no groups.
        `parts` is how many of the money of tables are a ten-thousandth, None where it cannot be added up.
    """

    people: Mapping[str, tuple[str | None, str | None]]
    groups: Mapping[str, str | None]
    worths: Mapping[str | None, Worth]
    parts: int | None


def customers(ledger: Ledger, lately: Period, said: Forecast, known: Known) -> list[Customer]:
    """Give a row for each customer of a ledger, in order of their ids."""
    so_far, recent = ledger.revenue().tolist(), ledger.window(lately).revenue().tolist()
    told = np.round([said.alive, said.purchases, said.value], _DECIMALS)
    models, bounds = _known(told.T), _known(np.round(said.bounds, _DECIMALS).reshape(6, -1).T)
    silent = said.silent.tolist()
    found = []
    for at, (id_, (alive, purchases, value), ends) in enumerate(
        zip(ledger.ids, models, bounds, strict=True)
    ):
        name, manager = known.people.get(id_, (None, None))
        one = Customer(
            customer_id=id_,
            customer_name=name,
            manager=manager,
            historic_value=None,
            formula_value=None,
            p_alive=alive,
            expected_purchases=purchases,
            expected_value=_cents(value),
            silent=silent[at] if silent[at] >= 0 else None,
            group=known.groups.get(id_),
            alive_range=_range(*ends[:2]),
            purchases_range=_range(*ends[2:4]),
            value_range=_range(*map(_cents, ends[4:])),
        )
        found.append(_with_money(one, so_far[at], recent[at], lately, known))
    return found


def _known(rows: Real) -> list[list[float | None]]:
    """Give rows of numbers, None where there is none."""
    found = rows.astype(object)
    found[np.isnan(rows)] = None
    return found.tolist()  # type: ignore[no-any-return]


def _cents(value: float | None) -> int | None:
    return None if value is None else round(value / _CENT) * _CENT


def _range(low: T | None, high: T | None) -> tuple[T, T] | None:
    return None if low is None or high is None else (low, high)


def _with_money(one: Customer, so_far: int, recent: int, lately: Period, known: Known) -> Customer:
    parts = known.parts
    if parts is None:
        return one
    worth = known.worths.get(one.group) or known.worths[None]
    value, share = worth.lifetime(Fraction(recent, parts) / lately.months), worth.margin
    return replace(
        one,
        historic_value=so_far if parts == 1 else Fraction(so_far, parts),
        formula_value=value,
        formula_margin=None if value is None or share is None else value * share,
        expected_margin=None
        if one.expected_value is None or share is None
        else one.expected_value * share,
    )


def ranked(found: Sequence[Customer], cuts: Tiers) -> tuple[tuple[Customer, ...], str]:
    """Sort customers by what they are worth, ties by id, and give them tiers; say by which rule.

    It is the expected value, else the formula value, else the historic one: the first that anybody has.
    """
    ways = ("expected_value", "formula_value", "historic_value")
    way = next((w for w in ways if any(getattr(one, w) is not None for one in found)), ways[-1])

    def worth(one: Customer) -> Amount | None:
        value: Amount | None = getattr(one, way)
        return value

    there = [one for one in found if worth(one) is not None]
    there.sort(key=lambda one: (-(worth(one) or 0), one.customer_id))
    given = tiers([worth(one) or 0 for one in there], cuts)
    best = [replace(one, tier=tier) for one, tier in zip(there, given, strict=True)]
    others = (one for one in found if worth(one) is None)
    return (*best, *others), rule(cuts, way.replace("_", " "))


def bars(said: Forecast) -> Iterator[Bar]:
    """Give the mean P(alive) by weeks of silence, of the customers who bought on two days or more."""
    who = said.again & ~np.isnan(said.alive)
    if not who.any() or said.alive[who].min() == said.alive[who].max():
        return
    weeks, alive = said.silent[who] // _WEEK, said.alive[who]
    width = max(-(-(int(weeks.max()) + 1) // _MOST_BARS), 1)
    for since in range(0, int(weeks.max()) + 1, width):
        here = (weeks >= since) & (weeks < since + width)
        if here.any():
            yield Bar(since, since + width, int(here.sum()), float(alive[here].mean()))
