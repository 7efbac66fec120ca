"""`retention accounts`: profit, cost to serve and margin per account, ranked."""

from __future__ import annotations

from functools import partial
from typing import Annotated

import typer

from retention_cli.cli._options import Save, reading
from retention_cli.cli._output import remark
from retention_cli.cli._way import Way
from retention_cli.errors import RetentionError


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
    what_if: Annotated[
        list[str] | None,
        typer.Option(
            "--what-if",
            metavar="STEP",
            help="Compute accounts after a change: 'price +3%', 'cost_to_serve -10%' or 'drop losses below -1000'.",
        ),
    ] = None,
    ledger: Annotated[
        str | None,
        typer.Option(
            metavar="AMOUNT|FILE", help="Revenue of the ledger, or a CSV of account and amount."
        ),
    ] = None,
    fail_on_difference: Annotated[
        bool,
        typer.Option("--fail-on-difference", help="Exit with code 1 if the ledger differs."),
    ] = False,
    save: Save = None,
) -> None:
    """Rank accounts by profit, with totals that add up."""
    from retention_cli.runs.accounts import Asked, accounts
    from retention_cli.runs.frozen_runs import keeping

    if fail_on_difference and ledger is None:
        raise RetentionError("--fail-on-difference needs a ledger", "add --ledger 351328.65")
    shown = None if everything else limit
    asked = Asked(limit=shown, members=members, what_if=what_if or (), ledger=ledger)
    found = way.computed(partial(accounts, asked=asked, keep=keeping(save)))
    way.write(found)
    if found.ledger is not None and not found.ledger.agrees:
        from retention_cli.reports.words.figures import ledger_differs

        remark([ledger_differs(found.ledger)], quiet=way.quiet and not fail_on_difference)
        if fail_on_difference:
            raise typer.Exit(1)
