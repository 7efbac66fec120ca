"""One question for a whole file: what words of its headers leave to its owner, with a proposal."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from retention_cli import records
from retention_cli.errors import Ask, UnrecognisedFileError
from retention_cli.mapping.amounts.tax_headers import names_tax
from retention_cli.mapping.by_cells import Shape
from retention_cli.mapping.contracts import whose_contracts
from retention_cli.mapping.headers import Strength
from retention_cli.mapping.leaving import (
    days_of_spells,
    later_ends,
    other_ends,
    refuse_flag_beside_days,
    refuse_returns,
    renews_itself,
    who_goes_on,
)
from retention_cli.mapping.proposing import (
    OF_TWO,
    another,
    as_value,
    mapped,
    no_end,
    noted,
    offered,
    said,
)
from retention_cli.mapping.refusing import header_names, missing_columns
from retention_cli.mapping.rival_statuses import refuse_contradicting
from retention_cli.mapping.score_labels import (
    other_scores,
    refuse_turned_round,
    said_otherwise,
    who_answers,
)
from retention_cli.mapping.words.counted import counted
from retention_cli.mapping.words.meaning import meaning, words_of
from retention_cli.mapping.words.terms import End, ends_terms, kind_of_end, names_a_term
from retention_cli.text.wording import quoted_names

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from retention_cli.mapping.headers import Match
    from retention_cli.mapping.place import Place
    from retention_cli.mapping.words.naming import Worded

_STOPS = {"end_date": {"end_date"}, "rate": {"amount", "rate"}}
"""Columns whose lack makes figures wrong where a header may be one, unless one of these is there."""
_DAYS = {
    "customers": ("start_date", "end_date"),
    "tickets": ("created_at",),
    "surveys": ("responded_at",),
}
"""Columns of dates that are missed where words say nothing of a header over dates."""


class Question(NamedTuple):
    """What is open about a file that is read as a kind.

    Shape: `sources` are the columns that are found, with where each comes from; `rivals` those
        that several headers name; `named` all headers that go by a name of each, and `told`
        those of which the settings or an option say something: an answer settles these alone.
    """

    worded: Worded
    kind: str
    place: Place
    sources: Mapping[str, object]
    rivals: Mapping[str, tuple[int, ...]]
    named: Mapping[str, Sequence[Match]]
    told: Collection[str]

    def ask(self, *, priced: bool) -> None:
        """Ask for what lacks or may be another, where a header may be it; else say nothing.

        Where the settings have the rates of people, no column of them is missed.
        Errors: UnrecognisedFileError, with an answer to accept.
        """
        if self.kind == "customers" and "status" not in self.told:
            refuse_contradicting(self.worded, self.sources, self.place)
            refuse_flag_beside_days(self.worded, self.sources, self.rivals, self.place)
        missing = [self._nearest(columns) for columns in self._missing]
        asks = self._may_be(missing)
        if self.kind == "customers" and "start_date" not in self.told:
            refuse_returns(self.worded, self.sources, self.place)
        if "score" not in self.told and isinstance(score := self.sources.get("score"), int):
            refuse_turned_round(self.worded, score, self._taken, self.place)
        asks += [] if priced else self._stops()
        asks += [*self._terms(End.TERM), *self._notices(), *self._fees()]
        asks += self._seconds(differing=True)
        if self.kind == "customers" and "customer_id" not in self.told:
            contracts = whose_contracts(self.worded, self.sources)
            asks += [self._ask("customer_id", places) for places in contracts]
        if not asks or {*missing} - {one.column for one in asks}:
            return
        figures = records.model(self.kind).figures_rest_on
        asks += [self._ask(c, places) for c, places in self.rivals.items() if c in figures]
        known = {ask.column for ask in asks}
        more = [ask for ask in self.open() if ask.column not in known]
        also = f"; what may be added: {' '.join(map(offered, more))}" if more else ""
        whether = "; ".join(map(said, asks))
        raise UnrecognisedFileError(
            f"{self.place}: is read as {self.kind}, and only its owner knows {whether}; its columns are"
            f" {header_names(self.worded.headers)}",
            f"if the first of each is right, add: {' '.join(map(mapped, asks))}{also}{no_end(asks)}",
        ).asking([*asks, *more])

    def open(self) -> tuple[Ask, ...]:
        """Give what the file can be read without, and that a header may be."""
        figures = records.model(self.kind).figures_rest_on
        asks = (*self._may_be(figures, optional=True), *self._seconds(differing=False))
        return (*asks, *self._lasts()) if "end_date" in figures else asks

    def notes(self) -> Iterator[str]:
        """Say what is left open, and what is read as it is though more could be meant."""
        asks = self.open()
        yield from map(noted, asks)
        yield from self._unread_days({header for ask in asks for header in ask.among})
        end, key = self.sources.get("end_date"), self.sources.get("customer_id")
        if self.kind == "customers" and isinstance(end, int) and "end_date" not in self.told:
            yield from other_ends(self.worded, end, self._taken)
            if isinstance(key, int):
                yield from who_goes_on(self.worded, end, key)
        for term in self._terms(End.TERM, End.MAY_HAVE_LEFT):
            yield (
                f"'{term.among[0]}' is taken as the day on which a customer left; where it only ends"
                f" a term, add --map renewal_date={as_value(term.among[0])}"
            )
        yield from self._resolutions()
        score = self.sources.get("score")
        if isinstance(score, int):
            yield from said_otherwise(self.worded, score, self._taken)
            if self.kind == "surveys" and "score" not in self.told:
                yield from other_scores(self.worded, score, self._taken)
                yield from who_answers(self.worded, score, self._taken)
        if self.kind == "customers" and isinstance(key, int) and "customer_id" not in self.told:
            known = key not in self.worded.meant or not self.worded.meant[key].loose
            named = f"'{self.worded.headers[key]}'"
            yield from () if known else (f"customer_id is read from {named}, the only id of a row",)
        if self.kind != "invoices":
            yield from counted(self.worded, self.kind, self.sources)

    def _nearest(self, columns: str) -> str:
        """Give the column that lacks; of several that would do, the first that a header may be."""
        first, _, others = columns.partition(" or ")
        found = self._may_be(records.model(self.kind).needs_one_of) if others else []
        return found[0].column if found else first

    def _unread_days(self, asked: Collection[str]) -> Iterator[str]:
        """Name the dates that nothing reads, where it is open when something came or went."""
        here = {*self.sources, *self.rivals}
        lacking = [column for column in _DAYS.get(self.kind, ()) if column not in here]
        days = [
            self.worded.headers[at]
            for at in days_of_spells(self.worded, self._taken)
            if self.worded.meant[at].loose or self.kind == "customers"
        ]
        days = [header for header in days if header not in asked]
        if lacking and days:
            are = "is not read, and looks like dates" if len(days) == 1 else "are not read"
            yield (
                f"{quoted_names(days)} {are}; if one is {' or '.join(lacking)}, add"
                f" --map {lacking[0]}={as_value(days[0])}"
            )

    def _resolutions(self) -> Iterator[str]:
        """Say which of several days of a resolution is read, where they differ."""
        read, samples = self.sources.get("resolved_at"), self.worded.samples
        if not isinstance(read, int) or "resolved_at" in self.told:
            return
        for at in self.worded.meant:
            other = self._means(at, "resolved") and at not in self._taken
            dated = other and samples.shape(at) is Shape.MOMENTS and not self._means(at, "due")
            if dated and not samples.same(at, read):
                yield another("resolved_at", self.worded.headers[read], self.worded.headers[at])

    def _means(self, place: int, word: str) -> bool:
        one = self.worded.meant.get(place)
        return one is not None and word in one.any

    @property
    def _taken(self) -> set[int]:
        return {at for at in self.sources.values() if isinstance(at, int)}

    @property
    def _missing(self) -> list[str]:
        return missing_columns(records.model(self.kind), self.sources, self.rivals)

    def _stops(self) -> list[Ask]:
        open_columns = (c for c, others in _STOPS.items() if not others & {*self.sources})
        known = records.model(self.kind).model_fields
        found = self._may_be([column for column in open_columns if column in known])
        told = "status" in self.sources  # A day of deletion beside it says nothing new.
        return [one for one in found if one.samples and not (told and self._deletes(one))]

    def _deletes(self, one: Ask) -> bool:
        return self._means(self.worded.headers.index(one.among[0]), "deleted")

    def _fees(self) -> Iterator[Ask]:
        """Give an amount that is net of fees, it seems, or only what was paid of the whole."""
        amount, meant = self.sources.get("amount"), self.worded.meant
        if self.kind != "invoices" or "amount" in self.told or not isinstance(amount, int):
            return
        money = self.worded.samples.is_money
        gross = [at for at in meant if at != amount and self._means(at, "gross") and money(at)]
        fees = any(self._means(at, "fee") and money(at) for at in meant)
        taxed = any(self._means(at, "tax") and not self._means(at, "gross") for at in meant)
        taxed = taxed or names_tax(self.worded.headers[amount])
        if self._means(amount, "net") and gross and fees and not taxed:
            yield self._ask("amount", [*gross[:1], amount])
        open_ = (at for at in meant if meant[at].any & {"due", "balance", "unit"})
        if self._means(amount, "paid") and any(money(at) for at in open_ if at != amount):
            yield self._ask("amount", [amount])

    def _terms(self, *kinds: End) -> Iterator[Ask]:
        """Give the column of ends that may only end a term, if its cells have ends of some kinds."""
        end, status = self.sources.get("end_date"), self.sources.get("status")
        start = self.sources.get("start_date")
        if "end_date" in self.told or not isinstance(end, int):
            return
        places = [one if isinstance(one, int) else None for one in (start, status)]
        samples, header = self.worded.samples, self.worded.headers[end]
        key = self.sources.get("customer_id")
        renewed = isinstance(key, int) and not samples.is_unique(key)  # Each term has its own row.
        ends_a_term = names_a_term(header) or (
            not renewed and ends_terms(header, samples, end, places[0])
        )
        if (ends_a_term or renews_itself(self.worded)) and kind_of_end(
            samples, end, *places
        ) in kinds:
            yield self._ask("end_date", [end])

    def _notices(self) -> Iterator[Ask]:
        end = self.sources.get("end_date")
        if isinstance(end, int) and "end_date" not in self.told:
            yield from (self._ask("end_date", [at, end]) for at in later_ends(self.worded, end))

    def _may_be(self, columns: Sequence[str], *, optional: bool = False) -> list[Ask]:
        model = records.model(self.kind)
        here = {*self.sources, *self.rivals}
        twins = {model.in_place_of.get(column) for column in here}
        passing = {*model.only_kept, "customer_name"} - {*self.told}
        taken = {at for c, at in self.sources.items() if isinstance(at, int) and c not in passing}
        asks = []
        for column in columns:
            if column not in here and column not in twins:
                among = self.worded.asked(column, self.kind, taken)
                asks += [self._ask(column, among, optional=optional)] if among else []
        return asks

    def _seconds(self, *, differing: bool) -> Iterator[Ask]:
        """Give the columns for which words of a second header speak as well as a known name."""
        for column in OF_TWO:
            first = self.sources.get(column)
            if not isinstance(first, int) or column in self.told:
                continue
            known = (m.index for m in self.named.get(column, ()) if m.strength > Strength.WEAK)
            others = dict.fromkeys((*known, *self.worded.others(column, self.kind, first)))
            if not differing or self._means(first, "created") or self._means(first, "opened"):
                # Who was entered one day may have bought another, and either may be the start.
                others |= dict.fromkeys(self._first_orders())
            free = [at for at in others if at not in self.sources.values()]
            if differing:
                free = [at for at in free if not self.worded.samples.same(at, first)]
            if free:
                yield self._ask(column, [first, *free], optional=not differing)

    def _lasts(self) -> Iterator[Ask]:
        """Give the last of what there is a first of, where some have none: they may still be there."""
        if {"end_date", "status"} & {*self.sources, *self.rivals}:
            return
        begun = {self._but_for("first", at) for at in self.worded.meant if self._means(at, "first")}
        for at in self.worded.meant:
            samples = self.worded.samples
            dated = self._means(at, "last") and samples.shape(at) is Shape.MOMENTS
            if dated and self._but_for("last", at) in begun and samples.has_blanks(at):
                yield self._ask("end_date", [at], optional=True)

    def _but_for(self, word: str, place: int) -> tuple[str, ...]:
        words = words_of(self.worded.headers[place])
        return tuple(one for one in words if word not in meaning(one).any)

    def _first_orders(self) -> Iterator[int]:
        for at in self.worded.meant:
            ordered = self._means(at, "first") and self._means(at, "order")
            if ordered and self.worded.samples.shape(at) is Shape.MOMENTS:
                yield at

    def _ask(self, column: str, among: Sequence[int], *, optional: bool = False) -> Ask:
        headers = tuple(self.worded.headers[at] for at in among)
        shown = self.worded.samples.shown(among[0])
        file, sheet = self.place.file, self.place.sheet
        return Ask(
            file, self.kind, column, headers[0], headers, shown, sheet=sheet, optional=optional
        )
