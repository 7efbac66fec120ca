"""The commands as functions: told the same, they go the same way, and give values instead of text."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from retention_cli.api._requests import request_of
from retention_cli.api.results import Accounts, Check, Explanation, Scorecard
from retention_cli.results.facts import fields_of
from retention_cli.runs import accounts as _ranking
from retention_cli.runs import check as _checking
from retention_cli.runs import explain as _explaining
from retention_cli.runs.frozen_runs import keeping
from retention_cli.runs.score import score

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from retention_cli.api._requests import Headers, Place


def compute(  # noqa: PLR0913  # a keyword for each option of the command
    *paths: Place,
    period: str | None = None,
    as_of: str | date | None = None,
    by: str | None = None,
    start: Place | None = None,
    end: Place | None = None,
    benchmarks: Place | None = None,
    config: Place | None = None,
    save: Place | None = None,
    rejects: Place | None = None,
    max_rejects: str | int = "5%",
    strict: bool = False,
    date_order: str | None = None,
    decimal: str | None = None,
    currency: str | None = None,
    tz: str | None = None,
    encoding: str | None = None,
    delimiter: str | None = None,
    sheet: str | None = None,
    stdin_name: str | None = None,
    preset: str | Iterable[str] = (),
    map: Headers | None = None,  # noqa: A002  # as the option is called
    ignore: str | Iterable[str] = (),
    **named: Place | Iterable[Place],
) -> Scorecard:
    """Compute every KPI of a period and compare it with the benchmarks.

    Takes the files, folders and options of `retention compute`; `customers="people.csv"` and the
    like name a file as a kind of export. Rows not used are written to `rejects`, or nowhere;
    `save` freezes the run in a new folder.
    Errors: RetentionError, of which `hint` says what to do.
    """
    told = locals()
    keep = keeping(_folder(told.pop("save")))
    return Scorecard(**fields_of(score(request_of(told), keep=keep)))


def accounts(  # noqa: PLR0913  # a keyword for each option of the command
    *paths: Place,
    period: str | None = None,
    as_of: str | date | None = None,
    by: str | None = None,
    config: Place | None = None,
    members: bool = False,
    what_if: str | Iterable[str] = (),
    ledger: str | None = None,
    save: Place | None = None,
    rejects: Place | None = None,
    max_rejects: str | int = "5%",
    strict: bool = False,
    date_order: str | None = None,
    decimal: str | None = None,
    currency: str | None = None,
    tz: str | None = None,
    encoding: str | None = None,
    delimiter: str | None = None,
    sheet: str | None = None,
    stdin_name: str | None = None,
    preset: str | Iterable[str] = (),
    map: Headers | None = None,  # noqa: A002  # as the option is called
    ignore: str | Iterable[str] = (),
    **named: Place | Iterable[Place],
) -> Accounts:
    """Rank the accounts of a period by profit, with totals that add up.

    Takes the files, folders and options of `retention accounts`, as `compute` does.
    Errors: RetentionError, of which `hint` says what to do.
    """
    told = locals()
    keep = keeping(_folder(told.pop("save")))
    steps = told.pop("what_if")
    steps = (steps,) if isinstance(steps, str) else tuple(steps)
    asked = _ranking.Asked(members=told.pop("members"), what_if=steps, ledger=told.pop("ledger"))
    return Accounts(**fields_of(_ranking.accounts(request_of(told), asked, keep=keep)))


def check(  # noqa: PLR0913  # a keyword for each option of the command
    *paths: Place,
    as_of: str | date | None = None,
    start: Place | None = None,
    end: Place | None = None,
    config: Place | None = None,
    rejects: Place | None = None,
    max_rejects: str | int = "5%",
    strict: bool = False,
    date_order: str | None = None,
    decimal: str | None = None,
    currency: str | None = None,
    tz: str | None = None,
    encoding: str | None = None,
    delimiter: str | None = None,
    sheet: str | None = None,
    stdin_name: str | None = None,
    preset: str | Iterable[str] = (),
    map: Headers | None = None,  # noqa: A002  # as the option is called
    ignore: str | Iterable[str] = (),
    **named: Place | Iterable[Place],
) -> Check:
    """Read and validate exports: what was recognised, what is wrong, and how to fix it.

    Takes the files, folders and options of `retention check`, as `compute` does. A file that
    cannot be used is not an error here: `usable` says whether all can.
    Errors: RetentionError for settings and options that cannot be followed.
    """
    return Check(**fields_of(_checking.check(request_of(locals()))))


def explain(  # noqa: PLR0913  # a keyword for each option of the command
    kpi: str | None = None,
    *paths: Place,
    period: str | None = None,
    as_of: str | date | None = None,
    by: str | None = None,
    start: Place | None = None,
    end: Place | None = None,
    benchmarks: Place | None = None,
    config: Place | None = None,
    members: str | None = None,
    id: str | None = None,  # noqa: A002  # as the option is called
    as_: str | None = None,
    bases: bool = False,
    rejects: Place | None = None,
    max_rejects: str | int = "5%",
    strict: bool = False,
    date_order: str | None = None,
    decimal: str | None = None,
    currency: str | None = None,
    tz: str | None = None,
    encoding: str | None = None,
    delimiter: str | None = None,
    sheet: str | None = None,
    stdin_name: str | None = None,
    preset: str | Iterable[str] = (),
    map: Headers | None = None,  # noqa: A002  # as the option is called
    ignore: str | Iterable[str] = (),
    **named: Place | Iterable[Place],
) -> Explanation:
    """Open a figure of a period to its parts, and those to the members and rows behind them.

    With `id` they are those of one customer; without a KPI, of every figure.

    Takes the files, folders and options of `retention explain`, as `compute` does; without any
    file it gives the definition alone.
    Errors: RetentionError, of which `hint` says what to do.
    """
    told = locals()
    opens = id is not None or members is not None or as_ is not None or bases
    if kpi is not None and not (opens or paths or named or start or period or by or config):
        return Explanation(**fields_of(_explaining.define(kpi)))
    del told["kpi"], told["members"], told["id"], told["as_"], told["bases"]
    asked = _explaining.Asked(kpi, customer=id, part=members, readings=as_, bases=bases)
    return Explanation(**fields_of(_explaining.explain(asked, request_of(told))))


def _folder(place: Place | None) -> Path | None:
    return None if place is None else Path(place)
