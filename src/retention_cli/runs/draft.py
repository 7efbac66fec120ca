"""What `retention init` writes down: how each export was read, and what nothing settles."""

from __future__ import annotations

import re
from collections import Counter
from fnmatch import fnmatch
from glob import escape
from importlib.resources import files as packaged
from itertools import takewhile
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from retention_cli import records
from retention_cli.loading.every_file import NOT_READ
from retention_cli.patterns import lazy_pattern
from retention_cli.results.check import Readiness
from retention_cli.results.draft import Draft, DraftedExport, Found, OpenQuestion
from retention_cli.runs.check import check
from retention_cli.runs.options import Request

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from retention_cli.findings.file_report import Export
    from retention_cli.results.check import Check, CheckedFile
    from retention_cli.runs.questions import Answers
    from retention_cli.sources.locating import Located

_TRIALS: tuple[dict[str, str], ...] = (
    {},
    {"date_order": "dmy"},
    {"decimal": "."},
    {"date_order": "dmy", "decimal": "."},
)
_PROVEN = {"date_order": ("dmy", "mdy"), "decimal": ("decimal ,", "decimal .")}
"""What the cells of all files may prove, and the forms of it."""
_NUMBERS = lazy_pattern("[0-9]+")
_HALVES = lazy_pattern("[\ud800-\udfff]")
_DIGITS = "0123456789"


def draft(request: Request, answers: Answers | None = None) -> Draft:
    """Read exports and write down what was understood of them; nothing is decided anew.

    A file that is refused as it stands is tried with each answer to what may be in doubt. Where
    one helps, its columns are known anyway, and the answer stays open.
    """
    told = answers.told if answers else {}
    files = request.files
    first = check(request)
    read = [file.export for file in first.files if file.export]
    questions, asked, tried = [], dict[str, list[str]](), dict[str, str]()
    for file in first.files:
        if file.readiness is not Readiness.NOT_USABLE:
            continue
        questions.append(OpenQuestion(file.file, file.message, file.hint))
        export, answer = (None, {}) if file.export else _tried(file, request)
        tried |= answer
        for key in answer:
            asked.setdefault(key, []).append(file.message)
        if export and answer:
            read.append(export)
    questions += [
        OpenQuestion(one.file, f"{one.file} {one.brief or one.message}", one.hint, passed_over=True)
        for one in first.problems.notices
        if one.code == NOT_READ
    ]
    sure = [file.export for file in first.files if file.export]
    last = _check(request, files, tried) if tried else first
    order = [file.name for file in files]
    rules = told.get("export", ())
    read.sort(key=lambda export: order.index(export.file))
    return Draft(
        exports=tuple(_drafted(read, [PurePath(name).name for name in order], rules)),
        settings={
            key: _answered(told[key]) if key in told else found
            for key, found in _found(sure, asked).items()
        },
        questions=tuple(questions),
        kpis=tuple(one.kpi for one in last.kpis if not one.missing),
        references=_references(),
        left_out=tuple((rule["file"], rule.get("sheet")) for rule in rules if "ignore" in rule),
        told={key: value for key, value in told.items() if key not in {"export", *_PROVEN}},
    )


def _answered(value: str) -> Found:
    return Found(value, "As was answered.")


def _check(request: Request, files: Sequence[Located], tried: Mapping[str, str]) -> Check:
    return check(Request(files, settings=request.settings.with_options(**tried)))


def _tried(file: CheckedFile, request: Request) -> tuple[Export | None, dict[str, str]]:
    """Find the answer that lets a file be read; none where it can be read alone, or never."""
    located = [one for one in request.files if one.name == file.file]
    for answer in _TRIALS:
        found = next(
            (one.export for one in _check(request, located, answer).files if one.export), None
        )
        if found:
            return found, answer
    return None, {}


def _found(exports: Sequence[Export], asked: Mapping[str, Sequence[str]]) -> dict[str, Found]:
    """Say what the cells of all files prove of the order of dates and of the decimal mark."""
    found = {}
    for key, forms in _PROVEN.items():
        proofs = {
            plan.format: f"{PurePath(export.file).name}: {plan.column} {plan.because}"
            for export in reversed(exports)
            for plan in reversed(export.plans)
            if plan.format in forms
        }
        value = next(iter(proofs)) if len(proofs) == 1 else None
        found[key] = Found(
            value.removeprefix("decimal ") if value else None,
            "; but ".join(proofs[form] for form in forms if form in proofs),
            tuple(asked.get(key, ())),
        )
    return found


def _drafted(
    exports: Sequence[Export], names: Sequence[str], rules: Sequence[Mapping[str, Any]]
) -> Iterator[DraftedExport]:
    """Put files together whose names differ in their numbers only."""
    alike: dict[object, list[Export]] = {}
    for export in exports:
        shape = _NUMBERS.sub("#", PurePath(export.file).name)
        manner = (export.kind, export.sheet, export.preset, shape, repr(_told(export, rules)))
        alike.setdefault(manner, []).append(export)
    for found in alike.values():
        ours = [PurePath(export.file).name for export in found]
        pattern = _pattern(ours)
        if {name for name in names if fnmatch(name, pattern)} == set(ours):
            yield _one(pattern, found, _told(found[0], rules))
        else:
            yield from (
                _one(_pattern([name]), [one], _told(one, rules))
                for name, one in zip(ours, found, strict=True)
            )


def _told(export: Export, rules: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Give what was answered of an export, but for what it is."""
    name = PurePath(export.file).name
    found: dict[str, Any] = {}
    for rule in rules:
        same_sheet = rule.get("sheet") in {None, export.sheet}
        if rule["file"] == name and same_sheet and rule.get("kind") in {None, export.kind}:
            found |= {key: rule[key] for key in rule if key not in {"file", "sheet", "kind"}}
    by_map = [plan for plan in export.plans if plan.because == "by --map"]
    said = {plan.column: plan.source[1:-1] for plan in by_map if plan.source.startswith('"')}
    if said:
        found["constants"] = {**found.get("constants", {}), **said}
    return found


def _pattern(names: Sequence[str]) -> str:
    """Write a pattern that fits names: what they begin and end with, without halves of numbers.

    Example:
        >>> _pattern(["invoices-2024-12.csv", "invoices-2025-01.csv"])
        'invoices-*.csv'
        >>> _pattern(["list[1].csv"])
        'list[[]1].csv'
    """
    if len(set(names)) == 1:
        return _HALVES.sub("?", escape(names[0]))
    start = _beginning(names).rstrip(_DIGITS)
    end = _beginning([name[len(start) :][::-1] for name in names])[::-1].lstrip(_DIGITS)
    return _HALVES.sub("?", f"{escape(start)}*{escape(end)}")


def _beginning(names: Sequence[str]) -> str:
    pairs = zip(min(names), max(names), strict=False)
    return "".join(one for one, _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _one(pattern: str, exports: Sequence[Export], told: Mapping[str, Any]) -> DraftedExport:
    first = exports[0]
    fields = records.model(first.kind).model_fields
    plans = [{plan.column: plan for plan in export.plans} for export in exports]
    # A column of several headers is found again by itself; one of them alone would be another.
    several = Counter(plan.column for plan in first.plans)
    shared = [
        plan
        for column, plan in plans[0].items()
        if column in fields
        and column not in told.get("columns", ())
        and column not in told.get("constants", ())
        and several[column] == 1
        and plan.source.strip()
        and all(column in other and other[column].source == plan.source for other in plans)
    ]
    others = dict.fromkeys(
        plan.source for export in exports for plan in export.plans if plan.column not in fields
    )
    return DraftedExport(
        file=pattern,
        kind=first.kind,
        sheet=first.sheet,
        encoding=_only(export.encoding for export in exports),
        delimiter=_only(export.delimiter for export in exports),
        columns=tuple(plan for plan in shared if not first.preset or plan.told),
        others=tuple(others),
        exports=tuple(exports),
        preset=first.preset,
        told=told,
    )


def _only(values: Iterable[str | None]) -> str | None:
    different = set(values)
    return different.pop() if len(different) == 1 else None


def _references() -> dict[str, tuple[str, ...]]:
    """Give the published values that the package knows, by KPI, as they are written there."""
    text = packaged("retention_cli").joinpath("data", "benchmarks.toml").read_text("utf-8")
    found: dict[str, tuple[str, ...]] = {}
    for block in text.split("\n\n"):
        kpi = re.search(r'^kpi = "([a-z0-9_]+)"$', block, re.MULTILINE)
        if kpi:
            found[kpi[1]] = (*found.get(kpi[1], ()), block.strip())
    return found
