"""The commands as functions: told the same, they go the same way, and give values instead of text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Unpack

from retention_cli.api._requests import names_files, path_of, request_of, texts_of, with_options
from retention_cli.api.results import Accounts, Check, Explanation, Scorecard
from retention_cli.results.facts import fields_of
from retention_cli.runs import accounts as _ranking
from retention_cli.runs import check as _checking
from retention_cli.runs import explain as _explaining
from retention_cli.runs.frozen_runs import keeping
from retention_cli.runs.score import score

if TYPE_CHECKING:
    from collections.abc import Iterable

    from retention_cli.api._requests import Place, Told


@with_options
def compute(  # noqa: PLR0913  # a keyword for each option of the command
    *paths: Place,
    period: str | None = None,
    by: str | None = None,
    start: Place | None = None,
    end: Place | None = None,
    benchmarks: Place | None = None,
    role: str | None = None,
    save: Place | None = None,
    **told: Unpack[Told],
) -> Scorecard:
    """Compute every KPI of a period and compare it with the benchmarks.

    Takes the files, folders and options of `retention compute`; `customers="people.csv"` and the
    like name a file as a kind of export. Rows not used are written to `rejects`, or nowhere;
    `save` freezes the run in a new folder.
    Errors: RetentionError, of which `hint` says what to do.
    """
    request = request_of(locals())
    return Scorecard(**fields_of(score(request, keep=keeping(path_of(save)), role=role)))


@with_options
def accounts(  # a keyword for each option of the command
    *paths: Place,
    period: str | None = None,
    by: str | None = None,
    members: bool = False,
    what_if: str | Iterable[str] = (),
    ledger: str | None = None,
    save: Place | None = None,
    **told: Unpack[Told],
) -> Accounts:
    """Rank the accounts of a period by profit, with totals that add up.

    Takes the files, folders and options of `retention accounts`, as `compute` does.
    Errors: RetentionError, of which `hint` says what to do.
    """
    request = request_of(locals())
    asked = _ranking.Asked(members=members, what_if=texts_of(what_if), ledger=ledger)
    return Accounts(**fields_of(_ranking.accounts(request, asked, keep=keeping(path_of(save)))))


@with_options
def check(
    *paths: Place,
    start: Place | None = None,
    end: Place | None = None,
    **told: Unpack[Told],
) -> Check:
    """Read and validate exports: what was recognised, what is wrong, and how to fix it.

    Takes the files, folders and options of `retention check`, as `compute` does. A file that
    cannot be used is not an error here: `usable` says whether all can.
    Errors: RetentionError for settings and options that cannot be followed.
    """
    return Check(**fields_of(_checking.check(request_of(locals()))))


@with_options
def explain(  # noqa: PLR0913  # a keyword for each option of the command
    kpi: str | None = None,
    *paths: Place,
    period: str | None = None,
    by: str | None = None,
    start: Place | None = None,
    end: Place | None = None,
    benchmarks: Place | None = None,
    members: str | None = None,
    id: str | None = None,  # noqa: A002  # as the option is called
    as_: str | None = None,
    bases: bool = False,
    **told: Unpack[Told],
) -> Explanation:
    """Open a figure of a period to its parts, and those to the members and rows behind them.

    With `id` they are those of one customer; without a KPI, of every figure.

    Takes the files, folders and options of `retention explain`, as `compute` does; without any
    file it gives the definition alone.
    Errors: RetentionError, of which `hint` says what to do.
    """
    said = locals()
    opens = id is not None or members is not None or as_ is not None or bases
    if kpi is not None and not (opens or paths or start or period or by or names_files(told)):
        return Explanation(**fields_of(_explaining.define(kpi)))
    asked = _explaining.Asked(kpi, customer=id, part=members, readings=as_, bases=bases)
    return Explanation(**fields_of(_explaining.explain(asked, request_of(said))))
