"""What `retention check` found as JSON, schema `retention-check/1`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from retention_cli.reports.words.machine import data_of, fields, why, written

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
    told = "sheet kind preset encoding delimiter header_row"
    found: dict[str, Any] = {
        "file": file.file,
        **(fields(known, told) if known else dict.fromkeys(told.split())),
        "columns": [
            {
                **fields(plan, "source column format because"),
                "looks_like": plan.looks,
                "for": plan.proofs,
                "against": plan.against,
                "example": plan.example,
                "values": _values(check, file, plan),
            }
            for plan in (known.plans if known else ())
        ],
    }
    found["header_row"] = found["header_row"] or None
    counts = "rows accepted rejected skipped"
    found |= fields(export, counts) if export else dict.fromkeys(counts.split())
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
        "reason": why(one.reason),
    }


def _finding(found: Notice) -> dict[str, Any]:
    return {
        **fields(found, "code kind count message hint"),
        "examples": [fields(one, "value file sheet row") for one in found.examples],
    }
