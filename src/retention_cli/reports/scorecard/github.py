"""A scorecard as annotations of a GitHub Actions run: missed targets are errors, rejects warnings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_cli.findings.problems import Outcome
from retention_cli.reports.scorecard.table import period_name
from retention_cli.reports.words.figures import group_name, reason_text, target_of
from retention_cli.reports.words.numbers import beside, count
from retention_cli.text.safe_text import safe_text
from retention_cli.text.wording import many

if TYPE_CHECKING:
    from collections.abc import Iterator

    from retention_cli.results.scorecard import Line, Scorecard

MOST = 10
"""GitHub shows no more annotations of a sort for a step."""


def render(card: Scorecard) -> str:
    """Write a scorecard as workflow commands, a line each."""
    return "".join(f"{line}\n" for line in _lines(card))


def _lines(card: Scorecard) -> Iterator[str]:
    missed = card.missed
    for line in missed:
        yield _command("error", _missed(line), title=f"{line.kpi.title}: {line.verdict.value}")
    if card.incomplete:
        yield _command("error", card.incomplete, title="Period")
    rejected = [one for one in card.problems.notices if one.outcome is Outcome.REJECTED]
    for one in rejected[:MOST]:
        place = one.examples[0] if one.examples else None
        yield _command(
            "warning",
            one.message,
            file=one.file or "",
            line=str(place.row) if place and place.row else "",
            title=f"{count(one.count)} rejected: {one.code}",
        )
    when = period_name(card.period) if card.period else "as exported"
    more = f"; {many(len(rejected) - MOST, 'more kind')} of rejects" if len(rejected) > MOST else ""
    yield _command("notice", f"{count(len(missed))} missed{more}", title=f"Scorecard, {when}")


def _missed(line: Line) -> str:
    who = f" ({group_name(line)})" if line.group else ""
    value, held = line.measure.value, target_of(line)
    if value is None or held is None:
        why = reason_text(line.measure.reason) if line.measure.reason else line.unfinished or ""
        return f"{line.kpi.title}{who}: {why}"
    is_, target = beside(value, held.target, line.kpi.unit, currency=line.measure.currency)
    owner = f", owner {held.owner}" if held.owner else ""
    return f"{line.kpi.title}{who} is {is_}, target {target}{owner}"


def _command(name: str, message: str, **properties: str) -> str:
    told = ",".join(
        f"{key}={_escaped(value).replace(':', '%3A').replace(',', '%2C')}"
        for key, value in properties.items()
        if value
    )
    return f"::{name} {told}::{_escaped(message)}"


def _escaped(text: str) -> str:
    return safe_text(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
