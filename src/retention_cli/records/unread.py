"""Why a cell is not a date or time: the mistakes that have a name of their own."""

from __future__ import annotations

from datetime import UTC, date, datetime

from retention_cli.patterns import lazy_pattern

_SHORT_YEAR = lazy_pattern(
    r"[0-9]{1,2}(?P<mark>[-/.])(?:[0-9]{1,2}|[^\W\d_]{3,10}\.?)(?P=mark)[0-9]{2}(?:[ T,].*)?"
    r"|[0-9]{1,2}\.? [^\W\d_]{3,10}\.? [0-9]{2}(?:[ T,].*)?"
)
_SKIPPED = lazy_pattern(r"\?[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}")
"""How mapping marks a time that it could read, and that no clock showed."""
_ZONE = lazy_pattern(
    r".*:[0-9]{2}(?:\.[0-9]+)?(?: ?[AaPp][Mm])? ?[(\[]?"
    r"(?P<zone>(?!AM|PM)[A-Z]{2,5}|[A-Z][A-Za-z]+(?:/[A-Za-z_]+)+)[)\]]?"
)
"""A time behind which a zone stands by its name, or by a short one."""
_WORD = lazy_pattern(r"[^\W\d_]+(?: [^\W\d_]+){0,3}")
_STAMP = lazy_pattern(r"[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{1,2}[-/.][0-9]{1,2}[-/.][0-9]{2,4}")
_SINCE_1970 = lazy_pattern(r"([1-9][0-9]{8,9})(?:[0-9]{3})?(?:\.[0-9]+)?")
_SECONDS = range(10**9 // 2, 4_102_444_800)
"""Counts of seconds from November 1985 to the end of 2099."""
_FIRST_YEAR = 1970


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
    if _SKIPPED.fullmatch(text):
        return "is a time that the clocks of its zone skip, when they go forward"
    if zoned := _ZONE.fullmatch(text):
        return (
            f"ends with the zone '{zoned['zone']}', which is not one offset from UTC: export times"
            " with theirs, such as 09:00+02:00"
        )
    if _WORD.fullmatch(text):
        return (
            f"is not a {what} that can be read; if it stands for a blank, write '{text}' = '' under"
            " [export.values] of its column"
        )
    return f"is not a {what} that can be read"


def or_blank(moment: date, column: str) -> str:
    """Say how a day of the first ones that systems know is read as a blank cell.

    Example:
        >>> or_blank(date(1900, 1, 1), "end_date")[:29], or_blank(date(2025, 1, 1), "end_date")
        ('; if it stands for a blank, w', '')
    """
    if moment.year > _FIRST_YEAR:
        return ""
    return f"; if it stands for a blank, write the cell = '' under [export.values.{column}]"


def why_no_duration(text: str) -> str:
    """Say what is wrong with the text of a duration that has none of the forms.

    Example:
        >>> why_no_duration("2025-06-03 10:00:00").partition(":")[0]
        'is a time stamp, not a duration'
    """
    if _STAMP.match(text):
        return (
            "is a time stamp, not a duration: give its column to first_response_at or resolved_at"
            " under [export.columns]"
        )
    return "is not a duration that can be read"
