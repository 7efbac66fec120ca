"""What makes high and low performers so: their prices, costs and returns against those of peers."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

import narwhals.stable.v2 as nw
import pyarrow as pa
import pyarrow.compute as pc

from retention_cli.frames.columns import as_text
from retention_cli.frames.frames import collect, grouped, has
from retention_cli.kpis._invoices import AMOUNT, dated_in
from retention_cli.patterns import lazy_pattern
from retention_cli.results.accounts import Trait, Why
from retention_cli.values.measures import Unit

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from retention_cli.frames.frames import Frame
    from retention_cli.results.accounts import Account
    from retention_cli.values.periods import Period

MOST = 10
"""How many accounts at each end are looked at."""
_SHOWN = 3
_SHARE, _PRICE, _SIZE = Fraction(1, 100), Fraction(1, 10), Fraction(1, 2)
"""From which difference on something is told of: a share of revenue, a price, a size."""
_NUMBER = lazy_pattern(r"-?[0-9]{1,12}(?:\.0{1,4})?")


@dataclass(frozen=True, slots=True)
class Sales:
    """What accounts were billed, in parts of a ten-thousandth: amounts above 0, and those below it.

    Shape: `units` is None where they are not known of all lines.
    """

    billed: Mapping[str, int]
    returned: Mapping[str, int]
    lines: Mapping[str, int]
    units: Mapping[str, int] | None
    money_parts: int


def sales(invoices: Frame, period: Period, money_parts: int) -> Sales:
    """Add up by account what was billed and returned in a period, and how many units or lines that was."""
    rows = invoices.filter(dated_in(period) & ~nw.col("customer_id").is_null())
    sums = {
        "billed": nw.when(AMOUNT > 0).then(AMOUNT).otherwise(0),
        "returned": nw.when(AMOUNT < 0).then(AMOUNT * -1).otherwise(0),
        "lines": (AMOUNT > 0).cast(nw.Int64),
    }
    table = collect(grouped(rows, "customer_id", **sums))
    ids = table["customer_id"].to_pylist()
    billed, returned, lines = (
        dict(zip(ids, table[name].to_pylist(), strict=True)) for name in sums
    )
    return Sales(billed, returned, lines, _units(rows), money_parts)


def _units(rows: Frame) -> dict[str, int] | None:
    """Add up quantities where every billed row has a whole one; else nobody knows."""
    if not has(rows, "quantity"):
        return None
    table = collect(rows.filter(AMOUNT > 0).select("customer_id", "quantity"))
    written = as_text(table["quantity"]).cast(pa.string())
    plain = pc.match_substring_regex(written, rf"\A{_NUMBER.pattern}\z")
    if not len(table) or not pc.all(pc.fill_null(plain, False)).as_py():
        return None
    number = pc.cast(pc.cast(written, pa.float64()), pa.int64())
    summed = (
        pa.table({"id": table["customer_id"], "n": number}).group_by("id").aggregate([("n", "sum")])
    )
    return dict(zip(summed["id"].to_pylist(), summed["n_sum"].to_pylist(), strict=True))


def explained(accounts: Sequence[Account], sold: Sales, by: str | None) -> Iterator[Why]:
    """Say of the first and the last accounts in what they differ from their peers.

    Formula: peers are the other accounts of the same tier, or of the same group; theirs is a ratio
        of sums. What speaks for a high performer, or against a low one, is told.
    """
    known = [one for one in accounts if one.profit is not None]
    high = min(MOST, (len(known) + 1) // 2)
    low = min(MOST, len(known) - high)
    peers: dict[str | None, list[Account]] = {}
    for one in known:
        peers.setdefault(one.group if by else one.tier, []).append(one)
    sums = {name: _Sums.of(ours, sold) for name, ours in peers.items()}
    for place, one in enumerate([*known[:high], *known[len(known) - low :]]):
        key = one.group if by else one.tier
        others = sums[key].without(_Sums.of([one], sold))
        named = f"{by} {key}" if by else f"tier {key}"
        yield Why(
            one.customer_id, named, tuple(_traits(_Sums.of([one], sold), others, place < high))
        )


@dataclass(frozen=True, slots=True)
class _Sums:
    accounts: int
    revenue: Fraction
    direct: Fraction
    served: Fraction
    billed: Fraction
    returned: Fraction
    things: int
    per: str

    @classmethod
    def of(cls, accounts: Sequence[Account], sold: Sales) -> _Sums:
        ids = [one.customer_id for one in accounts]
        counts, per = (sold.lines, "line") if sold.units is None else (sold.units, "unit")
        return cls(
            len(ids),
            Fraction(sum(one.revenue - one.revenue_without_cost for one in accounts)),
            Fraction(sum(one.direct_cost or 0 for one in accounts)),
            Fraction(sum(one.cost_to_serve or 0 for one in accounts)),
            Fraction(sum(sold.billed.get(id_, 0) for id_ in ids), sold.money_parts),
            Fraction(sum(sold.returned.get(id_, 0) for id_ in ids), sold.money_parts),
            sum(counts.get(id_, 0) for id_ in ids),
            per,
        )

    def without(self, one: _Sums) -> _Sums:
        return _Sums(
            self.accounts - one.accounts,
            self.revenue - one.revenue,
            self.direct - one.direct,
            self.served - one.served,
            self.billed - one.billed,
            self.returned - one.returned,
            self.things - one.things,
            self.per,
        )


def _traits(ours: _Sums, peers: _Sums, high: bool) -> list[Trait]:  # noqa: FBT001  # which end it is
    found: list[tuple[Fraction, Trait]] = []
    sign = 1 if high else -1
    shares = (
        ("direct cost", ours.direct, ours.revenue, peers.direct, peers.revenue),
        ("cost to serve", ours.served, ours.revenue, peers.served, peers.revenue),
        ("returns", ours.returned, ours.billed, peers.returned, peers.billed),
    )
    for what, above, below, their_above, their_below in shares:
        if below > 0 and their_below > 0:
            share, theirs = above / below, their_above / their_below
            if (theirs - share) * sign >= _SHARE:
                found.append((abs(theirs - share), Trait(what, share, theirs, Unit.RATIO)))
    if ours.revenue <= 0 < ours.served and peers.accounts and not high:
        mean = peers.served / peers.accounts
        found.append(
            (_SHARE, Trait("cost to serve without revenue", ours.served, mean, Unit.MONEY))
        )
    if ours.things > 0 and peers.things > 0:
        price, theirs = ours.billed / ours.things, peers.billed / peers.things
        if theirs and (price / theirs - 1) * sign >= _PRICE:
            effect = abs(price / theirs - 1) / 5
            found.append((effect, Trait(f"revenue per {ours.per}", price, theirs, Unit.MONEY)))
    if peers.accounts and peers.revenue > 0 and (high or ours.revenue > 0):
        mean = peers.revenue / peers.accounts
        if (ours.revenue / mean - 1) * sign >= _SIZE:
            found.append((Fraction(0), Trait("revenue", ours.revenue, mean, Unit.MONEY)))
    found.sort(key=lambda one: -one[0])
    return [trait for _, trait in found[:_SHOWN]]
