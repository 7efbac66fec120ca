"""Early signs of customers, and which measures fit them, from Python."""

from __future__ import annotations

from typing import TYPE_CHECKING, Unpack

from retention_cli.api._requests import path_of, request_of, with_options
from retention_cli.api.results import Review, Signals
from retention_cli.results.facts import fields_of
from retention_cli.runs import review as _reviewing
from retention_cli.runs import signals as _finding

if TYPE_CHECKING:
    from retention_cli.api._requests import Place, Told


@with_options
def signals(
    *paths: Place,
    period: str | None = None,
    backtest: bool = False,
    learn: bool = False,
    follow_ups: Place | None = None,
    **told: Unpack[Told],
) -> Signals:
    """List the customers with early signs of leaving, those with most at stake first.

    Takes the files, folders and options of `retention signals`.
    Errors: RetentionError, of which `hint` says what to do.
    """
    request = request_of(locals())
    answered = path_of(follow_ups)
    found = _finding.signals(request, tested=backtest, learns=learn, follow_ups=answered)
    return Signals(**fields_of(found))


@with_options
def review(
    *paths: Place,
    period: str | None = None,
    benchmarks: Place | None = None,
    role: str | None = None,
    **told: Unpack[Told],
) -> Review:
    """Say which measures fit these customers, and what goes together with them.

    Takes the files, folders and options of `retention review`.
    Errors: RetentionError, of which `hint` says what to do.
    """
    return Review(**fields_of(_reviewing.review(request_of(locals()), role=role)))
