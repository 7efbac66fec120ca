"""From a frozen run, and another or the exports of today, to what was restated."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from retention_cli.dataset.snapshots import BASIS
from retention_cli.errors import RetentionError
from retention_cli.findings.problems import KEPT_PROBLEMS, Problems
from retention_cli.results.diff import Diff
from retention_cli.results.facts import Facts, fields_of
from retention_cli.runs import frozen_runs
from retention_cli.runs.accounts import accounts
from retention_cli.runs.frozen_reading import read
from retention_cli.runs.score import score
from retention_cli.scoring.differences import Differences
from retention_cli.values.periods import Period

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from retention_cli.results.frozen import Frozen
    from retention_cli.runs.options import Request


def frozen_pair(paths: Sequence[Path]) -> tuple[Path, Path | None]:
    """Find the frozen run that comes first, and the second where it is one too.

    Errors: RetentionError where the first is none.
    """
    if not paths:
        raise RetentionError(
            "no frozen run was given", "retention diff FROZEN PATH; compute --save FOLDER makes one"
        )
    first, *others = paths
    if not frozen_runs.is_frozen(first):
        later = next((path for path in others if frozen_runs.is_frozen(path)), None)
        raise RetentionError(
            f"{first}: is not a frozen run",
            f"name the frozen run first: retention diff {later} {first}"
            if later
            else "freeze one with retention compute PATH --save FOLDER",
        )
    second = others[0] if len(others) == 1 and frozen_runs.is_frozen(others[0]) else None
    return first, second


def between(first: Path, second: Path) -> Diff:
    """Compare two frozen runs.

    Errors: DataRefusedError for a folder that cannot be read; RetentionError where they are of
        different periods, groups or commands.
    """
    then, now = read(first), read(second)
    for what in ("command", "period", "by"):
        one, other = getattr(then, what), getattr(now, what)
        if one != other:
            said = " and ".join((side or "none")[:100] for side in (one, other))
            raise RetentionError(
                f"{first} and {second} are of different runs: {what} {said}",
                "compare runs of the same command, period and --by",
            )
    return _diff(then, now, Facts(problems=Problems(), period=_period(then)))


def since(first: Path, request: Request) -> Diff:
    """Compare a frozen run with what the exports of today give for its period and groups.

    Errors: DataRefusedError for a folder or files that cannot be used; RetentionError for settings
        that cannot be followed.
    """
    then = read(first)
    if any(one.basis == BASIS for one in then.figures) and not any(f.edge for f in request.files):
        raise RetentionError(
            f"{first} was made of two lists of customers, and none are named",
            f"retention diff {first} --start FILE --end FILE",
        )
    request = replace(request, period=_period(then), by=then.by)
    kept: list[Frozen] = []
    run = score if then.command == "compute" else accounts
    facts = run(request, keep=kept.append)
    return _diff(then, kept[0], Facts(**{n: v for n, v in fields_of(facts).items() if n in _FACTS}))


_FACTS = {*fields_of(Facts(problems=Problems()))}


def _period(run: Frozen) -> Period | None:
    return Period.parse(run.period) if run.period else None


def _diff(then: Frozen, now: Frozen, facts: Facts) -> Diff:
    found = Differences(then, now)
    figures, unchanged = found.figures()
    changes = [found.changes[kind] for kind in sorted(found.changes)]
    return Diff(
        then=then,
        now=now,
        figures=tuple(figures),
        unchanged=unchanged,
        counts={one.then_side.kind: one.counts() for one in changes},
        rows=tuple(row for one in changes for row in one.said(KEPT_PROBLEMS))[:KEPT_PROBLEMS],
        **fields_of(facts),
    )
