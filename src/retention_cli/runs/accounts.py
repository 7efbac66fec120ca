"""From files to accounts."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

import pyarrow.compute as pc

from retention_cli.errors import DataRefusedError
from retention_cli.results.accounts import Accounts
from retention_cli.results.facts import fields_of
from retention_cli.runs.frozen_runs import frozen
from retention_cli.runs.ledger import beside_ledger
from retention_cli.runs.reading import reading
from retention_cli.runs.what_if import steps
from retention_cli.scoring.accounts import Occasion, rank_accounts
from retention_cli.scoring.cost_lines import CostLines
from retention_cli.scoring.freezing import of_ranking, rows_in
from retention_cli.scoring.what_if import what_if
from retention_cli.settings import DRIVERS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from retention_cli.dataset.dataset import Dataset
    from retention_cli.runs.frozen_runs import Keep
    from retention_cli.runs.options import Request
    from retention_cli.runs.reading import Reading
    from retention_cli.scoring.accounts import Ranking
    from retention_cli.settings import Settings


@dataclass(frozen=True, slots=True)
class Asked:
    """What is shown of accounts: so many at each end, the lines behind their costs, what if, a ledger."""

    limit: int | None = 5
    members: bool = False
    what_if: Sequence[str] = ()
    ledger: str | None = None


USUAL = Asked()


def accounts(request: Request, asked: Asked = USUAL, *, keep: Keep | None = None) -> Accounts:
    """Rank the accounts of a period by profit, added up for each value of a column if asked for.

    The run is frozen for whoever is to `keep` it.
    Errors: DataRefusedError without invoices or without a date, and for files that cannot be
        used; RetentionError for settings that cannot be followed.
    """
    told = steps(asked.what_if)
    with reading(request, keep=keep is not None) as read:
        found, ranking = _ranked(request, asked, read)
        if keep is not None:
            rows = rows_in(read.dataset, found.period)
            keep(frozen("accounts", request, read, partial(of_ranking, ranking, rows)))
        if told and found.reason is None:
            found = replace(found, what_if=what_if(found.accounts, told))
        if asked.ledger is not None:
            found = replace(found, ledger=beside_ledger(asked.ledger, found, request))
        return found


def ranked(request: Request, read: Reading) -> Accounts:
    """Rank the accounts of what was read.

    Errors: DataRefusedError without invoices or without a date.
    """
    return _ranked(request, USUAL, read)[0]


def _ranked(request: Request, asked: Asked, read: Reading) -> tuple[Accounts, Ranking]:
    if not read.dataset.has("invoices"):
        raise DataRefusedError(
            "accounts need invoices, and there is no invoice export here",
            "add an invoice export",
        )
    if (period := read.facts.period) is None:
        raise DataRefusedError("no invoice has a date up to today", "name a period: --period 2025")
    remarks = (*read.facts.remarks, *_idle_drivers(read.dataset, request.settings))
    facts = replace(read.facts, remarks=remarks)
    occasion = Occasion(period, dict(request.settings), facts.outside)
    ranking, made_of = rank_accounts(read.dataset, occasion, read.grouping)
    ids = [one.customer_id for one in ranking.accounts]
    found = Accounts(
        **fields_of(facts) | fields_of(ranking),
        members=asked.members,
        limit=asked.limit,
        lines=CostLines(read.dataset, made_of, period, facts.exports, ids),
    )
    if found.incomplete is None:
        return found, ranking
    return replace(found, notes=(*found.notes, found.incomplete)), ranking


def _idle_drivers(dataset: Dataset, settings: Settings) -> Iterator[str]:
    """Say which rates are of a category, person or role that no cost has."""
    columns = set(dataset.tables["costs"].column_names) if dataset.has("costs") else set()
    there: set[str] = set()
    for name in columns & {"category", "person", "role"}:
        there.update(pc.unique(dataset.tables["costs"][name]).drop_null().to_pylist())
    for name in settings.cost_drivers:
        if name not in DRIVERS and name not in there:
            yield f"warning: cost_drivers: no cost has the category '{name}'"
