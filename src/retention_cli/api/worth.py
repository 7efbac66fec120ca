"""What customers and a step in retention are worth, from Python."""

from __future__ import annotations

from typing import TYPE_CHECKING, Unpack

from retention_cli.api._requests import request_of, with_options
from retention_cli.api.results import Impact, Lifetimes
from retention_cli.results.facts import fields_of
from retention_cli.runs import impact as _stepping

if TYPE_CHECKING:
    from retention_cli.api._requests import Place, Told


@with_options
def clv(  # noqa: PLR0913  # a keyword for each option of the command
    *paths: Place,
    period: str | None = None,
    by: str | None = None,
    start: Place | None = None,
    end: Place | None = None,
    horizon: str = "12m",
    model: str | None = None,
    backtest: str | None = None,
    bootstrap: int = 0,
    **told: Unpack[Told],
) -> Lifetimes:
    """Say what each customer is worth, by formula and by model, and how the model did on the past.

    Takes the files, folders and options of `retention clv`, as `compute` does.
    Errors: RetentionError, of which `hint` says what to do.
    """
    request = request_of(locals())
    from retention_cli.runs import clv as _valuing  # noqa: PLC0415  # models load scipy

    found = _valuing.clv(
        request, horizon=horizon, model=model, backtest=backtest, bootstrap=bootstrap
    )
    return Lifetimes(**fields_of(found))


@with_options
def impact(
    *paths: Place,
    period: str | None = None,
    retention: str | None = None,
    **told: Unpack[Told],
) -> Impact:
    """Say what a step in retention is worth under four readings, and what leavers cost.

    Takes the files, folders and options of `retention impact`, as `compute` does.
    Errors: RetentionError, of which `hint` says what to do.
    """
    return Impact(**fields_of(_stepping.impact(request_of(locals()), retention=retention)))
