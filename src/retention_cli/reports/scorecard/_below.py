"""What is below the table: why figures are undefined or not judged, notes, references.

`sections` is all that there is to say; a screen has room for `not_computed_because` and `out_of_date`.
"""

from __future__ import annotations

from collections import Counter
from itertools import chain
from typing import TYPE_CHECKING

from retention_cli.benchmarks.verdicts import Verdict
from retention_cli.findings.codes import catalogue
from retention_cli.kpis.computing import NOT_LOADED
from retention_cli.patterns import lazy_pattern
from retention_cli.reports.words.data_lines import Section
from retention_cli.reports.words.figures import (
    is_of_nobody,
    left_out,
    listed,
    named,
    not_computed,
    reason_text,
    references_of,
    source_text,
    target_of,
)
from retention_cli.reports.words.numbers import interval_text, text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from retention_cli.benchmarks.benchmarks import Benchmark
    from retention_cli.kpis.registry import Group
    from retention_cli.results.scorecard import Line
_ABSENT = " in the exports"
_LACKS = lazy_pattern("add (.+) to the export")
_MOST_NAMED = 4
"""More figures than this are named by the heading that they are below."""


def tabled(lines: Sequence[Line]) -> list[Line]:
    """Give the lines that a screen has a row for: of figures that have a value, or a target."""
    rows = [line for line in lines if not left_out(line)]
    kept = {
        line.kpi.name
        for line in rows
        if line.measure.value is not None or target_of(line) is not None
    }
    return [line for line in rows if line.kpi.name in kept]


def out_of_date(lines: Sequence[Line]) -> list[Section]:
    """Give which benchmarks are out of date."""
    found = tuple(_expired(lines))
    return [Section("Out of date", found)] if found else []


def sections(lines: Sequence[Line], *, intervals: bool) -> list[Section]:
    """Give the sections below the table; one with nothing to say is left out.

    `intervals` asks for those that the table has no room for.
    """
    rows = [line for line in lines if not left_out(line)]
    found = [
        ("Undefined", _undefined(rows)),
        ("Not judged", _not_judged(rows)),
        ("For reference, not judged", _references(rows)),
        ("Out of date", _expired(rows)),
        ("Not computed", _not_computed(lines)),
        ("95 % intervals", _intervals(rows) if intervals else []),
        ("Targets", _targets(rows)),
        ("Notes", [*_notes(rows), *_as_exported(rows), *_bases(rows)]),
    ]
    return [Section(heading, tuple(said)) for heading, said in found if said]


def _said(lines: Iterable[Line], say: Callable[[Line], str | None]) -> dict[str, list[Line]]:
    """Gather lines by what is to be said of them."""
    found: dict[str, list[Line]] = {}
    for line in lines:
        said = say(line)
        if said is not None:
            found.setdefault(said, []).append(line)
    return found


def _undefined(rows: Iterable[Line]) -> list[str]:
    reasons = _said(
        rows, lambda line: reason_text(line.measure.reason) if line.measure.reason else None
    )
    return [f"{named(lines)}: {reason}" for reason, lines in reasons.items()]


def not_computed_because(lines: Sequence[Line]) -> list[tuple[str, bool]]:
    """Say why figures are undefined, and whether any of them has a row, in a line a code.

    What exports lack is one line, and so are exports that are not there.
    """
    codes: dict[str, list[Line]] = {}
    columns: dict[str, list[Line]] = {}
    absent: dict[str, list[Line]] = {}
    for line in lines:
        if (reason := line.measure.reason) is not None and not is_of_nobody(line):
            lacks = _LACKS.fullmatch(reason.hint or catalogue("figures")[reason.code].fix)
            if reason.code == NOT_LOADED and reason.hint is None:
                absent.setdefault(reason.message.removesuffix(_ABSENT), []).append(line)
            elif lacks:
                columns.setdefault(lacks[1], []).append(line)
            else:
                codes.setdefault(reason.code, []).append(line)
    alone = [alike for some in (columns, absent) if len(some) == 1 for alike in some.values()]
    said = [
        (f"{_figures(alike, lines)}: {_reason(alike)}", alike)
        for alike in [*codes.values(), *alone]
    ]
    if len(columns) > 1:
        wanted = (f"{lacks} ({_figures(alike, lines)})" for lacks, alike in columns.items())
        said.append((f"add to the export: {' · '.join(wanted)}", [*chain(*columns.values())]))
    if len(absent) > 1:
        wanted = (f"{none}: {_figures(alike, lines)}" for none, alike in absent.items())
        text = f"{' · '.join(wanted)}; give these exports too"
        said.append((text, [*chain(*absent.values())]))
    shown = {line.kpi.name for line in tabled(lines)}
    return [(text, any(line.kpi.name in shown for line in alike)) for text, alike in said]


def _reason(alike: Sequence[Line]) -> str:
    reasons = {line.measure.reason: None for line in alike if line.measure.reason}
    first, *others = reasons
    todo = first.hint or catalogue("figures")[first.code].fix
    more = f" ({len(others)} more like this)" if others else ""
    return f"{first.message}{more}; {todo}"


def _figures(alike: Sequence[Line], lines: Sequence[Line]) -> str:
    """Name figures: those of a whole heading, and many, by their headings."""
    below: dict[Group, dict[str, bool]] = {}
    ours = {id(line) for line in alike}
    for line in lines:
        names = below.setdefault(line.kpi.group, {})
        names[line.kpi.name] = names.get(line.kpi.name, True) and id(line) in ours
    whole = [group for group, names in below.items() if len(names) > 1 and all(names.values())]
    rest = [line for line in alike if line.kpi.group not in whole]
    counts = Counter(group for _, group in {(line.kpi.name, line.kpi.group) for line in rest})
    if not whole and counts.total() <= _MOST_NAMED:
        return named(rest)
    return listed(
        [
            group.value if group in whole else f"{group.value} ({counts[group]} of {len(names)})"
            for group, names in below.items()
            if group in whole or counts[group]
        ]
    )


def _not_judged(rows: Iterable[Line]) -> list[str]:
    words = {Verdict.TOO_FEW: "too few", Verdict.NOT_COMPARABLE: "not comparable"}
    causes = _said(rows, lambda line: _cause(line) if line.verdict in words else None)
    return [
        f"{named(lines)}: {words[lines[0].verdict]}, {cause}" for cause, lines in causes.items()
    ]


def _cause(line: Line) -> str | None:
    if line.verdict is Verdict.TOO_FEW and line.group is not None and line.benchmark is not None:
        return f"n is below {line.benchmark.min_n}"
    return line.because


def _references(rows: Iterable[Line]) -> list[str]:
    found = []
    for line in rows:
        if line.measure.value is not None:
            found += [_reference(line, one) for one in references_of(line)]
    return list(dict.fromkeys(found))


def _reference(line: Line, benchmark: Benchmark) -> str:
    value = text(benchmark.target, line.kpi.unit, currency=benchmark.currency)
    apart = line.because if line.verdict is Verdict.REFERENCE else None
    words = [word for word in (source_text(benchmark), benchmark.reason, apart) if word]
    return f"{line.kpi.title} {value}" + (f" ({'; '.join(words)})" if words else "")


def _expired(rows: Iterable[Line]) -> list[str]:
    def say(line: Line) -> str | None:
        held = line.benchmark
        if not line.expired or held is None:
            return None
        owner = f"; ask {held.owner}" if held.owner else ""
        return f"the benchmark was to be renewed by {held.expires_on}{owner}"

    return [f"{named(lines)}: {said}" for said, lines in _said(rows, say).items()]


def _not_computed(lines: Iterable[Line]) -> list[str]:
    def say(line: Line) -> str | None:
        return line.measure.reason.message if not_computed(line) and line.measure.reason else None

    return [f"{named(found)} ({said})" for said, found in _said(lines, say).items()]


def _intervals(rows: Iterable[Line]) -> list[str]:
    return [
        f"{named([line])}: {interval_text(line.measure.interval, line.kpi.unit)}"
        for line in rows
        if line.measure.interval
    ]


def _targets(rows: Iterable[Line]) -> list[str]:
    found = []
    for line in rows:
        held = target_of(line)
        if held is None:
            continue
        warn = "" if held.warn is None else f", near from {text(held.warn, line.kpi.unit)}"
        words = [word for word in (held.owner, source_text(held), held.reason) if word]
        said = f"{text(held.target, line.kpi.unit, currency=held.currency)}{warn}"
        found.append("; ".join([f"{named([line])}: {said}", *words]))
    return found


def _notes(rows: Sequence[Line]) -> list[str]:
    notes = dict.fromkeys(note for line in rows for note in line.measure.notes)
    found = []
    for note in notes:
        having = [line for line in rows if note in line.measure.notes]
        whose = "" if len(having) == len(rows) else f" ({named(having, groups=0)})"
        found.append(f"{note}{whose}")
    return found


def _as_exported(rows: Sequence[Line]) -> list[str]:
    having = [line for line in rows if line.measure.as_exported]
    if not having or len(having) == len(rows):
        return []
    return [f"taken as exported, for no period ({named(having, groups=0)})"]


def _bases(rows: Iterable[Line]) -> list[str]:
    bases = _said(rows, lambda line: line.measure.basis)
    return [f"basis: {basis} ({named(lines, groups=0)})" for basis, lines in bases.items()]
