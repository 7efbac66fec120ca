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
from retention_cli.reports.words.markdown import items, table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from retention_cli.results.signals import Signals

_HEADINGS = ("Account", "At stake", "Signs", "Next step", "Owner", "Answered")


def render(found: Signals) -> str:
    """Write the accounts; no name and no quoted word can break the table."""
    lines = [f"# {title(found)}", "", *table(_HEADINGS, _accounts(found)), ""]
    lines += ["## Back-test", "", *items(test_lines(found)), ""]
    if rows := test_rows(found):
        lines += [*table(TEST_HEADINGS, rows), ""]
    rules = [*(rule_text(one, found) for one in found.rules), shared_text(found)]
    lines += ["## Rules", "", *items(rules)]
    if found.notes:
        lines += ["", *items(found.notes)]
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
