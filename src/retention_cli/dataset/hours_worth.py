"""What hours cost at their rates: exactly, in units so small that nothing is rounded."""

from __future__ import annotations

from math import gcd
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from retention_cli.dataset.money_units import times
from retention_cli.records.hours import HOUR_PARTS

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy.typing as npt

    Numbers = npt.NDArray[np.int64]

_MONEY = {"invoices": ("amount", "cost"), "costs": ("amount",)}
_HIGH_RATE = 2**63 // HOUR_PARTS
"""From this rate on, a million an hour, products do not fit 64 bits, and are made one by one."""
_TOO_LARGE = "the amounts are too large for hours at their rates to be added to them exactly"
_ROUND = (
    "round the hours in retention.toml, under [export.columns] of the costs:"
    ' hours = { from = "…", round = 4 }'
)


def with_worth(tables: Mapping[str, pa.Table]) -> tuple[dict[str, pa.Table], int]:
    """Make an amount of hours at their rate, where no amount is written.

    Shape: the tables with all their money in a smaller unit, and how many of it are a
        ten-thousandth: as few as the products need, one where none of them has a fraction.
    Errors: DataRefusedError where sums could leave 64 bits.
    Example:
        >>> hours = pa.table({"hours": [HOUR_PARTS // 3], "rate": [500_000]})  # 20 min at 50.00
        >>> found, parts = with_worth({"costs": hours})
        >>> found["costs"]["amount"].to_pylist(), parts
        ([500000], 3)
    """
    found = dict(tables)
    costs = found.get("costs")
    if costs is None or "hours" not in costs.column_names:
        return found, 1
    for name in {"amount", "rate"} - set(costs.column_names):
        costs = costs.append_column(name, pa.nulls(len(costs), pa.int64()))
    unwritten = np.asarray(pc.is_null(costs["amount"]))
    hours, rate = (pc.fill_null(costs[name], 0).to_numpy() for name in ("hours", "rate"))
    whole, rest = _products(hours[unwritten], rate[unwritten])
    parts = HOUR_PARTS // gcd(HOUR_PARTS, int(np.gcd.reduce(rest, initial=0)))
    amounts = pc.fill_null(costs["amount"], 0).to_numpy().copy()
    amounts[unwritten] = whole
    found["costs"] = _with_amounts(costs, amounts)
    if parts > 1:
        for kind in found.keys() & _MONEY.keys():
            factors = dict.fromkeys(_MONEY[kind], parts)
            found[kind] = times(found[kind], factors, largest=parts, why=_TOO_LARGE, hint=_ROUND)
        amounts = found["costs"]["amount"].to_numpy().copy()
        amounts[unwritten] += rest // (HOUR_PARTS // parts)
        found["costs"] = _with_amounts(found["costs"], amounts)
    return found, parts


def _products(hours: Numbers, rates: Numbers) -> tuple[Numbers, Numbers]:
    """Multiply: whole ten-thousandths, and what is left in parts of one, never below 0."""
    whole_hours, left = np.divmod(hours, HOUR_PARTS)
    high = np.flatnonzero(np.abs(rates) >= _HIGH_RATE)
    plain = rates.copy()
    plain[high] = 0
    whole, rest = np.divmod(left * plain, HOUR_PARTS)
    whole += whole_hours * plain
    for place in high:
        whole[place], rest[place] = divmod(int(hours[place]) * int(rates[place]), HOUR_PARTS)
    return whole, rest


def _with_amounts(costs: pa.Table, amounts: Numbers) -> pa.Table:
    place = costs.column_names.index("amount")
    return costs.set_column(place, "amount", pa.array(amounts, pa.int64()))
