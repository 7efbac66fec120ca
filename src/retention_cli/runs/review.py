"""From files to a review: which measures fit, whether service and voice go together, and health."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from retention_cli.benchmarks.benchmarks import Role
from retention_cli.results.facts import fields_of
from retention_cli.results.review import Review
from retention_cli.runs.reading import reading
from retention_cli.runs.signals import last_day
from retention_cli.signs.accounts import people
from retention_cli.signs.health import card_of, healths
from retention_cli.signs.history import History, number_of
from retention_cli.signs.importance import importance
from retention_cli.signs.review import fits
from retention_cli.signs.told import told
from retention_cli.signs.voice import answers, quartiles, served, together
from retention_cli.values.periods import Period

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from retention_cli.results.review import Card
    from retention_cli.runs.options import Request

_REVIEWED_DAYS = 366
"""A benchmark that was looked at longer ago is to be looked at again."""


def review(request: Request, *, role: str | None = None) -> Review:
    """Say which measures fit this base, what goes together, how accounts do, and what is overdue.

    Errors: DataRefusedError without a date, and for files that cannot be used; RetentionError for
        settings that cannot be followed, and a role that the scorecard does not have.
    """
    horizon = int(told(request.settings)["horizon"])
    plans = (*request.benchmarks, *request.own_history)
    card = card_of(request.scorecards, role, plans)
    with reading(request) as read:
        last, assumed = last_day(request, read)
        close = last + timedelta(days=1)
        membership = read.dataset.membership(Period(last, close))
        history = History.of(read.dataset, membership, request.settings)
        past = history.at(number_of(close))
        found, absent, doubles = fits(history, close, horizon)
        ids = history.ids.to_pylist()
        said = answers(read.dataset, request.settings)
        facts = replace(
            read.facts,
            period=request.period,
            assumed=assumed,
            unfinished=read.facts.unfinished if request.period else None,
            outside=read.facts.outside if request.period else None,
        )
        min_n = request.settings.min_n
        return Review(
            as_of=last,
            customers=int(past.there.sum()),
            fits=found,
            absent=absent,
            doubles=doubles,
            together=tuple(together(said, read.dataset)) if said else (),
            quartiles=tuple(quartiles(said)) if said else (),
            served=tuple(served(said, read.dataset, min_n)) if said else (),
            importance=importance(read.dataset, past, request.settings),
            card=card,
            health=healths(past, ids, card, plans, people(read.dataset, ids)),
            overdue=tuple(_overdue(request, card, last)),
            min_n=min_n,
            notes=()
            if said
            else ("no tickets beside surveys: nothing is said of voice and service",),
            **fields_of(facts),
        )


def _overdue(request: Request, card: Card, day: date) -> Iterator[str]:
    """Say which benchmarks and scorecards are past their review, or lack an owner or a reason."""
    for one in (*request.benchmarks, *request.own_history):
        if one.role is not Role.TARGET:
            continue
        where = f"{one.kpi}{f' ({one.segment[1]})' if one.segment else ''}"
        lacks = [name for name in ("owner", "reason") if getattr(one, name) is None]
        if lacks:
            yield f"{where}: no {' and no '.join(lacks)}"
        if one.expires_on and one.expires_on < day:
            yield f"{where}: expired on {one.expires_on}"
        elif one.reviewed_on and (day - one.reviewed_on).days > _REVIEWED_DAYS:
            yield f"{where}: last reviewed on {one.reviewed_on}, more than a year ago"
    if request.scorecards is not None:
        lacks = [name for name in ("owner", "reason", "review_on") if getattr(card, name) is None]
        if lacks:
            yield f"[scorecard]: no {' and no '.join(lacks)}"
        if card.review_on and card.review_on < day:
            yield f"[scorecard]: to be reviewed on {card.review_on}"
