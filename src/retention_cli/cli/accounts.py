"""`retention accounts`: profit, cost to serve and margin per account, ranked."""

from __future__ import annotations

from functools import partial
from typing import Annotated

import typer

from retention_cli.cli._options import Save, Way, reading


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command(name="accounts", epilog="Example: retention accounts exports/ --period 2025")(
        reading("accounts", "benchmarks", "start", "end")(_accounts)
    )


def _accounts(
    way: Way,
    *,
    limit: Annotated[
        int, typer.Option(min=1, metavar="N", help="Accounts at each end of the table.")
    ] = 5,
    everything: Annotated[bool, typer.Option("--all", help="Show every account.")] = False,
    members: Annotated[
        bool, typer.Option("--members", help="Show the lines behind the costs of each account.")
    ] = False,
    save: Save = None,
) -> None:
    """Rank accounts by profit, with totals that add up."""
    from retention_cli.runs.accounts import Asked, accounts
    from retention_cli.runs.frozen_runs import keeping

    asked = Asked(limit=None if everything else limit, members=members)
    way.write(way.computed(partial(accounts, asked=asked, keep=keeping(save))))
