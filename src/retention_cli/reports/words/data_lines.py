"""What was read, what was wrong with it and what was assumed, as plain lines of text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from retention_cli.findings.problems import Outcome
from retention_cli.reports.words.numbers import count, text
from retention_cli.text.wording import many
from retention_cli.values.measures import Unit

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from retention_cli.findings.file_report import Export
    from retention_cli.findings.problems import Notice, Problems
    from retention_cli.results.facts import Facts

HIDDEN = "Rows with problems are not shown, as they may hold names: retention check has them."
_MOST_FILES = 3
"""More files of one kind than this are summed up in one line."""
_MOST_ISSUES = 20
"""More sorts of problems than this are cut short; --verbose lists them all."""
_ORDER = list(Outcome)


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and the lines below it, as they were read: not yet safe for a terminal."""

    heading: str
    lines: tuple[str, ...]


def data_lines(found: Facts, *, verbose: bool = False) -> list[str]:
    """Give what a person should know of the data, beside a figure that a program reads.

    Not yet safe for a terminal.
    """
    lines: list[str] = []
    for section in sections(found, verbose=verbose):
        lines.append(section.heading)
        lines += [f"  {line}" for line in section.lines]
    return lines


def sections(found: Facts, *, width: int | None = None, verbose: bool = False) -> list[Section]:
    """Give the sections Read, Problems and Assumed; one with nothing to say is left out."""
    said = {
        "Read": read_lines(found.exports, width=width, verbose=verbose),
        "Problems": problem_lines(found.problems, found.rejects_file, verbose=verbose),
        "Assumed": assumed_lines(found),
    }
    return [Section(heading, tuple(lines)) for heading, lines in said.items() if lines]


def read_lines(
    exports: Sequence[Export], *, width: int | None = None, verbose: bool = False
) -> list[str]:
    """Say of each file what it is and what became of its rows; many of a kind are summed up.

    Columns are aligned where the width has room for it.
    """
    rows: list[tuple[str, str, str]] = []
    for kind in dict.fromkeys(export.kind for export in exports):
        ours = [export for export in exports if export.kind == kind]
        if verbose or len(ours) <= _MOST_FILES:
            rows += [(place_of(export), kind, sum_line([export])) for export in ours]
            continue
        rows.append((f"{len(ours)} files {span_of(ours)}", kind, sum_line(ours)))
        rows += [("  " + place_of(one), "", sum_line([one])) for one in ours if one.rejected]
    files, kinds = (max((len(row[at]) for row in rows), default=0) for at in (0, 1))
    lines = [f"{file:{files}}  {kind:{kinds}}  {rest}" for file, kind, rest in rows]
    if width is not None and any(len(line) > width for line in lines):
        lines = ["  ".join(word for word in row if word) for row in rows]
    if verbose:
        said: dict[str, list[Export]] = {}
        for export in exports:
            said.setdefault(_manner_and_others(export), []).append(export)
        lines += [f"{_places(alike)}: {manner}" for manner, alike in said.items()]
    return lines


def manner_text(export: Export) -> str:
    """Say how a file was read: its encoding, what sets its columns apart, where its header is."""
    delimiter = "tab" if export.delimiter == "\t" else export.delimiter
    words = [
        export.kind,
        _preset_text(export),
        export.encoding or "",
        f"delimiter {delimiter}" if delimiter else "",
        f"header in row {export.header_row}" if export.header_row else "",
    ]
    return " · ".join([*(word for word in words if word), *export.notes])


def _preset_text(export: Export) -> str:
    if export.preset is None or export.preset_confidence is None:
        return ""
    return f"preset {export.preset}, {text(export.preset_confidence, Unit.RATIO)} sure"


def _manner_and_others(export: Export) -> str:
    kept = f" · columns kept as they are: {', '.join(export.others)}" if export.others else ""
    return f"{manner_text(export)}{kept}"


def place_of(export: Export) -> str:
    """Name the file of an export, and its sheet if it has one."""
    return export.name


def span_of(exports: Sequence[Export]) -> str:
    """Name the first and the last of several files."""
    between = "and" if len(exports) == 2 else "…"
    return f"{place_of(exports[0])} {between} {place_of(exports[-1])}"


def sum_line(exports: Sequence[Export]) -> str:
    """Write how the rows add up.

    Example:
        >>> from retention_cli.findings.file_report import Export
        >>> sum_line([Export("a.csv", "customers", rows=1203, accepted=1200, rejected=2, skipped=1)])
        '1,203 rows = 1,200 accepted + 2 rejected + 1 skipped'
    """
    rows, accepted, rejected, skipped = (
        sum(getattr(export, name) for export in exports)
        for name in ("rows", "accepted", "rejected", "skipped")
    )
    words = "row" if rows == 1 else "rows"
    return (
        f"{count(rows)} {words} = {count(accepted)} accepted"
        f" + {count(rejected)} rejected + {count(skipped)} skipped"
    )


def problem_lines(
    problems: Problems,
    rejects_file: str | None = None,
    *,
    told: Collection[tuple[str, str]] = (),
    verbose: bool = False,
) -> list[str]:
    """Say what was wrong: each sort once, with its first row, how many there are, what to do.

    Sorts that are `told` elsewhere, by kind and code, are left out.
    """
    issues = [issue for issue in problems.notices if (issue.kind, issue.code) not in told]
    issues.sort(key=lambda issue: _ORDER.index(issue.outcome))
    sorts: dict[tuple[object, ...], list[Notice]] = {}
    for issue in issues:
        alike = (issue.kind, issue.code, issue.column, issue.outcome)
        sorts.setdefault((*alike, issue.file) if verbose else alike, []).append(issue)
    lines = [_issue_line(alike) for alike in sorts.values()]
    if not verbose and len(lines) > _MOST_ISSUES:
        more = len(lines) - _MOST_ISSUES
        lines[_MOST_ISSUES:] = [f"and {many(more, 'more kind')}; --verbose lists them"]
    if rejects_file:
        lines.append(f"unused rows were saved unchanged in {rejects_file}")
    return lines


def assumed_lines(found: Facts) -> list[str]:
    """Say what neither the files nor the user settled; the same of each of several is one line."""
    return [f"{place}: {said}" if place else said for place, said, _ in assumptions(found)]


def assumptions(found: Facts) -> list[tuple[str, str, set[str]]]:
    """Give the same lines in parts: the files, what is said, and their kinds; none for those of the run."""
    places: dict[str, dict[str, Export]] = {}
    for export in found.exports:
        for choice in export.assumed:
            # A file that is read several times, for its questions or months, is named once.
            places.setdefault(choice, {}).setdefault(place_of(export), export)
    return [
        *(("", choice, set()) for choice in dict.fromkeys(found.assumed)),
        *(
            (
                f"{_places(files)}{', each' * (len(files) > 1)}",
                choice,
                {one.kind for one in files},
            )
            for choice, files in ((one, [*named.values()]) for one, named in places.items())
        ),
    ]


def _places(exports: Sequence[Export]) -> str:
    if len(exports) <= _MOST_FILES:
        return ", ".join(place_of(export) for export in exports)
    return f"{len(exports)} files {span_of(exports)}"


def _issue_line(alike: Sequence[Notice]) -> str:
    first = alike[0]
    # What is said of a row names its file and the row.
    where = f"{first.name}: " if first.outcome is Outcome.WARNING else ""
    hint = f"; {first.hint}" if first.hint else ""
    return f"{where}{first.message}{hint}{_tally(alike)}"


def _tally(alike: Sequence[Notice]) -> str:
    """Say what became of the rows, and how many more there are of this sort."""
    first, total = alike[0], sum(issue.count for issue in alike)
    files = f" in {len(alike)} files" if len(alike) > 1 else ""
    if first.outcome is Outcome.WARNING:
        return f" (likewise{files})" if files else ""
    if total == 1:
        return f" ({first.outcome})"
    return f" ({count(total)} rows like this {first.outcome}{files})"
