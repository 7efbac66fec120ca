"""The commands as functions: told the same, they go the same way, and give values instead of text."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, ClassVar, TypeAlias

from retention_cli import records, reports
from retention_cli.errors import UnknownNameError
from retention_cli.reports.explain.csv import member_rows
from retention_cli.reports.scorecard.csv import numbers, words
from retention_cli.results import accounts as _accounts
from retention_cli.results import check as _check
from retention_cli.results import explanation as _explanation
from retention_cli.results import scorecard as _scorecard
from retention_cli.results.facts import fields_of
from retention_cli.runs import accounts as _ranking
from retention_cli.runs import check as _checking
from retention_cli.runs import explain as _explaining
from retention_cli.runs.options import Options
from retention_cli.runs.score import score
from retention_cli.text.atomic import refuse_places
from retention_cli.text.outputs import ACCOUNTS, FIGURES, GROUPS, MEMBERS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    import pandas as pd

    from retention_cli.runs.options import Request

Place: TypeAlias = "str | os.PathLike[str]"
Value: TypeAlias = "Decimal | float | None"
"""A figure as `--format json` writes it, but money is a Decimal; None is undefined."""
Name: TypeAlias = "str | tuple[str, str | None]"
"""The name of a figure; with the value of a group, that of its column, beside it."""

Headers: TypeAlias = "Mapping[str, str | Iterable[str]]"
"""Columns and the headers that they are read from: `{"start_date": "Signed up"}`."""

_TOTALS = ("revenue", "direct_cost", "cost_to_serve", "profit", "margin")
_NUMBERS = ("value", "low", "high", "previous", "change", "target", "warn", "gap")
_PLACES = ("benchmarks", "config", "rejects")


class _Written:
    """What is written of a result is to be had of it too; `_of` is the folder of its formats."""

    __slots__ = ()
    _of: ClassVar[str]

    def to_dict(self) -> dict[str, Any]:
        """Give what `--format json` writes."""
        told: dict[str, Any] = json.loads(reports.renderer("json", of=self._of)(self))
        return told

    def __str__(self) -> str:
        return str(reports.renderer("table", of=self._of)(self))

    __repr__ = __str__


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Scorecard(_Written, _scorecard.Scorecard):
    """What `retention compute` shows."""

    _of = "scorecard"

    @property
    def figures(self) -> Mapping[Name, Value]:
        """The values by name, and by name and group."""
        found: dict[Name, Value] = {}
        for line in self.lines:
            name = line.kpi.name
            place = name if line.group is None else (name, line.group[1])
            found[place] = _value(numbers(line)["value"])
        return MappingProxyType(found)

    def to_pandas(self) -> pd.DataFrame:
        """Give a row for each figure, with the columns of `--format csv`; numbers are floats."""
        import pandas as pd  # noqa: PLC0415  # heavy, and not always wanted

        rows = [{**words(line), **numbers(line)} for line in self.lines]
        frame = pd.DataFrame(rows, columns=list(FIGURES))
        return frame.astype(dict.fromkeys(_NUMBERS, float))


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Accounts(_Written, _accounts.Accounts):
    """What `retention accounts` shows."""

    _of = "accounts"

    @property
    def figures(self) -> Mapping[Name, Value]:
        """The totals by name, and by name and group."""
        told = self.to_dict()
        found: dict[Name, Value] = {name: _value(told["totals"][name]) for name in _TOTALS}
        for one in told["groups"]:
            group = one["group"]["value"]
            found |= {(name, group): _value(one[name]) for name in _TOTALS}
        return MappingProxyType(found)

    def to_pandas(self) -> pd.DataFrame:
        """Give a row for each account, with the columns of `--format csv`; numbers are floats."""
        import pandas as pd  # noqa: PLC0415  # heavy, and not always wanted

        rows = self.to_dict()["accounts"]
        if self.groups:
            rows = [
                {**row, "group_by": row["group"]["by"], "group": row["group"]["value"]}
                for row in rows
            ]
        frame = pd.DataFrame(rows, columns=[*ACCOUNTS, *(GROUPS if self.groups else ())])
        return frame.astype(dict.fromkeys(_TOTALS, float))


@dataclass(frozen=True, slots=True, repr=False)
class Check(_Written, _check.Check):
    """What `retention check` shows."""

    _of = "check"

    def to_pandas(self) -> pd.DataFrame:
        """Give a row for each file: what it was read as, its counts and its verdict."""
        import pandas as pd  # noqa: PLC0415  # heavy, and not always wanted

        return pd.DataFrame(self.to_dict()["files"]).drop(columns="columns", errors="ignore")


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Explanation(_Written, _explanation.Explanation):
    """What `retention explain` shows."""

    _of = "explain"

    def to_pandas(self) -> pd.DataFrame:
        """Give the members of all parts: a row for each row behind them, as `--format csv` does."""
        import pandas as pd  # noqa: PLC0415  # heavy, and not always wanted

        rows = list(member_rows(self))
        frame = pd.DataFrame(rows, columns=list(MEMBERS))
        return frame.astype({"adds": float, "row": "Int64"})


def compute(  # noqa: PLR0913  # a keyword for each option of the command
    *paths: Place,
    period: str | None = None,
    as_of: str | date | None = None,
    by: str | None = None,
    benchmarks: Place | None = None,
    config: Place | None = None,
    rejects: Place | None = None,
    max_rejects: str | int = "5%",
    strict: bool = False,
    date_order: str | None = None,
    decimal: str | None = None,
    currency: str | None = None,
    tz: str | None = None,
    encoding: str | None = None,
    delimiter: str | None = None,
    sheet: str | None = None,
    stdin_name: str | None = None,
    preset: str | Iterable[str] = (),
    map: Headers | None = None,  # noqa: A002  # as the option is called
    ignore: str | Iterable[str] = (),
    **named: Place | Iterable[Place],
) -> Scorecard:
    """Compute every KPI of a period and compare it with the benchmarks.

    Takes the files, folders and options of `retention compute`; `customers="people.csv"` and the
    like name a file as a kind of export. Rows not used are written to `rejects`, or nowhere.
    Errors: RetentionError, of which `hint` says what to do.
    """
    return Scorecard(**fields_of(score(_request(locals()))))


def accounts(  # noqa: PLR0913  # a keyword for each option of the command
    *paths: Place,
    period: str | None = None,
    as_of: str | date | None = None,
    by: str | None = None,
    config: Place | None = None,
    rejects: Place | None = None,
    max_rejects: str | int = "5%",
    strict: bool = False,
    date_order: str | None = None,
    decimal: str | None = None,
    currency: str | None = None,
    tz: str | None = None,
    encoding: str | None = None,
    delimiter: str | None = None,
    sheet: str | None = None,
    stdin_name: str | None = None,
    preset: str | Iterable[str] = (),
    map: Headers | None = None,  # noqa: A002  # as the option is called
    ignore: str | Iterable[str] = (),
    **named: Place | Iterable[Place],
) -> Accounts:
    """Rank the accounts of a period by profit, with totals that add up.

    Takes the files, folders and options of `retention accounts`, as `compute` does.
    Errors: RetentionError, of which `hint` says what to do.
    """
    return Accounts(**fields_of(_ranking.accounts(_request(locals()))))


def check(  # noqa: PLR0913  # a keyword for each option of the command
    *paths: Place,
    as_of: str | date | None = None,
    config: Place | None = None,
    rejects: Place | None = None,
    max_rejects: str | int = "5%",
    strict: bool = False,
    date_order: str | None = None,
    decimal: str | None = None,
    currency: str | None = None,
    tz: str | None = None,
    encoding: str | None = None,
    delimiter: str | None = None,
    sheet: str | None = None,
    stdin_name: str | None = None,
    preset: str | Iterable[str] = (),
    map: Headers | None = None,  # noqa: A002  # as the option is called
    ignore: str | Iterable[str] = (),
    **named: Place | Iterable[Place],
) -> Check:
    """Read and validate exports: what was recognised, what is wrong, and how to fix it.

    Takes the files, folders and options of `retention check`, as `compute` does. A file that
    cannot be used is not an error here: `usable` says whether all can.
    Errors: RetentionError for settings and options that cannot be followed.
    """
    return Check(**fields_of(_checking.check(_request(locals()))))


def explain(  # noqa: PLR0913  # a keyword for each option of the command
    kpi: str | None = None,
    *paths: Place,
    period: str | None = None,
    as_of: str | date | None = None,
    by: str | None = None,
    benchmarks: Place | None = None,
    config: Place | None = None,
    members: str | None = None,
    id: str | None = None,  # noqa: A002  # as the option is called
    as_: str | None = None,
    rejects: Place | None = None,
    max_rejects: str | int = "5%",
    strict: bool = False,
    date_order: str | None = None,
    decimal: str | None = None,
    currency: str | None = None,
    tz: str | None = None,
    encoding: str | None = None,
    delimiter: str | None = None,
    sheet: str | None = None,
    stdin_name: str | None = None,
    preset: str | Iterable[str] = (),
    map: Headers | None = None,  # noqa: A002  # as the option is called
    ignore: str | Iterable[str] = (),
    **named: Place | Iterable[Place],
) -> Explanation:
    """Open a figure of a period to its parts, and those to the members and rows behind them.

    With `id` they are those of one customer; without a KPI, of every figure.

    Takes the files, folders and options of `retention explain`, as `compute` does; without any
    file it gives the definition alone.
    Errors: RetentionError, of which `hint` says what to do.
    """
    told = locals()
    if kpi is not None and not (paths or named or period or by or config or id):
        return Explanation(**fields_of(_explaining.define(kpi)))
    del told["kpi"], told["members"], told["id"], told["as_"]
    asked = _explaining.Asked(kpi, customer=id, part=members, readings=as_)
    return Explanation(**fields_of(_explaining.explain(asked, _request(told))))


def _request(told: Mapping[str, Any]) -> Request:
    """Find what a call asks for, as the command line does."""
    options = {name: value for name, value in told.items() if name not in {"paths", "named"}}
    named = {name: _paths(value) for name, value in told["named"].items()}
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
    request = Options(paths=_paths(told["paths"]), named=named, **options).request()
    refuse_places(output=None, rejects=request.rejects, sources=request.read)
    return request


def _paths(places: Any) -> list[Path]:
    one = isinstance(places, str | os.PathLike)
    return [Path(place) for place in ([places] if one else places)]


def _mapped(headers: Headers) -> list[str]:
    return [
        f"{column}={header}"
        for column, told in headers.items()
        for header in ([told] if isinstance(told, str) else told)
    ]


def _value(cell: float | str | None) -> Value:
    """Give a value as it is written; the text of money is a decimal."""
    return Decimal(cell) if isinstance(cell, str) else cell
