"""What a shell offers when somebody presses Tab: names that are known, and those the exports have."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable


def kpis(incomplete: str) -> list[str]:
    """Offer the names of figures."""
    from retention_cli.kpis import names

    return _starting(names(), incomplete)


def presets(incomplete: str) -> list[str]:
    """Offer the names of presets."""
    from retention_cli.text import listing

    return _starting(listing.names("mapping/presets", ".toml"), incomplete)


def formats(of: str) -> Callable[[str], list[str]]:
    """Give what offers the formats of a result."""

    def offered(incomplete: str) -> list[str]:
        from retention_cli import reports

        return _starting(reports.names(of), incomplete)

    return offered


def words(*known: str) -> Callable[[str], list[str]]:
    """Give what offers words; of several with commas between, the last is not at its end."""

    def offered(incomplete: str) -> list[str]:
        done, comma, last = incomplete.rpartition(",")
        return [f"{done}{comma}{one}" for one in _starting(known, last)]

    return offered


lengths = words("month", "quarter", "year")


def before_places(ctx: typer.Context, incomplete: str) -> list[str]:
    """Offer a figure where the first word is one; files after it are for the shell to find."""
    return [] if ctx.params.get("paths") else kpis(incomplete)


def columns(ctx: typer.Context, incomplete: str) -> list[str]:
    """Offer the columns that the exports on the line can be broken down by."""
    from retention_cli.runs import offered

    return _starting(offered.columns(_paths(ctx)), incomplete)


def periods(ctx: typer.Context, incomplete: str) -> list[str]:
    """Offer the periods that the exports on the line have."""
    from retention_cli.runs import offered

    return _starting(offered.periods(_paths(ctx)), incomplete)


def _paths(ctx: typer.Context) -> list[Path]:
    """Find the exports on a line that is not at its end yet: an option in the air leaves them over."""
    words = [Path(one) for one in (*(ctx.params.get("paths") or ()), *ctx.args)]
    return [path for path in words if path.exists()]


def _starting(names: Iterable[str], incomplete: str) -> list[str]:
    wanted = incomplete.casefold()
    return [name for name in names if name.casefold().startswith(wanted)]
