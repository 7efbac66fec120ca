"""What one cell of a score column says: a number, a share of the highest score, stars, a label, words."""

from __future__ import annotations

import re
from typing import NamedTuple
from unicodedata import category, combining, normalize

from retention_cli.patterns import lazy_pattern
from retention_cli.records.header_names import names
from retention_cli.records.scores.wordings import GOOD_OR_BAD, fold_words, is_praise

_STARS = (
    r"(?:stars?|sternen?|sterne?|etoiles?|estrellas?|estrelas?|stell[ae]|sterren|ster|stjarnor|stjerner"
    r"|gwiazdk[ai]|gwiazdek|\u2605|\u2b50)"
)
_POINTS = r"(?:points?|pts?|punkte?n?|puntos?|punti|pontos?)"
_OF = r"(?:/|of|out of|von|aus|sur|de|di|su|van|av|af|z|ze|\u0438\u0437)"
_NUMBER = r"([0-9]{1,3})(?:[.,]0+)?"
_SHARE = lazy_pattern(
    rf"{_NUMBER} *(?:{_STARS} *)?{_OF} *([0-9]{{1,3}})(?: *(?:{_STARS}|{_POINTS}))?"
    r"(?: *[-:=(] *[^0-9]*)?"
)
_COUNTED = lazy_pattern(rf"{_NUMBER}[ -]*(?:{_STARS}|{_POINTS})(?: *[-:=(] *[^0-9]*)?")
_LABEL_BEHIND = lazy_pattern(
    rf"\(?\[?{_NUMBER}[\])]?(?: *[-:=|(\[] *| *[.)\]] +)([^0-9]*[^\W\d_][^0-9]*)"
)
_LABEL_NEXT = lazy_pattern(rf"{_NUMBER} +([^0-9]+)")
_LABEL_BEFORE = lazy_pattern(rf"([^0-9]*[^\W\d_])[ .]*[-:=(\[]+ *{_NUMBER} *[)\]]?")
_GLYPHS = (
    ("\u2605\u2b50\u272d\u272e\u272f\U0001f31f", "\u2606\u2729\u2730\u2727"),
    ("\u25cf\u2b24", "\u25cb\u25ef"),
    ("\u25a0\u2588", "\u25a1\u2591"),
    ("\u2665\u2764", "\u2661\U0001f90d"),
)
_MOST_GLYPHS = 10
_THUMBS = {"\U0001f44d": "thumbs up", "\U0001f44e": "thumbs down"}
_IGNORED = lazy_pattern("[\ufe0e\ufe0f\u200b\u200d\U0001f3fb-\U0001f3ff]")
_DASHES = lazy_pattern("[\u2010-\u2015\u2212]")
_REMARK = lazy_pattern(
    r"(?s)([^-:;(|\n]*[^-:;(|\s])\s*(?:[-:;(|\n]|with (?=comment)|mit (?=kommentar))\s*\S.*"
)
_WITH_COMMENT = lazy_pattern(
    r"(?i)(.*?)[ _]*(?:with|mit|avec|con)[ _]*(?:a |un |einem )?(?:comment|kommentar|commentaire|comentario)"
)

_NO_ANSWER = frozenset(map(fold_words, names("surveys.no_answer")))


class Said(NamedTuple):
    """What a cell says: a score, perhaps with the highest one or a label, or else words.

    Shape: neither `score` nor `words` where it says that nobody answered.
    """

    score: int | None = None
    high: int | None = None
    label: str = ""
    words: str = ""


def read_score(text: str) -> Said | None:
    """Read one cell of a score column that is not a plain number; None where it cannot be read.

    Example:
        >>> read_score("4/5"), read_score("10 - Extremely likely").score
        (Said(score=4, high=5, label='', words=''), 10)
        >>> read_score("\u2605\u2605\u2605\u2606\u2606").score, read_score("Very satisfied").words
        (3, 'very satisfied')
    """
    plain = _DASHES.sub("-", _IGNORED.sub("", normalize("NFC", text))).strip()
    plain = re.sub(r"\s+", " ", plain) if "\n" not in plain else plain
    if not plain or fold_words(plain) in _NO_ANSWER or not plain.strip("-. "):
        return Said()
    return _numbered(plain) or _drawn(plain) or _labelled(plain) or _worded(plain)


def _numbered(text: str) -> Said | None:
    bare = _without_accents(text.casefold())
    if found := _SHARE.fullmatch(bare):
        return Said(int(found[1]), int(found[2]))
    found = _COUNTED.fullmatch(bare)
    return Said(int(found[1])) if found else None


def _labelled(text: str) -> Said | None:
    if found := _LABEL_BEHIND.fullmatch(text):
        return Said(int(found[1]), label=found[2].strip(" )]"))
    if found := _LABEL_BEFORE.fullmatch(text):
        return Said(int(found[2]), label=found[1].strip())
    found = _LABEL_NEXT.fullmatch(text)
    if found and is_praise(found[2]) is not None:
        return Said(int(found[1]), label=found[2])
    return None


def _drawn(text: str) -> Said | None:
    """Count what is drawn: stars or other marks, filled ones before empty ones."""
    marks = text.replace(" ", "")
    for filled, empty in _GLYPHS:
        given = len(marks) - len(marks.lstrip(filled))
        rest = marks[given:]
        if len(marks) <= _MOST_GLYPHS and marks and not rest.strip(empty):
            return Said(given, len(marks)) if rest else Said(given)
    return None


def _worded(text: str) -> Said | None:
    if text in _THUMBS:
        return Said(words=_THUMBS[text])
    if any(one.isdigit() for one in text):
        commented = _commented(text)
        return Said(words=commented) if commented else None
    if any(category(one) == "So" for one in text):
        return Said(words=text)
    if not any(one.isalpha() for one in text):
        return None
    return Said(words=_commented(text) or fold_words(text))


def _commented(text: str) -> str | None:
    """Give good or bad where a comment stands behind it."""
    found = _WITH_COMMENT.fullmatch(text.strip()) or _REMARK.fullmatch(text)
    word = fold_words(found[1]) if found else ""
    return word if word in GOOD_OR_BAD.places else None


def _without_accents(text: str) -> str:
    return "".join(one for one in normalize("NFKD", text) if not combining(one))
