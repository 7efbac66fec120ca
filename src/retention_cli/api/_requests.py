"""What a call asks for: told as the options are, and found as a command line finds it."""

from __future__ import annotations

import inspect
import os
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias, TypedDict, TypeVar

from retention_cli import records
from retention_cli.errors import UnknownNameError
from retention_cli.runs.options import Options
from retention_cli.text.atomic import refuse_places

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import date

    from retention_cli.runs.options import Request

Place: TypeAlias = "str | os.PathLike[str]"
Files: TypeAlias = "Place | Iterable[Place] | None"
Headers: TypeAlias = "Mapping[str, str | Iterable[str]]"
"""Columns and the headers that they are read from: `{"start_date": "Signed up"}`."""

Function = TypeVar("Function", bound="Callable[..., Any]")


class Told(TypedDict, total=False):
    """What all functions take, named as the options; a file may be named as a kind of export."""

    as_of: str | date | None
    config: Place | None
    rejects: Place | None
    max_rejects: str | int
    strict: bool
    date_order: str | None
    decimal: str | None
    currency: str | None
    tz: str | None
    encoding: str | None
    delimiter: str | None
    sheet: str | None
    stdin_name: str | None
    preset: str | Iterable[str]
    map: Headers | None
    ignore: str | Iterable[str]
    costs: Files
    customers: Files
    invoices: Files
    surveys: Files
    tickets: Files


_DEFAULTS = {one.name: one.default for one in fields(Options)}
_PLACES = ("start", "end", "benchmarks", "config", "rejects")


def with_options(function: Function) -> Function:
    """Show in the signature of a function each keyword that its `told` may have."""
    signature = inspect.signature(function)
    *own, _ = signature.parameters.values()
    told = [
        inspect.Parameter(
            name,
            inspect.Parameter.KEYWORD_ONLY,
            default=_DEFAULTS.get(name),
            annotation=getattr(annotation, "__forward_arg__", annotation),
        )
        for name, annotation in Told.__annotations__.items()
    ]
    function.__signature__ = signature.replace(parameters=[*own, *told])  # type: ignore[attr-defined]  # what help() reads
    return function


def request_of(said: Mapping[str, Any]) -> Request:
    """Find what a call asks for, as the command line does; `said` are its own keywords and `told`."""
    told, kinds = said["told"], records.names()
    for name in told:
        if name not in Told.__annotations__ and name not in kinds:
            known = {*said, *Told.__annotations__, *kinds} - {"paths", "told"}
            raise UnknownNameError("keyword", name, known)
    options = {**_DEFAULTS, **said, **told}
    options = {name: options[name] for name in _DEFAULTS}
    options |= {name: Path(options[name]) for name in _PLACES if options[name] is not None}
    options["max_rejects"] = str(options["max_rejects"])
    options["as_of"] = None if options["as_of"] is None else str(options["as_of"])
    options |= {name: texts_of(options[name]) for name in ("preset", "ignore")}
    options["map"] = _mapped(options["map"] or {})
    options["paths"] = paths_of(said["paths"])
    options["named"] = {
        name: paths_of(files) for name, files in told.items() if name in kinds and files is not None
    }
    request = Options(**options).request()
    refuse_places({"--rejects": request.rejects}, sources=request.read)
    return request


def names_files(told: Told) -> bool:
    """Say whether keywords name files or settings; one that is not known counts, to be refused."""
    given = {name for name, value in told.items() if value is not None}
    return not given <= _DEFAULTS.keys() - {"config"}


def path_of(place: Place | None) -> Path | None:
    return None if place is None else Path(place)


def texts_of(texts: str | Iterable[str]) -> tuple[str, ...]:
    return (texts,) if isinstance(texts, str) else tuple(texts)


def paths_of(places: Any) -> list[Path]:
    one = isinstance(places, str | os.PathLike)
    return [Path(place) for place in ([places] if one else places)]


def _mapped(headers: Headers) -> list[str]:
    return [f"{column}={header}" for column, told in headers.items() for header in texts_of(told)]
