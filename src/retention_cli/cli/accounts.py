"""`retention accounts`: profit, cost to serve and margin per account, ranked."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from retention_cli.cli._options import Save, Way, reading

if TYPE_CHECKING:
    import typer


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command(name="accounts", epilog="Example: retention accounts exports/ --period 2025")(
        reading("accounts", "benchmarks")(_accounts)
    )


def _accounts(way: Way, *, save: Save = None) -> None:
    """Rank accounts by profit, with totals that add up."""
    from retention_cli.runs.accounts import accounts
    from retention_cli.runs.frozen_runs import keeping

    way.write(way.computed(partial(accounts, keep=keeping(save))))
