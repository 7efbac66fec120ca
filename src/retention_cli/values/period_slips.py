"""What somebody most likely meant who wrote a period in a form that is not read."""

from __future__ import annotations

from retention_cli.errors import nearest
from retention_cli.patterns import lazy_pattern

_WORDS = ("last-month", "last-quarter")
_NAMES = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_MARK = r"[-/. _]*"
_NAME = rf"({'|'.join(_NAMES)})[a-z]*"
_FORMS = (
    (lazy_pattern(rf"(?P<year>\d{{4}}){_MARK}q(?P<quarter>[1-4])"), "quarter"),
    (lazy_pattern(rf"q(?P<quarter>[1-4]){_MARK}(?P<year>\d{{4}})"), "quarter"),
    (lazy_pattern(r"(?P<year>\d{4})[-/. _]*(?P<month>(?<!\d)\d|\d\d)"), "month"),
    (lazy_pattern(r"(?P<month>\d{1,2})[-/. ](?P<year>\d{4})"), "month"),
    (lazy_pattern(rf"(?P<month>{_NAME}){_MARK}(?P<year>\d{{4}})"), "month"),
    (lazy_pattern(rf"(?P<year>\d{{4}}){_MARK}(?P<month>{_NAME})"), "month"),
)
_DAYS = lazy_pattern(r"(\d{4}-\d\d-\d\d)\s*(?:\.{1,4}|:|/|to|until|-)\s*(\d{4}-\d\d-\d\d)")


def meant(text: str) -> str | None:
    """Give the period that a text most likely means, in a form that may be read.

    Example:
        >>> meant("2025-6"), meant("June 2025"), meant("Q2/2025"), meant("lastmonth")
        ('2025-06', '2025-06', '2025-Q2', 'last-month')
    """
    written = text.strip().casefold()
    for pattern, kind in _FORMS:
        if found := pattern.fullmatch(written):
            part = found[kind]
            number = _NAMES.index(part[:3]) + 1 if part[:3] in _NAMES else int(part)
            return (
                f"{found['year']}-Q{number}"
                if kind == "quarter"
                else f"{found['year']}-{number:02}"
            )
    if found := _DAYS.fullmatch(written):
        return f"{found[1]}..{found[2]}"
    return nearest(written, _WORDS)
