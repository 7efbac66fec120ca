"""The answers to surveys that belong to a period."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

import narwhals.stable.v2 as nw

from retention_cli.frames.by_group import once_for_all
from retention_cli.frames.frames import Frame, has, listed, parts, totals
from retention_cli.frames.opened import Source
from retention_cli.values.measures import Measure, Part

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from retention_cli.values.periods import Period

LACKS = {"no-csat": "surveys of kind csat", "no-nps": "surveys of kind nps"}

ID = "answer_id"
"""The response id where there is one, else the place of the row in its file."""

TIMES = "_times"
"""How many answers a row stands for: one, but in a summary of how often each score was given."""

_TIMES = nw.col(TIMES)
_SENT = {"by_sending": nw.col("responded_at").is_null().cast(nw.Int64) * _TIMES}
_UNDATED = {"undated": nw.col("_day").is_null().cast(nw.Int64) * _TIMES}

ANSWERS = Source(
    "surveys",
    ("customer_id", "responded_at", "sent_at", "question", "score", "scale_min", "scale_max"),
)

_DATES = ("responded_at", "sent_at")

_NEVER = MappingProxyType({"csat": "no-csat", "nps": "no-nps"})
"""The codes of figures where the exports have no answer of the kind at all."""


@dataclass(frozen=True, slots=True)
class Scale:
    """The lowest and the highest score that a question allows; None where nothing says."""

    low: int | None
    high: int | None

    def __str__(self) -> str:
        return f"{self.low} to {self.high}" if self.width else "a scale without ends"

    @property
    def width(self) -> int:
        """How far apart the ends are; 0 where nothing says."""
        return self.high - self.low if self.high is not None and self.low is not None else 0

    def holds(self, score: int) -> bool:
        """Say whether a score is on the scale."""
        return bool(self.width) and score in range(self.low or 0, (self.high or 0) + 1)

    @property
    def mask(self) -> nw.Expr:
        """Mark the answers given on this scale."""
        return _equals("scale_min", self.low) & _equals("scale_max", self.high)


@dataclass(frozen=True, slots=True)
class Tally:
    """The answers to one kind of survey.

    Shape: `rows` has answer_id, score, _times and gained, which is how far the scores of a row are
    above the lowest of their scale. `scales` has how many answers were given on each scale, `gained` their sum.
    `known` says whether the exports have any such answer, of whatever period.
    """

    rows: Frame
    kind: str
    scales: Mapping[Scale, int]
    gained: Mapping[Scale, int]
    notes: tuple[str, ...]
    as_exported: bool
    known: bool

    @property
    def count(self) -> int:
        """How many answers there are."""
        return sum(self.scales.values())

    def parts(self, **masks: nw.Expr) -> dict[str, Part]:
        """Count the answers under each mask."""
        return parts(self.rows, key=ID, times=_TIMES, behind=ANSWERS, **masks)

    @property
    def mixture(self) -> tuple[str, ...]:
        """Note the scales where there are several."""
        if len(self.scales) < 2:
            return ()
        used = ", ".join(f"{scale} ({count})" for scale, count in self.scales.items())
        return (f"several scales, each answer on its own: {used}",)

    def undefined(self, code: str, message: str, hint: str | None = None) -> Measure:
        """Answer for a figure of these answers that has no value."""
        return Measure.undefined(
            code,
            message,
            hint=hint,
            sample_size=self.count,
            notes=self.notes,
            as_exported=self.as_exported,
        )

    def if_any(self) -> Tally | Measure:
        """Give the tally; where nobody answered, the answer of the figures that rest on it."""
        if self.count:
            return self
        code, when = ("no-answers", "period") if self.known else (_NEVER[self.kind], "exports")
        return self.undefined(code, f"no {self.kind.upper()} answers in the {when}")


class Answers(NamedTuple):
    """Answers of the period to every kind of survey.

    Shape: `rows` has a score in every row, `answer_id`, `_times`, kind, scale_min and scale_max. `kinds`
    are those that the exports have answers of. `as_exported` answers have no dates at all and
    belong to no period.
    """

    rows: Frame
    kinds: Collection[str]
    notes: tuple[str, ...] = ()
    as_exported: bool = False

    def of(self, kind: str) -> Tally:
        """Take the answers to one kind of survey."""
        rows = _of_kind(self.rows, kind)
        found = listed(_by_scale(rows))
        used = {Scale(row["scale_min"], row["scale_max"]): row for row in sorted(found, key=str)}
        return Tally(
            rows,
            kind,
            {scale: row[TIMES] for scale, row in used.items()},
            {scale: row["gained"] for scale, row in used.items()},
            self.notes,
            self.as_exported,
            kind in self.kinds,
        )


def answers(*, surveys: Frame, period: Period) -> Answers:
    """Take the answers of a period: those of its days by responded_at, or else by sent_at.

    Edge cases: a row without a score is not an answer. Where the exports have neither date, all
        answers count, as exported. A row with an answer_count stands for so many answers.
    Source: docs/definitions.md, "Voice of the customer".
    Example:
        >>> from retention_cli.values.periods import Period
        >>> from retention_cli.testing import frame
        >>> lines = ("responded_at,score,kind,scale_min,scale_max", "2025-06-03,5,csat,1,5")
        >>> june = Period.parse("2025-06")
        >>> answers(surveys=frame("surveys", *lines), period=june).of("csat").count
        1
    """
    answered = _answered(surveys)
    kinds = [row["kind"] for row in listed(answered.select("kind").unique())]
    if not has(answered, "_day"):
        return Answers(answered, kinds, as_exported=True)
    inside = _within(answered, period)
    return Answers(inside, kinds, _notes(answered, inside))


@once_for_all
def _answered(surveys: Frame) -> Frame:
    answered = _counted(named(surveys).filter(~nw.col("score").is_null()))
    day = day_of(surveys, *_DATES)
    return answered if day is None else answered.with_columns(day.alias("_day"))


@once_for_all
def _within(answered: Frame, period: Period) -> Frame:
    day = nw.col("_day")
    return answered.filter((day >= period.start) & (day < period.end))


@once_for_all
def _of_kind(rows: Frame, kind: str) -> Frame:
    above = (nw.col("score") - nw.col("scale_min")) * _TIMES
    return rows.filter(nw.col("kind") == kind).with_columns(above.alias("gained"))


@once_for_all
def _by_scale(rows: Frame) -> Frame:
    return rows.group_by("scale_min", "scale_max").agg(_TIMES.sum(), nw.col("gained").sum())


def _counted(answered: Frame) -> Frame:
    if not has(answered, "answer_count"):
        return answered.with_columns(nw.lit(1).cast(nw.Int64).alias(TIMES))
    times = nw.col("answer_count").fill_null(1).cast(nw.Int64)
    return answered.with_columns(times.alias(TIMES)).filter(nw.col(TIMES) > 0)


def day_of(surveys: Frame, *columns: str) -> nw.Expr | None:
    """Give the day of a row: of these columns, the first that is there and filled."""
    return _first_of(*(column for column in columns if has(surveys, column)))


@cache
def _first_of(*columns: str) -> nw.Expr | None:
    return nw.coalesce(*map(nw.col, columns)) if columns else None


@once_for_all
def named(surveys: Frame) -> Frame:
    """Name each row by its response id, or else by where it stands."""
    file = [nw.lit("file"), (nw.col("_file") + 1).cast(nw.String)] if has(surveys, "_file") else []
    row = nw.concat_str(*file, nw.lit("row"), nw.col("_row").cast(nw.String), separator=" ")
    known = [nw.col("response_id")] if has(surveys, "response_id") else []
    return surveys.with_columns(nw.coalesce(*known, row).alias(ID))


def _equals(column: str, value: int | None) -> nw.Expr:
    return nw.col(column).is_null() if value is None else nw.col(column) == value


def _notes(answered: Frame, inside: Frame) -> tuple[str, ...]:
    sent = _SENT if has(inside, "responded_at") else {"by_sending": _TIMES}
    by_sending, undated = totals(inside, **sent), totals(answered, **_UNDATED)
    return (
        *counted(
            "answers dated by sent_at because they have no responded_at", by_sending["by_sending"]
        ),
        *counted("answers left out because they have no date", undated["undated"]),
    )


def counted(what: str, count: int) -> tuple[str, ...]:
    """Note how often something was met; nothing where it was not."""
    return (f"{what}: {count}",) if count else ()
