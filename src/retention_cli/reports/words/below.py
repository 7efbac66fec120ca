"""What stands below the figures on a screen: what changes one and where the rest is, or all of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_cli.reports.words.brief import Caveat, by_place, caveats, read_line
from retention_cli.reports.words.console import marked, section
from retention_cli.reports.words.data_lines import sections

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rich.console import RenderableType

    from retention_cli.reports.words.console import Paragraph
    from retention_cli.results.facts import Facts


def brief(
    found: Facts, notes: Iterable[str] = (), *, grouped: bool, undefined: str | None = None
) -> Iterator[Paragraph]:
    """Give notes and all else that changes a figure, why there is none, and what was read."""
    for said in by_place([*map(Caveat, notes), *caveats(found, grouped=grouped)]):
        yield marked("-", said)
    if undefined:
        yield marked("Undefined", undefined)
    yield marked("Read", read_line(found))


def in_full(found: Facts, width: int | None) -> Iterator[RenderableType]:
    """Give everything that there is to say of the data, each heading below a blank line."""
    for one in sections(found, width=width, verbose=True):
        yield ""
        yield from section(one.heading, one.lines)
