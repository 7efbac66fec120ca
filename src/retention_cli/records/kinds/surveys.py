"""An answer to a survey, or an invitation that nobody answered."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, ClassVar, Self

import pyarrow as pa
import pyarrow.compute as pc
from pydantic import BeforeValidator, model_validator
from pydantic_core import PydanticCustomError

from retention_cli.patterns import lazy_pattern
from retention_cli.records.base import Column, Record, Settled, Words
from retention_cli.records.fields import Day, OptionalId, Text, Whole
from retention_cli.records.header_names import headers
from retention_cli.records.scales import (
    CSAT,
    IMPORTANCE,
    NPS,
    csat_scale,
    doubted_nps,
    fit_scales,
    kind_of,
    refuse_two_scales,
)
from retention_cli.records.scores.columns import read_scores
from retention_cli.records.scores.stated_scales import take_stated

_KINDS = {
    CSAT: ("customer satisfaction", "satisfaction", "csat survey", "c-sat"),
    IMPORTANCE: ("importance survey", "wichtigkeit", "importancia", "importanza"),
    NPS: ("net promoter score", "net promoter", "nps survey", "recommendation"),
}
_BETWEEN = lazy_pattern(r"-?[0-9]{1,6}\.[0-9]{1,9}")


def _read_kind(value: object) -> str | None:
    if value not in {None, CSAT, NPS, IMPORTANCE}:
        raise PydanticCustomError("unknown-kind", "is not csat, nps or importance")
    return None if value is None else str(value)


def _prove_kind(cells: pa.StringArray) -> pa.Array:
    return pc.if_else(
        pc.is_in(cells, pa.array([CSAT, NPS, IMPORTANCE])), cells, pa.scalar(None, cells.type)
    )


def _refuse_between(value: object) -> object:
    if isinstance(value, str) and _BETWEEN.fullmatch(value) and float(value) % 1:
        raise PydanticCustomError(
            "bad-number",
            "lies between the steps of its scale: answers are whole numbers, NPS from 0 to 10",
        )
    return value


Score = Annotated[Whole, BeforeValidator(_refuse_between)]
SurveyKind = Annotated[str | None, BeforeValidator(_read_kind), Column(pa.string(), _prove_kind)]


class SurveyResponse(Record):
    """One row of a survey export. Without a score it is an invitation not answered."""

    key: ClassVar[tuple[str, ...]] = ("response_id", "question", "kind")
    dated_by: ClassVar[tuple[str, ...]] = ("responded_at", "sent_at")
    told_by: ClassVar[tuple[str, ...]] = (
        *("score", "response_id", "responded_at", "sent_at", "kind", "scale_max"),
    )
    figures_rest_on: ClassVar[tuple[str, ...]] = (
        *("score", "response_id", "customer_id", "responded_at", "sent_at", "kind", "scale_max"),
        *("scale_min", "answer_count"),
    )

    score: Annotated[Score, headers("surveys.score")]
    response_id: Annotated[OptionalId, headers("surveys.response_id")] = None
    customer_id: Annotated[OptionalId, headers("surveys.customer_id")] = None
    ticket_id: Annotated[OptionalId, headers("surveys.ticket_id")] = None
    responded_at: Annotated[Day, headers("surveys.responded_at")] = None
    sent_at: Annotated[Day, headers("surveys.sent_at")] = None
    kind: Annotated[
        SurveyKind,
        headers("surveys.kind"),
        Words(ours=_KINDS),
    ] = None
    scale_min: Annotated[Whole, headers("surveys.scale_min")] = None
    scale_max: Annotated[Whole, headers("surveys.scale_max")] = None
    agent: Annotated[Text, headers("surveys.agent")] = None
    comment: Annotated[Text, headers("surveys.comment")] = None

    question: Text = None
    """Which of several questions of one survey the answer is to."""
    answer_count: Whole = None
    """How often the score was given, where a row is not a single answer."""

    @model_validator(mode="after")
    def _score_is_on_its_scale(self) -> Self:
        if self.score is None:
            return self
        self._refuse_count()
        low, high = self.scale_min, self.scale_max
        if low is not None and high is not None and not low <= self.score <= high:
            raise PydanticCustomError(
                "score-off-scale",
                "score {score} is outside its scale of {low} to {high}",
                {"score": self.score, "low": low, "high": high, "column": "score"},
            )
        if self.kind == NPS and (low, high) != (0, 10):
            raise PydanticCustomError(
                "score-off-scale",
                "an NPS answer is on a scale of 0 to 10, not of {low} to {high}",
                {"low": low, "high": high, "column": "scale_max"},
            )
        if self.responded_at is None and "responded_at" in self.model_fields_set:
            raise PydanticCustomError(
                "missing-value",
                "responded_at is blank beside a score",
                {"column": "responded_at"},
            )
        return self

    def _refuse_count(self) -> None:
        """Refuse a summary of answers that does not say how many they are."""
        if "answer_count" not in self.model_fields_set:
            return
        if self.answer_count is None or self.answer_count < 0:
            blank = self.answer_count is None
            raise PydanticCustomError(
                "missing-value" if blank else "bad-number",
                "answer_count is blank beside a score"
                if blank
                else "answer_count is below 0: it says how often a score was given",
                {"column": "answer_count"},
            )

    @classmethod
    def suspects(cls, columns: Mapping[str, pa.Array]) -> pa.BooleanArray | None:
        """Mark scores off their scale and answers without their day."""
        score, kind = columns["score"], columns.get("kind")
        low, high = columns.get("scale_min"), columns.get("scale_max")
        found = pc.and_(pc.is_valid(score), pc.is_null(score))
        if low is not None and high is not None:
            off = pc.or_(pc.less(score, low), pc.greater(score, high))
            found = pc.or_(found, pc.fill_null(off, False))
            if kind is not None:
                other = pc.or_(pc.not_equal(low, 0), pc.not_equal(high, 10))
                found = pc.or_(found, pc.and_(pc.equal(kind, NPS), pc.fill_null(other, True)))
        elif kind is not None:
            found = pc.or_(found, pc.equal(kind, NPS))
        if (answered := columns.get("responded_at")) is not None:
            found = pc.or_(found, pc.and_(pc.is_valid(score), pc.is_null(answered)))
        if (count := columns.get("answer_count")) is not None:
            found = pc.or_(found, pc.less(pc.fill_null(count, -1), 0))
        return pc.and_(pc.is_valid(score), pc.fill_null(found, True))

    @classmethod
    def settle(
        cls, columns: Mapping[str, pa.Array], headers: Mapping[str, str], known: Mapping[str, str]
    ) -> Settled:
        """Decide which survey the answers belong to, and the scale of their scores.

        The kind comes from its column, from the header of the scores, or from the settings. The
        scale comes from its columns, from the settings, from the header, or from the scores themselves.
        Errors: UnsettledError where the kind or the scale stays open.
        """
        settled = dict(columns)
        assumed: list[str] = []
        if "kind" not in settled:
            settled["kind"], said = kind_of(settled, headers, known)
            assumed.append(said)
        is_nps = pc.fill_null(pc.equal(settled["kind"], NPS), False)
        scores = read_scores(columns["score"], is_nps)
        settled["score"] = scores.score
        assumed += scores.assumed
        refuse_two_scales(settled, scores)
        untold, decided = is_nps, scores.worded
        if "scale_max" not in settled:
            assumed += take_stated(settled, headers.get("score", ""), columns["score"], is_nps)
        if "scale_max" in settled:
            untold = pc.and_(is_nps, pc.is_null(settled["scale_max"]))
        else:
            others = pc.and_(pc.invert(is_nps), pc.is_null(scores.high))
            top, because = csat_scale(
                scores.score.filter(others),
                elsewhere=scores.high.filter(pc.not_equal(scores.high, "1")),
                lowest=known.get("scale_min"),
            )
            settled["scale_max"] = pc.if_else(is_nps, None, pa.scalar(top, pa.string()))
            assumed += [because] if because else []
            decided = decided or top
        doubt = doubted_nps(scores.score.filter(untold), scores.high)
        assumed += [doubt] if doubt else []
        fit_scales(settled, is_nps=is_nps, scores=scores)
        if counts := headers.get("answer_count"):
            assumed.append(f"each score counts as often as '{counts}' says")
        return Settled(settled, tuple(assumed), decided)


RECORD = SurveyResponse
