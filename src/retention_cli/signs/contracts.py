"""When customers began and left, what their contracts say, and when they gave notice."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from retention_cli.frames.columns import as_codes, as_text
from retention_cli.mapping.headers import is_named
from retention_cli.signs.cells import days_of
from retention_cli.signs.groups import NEVER, Mask, Numbers, Sorted

if TYPE_CHECKING:
    from retention_cli.dataset.dataset import Dataset
    from retention_cli.dataset.membership import Membership
    from retention_cli.settings import Window

_UNKNOWN = -NEVER >> 10
"""The day of a contract whose start nobody knows."""


def places_of(table: pa.Table, ids: pa.Array) -> Numbers:
    """Give the place of each row's customer among the ids, or -1."""
    if "customer_id" not in table.column_names:
        return np.full(len(table), -1)
    codes = as_codes(table["customer_id"])
    place = np.asarray(pc.fill_null(pc.index_in(codes.dictionary.cast(pa.string()), ids), -1))
    found = np.asarray(pc.fill_null(codes.indices, len(place)), dtype=np.int64)
    return np.append(place, -1).astype(np.int64)[found]


def contracts_of(table: pa.Table, ids: pa.Array) -> Sorted:
    """Give when contracts are renewed, and the days of notice that they ask for."""
    notice = next(
        (one for one in table.column_names if is_named(one, "customers.notice_period")), None
    )
    periods = np.full(len(table), -1)
    if notice is not None:
        found = pc.extract_regex(
            as_text(table[notice]).cast(pa.string()),
            r"\A(?P<days>[0-9]{1,4})(?: ?(?:days?|Tage|jours|días))?\z",
        )
        periods = np.asarray(
            pc.fill_null(pc.struct_field(found, "days").cast(pa.int64()), -1), dtype=np.int64
        )
    start = days_of(table, "start_date")
    day = np.where(start == NEVER, _UNKNOWN, start)
    who = places_of(table, ids)
    renewed = np.full(len(table), -NEVER)
    cells = {
        "renewal": days_of(table, "renewal_date"),
        "renewed": renewed,
        "periods": periods,
    }
    return Sorted.of("customers", who, day, cells, who >= 0)


def renewals_at(contracts: Sorted, close: int, term: Window | None, *, live: bool) -> Sorted:
    """Give the next renewal of each contract as it was known at a close.

    The renewal date of an export is the one to come as of today, which only a `live` close knows. Else it is reckoned
    from the start where somebody said how long a term is; `renewed` is then the renewal before it.
    """
    told = contracts.cells["renewal"] if live else np.full(len(contracts.who), NEVER)
    if term is None:
        return replace(contracts, cells={**contracts.cells, "renewal": told})
    ours = (told == NEVER) & (contracts.day > _UNKNOWN)
    renewed, renewal = _terms_around(np.where(ours, contracts.day, close), close, term)
    cells = {
        **contracts.cells,
        "renewal": np.where(ours, renewal, told),
        "renewed": np.where(ours, renewed, contracts.cells["renewed"]),
    }
    return replace(contracts, cells=cells)


def _terms_around(start: Numbers, close: int, term: Window) -> tuple[Numbers, Numbers]:
    """Give the last end of a term before a day, or the start, and the first one on it or later."""
    if term.days:
        whole = np.maximum(-(-(close - start) // term.days), 1)
        return start + (whole - 1) * term.days, start + whole * term.days
    months = start.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
    until = np.datetime64(close, "D").astype("datetime64[M]").astype(np.int64)
    whole = np.maximum((until - months) // term.months, 1)
    whole += _after(start, whole * term.months) < close
    return _after(start, (whole - 1) * term.months), _after(start, whole * term.months)


def _after(start: Numbers, months: Numbers) -> Numbers:
    """Give the day so many months after each; the last of a month that is too short."""
    dated = start.astype("datetime64[D]")
    first = dated.astype("datetime64[M]")
    within = (dated - first.astype("datetime64[D]")).astype(np.int64)
    begin, following = (
        (first + (months + more)).astype("datetime64[D]").astype(np.int64) for more in (0, 1)
    )
    found: Numbers = np.minimum(begin + within, following - 1)
    return found


def spells_of(
    spells: pa.Table | None, membership: Membership | None, dataset: Dataset, ids: pa.Array
) -> tuple[dict[str, Numbers], Mask]:
    """Give the spells of customers, and mark those of whom it is not known when they left."""
    unknown = np.zeros(len(ids), np.bool_)
    if spells is None or membership is None:
        nobody = np.zeros(0, np.int64)
        return dict.fromkeys(("who", "start", "end", "notice"), nobody), unknown
    found = {
        "who": places_of(spells, ids),
        "start": days_of(spells, "start_date"),
        "end": days_of(spells, "end_date"),
    }
    found["notice"] = np.full(len(spells), NEVER)
    if membership.basis == "dates" and "notice_date" in dataset.tables["customers"].column_names:
        customers = dataset.tables["customers"]
        who, start = places_of(customers, ids), days_of(customers, "start_date")
        keys = (who << 32) + start + (1 << 31)
        order = np.argsort(keys)
        mine = (found["who"] << 32) + found["start"] + (1 << 31)
        place = order[np.minimum(np.searchsorted(keys[order], mine), len(order) - 1)]
        notice = days_of(customers, "notice_date")
        found["notice"] = np.where(keys[place] == mine, notice[place], NEVER)
    if membership.without_day is not None:
        unknown[places_of(membership.without_day, ids)] = True
    return found, unknown
