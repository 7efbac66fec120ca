"""Whether the cells of a column can be what words of its header say."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from retention_cli.frames.columns import as_text
from retention_cli.mapping.by_cells import Shape, shape_of
from retention_cli.mapping.cells.currencies import without_currency
from retention_cli.reading.text import WHITE_SPACE
from retention_cli.records.base import CODE, DAY, DURATION, FLAG, HOURS, IDENTITY, INSTANT, NUMBER
from retention_cli.records.scores.cells import read_score

if TYPE_CHECKING:
    from collections.abc import Callable

    from retention_cli.records.base import Form

_SEEN, _DIFFERENT, _SHORT = 2_000, 200, 1 << 14
_NUMBER = r"\A[-+(]?[0-9][0-9.,' \x{00a0}\x{202f}]*\)?-?\z"
_PHONE = r"\A\+?[0-9(][0-9()-]*(?: [0-9()-]+)+\z"
"""Numbers to call have spaces; what is a number alone, or has letters, may be an id."""
_PHRASE = r"\A[^0-9]+\s[^0-9]+\z"
"""Ids of tickets and answers have a digit, or are one word."""
_DIGITS = r"\A[0-9]+\z"
"""Days may be counted in digits alone, and so are ids: 10234 is a customer, and a day of 1928."""
_NUMBERED = ("ticket_id", "response_id")
_DECIMAL = r"\A-?[0-9][0-9.,' ]*[.,][0-9]{2}\z"
_SMALL = r"\A(?:10|[0-9])(?:[.,]0+)?(?: ?/ ?(?:5|7|10|100))?\z"
_COUNT = r"\A[0-9]{1,4}(?:[.,]0+)?\z"
_DAY = len("2025-01-31")
_ENOUGH = 0.9
_SPREAD = 0.5
_FEW = 10
"""Among so few rows the plans of customers are as different as their ids."""
_SHAPES = {DAY: Shape.MOMENTS, INSTANT: Shape.MOMENTS, FLAG: Shape.FLAGS}


@lru_cache(maxsize=1 << 10)
def _shape_of(texts: tuple[str, ...]) -> Shape | None:
    return shape_of(pa.array(texts, pa.string()))


@dataclass(slots=True)
class Samples:
    """The first cells of the columns of a sheet, each looked at once."""

    cells: Callable[[int], Any]
    _filled: dict[int, Any] = field(default_factory=dict)
    _shapes: dict[int, Shape | None] = field(default_factory=dict)
    _rows: dict[int, int] = field(default_factory=dict)
    _words: dict[int, list[str]] = field(default_factory=dict)

    def words(self, place: int) -> list[str]:
        """Give the different texts of a column: of all its rows where few differ, else of the first.

        Columns of a long file in which texts repeat are held as codes: to list them costs nothing.
        """
        if place not in self._words:
            column = self.cells(place)
            whole = pa.types.is_dictionary(column.type) or len(column) <= _SHORT
            texts = pc.utf8_trim(as_text(pc.unique(column)), WHITE_SPACE) if whole else None
            few = texts is not None and len(texts) <= _DIFFERENT
            texts = pc.unique(texts if few else self.filled(place))
            self._words[place] = [text for text in texts.to_pylist() if text]
        return self._words[place]

    def words_of(self, place: int, rows: Any) -> set[str]:
        """Give the different texts of some rows of a column that has few."""
        found = as_text(pc.unique(self.cells(place).filter(rows))).to_pylist()
        return {text.strip(WHITE_SPACE) for text in found if text} - {""}

    def there(self, place: int) -> Any:
        """Mark the rows of a column that have a cell."""
        column = self.cells(place)
        return pc.is_valid(column if len(column) > _SEEN else self.first(place))

    def first(self, place: int) -> Any:
        """Give the first cells of a column; blank ones are null."""
        texts = pc.utf8_trim(as_text(self.cells(place).slice(0, _SEEN)), WHITE_SPACE)
        return pc.if_else(pc.equal(texts, ""), None, texts)

    def filled(self, place: int) -> Any:
        """Give the first cells of a column that are not blank."""
        if place not in self._filled:
            texts = self.first(place)
            self._rows[place] = len(texts)
            self._filled[place] = texts.drop_null()
        return self._filled[place]

    def is_filled(self, place: int) -> bool:
        """Say whether no cell is blank."""
        return len(self.filled(place)) == self._rows[place]

    def shape(self, place: int) -> Shape | None:
        """Say what they look like."""
        if place not in self._shapes:
            some = pc.unique(self.filled(place)).slice(0, _DIFFERENT).to_pylist()
            some = some or self.words(place)
            self._shapes[place] = _shape_of(tuple(some))
        return self._shapes[place]

    def lies_between(self, place: int) -> bool:
        """Say whether cells are numbers, and most of them lie between whole ones, as means do."""
        filled = self.filled(place)
        broken = r"\A[0-9]+[.,][0-9]*[1-9][0-9]*\z"
        return len(filled) > 0 and self._mostly(filled, broken)

    def shown(self, place: int) -> tuple[str, ...]:
        """Give three of them that differ."""
        return tuple(pc.unique(self.filled(place)).slice(0, 3).to_pylist())

    def same(self, one: int, other: int) -> bool:
        """Say whether two columns hold the same."""
        return bool(self.cells(one).equals(self.cells(other)))

    def on_one_day(self, start: int, end: int) -> bool:
        """Say whether two columns of moments have the same day in each row that has both."""
        pairs = zip(self.first(start).to_pylist(), self.first(end).to_pylist(), strict=True)
        days = [(one[:_DAY], other[:_DAY]) for one, other in pairs if one and other]
        return len(days) > 1 and all(one == other for one, other in days)

    def is_unique(self, place: int) -> bool:
        """Say whether every row has a cell, and each a different one."""
        filled = self.filled(place)
        return len(filled) == self._rows[place] == len(pc.unique(filled)) > 0

    def has_blanks(self, place: int) -> bool:
        """Say whether some rows have no cell."""
        return len(self.filled(place)) < self._rows[place]

    def counts_rows(self, place: int) -> bool:
        """Say whether cells are the numbers of their rows: 1, 2, 3."""
        return bool(self.filled(place).to_pylist() == [*map(str, range(1, self._rows[place] + 1))])

    def fit(self, place: int, column: str, form: Form | None, *, key: bool = False) -> bool:
        """Say whether cells may be of a column; blank ones may be of any that may be blank."""
        filled = self.filled(place)
        if not len(filled):
            return not key
        shape = self.shape(place)
        if form == NUMBER:
            return self._is_number(filled, column, shape)
        if form == IDENTITY:
            called = column in _NUMBERED and (
                self._all(filled, _PHONE) or self._mostly(filled, _PHRASE)
            )
            day = shape is Shape.MOMENTS and not self._all(filled, _DIGITS)
            other = called or day or shape is Shape.FLAGS or self._all(filled, _DECIMAL)
            return not other and (not key or self._tells(place))
        if form in {DURATION, HOURS}:
            return shape in {Shape.SPANS, Shape.NUMBERS} or self._all(filled, _NUMBER)
        if form in _SHAPES:
            return shape is _SHAPES[form]
        longest = len("EUR €") if form == CODE else None
        strange = {Shape.MOMENTS, Shape.SPANS, *((Shape.FLAGS,) if column != "status" else ())}
        return shape not in strange and self._within(filled, longest)

    @staticmethod
    def _within(filled: Any, longest: int | None) -> bool:
        return longest is None or int(pc.max(pc.utf8_length(filled)).as_py()) <= longest

    def _tells(self, place: int) -> bool:
        """Say whether nearly all rows have a cell, and most a different one; of few rows, each."""
        filled = self.filled(place)
        spread = len(pc.unique(filled)) >= (_SPREAD if len(filled) > _FEW else 1) * len(filled)
        return spread and len(filled) >= _ENOUGH * self._rows[place]

    def is_money(self, place: int) -> bool:
        """Say whether cells are numbers, and not all of them 0."""
        filled = self.filled(place)
        bare = without_currency(pa.array(filled.to_pylist(), pa.string()))
        return len(bare) > 0 and self._all(bare, _NUMBER) and not self._all(bare, r"\A[-0.,]*\z")

    def are_digits(self, place: int) -> bool:
        """Say whether cells are digits alone: days may be counted so, and so are ids."""
        return self._all(self.filled(place), _DIGITS)

    def are_few(self, place: int) -> bool:
        """Say whether cells are small whole numbers, as counts are and amounts seldom."""
        return self._all(self.filled(place), r"\A[0-9]{1,3}\z")

    def _is_number(self, filled: Any, column: str, shape: Shape | None) -> bool:
        if column == "score":
            return self._all(filled, _SMALL) or self._says_a_score(filled)
        if column == "reopened" and shape is Shape.FLAGS:
            return True
        if column == "contacts":
            return self._all(filled, _COUNT)  # Numbers to call go by such names too.
        if shape is Shape.MOMENTS:
            return False
        bare = without_currency(pa.array(filled.to_pylist()))
        return self._all(bare, _NUMBER)

    @staticmethod
    def _all(texts: Any, pattern: str) -> bool:
        return bool(pc.all(pc.match_substring_regex(texts, pattern)).as_py())

    @staticmethod
    def _mostly(texts: Any, pattern: str) -> bool:
        """Say whether more than half of some texts are as a pattern says."""
        return bool(2 * pc.sum(pc.match_substring_regex(texts, pattern)).as_py() > len(texts))

    @staticmethod
    def _says_a_score(filled: Any) -> bool:
        """Scores may be words or stars: few different ones, and one of them at least is known."""
        different = pc.unique(filled)
        if len(different) > len(filled) ** 0.5 + 5:
            return False
        said = map(read_score, different.to_pylist())
        return any(one is not None and (one.words or one.score is not None) for one in said)
