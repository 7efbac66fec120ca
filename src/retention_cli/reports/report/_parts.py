"""The sections of a report in words: what leads to each, and what is to be known beside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from retention_cli.kpis.definitions import sections_of
from retention_cli.kpis.registry import every
from retention_cli.patterns import lazy_pattern
from retention_cli.reports.cohorts._shown import reading_of
from retention_cli.reports.report._words import plain
from retention_cli.reports.scorecard._below import sections as below_sections
from retention_cli.reports.scorecard.table import period_name
from retention_cli.reports.trend._words import letters
from retention_cli.reports.words.data_lines import HIDDEN, Section
from retention_cli.reports.words.data_lines import sections as data_sections
from retention_cli.reports.words.figures import left_out
from retention_cli.reports.words.terms import terms
from retention_cli.results.report import SECTIONS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from retention_cli.reports.report._drawn import Drawn
    from retention_cli.reports.report._tables import Table
    from retention_cli.results.accounts import Accounts
    from retention_cli.results.bridge import Bridge
    from retention_cli.results.cohorts import Cohorts
    from retention_cli.results.report import Report
    from retention_cli.results.scorecard import Line, Scorecard
    from retention_cli.results.trend import Trend

_IN_TABLE = {"Targets", "95 % intervals"}
_PROBLEMS = "Problems"
_NAME = lazy_pattern(r"\b[a-z]+(?:_[a-z]+)+\b|\bclv\b")
_LEGEND = (
    "The dashed line is the target, the shaded band where the figure usually stays. A red point is"
    " outside the band, an open one is of a period that is not over, and a letter marks an event."
)


@dataclass(frozen=True, slots=True)
class Part:
    """A section of a report; one without anything in it says why. A page adds charts and tables."""

    name: str
    heading: str
    why_not: str | None = None
    lead: Sequence[str] = ()
    charts: Sequence[Drawn] = ()
    tables: Sequence[Table] = ()
    notes: Sequence[Section] = ()
    terms: Sequence[tuple[str, str]] = ()


def title_of_report(found: Report) -> str:
    """Name a report by its period."""
    return f"Customer report, {period_name(found.period) if found.period else 'as exported'}"


def part_of(found: Report, name: str) -> Part:
    """Give the words of a section."""
    if (why := found.left_out.get(name)) is not None:
        return Part(name, SECTIONS[name], why_not=why)
    make = _MADE.get(name)
    return make(found) if make else Part(name, SECTIONS[name])


def nps_line(found: Report) -> Line:
    """Give the Net Promoter Score of all."""
    return next(line for line in found.card.lines if line.kpi.name == "nps" and not line.group)


def scorecard(card: Scorecard) -> Part:
    """Say what stands below the table of figures."""
    said = below_sections(card.lines, intervals=False)
    notes = [
        Section(one.heading, tuple(map(plain, one.lines)))
        for one in said
        if one.heading not in _IN_TABLE
    ]
    return Part("scorecard", SECTIONS["scorecard"], notes=notes)


def trend(found: Trend) -> Part:
    """Say how charts are to be read, and which events they have."""
    events = [f"{mark}: {event.day}, {event.name}" for event, mark in letters(found).items()]
    notes = [Section("Events", tuple(events))] if events else []
    return Part("trend", SECTIONS["trend"], lead=(_LEGEND,), notes=notes)


def bridge(found: Bridge) -> Part:
    """Say what is to be known of the walks."""
    notes = [Section("To know", found.total.said)] if found.total.said else []
    return Part("bridge", SECTIONS["bridge"], notes=notes)


def cohorts(found: Cohorts) -> Part:
    """Say how the grids are to be read."""
    lead = ("Each row is the customers who started together; read it from left to right.",)
    said = (*reading_of(found), *found.notes)
    notes = [Section("How to read it", tuple(map(plain, said)))]
    return Part("cohorts", SECTIONS["cohorts"], lead=lead, notes=notes)


def accounts(found: Accounts) -> Part:
    """Say what is to be known of the accounts."""
    notes = [Section("To know", found.notes)] if found.notes else []
    return Part("accounts", SECTIONS["accounts"], notes=notes)


def _definitions(found: Report) -> Part:
    shown = {line.kpi.name: line.kpi for line in found.card.lines if not left_out(line)}
    figures = {kpi.title: _meaning(kpi.doc) for kpi in shown.values()}
    columns = terms("accounts") if found.accounts else {}
    own = {name: said for name, said in columns.items() if name not in figures}
    told = [*(figures | own | terms("report")).items()]
    return Part("definitions", SECTIONS["definitions"], terms=told)


def _meaning(doc: str) -> str:
    """Say what a figure is and how it is computed, other figures by their titles."""
    said = sections_of(doc)
    if "Formula" not in said:
        return said[""]
    titles = {kpi.name: kpi.title.casefold() for kpi in every()}
    formula = _NAME.sub(lambda found: titles.get(found[0], found[0]), said["Formula"])
    return f"{said['']} How it is computed: {formula}"


def _data(found: Report) -> Part:
    notes = []
    for one in data_sections(found.card):
        if one.heading == _PROBLEMS and not found.names:
            notes.append(Section(one.heading, (HIDDEN,)))
        elif one.heading != "Read":
            notes.append(one)
    lead = f"Made by retention {found.version}. The same files and settings give the same report."
    return Part("data", SECTIONS["data"], lead=(lead,), notes=notes)


_MADE: dict[str, Callable[[Report], Part]] = {
    "scorecard": lambda found: scorecard(found.card),
    "trend": lambda found: trend(cast("Trend", found.trend)),
    "bridge": lambda found: bridge(cast("Bridge", found.bridge)),
    "cohorts": lambda found: cohorts(cast("Cohorts", found.cohorts)),
    "accounts": lambda found: accounts(cast("Accounts", found.accounts)),
    "definitions": _definitions,
    "data": _data,
}
