"""Why a cell is no date or time: the mistakes that have a name of their own."""

from __future__ import annotations

import re

_SHORT_YEAR = re.compile(
    r"[0-9]{1,2}(?P<mark>[-/.])(?:[0-9]{1,2}|[A-Za-z]{3})(?P=mark)[0-9]{2}(?:[ T].*)?"
)


def why_unread(text: str, what: str) -> str:
    """Say what is wrong with the text of a date or time that has none of the forms.

    Example:
        >>> why_unread("01/02/69", "date")
        'has a year of two digits: it may be of another century'
    """
    if _SHORT_YEAR.fullmatch(text):
        return "has a year of two digits: it may be of another century"
    if text.startswith("?"):
        return "is a time that the clocks of its zone skip, when they go forward"
    return f"is not a {what} that can be read"
