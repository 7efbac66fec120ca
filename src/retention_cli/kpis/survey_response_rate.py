"""Response rate of surveys."""

from __future__ import annotations

from fractions import Fraction
from functools import partial
from typing import TYPE_CHECKING

import narwhals.stable.v2 as nw

from retention_cli.frames.frames import Frame, collect, has, listed, parts, totals
from retention_cli.frames.opened import Rows
from retention_cli.kpis.ingredients.answers import ANSWERS, ID, counted, day_of, named
from retention_cli.kpis.registry import BY_SAMPLE, Group, kpi
from retention_cli.values.intervals import wilson
from retention_cli.values.measures import Better, Measure, Unit

if TYPE_CHECKING:
    import pyarrow as pa

    from retention_cli.values.periods import Period

LACKS = {"not-in-export": "surveys.sent_at, with the invitations that were not answered"}


@kpi(
    title="Survey response rate",
    unit=Unit.RATIO,
    better=Better.HIGHER,
    group=Group.VOICE,
    place=40,
    aliases=("survey_response",),
    highest=1,
    ratio=BY_SAMPLE,
)
def survey_response_rate(*, surveys: Frame, period: Period) -> Measure:
    """Share of the invitations to a survey that were answered.

    Formula: answered / sent, over the invitations of the period, to every kind of survey.
    Unit: ratio, 0 to 1.
    Edge cases: only files with a sent_at, their own or that of a preset, hold invitations: a
        blank score alone is not an invitation. An invitation belongs to the day it was sent, or
        else to the day of its answer. One without either is left out, and a note counts it. An
        answer that came after the period counts. Several questions of one survey are one
        invitation, answered where any is.
    Errors: undefined (not-in-export) where the export has no invitations, or answers only: a rate
        over answers would be 100 %; (no-invitations) where none belongs to the period.
    Source: docs/definitions.md, "Voice of the customer".
    Example:
        >>> from retention_cli.testing import figure
        >>> answers = ("sent_at,score", "2025-06-02,5", "2025-06-02,")
        >>> figure("survey_response_rate", "2025-06", surveys=answers).value
        Fraction(1, 2)
    """
    rows = _invitations(surveys)
    if rows is None:
        return _without_invitations(as_exported=day_of(surveys, "sent_at", "responded_at") is None)
    day, answered = nw.col("_day"), nw.col("_answered")
    dated = ~day.is_null()
    found = totals(rows, silent=_ones(dated & ~answered), undated=_ones(~dated))
    notes = counted("invitations left out because they have no date", found["undated"])
    if not found["silent"]:
        return _without_invitations(notes)
    rows = rows.filter((day >= period.start) & (day < period.end))
    counts = parts(
        rows,
        key=ID,
        behind=partial(_behind, surveys),
        answered=answered,
        sent=~nw.col(ID).is_null(),
    )
    replies, sent = counts["answered"].total, counts["sent"].total
    if not sent:
        return Measure.undefined("no-invitations", "no invitations in the period", notes=notes)
    return Measure.of(
        Fraction(replies, sent),
        counts,
        sample_size=sent,
        interval=wilson(replies, sent),
        notes=notes,
    )


def _without_invitations(notes: tuple[str, ...] = (), *, as_exported: bool = False) -> Measure:
    return Measure.undefined(
        "not-in-export",
        "the exports hold no unanswered invitations that could be placed",
        hint="export the invitations too: sent_at, and a score that is blank",
        notes=notes,
        as_exported=as_exported,
    )


def _invitations(surveys: Frame) -> Frame | None:
    """Take the rows of files that say when they were sent: one of each invitation."""
    day = day_of(surveys, "sent_at", "responded_at")
    several = has(surveys, "question")
    if day is None or not has(surveys, "sent_at"):
        return None
    if several and not has(surveys, "response_id"):
        return None
    rows = named(surveys)
    if has(rows, "_file"):
        sent = listed(rows.filter(~nw.col("sent_at").is_null()).select("_file").unique())
        rows = rows.filter(nw.col("_file").is_in([row["_file"] for row in sent]))
    rows = rows.with_columns(day.alias("_day"), (~nw.col("score").is_null()).alias("_answered"))
    if not several:
        return rows
    return rows.group_by(ID).agg(nw.col("_day").min(), nw.col("_answered").max())


def _behind(surveys: Frame, name: str, ids: pa.ChunkedArray) -> tuple[Rows, ...]:
    """Give the rows of invitations, all questions of each."""
    del name
    rows = collect(named(surveys))
    return (Rows.of(ANSWERS.kind, rows, member=ID, cells=ANSWERS.cells).among(ids),)


def _ones(mask: nw.Expr) -> nw.Expr:
    return mask.cast(nw.Int64)
