"""Words of a cell to what they say: each token known, the strongest of their meanings taken."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from retention_cli.patterns import lazy_pattern
from retention_cli.records.header_names import names

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_HUMP = lazy_pattern(r"(?<=[a-z])(?=[A-Z])")
_NOT_A_WORD = lazy_pattern(r"[^0-9a-z]+")


@lru_cache(maxsize=1 << 12)
def plain_words(text: str) -> str:
    """Fold a text to its bare words: no case, accents or marks, one blank between two.

    Example:
        >>> plain_words("Partially-Paid"), plain_words("CreditNote"), plain_words("Annulée")
        ('partially paid', 'credit note', 'annulee')
    """
    spread = _HUMP.sub(" ", text.replace("ß", "ss").replace("ł", "l").replace("ø", "o"))
    plain = unicodedata.normalize("NFKD", spread).encode("ascii", "ignore").decode()
    return _NOT_A_WORD.sub(" ", plain.casefold()).strip()


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What the words of a column mean.

    Shape: `phrases` are folded texts that mean something as a whole, each with its meaning;
        `endings` the same for the ends of compound words; `fillers` say nothing by themselves.
        Of several meanings in one text the first in `strongest` counts; without an order a text
        that says several things says none. A text with a word that is not known means nothing.
    """

    phrases: Mapping[str, str]
    fillers: frozenset[str]
    endings: Mapping[str, str] = field(default_factory=dict)
    strongest: Sequence[str] = ()

    def meaning(self, text: str) -> str | None:
        """Say what a text means; None where a word of it is not known."""
        words = plain_words(text).split()
        found: list[str] = []
        while words:
            for length in range(min(4, len(words)), 0, -1):
                told = self._of_phrase(" ".join(words[:length]), single=length == 1)
                if told is not None:
                    break
            else:
                return None
            found += [told] if told else []
            words = words[length:]
        if self.strongest:
            return min(found, key=self.strongest.index, default=None)
        return found[0] if len(set(found)) == 1 else None

    def _of_phrase(self, phrase: str, *, single: bool) -> str | None:
        """Give the meaning of a phrase, nothing (an empty text) for a filler, None if not known."""
        if phrase in self.phrases:
            return self.phrases[phrase]
        if not single:
            return None
        if phrase in self.fillers or phrase.isdecimal():
            return ""
        ends = (end for end in self.endings if phrase.endswith(end) and phrase != end)
        longest = max(ends, key=len, default=None)
        return None if longest is None else self.endings[longest]


def vocabulary(place: str, meanings: Sequence[str], *, strongest: Sequence[str] = ()) -> Vocabulary:
    """Give the words in one place of `names/LANGUAGE.toml`: those of each meaning under its name.

    Example:
        >>> vocabulary("invoices.status", ("void",)).meaning("Storniert")
        'void'
    """
    keys = {meaning: meaning.replace(" ", "_").replace("-", "_") for meaning in meanings}
    told = {m: (*names(f"{place}.{key}"), m) for m, key in keys.items()}
    ends = {m: names(f"{place}.endings.{key}") for m, key in keys.items()}
    return Vocabulary(
        phrases={plain_words(word): meaning for meaning in told for word in told[meaning]},
        endings={word: meaning for meaning in ends for word in ends[meaning]},
        fillers=frozenset(names(f"{place}.filler")),
        strongest=strongest,
    )


def each_word(text: str) -> frozenset[str]:
    """Give the words of a text that are parted by blanks."""
    return frozenset(text.split())
