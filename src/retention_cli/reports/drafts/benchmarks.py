"""`benchmarks.toml` for the figures that the exports of a folder allow; all of it open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_cli.reports.drafts._comments import WRITTEN_BY, with_remark
from retention_cli.values.measures import Better, Unit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from retention_cli.kpis.registry import Kpi
    from retention_cli.results.draft import Draft

_TOP = f"""\
{WRITTEN_BY}: the figures that these exports allow.
# Nothing here counts yet: fill in a target and remove the # to use it.
# near lies between warn and target; below min_n a figure is shown, not judged.
# segment = {{ region = "North" }} holds for one part of the customers.
"""
_EXAMPLES = {
    Unit.RATIO: '"5%" or 0.05',
    Unit.COUNT: "20",
    Unit.SECONDS: '"4h" or "30 min"',
    Unit.YEARS: '"5 years"',
    Unit.POINTS: '"30 points"',
    Unit.MONEY: '"1500.00 EUR"',
    Unit.PER_YEAR: '"12 per year"',
}


def render(draft: Draft) -> str:
    """Write an entry for each figure, and published values that are never judged by."""
    lines = [_TOP]
    for kpi in draft.kpis:
        lines += [*entry(kpi), ""]
        for block in draft.references.get(kpi.name, ()):
            lines += [*_commented(block), ""]
    return "\n".join(lines)


def entry(kpi: Kpi) -> Iterator[str]:
    """Write the entry of a figure, which counts once the marks before its lines are taken away."""
    better = "higher" if kpi.better is Better.HIGHER else "lower"
    period = kpi.always_per or ("month" if kpi.scales_with_period else "any")
    unit = kpi.unit.value.replace("_", " ")
    yield f"# {kpi.title}: {unit}, {better} is better"
    yield "# [[benchmark]]"
    yield f'# kpi = "{kpi.name}"'
    yield with_remark('# target = "…"', f"such as {_EXAMPLES[kpi.unit]}")
    yield '# warn = "…"'
    said = "month, quarter, year or any"
    yield with_remark(
        f'# period = "{period}"', "as its definition says" if kpi.always_per else said
    )
    yield '# owner = "…"'
    yield '# reason = "…"'


def _commented(block: str) -> Iterator[str]:
    for line in block.splitlines():
        yield line if line.startswith("#") else f"# {line}"
