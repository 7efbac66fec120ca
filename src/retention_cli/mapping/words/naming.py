"""Columns that words of a header name, where their cells are what the words say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING

from retention_cli import records
from retention_cli.mapping.by_cells import Shape
from retention_cli.mapping.headers import Match, Matches, Strength, best_of, candidates, folded
from retention_cli.mapping.joined_parts import parts_joined
from retention_cli.mapping.words import own_ids
from retention_cli.mapping.words.addresses import without_states
from retention_cli.mapping.words.answers import drop_labels, overall, replied
from retention_cli.mapping.words.cells import Samples
from retention_cli.mapping.words.converted import drop_converted
from retention_cli.mapping.words.header_meaning import THINGS, meant_by, of_cells
from retention_cli.mapping.words.meaning import (
    Meaning,
    Naming,
    languages_of,
    meaning,
    namings,
    words_of,
)
from retention_cli.mapping.words.taxed import has_tax
from retention_cli.mapping.words.work import earn, worked
from retention_cli.records.base import DAY, HOURS, IDENTITY, INSTANT, NUMBER, form_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from typing import Any


_MOST = 64
"""Headers beyond these are read by their exact names alone: nobody wrote them by hand."""
_DATED = {DAY, INSTANT, NUMBER, HOURS}
"""Forms that cells tell well enough to ask about words that are half known."""
_COUNTED = {*THINGS, "id", "quantity", "opened", "closed", "resolved", "completed", "filler"}
_COUNTED |= {"active", "churned"}
_NUMBERED = {*THINGS, "document", "id", "filler"}
"""What digits below such a header count is seldom days: they are its number."""
_NOTHING = Meaning(())
_Found = Mapping[str, Sequence[Match]]


@dataclass(slots=True)
class Worded:
    """The headers of one sheet with what they mean, and their cells."""

    headers: Sequence[str]
    samples: Samples
    meant: dict[int, Meaning] = field(default_factory=dict)
    languages: tuple[str, ...] = ()

    @classmethod
    def of(cls, headers: Sequence[str], cells: Callable[[int], Any]) -> Worded:
        """Read headers in the languages that they are in."""
        first = [(at, header) for at, header in enumerate(headers[:_MOST]) if header]
        languages = languages_of(header for _, header in first)
        parts = parts_joined(tuple(headers))
        meant = {at: meant_by(header, languages) for at, header in first if at not in parts}
        samples = Samples(cells)
        for at, said in meant.items():
            meant[at] = of_cells(headers[at], said, samples, at)
        return cls(headers, samples, meant, languages)

    def matches(self, kind: str) -> Matches:
        """Match the headers with the columns of one kind, by names and words."""
        return best_of(self.candidates(candidates(self.headers, records.model(kind)), kind))

    def candidates(self, found: _Found, kind: str) -> dict[str, list[Match]]:
        """Add the headers whose words name a column that nothing names better.

        A name that is known stands, unless it is a weak one and words are more to the point.
        """
        kept = records.model(kind).only_kept
        added = {column: list(matches) for column, matches in found.items()}
        self._doubt(added)
        taken = {match.index for c, some in found.items() if c not in kept for match in some}
        for column, naming in namings(kind).items():
            known = added.get(column, [])
            sure = [match for match in known if match.strength > Strength.WEAK]
            if sure and not naming.each:
                if naming.ranked:
                    added[column] = self._first_of(naming, sure)
                continue
            spoken = self._named(column, naming, kind, taken)
            if naming.each:
                if any(match.strength is Strength.EXACT for match in known):
                    continue
                best = max((match.strength for match in known), default=Strength.WEAK)
                chosen = [self._match(column, at, wanted, best) for _, at, wanted in spoken]
                chosen += [replace(match, strength=best) for match in known]
                said = [one for one in chosen if self.says(one.index, *naming.loose)]
                chosen = said or chosen
            else:
                days = form_of(records.model(kind).model_fields[column]) in {DAY, INSTANT}
                held = [m for m in known if not days or self.samples.fit(m.index, column, DAY)]
                chosen = self._better(column, naming, held, spoken)
            if not chosen and len(known) > 1:
                chosen = self._first_of(naming, known)
            if chosen:
                added[column] = chosen
                taken |= {match.index for match in chosen}
        self._settle(added, kind, taken)
        free = {c: [match for match in added.get(c, ()) if match.index not in taken] for c in kept}
        return {c: some for c, some in {**added, **free}.items() if some}

    def _settle(self, added: dict[str, list[Match]], kind: str, taken: set[int]) -> None:
        """Leave out what the cells of other columns say is not meant."""
        own_ids.keep_own_ids(added, kind, taken, self.meant, self.samples)
        drop_converted(added, self.headers)
        if kind == "surveys":
            drop_labels(added, self.headers, self.samples)
            added["score"] = overall(added["score"], self.meant)
            self._answered(added)
        elif kind == "customers":
            asked = partial(self.asked, "customer_id", kind)
            own_ids.key_rows(added, taken, self.headers, self.meant, self.samples, asked)
        elif kind == "invoices":
            amounts = added.get("amount", [])
            added["amount"] = [a for a in amounts if not self.says(a.index, "price")] or amounts
        elif kind == "costs":
            worked(self.headers, self.meant, self.samples, added)

    def _first_of(self, naming: Naming, known: Sequence[Match]) -> list[Match]:
        """Give the known names of the first tier, of those that are known best."""
        best = max(match.strength for match in known)
        top = [match for match in known if match.strength == best]
        tiers = [naming.tier(self.meant.get(match.index, _NOTHING)) for match in top]
        first = min((tier[0] for tier in tiers if tier), default=None)
        ranks = zip(top, tiers, strict=True)
        return [match for match, tier in ranks if tier and tier[0] == first] or list(known)

    def _doubt(self, added: dict[str, list[Match]]) -> None:
        """Drop what known names mean elsewhere: rates where hours earn, and accounts at a bank."""
        if earn(self.headers, self.meant, added):
            # Where hours earn something, a rate is what is billed, unless it says that it is a cost.
            added["rate"] = [one for one in added.get("rate", ()) if self.says(one.index, "cost")]
        if added.get("status"):
            added["status"] = without_states(added["status"], self.meant, self.samples)
        if any("bank" in said.any for said in self.meant.values()):
            keys = added.get("customer_id", ())
            added["customer_id"] = [one for one in keys if not self.says(one.index, "ledger")]

    def _answered(self, added: dict[str, list[Match]]) -> None:
        """Drop days on which somebody replied to an answer: more rows have a score than those."""
        given, late = replied(added, self.meant, self.samples)
        if not late:
            return
        naming = namings("surveys")["responded_at"]
        spoken = self._named("responded_at", naming, "surveys", late)
        spoken = [one for one in spoken if len(self.samples.filled(one[1])) >= given]
        if spoken:
            added["responded_at"] = self._better("responded_at", naming, (), spoken)

    def fits(self, header: str, kind: str, column: str) -> bool:
        """Say whether the cells below a header may be of a column of a kind."""
        form = form_of(records.model(kind).model_fields[column])
        return self.samples.fit(self.headers.index(header), column, form)

    def says(self, at: int, *words: str) -> bool:
        """Say whether a header has one of some meanings."""
        return at in self.meant and not self.meant[at].any.isdisjoint(words)

    def _named(
        self,
        column: str,
        naming: Naming,
        kind: str,
        taken: Collection[int],
        *,
        asked: bool = False,
    ) -> list[tuple[int, int, frozenset[str]]]:
        """Give the headers that name a column, with their tiers, where their cells fit."""
        form = form_of(records.model(kind).model_fields[column])
        key = kind == "customers" and column == "customer_id"
        days = form in {DAY, INSTANT}
        return [
            (tier[0], at, tier[1])
            for at, said in self.meant.items()
            if at not in taken
            and (tier := naming.tier(said, asked=asked)) is not None
            and not self._counts(at, said)
            and not (days and said.any <= _NUMBERED and self.samples.are_digits(at))
            and not (column == "amount" and has_tax(tier[1], self.meant))
            and self.samples.fit(at, column, form, key=key)
            and (column != "score" or len(self.samples.filled(at)))
        ]

    def counts(self, at: int) -> bool:
        """Say whether a header is of how many answers or tickets there are in a row."""
        said, words = self.meant[at], words_of(self.headers[at])
        things = {"ticket", "survey", "answer", "score"}
        last = words[-1:] if "id" in said.any else words
        many = any(word.endswith("s") and meaning(word).any & things for word in last)
        several = many or ("quantity" in said.any and "id" not in said.any)
        whole = several and not said.any & {"average", "percent"}
        return whole and self.samples.shape(at) is Shape.NUMBERS

    def _counts(self, at: int, said: Meaning) -> bool:
        """Say whether a header is of how many things there are: several of them, in numbers."""
        words = words_of(self.headers[at])
        last = words[-1:] if "id" in said.any else words
        several = any(word.endswith("s") for word in last)
        things = said.any & THINGS and not said.any - _COUNTED - {"total"}
        if not (several and things and self.samples.shape(at) is Shape.NUMBERS):
            return False
        return "total" not in said.any or self.samples.are_few(at)

    def _better(
        self,
        column: str,
        naming: Naming,
        known: Sequence[Match],
        spoken: Sequence[tuple[int, int, frozenset[str]]],
    ) -> list[Match]:
        """Give the headers of the best tier; None of them where a known name is as good."""
        if not spoken:
            return []
        best = min(tier for tier, _, _ in spoken)
        tiers = [naming.tier(self.meant[match.index]) for match in known if match.index < _MOST]
        if known and any(tier is None or tier[0] < best for tier in tiers):
            return []
        top = [(at, wanted) for tier, at, wanted in spoken if tier == best]
        fewest = min(len(self.meant[at].words) - len(wanted) for at, wanted in top)
        top = [one for one in top if len(self.meant[one[0]].words) - len(one[1]) == fewest]
        # What is stamped is when a row was written.
        top = [one for one in top if not self.says(one[0], "stamp")] or ([] if known else top)
        if not top:
            return [*known]
        first = min(top, key=lambda one: self.says(one[0], "price"))[0]
        kept = [one for one in top if one[0] == first or not self.samples.same(one[0], first)]
        equals = (
            [match for match in known if match.strength is Strength.WEAK]
            if best in {tier[0] for tier in tiers if tier}
            else []
        )
        if equals:
            kept = [one for one in kept if not self.samples.same(one[0], equals[0].index)]
        return [*equals, *(self._match(column, at, wanted, Strength.WEAK) for at, wanted in kept)]

    @staticmethod
    def _match(column: str, at: int, wanted: frozenset[str], strength: Strength) -> Match:
        # The words themselves stand for a name that is known: "net amount", "sub", "churned".
        alias = _ALIASES.get(wanted, folded(" ".join(sorted(wanted))))
        return Match(column, at, strength, alias, by_words=True)

    def asked(self, column: str, kind: str, taken: Collection[int]) -> list[int]:
        """Give the headers that may be a column, best first, as only the owner can say."""
        if (naming := namings(kind).get(column)) is None:
            return []
        form = form_of(records.model(kind).model_fields[column])
        plain = self._named(column, naming, kind, taken)
        asked = self._named(column, naming, kind, taken, asked=True)
        if kind == "customers" and column == "customer_id":
            said, samples = self.meant, self.samples
            plain = [
                o
                for o in plain
                if not own_ids.counts_rows(self.headers[o[1]], said[o[1]], samples, o[1])
            ]
            names = [at for _, at, wanted in asked if wanted == {"name"}]
            halves = {*names} if len(names) > 1 else set()
            asked.sort(key=lambda o: (o[1] in halves, not samples.is_unique(o[1]), o[0]))
            ids = own_ids.unknown_ids(self.meant, self.samples, taken)
            asked = [*((0, at, frozenset({"id"})) for at in ids), *asked]
        else:
            asked.sort(key=lambda one: one[0])
            if column == "invoice_id":
                ids = own_ids.other_ids(self.meant, self.samples, taken)
                asked = [*((0, at, frozenset({"id"})) for at in ids), *asked]
        half_known = [
            (0, at, said.any)
            for at, said in self.meant.items()
            if said.loose and at not in taken and self.samples.fit(at, column, form)
            if naming.tier(
                replace(said, loose=False), asked=form not in _DATED or "first" in said.any
            )
            if form in _DATED or (form == IDENTITY and kind != "customers")
        ]
        return [at for _, at, _ in (*sorted(plain, key=lambda one: one[:2]), *asked, *half_known)]

    def others(self, column: str, kind: str, first: int) -> list[int]:
        """Give further headers whose words say the same of a column as the first of its meanings."""
        named = self._named(column, namings(kind)[column], kind, {first})
        return [at for tier, at, _ in named if not tier]


_ALIASES = {
    frozenset(("net",)): "netamount",
    frozenset(("net", "amount")): "netamount",
    frozenset(("net", "total")): "netamount",
    frozenset(("sub",)): "subtotal",
}
"""The names whose meaning for tax and signs is known, of the meanings that words have."""
