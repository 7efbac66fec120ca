"""Which files are read, how, and which are not."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, PlainValidator, StrictBool, model_validator

from retention_cli.patterns import lazy_pattern
from retention_cli.settings.recipes import Column
from retention_cli.settings.table import Table, Texts, Words, matched
from retention_cli.text.toml_values import Text, refuse, shown

_CHARACTER = lazy_pattern(r"(?s:.)")
_FIRST_YEARS = range(1900, 2001)
_PLACES = range(1, 10_000)


def _encoding(value: object) -> str:
    try:
        if isinstance(value, str):
            "a".encode(value)
            return value
    except (LookupError, ValueError):
        pass
    raise refuse(f"{shown(value)} is not an encoding", 'write "utf-8" or "cp1252"')


def _delimiter(value: object) -> str:
    return matched(_CHARACTER, value, "a single character", r'";", "," or "\t"')[0]


def _first_year(value: object) -> int:
    if isinstance(value, int) and value in _FIRST_YEARS:
        return value
    raise refuse(
        f"{shown(value)} is not the first of a hundred years",
        "write two_digit_years = 1950 where 49 is 2049 and 50 is 1950",
    )


def _order(value: object) -> int:
    if isinstance(value, int) and not isinstance(value, bool) and value in _PLACES:
        return value
    raise refuse(f"{shown(value)} is not a place in an order", "write order = 2 for the later file")


def _ignored(value: object) -> bool:
    if isinstance(value, bool) or value == {}:
        return value is not False
    raise refuse(f"{shown(value)} is not true or false", "write ignore = true, or [export.ignore]")


class ExportRule(Table):
    """How the files of one name or pattern are read, or that they are not."""

    file: Text
    kind: Text = ""
    sheet: Text | None = None
    ignore: Annotated[bool, PlainValidator(_ignored)] = False
    encoding: Annotated[str, PlainValidator(_encoding)] | None = None
    delimiter: Annotated[str, PlainValidator(_delimiter)] | None = None
    preset: Text | None = None
    order: Annotated[int, PlainValidator(_order)] | None = None
    two_digit_years: Annotated[int, PlainValidator(_first_year)] | None = None
    fill_down: StrictBool | None = None
    date_cells: Literal["swapped", "right"] | None = None
    hidden_rows: Literal["keep", "leave-out"] | None = None
    struck_rows: Literal["keep", "leave-out"] | None = None
    columns: dict[str, Column] = Field(default={})
    values: dict[str, dict[str, str]] = Field(default={})
    constants: dict[str, Text] = Field(default={})
    leave_out: dict[str, Words] = Field(default={})

    @model_validator(mode="after")
    def _has_a_kind(self) -> Self:
        if not self.kind and not self.ignore:
            raise refuse("'kind' is missing")
        return self

    def with_more(self, later: ExportRule) -> ExportRule:
        """Give it with what a later rule of the same file says; of one key the later value counts."""
        more = {key: getattr(later, key) for key in later.model_fields_set}
        for key in ("columns", "constants", "leave_out"):
            more[key] = {**getattr(self, key), **getattr(later, key)}
        words = {**self.values, **later.values}
        more["values"] = {
            column: {**self.values.get(column, {}), **later.values.get(column, {})}
            for column in words
        }
        return self.model_copy(update=more)


class Keys(Table):
    """The keys of this section."""

    export: tuple[ExportRule, ...] = ()
    ignore: Texts = ()

    @property
    def read(self) -> tuple[ExportRule, ...]:
        """The rules of the files that are read, those of one file, sheet and kind as one."""
        found: dict[tuple[str, str | None, str], ExportRule] = {}
        for rule in self.export:
            key = (rule.file, rule.sheet, rule.kind)
            if not rule.ignore:
                found[key] = found[key].with_more(rule) if key in found else rule
        return tuple(found.values())

    @property
    def ignored(self) -> tuple[str, ...]:
        """The files that are left out, or patterns of them."""
        whole = (rule.file for rule in self.export if rule.ignore and rule.sheet is None)
        return (*self.ignore, *whole)


TABLES = {"export": ExportRule}
