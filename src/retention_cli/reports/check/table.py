"""What `retention check` found, for a terminal: each file, then the figures it allows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from retention_cli.checking import Readiness
from retention_cli.reports.console import HANG, Listing, Paragraph, printed, section, shown
from retention_cli.reports.data_lines import (
    assumed_lines,
    manner_text,
    place_of,
    problem_lines,
    span_of,
    sum_line,
)
from retention_cli.reports.figures import listed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import RenderableType

    from retention_cli.checking import Check, CheckedFile
    from retention_cli.exports import Export

_STYLES = {
    Readiness.READY: "green",
    Readiness.READY_WITH_REJECTS: "yellow",
    Readiness.NOT_USABLE: "red",
}


def render(
    check: Check, *, width: int | None = None, colour: bool = False, verbose: bool = False
) -> str:
    """Write a check for `width` columns; None is as wide as it needs to be.

    Files that were read in the same way stand together; `verbose` lists each by itself.
    """
    parts: list[RenderableType] = []
    for files in _alike(check.files, apart=verbose):
        parts += [*_files(files), ""]
    exports = [file.export for file in check.files if file.export]
    for heading, lines in (
        ("Problems", problem_lines(check.problems, verbose=verbose)),
        ("Assumed", assumed_lines(exports, check.assumed)),
    ):
        if lines:
            parts += [*section(heading, lines), ""]
    return printed([*parts, *_figures(check)], width=width, colour=colour)


def _alike(files: Sequence[CheckedFile], *, apart: bool) -> list[list[CheckedFile]]:
    """Put files together that were read in the same way; each of the others stands alone."""
    found: dict[object, list[CheckedFile]] = {}
    for number, file in enumerate(files):
        alone = apart or file.export is None
        found.setdefault(number if alone else _manner(file.export), []).append(file)
    return list(found.values())


def _manner(export: Export | None) -> object:
    if export is None:
        return None
    columns = tuple((plan.source, plan.column, plan.format) for plan in export.plans)
    return export.kind, export.preset, export.encoding, export.delimiter, export.header_row, columns


def _files(files: Sequence[CheckedFile]) -> Iterator[RenderableType]:
    first, exports = files[0], [file.export for file in files if file.export]
    name = first.file if first.export is None else place_of(first.export)
    if len(files) > 1:
        name = f"{len(files)} files {span_of(exports)}"
    worst = max((file.readiness for file in files), key=list(Readiness).index)
    words = Text(worst.value.replace("-", " "), _STYLES[worst])
    yield Paragraph(Text.assemble(shown(name, "bold"), ": ", words))
    for file in files:
        if file.readiness is not Readiness.READY:
            hint = f"; {file.hint}" if file.hint else ""
            whose = f"{file.file}: " if len(files) > 1 else ""
            yield Paragraph(shown(f"{whose}{file.message}{hint}"), indent=HANG)
            for line in file.snippet:
                yield Paragraph(shown(line), indent=HANG * 2)
    if exports:
        yield Paragraph(shown(manner_text(exports[0])), indent=HANG)
        yield Paragraph(shown(sum_line(exports)), indent=HANG)
        for note in exports[0].preset_notes:
            yield Paragraph(shown(note), indent=HANG)
        yield Listing(
            ("column", "from", "written", "because"),
            tuple((p.column, p.source, p.format or "", p.because) for p in exports[0].plans),
        )


def _figures(check: Check) -> Iterator[RenderableType]:
    """Say how many figures can be computed, and what the others lack."""
    lacking: dict[tuple[str, ...], list[str]] = {}
    for one in check.kpis:
        lacking.setdefault(one.missing, []).append(one.kpi.title)
    possible = lacking.pop((), [])
    title = Text("Figures", style="bold")
    names = f": {listed(possible)}" if possible else ""
    said = shown(f": {len(possible)} of {len(check.kpis)} can be computed{names}")
    yield Paragraph(Text.assemble(title, said))
    for missing, titles in lacking.items():
        said = shown(f"{listed(titles)}: not without {', '.join(missing)}")
        yield Paragraph(said, indent=HANG)
