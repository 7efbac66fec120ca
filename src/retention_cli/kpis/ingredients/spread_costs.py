"""The costs of no account in particular, spread over all accounts of a period by a key."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import narwhals.stable.v2 as nw
import pyarrow as pa
import pyarrow.compute as pc

from retention_cli.frames.frames import Frame, collect, grouped, has
from retention_cli.kpis._invoices import AMOUNT, CUSTOMER, dated_in, narrowed
from retention_cli.kpis._rows import spent_in
from retention_cli.kpis.ingredients.driven_costs import owners
from retention_cli.kpis.ingredients.service import service
from retention_cli.values.apportioning import apportioned

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from retention_cli.kpis.ingredients.driven_costs import DrivenCosts
    from retention_cli.values.periods import Period

_CENT = 100
_HOURS = "hours"


class Pool(NamedTuple):
    """Costs of one category, or of all: their sum, and the key by which they are spread."""

    category: str | None
    key: str
    amount: int
    accounts: int


class SpreadCosts(NamedTuple):
    """What each account has of each pool; a pool is spread in full or not at all.

    Shape: `shares` has customer_id, pool (its place among `pools`) and amount, in parts of a
        ten-thousandth. `unspread` are pools that nobody has the key of, or for which none is stated.
    """

    pools: tuple[Pool, ...]
    shares: pa.Table
    unspread: tuple[Pool, ...]


def spread_costs(  # noqa: PLR0913  # what is spread, and by what
    *,
    invoices: Frame,
    period: Period,
    spread: Mapping[str | None, str] | None,
    money_parts: int,
    costs: Frame | None = None,
    driven_costs: DrivenCosts | None = None,
    driven_tickets: Frame | None = None,
) -> SpreadCosts | None:
    """Spread the costs of a period that have no customer over the accounts with a row in it.

    Formula: by revenue (below 0 as 0), tickets created, hours in the cost export, or equally; in
        whole cents by largest remainder, ties by id.
    Undefined: None where the settings state no key, or no cost is without a customer.
    Source: docs/definitions.md, "Profit".
    """
    if not spread or costs is None:
        return None
    spent = spent_in(costs, period)
    sums = _by_category(spent, spread)
    if not sums:
        return None
    keys = _Keys(invoices, period, spent, driven_costs, driven_tickets)
    ids = keys.accounts(set(spread.values()))
    pools: list[Pool] = []
    unspread: list[Pool] = []
    parts: list[pa.Table] = []
    for category, amount in sums.items():
        key = spread.get(category)
        weights = keys.weights(key, ids) if key else []
        having = sum(weight > 0 for weight in weights)
        pool = Pool(category, key or "", amount, having)
        if not having:
            unspread.append(pool)
            continue
        shares = apportioned(amount, weights, step=_CENT * money_parts)
        place = pa.repeat(pa.scalar(len(pools)), len(ids))
        parts.append(pa.table({"customer_id": ids, "pool": place, "amount": pa.array(shares)}))
        pools.append(pool)
    none = {"customer_id": pa.string(), "pool": pa.int64(), "amount": pa.int64()}
    return SpreadCosts(
        tuple(pools), pa.concat_tables([pa.schema(none).empty_table(), *parts]), tuple(unspread)
    )


def spread_rows(spent: Frame, pools: tuple[Pool, ...]) -> nw.Expr:
    """Mark the rows of costs that are in one of some pools."""
    named = [one.category for one in pools if one.category is not None]
    if any(one.category is None for one in pools) or not has(spent, "category"):
        return CUSTOMER.is_null() if has(spent, "customer_id") else ~AMOUNT.is_null()
    inside = nw.col("category").is_in(named)
    return inside & CUSTOMER.is_null() if has(spent, "customer_id") else inside


def _by_category(spent: Frame, spread: Mapping[str | None, str]) -> dict[str | None, int]:
    """Add up costs without a customer: all of them, or by category where keys are stated by it."""
    nobody = spent.filter(CUSTOMER.is_null()) if has(spent, "customer_id") else spent
    if None in spread or not has(spent, "category"):
        table = collect(nobody.select(AMOUNT))
        total = pc.sum(table["amount"]).as_py() or 0
        return {None: total} if total else {}
    table = collect(grouped(nobody, "category", amount=AMOUNT))
    found = dict(zip(table["category"].to_pylist(), table["amount"].to_pylist(), strict=True))
    return {name: found[name] for name in sorted(found, key=lambda one: (one is None, one or ""))}


class _Keys(NamedTuple):
    """What costs are spread by."""

    invoices: Frame
    period: Period
    spent: Frame
    driven: DrivenCosts | None
    tickets: Frame | None

    def accounts(self, keys: set[str]) -> pa.Array:
        """List the ids with a row in the period, in order."""
        found = [self._sums("revenue"), self._owned(self.spent)]
        found += [
            pa.table({"customer_id": owners(one.rows)})
            for one in (self.driven.parts if self.driven else ())
        ]
        if "tickets" in keys:
            found.append(self._sums("tickets"))
        ids = pa.chunked_array([one["customer_id"].combine_chunks() for one in found], pa.string())
        there = pc.unique(ids).drop_null()
        return there.take(pc.sort_indices(there))

    def weights(self, key: str, ids: pa.Array) -> list[int]:
        """Give what each id has of a key."""
        if key == "equally":
            return [1] * len(ids)
        table = self._sums(key)
        found = table["amount"].take(
            pc.index_in(ids, value_set=table["customer_id"].combine_chunks())
        )
        return [max(weight or 0, 0) for weight in found.to_pylist()]

    def _sums(self, key: str) -> pa.Table:
        if key == "revenue":
            rows = narrowed(self.invoices, "customer_id").filter(dated_in(self.period))
            return self._owned(rows, AMOUNT)
        if key == _HOURS:
            there = has(self.spent, _HOURS)
            return self._owned(self.spent, nw.col(_HOURS).fill_null(0) if there else AMOUNT * 0)
        if self.tickets is None:
            return pa.table(
                {"customer_id": pa.array([], pa.string()), "amount": pa.array([], pa.int64())}
            )
        created = service(tickets=self.tickets, period=self.period).created
        if created is None:
            created = self.tickets.head(0)
        return self._owned(created, nw.lit(1))

    @staticmethod
    def _owned(rows: Frame, amount: nw.Expr | None = None) -> pa.Table:
        if not has(rows, "customer_id"):
            return pa.table(
                {"customer_id": pa.array([], pa.string()), "amount": pa.array([], pa.int64())}
            )
        counted = nw.lit(1) if amount is None else amount
        table = collect(grouped(rows.filter(~CUSTOMER.is_null()), "customer_id", amount=counted))
        return table.cast(pa.schema({"customer_id": pa.string(), "amount": pa.int64()}))


def said(found: SpreadCosts) -> Iterator[str]:
    """Say which keys nobody has, so that costs stay unallocated."""
    for one in found.unspread:
        what = f"costs of '{one.category}'" if one.category else "costs without a customer"
        why = f"no account has {one.key}" if one.key else "no key is stated under [spread]"
        yield f"{what} stay unallocated: {why}"
