"""What a check says to a person, as plain words: every format shows the same."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from retention_cli.reports.words.data_lines import (
    assumed_lines,
    manner_text,
    place_of,
    problem_lines,
    span_of,
    sum_line,
)
from retention_cli.reports.words.figures import listed, reason_text
from retention_cli.reports.words.numbers import count
from retention_cli.results.check import Readiness

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from retention_cli.findings.file_report import ColumnPlan, Export
    from retention_cli.findings.problems import Example
    from retention_cli.results.check import Check, CheckedFile

COLUMN_HEADINGS = ("column", "from", "written", "because")
_PLACES = 3
"""So many places are enough to find the rest."""
_KEPT = 8
"""More columns than this that no figure needs are counted, not named."""


@dataclass(frozen=True, slots=True)
class Block:
    """One file, or several that were read in the same way: what they are and whether they do.

    Shape: `reasons` says why not, a line each; `columns` has a row for each of its columns that
        is one of ours, or for every column where all were asked for; `kept` sums up the others.
    """

    name: str
    readiness: Readiness
    verdict: str
    reasons: tuple[str, ...]
    manner: tuple[str, ...] = ()
    columns: tuple[tuple[str, ...], ...] = ()
    kept: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """What only all files together tell: of which export, what to do, and where it first is."""

    kind: str
    message: str
    hint: str | None
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """A heading and what is below it, a line each."""

    heading: str
    lines: tuple[str, ...]


def blocks(check: Check, *, verbose: bool) -> list[Block]:
    """Describe each file; `verbose` sets apart those that were read alike, and lists all columns."""
    return [_block(files, check, verbose=verbose) for files in _alike(check.files, apart=verbose)]


def sections(check: Check, *, verbose: bool = False) -> list[Said]:
    """Give what was wrong in the files, and what was assumed; findings stand for themselves."""
    told = {(one.kind, one.code) for one in check.findings}
    found = {
        "Problems": problem_lines(check.problems, told=told, verbose=verbose),
        "Assumed": assumed_lines(check),
    }
    return [Said(heading, tuple(lines)) for heading, lines in found.items() if lines]


def figures(check: Check) -> Said:
    """Say which figures can be computed, and what the others lack, by what is missing."""
    lacking: dict[tuple[str, ...], list[str]] = {}
    undefined: dict[str, list[str]] = {}
    possible = []
    for one in check.kpis:
        if one.missing:
            lacking.setdefault(one.missing, []).append(one.kpi.title)
            continue
        possible.append(one.kpi.title)
        if one.reason is not None:
            undefined.setdefault(reason_text(one.reason), []).append(one.kpi.title)
    names = f": {listed(possible)}" if possible else ""
    lines = [f"{len(possible)} of {len(check.kpis)} can be computed{names}"]
    lines += [f"missing {' and '.join(m)}: {listed(titles)}" for m, titles in lacking.items()]
    if check.period is not None:
        lines += [
            f"no value in {check.period.label}, since {reason}: {listed(titles)}"
            for reason, titles in undefined.items()
        ]
    return Said("Figures", tuple(lines))


def verdicts(check: Check) -> list[tuple[str, Readiness, str]]:
    """Give, for each file, its name, its verdict, and the verdict in words with what to do.

    Files that were read alike and are ready are in one line; so does a file of two kinds that is
    ready as both.
    """
    found = []
    for files in _alike(check.files, apart=False):
        ready = [file for file in files if file.readiness is Readiness.READY]
        others = [[file] for file in files if file.readiness is not Readiness.READY]
        found += [
            (_name(some), some[0].readiness, _verdict(some[0]))
            for some in ([ready] if ready else []) + others
        ]
    return list(dict.fromkeys(found))


def findings(check: Check) -> list[Found]:
    """Give what the checks across files found, and the first places of each."""
    return [
        Found(
            "all exports" if one.kind == "all" else one.kind,
            one.message,
            one.hint,
            tuple(place_text(place) for place in one.examples[:_PLACES] if place.row is not None),
        )
        for one in check.findings
    ]


def summary(check: Check) -> str:
    """Say how many files can be used, how many figures, and how much there is to look at."""
    names = {_name([file]) for file in check.files}
    usable = names - {
        _name([file]) for file in check.files if file.readiness is Readiness.NOT_USABLE
    }
    possible = sum(not one.missing for one in check.kpis)
    found = len(check.findings)
    across = f"{found} {'finding' if found == 1 else 'findings'}" if found else "nothing found"
    files = "file" if len(names) == 1 else "files"
    return (
        f"{len(usable)} of {len(names)} {files} can be used; {possible} of {len(check.kpis)} figures"
        f" can be computed; {across} across files"
    )


def place_text(example: Example) -> str:
    """Write an example with its place.

    Example:
        >>> from retention_cli.findings.problems import Example
        >>> place_text(Example("007", "a.csv", 3)), place_text(Example("007"))
        ('007 in a.csv row 3', '007')
    """
    if example.row is None:
        return example.value
    sheet = f" sheet '{example.sheet}'" if example.sheet else ""
    place = f"{example.file}{sheet} row {example.row}" if example.file else f"row {example.row}"
    return place if example.value == f"row {example.row}" else f"{example.value} in {place}"


def _alike(files: Sequence[CheckedFile], *, apart: bool) -> list[list[CheckedFile]]:
    """Put files together that were read in the same way, and a file that was read once a month.

    Each of the others stands alone.
    """
    found: dict[object, list[CheckedFile]] = {}
    times = Counter((one.file, one.sheet, one.kind) for file in files if (one := file.export))
    for number, file in enumerate(files):
        if apart or file.export is None:
            found[number] = [file]
            continue
        one = file.export
        again = times[one.file, one.sheet, one.kind] > 1
        found.setdefault(_manner(one, again=again), []).append(file)
    return list(found.values())


def _manner_lines(exports: Sequence[Export]) -> tuple[str, ...]:
    if not exports:
        return ()
    return (manner_text(exports[0]), sum_line(exports), *exports[0].preset_notes)


def _manner(export: Export, *, again: bool) -> object:
    if again:  # By other headers, as a table that has a column for each month.
        return export.file, export.sheet, export.kind, *(plan.column for plan in export.plans)
    columns = tuple((plan.source, plan.column, plan.format) for plan in export.plans)
    return export.kind, export.preset, export.encoding, export.delimiter, export.header_row, columns


def _name(files: Sequence[CheckedFile]) -> str:
    first, exports = files[0], [file.export for file in files if file.export]
    if len({file.file for file in files}) > 1:
        return f"{len(files)} files {span_of(exports)}"
    return first.file if first.export is None else place_of(first.export)


def _block(files: Sequence[CheckedFile], check: Check, *, verbose: bool) -> Block:
    worst = max((file.readiness for file in files), key=list(Readiness).index)
    exports = [file.export for file in files if file.export]
    return Block(
        name=_name(files),
        readiness=worst,
        verdict=worst.value.replace("-", " "),
        reasons=tuple(_reasons(files)),
        manner=(*_manner_lines(exports), *(_unread(exports[0]) if exports else ())),
        columns=tuple(_column_rows(exports, check, verbose=verbose)) if exports else (),
        kept=_kept_text(exports[0], check) if exports and not verbose else "",
    )


def _unread(export: Export) -> Iterator[str]:
    """Name the columns that look like something figures rest on, and are not read."""
    for looks in ("dates", "money", "ids"):
        named = [f"'{plan.source}'" for plan in export.plans if plan.looks == looks]
        if named:
            more = f" and {count(len(named) - _KEPT)} more" if len(named) > _KEPT else ""
            verb = "looks" if len(named) == 1 else "look"
            yield f"{listed(named[:_KEPT])}{more} {verb} like {looks}, and {'is' if len(named) == 1 else 'are'} not read"


def _reasons(files: Sequence[CheckedFile]) -> Iterator[str]:
    for file in files:
        whose = f"{file.file}: " if len(files) > 1 else ""
        if file.readiness is not Readiness.READY:
            for reason in file.reasons:
                yield f"{whose}{reason.message}{f'; {reason.hint}' if reason.hint else ''}"
                yield from (f"  {line}" for line in reason.snippet)


def _column_rows(
    exports: Sequence[Export], check: Check, *, verbose: bool
) -> Iterator[tuple[str, ...]]:
    groups = check.groups.get(exports[0].kind, {})
    for place, plan in enumerate(exports[0].plans):
        alike = [export.plans[place] for export in exports]
        values = groups.get(plan.column)
        if verbose or values is None:
            sources = _span([one.source for one in alike])
            yield plan.column, sources, plan.format or "", _why(alike, values)


def _span(texts: Sequence[str]) -> str:
    return texts[0] if len({*texts}) == 1 else f"{texts[0]} to {texts[-1]}"


def _kept_text(export: Export, check: Check) -> str:
    """Name the first columns that are kept for `--by`: an export may have hundreds of them."""
    groups = check.groups.get(export.kind, {})
    kept = [plan.column for plan in export.plans if plan.column in groups]
    if not kept:
        return ""
    filled = [f"{name} ({_values(groups[name])})" for name in kept if groups[name]]
    blank, more = len(kept) - len(filled), len(filled) - _KEPT
    said = filled[:_KEPT]
    if more > 0:
        said.append(f"{count(more)} more")
    if blank:
        said.append(f"{count(blank)} all blank")
    return f"kept for --by: {listed(said)}"


def _why(plans: Sequence[ColumnPlan], values: int | None) -> str:
    """Say why a column was taken so, with the cells for and against it in all files."""
    if values is not None:
        return f"kept for --by: {_values(values)}"
    because = plans[0].because
    proofs, against = (
        sum(getattr(plan, name) or 0 for plan in plans) for name in ("proofs", "against")
    )
    if not proofs and not against:
        return because
    cells = "cell" if proofs == 1 else "cells"
    return f"{because} ({count(proofs)} {cells} for it, {count(against)} against)"


def _values(many: int) -> str:
    if not many:
        return "all blank"
    return f"{count(many)} {'value' if many == 1 else 'values'}"


def _verdict(file: CheckedFile) -> str:
    if file.readiness is Readiness.READY:
        return "ready"
    if file.readiness is Readiness.READY_WITH_REJECTS:
        rejected = file.export.rejected if file.export else 0
        return f"ready with {count(rejected)} {'reject' if rejected == 1 else 'rejects'}"
    # Lines to paste stand with the file, each on its own.
    todo = [(reason.hint or reason.message).removesuffix(":") for reason in file.reasons]
    return f"not usable: {'; '.join(dict.fromkeys(todo))}"
