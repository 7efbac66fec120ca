"""What each customer paid before a period and in it, and the lines of the bridge that it is in."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import narwhals.stable.v2 as nw
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from retention_cli.frames.frames import collect, grouped, has
from retention_cli.kpis._invoices import AMOUNT, Currencies, dated_before, dated_in, narrowed
from retention_cli.results.bridge import LINES, Line, Money, Row
from retention_cli.values.periods import Period

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from retention_cli.frames.frames import Frame
    from retention_cli.results.bridge import Amount
    from retention_cli.values.measures import Undefined

OTHERS = ("former", "came_back_and_left", "not_yet_started", "unknown", "no_id")
"""Whose money of the period is in no other line: who left before it, who came back and left again
in it, who starts after it, ids that are not among the customers, and rows without an id."""

_FLAGS = ("first", "last", "earlier", "inside")


@dataclass(frozen=True, slots=True)
class Paid:
    """One place an id, those of customers first: where it stands and what it paid.

    Shape: `flags` are those of a cohort, and `known`; `before` and `now` are sums in parts of a
        ten-thousandth, `per` of which make one. `nobody` is what rows without an id add up to now.
    """

    ids: pa.Array
    flags: Mapping[str, Any]
    before: Any
    now: Any
    nobody: int
    currencies: Currencies
    per: int

    @property
    def starters(self) -> Any:
        """Who was there at the start."""
        return self.flags["first"]

    @property
    def lost(self) -> Any:
        """Who was there at the start and is not at the end."""
        return self.flags["first"] & ~self.flags["last"]

    def lines(self) -> dict[str, Any]:
        """Give what each id adds to each line but those of rows without an id.

        Errors: AssertionError where the lines of an id do not close.
        """
        first, last, earlier, inside = (self.flags[name] for name in _FLAGS)
        stayed, change = first & last, self.now - self.before
        acquired = inside & ~earlier
        back = last & ~first & earlier
        found = {
            "before": np.where(first, self.before, 0),
            "lost": np.where(self.lost, self.before, 0),
            "contraction": np.where(stayed, np.maximum(-change, 0), 0),
            "expansion": np.where(stayed, np.maximum(change, 0), 0),
            "kept": np.where(stayed, self.now, 0),
            "new": np.where(acquired, self.now, 0),
            "reactivated": np.where(back, self.now, 0),
            "billed_before_leaving": np.where(self.lost, self.now, 0),
            "others": np.where(first | acquired | back, 0, self.now),
            "revenue": self.now,
        }
        _closes(found, np.array_equal)
        return found

    def others(self, amounts: Any) -> dict[str, Any]:
        """Split what ids add to the line of others by why they are in no other one."""
        known, earlier, inside = (self.flags[name] for name in ("known", "earlier", "inside"))
        sorts = {
            "former": known & earlier & ~inside,
            "came_back_and_left": known & earlier & inside,
            "not_yet_started": known & ~earlier & ~inside,
            "unknown": ~known,
        }
        return {name: np.where(ours, amounts, 0) for name, ours in sorts.items()}

    def money(self, amount: int) -> Amount:
        """Give an amount in ten-thousandths."""
        return amount if self.per == 1 else Fraction(amount, self.per)


def paid(people: Frame, invoices: Frame, period: Period, *, per: int) -> Paid:
    """Add up what each id paid in the period before and in the period.

    Formula: people are those of the cohort; other ids of the invoices stand after them.
    """
    rows = narrowed(invoices, "customer_id", "currency")
    rows = rows.filter(dated_in(Period(period.previous().start, period.end)))
    if not has(rows, "currency"):
        rows = rows.with_columns(currency=nw.lit(None, dtype=nw.String))
    earlier = dated_before(period.start)
    sums = collect(
        grouped(
            rows,
            "customer_id",
            "currency",
            before=nw.when(earlier).then(AMOUNT).otherwise(0),
            now=nw.when(earlier).then(0).otherwise(AMOUNT),
            rows_before=earlier.cast(nw.Int64),
            rows_now=(~earlier).cast(nw.Int64),
        )
    )
    known = collect(people)
    owners = sums["customer_id"].cast(pa.string()).combine_chunks()
    ids = known["customer_id"].cast(pa.string()).combine_chunks()
    strangers = pc.unique(owners.filter(pc.invert(pc.is_in(owners, value_set=ids)))).drop_null()
    every = pa.concat_arrays([ids, strangers])
    places = pc.index_in(owners, value_set=every)
    owned, place = ~np.asarray(places.is_null()), places.drop_null().to_numpy()
    flags = {name: _padded(known[name], len(strangers)) for name in _FLAGS}
    flags["known"] = np.arange(len(every)) < len(ids)
    now = sums["now"].to_numpy()
    return Paid(
        ids=every,
        flags=flags,
        before=_added(sums["before"].to_numpy()[owned], place, len(every)),
        now=_added(now[owned], place, len(every)),
        nobody=int(now[~owned].sum()),
        currencies=_currencies(sums, owned, flags["first"][place]),
        per=per,
    )


def money_bridge(found: Paid, revenue: int, notes: tuple[str, ...]) -> Money | Undefined:
    """Add up the lines over all ids, and close them against the revenue of the period.

    Undefined: where what is added up is in several currencies.
    Errors: AssertionError where they do not close.
    """
    if (reason := found.currencies.reason) is not None:
        return reason
    each = found.lines()
    sums = {name: int(amounts.sum()) for name, amounts in each.items()}
    sums["others"] += found.nobody
    sums["revenue"] += found.nobody
    _closes(sums, int.__eq__)
    if sums["revenue"] != revenue:
        raise AssertionError(f"the bridge ends at {sums['revenue']}, and revenue is {revenue}")
    counts = {name: int(np.count_nonzero(amounts)) for name, amounts in each.items()}
    split = found.others(each["others"])
    others = [
        Line(name, found.money(int(amounts.sum())), int(np.count_nonzero(amounts)))
        for name, amounts in split.items()
    ]
    others.append(Line("no_id", found.money(found.nobody), 0))
    if sum(one.amount for one in others) != found.money(sums["others"]):
        raise AssertionError("what the others are made of does not add up to them")
    return Money(
        lines=tuple(Line(name, found.money(sums[name]), counts[name]) for name in LINES),
        others=tuple(one for one in others if one.n or one.amount),
        currency=found.currencies.one,
        notes=notes,
    )


def rows_of(found: Paid) -> Iterator[Row]:
    """Give each id in each line that it adds to, line by line; rows without an id stand last."""
    order = np.asarray(pc.sort_indices(found.ids))
    for name, amounts in found.lines().items():
        for at in order[amounts[order] != 0]:
            before, now = (found.money(int(sums[at])) for sums in (found.before, found.now))
            yield Row(found.ids[at].as_py(), name, before, now)
        if name in {"others", "revenue"} and found.nobody:
            yield Row(None, name, 0, found.money(found.nobody))


def _closes(lines: Mapping[str, Any], equal: Any) -> None:
    kept = lines["before"] - lines["lost"] - lines["contraction"] + lines["expansion"]
    end = lines["kept"] + lines["new"] + lines["reactivated"]
    end = end + lines["billed_before_leaving"] + lines["others"]
    if not equal(kept, lines["kept"]) or not equal(end, lines["revenue"]):
        raise AssertionError("the bridge does not close")


def _padded(column: pa.ChunkedArray, more: int) -> Any:
    return np.append(np.asarray(column), np.zeros(more, dtype=np.bool_)).astype(np.bool_)


def _added(amounts: Any, places: Any, size: int) -> Any:
    total = np.zeros(size, dtype=np.int64)
    np.add.at(total, places, amounts)
    return total


def _currencies(sums: pa.Table, owned: Any, starting: Any) -> Currencies:
    """Give the currencies of the rows before of who was there at the start, and of all rows now."""
    counted = sums["rows_now"].to_numpy() > 0
    counted[owned] |= (sums["rows_before"].to_numpy()[owned] > 0) & starting
    names = pc.unique(sums["currency"].filter(pa.array(counted)))
    return Currencies(frozenset(names.to_pylist()))
