"""An explanation for a terminal: the definition first, then the parts and who is in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from retention_cli.reports.explanation import _definition as definition
from retention_cli.reports.words.console import HANG, Paragraph, printed, shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import RenderableType

    from retention_cli.results.explanation import Definition, Explanation


def render(
    found: Explanation, *, width: int | None = None, colour: bool = False, verbose: bool = False
) -> str:
    """Write an explanation for `width` columns; None is as wide as it needs to be."""
    parts: list[RenderableType] = []
    if found.definition is not None:
        parts += _definition(found.definition)
    return printed(parts, width=width, colour=colour)


def _definition(said: Definition) -> Iterator[RenderableType]:
    yield Paragraph(Text(definition.title(said), style="bold"))
    yield Paragraph(Text(said.said[""]))
    yield ""
    for name, text in definition.facts(said).items():
        yield Paragraph(Text.assemble((name, "bold"), ": ", text))
    for heading, lines in (
        ("Example", definition.example(said)),
        ("In a benchmark file", definition.benchmark(said)),
    ):
        yield from ("", Paragraph(Text(heading, style="bold")))
        yield from (Paragraph(shown(line), indent=HANG) for line in lines)
