"""What others take a figure for, over the same rows."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from inspect import signature
from typing import TYPE_CHECKING, Any

from retention_cli import readings
from retention_cli.errors import RetentionError, UnknownNameError
from retention_cli.kpis import computing
from retention_cli.text import listing
from retention_cli.values.measures import Measure
from retention_cli.values.periods import Period
from retention_cli.values.readings import Reading

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from retention_cli.dataset.dataset import Dataset
    from retention_cli.dataset.groups import Grouping
    from retention_cli.kpis.registry import Kpi
    from retention_cli.scoring.figures import Occasion
    from retention_cli.values.measures import Number

ALL = "all"


def names_of(kpi: Kpi) -> tuple[str, ...]:
    """List the readings of a KPI."""
    return tuple(readings.of_kpi(kpi.name))


def wanted_of(kpi: Kpi, asked: str) -> dict[str, dict[str, int]]:
    """Take apart what was asked for: names of readings, each with what it was told (`no-repeat-in=14`).

    Errors: RetentionError for a KPI without readings and a number that is none; UnknownNameError for
        a name.
    """
    known = readings.of_kpi(kpi.name)
    if not known:
        raise RetentionError(f"--as: there are no other readings of {kpi.name}", "leave --as out")
    if asked.strip().casefold() == ALL:
        return {name: {} for name in known}
    found: dict[str, dict[str, int]] = {}
    for word in filter(None, (piece.strip() for piece in asked.split(","))):
        name, _, told = word.partition("=")
        name = name.strip().casefold().replace("_", "-")
        if name not in known:
            raise UnknownNameError("reading", name, [*known, ALL], where="--as: ")
        found[name] = _told(name, told.strip())
    return found


def _told(name: str, told: str) -> dict[str, int]:
    if not told:
        return {}
    if not told.isdecimal() or not 0 < int(told[:5]) <= 3660 or not name.endswith("-in"):
        raise RetentionError(
            f"--as: '{name}={told}' is not a number of days", "write no-repeat-in=14"
        )
    return {"days": int(told)}


def readings_of(
    kpi: Kpi,
    wanted: dict[str, dict[str, int]],
    dataset: Dataset,
    occasion: Occasion,
    grouping: Grouping | None = None,
) -> tuple[Reading, ...]:
    """Read a figure as others do; below the total each group.

    Undefined: each by its own reason; in groups what rests on an export that is not split.
    """
    whole = list(_read(kpi, wanted, dataset, occasion))
    found = list(whole)
    if grouping is None:
        return tuple(found)
    why = f"not by {grouping.by}: an export that it rests on has no such column"
    for value, part in grouping.datasets():
        for total, one in zip(whole, _read(kpi, wanted, part, occasion), strict=True):
            kept = _not_split(one, total)
            measure = Measure.undefined(computing.NOT_LOADED, why) if kept else one.measure
            found.append(replace(one, group=(grouping.by, value), measure=measure))
    return tuple(found)


def _not_split(one: Reading, whole: Reading) -> bool:
    """Say whether a reading of a group lacks an export that the reading of all has."""
    codes = [each.measure.reason and each.measure.reason.code for each in (one, whole)]
    return codes[0] == computing.NOT_LOADED != codes[1]


def _read(
    kpi: Kpi, wanted: dict[str, dict[str, int]], dataset: Dataset, occasion: Occasion
) -> Iterator[Reading]:
    known = readings.of_kpi(kpi.name)
    period = occasion.period or Period.month_before(occasion.as_of)
    functions: dict[str, Callable[..., Any]] = {
        name: _fed(known[name][1], told, kpi.name) for name, told in wanted.items()
    }
    made = computing.call(
        functions, dataset=dataset, period=period, settings=dict(occasion.settings)
    )
    for name, one in made.items():
        reading = _as_asked(Reading(one) if isinstance(one, Measure) else one, kpi)
        measure = computing.in_money(kpi, reading.measure, dataset, period)
        yield replace(reading, measure=measure).called(name, known[name][0])


def _fed(function: Callable[..., Any], told: dict[str, int], kpi: str) -> Callable[..., Any]:
    """Tell a reading what nothing else tells it: for some, which KPI of the family is asked for."""
    asked = {"kpi": kpi} if "kpi" in signature(function).parameters else {}
    return partial(function, **told, **asked) if told or asked else function


def _as_asked(reading: Reading, kpi: Kpi) -> Reading:
    """Turn the value of a family into that of the KPI."""
    measure, family = reading.measure, readings.family(kpi.name)
    if measure.value is None or family is None:
        return reading
    value: Number = measure.value
    turn = listing.member("readings", family, "value_of", None)
    if turn is not None:
        value = turn(kpi.name, value)
    return replace(reading, measure=replace(measure, value=value))
