"""A scorecard as one HTML page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_cli.reports.report.html import alone, scorecard_part
from retention_cli.reports.scorecard.table import title_of, verdict_line
from retention_cli.reports.words.figures import label_of, left_out

if TYPE_CHECKING:
    from retention_cli.results.scorecard import Scorecard


def render(card: Scorecard) -> str:
    """Write figures beside their benchmarks as a page without a network."""
    rows = [line for line in card.lines if not left_out(line)]
    title, quiet = f"Scorecard, {label_of(card.period)}", title_of(card, rows).plain
    lead = [*([card.incomplete] if card.incomplete else []), verdict_line(rows).plain]
    return alone(title, scorecard_part(card), card, quiet=quiet, lead=lead)
