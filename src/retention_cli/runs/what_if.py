"""`--what-if`: steps as they are written."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING

from retention_cli.errors import RetentionError
from retention_cli.patterns import lazy_pattern
from retention_cli.results.what_if import Step
from retention_cli.values.measures import MONEY_SCALE

if TYPE_CHECKING:
    from collections.abc import Iterable

_NAMES = {
    "price": "revenue",
    "prices": "revenue",
    "revenue": "revenue",
    "direct_cost": "direct_cost",
    "cost_to_serve": "cost_to_serve",
}
_SPLIT = lazy_pattern(
    r"\s*(?:[,;+]|\band\b)\s*(?=(?:prices?|revenue|direct.cost|cost.to.serve|drop)\b)",
    re.IGNORECASE,
)
_NUMBER = r"([0-9]{1,12}(?:\.[0-9]{1,4})?)"
_CHANGE = lazy_pattern(
    rf"([a-z]+(?:[ _-][a-z]+)*)\s*([+-])\s*{_NUMBER}\s*(%)?(?:\s+for\s+(.+))?", re.IGNORECASE
)
_DROP = lazy_pattern(
    rf"drop\s+(?:losses|accounts)\s+below\s+(-?)\s*{_NUMBER}(?:\s+for\s+(.+))?", re.IGNORECASE
)
_HINT = 'write "price +3%", "cost_to_serve -10%", "drop losses below -1000", and "for Enterprise" behind a step'


def steps(written: Iterable[str]) -> tuple[Step, ...]:
    """Read steps; several may stand in one text, one after the other.

    Errors: RetentionError for a step that is none.
    Example:
        >>> [one.what for one in steps(["price +3%, drop losses below -1000 for Small"])]
        ['revenue', 'drop']
    """
    return tuple(_step(one.strip()) for text in written for one in _SPLIT.split(text))


def _step(text: str) -> Step:
    if found := _DROP.fullmatch(text):
        sign = -1 if found[1] else 1
        return Step(text, "drop", amount=sign * _amount(found[2]), only=found[3])
    found = _CHANGE.fullmatch(text)
    name = re.sub(r"[ -]", "_", found[1].casefold()) if found else ""
    if found is None or name not in _NAMES:
        raise RetentionError(f"--what-if: '{text}' is not a step", _HINT)
    sign = -1 if found[2] == "-" else 1
    if found[4]:
        percent = sign * Fraction(found[3]) / 100
        if percent < -1:
            raise RetentionError(
                f"--what-if: '{text}' takes more than there is", "write -100% at most"
            )
        return Step(text, _NAMES[name], percent=percent, only=found[5])
    if name in {"price", "prices"}:
        raise RetentionError(
            f"--what-if: '{text}': a price changes by a percentage", 'write "price +3%"'
        )
    return Step(text, _NAMES[name], amount=sign * _amount(found[3]), only=found[5])


def _amount(digits: str) -> Fraction:
    return Fraction(digits) * MONEY_SCALE
