"""What the functions give: the results of the commands, with figures, data frames and JSON."""

from __future__ import annotations

import json
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, ClassVar, TypeAlias

from retention_cli import reports
from retention_cli.reports.explain.csv import member_rows
from retention_cli.reports.scorecard.csv import numbers, words
from retention_cli.results import accounts as _accounts
from retention_cli.results import bridge as _bridge
from retention_cli.results import check as _check
from retention_cli.results import cohorts as _cohorts
from retention_cli.results import diff as _diff
from retention_cli.results import explanation as _explanation
from retention_cli.results import impact as _impact
from retention_cli.results import lifetimes as _lifetimes
from retention_cli.results import report as _report
from retention_cli.results import review as _review
from retention_cli.results import scorecard as _scorecard
from retention_cli.results import signals as _signals
from retention_cli.results import trend as _trend
from retention_cli.text.outputs import (
    ACCOUNTS,
    BRIDGE,
    BRIDGE_ROWS,
    COHORTS,
    DIFF,
    FIGURES,
    GROUPS,
    IMPACT,
    LIFETIMES,
    MEMBERS,
    REVIEW,
    SIGNALS,
    TREND,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import pandas as pd

Value: TypeAlias = "Decimal | float | None"
"""A figure as `--format json` writes it, but money is a Decimal; None is undefined."""
Name: TypeAlias = "str | tuple[str, str | None]"
"""The name of a figure; with the value of a group, that of its column, beside it."""

_TOTALS = ("revenue", "direct_cost", "cost_to_serve", "profit", "margin")
_NUMBERS = ("value", "low", "high", "previous", "change", "target", "warn", "gap")


def _framed(
    rows: Iterable[Mapping[str, Any]], columns: Iterable[str], numbers: Iterable[str]
) -> pd.DataFrame:
    """Make a data frame of rows; numbers are floats, and what is blank is missing."""
    import pandas as pd  # noqa: PLC0415  # heavy, and not always wanted

    told = [{name: None if cell == "" else cell for name, cell in row.items()} for row in rows]
    frame = pd.DataFrame(told, columns=list(columns))
    return frame.astype(dict.fromkeys(numbers, float))


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


class _Tabled(_Written):
    """A result whose CSV is had as a data frame too."""

    __slots__ = ()
    _columns: ClassVar[tuple[str, ...]]
    _numbers: ClassVar[tuple[str, ...]]

    def to_pandas(self) -> pd.DataFrame:
        """Give the rows and columns of `--format csv`; numbers are floats."""
        return _framed(reports.rows(self, of=self._of), self._columns, self._numbers)


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
        rows = ({**words(line), **numbers(line)} for line in self.lines)
        return _framed(rows, FIGURES, _NUMBERS)


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
        rows = self.to_dict()["accounts"]
        if self.groups:
            rows = [
                {**row, "group_by": row["group"]["by"], "group": row["group"]["value"]}
                for row in rows
            ]
        return _framed(rows, (*ACCOUNTS, *(GROUPS if self.groups else ())), _TOTALS)


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


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Trend(_Tabled, _trend.Trend):
    """What `retention trend` shows."""

    _of = "trend"
    _columns = TREND
    _numbers = (*_NUMBERS, "n", "band_low", "band_high")


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Bridge(_Written, _bridge.Bridge):
    """What `retention bridge` shows."""

    _of = "bridge"

    def to_pandas(self) -> pd.DataFrame:
        """Give a row for each line, or with members for each customer and line."""
        if self.members:
            return _framed(reports.rows(self, of=self._of), BRIDGE_ROWS, ("before", "now"))
        return _framed(reports.rows(self, of=self._of), BRIDGE, ("value", "n"))


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Report(_report.Report):
    """What `retention report` writes."""

    def to_html(self) -> str:
        """Give the page."""
        return str(reports.renderer("html", of="report")(self))

    def to_xlsx(self) -> bytes:
        """Give the workbook."""
        return bytes(reports.renderer("xlsx", of="report")(self))


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Cohorts(_Tabled, _cohorts.Cohorts):
    """What `retention cohorts` shows."""

    _of = "cohorts"
    _columns = COHORTS
    _numbers = ("size", "age", "active", "share", "revenue", "revenue_share")


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Lifetimes(_Written, _lifetimes.Lifetimes):
    """What `retention clv` shows."""

    _of = "clv"

    def to_pandas(self) -> pd.DataFrame:
        """Give a row for each customer, with the columns of `--format csv`; numbers are floats."""
        rows = reports.rows(self, of=self._of)
        ends = ("value", "margin", "alive", "low", "high")
        numbers = [name for name in LIFETIMES if name.endswith(ends)]
        columns = (*LIFETIMES, *(GROUPS if self.by else ()))
        return _framed(rows, columns, (*numbers, "expected_purchases", "days_silent"))


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Impact(_Tabled, _impact.Impact):
    """What `retention impact` shows."""

    _of = "impact"
    _columns = IMPACT
    _numbers = (*IMPACT[1:3], *IMPACT[5:11])


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Diff(_Tabled, _diff.Diff):
    """What `retention diff` shows."""

    _of = "diff"
    _columns = DIFF
    _numbers = ("then", "now", "row")


def _value(cell: float | str | None) -> Value:
    """Give a value as it is written; the text of money is a decimal."""
    return Decimal(cell) if isinstance(cell, str) else cell


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Signals(_Tabled, _signals.Signals):
    """What `retention signals` shows."""

    _of = "signals"
    _columns = SIGNALS
    _numbers = ("revenue_at_stake", "profit_at_stake", "signals")


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Review(_Tabled, _review.Review):
    """What `retention review` shows."""

    _of = "review"
    _columns = REVIEW
    _numbers = ("p10", "median", "p90", "movement", "reliability", "with_retention")
