"""Rows that several files have, and files that add nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_cli.findings.across_files._together import SHOWN
from retention_cli.findings.problems import Notice
from retention_cli.text.wording import do, many, named, rows_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from retention_cli.findings.across_files._together import Together

_TWICE = "exported-twice"


def find(together: Together) -> Iterator[Notice]:
    """Find rows skipped since an earlier file has them, and files of which nothing is left."""
    for kind in sorted(together.tables):
        twice = [issue for issue in together.notices if (issue.code, issue.kind) == (_TWICE, kind)]
        count = sum(issue.count for issue in twice)
        if not count:
            continue
        by_file = {issue.name: issue.count for issue in twice}
        for_nothing = [
            export.name
            for export in together.of_kind(kind)
            if by_file.get(export.name) == export.rows - export.blank
        ]
        whole = f"; all rows of {named(for_nothing)} are in other files" if for_nothing else ""
        first = [found for issue in twice for found in issue.examples]
        yield Notice(
            _TWICE,
            f"{rows_text(count)} in {many(len(by_file), 'file')} ({named(by_file)})"
            f" {do(count, 'are')} in another file too, and {do(count, 'are')} counted once"
            f"{whole}",
            count,
            kind=kind,
            hint=f"leave {named(for_nothing)} out"
            if for_nothing
            else "do the exports overlap in time?",
            examples=tuple(first[:SHOWN]),
        )
