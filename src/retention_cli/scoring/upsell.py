"""Accounts that buy fewer product lines than the others of their tier, and what those buy."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from statistics import median
from typing import TYPE_CHECKING

import narwhals.stable.v2 as nw
import pyarrow as pa

from retention_cli.frames.columns import as_text
from retention_cli.frames.frames import collect, has
from retention_cli.kpis._invoices import AMOUNT, dated_in
from retention_cli.results.accounts import CUSTOMER
from retention_cli.results.impact import Hint

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from retention_cli.frames.frames import Frame
    from retention_cli.results.accounts import Account
    from retention_cli.values.periods import Period

_NAMED = 3


def hints(invoices: Frame, period: Period, accounts: Sequence[Account]) -> Iterator[Hint]:
    """Give them by profit, without who has left; the lines named are those that most of the other accounts of the tier buy.

    Formula: product lines are the distinct products on rows above 0 in the period; the median is of all
        accounts of the tier that have one.
    """
    if not has(invoices, "product", "customer_id"):
        return
    rows = invoices.filter(dated_in(period) & (AMOUNT > 0) & ~nw.col("customer_id").is_null())
    table = collect(rows.select("customer_id", "product"))
    pairs = pa.table({name: as_text(table[name]).cast(pa.string()) for name in table.column_names})
    bought: dict[str, set[str]] = {}
    for row in pairs.group_by(["customer_id", "product"]).aggregate([]).to_pylist():
        if row["product"]:
            bought.setdefault(row["customer_id"], set()).add(row["product"])
    tiers: dict[str, list[Account]] = {}
    for one in accounts:
        if one.tier is not None and one.customer_id in bought:
            tiers.setdefault(one.tier, []).append(one)
    usual = {
        tier: Fraction(median(len(bought[one.customer_id]) for one in ours))
        for tier, ours in tiers.items()
    }
    sold = {
        tier: Counter(p for one in ours for p in bought[one.customer_id])
        for tier, ours in tiers.items()
    }
    for one in accounts:
        mine = bought.get(one.customer_id, set())
        gone = one.status not in {CUSTOMER, None}
        if one.tier is None or gone or not mine or len(mine) >= usual[one.tier]:
            continue
        others = len(tiers[one.tier]) - 1
        missing = [
            name
            for name, count in sorted(sold[one.tier].items(), key=lambda pair: (-pair[1], pair[0]))
            if name not in mine and count * 2 > others
        ]
        yield Hint(
            *(one.customer_id, one.customer_name, one.tier),
            *(len(mine), usual[one.tier], tuple(missing[:_NAMED])),
        )
