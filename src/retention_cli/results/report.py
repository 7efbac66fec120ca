"""All that is to be said of one period, for somebody who reads it for the first time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from retention_cli.results.facts import Facts

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from retention_cli.results.accounts import Accounts
    from retention_cli.results.bridge import Bridge
    from retention_cli.results.cohorts import Cohorts
    from retention_cli.results.manifest import Content
    from retention_cli.results.scorecard import Scorecard
    from retention_cli.results.trend import Trend

SECTIONS = {
    "scorecard": "Scorecard",
    "trend": "How the figures moved",
    "bridge": "From the start to the end",
    "cohorts": "Who stayed",
    "responses": "How long customers waited for an answer",
    "nps": "What the Net Promoter Score is made of",
    "accounts": "Who the profit rests on",
    "definitions": "What the figures mean",
    "data": "What all of this rests on",
}
"""The sections of a report in their order, by the names that `--sections` takes."""


@dataclass(frozen=True, slots=True)
class Bar:
    """How many of something there are up to a bound, in seconds; None is without one."""

    bound: int | None
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Report(Facts):
    """The parts of a report; one that was not asked for, or that has no data, is not there.

    Shape: `left_out` says of each section without data why. `read` are the settings and benchmarks.
        With `names` customers are called by their names.
    """

    card: Scorecard
    wanted: Sequence[str]
    left_out: Mapping[str, str]
    names: bool
    version: str
    read: tuple[Content, ...]
    trend: Trend | None = None
    bridge: Bridge | None = None
    cohorts: Cohorts | None = None
    responses: tuple[Bar, ...] = ()
    accounts: Accounts | None = None
