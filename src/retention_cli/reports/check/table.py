"""What `retention check` found, for a terminal: each file, then the figures, then the verdicts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from retention_cli.reports.check._shown import (
    COLUMN_HEADINGS,
    blocks,
    figures,
    findings,
    sections,
    verdicts,
)
from retention_cli.reports.words.console import HANG, Listing, Paragraph, printed, section, shown
from retention_cli.reports.words.figures import listed
from retention_cli.results.check import Readiness

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import RenderableType

    from retention_cli.reports.check._shown import Block
    from retention_cli.results.check import Check

_STYLES = {
    Readiness.READY: "green",
    Readiness.READY_WITH_REJECTS: "yellow",
    Readiness.NOT_USABLE: "red",
}


def render(
    check: Check, *, width: int | None = None, colour: bool = False, verbose: bool = False
) -> str:
    """Write a check for `width` columns; None is as wide as it needs to be.

    Files that were read in the same way stand together; `verbose` lists each by itself, with all
    of its columns.
    """
    parts: list[RenderableType] = []
    files = blocks(check, verbose=verbose)
    for block in files:
        parts += [*_block(block), ""]
    if any(block.kept for block in files):
        parts += [Paragraph(shown("--verbose lists every column", "dim")), ""]
    if check.findings:
        parts += [*_findings(check), ""]
    for said in (*sections(check, verbose=verbose), figures(check)):
        parts += [*section(said.heading, said.lines), ""]
    return printed([*parts, *_verdicts(check)], width=width, colour=colour)


def _block(block: Block) -> Iterator[RenderableType]:
    words = Text(block.verdict, _STYLES[block.readiness])
    yield Paragraph(Text.assemble(shown(block.name, "bold"), ": ", words))
    for line in (*block.reasons, *block.manner):
        yield Paragraph(shown(line), indent=HANG)
    if block.columns:
        yield Listing(COLUMN_HEADINGS, block.columns)
    if block.kept:
        yield Paragraph(shown(block.kept, "dim"), indent=HANG)


def _findings(check: Check) -> Iterator[RenderableType]:
    yield Paragraph(Text("Checks across files", style="bold"))
    for one in findings(check):
        yield Paragraph(shown(f"{one.kind}: {one.message}"), indent=HANG)
        if one.hint:
            yield Paragraph(Text.assemble("To do: ", shown(one.hint)), indent=2 * HANG)
        if one.places:
            first = f"First: {listed(one.places)}"
            yield Paragraph(shown(first, "dim"), indent=2 * HANG)


def _verdicts(check: Check) -> Iterator[RenderableType]:
    """End with what can be used and what cannot."""
    yield Paragraph(Text("Verdict", style="bold"))
    for name, readiness, words in verdicts(check):
        said = shown(words, _STYLES[readiness])
        yield Paragraph(Text.assemble(shown(name), ": ", said), indent=HANG)
