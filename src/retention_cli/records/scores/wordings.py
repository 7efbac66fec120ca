"""Answers in words: the scales that they are of, in the languages of those who export them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from typing import TYPE_CHECKING
from unicodedata import combining, normalize

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

_MARKS = re.compile(r"[\W_]+")


def fold_words(text: str) -> str:
    """Fold an answer to what is compared: no case, accents, marks or double spaces.

    Example:
        >>> fold_words("  Très-Satisfait "), fold_words("Äußerst zufrieden")
        ('tres satisfait', 'ausserst zufrieden')
    """
    plain = "".join(one for one in normalize("NFKD", text.casefold()) if not combining(one))
    return _MARKS.sub(" ", plain.replace("(e)", "").replace("/a", "")).strip()


@dataclass(frozen=True, slots=True)
class Wording:
    """A scale in words, from the lowest score to the highest.

    Shape: `places` has the level of each word, and which alternatives of a language it is among:
        two of them at one level are words of another scale. Of the levels in `telling` one has to
        be among the answers: without them the words are more often those of another scale.
    """

    low: int
    high: int
    places: Mapping[str, frozenset[tuple[int, int, int]]]
    telling: frozenset[int] = frozenset()

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


def _scale(low: int, *rows: str, telling: Collection[int] = ()) -> Wording:
    """Read a table of words: a row a language, a column a level.

    Alternatives stand behind a bar, forms of one word behind a slash.
    """
    places: dict[str, set[tuple[int, int, int]]] = {}
    for row, text in enumerate(rows):
        for level, cell in enumerate(text.split(",")):
            for group, forms in enumerate(cell.split("|")):
                for form in forms.split("/"):
                    places.setdefault(fold_words(form), set()).add((level, row, group))
    high = low + rows[0].count(",")
    return Wording(low, high, {w: frozenset(p) for w, p in places.items()}, frozenset(telling))


_NEITHER = "neutral|neither satisfied nor dissatisfied/neither satisfied nor unsatisfied/neither"

SATISFIED = (
    (
        f"very dissatisfied/very unsatisfied|very unhappy, dissatisfied/unsatisfied/not satisfied|unhappy, {_NEITHER},"
        " satisfied|happy, very satisfied|very happy"
    ),
    (
        "sehr unzufrieden, unzufrieden, neutral/weder noch/weder zufrieden noch unzufrieden/teils teils,"
        " zufrieden, sehr zufrieden"
    ),
    (
        "très insatisfait/très insatisfaite/très insatisfaits, insatisfait/insatisfaite/insatisfaits,"
        " neutre/ni satisfait ni insatisfait, satisfait/satisfaite/satisfaits, très satisfait/très satisfaite/très satisfaits"
    ),
    (
        "muy insatisfecho/muy insatisfecha, insatisfecho/insatisfecha, neutral/neutro/ni satisfecho ni insatisfecho,"
        " satisfecho/satisfecha, muy satisfecho/muy satisfecha"
    ),
    (
        "molto insoddisfatto/molto insoddisfatta, insoddisfatto/insoddisfatta, neutrale/neutro/né soddisfatto né insoddisfatto,"
        " soddisfatto/soddisfatta, molto soddisfatto/molto soddisfatta"
    ),
    (
        "muito insatisfeito/muito insatisfeita, insatisfeito/insatisfeita, neutro/nem satisfeito nem insatisfeito,"
        " satisfeito/satisfeita, muito satisfeito/muito satisfeita"
    ),
    "zeer ontevreden|heel ontevreden|erg ontevreden, ontevreden, neutraal, tevreden, zeer tevreden|heel tevreden|erg tevreden",
    "mycket missnöjd, missnöjd, neutral/varken nöjd eller missnöjd, nöjd, mycket nöjd",
    "meget utilfreds, utilfreds, neutral/hverken eller, tilfreds, meget tilfreds",
    "svært misfornøyd|veldig misfornøyd, misfornøyd, nøytral/verken eller, fornøyd, svært fornøyd|veldig fornøyd",
    "erittäin tyytymätön, tyytymätön, neutraali, tyytyväinen, erittäin tyytyväinen",
    (
        "bardzo niezadowolony/bardzo niezadowolona, niezadowolony/niezadowolona, neutralny/neutralna/neutralnie,"
        " zadowolony/zadowolona, bardzo zadowolony/bardzo zadowolona"
    ),
    "velmi nespokojený/velmi nespokojen, nespokojený/nespokojen, neutrální, spokojený/spokojen, velmi spokojený/velmi spokojen",
    "очень недоволен/очень недовольна, недоволен/недовольна, нейтрально, доволен/довольна, очень доволен/очень довольна",
    "とても不満|非常に不満|大変不満, 不満, 普通|どちらでもない|どちらともいえない, 満足, とても満足|非常に満足|大変満足",
    "非常不满意|很不满意, 不满意, 一般|中立, 满意, 非常满意|很满意",
)
_GRADED = (
    "very bad|very poor|terrible|awful, bad|poor, neutral|average|ok/okay, good, very good",
    "sehr schlecht, schlecht, neutral|mittel|mittelmäßig|durchschnittlich, gut, sehr gut",
    "très mauvais/très mauvaise|très mal, mauvais/mauvaise|mal, neutre|moyen/moyenne, bon/bonne|bien, très bon/très bonne|très bien",
    "muy malo/muy mala/muy mal, malo/mala/mal, regular|normal|neutral, bueno/buena|bien, muy bueno/muy buena|muy bien",
    "molto scarso|pessimo, scarso|cattivo, neutro|medio|nella media, buono/buona, molto buono/molto buona",
    "muito ruim|muito mau|péssimo, ruim|mau/má, regular|neutro|razoável, bom/boa, muito bom/muito boa",
    "zeer slecht|heel slecht, slecht, neutraal|gemiddeld, goed, zeer goed|heel goed",
    "mycket dålig/mycket dåligt, dålig/dåligt, neutral|okej, bra, mycket bra",
    "meget dårlig/meget dårligt, dårlig/dårligt, neutral|middel, god/godt, meget god/meget godt",
    "bardzo zły/bardzo zła/bardzo źle, zły/zła/źle, średni/średnio|przeciętny, dobry/dobra/dobrze, bardzo dobry/bardzo dobra/bardzo dobrze",
)
_EXCELLENT = (
    *("excellent|outstanding", "ausgezeichnet|hervorragend|exzellent", "excellent/excellente"),
    *("excelente", "eccellente|ottimo", "excelente|ótimo/ótima", "uitstekend", "utmärkt"),
    *("fremragende", "doskonały/doskonała/doskonale"),
)
_SOMEWHAT = (
    (
        f"very dissatisfied|extremely dissatisfied, somewhat dissatisfied, {_NEITHER}, somewhat satisfied,"
        " very satisfied|extremely satisfied"
    ),
    "sehr unzufrieden, eher unzufrieden, neutral/weder noch/teils teils, eher zufrieden, sehr zufrieden",
    "très insatisfait, plutôt insatisfait, neutre/ni satisfait ni insatisfait, plutôt satisfait, très satisfait",
    "muy insatisfecho, algo insatisfecho, neutral/neutro/ni satisfecho ni insatisfecho, algo satisfecho, muy satisfecho",
    "とても不満|非常に不満, やや不満, 普通|どちらでもない|どちらともいえない, やや満足, とても満足|非常に満足",
)
_NOT_SO = (
    "not at all satisfied, not so satisfied, somewhat satisfied, very satisfied, extremely satisfied",
    (
        "überhaupt nicht zufrieden, nicht so zufrieden, einigermaßen zufrieden|etwas zufrieden, sehr zufrieden,"
        " äußerst zufrieden|extrem zufrieden"
    ),
    "pas du tout satisfait, pas très satisfait, assez satisfait, très satisfait, extrêmement satisfait",
    "nada satisfecho, no tan satisfecho, algo satisfecho, muy satisfecho, extremadamente satisfecho|sumamente satisfecho",
)
_SLIGHTLY = (
    (
        "not at all satisfied, slightly satisfied|a little satisfied, moderately satisfied, very satisfied,"
        " extremely satisfied|completely satisfied"
    ),
)
_OF_SEVEN = (
    (
        "extremely dissatisfied|extremely unhappy, very dissatisfied|very unhappy, dissatisfied|unhappy,"
        f" {_NEITHER}, satisfied|happy, very satisfied|very happy, extremely satisfied|extremely happy"
    ),
    (
        "äußerst unzufrieden|extrem unzufrieden, sehr unzufrieden, unzufrieden, neutral/weder noch, zufrieden,"
        " sehr zufrieden, äußerst zufrieden|extrem zufrieden"
    ),
)
_SLIGHTLY_OF_SEVEN = (
    (
        "extremely dissatisfied, moderately dissatisfied, slightly dissatisfied,"
        f" {_NEITHER}, slightly satisfied, moderately satisfied, extremely satisfied"
    ),
)
_OPINIONS = (
    "negative|bad, neutral|average|ok/okay, positive|good",
    "negativ|schlecht, neutral|mittel, positiv|gut",
    "négatif|mauvais, neutre|moyen, positif|bon",
    "negativo|malo/mala, neutral|neutro|regular, positivo|bueno/buena",
)

GOOD_OR_BAD = _scale(
    0,
    "bad, good",
    "schlecht, gut",
    "mauvais/mauvaise, bon/bonne",
    "malo/mala, bueno/buena",
    "cattivo, buono/buona",
    "ruim|mau, bom/boa",
    "slecht, goed",
    "dåligt/dålig, bra",
)
"""Two answers, of which one is good."""

YES_OR_NO = _scale(
    0,
    "no|negative|thumbs down/thumbsdown|dislike|unhappy, yes|positive|thumbs up/thumbsup|like|happy",
    "nein|negativ|daumen runter, ja|positiv|daumen hoch",
    "non|négatif, oui|positif",
    "negativo, sí|positivo",
    "não, sim",
    "nee, ja",
    "nej, ja",
)
"""Two answers to a question of which one is good."""

SATISFIED_OR_NOT = _scale(0, *(",".join(row.split(",")[1:4:2]) for row in SATISFIED))
"""Two answers that are also the inner ones of a scale of five."""

WORDINGS = (
    _scale(1, *SATISFIED),
    _scale(1, *_GRADED),
    _scale(
        1,
        *(f"{row.rpartition(',')[0]},{top}" for row, top in zip(_GRADED, _EXCELLENT, strict=True)),
        telling=(5,),
    ),
    _scale(1, *_SOMEWHAT, telling=(1, 2, 3)),
    _scale(1, *_NOT_SO, telling=(1, 2, 5)),
    _scale(1, *_SLIGHTLY, telling=(1, 2, 5)),
    _scale(1, *_OF_SEVEN, telling=(1, 7)),
    _scale(1, *_SLIGHTLY_OF_SEVEN, telling=(2, 3, 5, 6)),
    _scale(1, "poor,fair,good,very good,excellent", telling=(2, 5)),
    _scale(1, "poor,fair,good,excellent", telling=(2, 4)),
    _scale(1, *_OPINIONS, telling=(2,)),
    _scale(1, *(",".join(row.split(",")[1:4]) for row in SATISFIED), telling=(2,)),
)
LIKELY = _scale(
    0,
    "not at all likely|very unlikely|extremely unlikely|unlikely, extremely likely|very likely|likely",
    (
        "überhaupt nicht wahrscheinlich|sehr unwahrscheinlich|unwahrscheinlich|äußerst unwahrscheinlich,"
        " äußerst wahrscheinlich|sehr wahrscheinlich|höchst wahrscheinlich|wahrscheinlich"
    ),
    "pas du tout probable|très improbable|peu probable, extrêmement probable|très probable|tout à fait probable",
    "nada probable|muy improbable|poco probable, extremadamente probable|muy probable|sumamente probable",
    "per niente probabile|molto improbabile, estremamente probabile|molto probabile",
    "nada provável|muito improvável, extremamente provável|muito provável",
    "zeer onwaarschijnlijk|helemaal niet waarschijnlijk, zeer waarschijnlijk|uiterst waarschijnlijk",
)


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
