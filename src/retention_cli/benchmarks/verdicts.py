"""How a figure stands to the benchmark that was chosen for it."""

from __future__ import annotations

from enum import StrEnum
from operator import ge, le
from typing import TYPE_CHECKING

from retention_cli.benchmarks.benchmarks import Benchmark, Role
from retention_cli.values.measures import Better, Number, Unit

if TYPE_CHECKING:
    from datetime import date


class Verdict(StrEnum):
    """How a figure stands to its benchmark."""

    MEETS = "meets"
    NEAR = "near"
    MISSES = "misses"
    NO_BENCHMARK = "no-benchmark"
    REFERENCE = "reference"
    TOO_FEW = "too-few"
    NOT_COMPARABLE = "not-comparable"
    UNDEFINED = "undefined"


def judge(  # noqa: PLR0913  # every side of a figure that can keep it from being judged
    *,
    value: Number | None,
    unit: Unit,
    better: Better,
    n: int,
    currency: str | None,
    length: str | None,
    as_exported: bool,
    unfinished: bool,
    benchmark: Benchmark | None,
    summand: bool = False,
) -> tuple[Verdict, str | None]:
    """Judge a figure: the first verdict that applies, in the order of docs/definitions.md.

    The second is why it is not comparable or too few; a reference has it too where it is
    shown beside a figure of another length or currency. Exactly on the target meets it,
    exactly on `warn` is near. A `summand` is what one group adds to a count or a sum: a benchmark
    for all groups together is none for it.
    """
    if value is None:
        return Verdict.UNDEFINED, None
    if benchmark is None:
        return Verdict.NO_BENCHMARK, None
    apart = _other_length(benchmark, length, as_exported=as_exported)
    if unfinished:
        apart = apart or "the period reaches past the end of the data"
    if summand and benchmark.segment is None:
        apart = apart or "the benchmark is for the total, the figure for one group"
    apart = apart or _other_currency(benchmark, unit, currency)
    if benchmark.role is Role.REFERENCE:
        return Verdict.REFERENCE, apart
    if apart:
        return Verdict.NOT_COMPARABLE, apart
    if benchmark.min_n and unit is not Unit.COUNT and n < benchmark.min_n:
        return Verdict.TOO_FEW, f"n is {n}, below {benchmark.min_n}"
    return _side(value, better, benchmark), None


def _other_length(benchmark: Benchmark, length: str | None, *, as_exported: bool) -> str | None:
    if benchmark.period == "any" or (benchmark.period == length and not as_exported):
        return None
    figure = (
        "an export without dates" if as_exported else f"a {length or 'period of no such length'}"
    )
    return f"the benchmark is for a {benchmark.period}, the figure for {figure}"


def _other_currency(benchmark: Benchmark, unit: Unit, currency: str | None) -> str | None:
    if benchmark.currency in {None, currency} or (currency is None and unit is not Unit.MONEY):
        return None
    return (
        f"the benchmark is in {benchmark.currency}, the figure in {currency or 'no known currency'}"
    )


def _side(value: Number, better: Better, benchmark: Benchmark) -> Verdict:
    reaches = ge if better is Better.HIGHER else le
    if reaches(value, benchmark.target):
        return Verdict.MEETS
    if benchmark.warn is not None and reaches(value, benchmark.warn):
        return Verdict.NEAR
    return Verdict.MISSES


def gap(value: Number | None, benchmark: Benchmark | None) -> Number | None:
    """Give value - target in the KPI's unit, where there are both."""
    return None if value is None or benchmark is None else value - benchmark.target


def expired(benchmark: Benchmark, today: date) -> bool:
    """Tell whether the last day of a benchmark is over; it still judges, and is marked."""
    return benchmark.expires_on is not None and today > benchmark.expires_on
