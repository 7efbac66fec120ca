"""A file read as one kind, by names and words: what speaks for it, and what makes it doubtful."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyarrow.compute as pc

from retention_cli import records
from retention_cli.mapping.by_cells import Shape
from retention_cli.mapping.headers import Strength, folded
from retention_cli.mapping.money.finding import INCOMING
from retention_cli.mapping.refusing import missing_columns
from retention_cli.mapping.words.subjects import (
    Subject,
    foreign_subject,
    speaks_of,
    subject_of,
)
from retention_cli.mapping.words.summaries import of_summaries

if TYPE_CHECKING:
    from retention_cli.mapping.headers import Matches
    from retention_cli.mapping.words.naming import Worded

_STRANGE = {
    "invoices": {"vendor", "journal", "bank"},
    "tickets": {"vendor", "asset", "vehicle", "law"},
    "customers": {"vendor", "exam"},
    "surveys": {"vendor", "exam"},
}
"""Whose rows are of none of ours whatever the file is called."""
_FEW_TYPES = 12
_DAY = {"date", "filler"}
_PEOPLE = {"customer", "user", "org", "email", "phone"}
_SHOWN: dict[str, tuple[int, dict[str, int]]] = {
    "customers": (1, dict.fromkeys((*_PEOPLE, "contract", "birth", "churned"), 1)),
    "costs": (1, dict.fromkeys((*_PEOPLE, "staff", "agent", "task", "category"), 1)),
    "surveys": (
        2,
        dict.fromkeys((*_PEOPLE, "asker", "name", "comment", "ticket", "response"), 1)
        | dict.fromkeys(("date", "time", "created", "submitted", "completed", "published"), 1)
        | dict.fromkeys(("survey", "answer", "recommend", "content"), 2),
    ),
    "tickets": (
        3,
        dict.fromkeys((*_PEOPLE, "asker", "agent", "subject", "problem", "priority", "category"), 1)
        | dict.fromkeys(("response", "comment", "contact"), 1)
        | dict.fromkeys(("ticket", "conversation", "reopen"), 2),
    ),
}
"""How much the words of headers have to show of a kind, and how much the meaning of each counts."""


_EVENTS = {"weblog", "invoice", "order", "payment", "ticket", "survey", "visit"}
"""What is said of what somebody did, and of nobody's list."""


_OF_OTHERS = {"priority", "score", "invited"}
"""What is said of tickets, answers and guests, and not of those who are customers."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A file read as one kind, by names and words."""

    kind: str
    matches: Matches
    missing: tuple[str, ...]
    named: bool
    telling: bool
    foreign: int | None

    @property
    def weight(self) -> tuple[bool, int, int]:
        """How much speaks for it: the name of the file, words of its own, all columns it explains."""
        return self.named, len(self.missing) == 0, self.matches.score + 2 * self.telling

    def explains(self, other: Reading) -> bool:
        """Say whether it explains as much of a file as another reading does."""
        return self.matches.score >= other.matches.score


def reading_of(worded: Worded, kind: str, about: Subject) -> Reading:
    """Read a file as one kind."""
    model = records.model(kind)
    matches = worded.matches(kind)
    foreign = foreign_subject(worded.meant, kind)
    joined = kind == "customers" and about.customers and "start_date" in matches.found
    if joined and foreign is not None and worded.meant[foreign].any == {"exam"}:
        foreign = None  # Members of a university have a semester, too.
    summary = of_summaries(worded, kind)
    foreign = summary if foreign is None else foreign
    if kind == "customers" and foreign is None:
        foreign = _of_one_day(matches, worded)
    if kind == "costs" and foreign is None:
        foreign = _earning(worded, matches)
    summed = _sum_of_customers(matches, worded) if kind == "costs" else None
    foreign = summed if foreign is None else foreign
    whose = _STRANGE.get(kind, {"vendor"})
    if kind == "customers" and not about.customers:
        whose = whose | {"staff"}  # Users of a system may well be those who run it.
    strange = () if foreign is None else worded.meant[foreign].any & whose
    repeated = again(worded) if kind == "customers" else None
    return Reading(
        kind,
        matches,
        tuple(missing_columns(model, matches.found, matches.rivals)),
        kind in about.kinds and not strange and {repeated, summary, summed} == {None},
        speaks_of(worded.meant, kind)
        or (kind == "costs" and _by_the_clock(matches, worded))
        or (kind == "customers" and _lists_people(matches, worded)),
        repeated if foreign is None else foreign,
    )


def subject_in(worded: Worded, file: str, sheet: str | None) -> Subject:
    """Say what a file is about by its name, unless its rows are plainly of something else."""
    about = subject_of(file, sheet, worded.languages)
    if about.kinds != ("customers",):
        return about
    found = worded.matches("invoices").found
    key = found.get("customer_id") if "amount" in found else None
    sold = key is not None and not worded.samples.is_unique(key.index)
    strange = foreign_subject(worded.meant, "customers")
    rated = strange is not None and worded.meant[strange].any & _OF_OTHERS
    return Subject() if sold or rated or again(worded) is not None else about


def _sum_of_customers(matches: Matches, worded: Worded) -> int | None:
    """Give the amount of rows that have one customer each, no day, and what stands out or was last."""
    key, amount = (matches.found.get(column) for column in ("customer_id", "amount"))
    if key is None or amount is None or "cost_date" in matches.found:
        return None
    said = _all_said(worded)
    telling = said & {"average", "last", "balance", "due"} and "cost" not in said
    return amount.index if telling and worded.samples.is_unique(key.index) else None


def _earning(worded: Worded, matches: Matches) -> int | None:
    """Give the column by which rows, or some of them, are income: they are no list of costs.

    That is one of types, or what customers were charged for hours.
    """
    amount, told = matches.found.get("amount"), {"hours", "customer_id"} <= {*matches.found}
    if told and amount is not None and amount.index in worded.meant:
        words = worded.meant[amount.index].any
        if words & {"payment", "invoice", "revenue"} and "cost" not in words:
            return amount.index
    for at, said in worded.meant.items():
        words = pc.unique(worded.samples.filled(at)).to_pylist() if "type" in said.any else []
        if len(words) <= _FEW_TYPES and INCOMING & {*map(folded, words)}:
            return at
    return None


def _by_the_clock(matches: Matches, worded: Worded) -> bool:
    """Say whether rows have a duration, and the times of day at which it began or ended."""
    return "hours" in matches.found and any(
        said.any & {"start", "end"} and worded.samples.shape(at) is Shape.SPANS
        for at, said in worded.meant.items()
    )


def again(worded: Worded) -> int | None:
    """Give the day or the invoice of what happened to the same customers again: it is no list of them."""
    found = worded.matches("customers").found
    key = found.get("customer_id")
    if key is None or {"start_date", "end_date"} & {*found} or worded.samples.is_unique(key.index):
        return None
    said = ((at, one.any) for at, one in worded.meant.items() if one.words)
    return next((at for at, any_ in said if any_ <= _DAY or "invoice" in any_), None)


def _lists_people(matches: Matches, worded: Worded) -> bool:
    """Say whether each row is somebody with an id as a customer, or as a user with a day of joining."""
    key, start = (matches.found.get(column) for column in ("customer_id", "start_date"))
    whose = worded.meant[key.index].any if key is not None and key.index in worded.meant else ()
    known = "customer" in whose if start is None else not {"customer", "user"}.isdisjoint(whose)
    if key is None or not known or "id" not in whose:
        return False
    said = _all_said(worded)
    happened = said & _EVENTS or any(one.any == {"date"} for one in worded.meant.values())
    own = worded.samples.is_unique(key.index)
    return own and bool(said & {"email", "name"}) and not happened


def lists_named_people(matches: Matches, worded: Worded) -> bool:
    """Say whether each row is somebody else, whatever they bought: nothing happened on a day."""
    key, said = matches.found.get("customer_id"), _all_said(worded)
    if key is None or not said & {"email", "phone", "start"}:
        return False
    days = any(one.any == {"date"} for one in worded.meant.values())
    return not days and worded.samples.is_unique(key.index)


def _all_said(worded: Worded) -> frozenset[str]:
    return frozenset().union(*(one.any for one in worded.meant.values()))


def _of_one_day(matches: Matches, worded: Worded) -> int | None:
    """Give where rows start at a time, or end on the day they start, as work and appointments do."""
    start, end = (matches.found.get(column) for column in ("start_date", "end_date"))
    if start is not None and worded.samples.shape(start.index) is Shape.SPANS:
        return start.index  # Times of a day, as of work.
    if start is None or end is None:
        return None
    return start.index if worded.samples.on_one_day(start.index, end.index) else None


def has_people(worded: Worded, *, or_names: bool = False) -> bool:
    """Say whether any header has a word of somebody who may be a customer, or is a name alone."""
    return any(
        said.any & _PEOPLE or (or_names and said.any == {"name"}) for said in worded.meant.values()
    )


def is_vague(one: Reading, worded: Worded) -> bool:
    """Say whether words show too little of a kind: a score alone may be of anything."""
    found, (needed, weights) = one.matches.found, _SHOWN.get(one.kind, (0, {}))
    ours = {column for column, match in found.items() if match.strength is Strength.EXACT}
    own_names = "score" in ours and len(ours) > 1
    told = own_names if one.kind == "surveys" else one.named or one.telling
    if told or (one.kind == "costs" and "amount" in found):
        return False
    key = found.get("customer_id") if one.kind == "customers" else None
    if key is not None and not {"start_date", "end_date"} & {*found}:
        return False
    shown = sum(weights.get(word, 0) for word in _all_said(worded))
    return shown < needed and (key is None or key.strength == Strength.WEAK)
