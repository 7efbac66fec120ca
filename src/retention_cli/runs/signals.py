"""From files to the accounts with signs, and to how right signs were in the past."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from retention_cli.errors import DataRefusedError
from retention_cli.results.facts import fields_of
from retention_cli.results.signals import Signals
from retention_cli.runs.options import today
from retention_cli.runs.reading import reading
from retention_cli.signs.accounts import FollowUps, flagged
from retention_cli.signs.backtest import backtest
from retention_cli.signs.history import History
from retention_cli.signs.told import told
from retention_cli.sources.follow_ups import find, follow_up_rows
from retention_cli.values.periods import Period

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from retention_cli.runs.options import Request
    from retention_cli.runs.reading import Reading


def signals(
    request: Request, *, tested: bool = False, learns: bool = False, follow_ups: Path | None = None
) -> Signals:
    """Find the accounts with early signs; with `tested`, also how right each rule was.

    With `learns` rules are weighed by the earlier months, and the weights tested on the later ones.

    They are as of the end of the period, or of the day that was told, else of the last date.
    Errors: DataRefusedError without a date, and for files that cannot be used; RetentionError for
        settings that cannot be followed.
    """
    thresholds = told(request.settings)
    path = follow_ups or find(request.beside)
    answered = _followed(path) if path else {}
    with reading(request) as read:
        last, assumed = last_day(request, read)
        close = last + timedelta(days=1)
        membership = read.dataset.membership(Period(last, close))
        history = History.of(read.dataset, membership, request.settings)
        exports = read.facts.exports
        found = flagged(read.dataset, history, close, thresholds, exports, FollowUps(answered))
        remarks = (*read.facts.remarks, *_strangers(path, answered, history))
        facts = replace(
            read.facts,
            period=request.period,
            assumed=assumed,
            remarks=remarks,
            unfinished=read.facts.unfinished if request.period else None,
            outside=read.facts.outside if request.period else None,
        )
        test = None
        if tested or learns:
            test = backtest(history, min(last, read.days[-1]), thresholds, learns=learns)
        return Signals(as_of=last, backtest=test, **fields_of(facts) | fields_of(found))


def last_day(request: Request, read: Reading) -> tuple[date, tuple[str, ...]]:
    """Settle the last day that is known, and say how, where nobody said it."""
    if request.period is not None:
        return request.period.last_day, ()
    if not read.days:
        raise DataRefusedError(
            "signals need dates, and nothing has a date up to today",
            "add invoices, tickets or surveys with dates",
        )
    if request.as_of is not None and request.as_of != today():
        return request.as_of, ()
    said = f"as of {read.days[-1]}, the last date in the exports; --as-of takes another"
    return read.days[-1], (said,)


def _followed(path: Path) -> dict[str, Sequence[date]]:
    found: dict[str, list[date]] = {}
    for row, customer, written in follow_up_rows(path):
        try:
            day = date.fromisoformat(written[:10])
        except ValueError:
            raise DataRefusedError(
                f"{path} row {row}: the date {written!r} is not written as 2025-03-31",
                "write year, month and day",
            ) from None
        found.setdefault(customer, []).append(day)
    return {customer: sorted(days) for customer, days in found.items()}


def _strangers(
    path: Path | None, answered: dict[str, Sequence[date]], history: History
) -> Iterator[str]:
    unknown = sorted(set(answered) - set(history.ids.to_pylist())) if answered else []
    if unknown:
        more = f" and {len(unknown) - 1:,} more" if len(unknown) > 1 else ""
        yield f"warning: {path}: no row of the exports is of customer '{unknown[0]}'{more}"
