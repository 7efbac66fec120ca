"""The accounts with signs at a close: what each rule says of them, and what is at stake."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from retention_cli.dataset.customer_names import names_of
from retention_cli.dataset.groups import manager_column
from retention_cli.frames.columns import FILE, ROW
from retention_cli.frames.frames import collect
from retention_cli.kpis.ingredients.account_profit import account_profit
from retention_cli.results.signals import Account, RuleFacts, Signal, Spot
from retention_cli.signs.history import day_of, number_of
from retention_cli.signs.rule import Found, rules
from retention_cli.signs.told import SHARED
from retention_cli.values.measures import Undefined
from retention_cli.values.periods import Period, add_months

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from retention_cli.dataset.dataset import Dataset
    from retention_cli.findings.file_report import Export
    from retention_cli.results.signals import Amount
    from retention_cli.signs.groups import Sorted
    from retention_cli.signs.history import History, Past
    from retention_cli.signs.rule import Rule
    from retention_cli.signs.thresholds import Threshold, Told

_STAKE_MONTHS = 12


@dataclass(frozen=True, slots=True)
class Flagged:
    """The accounts with signs, before the files they were read from are beside them."""

    accounts: tuple[Account, ...]
    customers: int
    rules: tuple[RuleFacts, ...]
    shared: tuple[tuple[str, str, str], ...]
    currency: str | None
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FollowUps:
    """When somebody spoke to which customer: sorted days by id."""

    days: Mapping[str, Sequence[date]]

    def answered(self, customer: str, since: date) -> date | None:
        """Give the first day on which a sign was followed up."""
        return next((day for day in self.days.get(customer, ()) if day >= since), None)


def flagged(  # a close, what was known at it, and who was spoken to
    dataset: Dataset,
    history: History,
    close: date,
    told: Told,
    exports: Sequence[Export],
    follow_ups: FollowUps,
) -> Flagged:
    """Find the accounts with signs at a close, those with most at stake first.

    Formula: at stake are the revenue and the profit of the twelve months before the close.
    """
    past = history.at(number_of(close), live=True)
    answers = {rule: rule.answer(past, told) for rule in rules()}
    found = {rule: one for rule, one in answers.items() if isinstance(one, Found)}
    places = np.unique(
        np.concatenate([one.who for one in found.values()] or [np.zeros(0, np.int64)])
    )
    ids = history.ids.take(pa.array(places)).to_pylist()
    signs: dict[int, list[Signal]] = {int(place): [] for place in places}
    named = dict(zip(signs, ids, strict=True))
    steps: dict[int, str] = {}
    for rule, one in found.items():
        spots = _spots(one, dataset, exports)
        for at, (who, since) in enumerate(zip(one.who.tolist(), one.since.tolist(), strict=True)):
            day = day_of(since)
            answered = follow_ups.answered(named[who], day)
            signs[who].append(Signal(rule.name, day, one.said(at), spots.get(who, ()), answered))
            steps.setdefault(who, rule.step)
    stake = _Stake.of(dataset, close)
    names = people(dataset, ids)
    accounts = [
        Account(
            id_, *names.get(id_, (None, None)), *stake.of_one(id_), tuple(signs[who]), steps[who]
        )
        for who, id_ in named.items()
    ]
    accounts.sort(key=_place)
    return Flagged(
        accounts=tuple(accounts),
        customers=int(past.there.sum()),
        rules=tuple(_facts(rule, answer, told) for rule, answer in answers.items()),
        shared=tuple(_written(SHARED, told)),
        currency=stake.currency,
        notes=(*stake.notes, *_left_out(past, history)),
    )


def _place(one: Account) -> tuple[bool, Amount, int, str]:
    return one.revenue is None, -(one.revenue or 0), -len(one.signals), one.customer_id


def _left_out(past: Past, history: History) -> Iterator[str]:
    if unknown := int(history.unknown.sum()):
        yield f"customers who left on a day nobody knows have no signs here: {unknown:,}"
    if history.membership is None:
        yield "nothing in the exports says who left, so every id counts as a customer"
    if past.live and history.membership is not None and history.membership.basis == "activity":
        yield f"customers are those who bought in the last {history.membership.window}"


def _facts(rule: Rule, answer: Found | Undefined, told: Told) -> RuleFacts:
    reason = answer if isinstance(answer, Undefined) else None
    number = 0 if isinstance(answer, Undefined) else len(answer.who)
    return RuleFacts(rule.name, rule.title, tuple(_written(rule.thresholds, told)), number, reason)


def _written(thresholds: Mapping[str, Threshold], told: Told) -> Iterator[tuple[str, str, str]]:
    for name, one in thresholds.items():
        yield name, one.text(told[name]), one.meaning


def _spots(
    found: Found, dataset: Dataset, exports: Sequence[Export]
) -> dict[int, tuple[Spot, ...]]:
    """Give the file and the row number of each row behind a sign, by customer."""
    spots: dict[int, list[Spot]] = {}
    wanted = found.who
    for rows in found.rows:
        mine = rows.where(np.isin(rows.who, wanted))
        table, files = _table(dataset, rows), [one for one in exports if one.kind == rows.kind]
        at = pa.array(mine.at)
        numbers = table[ROW].take(at).to_pylist() if ROW in table.column_names else [None] * len(at)
        from_ = table[FILE].take(at).to_pylist() if FILE in table.column_names else [None] * len(at)
        for who, file, number in zip(mine.who.tolist(), from_, numbers, strict=True):
            export = files[file] if file is not None and file < len(files) else None
            name, sheet = (export.file, export.sheet) if export else (None, None)
            spots.setdefault(who, []).append(Spot(name, sheet, number))
    return {who: tuple(sorted(set(some), key=_order)) for who, some in spots.items()}


def _order(spot: Spot) -> tuple[str, str, int]:
    return spot.file or "", spot.sheet or "", spot.row or 0


def _table(dataset: Dataset, rows: Sorted) -> pa.Table:
    return dataset.tables["customers"] if rows.kind == "customers" else dataset.rows(rows.kind)


@dataclass(frozen=True, slots=True)
class _Stake:
    """The revenue and profit of each account in the twelve months before a close."""

    places: Mapping[str, int]
    rows: Any
    profits: bool
    parts: int
    currency: str | None
    notes: tuple[str, ...]
    known: bool

    @classmethod
    def of(cls, dataset: Dataset, close: date) -> _Stake:
        """Add up the accounts; nothing is known without invoices or in several currencies."""
        if not dataset.has("invoices"):
            said = "nothing is known of what is at stake, since there are no invoices"
            return cls({}, None, False, 1, None, (said,), known=False)
        period = Period(add_months(close, -_STAKE_MONTHS), close)
        costs = dataset.frame("costs") if dataset.has("costs") else None
        found = account_profit(invoices=dataset.frame("invoices"), period=period, costs=costs)
        reason = found.reason
        if reason and reason.code in {"several-currencies", "no-customer-ids"}:
            said = f"what is at stake is not known: {reason.message}"
            return cls({}, None, False, 1, None, (said,), known=False)
        rows = collect(found.accounts)
        ids = rows["customer_id"].to_pylist()
        profits = reason is None
        notes = (
            ()
            if profits or reason is None
            else (f"profit at stake is not known: {reason.message}",)
        )
        return cls(
            dict(zip(ids, range(len(ids)), strict=True)),
            {
                name: rows[name].to_pylist()
                for name in ("revenue", "unknown", "direct_cost", "cost_to_serve", "known")
            },
            profits,
            dataset.money_parts,
            found.currencies.one,
            notes,
            known=True,
        )

    def of_one(self, id_: str) -> tuple[Amount | None, Amount | None]:
        """Give the revenue and the profit of an account."""
        if not self.known:
            return None, None
        place = self.places.get(id_)
        if place is None:
            return 0, 0 if self.profits else None
        row = {name: column[place] for name, column in self.rows.items()}
        revenue = self._money(row["revenue"] + row["unknown"])
        if not self.profits or not row["known"]:
            return revenue, None
        return revenue, self._money(row["revenue"] - row["direct_cost"] - row["cost_to_serve"])

    def _money(self, total: int) -> Amount:
        return total if self.parts == 1 else Fraction(total, self.parts)


def people(dataset: Dataset, ids: Sequence[str]) -> dict[str, tuple[str | None, str | None]]:
    """Give the name and the owner of customers: of the spell that starts last, or of invoices."""
    named, texts = names_of(dataset)
    known = {} if named is None else dict(zip(named.to_pylist(), texts.to_pylist(), strict=True))
    if not dataset.has("customers") or not ids:
        return {key: (known[key], None) for key in ids if key in known}
    table = dataset.tables["customers"]
    manager = manager_column(table.column_names)
    columns = {"id": table["customer_id"].cast(pa.string())}
    for name, column in (("owner", manager), ("start", "start_date")):
        there = column in table.column_names
        columns[name] = (
            table[column]
            if there
            else pa.nulls(len(table), pa.date32() if name == "start" else pa.string())
        )
    rows = pa.table(columns)
    rows = rows.filter(pc.is_in(rows["id"], value_set=pa.array(ids, pa.string())))
    rows = rows.take(pc.sort_indices(rows, sort_keys=[("start", "descending")]))
    return {row["id"]: (known.get(row["id"]), row["owner"]) for row in reversed(rows.to_pylist())}
