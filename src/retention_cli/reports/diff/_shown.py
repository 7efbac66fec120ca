"""What people are shown of a diff: figures then and now, and what moved them, each once."""

from __future__ import annotations

import json
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, TypeAlias

from retention_cli import kpis
from retention_cli.kpis import registry
from retention_cli.reports.words.numbers import beside, change_text, count, text
from retention_cli.results.diff import OtherChange, RowChange
from retention_cli.text.wording import many
from retention_cli.values.measures import Unit

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from retention_cli.results.diff import Diff, Differing
    from retention_cli.results.frozen import FrozenFigure

Cause: TypeAlias = RowChange | OtherChange
HEADINGS = ("Figure", "Then", "Now", "Change", "Why")
MOST = 20
"""More causes than a screen has room for; --verbose lists them all."""

_NOTHING = "-"


@dataclass(frozen=True, slots=True)
class Shown:
    """The rows of figures, and what moved them in the order of its numbers."""

    rows: tuple[tuple[str, ...], ...]
    causes: tuple[str, ...]


def shown_of(found: Diff) -> Shown:
    """Give each figure with the numbers of what moved it."""
    numbers: dict[Cause, int] = {}
    rows = []
    for one in found.figures:
        causes = [numbers.setdefault(cause, len(numbers) + 1) for cause in causes_of(one)]
        rows.append((title(one.figure), *_values(one), _ranges(causes)))
    return Shown(tuple(rows), tuple(map(said, numbers)))


def causes_of(one: Differing) -> Iterator[Cause]:
    """Give all that moved a figure: what is not a row comes first."""
    yield from (_plain(other) for other in one.others)
    yield from one.rows


def _plain(one: OtherChange) -> OtherChange:
    return OtherChange(one.what, one.key, _text(one.then), _text(one.now))


def _text(value: object) -> str:
    if value is None:
        return "not set"
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def said(cause: Cause) -> str:
    """Say what moved a figure, and where it is."""
    if isinstance(cause, OtherChange):
        return _SAYING[cause.what].format(key=cause.key, then=cause.then, now=cause.now)
    sheet = f" sheet '{cause.sheet}'" if cause.sheet else ""
    key = f" ({cause.key})" if cause.key else ""
    what = f"{cause.what} in {', '.join(cause.columns)}" if cause.columns else cause.what
    return f"{cause.file}{sheet} row {cause.row}{key}: {what}"


_SAYING = {
    "setting": "retention.toml: {key} was {then}, is {now}",
    "benchmark": "benchmarks.toml: {key} was {then}, is {now}",
    "definition": "the definition of {key} has other words: retention explain {key}",
    "column": "the column {key} is on one side only (then: {then}, now: {now})",
    "version": "retention was {then}, is {now}",
    "day": "the data were looked at as of {then}, and now as of {now}",
}


def title(figure: FrozenFigure) -> str:
    """Name a figure, and the group it is of."""
    name = registry.get(figure.kpi).title if figure.kpi in kpis.names() else figure.kpi.capitalize()
    if figure.group is None:
        return name
    by, value = figure.group
    return f"{name}, {f'no {by}' if value is None else value}"


def _values(one: Differing) -> tuple[str, str, str]:
    """Give what it was, what it is, and the change; where the value is as before, what is not."""
    unit = Unit(one.figure.unit)
    then, now = (side.value if side else None for side in (one.then, one.now))
    if then is not None and now is not None and then != now:
        currency = one.figure.currency
        return (*beside(then, now, unit, currency=currency), change_text(now - then, unit))
    was, is_ = (_side(side) for side in (one.then, one.now))
    if was != is_ or one.then is None or one.now is None:
        return was, is_, ""
    return was, is_, ", ".join(_inner(one.then, one.now))


def _side(figure: FrozenFigure | None) -> str:
    if figure is None:
        return _NOTHING
    if figure.value is None:
        return f"undefined ({figure.reason})"
    return text(figure.value, Unit(figure.unit), currency=figure.currency)


def _inner(then: FrozenFigure, now: FrozenFigure) -> Iterator[str]:
    """Say what is another inside a figure whose value is as before."""
    for name in dict.fromkeys((*then.parts, *now.parts)):
        one, other = then.parts.get(name), now.parts.get(name)
        if one and other and one.value != other.value:
            sides = (None if s.value is None else text(s.value, Unit(s.unit)) for s in (one, other))
            yield f"{name} {' to '.join(side or 'undefined' for side in sides)}"
    if then.verdict != now.verdict:
        yield f"{then.verdict} to {now.verdict}"
    if then.basis != now.basis:
        yield f"basis {then.basis} to {now.basis}"


def _ranges(numbers: Iterable[int]) -> str:
    """Write numbers, those that follow each other as a span."""
    spans = []
    for _, group in groupby(enumerate(sorted({*numbers})), key=lambda one: one[1] - one[0]):
        found = [number for _, number in group]
        spans.append(str(found[0]) if len(found) == 1 else f"{found[0]}-{found[-1]}")
    return ", ".join(spans)


def headline(found: Diff) -> str:
    """Say which runs are held against each other."""
    then, now = found.then, found.now
    period = then.period or "as exported"
    return f"{then.command} {period}: as of {then.as_of} against as of {now.as_of}"


def summary(found: Diff) -> list[str]:
    """Count the figures that agree, and the rows that came, went and changed."""
    agree = "agrees" if found.unchanged == 1 else "agree"
    lines = [f"{many(found.unchanged, 'figure')} {agree}, {count(len(found.figures))} differ"]
    for kind, counts in found.counts.items():
        words = [f"{count(number)} {what}" for what, number in counts.items() if number]
        if words:
            lines.append(f"rows of {kind}: {', '.join(words)}")
    return lines
