"""A scorecard as Markdown: a table for each group, then what the figures rest on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_cli.reports.words.data_lines import sections
from retention_cli.reports.words.figures import (
    change_of,
    group_name,
    label_of,
    left_out,
    reason_text,
    target_of,
)
from retention_cli.reports.words.markdown import items, table
from retention_cli.reports.words.numbers import change_text, count, text
from retention_cli.text.safe_text import safe_markdown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from retention_cli.results.scorecard import Line, Scorecard

_HEADINGS = ("Figure", "Value", "Change", "Target", "Verdict", "n")


def render(card: Scorecard) -> str:
    """Write a scorecard; no name of a file can break its tables."""
    return "\n".join([*_figures(card), *_below(card)]) + "\n"


def _figures(card: Scorecard) -> Iterator[str]:
    yield f"# Scorecard {label_of(card.period)}"
    if card.incomplete:
        yield from ("", f"{safe_markdown(card.incomplete[0].upper() + card.incomplete[1:])}.")
    lines = [line for line in card.lines if not left_out(line)]
    for group in dict.fromkeys(line.kpi.group for line in lines):
        rows = (_row(line) for line in lines if line.kpi.group is group)
        yield from ("", f"## {group.value}", "", *table(_HEADINGS, rows, numbers=(1, 2, 3, 5)))


def _row(line: Line) -> tuple[str, ...]:
    unit, measure, target = line.kpi.unit, line.measure, target_of(line)
    change = change_of(line)
    group = f" ({line.group[0]}: {group_name(line)})" if line.group else ""
    value = (
        "undefined"
        if measure.value is None
        else text(measure.value, unit, currency=measure.currency)
    )
    return (
        f"{line.kpi.title}{group}",
        value,
        "" if change is None else change_text(change, unit),
        "" if target is None else text(target.target, unit),
        line.verdict.value.replace("-", " "),
        count(measure.sample_size),
    )


def _below(card: Scorecard) -> Iterator[str]:
    undefined = [line for line in card.lines if line.measure.reason and not left_out(line)]
    if undefined:
        yield from ("", "## Undefined", "")
    for line in undefined:
        if line.measure.reason:
            said = safe_markdown(reason_text(line.measure.reason))
            yield f"- {safe_markdown(line.kpi.title)}: {said}"
    for section in sections(card):
        yield from ("", f"## {section.heading}", "")
        yield from items(line.strip() for line in section.lines)
