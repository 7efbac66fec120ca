"""Reviews for a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from retention_cli.reports.review._shown import parts, title
from retention_cli.reports.words.below import brief
from retention_cli.reports.words.console import HANG, Listing, Paragraph, printed, shown
from retention_cli.reports.words.data_lines import sections

if TYPE_CHECKING:
    from rich.console import RenderableType

    from retention_cli.results.review import Review


def render(
    found: Review, *, width: int | None = None, colour: bool = False, verbose: bool = False
) -> str:
    """Write a review for `width` columns; None is as wide as needed."""
    printing: list[RenderableType] = [Text(title(found), style="bold")]
    for part in parts(found, every=verbose or width is None):
        printing += ["", Text(part.heading, style="bold")]
        if part.rows:
            printing.append(
                Listing(
                    part.columns,
                    part.rows,
                    whole=0 if part.columns[0] == "Account" else len(part.columns),
                )
            )
        printing += [Paragraph(shown(line), indent=HANG) for line in part.lines]
    printing.append("")
    if verbose:
        for said in sections(found, width=width, verbose=True):
            printing += [
                Text(said.heading, style="bold"),
                *(Paragraph(shown(line), indent=HANG) for line in said.lines),
            ]
    else:
        printing += brief(found, found.notes, grouped=True)
    return printed(printing, width=width, colour=colour)
