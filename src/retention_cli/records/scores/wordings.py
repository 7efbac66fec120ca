"""Answers in words: the scales that they are of, in the languages of those who export them."""

from __future__ import annotations

from functools import cache
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple
from unicodedata import combining, normalize

from retention_cli.patterns import lazy_pattern
from retention_cli.records.header_names import said

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

_MARKS = lazy_pattern(r"[\W_]+")


def fold_words(text: str) -> str:
    """Fold an answer to what is compared: no case, accents, marks or double spaces.

    Example:
        >>> fold_words("  Très-Satisfait "), fold_words("Äußerst zufrieden")
        ('tres satisfait', 'ausserst zufrieden')
    """
    plain = "".join(one for one in normalize("NFKD", text.casefold()) if not combining(one))
    return _MARKS.sub(" ", plain.replace("(e)", "").replace("/a", "")).strip()


class Wording(NamedTuple):
    """A scale in words, from the lowest score to the highest.

    Shape: `rows` is a table of words: a row a language, a column a level, with alternatives behind
        a bar and forms of one word behind a slash. Of the levels in `telling` one has to be among
        the answers: without them the words are more often those of another scale.
    """

    low: int
    rows: tuple[str, ...]
    telling: frozenset[int] = frozenset()

    @property
    def high(self) -> int:
        """The highest score."""
        return self.low + self.rows[0].count(",")

    @property
    def places(self) -> Mapping[str, frozenset[tuple[int, int, int]]]:
        """The level of each word, and which alternatives of a language it is among.

        Two of them at one level are words of another scale.
        """
        return _places(self.rows)

    def scores(self, words: Collection[str]) -> dict[str, int] | None:
        """Give the score of each of some words; None where they are not those of this scale."""
        if not all(word in self.places for word in words):
            return None
        if any(self._clash(one, other) for one, other in combinations(sorted(words), 2)):
            return None
        found = {word: self.low + self.level(word) for word in words}
        return found if not self.telling or self.telling & set(found.values()) else None

    def level(self, word: str) -> int:
        """Give the level of a word, counted from the lowest."""
        return min(level for level, _, _ in self.places[word])

    def _clash(self, one: str, other: str) -> bool:
        ours, theirs = self.places[one], self.places[other]
        if ours & theirs:
            return False
        return bool({place[:2] for place in ours} & {place[:2] for place in theirs})


@cache
def _places(rows: tuple[str, ...]) -> Mapping[str, frozenset[tuple[int, int, int]]]:
    places: dict[str, set[tuple[int, int, int]]] = {}
    for row, text in enumerate(rows):
        for level, cell in enumerate(text.split(",")):
            for group, forms in enumerate(cell.split("|")):
                for form in forms.split("/"):
                    places.setdefault(fold_words(form), set()).add((level, row, group))
    return {word: frozenset(found) for word, found in places.items()}


def _scale(low: int, rows: Sequence[str], telling: Collection[int] = ()) -> Wording:
    return Wording(low, tuple(rows), frozenset(telling))


GOOD_OR_BAD = _scale(0, said("scales.good_or_bad"))
"""Two answers, of which one is good."""

YES_OR_NO = _scale(0, said("scales.yes_or_no"))
"""Two answers to a question of which one is good."""

SATISFIED = said("scales.satisfied")
SATISFIED_OR_NOT = _scale(0, [",".join(row.split(",")[1:4:2]) for row in SATISFIED])
"""Two answers that are also the inner ones of a scale of five."""

_GRADED = said("scales.graded")
_BEST = zip(_GRADED, said("scales.excellent"), strict=True)
WORDINGS = (
    _scale(1, SATISFIED),
    _scale(1, _GRADED),
    _scale(1, [f"{row.rpartition(',')[0]},{top}" for row, top in _BEST], telling=(5,)),
    _scale(1, said("scales.somewhat"), telling=(1, 2, 3)),
    _scale(1, said("scales.not_so"), telling=(1, 2, 5)),
    _scale(1, said("scales.slightly"), telling=(1, 2, 5)),
    _scale(1, said("scales.of_seven"), telling=(1, 7)),
    _scale(1, said("scales.slightly_of_seven"), telling=(2, 3, 5, 6)),
    _scale(1, said("scales.fair_of_five"), telling=(2, 5)),
    _scale(1, said("scales.fair_of_four"), telling=(2, 4)),
    _scale(1, said("scales.opinions"), telling=(2,)),
    _scale(1, [",".join(row.split(",")[1:4]) for row in SATISFIED], telling=(2,)),
)
LIKELY = _scale(0, said("scales.likely"))


@cache
def is_praise(label: str) -> bool | None:
    """Say whether a label stands for the good end of a scale, or the bad one; None for neither.

    Example:
        >>> is_praise("Extremely likely"), is_praise("very poor"), is_praise("neutral")
        (True, False, None)
    """
    word = fold_words(label)
    scales = (GOOD_OR_BAD, YES_OR_NO, LIKELY, *WORDINGS)
    sides = {
        (twice > width) - (twice < width)
        for one in scales
        if word in one.places
        for twice, width in [(2 * one.level(word), one.high - one.low)]
    } - {0}
    return sides == {1} if len(sides) == 1 else None
