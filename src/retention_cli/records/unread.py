"""Why a cell is no date or time: the mistakes that have a name of their own."""

from __future__ import annotations

import re
from datetime import UTC, datetime

_SHORT_YEAR = re.compile(
    r"[0-9]{1,2}(?P<mark>[-/.])(?:[0-9]{1,2}|[^\W\d_]{3,10}\.?)(?P=mark)[0-9]{2}(?:[ T,].*)?"
    r"|[0-9]{1,2}\.? [^\W\d_]{3,10}\.? [0-9]{2}(?:[ T,].*)?"
)
_SINCE_1970 = re.compile(r"([1-9][0-9]{8,9})(?:[0-9]{3})?(?:\.[0-9]+)?")
_SECONDS = range(10**9 // 2, 4_102_444_800)
"""Counts of seconds from November 1985 to the end of 2099."""


def why_unread(text: str, what: str) -> str:
    """Say what is wrong with the text of a date or time that has none of the forms.

    Example:
        >>> why_unread("01/02/69", "date").partition(":")[0]
        'has a year of two digits'
    """
    if _SHORT_YEAR.fullmatch(text):
        return (
            "has a year of two digits: it may be of another century; two_digit_years = 1950 under"
            " [[export]] in retention.toml says which"
        )
    found = _SINCE_1970.fullmatch(text)
    if found and int(found[1]) in _SECONDS:
        moment = datetime.fromtimestamp(int(found[1]), UTC)
        return f"may be a count since 1970 ({moment:%Y-%m-%d %H:%M:%S} UTC): export it as a {what}"
    if text.startswith("?"):
        return "is a time that the clocks of its zone skip, when they go forward"
    return f"is not a {what} that can be read"
