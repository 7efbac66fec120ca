"""An answer to a survey, or an invitation that nobody answered."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, ClassVar, Self

import pyarrow as pa
import pyarrow.compute as pc
from pydantic import BeforeValidator, model_validator
from pydantic_core import PydanticCustomError

from retention_cli.records.base import Column, Headers, Record, Settled, UnsettledError, Words
from retention_cli.records.fields import CUSTOMER_ID_NAMES, Day, OptionalId, Text, Whole

CSAT, NPS = "csat", "nps"
GOOD, BAD = "1", "0"

_KINDS = {
    CSAT: ("customer satisfaction", "satisfaction", "csat survey", "c-sat"),
    NPS: ("net promoter score", "net promoter", "nps survey", "recommendation"),
}
_BETWEEN = re.compile(r"-?[0-9]{1,6}\.[0-9]{1,9}")
_NO_ANSWER = ("", "offered", "not offered", "unoffered", "n/a", "na", "-", "none", "null")
_GOOD = ("good", "satisfied", "gut", "bon", "bueno", "positive", "happy")
_BAD = ("bad", "dissatisfied", "unsatisfied", "schlecht", "mauvais", "malo", "negative", "unhappy")


def _read_kind(value: object) -> str | None:
    if value not in {None, CSAT, NPS}:
        raise PydanticCustomError("unknown-kind", "is neither csat nor nps")
    return None if value is None else str(value)


def _prove_kind(cells: pa.StringArray) -> pa.Array:
    return pc.if_else(pc.is_in(cells, pa.array([CSAT, NPS])), cells, pa.scalar(None, cells.type))


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

    key: ClassVar[tuple[str, ...]] = ("response_id",)
    dated_by: ClassVar[tuple[str, ...]] = ("responded_at", "sent_at")
    told_by: ClassVar[tuple[str, ...]] = (
        *("score", "response_id", "responded_at", "sent_at", "kind", "scale_max"),
    )
    figures_rest_on: ClassVar[tuple[str, ...]] = (
        *("score", "response_id", "customer_id", "responded_at", "sent_at", "kind", "scale_max"),
    )

    score: Annotated[
        Score,
        Headers(
            strong=(
                *("weiterempfehlung", "weiterempfehlungsbereitschaft", "recommandation"),
                *("recomendacion",),
                "nps",
                "csat",
                "nps score",
                "csat score",
                "survey score",
                "net promoter score",
            ),
            weak=(
                *("zufriedenheit", "kundenzufriedenheit", "satisfaction client"),
                *("note de satisfaction", "satisfaccion", "satisfaccion del cliente"),
                *("puntuacion", "valoracion", "calificacion"),
                *("rating", "satisfaction score", "satisfaction", "satisfaction rating", "answer"),
                *("customer satisfaction rating", "customer rating", "response", "bewertung"),
            ),
        ),
    ]
    response_id: Annotated[
        OptionalId,
        Headers(
            strong=(
                *("antwort id", "umfrage id", "id reponse", "id de reponse"),
                *("id respuesta", "id de respuesta"),
                "survey id",
                "answer id",
                "respondent id",
                "submission id",
                "feedback id",
            ),
            weak=("id",),
        ),
    ] = None
    customer_id: Annotated[
        OptionalId,
        Headers(strong=CUSTOMER_ID_NAMES, weak=("customer", "kunde", "client", "cliente")),
    ] = None
    ticket_id: Annotated[
        OptionalId, Headers(strong=("ticket", "ticket number", "case id", "case number"))
    ] = None
    responded_at: Annotated[
        Day,
        Headers(
            strong=(
                *("beantwortet am", "umfragedatum", "date de reponse", "repondu le"),
                *("fecha de respuesta", "respondido el"),
                *("response date", "responded on", "answered at", "answered on", "answer date"),
                *("survey date", "submitted at", "submitted on", "completed at", "response time"),
                *("submission date", "date of response", "submit date", "antwortdatum"),
            ),
            weak=("date", "timestamp", "datum", "created at", "end date", "fecha"),
        ),
    ] = None
    sent_at: Annotated[
        Day,
        Headers(
            strong=(
                *("gesendet am", "versendet am", "versanddatum", "envoye le"),
                *("date d envoi", "enviado el", "fecha de envio"),
                "sent on",
                "sent date",
                "invited at",
                "invited on",
                "date sent",
                "sent",
            )
        ),
    ] = None
    kind: Annotated[
        SurveyKind,
        Headers(strong=("survey type", "survey kind", "survey"), weak=("type",)),
        Words(ours=_KINDS),
    ] = None
    scale_min: Annotated[Whole, Headers(strong=("min score", "lowest score"))] = None
    scale_max: Annotated[
        Whole, Headers(strong=("max score", "highest score", "out of", "scale"))
    ] = None
    agent: Annotated[Text, Headers(strong=("assignee", "agent name", "owner"))] = None
    comment: Annotated[
        Text,
        Headers(
            strong=(
                *("bemerkung", "anmerkung", "commentaire", "commentaires", "comentario"),
                *("comentarios",),
                "comments",
                "feedback",
                "verbatim",
                "kommentar",
                "remark",
            )
        ),
    ] = None

    @model_validator(mode="after")
    def _score_is_on_its_scale(self) -> Self:
        if self.score is None:
            return self
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
        return pc.and_(pc.is_valid(score), pc.fill_null(found, True))

    @classmethod
    def settle(
        cls, columns: Mapping[str, pa.Array], headers: Mapping[str, str], known: Mapping[str, str]
    ) -> Settled:
        """Decide which survey the answers belong to, and the scale of their scores.

        The kind comes from its column, from the header of the scores, or from the settings. The
        scale comes from its columns, from the settings, or from the scores themselves.
        Errors: UnsettledError where the kind or the scale stays open.
        """
        settled = dict(columns)
        assumed: list[str] = []
        if "kind" not in settled:
            settled["kind"], said = _kind_of(settled, headers, known)
            assumed.append(said)
        is_nps = pc.fill_null(pc.equal(settled["kind"], NPS), False)
        settled["score"], worded = _scores(columns["score"], is_nps)
        if "scale_max" not in settled:
            numbers = settled["score"].filter(pc.invert(pc.or_(is_nps, worded)))
            top, because = _csat_scale(numbers)
            settled["scale_max"] = pc.if_else(is_nps, None, pa.scalar(top, pa.string()))
            assumed += [because] if because else []
        _fit_scales(settled, is_nps=is_nps, worded=worded)
        return Settled(settled, tuple(assumed))


def _scores(cells: pa.Array, is_nps: pa.Array) -> tuple[pa.Array, pa.Array]:
    """Give the scores, and which of them were the words good or bad; NPS knows no such words."""
    folded = pc.fill_null(pc.utf8_lower(pc.utf8_trim_whitespace(cells)), "")
    no_answer = pc.is_in(folded, pa.array(_NO_ANSWER))
    good = pc.and_not(pc.is_in(folded, pa.array(_GOOD)), is_nps)
    bad = pc.and_not(pc.is_in(folded, pa.array(_BAD)), is_nps)
    answers = pc.if_else(no_answer, pa.scalar(None, pa.string()), cells)
    answers = pc.if_else(good, GOOD, pc.if_else(bad, BAD, answers))
    return answers, pc.or_(good, bad)


def _kind_of(
    columns: Mapping[str, pa.Array], headers: Mapping[str, str], known: Mapping[str, str]
) -> tuple[pa.Array, str]:
    header = headers.get("score", "")
    compact = re.sub(r"[\W_]", "", header.casefold())
    because = f"kind {{}} is taken from header '{header}'"
    if any(
        word in compact
        for word in ("nps", "promoter", "recommend", "empfehl", "recommand", "recomend")
    ):
        kind = NPS
    elif any(word in compact for word in ("csat", "satisf", "zufrieden")):
        kind = CSAT
    elif _never_ten(columns, known):
        kind, because = CSAT, "answers are taken as {}: their scale does not go to 10"
    else:
        raise UnsettledError(
            "score",
            "nothing says whether these are CSAT or NPS answers",
            'add a column "kind" (csat or nps), or in retention.toml: [export.constants]'
            ' kind = "csat"',
        )
    return pa.repeat(kind, len(columns["score"])), because.replace("{}", kind, 1)


def _never_ten(columns: Mapping[str, pa.Array], known: Mapping[str, str]) -> bool:
    if (told := known.get("scale_max")) is not None:
        return told != "10"
    if (highest := columns.get("scale_max")) is None or not pc.any(pc.is_valid(highest)).as_py():
        return False
    return not pc.any(pc.equal(_undecorated(highest), "10")).as_py()


def _undecorated(numbers: pa.Array) -> pa.Array:
    return pc.replace_substring_regex(numbers, r"\.0+\z", "")


def _fit_scales(columns: dict[str, pa.Array], *, is_nps: pa.Array, worded: pa.Array) -> None:
    """Give each answer the scale of its kind: NPS goes from 0 to 10, a word is good or bad.

    What the file says of the scale of other answers stays; the lowest score is filled in.
    """
    answered = pc.is_valid(columns["score"])
    highest = pc.if_else(answered, columns["scale_max"], pa.scalar(None, pa.string()))
    highest = pc.if_else(pc.and_(pc.and_(is_nps, answered), pc.is_null(highest)), "10", highest)
    highest = pc.if_else(worded, "1", highest)
    lowest = _lowest(highest)
    if (told := columns.get("scale_min")) is not None:
        lowest = pc.if_else(worded, "0", pc.coalesce(told, lowest))
    columns["scale_max"], columns["scale_min"] = highest, lowest


def _lowest(highest: pa.Array) -> pa.Array:
    from_zero = pc.is_in(_undecorated(highest), pa.array(["1", "10", "100"]))
    return pc.if_else(from_zero, "0", pc.if_else(pc.is_valid(highest), "1", None))


def _csat_scale(scores: pa.StringArray) -> tuple[str | None, str | None]:
    """Give the highest score of a CSAT scale, from the scores themselves."""
    whole = pc.match_substring_regex(scores, r"\A-?[0-9]{1,6}(\.0+)?\z")
    told = pc.cast(pc.cast(scores.filter(pc.fill_null(whole, False)), pa.float64()), pa.int64())
    if not len(told):
        return None, None
    low, high = pc.min(told).as_py(), pc.max(told).as_py()
    scale = 10 if low == 0 or high > 7 else 7 if high > 5 else 5
    if low < 0 or high > 10 or 0 < low <= high < 5:
        raise UnsettledError(
            "score",
            f"scores from {low} to {high} do not tell their scale",
            'add a column "scale_max", or in retention.toml: [export.constants] scale_max = "5"',
        )
    return str(scale), f"a CSAT scale to {scale} is taken from scores of {low} to {high}"


RECORD = SurveyResponse
