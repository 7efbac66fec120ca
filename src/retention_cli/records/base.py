"""Record: what one row of an export may be, and the marks its fields carry."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar, NamedTuple

import pyarrow as pa
from pydantic import BaseModel, ConfigDict
from pydantic.fields import FieldInfo


class Column(NamedTuple):
    """The fast lane of a cell type: proves cells of a whole column at once.

    `prove` takes text without nulls in mind and gives typed values, null where it proved nothing.
    It may never prove a cell that the type's reader refuses, nor give another value. `stored`
    holds values that the reader gave, where arrow does not do so by itself.
    """

    arrow: pa.DataType
    prove: Callable[[pa.StringArray], pa.Array]
    stored: Callable[[Sequence[Any]], pa.Array] | None = None


@dataclass(frozen=True, slots=True)
class Filled:
    """A column whose cells may not be blank where it is there."""


class Beside(NamedTuple):
    """Names of a field that are those of another `column` where one of `others` is beside them."""

    column: str
    names: tuple[str, ...]
    others: tuple[str, ...]


class Headers(NamedTuple):
    """Other names for a field in the header rows of real exports.

    `weak` names are taken only where no stronger one is in the file, `faint` ones only where no
    weak one is either: they tell nothing of what the file is. `yes` says what a yes means in a
    column of a name, if anything: for flags whose name is half of what they say.
    """

    strong: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()
    faint: tuple[str, ...] = ()
    yes: Callable[[str], str | None] | None = None
    beside: Beside | None = None


@dataclass(frozen=True, slots=True)
class Months:
    """A day whose cells may give a month alone, and mean its first day then."""


@dataclass(frozen=True, slots=True)
class Words:
    """Words of real exports for ours; those not listed stay, unless `meaning` tells what they say."""

    ours: Mapping[str, tuple[str, ...]]
    opposite: Mapping[str, str] = field(default_factory=dict)
    meaning: Callable[[str], str | None] | None = None


class Form(NamedTuple):
    """How a field's cells are written: what mapping has to decide before they can be read."""

    name: str


DAY, INSTANT, DURATION, HOURS, NUMBER, CODE, IDENTITY, FLAG = (
    Form(name)
    for name in ("day", "instant", "duration", "hours", "number", "code", "identity", "flag")
)

YES = (
    *("yes", "y", "true", "t", "x", "ja", "j", "oui", "o", "si", "sí", "s"),
    *("wahr", "vrai", "verdadero", "vero", "verdadeiro", "waar", "sim", "sì", "да"),
)
NO = (
    *("no", "n", "false", "f", "nein", "non", "falsch", "faux", "falso", "onwaar"),
    *("não", "nao", "nee", "nej", "нет"),
)
"""Words for yes and no, in the languages that headers are read in and some more."""


class UnsettledError(ValueError):
    """A column that its cells leave undecided; `hint` is what settles it.

    `lines` are those to paste under the `[[export]]` of the file; `constants` columns whose value
    for all rows would settle it, with the values to choose from.
    """

    def __init__(
        self,
        column: str,
        readings: str,
        hint: str,
        *,
        lines: tuple[str, ...] = (),
        constants: Mapping[str, tuple[str, ...]] | None = None,
    ) -> None:
        super().__init__(readings)
        self.column = column
        self.readings = readings
        self.hint = hint
        self.lines = lines
        self.constants = constants or {}


class Settled(NamedTuple):
    """Columns of text after a kind's own decisions, and what was assumed on the way.

    `by_its_cells` is what the cells of this one file decided, and those of another of its kind must
    have decided alike.
    """

    columns: Mapping[str, pa.Array]
    assumed: tuple[str, ...] = ()
    by_its_cells: str | None = None


class Record(BaseModel):
    """A row that was accepted. The model is the one authority on what is valid."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    key: ClassVar[tuple[str, ...]] = ()
    """What makes two rows the same thing; empty where the row itself is the thing."""
    is_spell: ClassVar[bool] = False
    """Whether rows are spans of time of one customer, which may touch but not overlap."""
    line_of: ClassVar[tuple[str, ...]] = ()
    """An id that several rows may share as lines of one thing, and what they must agree in."""
    may_drop_equal: ClassVar[bool] = False
    """Whether the settings may leave out rows that are equal to an earlier one of their file."""
    dated_by: ClassVar[tuple[str, ...]] = ()
    """Columns that place a row in time: files of one kind have them or lack them together."""
    needs_one_of: ClassVar[tuple[str, ...]] = ()
    """Columns of which an export has at least one, where no single one is required."""
    figures_rest_on: ClassVar[tuple[str, ...]] = ()
    """Columns that a figure depends on: where two headers could each be one, the user is asked."""
    only_kept: ClassVar[tuple[str, ...]] = ()
    """Columns that no figure rests on: their headers may be those of columns that are needed."""
    in_place_of: ClassVar[Mapping[str, str]] = {}
    """Columns of times and the durations that may stand for them, each by the other."""
    told_by: ClassVar[tuple[str, ...]] = ()
    """Columns of which one at least tells the kind by more than a weak name; empty: any does."""
    foreign_headers: ClassVar[tuple[str, ...]] = ()
    """Headers of rows about something else: a file that has one is not taken for this kind."""
    needs_its_day: ClassVar[bool] = False
    """Whether a file with a day that is none of ours is not taken for this kind unasked."""
    coded: ClassVar[bool] = False
    """Whether text that occurs often stays as codes in tables: for exports of millions of rows."""

    @classmethod
    def suspects(cls, columns: Mapping[str, pa.Array]) -> pa.BooleanArray | None:
        """Mark the rows that a rule across columns might refuse; None where there is no rule."""
        del columns
        return None

    @classmethod
    def priced(
        cls, columns: Mapping[str, pa.Array], rates: Mapping[str, str]
    ) -> Mapping[str, pa.Array]:
        """Value what is measured in hours, at rates of people or roles; other kinds have none."""
        del rates
        return columns

    @classmethod
    def settle(
        cls, columns: Mapping[str, pa.Array], headers: Mapping[str, str], known: Mapping[str, str]
    ) -> Settled:
        """Decide what only the whole file can tell, such as the scale of its scores.

        `headers` are the source headers of the columns; `known` is what settings say.
        Errors: UnsettledError where the cells leave it open.
        """
        del headers, known
        return Settled(columns)


def mark(info: FieldInfo, kind: type) -> object | None:
    """Give the mark of one kind that a field carries."""
    return next((found for found in info.metadata if isinstance(found, kind)), None)


def column_of(info: FieldInfo) -> Column | None:
    """Give the fast lane of a field."""
    found = mark(info, Column)
    return found if isinstance(found, Column) else None


def headers_of(info: FieldInfo) -> Headers:
    """Give the other names of a field."""
    found = mark(info, Headers)
    return found if isinstance(found, Headers) else Headers()


def words_of(info: FieldInfo) -> Words | None:
    """Give the words that stand for a field's own."""
    found = mark(info, Words)
    return found if isinstance(found, Words) else None


def form_of(info: FieldInfo) -> Form | None:
    """Give the form of a field's cells."""
    found = mark(info, Form)
    return found if isinstance(found, Form) else None


def may_be_blank(info: FieldInfo) -> bool:
    """Say whether a cell of the field may be blank where the column is there."""
    return mark(info, Filled) is None
