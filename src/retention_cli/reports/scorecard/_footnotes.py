"""What stands below the table of a screen, with marks at the figures that it changes."""

from __future__ import annotations

from dataclasses import dataclass
from string import ascii_lowercase
from typing import TYPE_CHECKING

from retention_cli.kpis import registry
from retention_cli.patterns import lazy_pattern
from retention_cli.reports.words.brief import Caveat, by_place, caveats
from retention_cli.reports.words.figures import named
from retention_cli.values.measures import Manner

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from retention_cli.results.facts import Facts
    from retention_cli.results.scorecard import Line, Scorecard

_NUMBER = lazy_pattern(r"[0-9][0-9.,]*")
_USUAL_BASIS = "dates"
EVERY, NONE = "All figures", "No figure here"


@dataclass(frozen=True, slots=True)
class Footnotes:
    """What to say with its mark, and the marks of each KPI by its name."""

    said: tuple[tuple[str, str], ...]
    marks: dict[str, str]


def footnotes(card: Scorecard, rows: Sequence[Line]) -> Footnotes:
    """Gather all that changes figures of a table; what changes the same figures has one mark."""
    every = list(dict.fromkeys(line.kpi.name for line in rows))
    texts: dict[frozenset[str], list[Caveat]] = {}
    for caveat, touched in (*_of_files(card, rows), *_notes(rows, dated=card.period is not None)):
        if touched or not caveat.is_idle:
            texts.setdefault(frozenset(touched), []).append(caveat)
    order = sorted(texts, key=lambda names: (-len(names), [name not in names for name in every]))
    said, marks = [], dict.fromkeys(every, "")
    letters = _letters()
    for names in order:
        general = EVERY if len(names) == len(every) else "" if names else NONE
        mark = general or next(letters)
        said.append((mark, " · ".join(by_place(texts[names]))))
        for name in () if general else names:
            marks[name] += mark
    return Footnotes(tuple(said), marks)


def of_files(found: Facts, rows: Sequence[Line]) -> list[str]:
    """Give what was left out of the files or assumed, as far as figures rest on it."""
    return by_place(caveat for caveat, touched in _of_files(found, rows) if touched)


def _letters() -> Iterator[str]:
    yield from ascii_lowercase
    for number in range(1, 1_000):
        yield from (f"{letter}{number}" for letter in ascii_lowercase)


def _of_files(found: Facts, rows: Sequence[Line]) -> Iterator[tuple[Caveat, set[str]]]:
    for caveat in caveats(found, grouped=any(line.group for line in rows)):
        touched = {
            line.kpi.name for line in rows if not caveat.kinds or caveat.kinds & _rests_on(line)
        }
        yield caveat, touched


def _rests_on(line: Line) -> set[str]:
    """Give the kinds of exports that a figure may rest on."""
    found = set(registry.needs(line.kpi.name, optional=True))
    return found | {"invoices"} if line.measure.basis == "activity" else found


def _notes(rows: Sequence[Line], *, dated: bool) -> Iterator[tuple[Caveat, set[str]]]:
    """Give the notes of figures; those of groups that differ only in numbers are one."""
    alike: dict[str, dict[str, list[Line]]] = {}
    for line in sorted(rows, key=lambda line: line.group is not None):
        for note in _notes_of(line, dated=dated):
            shape = _NUMBER.sub("#", note) if line.group else note
            total = next(
                (key for key in alike if line.group and _NUMBER.sub("#", key) == shape), shape
            )
            alike.setdefault(total, {}).setdefault(note, []).append(line)
    for several in alike.values():
        first, *others = several
        more = f" ({len(others)} more like this in groups)" if others else ""
        having = [line for lines in several.values() for line in lines]
        names = {line.kpi.name for line in having}
        only = "" if any(line.group is None for line in having) else f" ({named(having)})"
        yield Caveat(f"{first}{more}{only}"), names


def _notes_of(line: Line, *, dated: bool) -> Iterator[str]:
    measure = line.measure
    yield from (note for note in measure.notes if not isinstance(note, Manner))
    if measure.basis not in {None, _USUAL_BASIS}:
        yield f"basis: {measure.basis}"
    if measure.as_exported and dated:
        yield "taken as exported, for no period"
