"""What `retention check` found as JSON, schema `retention-check/1`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from retention_cli.reports.words.figures import reason_text
from retention_cli.reports.words.machine import data_of, written

if TYPE_CHECKING:
    from retention_cli.errors import RetentionError
    from retention_cli.findings.file_report import ColumnPlan
    from retention_cli.findings.problems import Notice
    from retention_cli.results.check import Check, CheckedFile, Computable

SCHEMA = "retention-check/1"


def render(check: Check) -> str:
    """Write a check as JSON."""
    return written(
        {
            "schema": SCHEMA,
            "files": [_file(file, check) for file in check.files],
            "kpis": [_computable(one) for one in check.kpis],
            "checks": [_finding(one) for one in check.findings],
            "data": data_of(check),
        }
    )


def _file(file: CheckedFile, check: Check) -> dict[str, Any]:
    export, known = file.export, file.export or file.read_as
    found: dict[str, Any] = {
        "file": file.file,
        "sheet": known.sheet if known else None,
        "kind": known.kind if known else None,
        "preset": known.preset if known else None,
        "encoding": known.encoding if known else None,
        "delimiter": known.delimiter if known else None,
        "header_row": (known.header_row or None) if known else None,
        "columns": [
            {
                "source": plan.source,
                "column": plan.column,
                "format": plan.format,
                "because": plan.because,
                "looks_like": plan.looks,
                "for": plan.proofs,
                "against": plan.against,
                "example": plan.example,
                "values": _values(check, file, plan),
            }
            for plan in (known.plans if known else ())
        ],
    }
    for name in ("rows", "accepted", "rejected", "skipped"):
        found[name] = getattr(export, name) if export else None
    message = "; ".join(_reason(reason) for reason in file.reasons)
    return {**found, "verdict": file.readiness, "message": message}


def _reason(reason: CheckedFile | RetentionError) -> str:
    said = f"{reason.message}; {reason.hint}" if reason.hint else reason.message
    return "\n".join([said, *reason.snippet])


def _values(check: Check, file: CheckedFile, plan: ColumnPlan) -> int | None:
    kind = file.export.kind if file.export else ""
    return check.groups.get(kind, {}).get(plan.column)


def _computable(one: Computable) -> dict[str, Any]:
    return {
        "kpi": one.kpi.name,
        "computable": not one.missing,
        "missing": list(one.missing),
        "reason": reason_text(one.reason) if one.reason else None,
    }


def _finding(found: Notice) -> dict[str, Any]:
    return {
        "code": found.code,
        "kind": found.kind,
        "count": found.count,
        "message": found.message,
        "hint": found.hint,
        "examples": [
            {"value": one.value, "file": one.file, "sheet": one.sheet, "row": one.row}
            for one in found.examples
        ],
    }
