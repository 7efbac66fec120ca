"""Which survey answers belong to, and the scale of their scores: what only a whole file tells."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from retention_cli.records.base import UnsettledError

if TYPE_CHECKING:
    from collections.abc import Mapping

CSAT, NPS = "csat", "nps"
GOOD, BAD = "1", "0"

_NO_ANSWER = ("", "offered", "not offered", "unoffered", "n/a", "na", "-", "none", "null")
_GOOD = ("good", "satisfied", "gut", "bon", "bueno", "positive", "happy")
_BAD = ("bad", "dissatisfied", "unsatisfied", "schlecht", "mauvais", "malo", "negative", "unhappy")


def worded_scores(cells: pa.Array, is_nps: pa.Array) -> tuple[pa.Array, pa.Array]:
    """Give the scores, and which of them were the words good or bad; NPS knows no such words."""
    folded = pc.fill_null(pc.utf8_lower(pc.utf8_trim_whitespace(cells)), "")
    no_answer = pc.is_in(folded, pa.array(_NO_ANSWER))
    good = pc.and_not(pc.is_in(folded, pa.array(_GOOD)), is_nps)
    bad = pc.and_not(pc.is_in(folded, pa.array(_BAD)), is_nps)
    answers = pc.if_else(no_answer, pa.scalar(None, pa.string()), cells)
    answers = pc.if_else(good, GOOD, pc.if_else(bad, BAD, answers))
    return answers, pc.or_(good, bad)


def kind_of(
    columns: Mapping[str, pa.Array], headers: Mapping[str, str], known: Mapping[str, str]
) -> tuple[pa.Array, str]:
    """Give the survey that each answer belongs to, and what says so.

    Errors: UnsettledError where nothing does.
    """
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


def fit_scales(columns: dict[str, pa.Array], *, is_nps: pa.Array, worded: pa.Array) -> None:
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


def csat_scale(scores: pa.StringArray) -> tuple[str | None, str | None]:
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
