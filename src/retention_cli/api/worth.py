"""What customers and a step in retention are worth, from Python."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_cli.api._requests import request_of
from retention_cli.api.results import Impact, Lifetimes
from retention_cli.results.facts import fields_of
from retention_cli.runs import impact as _stepping

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from retention_cli.api._requests import Headers, Place


def clv(  # noqa: PLR0913  # a keyword for each option of the command
    *paths: Place,
    period: str | None = None,
    as_of: str | date | None = None,
    by: str | None = None,
    start: Place | None = None,
    end: Place | None = None,
    config: Place | None = None,
    horizon: str = "12m",
    model: str | None = None,
    backtest: str | None = None,
    bootstrap: int = 0,
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
) -> Lifetimes:
    """Say what each customer is worth, by formula and by model, and how the model did on the past.

    Takes the files, folders and options of `retention clv`, as `compute` does.
    Errors: RetentionError, of which `hint` says what to do.
    """
    told = locals()
    own = {name: told.pop(name) for name in ("horizon", "model", "backtest", "bootstrap")}
    from retention_cli.runs import clv as _valuing  # noqa: PLC0415  # models load scipy

    return Lifetimes(**fields_of(_valuing.clv(request_of(told), **own)))


def impact(  # noqa: PLR0913  # a keyword for each option of the command
    *paths: Place,
    period: str | None = None,
    as_of: str | date | None = None,
    config: Place | None = None,
    retention: str = "+5pp",
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
) -> Impact:
    """Say what a step in retention is worth under four readings, and what leavers cost.

    Takes the files, folders and options of `retention impact`, as `compute` does.
    Errors: RetentionError, of which `hint` says what to do.
    """
    told = locals()
    step = told.pop("retention")
    return Impact(**fields_of(_stepping.impact(request_of(told), retention=step)))
