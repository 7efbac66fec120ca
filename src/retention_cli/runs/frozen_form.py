"""The form of `run.json`: each value of it is checked before anything rests on it."""

from __future__ import annotations

import math
from datetime import date
from fractions import Fraction
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, PlainValidator, ValidationError, model_validator

from retention_cli import records
from retention_cli.benchmarks.verdicts import Verdict
from retention_cli.errors import RetentionError
from retention_cli.patterns import lazy_pattern
from retention_cli.results.frozen import Frozen, FrozenFigure, FrozenFile, FrozenPart
from retention_cli.values.measures import Unit
from retention_cli.values.periods import Period

_EXACT = lazy_pattern(r"-?[0-9]{1,4000}(/[1-9][0-9]{0,3999})?")
_HALVES = lazy_pattern("[\ud800-\udfff]")
_LARGEST = 10**30
"""No sum of money or time is near it, and a float still has it."""
_SAYS = {
    "missing": "is missing",
    "int_type": "is not a whole number",
    "greater_than_equal": "is below 0",
    "less_than": "is too large",
    "list_type": "is not a list",
    "dict_type": "is not a table of names and values",
    "model_type": "is not a table of names and values",
}


class FormError(ValueError):
    """Names the first value that no frozen run has, and says what is wrong with it."""


def _text(value: object) -> str:
    if _HALVES.search(_path(value)):
        raise ValueError("is not text")
    return _path(value)


def _path(value: object) -> str:
    """Read the name of a file: of those alone some hold halves of characters."""
    if isinstance(value, str):
        return value
    raise ValueError("is not text")


def _one_of(*known: str) -> Any:
    def check(value: object) -> str:
        if isinstance(value, str) and value in known:
            return value
        raise ValueError(f"is not one of {', '.join(known)}")

    return PlainValidator(check)


def _number(value: object) -> Fraction | float:
    number: Fraction | float = math.nan
    if isinstance(value, str) and _EXACT.fullmatch(value):
        number = Fraction(value)
    elif isinstance(value, float):
        number = value
    if -_LARGEST < number < _LARGEST:
        return number
    raise ValueError("is not a number as it is kept, such as '9/10'")


def _period(value: object) -> str:
    text = _text(value)
    try:
        return Period.parse(text).label if text else text
    except RetentionError:
        raise ValueError("is not a period") from None


def _day(value: object) -> str:
    try:
        return str(date.fromisoformat(_text(value)))
    except ValueError:
        raise ValueError("is not a day, such as 2025-06-30") from None


def _named(value: object) -> str:
    if _text(value).split():
        return _text(value)
    raise ValueError("is blank")


Text = Annotated[str, PlainValidator(_text)]
Name = Annotated[str, PlainValidator(_named)]
Number = Annotated[Any, PlainValidator(_number)]
Count = Annotated[int, Field(strict=True, ge=0, lt=1 << 62)]
Kind = Annotated[str, _one_of(*records.names())]
UnitName = Annotated[str, _one_of(*(one.value for one in Unit))]


class _Form(BaseModel):
    """What later versions add is passed over."""

    model_config = ConfigDict(strict=True, extra="ignore")

    def told(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in type(self).model_fields}


class _Part(_Form):
    value: Number | None
    unit: UnitName
    members: Count | None


class _Figure(_Form):
    kpi: Name
    group: Annotated[list[Text | None], Field(min_length=2, max_length=2)] | None
    value: Number | None
    unit: UnitName
    currency: Text | None
    n: Count
    parts: dict[Text, _Part]
    reason: Text | None
    basis: Text | None
    verdict: Annotated[str, _one_of(*(one.value for one in Verdict))] | None
    rows: Count | None
    cells: dict[Kind, list[Text]]
    made_of: list[Text]
    settings: list[Text]
    rests_on: list[Kind]


class _File(_Form):
    file: Annotated[str, PlainValidator(_path)]
    sheet: Text | None
    kind: Kind
    sha256: Text
    rows: Count
    accepted: Count
    rejected: Count
    skipped: Count

    @model_validator(mode="after")
    def _closed(self) -> _File:
        if self.accepted + self.rejected + self.skipped != self.rows:
            raise ValueError("has counts that do not add up to its rows")
        return self


class _Run(_Form):
    command: Annotated[str, _one_of("compute", "accounts")]
    version: Text
    period: Annotated[str, PlainValidator(_period)]
    as_of: Annotated[str, PlainValidator(_day)]
    by: Text | None
    settings: dict[Text, Any]
    benchmarks: dict[Name, dict[Text, Text]]
    definitions: dict[Text, Text]
    keys: dict[Kind, list[Text]]
    files: list[_File]
    figures: list[_Figure]

    @model_validator(mode="after")
    def _once(self) -> _Run:
        places = {(one.kpi, *(one.group or ())) for one in self.figures}
        if len(places) < len(self.figures):
            raise ValueError("has a figure twice")
        return self


def read_form(told: object) -> Frozen:
    """Read what `Frozen.to_dict` gave, without its tables; what later versions add is passed over.

    Errors: FormError for a value that no run has.
    """
    try:
        run = _Run.model_validate(told)
    except ValidationError as error:
        raise FormError(_first(error)) from None
    return Frozen(
        **{
            **run.told(),
            "keys": {kind: tuple(names) for kind, names in run.keys.items()},
            "files": tuple(FrozenFile(**one.told()) for one in run.files),
            "figures": tuple(map(_figure, run.figures)),
        }
    )


def _figure(one: _Figure) -> FrozenFigure:
    told = one.told()
    for name in ("made_of", "settings", "rests_on"):
        told[name] = tuple(told[name])
    return FrozenFigure(
        **{
            **told,
            "group": (one.group[0], one.group[1]) if one.group else None,
            "parts": {name: FrozenPart(**part.told()) for name, part in one.parts.items()},
            "cells": {kind: tuple(names) for kind, names in one.cells.items()},
        }
    )


def _first(error: ValidationError) -> str:
    """Say of the first value that is wrong where it stands, and what is wrong with it."""
    first = error.errors(include_url=False, include_input=False)[0]
    steps = [f"[{one}]" if isinstance(one, int) else f".{one}" for one in first["loc"]]
    said = first.get("ctx", {}).get("error") or _SAYS.get(first["type"]) or first["msg"]
    return f"{''.join(steps).removeprefix('.') or 'it'} {said}"
