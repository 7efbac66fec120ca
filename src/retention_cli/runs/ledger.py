"""`--ledger`: what the ledger has, beside the revenue of the accounts."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from retention_cli.errors import DataRefusedError, RetentionError, raise_together
from retention_cli.findings.rejects import RejectsFile
from retention_cli.loading.all_files import load
from retention_cli.loading.every_file import read_every
from retention_cli.patterns import lazy_pattern
from retention_cli.results.what_if import Ledger, LedgerLine
from retention_cli.sources.ledgers import KIND, located
from retention_cli.values.measures import MONEY_SCALE

if TYPE_CHECKING:
    from retention_cli.results.accounts import Accounts, Amount
    from retention_cli.runs.options import Request

_AMOUNT = lazy_pattern(r"-?[0-9]{1,15}(?:\.[0-9]{1,4})?")
_LIKE_AN_AMOUNT = lazy_pattern(r"[-+]?[0-9][0-9.,' ]*")


def beside_ledger(asked: str, found: Accounts, request: Request) -> Ledger:
    """Hold revenue against a ledger: its total, or its amounts by account.

    Errors: DataRefusedError for a ledger that cannot be read, and for revenue that does not add up.
    """
    accounts, nobody = found.totals.revenue, found.unallocated.revenue
    if accounts is None or nobody is None:
        raise DataRefusedError(
            "revenue does not add up, so no ledger can be held against it",
            "read one currency, or give rates",
        )
    if _AMOUNT.fullmatch(asked):
        return Ledger(accounts + nobody, Fraction(asked) * MONEY_SCALE, ())
    if _LIKE_AN_AMOUNT.fullmatch(asked):
        raise RetentionError(
            f"--ledger: '{asked}' is not an amount", "write it plainly: --ledger 351328.65"
        )
    ours: dict[str | None, Amount] = {one.customer_id: one.revenue for one in found.accounts}
    ours[None] = nobody
    theirs = _amounts(Path(asked), request)
    found_lines = (
        LedgerLine(id_, ours.get(id_, 0), theirs.get(id_, 0)) for id_ in {**ours, **theirs}
    )
    lines = [one for one in found_lines if one.difference]
    lines.sort(key=lambda one: (-abs(Fraction(one.difference)), one.account or ""))
    return Ledger(accounts + nobody, sum(theirs.values()), tuple(lines))


def _amounts(path: Path, request: Request) -> dict[str | None, Amount]:
    if not path.is_file():
        raise RetentionError(
            f"--ledger: {path} is not a file", "name a CSV file of accounts and amounts"
        )
    settings = request.settings.model_copy(update={"negative_costs": "credits", "tax": None})
    every = read_every([located(path)], settings)
    raise_together([error for _, error in every.refused])
    with RejectsFile(None) as rejects:
        loaded = load(every.parts, settings=settings, limit=request.limit, rejects=rejects)
    table = loaded.dataset.tables[KIND]
    if "customer_id" not in table.column_names:
        raise DataRefusedError(
            f"{path}: no column has the accounts", "keep two columns: account, amount"
        )
    sums: dict[str | None, Amount] = {}
    for id_, amount in zip(
        table["customer_id"].to_pylist(), table["amount"].to_pylist(), strict=True
    ):
        sums[id_] = sums.get(id_, 0) + amount
    return sums
