"""Early signs of customers, and which measures fit them, from Python."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from retention_cli.api._requests import request_of
from retention_cli.api.results import Review, Signals
from retention_cli.results.facts import fields_of
from retention_cli.runs import review as _reviewing
from retention_cli.runs import signals as _finding

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from retention_cli.api._requests import Headers, Place


def signals(  # noqa: PLR0913  # a keyword for each option of the command
    *paths: Place,
    period: str | None = None,
    as_of: str | date | None = None,
    config: Place | None = None,
    backtest: bool = False,
    follow_ups: Place | None = None,
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
) -> Signals:
    """List the customers with early signs of leaving, those with most at stake first.

    Takes the files, folders and options of `retention signals`.
    Errors: RetentionError, of which `hint` says what to do.
    """
    told = locals()
    del told["backtest"], told["follow_ups"]
    spoken = None if follow_ups is None else Path(follow_ups)
    found = _finding.signals(request_of(told), tested=backtest, follow_ups=spoken)
    return Signals(**fields_of(found))


def review(  # noqa: PLR0913  # a keyword for each option of the command
    *paths: Place,
    period: str | None = None,
    as_of: str | date | None = None,
    benchmarks: Place | None = None,
    config: Place | None = None,
    role: str | None = None,
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
) -> Review:
    """Say which measures fit these customers, and what goes together with them.

    Takes the files, folders and options of `retention review`.
    Errors: RetentionError, of which `hint` says what to do.
    """
    told = locals()
    del told["role"]
    return Review(**fields_of(_reviewing.review(request_of(told), role=role)))
