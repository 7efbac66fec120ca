"""What a KPI answers: an exact value or the reason why there is none."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

MONEY_SCALE = 10_000
"""Amounts of money are whole ten-thousandths of their currency: in tables, parts and values."""

Number = Fraction | int | float


class Unit(StrEnum):
    """The unit of a figure. Money is in ten-thousandths of one currency until it is written."""

    RATIO = "ratio"
    COUNT = "count"
    SECONDS = "seconds"
    YEARS = "years"
    POINTS = "points"
    MONEY = "money"
    PER_YEAR = "per_year"


class Better(StrEnum):
    """Which direction of a figure is the better one."""

    HIGHER = "higher"
    LOWER = "lower"


class Manner(str):
    """A note on how a figure is reckoned: nothing was left out or assumed for it."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Part:
    """A counted or summed ingredient, which `opens` to what is behind it when that is asked for.

    Shape: `total` is a whole number of the unit, or of its `per`-ths. `opens` gives a
        `frames.opened.Opened`; without it nobody knows what is behind the total.
    """

    total: int
    unit: Unit = Unit.COUNT
    opens: Callable[[], Any] | None = field(default=None, compare=False, repr=False)
    per: int = 1

    @property
    def value(self) -> Fraction:
        """The total in its unit."""
        return Fraction(self.total, self.per)

    def ids(self) -> list[str]:
        """Fetch the ids behind the total, sorted."""
        found: list[str] = self.opens().ids() if self.opens else []
        return found


@dataclass(frozen=True, slots=True)
class Undefined:
    """Why a figure has no value: a code for programs, a sentence for people, what to do."""

    code: str
    message: str
    hint: str | None = None


def _no_parts() -> Mapping[str, Part]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Measure:
    """A figure before it is written: exactly one of `value` and `reason` is there.

    Shape: one figure for one period and one population.
    Unit: that of its KPI; ratios 0 to 1, money in ten-thousandths (`MONEY_SCALE`).
    """

    value: Number | None
    sample_size: int
    parts: Mapping[str, Part] = field(default_factory=_no_parts)
    reason: Undefined | None = None
    interval: tuple[float, float] | None = None
    basis: str | None = None
    currency: str | None = None
    notes: tuple[str, ...] = ()
    as_exported: bool = False

    def __post_init__(self) -> None:
        if (self.value is None) == (self.reason is None):
            raise ValueError("a measure has a value or a reason, and never both")

    @classmethod
    def of(  # noqa: PLR0913  # one argument for each side of a figure
        cls,
        value: Number,
        parts: Mapping[str, Part] | None = None,
        *,
        sample_size: int,
        interval: tuple[float, float] | None = None,
        basis: str | None = None,
        currency: str | None = None,
        notes: tuple[str, ...] = (),
        as_exported: bool = False,
    ) -> Measure:
        """Make a measure that has a value.

        Example:
            >>> Measure.of(Fraction(9, 10), sample_size=200).value
            Fraction(9, 10)
        """
        return cls(
            value=value,
            sample_size=sample_size,
            parts=parts or _no_parts(),
            interval=interval,
            basis=basis,
            currency=currency,
            notes=notes,
            as_exported=as_exported,
        )

    @classmethod
    def undefined(  # noqa: PLR0913  # one argument for each side of a figure
        cls,
        code: str,
        message: str,
        parts: Mapping[str, Part] | None = None,
        *,
        hint: str | None = None,
        sample_size: int = 0,
        basis: str | None = None,
        currency: str | None = None,
        notes: tuple[str, ...] = (),
        as_exported: bool = False,
    ) -> Measure:
        """Make a measure that says why it has no value.

        Example:
            >>> Measure.undefined("no-starters", "no customers at the start").value is None
            True
        """
        return cls(
            value=None,
            sample_size=sample_size,
            parts=parts or _no_parts(),
            reason=Undefined(code, message, hint),
            basis=basis,
            currency=currency,
            notes=notes,
            as_exported=as_exported,
        )
