"""Signals as Markdown: a table of accounts and signs, the rules and the back-test."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_cli.reports.signals._shown import (
    TEST_HEADINGS,
    heading,
    rule_text,
    shared_text,
    sign_text,
    stake,
    test_lines,
    test_rows,
    title,
)
from retention_cli.text.safe_text import safe_markdown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from retention_cli.results.signals import Signals

_HEADINGS = ("Account", "At stake", "Signs", "Next step", "Owner", "Answered")


def render(found: Signals) -> str:
    """Write the accounts; no name and no quoted word can break the table."""
    lines = [f"# {title(found)}", "", *_table(_HEADINGS, _accounts(found)), ""]
    lines += ["## Back-test", "", *_list(test_lines(found)), ""]
    if rows := test_rows(found):
        lines += [*_table(TEST_HEADINGS, rows), ""]
    rules = [*(rule_text(one, found) for one in found.rules), shared_text(found)]
    lines += ["## Rules", "", *_list(rules)]
    if found.notes:
        lines += ["", *_list(found.notes)]
    return "\n".join(lines) + "\n"


def _accounts(found: Signals) -> Iterator[tuple[str, ...]]:
    for one in found.accounts:
        for number, sign in enumerate(one.signals):
            first = number == 0
            yield (
                heading(one) if first else "",
                stake(one, found) if first else "",
                sign_text(sign, found),
                one.next_step if first else "",
                (one.owner or "") if first else "",
                str(sign.answered_on or ""),
            )


def _table(headings: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    yield f"| {' | '.join(headings)} |"
    yield f"| {' | '.join('---' for _ in headings)} |"
    for row in rows:
        yield f"| {' | '.join(map(safe_markdown, row))} |"


def _list(lines: Iterable[str]) -> Iterator[str]:
    return (f"- {safe_markdown(line)}" for line in lines)
