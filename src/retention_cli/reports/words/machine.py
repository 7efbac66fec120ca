"""What the JSON outputs share: the envelope's data, and text that is safe to print."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from retention_cli.findings.problems import Outcome
from retention_cli.reports.words.data_lines import assumed_lines
from retention_cli.text.safe_text import safe_json

if TYPE_CHECKING:
    from retention_cli.findings.file_report import Export
    from retention_cli.findings.problems import Notice, Problem
    from retention_cli.results.facts import Facts


def written(envelope: dict[str, Any]) -> str:
    """Write an envelope: indented, in UTF-8, and with no character that a terminal acts on."""
    return safe_json(json.dumps(envelope, indent=2, ensure_ascii=False, allow_nan=False)) + "\n"


def data_of(found: Facts) -> dict[str, Any]:
    """Give `data`: the files with their counts, the rows left out, warnings and assumptions."""
    warnings = [one for one in found.problems.notices if one.outcome is Outcome.WARNING]
    return {
        "files": [file_counts(export) for export in found.exports],
        "problems": [problem(one) for one in found.problems],
        "warnings": [_warning(one) for one in warnings],
        "assumed": assumed_lines(found),
    }


def file_counts(export: Export) -> dict[str, Any]:
    """Give a file with its counts, which add up."""
    return {
        "file": export.file,
        "sheet": export.sheet,
        "kind": export.kind,
        "rows": export.rows,
        "accepted": export.accepted,
        "rejected": export.rejected,
        "skipped": export.skipped,
        "sha256": export.sha256,
    }


def problem(found: Problem) -> dict[str, Any]:
    """Give one row that was not used."""
    return {
        "file": found.file,
        "sheet": found.sheet,
        "row": found.row,
        "column": found.column,
        "value": found.cell,
        "code": found.code,
        "message": found.message,
    }


def _warning(issue: Notice) -> dict[str, Any]:
    return {
        "file": issue.file,
        "sheet": issue.sheet,
        "kind": issue.kind,
        "column": issue.column,
        "code": issue.code,
        "count": issue.count,
        "message": issue.message,
    }
