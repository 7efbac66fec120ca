"""A report as one HTML page: nothing is loaded, every text is escaped, and no style is inline."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import replace
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, cast

from markupsafe import Markup

from retention_cli.reports.report import _drawn as drawn
from retention_cli.reports.report import _parts as parts_
from retention_cli.reports.report import _tables as tables
from retention_cli.reports.report._parts import Part, nps_line, part_of, title_of_report
from retention_cli.reports.report._words import happened
from retention_cli.reports.scorecard.table import title_of
from retention_cli.reports.words.brief import read_line
from retention_cli.reports.words.data_lines import Section, sections
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
    from retention_cli.results.scorecard import Scorecard
    from retention_cli.results.trend import Trend


def render(found: Report) -> str:
    """Write a report as a page that can be mailed, printed and opened without a network."""
    rows = [line for line in found.card.lines if not left_out(line)]
    return whole(
        title_of_report(found),
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


def alone(
    title: str, part: Part, found: Facts, *, quiet: str = "", lead: Sequence[str] = ()
) -> str:
    """Write the page of one result: what it shows, and what that rests on."""
    said = [Section("Read", (read_line(found),)), *sections(found)[1:]]
    return whole(title, quiet, [part, Part("data", SECTIONS["data"], notes=said)], lead)


def scorecard_part(card: Scorecard) -> Part:
    """Show figures beside their benchmarks."""
    return replace(parts_.scorecard(card), tables=list(tables.scorecard(card)))


def trend_part(trend: Trend) -> Part:
    """Show figures over their periods."""
    return replace(parts_.trend(trend), charts=list(drawn.trend(trend)))


def bridge_part(bridge: Bridge) -> Part:
    """Show the walks of a bridge."""
    charts = list(drawn.bridge(bridge))
    return replace(parts_.bridge(bridge), charts=charts, tables=list(tables.bridge(bridge)))


def cohorts_part(cohorts: Cohorts, *, most: int | None = None) -> Part:
    """Show the grids of cohorts."""
    return replace(parts_.cohorts(cohorts), tables=list(tables.cohorts(cohorts, most=most)))


def accounts_part(accounts: Accounts, *, names: bool = True, most: int | None = None) -> Part:
    """Show accounts by profit, and how it adds up."""
    curve = drawn.whale(accounts)
    return replace(
        parts_.accounts(accounts),
        charts=[curve] if curve else [],
        tables=[tables.accounts(accounts, names=names, most=most)],
    )


def _part(found: Report, name: str) -> Part:
    part = part_of(found, name)
    show = _SHOWN.get(name)
    return part if show is None or part.why_not is not None else show(found, part)


def _data(found: Report, part: Part) -> Part:
    read = [tables.settings(found.read)] if found.read else []
    return replace(part, tables=[tables.files(found), *read])


_SHOWN: dict[str, Callable[[Report, Part], Part]] = {
    "scorecard": lambda found, _: scorecard_part(found.card),
    "trend": lambda found, _: trend_part(cast("Trend", found.trend)),
    "bridge": lambda found, _: bridge_part(cast("Bridge", found.bridge)),
    "cohorts": lambda found, _: cohorts_part(cast("Cohorts", found.cohorts), most=tables.PAPER),
    "responses": lambda found, part: replace(part, charts=[drawn.responses(found.responses)]),
    "nps": lambda found, part: replace(part, charts=[drawn.nps(nps_line(found))]),
    "accounts": lambda found, _: accounts_part(
        cast("Accounts", found.accounts), names=found.names, most=tables.MOST
    ),
    "data": _data,
}


@cache
def _asset(name: str) -> Markup:
    return Markup(Path(__file__).with_name(name).read_text("utf-8"))  # noqa: S704  # a file of ours


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"
