"""What the formats of an explanation say of the definition."""

from __future__ import annotations

from textwrap import dedent
from typing import TYPE_CHECKING

from retention_cli.reports.drafts.benchmarks import entry

if TYPE_CHECKING:
    from typing import Any

    from retention_cli.results.explanation import Definition


def title(definition: Definition) -> str:
    """Name the KPI as people and as programs know it."""
    return f"{definition.kpi.title} ({definition.kpi.name})"


def facts(definition: Definition) -> dict[str, str]:
    """Give what there is to say, under the heading it is said by."""
    kpi, said = definition.kpi, definition.said
    found = {
        "Formula": said["Formula"],
        "Unit": f"{said['Unit']} {kpi.better.capitalize()} is better.",
        "Needs": ", ".join(definition.needs),
        "Made of": ", ".join(definition.made_of),
        "Edge cases": said["Edge cases"],
        "Undefined": definition.undefined,
        "Source": said["Source"],
        "Also called": ", ".join(kpi.aliases),
        "Other readings (--as)": ", ".join(definition.readings),
    }
    return {name: text for name, text in found.items() if text}


def example(definition: Definition) -> list[str]:
    """Give the worked example, as it is run by the tests of the KPI."""
    return dedent(definition.said["Example"]).strip().splitlines()


def benchmark(definition: Definition) -> list[str]:
    """Give the lines that hold the KPI against a target in a benchmark file."""
    _, *lines = (line.removeprefix("# ") for line in entry(definition.kpi))
    return lines


def as_json(definition: Definition) -> dict[str, Any]:
    """Give it all as programs read it."""
    kpi, said = definition.kpi, definition.said
    return {
        "kpi": kpi.name,
        "title": kpi.title,
        "aliases": list(kpi.aliases),
        "group": kpi.group,
        "summary": said[""],
        "formula": said["Formula"],
        "unit": kpi.unit,
        "direction": kpi.better,
        "needs": list(definition.needs),
        "made_of": list(definition.made_of),
        "edge_cases": said["Edge cases"],
        "undefined": definition.undefined,
        "source": said["Source"],
        "readings": list(definition.readings),
        "example": "\n".join(example(definition)),
        "benchmark": "\n".join(benchmark(definition)),
    }
