"""What `retention check` found as JSON, schema `retention-check/1`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from retention_cli.reports.machine import data_of, written

if TYPE_CHECKING:
    from retention_cli.checking import Check, CheckedFile, Computable

SCHEMA = "retention-check/1"


def render(check: Check) -> str:
    """Write a check as JSON."""
    exports = [file.export for file in check.files if file.export]
    return written(
        {
            "schema": SCHEMA,
            "files": [_file(file) for file in check.files],
            "kpis": [_computable(one) for one in check.kpis],
            "data": data_of(exports, check.problems, check.assumed),
        }
    )


def _file(file: CheckedFile) -> dict[str, Any]:
    export = file.export
    found: dict[str, Any] = {
        "file": file.file,
        "sheet": export.sheet if export else None,
        "kind": export.kind if export else None,
        "preset": export.preset if export else None,
        "encoding": export.encoding if export else None,
        "delimiter": export.delimiter if export else None,
        "header_row": export.header_row if export else None,
        "columns": [
            {
                "source": plan.source,
                "column": plan.column,
                "format": plan.format,
                "because": plan.because,
            }
            for plan in (export.plans if export else ())
        ],
    }
    for name in ("rows", "accepted", "rejected", "skipped"):
        found[name] = getattr(export, name) if export else None
    said = f"{file.message}; {file.hint}" if file.hint else file.message
    message = "\n".join([said, *file.snippet])
    return {**found, "verdict": file.readiness, "message": message}


def _computable(one: Computable) -> dict[str, Any]:
    return {"kpi": one.kpi.name, "computable": not one.missing, "missing": list(one.missing)}
