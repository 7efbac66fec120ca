"""Which survey answers belong to, and the scale of their scores: what only a whole file tells."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from retention_cli.records.base import UnsettledError
from retention_cli.records.scores.columns import ENOUGH
from retention_cli.records.scores.stated import stated_in

if TYPE_CHECKING:
    from collections.abc import Mapping

    from retention_cli.records.scores.columns import Scores

_NPS_TOP = 10
CSAT, NPS, IMPORTANCE = "csat", "nps", "importance"

_WHOLE = r"\A-?[0-9]{1,6}(\.0+)?\z"
_STEMS = {
    NPS: (
        "nps",
        "promoter",
        "recommend",
        "empfehl",
        "recommand",
        "recomend",
        "recomiend",
        "raccomand",
        "aanbeve",
        "beveelt",
        "aanraad",
        "consiglierest",
        "consigliereb",
        "conseilleri",
    ),
    CSAT: ("csat", "satisf", "zufrieden", "soddisf", "tevreden", "nojd", "tilfreds"),
}


def kind_told_by(header: str) -> str | None:
    """Give the survey that a header covers, if it covers one.

    Example:
        >>> kind_told_by("How likely are you to recommend us?"), kind_told_by("Score")
        ('nps', None)
    """
    compact = re.sub(r"[\W_]", "", header.casefold())
    return next((k for k, stems in _STEMS.items() if any(s in compact for s in stems)), None)


def kind_of(
    columns: Mapping[str, pa.Array], headers: Mapping[str, str], known: Mapping[str, str]
) -> tuple[pa.Array, str]:
    """Give the survey that each answer belongs to, and what says so.

    Errors: UnsettledError where nothing does.
    """
    header = headers.get("score", "")
    kind, because = kind_told_by(header), f"kind {{}} is taken from header '{header}'"
    stated = stated_in(header)
    called = set(re.findall(r"[a-z]+", headers.get("file", "").casefold()))
    if kind is None and len(told := called & {CSAT, NPS}) == 1:
        kind, because = told.pop(), "answers are taken as {}: the file is called so"
    if kind is None and (_never_ten(columns, known) or (stated and stated.high != _NPS_TOP)):
        kind, because = CSAT, "answers are taken as {}: their scale does not go to 10"
    if kind is None:
        raise UnsettledError(
            "score",
            "the export does not say whether these are CSAT or NPS answers",
            'add a column "kind" (csat or nps), or in retention.toml: [export.constants]'
            ' kind = "csat"; or type --map surveys.kind=csat, or surveys.kind=nps',
            constants={"kind": (CSAT, NPS)},
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


def fit_scales(columns: dict[str, pa.Array], *, is_nps: pa.Array, scores: Scores) -> None:
    """Give each answer the scale of its kind: NPS goes from 0 to 10, words have their own.

    What the file says of the scale of other answers stays; the lowest score is filled in.
    """
    answered = pc.is_valid(columns["score"])
    highest = pc.if_else(answered, columns["scale_max"], pa.scalar(None, pa.string()))
    highest = pc.if_else(pc.and_(pc.and_(is_nps, answered), pc.is_null(highest)), "10", highest)
    highest = pc.coalesce(scores.high, highest)
    lowest = _lowest(highest)
    if (told := columns.get("scale_min")) is not None:
        lowest = pc.coalesce(told, lowest)
    columns["scale_max"], columns["scale_min"] = highest, pc.coalesce(scores.low, lowest)


def refuse_two_scales(columns: Mapping[str, pa.Array], scores: Scores) -> None:
    """Refuse scores that name their highest one where a column or the settings name another.

    Words for good and bad are a scale of their own whatever the file says of the others.
    Errors: UnsettledError.
    """
    told = columns.get("scale_max")
    if told is None:
        return
    own = pc.and_(pc.is_valid(scores.high), pc.not_equal(scores.high, "1"))
    other = pc.and_(own, pc.not_equal(_undecorated(told), scores.high))
    if pc.any(other).as_py():
        place = pc.index(pc.fill_null(other, False), True).as_py()
        raise UnsettledError(
            "score",
            f"an answer is on a scale to {scores.high[place]}, and scale_max says {told[place]}",
            "leave scale_max out, or correct it: the answers say what their highest score is",
        )


def _lowest(highest: pa.Array) -> pa.Array:
    from_zero = pc.is_in(_undecorated(highest), pa.array(["1", "10", "100"]))
    return pc.if_else(from_zero, "0", pc.if_else(pc.is_valid(highest), "1", None))


def _numbers(scores: Any) -> Any:
    whole = pc.fill_null(pc.match_substring_regex(scores, _WHOLE), False)
    return pc.cast(pc.cast(scores.filter(whole), pa.float64()), pa.int64())


def csat_scale(
    scores: Any, *, elsewhere: Any = None, lowest: str | None = None
) -> tuple[str | None, str | None]:
    """Give the highest score of a CSAT scale, from the scores themselves.

    `elsewhere` are the highest scores that other answers of the file name; `lowest` is the lowest
    one, where the file or the settings tell it.
    """
    named = pc.unique(elsewhere).drop_null().to_pylist() if elsewhere is not None else []
    told = _numbers(scores)
    if not len(told):
        return None, None
    if len(named) == 1:
        return named[0], f"a CSAT scale to {named[0]} is taken from answers that name it"
    low, high = pc.min(told).as_py(), pc.max(told).as_py()
    if low == 0 and high <= 1 and lowest is None:
        return "1", "a CSAT of 0 and 1 alone is taken as bad and good"
    scale = 10 if (low == 0 and lowest != "0") or high > 7 else 7 if high > 5 else 5
    unclear = lowest == "0" and high <= 5
    if low < 0 or high > 10 or 0 < low <= high < 5 or unclear:
        raise UnsettledError(
            "score",
            f"scores from {low} to {high} do not show their scale",
            'add a column "scale_max", or in retention.toml: [export.constants] scale_max = "5"',
            constants={"scale_max": ("5", "7", "10")},
        )
    return str(scale), f"a CSAT scale to {scale} is taken from scores of {low} to {high}"


def doubted_nps(scores: Any, highest: Any) -> str | None:
    """Say that no NPS answer is above 5, as on four faces or five points, and ask for the scale.

    Errors: UnsettledError where there are too many answers for that to be by chance.
    """
    told = _numbers(scores)
    if not len(told) or pc.max(told).as_py() > 5 or pc.any(pc.equal(highest, "10")).as_py():
        return None
    why = f"no NPS answer is above 5 ({len(told)} answers), and NPS goes from 0 to 10"
    if len(told) >= ENOUGH:
        raise UnsettledError(
            "score",
            f"{why}: their scale is not told",
            "say in retention.toml what the highest score is, 10 for NPS; on another scale they are"
            " CSAT answers:",
            lines=("[export.constants]", 'scale_max = "10"'),
        )
    return f'{why}: scale_max = "10" under [export.constants] says that the scale is right'
