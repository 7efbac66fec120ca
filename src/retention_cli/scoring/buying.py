"""Who bought when and for how much, and who was under contract: what models of a dataset rest on."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from retention_cli.dataset.purchases import of_purchases
from retention_cli.frames.columns import as_codes, as_text
from retention_cli.frames.frames import collect
from retention_cli.models._data import Contracts, Histories, Spending, Whole
from retention_cli.values.periods import Period, add_months

if TYPE_CHECKING:
    from datetime import date

    import numpy.typing as npt

    from retention_cli.dataset.dataset import Dataset
    from retention_cli.dataset.membership import Membership
    from retention_cli.settings import Window

_EPOCH = np.datetime64("1970-01-01", "D")
_NEVER = np.iinfo(np.int64).max
_MOST_DAYS = 1 << 32


@dataclass(frozen=True, slots=True)
class Ledger:
    """The invoice rows of customers, and the latest spell of each up to `end`; days since 1970.

    Shape: `ids` are all customers, in order; `who` has the place of each row's one. `starts` and
        `ends` have the spell of each customer that started last, `_NEVER` where there is none.
    """

    ids: tuple[str, ...]
    who: Whole
    day: Whole
    amount: Whole
    bought: npt.NDArray[np.bool_]
    starts: Whole
    ends: Whole
    end: date

    def window(self, period: Period) -> Ledger:
        """Keep the rows of some days."""
        return self._only((self.day >= _number(period.start)) & (self.day < _number(period.end)))

    def _only(self, rows: npt.NDArray[np.bool_]) -> Ledger:
        return replace(
            self,
            who=self.who[rows],
            day=self.day[rows],
            amount=self.amount[rows],
            bought=self.bought[rows],
        )

    def since_start(self) -> Ledger:
        """Keep the rows dated on or after the start of each customer's spell."""
        return self._only(self.day >= self.starts[self.who])

    def revenue(self) -> Whole:
        """Add up the amounts of each customer."""
        found = np.zeros(len(self.ids), dtype=np.int64)
        np.add.at(found, self.who, self.amount)
        return found

    def purchase_days(self) -> Whole:
        """Count the days of purchases of each customer."""
        who, _ = self._pairs()
        return np.bincount(who, minlength=len(self.ids))

    def bought_before(self, day: date) -> int:
        """Count the customers with a purchase before a day and one on it or later."""
        early = self.bought & (self.day < _number(day))
        later = self.bought & ~(self.day < _number(day))
        return len(np.intersect1d(self.who[early], self.who[later]))

    def histories(self) -> tuple[Whole, Histories, Spending]:
        """Give who bought, their histories up to the end, and what their repeat purchases were worth.

        What is dated after the first purchase is of the repeats, credits too.
        """
        who, day = self._pairs()
        places, first, counts = np.unique(who, return_index=True, return_counts=True)
        begins, last = day[first], day[first + counts - 1]
        until = _number(self.end) - 1
        known = np.full(len(self.ids), _NEVER)
        known[places] = begins
        later = self.day > known[self.who]
        spent = np.zeros(len(self.ids), dtype=np.int64)
        np.add.at(spent, self.who[later], self.amount[later])
        repeats = counts - 1
        mean = spent[places] / np.maximum(repeats, 1)
        return places, Histories(repeats, last - begins, until - begins), Spending(repeats, mean)

    def contracts(self, term: Window) -> tuple[Whole, Contracts]:
        """Give who was ever under contract, and the terms that they renewed for."""
        until = _number(self.end)
        places = np.flatnonzero(self.starts < until)
        starts, ends = self.starts[places], self.ends[places]
        ended = ends < until
        whole, in_full = _terms(starts, np.where(ended, ends, until), term, ended)
        lived = np.where(ended & in_full, whole - 1, whole)
        return places, Contracts(np.maximum(lived, 0), ended)

    def terms_begun(self, places: Whole, since: date, term: Window) -> Whole:
        """Count the terms of each customer that reach past a day, up to the end of the contract or the data."""
        starts = np.maximum(self.starts[places], _number(since))
        ends = np.minimum(self.ends[places], _number(self.end))
        whole, in_full = _terms(starts, np.maximum(ends, starts), term, starts < 0)
        return np.maximum(whole + ~in_full, 1)

    def _pairs(self) -> tuple[Whole, Whole]:
        keys = np.unique(
            self.who[self.bought] * _MOST_DAYS + self.day[self.bought] + _MOST_DAYS // 2
        )
        who, day = np.divmod(keys, _MOST_DAYS)
        return who, day - _MOST_DAYS // 2


def ledger(dataset: Dataset, membership: Membership | None, end: date) -> Ledger:
    """Take what is known of customers at the end of the day before `end`; nothing later is looked at."""
    rows = dataset.rows("invoices")
    owned = pc.and_(pc.is_valid(rows["customer_id"]), pc.less(rows["invoice_date"], pa.scalar(end)))
    bought = of_purchases(rows)[np.asarray(owned)]
    rows = rows.select(["customer_id", "invoice_date", "amount"]).filter(owned)
    codes = as_codes(rows["customer_id"])
    named = codes.dictionary.cast(pa.string()).take(pc.unique(codes.indices))
    spells = None
    if membership is not None and membership.basis == "dates":
        spells = collect(membership.spells)
        spells = spells.filter(pc.less(spells["start_date"], pa.scalar(end)))
        people = as_text(spells["customer_id"]).cast(pa.string())
        named = pa.chunked_array([named, *people.chunks]).unique()
    ids = named.take(pc.array_sort_indices(named))
    place = pc.index_in(codes.dictionary.cast(pa.string()), value_set=ids)
    starts, ends = _latest(spells, ids)
    return Ledger(
        ids=tuple(ids.to_pylist()),
        who=place.take(codes.indices).to_numpy(zero_copy_only=False).astype(np.int64),
        day=_days(rows["invoice_date"]),
        amount=rows["amount"].to_numpy(),
        bought=bought,
        starts=starts,
        ends=ends,
        end=end,
    )


def _latest(spells: pa.Table | None, ids: pa.Array) -> tuple[Whole, Whole]:
    """Give the spell of each customer that starts last."""
    starts, ends = np.full(len(ids), _NEVER), np.full(len(ids), _NEVER)
    if spells is not None:
        spells = spells.sort_by("start_date")
        place = pc.index_in(as_text(spells["customer_id"]).cast(pa.string()), value_set=ids)
        at = place.to_numpy()
        starts[at] = _days(spells["start_date"])
        ends[at] = _days(spells["end_date"], _NEVER)
    return starts, ends


def _days(column: pa.ChunkedArray, blank: int = 0) -> Any:
    numbers = pc.fill_null(column.cast(pa.int32()).cast(pa.int64()), blank)
    return numbers.to_numpy()


def _number(day: date) -> int:
    return int((np.datetime64(day) - _EPOCH).astype(int))


def _terms(
    starts: Whole, ends: Whole, term: Window, closed: npt.NDArray[np.bool_]
) -> tuple[Whole, npt.NDArray[np.bool_]]:
    """Count the whole terms between days, and mark where nothing is left over.

    A `closed` one that ends on the day before its day of the month ends a whole term, too.
    """
    if term.days:
        whole, rest = np.divmod(ends - starts, term.days)
        short = closed & (rest == term.days - 1)
        return whole + short, (rest == 0) | short
    first, begun = _months(starts)
    (last, until), (later, after) = _months(ends), _months(ends + 1)
    short = closed & (after == begun)
    months = np.where(short, later, last - (until < begun)) - first
    whole, rest = np.divmod(months, term.months)
    return whole, (rest == 0) & (short | (until == begun))


def _months(days: Whole) -> tuple[Whole, Whole]:
    """Give the month of each day since 1970, and its day in the month."""
    dated = days.astype("datetime64[D]")
    months = dated.astype("datetime64[M]")
    return months.astype(np.int64), (dated - months.astype("datetime64[D]")).astype(np.int64)


def recent(period: Period) -> Period:
    """Give the period, or where it is longer than a year its last twelve months."""
    begins = add_months(period.end, -12)
    return period if period.start >= begins else Period(begins, period.end)
