"""An explanation as Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_cli.reports.explain import _definition as definition
from retention_cli.reports.explain import _members as of
from retention_cli.reports.words.markdown import items, table
from retention_cli.text.safe_text import safe_markdown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from retention_cli.results.explanation import (
        Bases,
        CustomerFile,
        Definition,
        Explanation,
        OpenedFigure,
        OpenedPart,
    )


def render(found: Explanation) -> str:
    """Write an explanation, with all members; no name can break its tables."""
    lines: list[str] = []
    if found.definition is not None:
        lines += _definition(found.definition, brief=bool(found.figures))
    if found.customer is not None:
        lines += _customer(found.customer, found)
    else:
        for figure in found.figures:
            lines += _figure(figure, found.part)
    for heading, readings in of.reading_groups(found):
        lines += ["", f"## {safe_markdown(heading)}", ""]
        lines += table(of.READINGS, of.reading_rows(readings, found))
        lines += ["", *items(of.reading_lines(readings))]
    if found.bases is not None:
        lines += _bases(found.bases, found)
    if found.left_out:
        lines += ["", "## Rows left out that may belong here", ""]
        lines += [f"- {safe_markdown(one.message)}" for one in found.left_out]
    return "\n".join(lines) + "\n"


def _definition(said: Definition, *, brief: bool) -> Iterator[str]:
    yield f"# {safe_markdown(definition.title(said))}"
    yield from ("", safe_markdown(said.said[""]), "")
    for name, text in definition.facts(said).items():
        if name == "Formula" or not brief:
            yield f"- {name}: {safe_markdown(text)}"
    if brief:
        return
    yield from ("", "```python", *definition.example(said), "```")
    yield from ("", "In a benchmark file:", "", "```toml", *definition.benchmark(said), "```")


def _customer(one: CustomerFile, found: Explanation) -> Iterator[str]:
    yield from (f"# {safe_markdown(f'{one.id} {one.name or str()}'.strip())}", "")
    yield from items(of.other_ids(one))
    heads = ("date", "kind", "file", "row", "what it says")
    yield from ("", *table(heads, [of.saying_row(said) for said in one.said]))
    if one.left_out:
        yield from ("", "## Not used", "")
        yield from (f"- {safe_markdown(row.message)}" for row in one.left_out)
    yield from ("", "## In the figures", "")
    for figure in found.figures:
        yield from items(of.way_through(figure))


def _bases(bases: Bases, found: Explanation) -> Iterator[str]:
    yield from ("", "## On each basis", "")
    yield from table(of.BASES, of.basis_rows(bases, found.figures[0].line.kpi.unit))
    yield from ("", *items(of.basis_lines(bases)))
    if bases.count:
        rows = [(id_, name or "", *states) for id_, name, states in bases.find()]
        yield from ("", *table(("id", "name", *bases.known), rows))


def _figure(figure: OpenedFigure, whole: str | None) -> Iterator[str]:
    yield from ("", f"## {safe_markdown(of.headline(figure))}")
    if said := of.remarks(figure):
        yield from ("", *items(said))
    for part in figure.parts:
        if whole in {None, part.name}:
            yield from _part(part, figure)


def _part(part: OpenedPart, figure: OpenedFigure) -> Iterator[str]:
    yield from ("", f"### {safe_markdown(of.title(part, figure.line.measure.currency))}", "")
    rows = [of.shown_row(member, part) for member in part.find()]
    names = tuple(of.columns(rows))
    if names:
        yield from table(names, [[row.get(name, "") for name in names] for row in rows])
