"""What the rows of a file are about, by its name and its headers: one of our kinds, or none."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING

from retention_cli.mapping.words.meaning import meaning

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from retention_cli.mapping.words.meaning import Meaning

_KINDS = {
    "tickets": {"ticket"},
    "surveys": {"survey", "score", "recommend", "answer"},
    "costs": {"expense", "timesheet", "cost", "hours"},
    "invoices": {"invoice", "order", "payment", "credited"},
    "customers": {"customer", "user", "contract", "churned"},
}
_OURS = frozenset().union(*_KINDS.values())
_NEVER = {"vendor", "quote", "lead", "payroll", "leave", "candidate", "bank"}
"""Rows about these are of none of our kinds, whatever else the name says; but they may be costs."""
_OTHERS = {"staff", "product", "stock", "task", "vehicle", "asset", "budget", "attendance"}
_OTHERS |= {"property", "document", "agent", "exam"}
_NONE = _NEVER | _OTHERS
_BUT = {"task": ("costs",), "product": ("invoices", "costs")}
"""What lists of these may be all the same: hours of work that was to do, sales and hours of services."""
_FOREIGN = {
    "customers": (_NONE | {"project"}) - {"document", "property"},
    "invoices": _NEVER | {"staff", "stock"},
    "tickets": _NEVER | {"stock", "vehicle", "asset", "task", "project"},
    "surveys": _NEVER | {"staff"},
    "costs": {"quote", "lead", "leave", "stock", "candidate", "asset"},
}
_PAYERS = "customer user org name email"
_ASKERS = "customer asker user org email"
_PEOPLE = f"{_ASKERS} agent subject response comment staff resolved closed"
_CAME_IN = f"{_ASKERS} created opened submitted date ticket response resolved"
_DONE = "subject comment agent priority resolved closed response category"
_KEPT = "start end status active churned created email phone id"
_DESK = {"agent", "priority", "resolved", "response"}
"""What calls and conversations have where somebody answers them for others."""
_STRANGE: dict[str, tuple[tuple[str, str, str], ...]] = {
    "customers": (
        *((word, "", "") for word in ("debit", "exam", "budget", "priority", "lead status")),
        ("invited", "", "start end status"),
        ("score", "", _KEPT),  # What has a mark, and nothing that is kept of customers.
    ),
    "invoices": (
        *((word, "", "") for word in ("validity", "weblog", "journal", "loan", "measure")),
        # What may be sold has a stage, and a day on which it is to be closed.
        *((word, "deal", "") for word in ("pipeline", "closed", "end")),
        ("bank", "", f"deal {_PAYERS}"),  # Movements of an account, and not of those who pay.
    ),
    "tickets": (
        *((word, "", "") for word in ("budget", "law", "lead status")),
        ("pipeline", "deal", ""),
        # What machines report and what is built is nothing that a customer asked for.
        ("building", "", _ASKERS),
        *((word, "", _PEOPLE) for word in ("asset", "vehicle")),
        ("start", "", _CAME_IN),  # What is planned to start has not come in.
        # What is sold or fined has a price, and nothing that anybody asks or does.
        *((word, "", _DONE) for word in ("amount", "total")),
    ),
    "surveys": (
        ("risk", "", "recommend"),
        *((word, "", "recommend content") for word in ("exam", "pupil", "candidate")),
        ("price", "", "survey answer recommend customer order"),  # Goods are rated, too.
        ("next survey", "", "recommend"),  # People are reviewed again and again.
    ),
    "costs": (
        *((word, "", "") for word in ("weblog", "phone", "birth", "budget")),
        # When somebody came and went is nothing that was done for anybody.
        ("pause", "", "customer org task project category ticket"),
        ("visit", "", "staff agent task project category expense cost"),
        # Hours and rates may stand on an invoice, which has a number of its own.
        ("invoice id", "customer", ""),
    ),
}
"""What one header says of rows of something else, if all of it is said and none of what follows it."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What a file is about: `kinds` by its name; `none` is the name that says it is none of ours.

    Shape: `but` are the kinds that it may be all the same; `customers` says that the name says that word.
    """

    kinds: tuple[str, ...] = ()
    none: str | None = None
    but: tuple[str, ...] = ()
    customers: bool = False

    def bars(self, kind: str) -> bool:
        """Say whether the name speaks against a kind."""
        return self.none is not None and kind not in self.but


def subject_of(file: str, sheet: str | None, languages: tuple[str, ...] = ()) -> Subject:
    """Say what the name of a file is about, or of its sheet where that says anything.

    Example:
        >>> subject_of("customer_payments.csv", None).kinds, subject_of("vendors.csv", None).none
        (('invoices',), 'vendors')
    """
    for name in filter(None, (sheet, PurePath(file).stem)):
        ways = (meaning(name, languages), meaning(name)) if languages else (meaning(name),)
        said = next((one for one in ways if one.any & _OURS), ways[-1])
        # A log of calls is one of tickets where its columns say so.
        spoken = frozenset().union(*(word for word in said.words if "call" not in word))
        kinds = [kind for kind, words in _KINDS.items() if spoken & words]
        if not kinds and "revenue" in said.any:
            kinds = ["invoices"]
        # A name that says a kind says more in the languages of the headers alone.
        strange_words = (meaning(name, languages) if kinds and languages else said).any
        never, others = strange_words & _NEVER, strange_words & _OTHERS
        if "invoice" in said.any:
            never -= {"bank"}  # A statement of invoices is not one of an account.
        if "exam" in said.any:
            # Marks are no answers.
            kinds = [kind for kind in kinds if kind != "surveys"]
        if len(kinds) > 1 and "customers" in kinds:
            # Those of customers: their payments, their tickets.
            kinds.remove("customers")
        strange = (never and "costs" not in kinds) or (others and not kinds)
        if "staff" in others and kinds in (["customers"], ["invoices"]):
            strange = True
        # Tickets of an event, and calls that people join, are nothing that a desk answers.
        joined = "attendance" in others or "visit" in said.any
        if strange or (joined and kinds == ["tickets"]):
            return Subject((), name, _BUT.get("".join(strange_words & _NONE), ()))
        if kinds:
            return Subject(tuple(kinds), customers="customer" in said.any)
    return Subject()


def foreign_subject(meant: Mapping[int, Meaning], kind: str) -> int | None:
    """Give the place of a header that says whose rows these are, where they are not of a kind.

    That is the first header of all, or one that is the id or the name of something else.
    """
    strange = _FOREIGN.get(kind, set())
    everything = frozenset().union(*(said.any for said in meant.values()))
    asked = not everything.isdisjoint(_ASKERS.split()) and everything & {"agent", "priority"}
    if kind == "tickets" and asked:
        strange = _NEVER  # Somebody asked for it.
    known = _KINDS["customers"] | _KINDS.get(kind, set())
    if kind == "invoices" and not any(said.any & {"customer"} for said in meant.values()):
        # Bills of those who are paid, not of those who pay.
        bills = [at for at, said in meant.items() if said.any & {"vendor"} and not said.loose]
        if bills:
            return bills[0]
    visits = [at for at, said in meant.items() if "weblog" in said.any]
    if len(visits) > 1:
        return visits[0]
    if (telling := _telling(kind, meant, everything)) is not None:
        return telling
    first, second, *_ = (*sorted(meant), None, None)
    numbered = first is not None and meant[first].any == {"id"}
    for at, said in meant.items():
        own = said.any & strange
        if not own or said.any & known or said.loose:
            continue
        rest = [word for word in said.words if not word & strange]
        leads = at == first or (at == second and numbered and "name" in said.any)
        if leads and all(word & {"id", "name", "date"} for word in rest):
            return at
        ids = rest and all(word & {"id"} for word in rest)
        if ids and (kind != "costs" or "asset" in own) and not _subject_before(meant, at, known):
            return at
    return None


def _telling(kind: str, meant: Mapping[int, Meaning], said: Collection[str]) -> int | None:
    """Give the first header whose meanings make rows something else, whatever it stands beside."""
    telling = [
        {*words.split()}
        for words, given, unless in _STRANGE.get(kind, ())
        if {*given.split()} <= {*said} and {*unless.split()}.isdisjoint(said)
    ]
    return next(
        (at for at, one in meant.items() if any(words <= one.any for words in telling)), None
    )


def _subject_before(meant: Mapping[int, Meaning], place: int, known: Collection[str]) -> bool:
    return any(at < place and said.any & {*known, "id"} for at, said in meant.items())


def speaks_of(meant: Mapping[int, Meaning], kind: str) -> bool:
    """Say whether any header has a word that only rows of a kind have."""
    words = _KINDS.get(kind, set())
    if kind == "tickets":
        asked = any(said.any & words and "call" not in said.any for said in meant.values())
        said = frozenset().union(*(said.any for said in meant.values()))
        return (
            asked
            or ("priority" in said and bool(said & {"subject", "agent", "category"}))
            or (bool(said & {"call", "conversation"}) and bool(said & _DESK))
            or ("asker" in said and bool(said & {"subject", "priority", "resolved", "status"}))
            or (
                "problem" in said
                and bool(said & {*_ASKERS.split()})
                and bool(said & {"status", "priority"})
            )
        )
    if kind == "customers":
        everything = frozenset().union(*(said.any for said in meant.values()))
        return bool(everything & {"customer", "contract"}) and bool(everything & {"start", "end"})
    return any(said.any & words for said in meant.values())
