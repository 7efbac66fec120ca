"""What customers are worth: what they brought, by formula and by models, and how models did on the past."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, TypeAlias

from retention_cli.results.facts import Facts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from retention_cli.values.measures import Measure, Undefined
    from retention_cli.values.periods import Period
    from retention_cli.values.readings import Reading

Amount: TypeAlias = int | Fraction
"""Money in ten-thousandths: exact where it is of the past, and rounded where it is written."""


@dataclass(frozen=True, slots=True)
class Customer:
    """One customer. Money is in ten-thousandths; None is not known, and the run says why.

    Shape: `silent` are the days since the last purchase. `group` is the value in the column asked for. A
        `range` is the 95 % interval of a mean that the model tells: None where nothing of it is unsure.
    """

    customer_id: str
    customer_name: str | None
    manager: str | None
    historic_value: Amount | None
    formula_value: Amount | None
    p_alive: float | None
    expected_purchases: float | None
    expected_value: Amount | None
    formula_margin: Amount | None = None
    expected_margin: Amount | None = None
    silent: int | None = None
    tier: str | None = None
    group: str | None = None
    alive_range: tuple[float, float] | None = None
    purchases_range: tuple[float, float] | None = None
    value_range: tuple[Amount, Amount] | None = None


@dataclass(frozen=True, slots=True)
class Input:
    """What a formula rests on: measured in the data, set by the user, or assumed."""

    name: str
    value: str
    source: str
    because: str


@dataclass(frozen=True, slots=True)
class Formula:
    """The lifetime value of all customers, or of a group, by formulas; `readings` are those of others."""

    value: str | None
    customers: int
    historic_value: Amount | None
    figures: Mapping[str, Measure]
    readings: tuple[Reading, ...]
    inputs: tuple[Input, ...]


@dataclass(frozen=True, slots=True)
class Estimate:
    """A parameter of a model with its standard error and 95 % interval."""

    name: str
    value: float
    error: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Model:
    """A model as it was fitted to `n` customers, or the `reason` why it was not."""

    name: str
    n: int
    parameters: tuple[Estimate, ...] = ()
    log_likelihood: float | None = None
    warnings: tuple[str, ...] = ()
    reason: Undefined | None = None


@dataclass(frozen=True, slots=True)
class Bar:
    """The mean P(alive) of the `n` customers who have been silent for `since` weeks up to `until`."""

    since: int
    until: int
    n: int
    mean: float


@dataclass(frozen=True, slots=True)
class Decile:
    """A tenth of the customers by prediction, the best first, with means of what was said and what came."""

    n: int
    predicted: float
    actual: float


@dataclass(frozen=True, slots=True)
class Score:
    """How one way to predict did: its total, and how it ordered the customers."""

    name: str
    total: float
    error: float | None
    rank_correlation: float | None
    top_tenth: float | None


@dataclass(frozen=True, slots=True)
class Backtest:
    """Models fitted on `past` alone, scored on `held_out`; `of` says whether value or purchases are held beside.

    Shape: `scores` are those of the model, of "the same as last period" and of "everyone the mean".
        `not_better` names each measure and the way that the model does not beat in it.
    """

    past: Period
    held_out: Period
    of: str
    n: int
    actual: float
    models: tuple[Model, ...]
    scores: tuple[Score, ...] = ()
    deciles: tuple[Decile, ...] = ()
    not_better: tuple[tuple[str, str], ...] = ()
    reason: Undefined | None = None

    @property
    def beats_both(self) -> bool:
        """Whether the model was better than both others in all that it was measured by."""
        return self.reason is None and not self.not_better


@dataclass(frozen=True, slots=True, kw_only=True)
class Lifetimes(Facts):
    """All customers of a period, the most valuable first, with the models and formulas behind them.

    Shape: `formulas` are those of all customers, then of each group. `horizon` is in months.
    """

    period: Period
    recent: Period
    horizon: int
    customers: tuple[Customer, ...]
    models: tuple[Model, ...]
    formulas: tuple[Formula, ...]
    currency: str | None
    basis: str | None
    tier_rule: str
    by: str | None = None
    silence: tuple[Bar, ...] = ()
    backtest: Backtest | None = None
    notes: tuple[str, ...] = ()
    reason: Undefined | None = None

    @property
    def missing(self) -> tuple[Model, ...]:
        """The models that were not fitted, and in whose place no other one was."""
        first, *others = self.models
        instead = first.reason is not None and bool(others) and others[0].name != "gamma-gamma"
        return tuple(one for one in (others if instead else self.models) if one.reason)
