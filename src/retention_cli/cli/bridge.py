"""`retention bridge`: customers and money from the start to the end of a period, line by line."""

from __future__ import annotations

from functools import partial
from typing import Annotated

import typer

from retention_cli.cli._options import reading
from retention_cli.cli._way import Way


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command(name="bridge", epilog="Example: retention bridge exports/ --period 2025-Q2")(
        reading("bridge", "benchmarks")(_bridge)
    )


def _bridge(
    way: Way,
    *,
    members: Annotated[
        bool, typer.Option("--members", help="Show the customers of each line.")
    ] = False,
) -> None:
    """Walk from one period's customers and revenue to the next's."""
    from retention_cli.runs.bridge import bridge

    way.write(way.computed(partial(bridge, members=members)))
