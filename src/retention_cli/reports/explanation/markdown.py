"""An explanation as Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_cli.reports.explanation import _definition as definition
from retention_cli.text.safe_text import safe_markdown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from retention_cli.results.explanation import Definition, Explanation


def render(found: Explanation) -> str:
    """Write an explanation; no name can break its tables."""
    return "\n".join(_definition(found.definition) if found.definition else []) + "\n"


def _definition(said: Definition) -> Iterator[str]:
    yield f"# {said.kpi.title} (`{said.kpi.name}`)"
    yield from ("", safe_markdown(said.said[""]), "")
    for name, text in definition.facts(said).items():
        yield f"- **{name}:** {safe_markdown(text)}"
    yield from ("", "```python", *definition.example(said), "```")
    yield from ("", "In a benchmark file:", "", "```toml", *definition.benchmark(said), "```")
