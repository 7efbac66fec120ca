"""From files to a report: they are read once for all sections."""

from __future__ import annotations

from dataclasses import dataclass, replace
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from retention_cli.errors import RetentionError, UnknownNameError
from retention_cli.results.facts import fields_of
from retention_cli.results.report import SECTIONS, Report
from retention_cli.runs.accounts import ranked
from retention_cli.runs.bridge import bridged
from retention_cli.runs.cohorts import laid_out
from retention_cli.runs.manifest import content_of
from retention_cli.runs.reading import reading
from retention_cli.runs.score import of_role, scored
from retention_cli.runs.trend import Asked, followed
from retention_cli.scoring.responses import response_bars
from retention_cli.values.measures import Undefined

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from retention_cli.results.accounts import Accounts
    from retention_cli.results.bridge import Bridge
    from retention_cli.results.cohorts import Cohorts
    from retention_cli.results.report import Bar
    from retention_cli.results.trend import Trend
    from retention_cli.runs.options import Request
    from retention_cli.runs.reading import Reading


class _NothingError(Exception):
    """A section has no data: why."""


def sections(asked: str | None) -> tuple[str, ...]:
    """Take the sections that were asked for, in the order of the page; all of them otherwise.

    Errors: UnknownNameError, with the nearest name.
    """
    if asked is None:
        return tuple(SECTIONS)
    named = [one.strip() for one in asked.split(",") if one.strip()]
    for one in named:
        if one not in SECTIONS:
            raise UnknownNameError("section", one, SECTIONS, where="--sections: ")
    return tuple(one for one in SECTIONS if one in named)


def report(
    wanted: Sequence[str], request: Request, *, names: bool = True, role: str | None = None
) -> Report:
    """Compute all that is on a page; for a `role`, the figures of its scorecard.

    Errors: RetentionError and its kinds, for files and settings that cannot be followed. A section
        without data is left out, and says why.
    """
    only = of_role(request, role)
    with reading(request) as read:
        card = scored(request, read, only=only)
        # Groups stand in the scorecard: the other sections are of all customers.
        whole = _Whole(replace(request, by=None), replace(read, grouping=None))
        found: dict[str, Any] = {}
        left_out: dict[str, str] = {}
        for name in wanted:
            if (make := _MADE.get(name)) is not None:
                try:
                    found[name] = make(whole)
                except (_NothingError, RetentionError) as error:
                    left_out[name] = str(error)
        if "nps" in wanted and (why := _without_nps(card.lines)):
            left_out["nps"] = why
        told = (request.settings.path, request.plan)
        return Report(
            card=card,
            wanted=tuple(wanted),
            left_out=left_out,
            names=names,
            version=version("retention-cli"),
            read=tuple(content_of(path, path.name) for path in told if path),
            **found,
            **fields_of(read.facts),
        )


@dataclass(frozen=True, slots=True)
class _Whole:
    request: Request
    read: Reading


def _trend(whole: _Whole) -> Trend:
    found = followed(Asked(), whole.request, whole.read)
    if not any(point.value is not None for row in found.rows for point in row.points):
        raise _NothingError("no figure has a value in any period")
    return found


def _bridge(whole: _Whole) -> Bridge:
    found = bridged(whole.request, whole.read)
    counts, money = found.total.counts, found.total.money
    if isinstance(counts, Undefined) and isinstance(money, Undefined):
        raise _NothingError(counts.message)
    return found


def _cohorts(whole: _Whole) -> Cohorts:
    # A row and a column a month are too many to read on a page after a few years.
    found = laid_out(whole.request, whole.read, "quarter")
    if found.reason is not None or not found.cohorts:
        raise _NothingError(found.reason.message if found.reason else "there are no cohorts")
    return found


def _accounts(whole: _Whole) -> Accounts:
    found = ranked(whole.request, whole.read)
    if not any(one.profit is not None for one in found.accounts):
        raise _NothingError(found.reason.message if found.reason else "no account has a profit")
    return found


def _responses(whole: _Whole) -> tuple[Bar, ...]:
    found = response_bars(whole.read.dataset, whole.read.facts.period, whole.request.settings)
    if isinstance(found, Undefined):
        raise _NothingError(found.message)
    return found


def _without_nps(lines: Sequence[Any]) -> str | None:
    line = next((line for line in lines if line.kpi.name == "nps" and line.group is None), None)
    if line is None:
        return "the scorecard of the role does not have it"
    return line.measure.reason.message if line.measure.reason else None


_MADE: dict[str, Callable[[_Whole], Any]] = {
    "trend": _trend,
    "bridge": _bridge,
    "cohorts": _cohorts,
    "responses": _responses,
    "accounts": _accounts,
}
