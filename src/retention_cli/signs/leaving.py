"""Words that announce leaving, in texts of customers: phrases by language, and what negates them."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from itertools import takewhile
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias
from unicodedata import category, normalize

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from retention_cli.patterns import lazy_pattern
from retention_cli.text import listing

if TYPE_CHECKING:
    from collections.abc import Iterable

    from retention_cli.signs.groups import Mask

_Word: TypeAlias = "tuple[str, int, int]"
"""A word, and where it begins and ends."""

_FOLDER = "signs/phrases"
_WORD = lazy_pattern(r"\w+|[.,;:!?()\n]")
_MORE, _ENDS = "…", r"\."
"""Parts of a phrase: a few words of any sort, and the end of a clause."""
_CLAUSE = frozenset(".,;:!?()\n")
_BETWEEN = 4
"""So many words may lie between two parts of a phrase."""
_LETTER = "[a-z0-9_]"
_GAP = r"[^a-z0-9_.,;:!?()\n]+"
_GAPS = f"(?:{_GAP}{_LETTER}+){{0,{_BETWEEN}}}{_GAP}"
_BEFORE, _AFTER = 4, 3
"""So many words before and after a phrase a negation counts."""
_AROUND = 60


@dataclass(frozen=True, slots=True)
class Language:
    """Phrases of one language, each a list of parts, each part the words it may be."""

    phrases: tuple[tuple[re.Pattern[str], ...], ...]
    before: frozenset[str]
    after: frozenset[str]
    turning: frozenset[str]

    def clause(self, words: Iterable[str]) -> list[str]:
        """Keep the words up to where another clause begins."""
        return list(takewhile(lambda word: word not in _CLAUSE and word not in self.turning, words))


def announcing(texts: pa.DictionaryArray) -> Mask:
    """Mark the texts that announce leaving; each distinct text is read once."""
    distinct = texts.dictionary
    marks = np.zeros(len(distinct) + 1, np.bool_)
    for place in np.flatnonzero(np.asarray(_maybe(distinct))):
        marks[place] = phrase_in(distinct[int(place)].as_py()) is not None
    found: Mask = marks[np.asarray(pc.fill_null(texts.indices, len(distinct)), dtype=np.int64)]
    return found


def phrase_in(text: str) -> str | None:
    """Quote the words around the first phrase that announces leaving; None without any.

    Example:
        >>> phrase_in("If this goes on we will cancel our contract.")
        'If this goes on we will cancel our contract.'
        >>> phrase_in("We will not cancel our contract.") is None
        True
    """
    plain = _plain(text)
    words = [(found[0], found.start(), found.end()) for found in _WORD.finditer(plain)]
    for language in languages():
        for phrase in language.phrases:
            for places in _places(words, phrase):
                if not _negated([word for word, _, _ in words], places, language):
                    shown = text if len(text) == len(plain) else plain
                    return _quoted(shown, words[places[0]][1], words[places[-1]][2])
    return None


@cache
def languages() -> tuple[Language, ...]:
    """Read the phrases of all languages."""
    return tuple(_language(name) for name in listing.names(_FOLDER, ".toml"))


def _language(name: str) -> Language:
    file = Path(__file__).parent / "phrases" / f"{name}.toml"
    told = tomllib.loads(file.read_text("utf-8"))
    return Language(
        tuple(tuple(map(_part, _plain(phrase).split())) for phrase in told["phrases"]),
        *(frozenset(map(_plain, told[key])) for key in ("before", "after", "turning")),
    )


def _part(part: str) -> re.Pattern[str]:
    """Read a part: alternatives with a stroke between them, a star for any ending."""
    words = (re.escape(word).replace(r"\*", r"\w*") for word in part.split("/"))
    return re.compile(_MORE if part == _MORE else "|".join(words))


@cache
def _wide() -> str:
    """Make the pattern, for arrow, of texts that may hold a phrase: its words, whatever negates them."""
    found = []
    for name in listing.names(_FOLDER, ".toml"):
        file = Path(__file__).parent / "phrases" / f"{name}.toml"
        phrases = tomllib.loads(file.read_text("utf-8"))["phrases"]
        found += [_spelt(_plain(phrase).split()) for phrase in phrases]
    return f"\\b(?:{'|'.join(found)})\\b"


def _spelt(parts: list[str]) -> str:
    found, gap = "", ""
    for part in parts:
        if part == _MORE:
            gap = _GAPS
        elif part != ".":
            words = re.escape(part).replace("/", "|").replace(r"\*", f"{_LETTER}*")
            found, gap = f"{found}{gap}(?:{words})", _GAP
    return found


def _maybe(texts: Any) -> Any:
    # Letters of other scripts are of words, other signs are between them: plain ones make a small pattern.
    plain = pc.replace_substring_regex(
        texts.cast(pa.string()), r"[^\x00-\x7f\p{L}\p{N}\p{Mn}]", " "
    )
    folded = pc.utf8_lower(pc.utf8_normalize(plain, "NFKD"))
    folded = pc.replace_substring(pc.replace_substring_regex(folded, r"\p{Mn}", ""), "ß", "s")
    folded = pc.replace_substring_regex(folded, r"[^\x00-\x7f]", "x")
    return pc.fill_null(pc.match_substring_regex(folded, _wide()), False)


def _plain(text: str) -> str:
    """Write a text in small letters without accents, sign for sign where that can be."""
    folded = (
        normalize("NFC", text.lower()).replace("\u2019", " ").replace("'", " ").replace("ß", "s")
    )
    if folded.isascii():
        return folded
    return "".join(_bare(sign) for sign in folded)


def _bare(sign: str) -> str:
    if not sign.isalpha():
        return sign
    parts = "".join(one for one in normalize("NFKD", sign) if category(one) != "Mn")
    return parts or sign


def _places(words: list[_Word], phrase: tuple[re.Pattern[str], ...]) -> list[list[int]]:
    """Find the words of a phrase, wherever it begins."""
    begins = [at for at, (word, _, _) in enumerate(words) if phrase[0].fullmatch(word)]
    return [places for at in begins if (places := _followed(words, at, phrase))]


def _followed(
    words: list[_Word], start: int, phrase: tuple[re.Pattern[str], ...]
) -> list[int] | None:
    """Follow a phrase from its first word; an ellipsis lets a few words pass, of one clause."""
    places, loose = [start], False
    for part in phrase[1:]:
        at = places[-1]
        if part.pattern == _MORE:
            loose = True
        elif part.pattern == _ENDS:
            if at + 1 < len(words) and words[at + 1][0] not in _CLAUSE:
                return None
        elif (place := _next(words, at, part, _BETWEEN if loose else 0)) is None:
            return None
        else:
            places.append(place)
            loose = False
    return places


def _next(words: list[_Word], at: int, part: re.Pattern[str], between: int) -> int | None:
    for place in range(at + 1, min(at + 1 + between, len(words) - 1) + 1):
        if part.fullmatch(words[place][0]):
            return place
        if words[place][0] in _CLAUSE:
            break
    return None


def _negated(words: list[str], places: list[int], language: Language) -> bool:
    """Tell whether a negation is near, in the same clause and not a word of the phrase itself."""
    start, end = places[0], places[-1]
    if any(words[at] in language.before for at in places):
        return False  # the phrase says what will not be: that a contract is renewed
    ahead = language.clause(reversed(words[max(start - _BEFORE, 0) : start]))
    behind = language.clause(words[end + 1 : end + 1 + _AFTER])
    inside = {words[at] for at in range(start, end) if at not in places}
    return bool(language.before & (inside | set(ahead)) or language.after & (inside | set(behind)))


def _quoted(text: str, start: int, end: int) -> str:
    begin, stop = max(start - _AROUND, 0), min(end + _AROUND, len(text))
    left = "…" if begin else ""
    right = "…" if stop < len(text) else ""
    return left + " ".join(text[begin:stop].split()) + right
