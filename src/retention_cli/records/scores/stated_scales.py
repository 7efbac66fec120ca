"""The scale that a header states, put beside the answers; or the question that it leaves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from retention_cli.records.base import UnsettledError
from retention_cli.records.scores.stated import Stated, counts_down, stated_in

if TYPE_CHECKING:
    from collections.abc import Sequence

_NUMBER = r"\A-?[0-9]{1,6}(?:\.[0-9]+)?\z"
_NPS_TOP = 10
_USUAL = Stated(1, 5)


def take_stated(columns: dict[str, Any], header: str, cells: Any, is_nps: Any) -> Sequence[str]:
    """Give answers in numbers the scale that their header states; say so.

    NPS has a scale of its own, and a header that states another is asked about. A header is not
    heeded where every answer is in words.
    Errors: UnsettledError where the header makes a lower score the better answer.
    """
    numbers = pc.fill_null(pc.match_substring_regex(cells, _NUMBER), False)
    if not pc.any(numbers).as_py():
        return ()
    stated = stated_in(header)
    if counts_down(header):
        raise _turned_round(header, stated or _USUAL)
    if stated is None:
        return ()
    if stated.high != _NPS_TOP and pc.any(pc.and_(numbers, is_nps)).as_py():
        raise UnsettledError(
            "score",
            f"'{header}' says that scores go to {stated.high}, and those of NPS go to 10",
            "if they are CSAT answers on another scale, write in retention.toml:",
            lines=("[export.constants]", 'kind = "csat"', f'scale_max = "{stated.high}"'),
        )
    ours = pc.and_(pc.is_valid(cells), pc.invert(is_nps))
    if not pc.any(ours).as_py():
        return ()
    nothing = pa.scalar(None, pa.string())
    columns["scale_max"] = pc.if_else(ours, str(stated.high), nothing)
    if "scale_min" not in columns:
        columns["scale_min"] = pc.if_else(ours, str(stated.low), nothing)
    return (f"the scale of {stated.low} to {stated.high} is taken from header '{header}'",)


def _turned_round(header: str, stated: Stated) -> UnsettledError:
    low, high = stated
    turned = (f'"{score}" = "{low + high - score}"' for score in range(low, high + 1))
    return UnsettledError(
        "score",
        f"'{header}' says that a lower score is a better answer",
        "say in retention.toml which score each of them is, the highest for the best:",
        lines=("[export.values.score]", *turned, "[export.constants]", f'scale_max = "{high}"'),
    )
