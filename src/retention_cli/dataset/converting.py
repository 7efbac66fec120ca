"""Amounts in the currency of the reports: exact, in units so small that nothing is rounded."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from math import lcm
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from retention_cli.errors import DataRefusedError
from retention_cli.frames.columns import RATE, as_codes
from retention_cli.records.billing_statuses import DRAFT, VOID

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    import numpy.typing as npt

    from retention_cli.dataset.dataset import Dataset
    from retention_cli.values.rates import Rate, Rates

    Numbers = npt.NDArray[np.int64]

_MONEY = {"invoices": ("amount", "cost"), "costs": ("amount",)}
_DATED = {"invoices": "invoice_date", "costs": "cost_date"}
_LARGEST = 2**63
_NONE = -1
_EPOCH = date(1970, 1, 1)
_TOO_LARGE = "the amounts are too large to be converted exactly at rates of so many decimals"


@dataclass(slots=True)
class _Converting:
    """Rates as they are met, each once, by its place."""

    rates: Rates
    place: Callable[[str, pa.Table, int], str]
    used: dict[Rate, int] = field(default_factory=dict)

    def of_rows(self, kind: str, table: pa.Table) -> Numbers:
        """Give the place of the rate of each row; -1 where its amounts stay as they are.

        Errors: DataRefusedError where a rate is missing, or a row has no day or no currency.
        """
        needed = _has_money(kind, table)
        if "currency" not in table.column_names:
            self._refuse_unnamed(kind, table, needed)
            return np.full(len(table), _NONE)
        codes = as_codes(table["currency"])
        names = codes.dictionary.to_pylist()
        code = pc.fill_null(codes.indices, len(names)).to_numpy().astype(np.int64)
        self._refuse_unnamed(kind, table, needed & (code == len(names)))
        same = names.index(self.rates.to) if self.rates.to in names else _NONE
        foreign = np.flatnonzero(needed & (code != same))
        if not len(foreign):
            return np.full(len(table), _NONE)
        days = self._days(kind, table, foreign)
        pairs, first, inverse = np.unique(
            np.stack([days, code[foreign]], axis=1), axis=0, return_index=True, return_inverse=True
        )
        wanted = [(names[name], _EPOCH + timedelta(day)) for day, name in pairs.tolist()]
        found_on = [self.rates.on(*one) for one in wanted]
        missing = [at for at, rate in enumerate(found_on) if rate is None]
        if missing:
            where = self.place(kind, table, int(foreign[first[missing[0]]]))
            raise self._missing(where, [wanted[at] for at in missing])
        places = np.array([self.used.setdefault(r, len(self.used)) for r in found_on if r])
        found = np.full(len(table), _NONE)
        found[foreign] = places[inverse.reshape(-1)]
        return found

    def _days(self, kind: str, table: pa.Table, foreign: Numbers) -> Numbers:
        name = _DATED[kind]
        days = table[name] if name in table.column_names else pa.nulls(len(table), pa.date32())
        days = days.take(pa.array(foreign))
        if days.null_count:
            at = int(np.flatnonzero(np.asarray(pc.is_null(days)))[0])
            raise DataRefusedError(
                f"{self.place(kind, table, int(foreign[at]))}: has no {name}, and an amount is"
                " converted at the rate of its day",
                f"add a {name} to the {kind}, or leave report_currency out",
            )
        found: Numbers = days.cast(pa.int32()).to_numpy().astype(np.int64)
        return found

    def _missing(self, where: str, lacking: list[tuple[str, date]]) -> DataRefusedError:
        """Make the refusal of days without a rate: the first of them, and how many more there are."""
        (currency, day), *others = lacking
        to, age = self.rates.to, self.rates.max_age
        more = f"; the same is true of {len(others):,} more days" if others else ""
        return DataRefusedError(
            f"{where}: no rate from {currency} to {to} for {day}, nor for the {age} days before{more}",
            f"add the rate to rates.csv (date,from,to,rate: {day},{currency},{to},…) or to [rates] in"
            " retention.toml, or raise rate_max_age",
        )

    def _refuse_unnamed(self, kind: str, table: pa.Table, unnamed: Any) -> None:
        rows = np.flatnonzero(unnamed)
        if len(rows):
            count = "1 amount" if len(rows) == 1 else f"{len(rows):,} amounts"
            raise DataRefusedError(
                f"{self.place(kind, table, int(rows[0]))}: no currency is named ({count} of the"
                f" {kind} like it), and report_currency is {self.rates.to}",
                f'say which in retention.toml: currency = "{self.rates.to}", if it is that',
            )


def converted(
    tables: Mapping[str, pa.Table], rates: Rates, place: Callable[[str, pa.Table, int], str]
) -> tuple[dict[str, pa.Table], int, tuple[Rate, ...]]:
    """Convert amounts and costs at the rate of their day.

    Shape: the tables with all their money in a smaller unit, how many of it are a
        ten-thousandth, and the rates that were used; `_rate` is the place of that of a row.
    Errors: DataRefusedError where a rate is missing, a row has no day or no currency, or sums could
        leave 64 bits.
    """
    found, converting = dict(tables), _Converting(rates, place)
    places = {k: converting.of_rows(k, t) for k, t in tables.items() if k in _MONEY}
    used = tuple(converting.used)
    for kind in places:
        if "currency" in found[kind].column_names:
            code = pa.repeat(pa.scalar(rates.to), len(found[kind])).dictionary_encode()
            found[kind] = _with(found[kind], "currency", code)
    if not used:
        return found, 1, ()
    above = np.array([*(one.rate.numerator for one in used), 1], np.int64)
    below = np.array([*(one.rate.denominator for one in used), 1], np.int64)
    needs = {1}
    for kind, _, amounts in _amounts(found):
        own = below[places[kind]]
        needs |= {*np.unique(own // np.gcd(amounts, own)).tolist()}
    parts = lcm(*needs)
    for kind, name, amounts in _amounts(found):
        at = places[kind]
        _refuse_too_large(amounts, at, used, parts)
        common = np.gcd(amounts, below[at])
        values = (amounts // common) * (parts // (below[at] // common)) * above[at]
        column = pa.array(values, mask=np.asarray(pc.is_null(found[kind][name])))
        found[kind] = _with(found[kind], name, column)
    for kind, at in places.items():
        found[kind] = _with(found[kind], RATE, pa.array(at, pa.int32(), mask=at == _NONE))
    return found, parts, used


def _amounts(tables: Mapping[str, pa.Table]) -> Iterator[tuple[str, str, Numbers]]:
    for kind, names in _MONEY.items():
        for name in names if kind in tables else ():
            if name in tables[kind].column_names:
                yield kind, name, pc.fill_null(tables[kind][name], 0).to_numpy()


def _has_money(kind: str, table: pa.Table) -> Any:
    """Mark the rows with an amount that counts: 0 is 0 in every currency."""
    found = np.zeros(len(table), np.bool_)
    for _, _, amounts in _amounts({kind: table}):
        found |= amounts != 0
    if kind == "invoices" and "status" in table.column_names:
        found &= ~np.asarray(pc.is_in(table["status"], pa.array([DRAFT, VOID])))
    return found


def _refuse_too_large(amounts: Numbers, at: Numbers, used: tuple[Rate, ...], parts: int) -> None:
    """Refuse sums that 64 bits cannot hold, however signs are spread."""
    total = len(amounts)
    for place in np.unique(at).tolist():
        rate = 1 if place == _NONE else used[place].rate
        whole = pc.sum(pc.abs(pa.array(amounts[at == place]).cast(pa.decimal128(38, 0)))).as_py()
        total += int(int(whole or 0) * rate * parts) + 1
    if total >= _LARGEST:
        raise DataRefusedError(_TOO_LARGE, "round the rates to four decimals")


def _with(table: pa.Table, name: str, column: Any) -> pa.Table:
    if name in table.column_names:
        return table.set_column(table.column_names.index(name), name, column)
    return table.append_column(name, column)


def conversion_notes(
    dataset: Dataset, start: date | None = None, end: date | None = None
) -> tuple[str, ...]:
    """Say at which rates the amounts of some days were converted: pair, span, source."""
    if not dataset.rates:
        return ()
    return dataset.once(f"rates {start} {end}", lambda: tuple(_notes(dataset, start, end)))


def _notes(dataset: Dataset, start: date | None, end: date | None) -> Iterator[str]:
    places: set[int] = set()
    for kind, name in _DATED.items():
        if not dataset.has(kind) or RATE not in dataset.tables[kind].column_names:
            continue
        rows = dataset.rows(kind)
        if start is not None and end is not None and name in rows.column_names:
            day = rows[name]
            rows = rows.filter(pc.and_(pc.greater_equal(day, start), pc.less(day, end)))
        places |= {*pc.unique(rows[RATE]).drop_null().to_pylist()}
    used = [dataset.rates[place] for place in sorted(places)]
    for currency in sorted({one.of for one in used}):
        yield _note(currency, [one for one in used if one.of == currency], dataset.report_currency)


def _note(currency: str, used: list[Rate], to: str | None) -> str:
    low, high = (_shown(pick(used, key=lambda one: one.rate)) for pick in (min, max))
    first, last = (pick(one.day for one in used) for pick in (min, max))
    at = low if low == high else f"{low} to {high}"
    days = f"{first}" if first == last else f"{first} to {last}"
    sources = ", ".join(sorted({one.source for one in used if one.source}))
    return f"converted from {currency} to {to} at {at} (rates of {days}, {sources or 'no source named'})"


def _shown(one: Rate) -> str:
    """Write a rate with all its decimals, of which one that was written has an end."""
    digits = len(str(one.rate.denominator))
    scaled = next(n for n in range(digits * 4) if 10**n % one.rate.denominator == 0)
    whole, rest = divmod(one.rate.numerator * 10**scaled // one.rate.denominator, 10**scaled)
    return f"{whole}.{rest:0{scaled}d}" if scaled else str(whole)
