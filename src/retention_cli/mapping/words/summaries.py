"""Rows that sum up several answers or tickets: of a department, an agent, a month."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from retention_cli.mapping.words.naming import Worded

_SUMMED = {
    "surveys": {"score", "recommend"},
    "tickets": {"response", "resolved", "score", "duration", "hours"},
}
_RATED = {"score", "recommend"}
_OF_ONE = {"id", "customer", "user", "asker", "email", "comment", "subject", "answer"}
_GIVEN = {"customer", "user", "asker", "email", "date", "created", "submitted", "answer", "time"}
_AGENTS = {"agent", "staff"}
_OF_GROUPS = {*_AGENTS, "category", "product", "quantity"}
"""What a row is of, where it is of one answer or ticket, and where it is of several."""


def of_summaries(worded: Worded, kind: str) -> int | None:
    """Give the header of means, where a row is of several answers or tickets and not of one."""
    summed = _SUMMED.get(kind)
    if summed is None:
        return None
    averages = {at: said.any for at, said in worded.meant.items() if "average" in said.any}
    broken = [
        at
        for at, said in worded.meant.items()
        if kind == "surveys" and said.any & _RATED and worded.samples.lies_between(at)
    ]
    means = [at for at, any_ in averages.items() if any_ & summed or any_ == {"average"}]
    counts = [at for at in worded.meant if at not in averages and worded.counts(at)]
    told = {*averages, *counts, *broken}
    rest = [said.any for at, said in worded.meant.items() if at not in told]
    if broken and (counts or not any(said & _GIVEN for said in rest)):
        return broken[0]
    single = bool(broken) or any(said & summed for said in rest)
    own = any(said & _OF_ONE and not said & _OF_GROUPS for said in rest)
    if means and (counts or not (own or single)):
        return means[0]
    agents = any(said & _AGENTS for said in rest)  # They have scores and times of their own.
    return counts[0] if counts and not own and (agents or not single) else None
