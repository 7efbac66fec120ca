"""A file of benchmarks: each [[benchmark]] with its line, and none twice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from retention_cli.benchmarks.benchmarks import OWN_HISTORY, Benchmark, Source
from retention_cli.errors import BadConfigError, UnknownNameError
from retention_cli.text.toml_source import TomlSource, read
from retention_cli.text.toml_values import shown

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from retention_cli.benchmarks.benchmarks import KpiFacts
    from retention_cli.text.toml_lines import Key


def load(path: Path, kpis: Mapping[str, KpiFacts]) -> tuple[Benchmark, ...]:
    """Read a file of benchmarks.

    Errors: BadConfigError with the line of the first mistake; UnknownNameError for a KPI that
        `kpis` does not have.
    """
    source = read(path)
    for name in source.values:
        if name not in {"benchmark", "scorecard"}:
            raise source.unknown_key((name,), ["benchmark", "scorecard"])
    tables = source.values.get("benchmark", [])
    if not isinstance(tables, list):
        why = f"{shown(tables)} is not a list of tables"
        raise source.fault(("benchmark",), why, "write [[benchmark]]")
    found = tuple(_entry(source, index, table, kpis) for index, table in enumerate(tables))
    _refuse_repeats(source, found)
    return found


def _entry(
    source: TomlSource, index: int, table: object, kpis: Mapping[str, KpiFacts]
) -> Benchmark:
    at: Key = ("benchmark", index)
    if not isinstance(table, dict):
        raise source.fault(at, f"{shown(table)} is not a table", "write [[benchmark]]")
    kpi = table.get("kpi")
    if isinstance(kpi, str) and kpi not in kpis:
        where = f"{source.path}:{source.line((*at, 'kpi'))}: "
        raise UnknownNameError("KPI", kpi, kpis, where=where)
    if isinstance(kpi, str) and "direction" in table:
        why = f"direction is known from the KPI: of {kpi} {kpis[kpi].better} is better"
        raise source.fault((*at, "direction"), why, "remove the line")
    if table.get("basis") == OWN_HISTORY:
        table = _without_target(source, at, table)
    try:
        return Benchmark.model_validate(dict(table), context=kpis.get(str(kpi)))
    except ValidationError as error:
        raise source.refusal(error, _known, at=at) from None


def _without_target(source: TomlSource, at: Key, table: dict[str, Any]) -> dict[str, Any]:
    """Let a benchmark do without a target: its own past gives one in each run."""
    for key in ("target", "warn", "segment"):
        if key in table:
            why = f'{key} contradicts basis = "own_history"'
            raise source.fault((*at, key), why, "remove one of the two lines")
    return {**table, "target": 0}


def _known(where: Key) -> list[str]:
    if len(where) == 1:
        return ["benchmark", "scorecard"]
    return list((Source if "source" in where[:-1] else Benchmark).model_fields)


def _refuse_repeats(source: TomlSource, found: tuple[Benchmark, ...]) -> None:
    lines: dict[tuple[object, ...], int | None] = {}
    for index, one in enumerate(found):
        line, same = source.line(("benchmark", index)), (one.kpi, one.period, one.segment, one.role)
        if same in lines:
            group = f", {one.segment[0]} {one.segment[1]}" if one.segment else ""
            words = f"{one.role} for {one.kpi}, period {one.period}{group}"
            why = f"a second {words}; the first is in line {lines[same]}"
            raise BadConfigError(source.path, "", why, line=line, hint="keep one of the two")
        lines[same] = line
