"""Customers and what they paid by cohort and age, as arrays."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from retention_cli.dataset.converting import conversion_notes
from retention_cli.frames.columns import as_codes
from retention_cli.kpis import computing
from retention_cli.kpis._invoices import NO_CUSTOMER_IDS, Currencies, counted
from retention_cli.values.measures import Undefined
from retention_cli.values.periods import Period, add_months

if TYPE_CHECKING:
    from retention_cli.dataset.dataset import Dataset


@dataclass(frozen=True, slots=True)
class Laid:
    """Customers by cohort: how many, how many active at each age, and what they paid.

    Shape: `first` and `last` are units since 1970, the latter that of the last date. `starts` is
        that of each customer. `active` has a row a unit and a column an age; a unit has `months`.
    """

    months: int
    first: int
    last: int
    sizes: Any
    active: Any
    starts: Any
    later: int

    def period(self, unit: int) -> Period:
        """Give the days of a unit."""
        start = add_months(date(1970, 1, 1), unit * self.months)
        return Period(start, add_months(start, self.months))


def laid_out(spells: pa.Table, codes: pa.DictionaryArray, months: int, end: date) -> Laid:
    """Count customers by unit of their first start, and those active at each close up to a day."""
    last = ((end.year - 1970) * 12 + end.month - 1) // months
    ids = codes.indices.to_numpy()
    begins, ends = (
        _units(spells["start_date"], months),
        _units(spells["end_date"], months, last + 1),
    )
    starts = np.full(len(codes.dictionary), np.iinfo(np.int64).max)
    np.minimum.at(starts, ids, begins)
    there = starts <= last
    first = int(starts.min(initial=last))
    width = last - first + 1
    sizes = np.bincount(starts[there] - first, minlength=width)
    # A spell covers the closes from that of the unit it starts in to that before the one it ends in.
    begins, ends = begins - first, np.minimum(ends - 1, last) - first
    order = np.lexsort((begins, ids))
    ids, begins, ends = ids[order].astype(np.int64), begins[order], ends[order]
    # Closes that an earlier spell of the customer covers count once: ids lie a stride apart.
    stride = width + int(max(begins.max(initial=0), 0)) + 2
    reached = np.maximum.accumulate(ids * stride + np.maximum(ends, begins - 1) + 1)
    before = np.concatenate([[0], reached[:-1]]) - ids * stride
    begins = np.maximum(begins, before)
    some = begins <= ends
    own = starts[ids[some]] - first
    change = np.zeros((width, width + 1), dtype=np.int64)
    np.add.at(change, (own, begins[some] - own), 1)
    np.add.at(change, (own, ends[some] - own + 1), -1)
    active = change.cumsum(axis=1)[:, :width]
    return Laid(months, first, last, sizes, active, starts, int((~there).sum()))


def revenue_of(dataset: Dataset, ids: pa.Array, laid: Laid) -> tuple[Any, str | None, list[str]]:
    """Add up amounts by cohort and age; give why not, where they cannot be.

    Shape: an array with a row a unit and a column an age, or an `Undefined`; currency; notes.
    """
    if not dataset.has("invoices"):
        return computing.not_loaded("invoices").reason, None, []
    rows = dataset.rows("invoices")
    if "customer_id" not in rows.column_names:
        return Undefined(*NO_CUSTOMER_IDS), None, []
    owners = as_codes(rows["customer_id"])
    ids = ids.cast(pa.string())
    places = pc.index_in(owners.dictionary.cast(pa.string()), value_set=ids).take(owners.indices)
    who = pc.fill_null(places, -1).to_numpy()
    unit = _units(rows["invoice_date"], laid.months)
    start = np.append(laid.starts, np.iinfo(np.int64).max)[who]
    known = who >= 0
    early, late = known & (unit < start), unit > laid.last
    chosen = known & ~early & ~late
    if "currency" in rows.column_names:
        names = pc.unique(rows["currency"].filter(pa.array(chosen))).to_pylist()
        currencies = Currencies(frozenset(names))
        if (reason := currencies.reason) is not None:
            one = "set report_currency and rates in retention.toml"
            return Undefined(reason.code, reason.message, one), None, []
    else:
        currencies = Currencies()
    width = laid.last - laid.first + 1
    found = np.zeros((width, width), dtype=np.int64)
    own = start[chosen] - laid.first
    np.add.at(found, (own, unit[chosen] - start[chosen]), rows["amount"].to_numpy()[chosen])
    left_out = (
        (int((~known).sum()), "of nobody, or of ids that are not among the customers"),
        (int((early & ~late).sum()), "from before the customer's first start"),
        (int((known & ~early & late).sum()), "dated after the last date of the data"),
    )
    said = [
        f"{counted(count, 'invoice row is', 'invoice rows are')} {why}, and in no cell"
        for count, why in left_out
        if count
    ]
    return found, currencies.one, [*said, *conversion_notes(dataset)]


def _units(column: pa.ChunkedArray, months: int, blank: int = 0) -> Any:
    """Give the month, quarter or year of each day, as a number since 1970."""
    numbers = pc.fill_null(column.cast(pa.int32()), 0).to_numpy()
    units = numbers.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64) // months
    return np.where(np.asarray(column.is_null()), blank, units)
