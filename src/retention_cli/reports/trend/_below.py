"""What stands below the lines of a trend: events, points out of the usual, before and after, mix."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_cli.reports.trend._words import held_against, letters, reason
from retention_cli.reports.words.figures import listed
from retention_cli.reports.words.numbers import change_text, interval_text, text
from retention_cli.results.trend import MORE_THAN_CHANCE, NO_PROOF, WITHIN_CHANCE
from retention_cli.values.measures import Manner

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from retention_cli.results.trend import Compared, Comparison, Group, Mixed, Row, Trend
    from retention_cli.values.events import Event

_MOST = 5
SIGNS = {MORE_THAN_CHANCE: " *", WITHIN_CHANCE: " c"}
"""What stands after a change of which an interval tells."""
Section = tuple[str, list[str]]


def sections(found: Trend, rows: Sequence[Row]) -> Iterator[Section]:
    """Give headings with their lines."""
    if lines := list(_legend(found, rows)):
        yield "Signs", lines
    if undefined := list(_undefined(rows)):
        yield "Undefined in the last period", undefined
    if noted := list(_noted(rows)):
        yield "What the last period rests on", noted
    if timeless := [row.kpi.title for row in found.rows if row.as_exported and row.group is None]:
        yield "As exported", [f"no dates say of which period these are: {listed(timeless)}"]
    if events := [_event(*one) for one in letters(found).items()]:
        yield "Events", events
    if found.comparison is not None:
        yield _compared(found.comparison)
    if found.mixes:
        first = found.mixes[0]
        heading = f"What moved the ratios from {first.before} to {first.now}, by {first.by}"
        yield heading, [_mixed(one) for one in found.mixes if one.mix.change]


def _legend(found: Trend, rows: Sequence[Row]) -> Iterator[str]:
    before, year = held_against(found.periods[-1])
    against = " and ".join(one for one in (before, year) if one)
    changes = [one for row in rows for one in (row.change, row.year_change) if one is not None]
    if changes:
        told = {one.said for one in changes}
        signs = [f";{sign}: {said}" for said, sign in SIGNS.items() if said in told]
        yield f"change of {found.periods[-1].label} against {against}{''.join(signs)}"
    if outside := [_outside(row) for row in rows if any(p.outside_band for p in row.points)]:
        more = f" and {len(outside) - _MOST} more" if len(outside) > _MOST else ""
        yield f"!: outside the usual band: {listed(outside[:_MOST])}{more}"
    if late := sorted(one.label for one in found.unfinished_periods):
        yield f"~: unfinished: {', '.join(late)}"
    if any(point.value is None for row in rows for point in row.points):
        yield "∙ or -: undefined"


def _outside(row: Row) -> str:
    periods = ", ".join(point.period.label for point in row.points if point.outside_band)
    return f"{_named(row.kpi.title, row.group)} in {periods}"


def _named(title: str, group: Group) -> str:
    if group is None:
        return title
    return f"{title} ({group[1] if group[1] is not None else f'no {group[0]}'})"


def _undefined(rows: Sequence[Row]) -> Iterator[str]:
    """Say why figures have no value in the last period, those of one reason together."""
    whose: dict[str, list[str]] = {}
    for row in rows:
        if (why := reason(row.points[-1])) is not None:
            whose.setdefault(why, []).append(_named(row.kpi.title, row.group))
    yield from _each(whose)


def _noted(rows: Sequence[Row]) -> Iterator[str]:
    """Say what is noted of figures in the last period, those of one note together."""
    whose: dict[str, list[str]] = {}
    for row in rows:
        line = row.points[-1].line
        for note in line.measure.notes if line and line.measure.reason is None else ():
            if not isinstance(note, Manner):
                whose.setdefault(note, []).append(_named(row.kpi.title, row.group))
    yield from _each(whose)


def _each(whose: Mapping[str, list[str]]) -> Iterator[str]:
    for said, names in whose.items():
        more = f" and {len(names) - _MOST} more" if len(names) > _MOST else ""
        yield f"{listed(names[:_MOST])}{more}: {said}"


def _event(event: Event, mark: str) -> str:
    touched = f" ({event.group[0]}: {event.group[1]})" if event.group else ""
    return f"{mark}  {event.day} {event.name}{touched}"


def _compared(found: Comparison) -> Section:
    before, after = (
        side[0].label if len(side) == 1 else f"{side[0].label} to {side[-1].label}"
        for side in (found.before, found.after)
    )
    heading = f"Before ({before}) and after ({after}) {found.event.name}: {NO_PROOF}"
    lines = [line for one in found.figures for line in _comparison(one)]
    return heading, lines or ["no figure can be compared"]


def _comparison(one: Compared) -> Iterator[str]:
    unit, name = one.kpi.unit, _named(one.kpi.title, one.group)
    if one.before is None or one.after is None or one.difference is None:
        return
    values = (
        f"{text(one.before.value, unit)} to {text(one.after.value, unit, currency=one.currency)}"
    )
    told = [f"{name}: {values}", change_text(one.difference.value, unit)]
    if one.difference.interval is not None:
        told.append(f"95 % interval {interval_text(one.difference.interval, unit)}")
        told.append(one.difference.said or "")
    told.append(f"n {one.before.n:,} and {one.after.n:,}")
    yield ", ".join(told)
    if one.others is not None and one.others.difference is not None and one.beyond is not None:
        rest = change_text(one.others.difference.value, unit)
        yield f"  all groups that it did not touch: {rest}; beyond them: {change_text(one.beyond, unit)}"


def _mixed(one: Mixed) -> str:
    unit, mix = one.kpi.unit, one.mix
    told = [
        f"{what} {change_text(change, unit)}"
        for what, change in (("rates", mix.rates), ("mix", mix.mix), ("both", mix.both))
    ]
    told += [
        f"{value if value is not None else f'no {one.by}'} apart {change_text(change, unit)}"
        for value, change in mix.apart.items()
    ]
    return f"{one.kpi.title}: {change_text(mix.change, unit)} = {', '.join(told)}"
