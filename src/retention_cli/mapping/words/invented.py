"""Names and mail addresses that are of nobody, second answers and reminders, and answers that nobody gave."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pyarrow.compute as pc

from retention_cli.frames.columns import as_text
from retention_cli.mapping.by_cells import Shape
from retention_cli.mapping.headers import is_named
from retention_cli.mapping.proposing import settles
from retention_cli.mapping.words.meaning import meaning
from retention_cli.mapping.words.terms import days_of
from retention_cli.patterns import lazy_pattern
from retention_cli.records.base import NO
from retention_cli.records.header_names import names
from retention_cli.records.scores.wordings import fold_words
from retention_cli.text.wording import quoted_names, rows_text

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from retention_cli.mapping.words.naming import Worded

_NAMED = {"name", "customer", "org", "asker", "user"}
_OF_OTHERS = {"id", "product", "category", "agent", "staff", "vendor", "type", "status", "score"}
_WHO = {"customer", "user", "name", "org", "id", "aside", "trial"}
_MAIL = (
    r"(?i)\A(?:[^@]*\+)?(?:tests?|tester|testing|dummy)[0-9._-]*@"
    r"|@(?:[a-z0-9-]+\.)*(?:tests?|example|mailinator|localhost|invalid)(?:\.[a-z]{2,6}){0,2}\s*\z"
)
_TRY = rf"(?i)\A\W*(?:{'|'.join(names('surveys.tried'))})(?:[^\p{{L}}]|\z)"
_WORD = lazy_pattern(r"[^\W\d_]+")
_GIVEN = {"answer", "response", "submitted", "completed"}
_VACANT = frozenset(map(fold_words, names("customers.vacant")))
_REMINDERS = frozenset(map(fold_words, names("surveys.reminder")))
_CLOCK = r"[T ,]+[0-9]{1,2}[:.][0-9]{2}.*\z"
_MOST, _MOST_ROWS = 60, 1 << 17


def invented(worded: Worded, at: int) -> list[str]:
    """Give the names or mail addresses of a column that are of tests or of nobody, where most are of people."""
    said, samples = worded.meant[at].any, worded.samples
    mail = "email" in said and not said & (_OF_OTHERS | {"quantity"})
    if not mail and (not said & _NAMED or said & _OF_OTHERS or samples.shape(at) is not None):
        return []
    texts = as_text(pc.unique(samples.cells(at).slice(0, _MOST_ROWS))).drop_null()
    found = texts.filter(pc.match_substring_regex(texts, _MAIL if mail else _try()))
    if not len(found) or 2 * len(found) > len(texts):
        return []
    names: list[str] = found.to_pylist()
    some = names if mail else [name for name in names if _is_a_try(name)]
    return sorted(some) if len(some) <= _MOST else []


@cache
def _try() -> str:
    """Give the pattern of names that may be those of tests, or of a place that nobody has."""
    return rf"{_TRY}|(?i)\A\W*(?:{'|'.join(sorted(_VACANT))})\W*\z"


def _is_a_try(name: str) -> bool:
    """Say whether nothing but a word of a test names somebody: a company may be Test Valley.

    Example:
        >>> [_is_a_try(one) for one in ("Test User 2", "TEST Tester", "Test Valley", "TEST VALLEY")]
        [True, True, False, False]
    """
    if fold_words(name) in _VACANT:
        return True
    first, *others = _WORD.findall(name)
    loud = first.isupper() and any(not one.isupper() for one in others)
    return loud or all(meaning(one).any & _WHO or len(one) == 1 for one in others)


def unanswered(worded: Worded, at: int, sources: Mapping[str, object]) -> list[str]:
    """Give the no of a column that says who answered, where such rows have a score."""
    said, samples, score = worded.meant[at], worded.samples, sources.get("score")
    told = said.any & _GIVEN and not said.loose and samples.shape(at) is Shape.FLAGS
    if not told or is_named(worded.headers[at], "surveys.completion"):
        return []
    if at == score or not isinstance(score, int):
        return []
    words = {word for word in samples.words(at) if word.casefold() in {*NO, "0"}}
    return sorted(words & samples.words_of(at, samples.there(score)))


def answered_twice(worded: Worded, sources: Mapping[str, object]) -> Iterator[str]:
    """Say how many answers are of somebody who gave another one on the same day, and nothing says of what."""
    day = sources.get("responded_at")
    of = {at for at, said in worded.meant.items() if said.any & {"ticket", "order", "agent"}}
    if not isinstance(day, int) or of:
        return
    score = sources.get("score")
    for at, said in worded.meant.items():
        free = at == sources.get("customer_id") or at not in sources.values()
        of_one = said.any & {"email", "user"} and not said.any & _OF_OTHERS - {"id"}
        if not free or not of_one or said.loose or worded.samples.shape(at) in {*Shape}:
            continue
        if again := _again(worded, at, day, score):
            verb = (
                "counts as an answer of its own" if again == 1 else "count as answers of their own"
            )
            yield (
                f"{rows_text(again)} with a '{worded.headers[at]}' that answers more than once on a day"
                f" {verb}; where only one counts, export that one{settles(worded.headers[at])}"
            )
            return


def reminded(worded: Worded, taken: Collection[int]) -> Iterator[str]:
    """Say that rows which remind of an invitation count as invitations of their own."""
    for at in worded.meant:
        words = worded.samples.words(at) if at not in taken else []
        found = [word for word in words if not _REMINDERS.isdisjoint(fold_words(word).split())]
        if found and len(words) <= _MOST and len(found) < len(words):
            header = worded.headers[at]
            yield (
                f"rows with {quoted_names(sorted(found))} as '{header}' count as invitations of their own;"
                f" where they remind of another, export one row for both{settles(header)}"
            )


def _again(worded: Worded, at: int, day: int, score: object) -> int:
    """Count the rows beyond the first of one person on one day."""
    who, when = (as_text(worded.samples.cells(one).slice(0, _MOST_ROWS)) for one in (at, day))
    given = pc.and_(pc.not_equal(pc.fill_null(who, ""), ""), pc.is_valid(when))
    if isinstance(score, int):
        cells = as_text(worded.samples.cells(score).slice(0, _MOST_ROWS))
        given = pc.and_(given, pc.not_equal(pc.fill_null(cells, ""), ""))
    who, when = who.filter(given), pc.replace_substring_regex(when.filter(given), _CLOCK, "")
    counted = pc.value_counts(who)
    several = counted.field("values").filter(pc.greater(counted.field("counts"), 1))
    rows = pc.is_in(who, value_set=several)
    pairs = [*zip(who.filter(rows).to_pylist(), days_of(when.filter(rows), when), strict=True)]
    known = [pair for pair in pairs if pair[1] is not None]
    return len(known) - len({*known})
