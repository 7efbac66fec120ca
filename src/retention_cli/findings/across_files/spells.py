"""Several rows of one customer: joined where they touch, rejected where they overlap."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_cli.findings.across_files._together import SHOWN
from retention_cli.findings.codes import fix
from retention_cli.findings.problems import Notice
from retention_cli.text.wording import do, rows_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from retention_cli.findings.across_files._together import Together

_SAID = {
    "joined-spells": ("continue an earlier row of the same customer", "joined with it", None),
    "overlapping-spells": (
        "overlap with another row of the same customer",
        "rejected, all of them",
        fix("overlapping-spells"),
    ),
}


def find(together: Together) -> Iterator[Notice]:
    """Say how many rows of customers were joined, and how many overlap."""
    for code, (what, fate, hint) in _SAID.items():
        issues = [issue for issue in together.notices if issue.code == code]
        count = sum(issue.count for issue in issues)
        if not count:
            continue
        verb, rest = what.split(" ", 1)
        first = [found for issue in issues for found in issue.examples]
        yield Notice(
            code,
            f"{rows_text(count)} {do(count, verb)} {rest}, and {do(count, 'are')} {fate}",
            count,
            kind="customers",
            hint=hint,
            examples=tuple(first[:SHOWN]),
        )
