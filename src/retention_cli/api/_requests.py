"""What a call asks for: told as the options are, and found as a command line finds it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from retention_cli import records
from retention_cli.errors import UnknownNameError
from retention_cli.runs.options import Options
from retention_cli.text.atomic import refuse_places

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from retention_cli.runs.options import Request

Place: TypeAlias = "str | os.PathLike[str]"
Headers: TypeAlias = "Mapping[str, str | Iterable[str]]"
"""Columns and the headers that they are read from: `{"start_date": "Signed up"}`."""

_PLACES = ("start", "end", "benchmarks", "config", "rejects")


def request_of(told: Mapping[str, Any]) -> Request:
    """Find what a call asks for, as the command line does."""
    options = {name: value for name, value in told.items() if name not in {"paths", "named"}}
    named = {name: paths_of(value) for name, value in told["named"].items()}
    for name in named:
        if name not in records.names():
            raise UnknownNameError("keyword", name, (*options, *records.names()))
    options |= {name: Path(options[name]) for name in _PLACES if options.get(name) is not None}
    options["max_rejects"] = str(options["max_rejects"])
    options["as_of"] = None if options["as_of"] is None else str(options["as_of"])
    for name in ("preset", "ignore"):
        given = options[name]
        options[name] = (given,) if isinstance(given, str) else tuple(given)
    options["map"] = _mapped(options["map"] or {})
    request = Options(paths=paths_of(told["paths"]), named=named, **options).request()
    refuse_places({"--rejects": request.rejects}, sources=request.read)
    return request


def paths_of(places: Any) -> list[Path]:
    one = isinstance(places, str | os.PathLike)
    return [Path(place) for place in ([places] if one else places)]


def _mapped(headers: Headers) -> list[str]:
    return [
        f"{column}={header}"
        for column, told in headers.items()
        for header in ([told] if isinstance(told, str) else told)
    ]
