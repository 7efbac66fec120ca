"""What a preset may say: the keys of the files beside this one, each with what it means."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from retention_cli.settings import Recipe

if TYPE_CHECKING:
    from collections.abc import Collection


def _several(value: object) -> object:
    return (value,) if isinstance(value, str | dict) else value


Names = Annotated[tuple[str, ...], BeforeValidator(_several), Field(min_length=1)]
"""A header, or several by which a column went over the years: the first that a file has.

`*` in it stands for any text, `{currency}` for the code of a currency or nothing.
"""


class _Table(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class Signature(_Table):
    """The headers that tell a system's export: all of `required`, none of `absent`.

    `known` are others that it may have; they make recognising it surer.
    """

    required: tuple[Names, ...] = Field(min_length=2)
    absent: tuple[str, ...] = ()
    known: tuple[str, ...] = ()


class Condition(_Table):
    """What a cell of a column has to be; case does not matter, nor spaces around it."""

    column: Names
    is_: Annotated[tuple[str, ...], BeforeValidator(_several)] = Field(default=(), alias="is")
    is_not: Annotated[tuple[str, ...], BeforeValidator(_several)] = ()
    like: str | None = None
    unlike: str | None = None
    blank: bool | None = None

    @model_validator(mode="after")
    def _says_one_thing(self) -> Self:
        said = [bool(self.is_), bool(self.is_not), bool(self.like), bool(self.unlike)]
        if sum((*said, self.blank is not None)) != 1:
            raise ValueError("a condition says one of: is, is_not, like, unlike, blank")
        return self


class Rule(_Table):
    """Rows for which all of `when` holds, and why they are not as the others.

    Where the file lacks a column of `when` the rule cannot be followed: that is said, unless
    it hardly ever matters (`rare`).
    """

    when: Annotated[tuple[Condition, ...], BeforeValidator(_several), Field(min_length=1)]
    because: str
    rare: bool = False


class Skip(Rule):
    """Rows that are about something else: left out, counted and said under a code."""

    code: str = Field(pattern=r"^[a-z]+(?:-[a-z]+)*$")


class Negate(Rule):
    """Amounts whose sign another column tells; `leave_negative` where some have it already."""

    columns: Names
    leave_negative: bool = False


class Rewrite(_Table):
    """Cells of a form that only this system has, put in one that everybody reads."""

    columns: Names
    pattern: str
    with_: str = Field(alias="with")


class PeriodYear(_Table):
    """Days written DDMM, whose year is that of a period in the row above the header.

    `first` and `last` are the places of the period's days in that row, counted from 1.
    """

    columns: Names
    first: int
    last: int


class MetadataCurrency(_Table):
    """A currency column whose blank cells mean that of the row above the header, at a place."""

    column: str
    place: int


class ReportLayout(_Table):
    """What stands among the rows: more header rows, groups, totals, footers.

    Of several `header_rows` the first `naming_rows` name a column together, but for those that the
    signature knows, which the first names alone. `group` names the first column, which has no
    name and is filled by the rows that hold nothing else; `totals` and `footer` begin rows that
    are not data.
    """

    header_rows: int = 1
    naming_rows: int = 1
    group: str | None = None
    totals: tuple[str, ...] = ()
    footer: tuple[str, ...] = ()


class Made(_Table):
    """A column made of others: see `Recipe`."""

    multiply: tuple[str, ...] = ()
    subtract: tuple[str, ...] = ()
    first: tuple[str, ...] = ()
    join: tuple[str, ...] = ()
    from_: str | None = Field(default=None, alias="from")
    unit: str | None = None
    blank_is_zero: bool = False

    @model_validator(mode="after")
    def _is_one_recipe(self) -> Self:
        given = (self.multiply, self.subtract, self.first, self.join, self.from_)
        if sum(map(bool, given)) != 1 or bool(self.from_) != bool(self.unit):
            raise ValueError("a recipe is one of: multiply, subtract, first, join, from with unit")
        return self

    @property
    def headers(self) -> tuple[str, ...]:
        """The headers that it is made of."""
        several = (*self.multiply, *self.subtract, *self.first, *self.join)
        return (self.from_,) if self.from_ else several

    def recipe(self, headers: tuple[str, ...]) -> Recipe:
        """Write it with the headers as the file has them."""
        return Recipe(
            multiply=headers if self.multiply else (),
            subtract=headers if self.subtract else (),
            first=headers if self.first else (),
            join=headers if self.join else (),
            from_=headers[0] if self.from_ else None,
            unit=self.unit,
            blank_is_zero=self.blank_is_zero,
        )


Sources = Annotated[tuple[str | Made, ...], BeforeValidator(_several), Field(min_length=1)]
"""Where a column comes from: the first of these whose headers the file has."""


class Feed(_Table):
    """How the rows become those of one kind of export; `assumed` is said in every run."""

    columns: dict[str, Sources]
    values: dict[str, dict[str, str]] = Field(default={})
    constants: dict[str, str] = Field(default={})
    skip: tuple[Skip, ...] = ()
    assumed: tuple[str, ...] = ()


class Preset(_Table):
    """One export of one system.

    `only_by_hand` says why it is not taken by itself; `includes_tax` whether sales tax is in the
    amounts, where that is sure; `doubles` names presets whose files hold the
    same money; `notes` are for whoever checks.
    """

    name: str
    system: str
    object: str
    only_by_hand: str | None = None
    includes_tax: bool | None = None
    doubles: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    utc: tuple[str, ...] = ()
    signature: Signature
    layout: ReportLayout = ReportLayout()
    year: PeriodYear | None = None
    currency: MetadataCurrency | None = None
    rewrite: tuple[Rewrite, ...] = ()
    negate: tuple[Negate, ...] = ()
    feeds: dict[str, Feed] = Field(min_length=1)

    def fed_by(self, headers: Collection[str]) -> set[str]:
        """Give the columns of ours that come from any of some headers."""
        given = (one for feed in self.feeds.values() for one in feed.columns.items())
        return {
            column
            for column, sources in given
            for one in sources
            if {*headers} & {*(one.headers if isinstance(one, Made) else (one,))}
        }
