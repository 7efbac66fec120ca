"""A report as one HTML page: nothing is loaded, every text is escaped, and no style is inline."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, cast

from markupsafe import Markup

from retention_cli.kpis.definitions import sections_of
from retention_cli.reports.cohorts._shown import reading_of
from retention_cli.reports.report import _drawn as drawn
from retention_cli.reports.report import _tables as tables
from retention_cli.reports.report._words import TERMS, happened
from retention_cli.reports.scorecard._below import sections as below_sections
from retention_cli.reports.scorecard.table import period_name, title_of
from retention_cli.reports.trend._words import letters
from retention_cli.reports.words.brief import read_line
from retention_cli.reports.words.data_lines import Section
from retention_cli.reports.words.data_lines import sections as data_sections
from retention_cli.reports.words.figures import left_out
from retention_cli.reports.words.page import page
from retention_cli.results.report import SECTIONS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from retention_cli.results.accounts import Accounts
    from retention_cli.results.bridge import Bridge
    from retention_cli.results.cohorts import Cohorts
    from retention_cli.results.facts import Facts
    from retention_cli.results.report import Report
    from retention_cli.results.trend import Trend

_IN_TABLE = {"Targets", "95 % intervals"}
_PROBLEMS = "Problems"
_LEGEND = (
    "The dashed line is the target, the shaded band where the figure usually stays. A red point is"
    " outside the band, an open one is of a period that is not over, and a letter marks an event."
)


@dataclass(frozen=True, slots=True)
class Part:
    """A section of the page; one without anything in it says why."""

    name: str
    heading: str
    why_not: str | None = None
    lead: Sequence[str] = ()
    charts: Sequence[drawn.Drawn] = ()
    tables: Sequence[tables.Table] = ()
    notes: Sequence[Section] = ()
    terms: Sequence[tuple[str, str]] = ()


def render(found: Report) -> str:
    """Write a report as a page that can be mailed, printed and opened without a network."""
    when = period_name(found.period) if found.period else "as exported"
    rows = [line for line in found.card.lines if not left_out(line)]
    return whole(
        f"Customer report, {when}",
        title_of(found.card, rows).plain,
        [_part(found, name) for name in found.wanted],
        happened(found),
    )


def whole(title: str, quiet: str, parts: Sequence[Part], lead: Sequence[str] = ()) -> str:
    """Write parts as a page of their own."""
    style, script = _asset("page.css"), _asset("sort.js")
    return page(
        "report/page.html.jinja",
        policy=f"default-src 'none'; style-src {_hash(style)}; script-src {_hash(script)};"
        " base-uri 'none'; form-action 'none'",
        style=style,
        script=script,
        title=title,
        quiet=quiet,
        happened=lead,
        parts=parts,
    )


def alone(title: str, part: Part, found: Facts) -> str:
    """Write the page of one result: what it shows, and what that rests on."""
    said = [Section("Read", (read_line(found),)), *data_sections(found)[1:]]
    return whole(title, "", [part, Part("data", SECTIONS["data"], notes=said)])


def _part(found: Report, name: str) -> Part:
    if (why := found.left_out.get(name)) is not None:
        return Part(name, SECTIONS[name], why_not=why)
    return _MADE[name](found, name)


def _scorecard(found: Report, name: str) -> Part:
    said = below_sections(found.card.lines, intervals=False)
    notes = [one for one in said if one.heading not in _IN_TABLE]
    return Part(name, SECTIONS[name], tables=list(tables.scorecard(found)), notes=notes)


def trend_part(trend: Trend, name: str = "trend") -> Part:
    """Show figures over their periods."""
    marks = letters(trend)
    events = [f"{mark}: {event.day}, {event.name}" for event, mark in marks.items()]
    notes = [Section("Events", tuple(events))] if events else []
    lead = (_LEGEND,)
    charts = list(drawn.trend(trend))
    return Part(name, SECTIONS[name], lead=lead, charts=charts, notes=notes)


def bridge_part(bridge: Bridge, name: str = "bridge") -> Part:
    """Show the walks of a bridge."""
    total = bridge.total
    notes = [Section("To know", total.said)] if total.said else []
    return Part(
        name,
        SECTIONS[name],
        charts=list(drawn.bridge(bridge)),
        tables=list(tables.bridge(bridge)),
        notes=notes,
    )


def cohorts_part(cohorts: Cohorts, name: str = "cohorts") -> Part:
    """Show the grids of cohorts."""
    said = [*reading_of(cohorts), *cohorts.notes]
    lead = ("Each row is the customers who started together; read it from left to right.",)
    return Part(
        name,
        SECTIONS[name],
        lead=lead,
        tables=list(tables.cohorts(cohorts)),
        notes=[Section("How to read it", tuple(said))],
    )


def _responses(found: Report, name: str) -> Part:
    return Part(name, SECTIONS[name], charts=[drawn.responses(found.responses)])


def _nps(found: Report, name: str) -> Part:
    line = next(line for line in found.card.lines if line.kpi.name == "nps" and not line.group)
    return Part(name, SECTIONS[name], charts=[drawn.nps(line)])


def _accounts(found: Report, name: str) -> Part:
    accounts = cast("Accounts", found.accounts)
    curve = drawn.whale(accounts)
    notes = [Section("To know", accounts.notes)] if accounts.notes else []
    return Part(
        name,
        SECTIONS[name],
        charts=[curve] if curve else [],
        tables=[tables.accounts(accounts, names=found.names)],
        notes=notes,
    )


def _definitions(found: Report, name: str) -> Part:
    shown = {line.kpi.name: line.kpi for line in found.card.lines if not left_out(line)}
    terms = [(kpi.title, _meaning(kpi.doc)) for kpi in shown.values()]
    return Part(name, SECTIONS[name], terms=[*terms, *TERMS.items()])


def _meaning(doc: str) -> str:
    said = sections_of(doc)
    return f"{said['']} How it is computed: {said['Formula']}" if "Formula" in said else said[""]


def _data(found: Report, name: str) -> Part:
    notes = []
    for one in data_sections(found.card):
        if one.heading == _PROBLEMS and not found.names:
            hidden = "Rows with problems are not shown, as they may hold names: retention check has them."
            notes.append(Section(one.heading, (hidden,)))
        elif one.heading != "Read":
            notes.append(one)
    shown = [tables.files(found)]
    shown += [tables.settings(found.read)] if found.read else []
    lead = (f"Made by retention {found.version}. The same files and settings give the same page.",)
    return Part(name, SECTIONS[name], lead=lead, tables=shown, notes=notes)


_MADE: dict[str, Callable[[Report, str], Part]] = {
    "scorecard": _scorecard,
    "trend": lambda found, name: trend_part(cast("Trend", found.trend), name),
    "bridge": lambda found, name: bridge_part(cast("Bridge", found.bridge), name),
    "cohorts": lambda found, name: cohorts_part(cast("Cohorts", found.cohorts), name),
    "responses": _responses,
    "nps": _nps,
    "accounts": _accounts,
    "definitions": _definitions,
    "data": _data,
}


@cache
def _asset(name: str) -> Markup:
    return Markup(Path(__file__).with_name(name).read_text("utf-8"))  # noqa: S704  # a file of ours


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"
