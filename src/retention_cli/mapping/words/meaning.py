"""What a header means: its words, whatever their language and ending, as meanings that are the same in all."""

from __future__ import annotations

import tomllib
import unicodedata
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, NamedTuple

from retention_cli import records
from retention_cli.patterns import lazy_pattern

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_LANGUAGES = ("en", "de", "fr", "es", "it", "nl", "pt")
_ENGLISH = _LANGUAGES[:1]
_FILLER, _ID = "filler", "id"
_LONGEST_PHRASE, _LONGEST_ENDING = 3, 5
_LEADING, _LEAST_GLUED = frozenset((_ID, "name", "date")), 4
_LONGEST_HEADER = 120
_CAPITAL = lazy_pattern(r"(?<=[a-z\u00df-\u00ff])(?=[A-Z])")
_WORD = lazy_pattern(r"[a-z]+|[#%]")
_NUMBER_SIGN = lazy_pattern(r"\b[nN] ?[°º]\.?|\b[nN][oº]\.?(?=\s)")
_NOTHING: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Meaning:
    """The meanings of the words of one header, each word with all that it may mean.

    Shape: `loose` says that there are words beside them that nobody knows; `any` is all that any
        of its words may mean.
    """

    words: tuple[frozenset[str], ...]
    loose: bool = False
    any: frozenset[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "any", frozenset().union(*self.words))

    def without(self, meaning: str) -> Meaning:
        """Give what it means where one of its meanings is not meant."""
        return Meaning(tuple(word - {meaning} for word in self.words), self.loose)


@dataclass(frozen=True, slots=True)
class _Language:
    """The words of one language: whole ones, beginnings and endings; phrases have spaces.

    Shape: `joined` endings count only after a word that is known too.
    """

    whole: dict[str, frozenset[str]] = field(default_factory=dict)
    begins: dict[str, frozenset[str]] = field(default_factory=dict)
    ends: dict[str, frozenset[str]] = field(default_factory=dict)
    joined: set[str] = field(default_factory=set)

    def add(self, word: str, meaning: str) -> None:
        """Learn a word."""
        known = self.whole
        if word.endswith("*"):
            word, known = word[:-1], self.begins
        elif word.startswith(("*", "+")):
            if word.startswith("+"):
                self.joined.add(word[1:])
            word, known = word[1:], self.ends
        known[word] = known.get(word, _NOTHING) | {meaning}

    def phrase(self, text: str) -> frozenset[str]:
        """Give what two words or more mean together, with any ending that is left open."""
        if (found := self.whole.get(text)) is not None:
            return found
        least = max(len(text) - _LONGEST_ENDING, text.rindex(" ") + 2)
        cut = (text[:n] for n in range(len(text), least - 1, -1))
        return next((self.begins[one] for one in cut if one in self.begins), _NOTHING)

    def _glued(self, word: str) -> tuple[frozenset[str], ...] | None:
        """Give what two words mean that programs write as one: idcliente, fechaalta."""
        for n in range(2, len(word) - _LEAST_GLUED + 1):
            front = self.whole.get(word[:n], self.begins.get(word[:n], _NOTHING)) - {_FILLER}
            if front & _LEADING:
                known, rest = self.meanings(word[n:])
                if known >= _LEAST_GLUED:
                    return front, *rest
        return None

    def meanings(self, word: str) -> tuple[int, tuple[frozenset[str], ...]]:
        """Give how much of a word is known, and what it means: two meanings for two words in one."""
        if (found := self.whole.get(word)) is not None:
            return len(word) + 1, (found,)
        if (glued := self._glued(word)) is not None:
            return len(word), glued
        start = next((n for n in range(len(word), 1, -1) if word[:n] in self.begins), 0)
        end = next((n for n in range(max(start, 1), len(word) - 1) if word[n:] in self.ends), 0)
        front = (self.begins[word[:start]],) if start else ()
        if not end:
            return start, front
        if not front:
            # What comes first in a compound may be a whole word, with a letter that joins them.
            wholes = [one for one in (word[:end], word[: end - 1]) if one in self.whole]
            wholes = [one for one in wholes if _FILLER not in self.whole[one]]
            start, front = (end, (self.whole[wholes[0]],)) if wholes else (0, ())
            if word[end:] in self.joined and (not front or front[0] == {_FILLER}):
                return 0, ()
        return start + len(word) - end, (*front, self.ends[word[end:]])


@cache
def _language(name: str) -> _Language:
    known = _Language()
    for meaning, words in _toml(name).items():
        for word in words.split(", "):
            known.add(word, meaning)
    return known


@cache
def _toml(name: str) -> Mapping[str, Any]:
    text = files("retention_cli.mapping.words").joinpath(f"{name}.toml").read_text("utf-8")
    return tomllib.loads(text)


@cache
def _own_names() -> frozenset[str]:
    """Give the names that columns have here: loading the words of six languages takes time."""
    models = map(records.model, records.names())
    return frozenset(name for model in models for name in model.model_fields)


@lru_cache(maxsize=1 << 14)
def words_of(text: str) -> tuple[str, ...]:
    """Give the words of a header, without accents, case and marks.

    Example:
        >>> words_of("Mitglieds-Nr."), words_of("InvoiceNum"), words_of("N° d'adhérent")
        (('mitglieds', 'nr'), ('invoice', 'num'), ('no', 'd', 'adherent'))
    """
    text = _NUMBER_SIGN.sub(" no ", text[:_LONGEST_HEADER]).replace("ß", "ss")
    text = text.replace("\u2019", " ").replace("'", " ")
    text = _CAPITAL.sub(" ", text.replace("_", " "))
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().casefold()
    return tuple("no" if word == "#" else word for word in _WORD.findall(plain))


def languages_of(headers: Iterable[str]) -> tuple[str, ...]:
    """Give the languages that know about as many words of some headers as the best one, and English.

    It is English alone where all are this project's own names of columns.
    Example:
        >>> languages_of(["Fecha", "Cliente", "Nombre"])
        ('en', 'es')
        >>> languages_of(["customer_id", "status"]), languages_of(["Kunde", "status"])
        (('en',), ('en', 'de'))
    """
    headers = [*headers]
    if _own_names().issuperset(headers):
        return _ENGLISH
    words = {word for header in headers for word in words_of(header) if len(word) > 1}
    known = {
        name: sum(_language(name).meanings(word)[0] > 0 for word in words) for name in _LANGUAGES
    }
    enough = max(known.values()) * 3 / 4
    return tuple(name for name in _LANGUAGES if name == "en" or known[name] >= enough)


@lru_cache(maxsize=1 << 14)
def meaning(header: str, languages: tuple[str, ...] = _LANGUAGES) -> Meaning:
    """Give what a header means in some languages.

    Example:
        >>> [sorted(word) for word in meaning("Mitgliedsnummer", ("en", "de")).words]
        [['customer'], ['id']]
        >>> [sorted(word) for word in meaning("fechaalta", ("es",)).words]
        [['date'], ['start']]
        >>> meaning("Quarterly frobs", ("en",))
        Meaning(words=(), loose=True)
    """
    words, found, loose = words_of(header), [], False
    if languages == _LANGUAGES and header in _own_names():
        languages = _ENGLISH
    known = [_language(name) for name in languages]
    place = 0
    while place < len(words):
        step, meant = _longest(words, place, known)
        if not meant and len(words[place]) > 1:
            loose = True
        found += [one for one in meant if one != {_FILLER}]
        place += step
    return Meaning(tuple(found), loose)


def lists_tags(header: str) -> bool:
    """Say whether the cells below a header list several words each, as tags do."""
    said = meaning(header)
    return "tag" in said.any and not said.loose


def _longest(
    words: tuple[str, ...], place: int, known: list[_Language]
) -> tuple[int, tuple[frozenset[str], ...]]:
    """Give how many words from a place on are one phrase, and what it means."""
    for length in range(min(_LONGEST_PHRASE, len(words) - place), 1, -1):
        phrase = " ".join(words[place : place + length])
        meant = _NOTHING.union(*(one.phrase(phrase) for one in known))
        if meant:
            return length, (meant,)
    ways = [one.meanings(words[place]) for one in known]
    most = max(length for length, _ in ways)
    best = [way for length, way in ways if length == most and way]
    parts = max(map(len, best), default=0)
    same = [way for way in best if len(way) == parts]
    return 1, tuple(_NOTHING.union(*some) for some in zip(*same, strict=True))


class Naming(NamedTuple):
    """Which meanings name a column: tiers of alternatives, what may stand beside, what is asked.

    Shape: `loose` meanings name it whatever unknown words are beside them; with `each`, every
        header that fits may be it, whatever its tier; with `ranked`, known names have tiers too.
    """

    tiers: tuple[tuple[frozenset[str], ...], ...]
    may: frozenset[str]
    ask: tuple[tuple[frozenset[str], ...], ...]
    loose: frozenset[str]
    each: bool
    ranked: bool
    unless: frozenset[str]

    def tier(self, said: Meaning, *, asked: bool = False) -> tuple[int, frozenset[str]] | None:
        """Give the first tier that a header fits, and by which meanings; None where it fits none."""
        if not asked and said.any & self.unless:
            return None
        for place, alternatives in enumerate(self.ask if asked else self.tiers):
            for wanted in alternatives:
                if said.loose and not (wanted & self.loose):
                    continue
                allowed = wanted | self.may | {_FILLER}
                if wanted <= said.any and all(word & allowed for word in said.words):
                    return place, wanted
        return None


@cache
def namings(kind: str) -> Mapping[str, Naming]:
    """Give how the columns of a kind are named."""
    return {
        column: Naming(
            tiers=tuple(_alternatives(told.get("is", ()))),
            may=frozenset(told.get("may", ())),
            ask=tuple(_alternatives(told.get("ask", ()))),
            loose=frozenset(told.get("loose", ())),
            each=told.get("each", False),
            ranked=told.get("ranked", False),
            unless=frozenset(told.get("unless", ())),
        )
        for column, told in _toml("columns").get(kind, {}).items()
    }


def _alternatives(tiers: Iterable[str]) -> Iterator[tuple[frozenset[str], ...]]:
    for tier in tiers:
        yield tuple(frozenset(one.split()) for one in tier.split(" | "))
