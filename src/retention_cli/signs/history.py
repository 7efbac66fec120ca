"""All rows that signs can be read from, and what of them was known at the close of a day."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from retention_cli.frames.columns import as_codes
from retention_cli.frames.frames import collect
from retention_cli.signs.cells import CELLS, topped
from retention_cli.signs.contracts import contracts_of, places_of, renewals_at, spells_of
from retention_cli.signs.groups import NEVER, Mask, Numbers, Sorted
from retention_cli.signs.leaving import announcing
from retention_cli.signs.payments import due_and_paid
from retention_cli.signs.writings import ids_of, written_in
from retention_cli.values.measures import Undefined

if TYPE_CHECKING:
    from collections.abc import Mapping

    from retention_cli.dataset.dataset import Dataset
    from retention_cli.dataset.membership import Membership
    from retention_cli.settings import Settings, Window

_EPOCH = date(1970, 1, 1).toordinal()


def number_of(day: date) -> int:
    """Give the days from 1970-01-01 to a day."""
    return day.toordinal() - _EPOCH


def day_of(number: int) -> date:
    """Give the day that is so many days after 1970-01-01."""
    return date.fromordinal(int(number) + _EPOCH)


@dataclass(frozen=True, slots=True)
class Past:
    """What was known at a close: no row of a later day, and nothing that happened later.

    Shape: `close` is the first day that was not known; `size` the number of ids. `rows` are those of
        each kind. `there` marks customers at the close; `ends` their end where it was known, `noticed` when they said so. `live`
        says that it is the close of the data themselves: what exports say of the future was known.
    """

    close: int
    size: int
    rows: Mapping[str, Sorted]
    there: Mask
    ends: Numbers
    noticed: Numbers
    began: Numbers
    live: bool
    money_parts: int
    columns: Mapping[str, frozenset[str]]
    texts: Mapping[str, Any] = field(default_factory=dict)
    ambiguous: Undefined | None = None

    def written(self, kind: str, at: int) -> tuple[str, str]:
        """Give what was written in a row, and the id of that row."""
        texts, ids = self.texts[kind]
        id_ = None if ids is None else ids[at].as_py()
        return str(texts[at].as_py() or ""), "" if id_ is None else str(id_)

    def lacks(self, need: str) -> Undefined | None:
        """Say why a rule has nothing to go by: no export of a kind, or not the column."""
        kind, _, column = need.partition(".")
        if kind not in self.rows:
            return Undefined("not-loaded", f"no {kind} in the exports")
        if "customer_id" not in self.columns[kind]:
            return Undefined("no-customer-ids", f"the {kind} have no customer ids")
        if column and column not in self.columns[kind]:
            return Undefined("no-column", f"the {kind} have no {column}")
        return None

    @property
    def purchases(self) -> Sorted:
        """The days of purchases, each once."""
        invoices = self.rows["invoices"]
        return invoices.where(invoices.cells["bought"]).once_a_day()

    @property
    def known_since(self) -> Numbers:
        """The first day on which each customer was heard of."""
        found = self.began
        for rows in self.rows.values():
            found = np.minimum(found, rows.first(self.size))
        return found


@dataclass(frozen=True, slots=True)
class History:
    """All rows of a dataset, sorted by customer once; `at` gives what was known at a close."""

    ids: pa.Array
    rows: Mapping[str, Sorted]
    spells: Mapping[str, Numbers]
    unknown: Mask
    columns: Mapping[str, frozenset[str]]
    membership: Membership | None
    money_parts: int
    texts: Mapping[str, Any]
    ambiguous: Undefined | None
    term: Window | None

    @classmethod
    def of(cls, dataset: Dataset, membership: Membership | None, settings: Settings) -> History:
        """Sort all rows."""
        kinds = [kind for kind in ("invoices", "tickets", "surveys") if dataset.has(kind)]
        tables = {kind: dataset.rows(kind) for kind in kinds}
        spells = collect(membership.spells, coded=True) if membership else None
        customers = [dataset.tables["customers"]] if dataset.has("customers") else []
        owned = [*tables.values(), *customers, *([spells] if spells is not None else [])]
        owned = [table for table in owned if "customer_id" in table.column_names]
        ids = pc.unique(pa.chunked_array([_texts(table) for table in owned], pa.string()))
        ids = ids.drop_null() if len(ids) else pa.array([], pa.string())
        dated, ambiguous = due_and_paid(tables.get("invoices"), settings)
        texts = {kind: written_in(table, kind) for kind, table in tables.items()}
        texts = {kind: found for kind, found in texts.items() if found is not None}
        named = {kind: (found, ids_of(tables[kind], kind)) for kind, found in texts.items()}
        rows = {}
        for kind, table in tables.items():
            who = places_of(table, ids)
            said = texts.get(kind)
            marks = np.zeros(len(table), np.bool_) if said is None else announcing(said)
            cells = {
                **topped(CELLS[kind](table), settings),
                **(dated if kind == "invoices" else {}),
                "leaving": marks,
            }
            day = cells.pop("day")
            rows[kind] = Sorted.of(kind, who, day, cells, (who >= 0) & (day != NEVER))
        columns = {kind: frozenset(table.column_names) for kind, table in tables.items()}
        of_spells, unknown = spells_of(spells, membership, dataset, ids)
        if dataset.has("customers"):
            rows["customers"] = contracts_of(dataset.tables["customers"], ids)
            columns["customers"] = frozenset(dataset.tables["customers"].column_names)
        return cls(
            *(ids, rows, of_spells, unknown, columns, membership, dataset.money_parts, named),
            ambiguous,
            settings.contract_term if "contract_term" in settings.model_fields_set else None,
        )

    def at(self, close: int, *, live: bool = False) -> Past:
        """Give what was known at a close.

        A ticket that was answered or resolved later was open; an end after the close was known where
        a notice dated before it says so, as what an export says of the future is at a `live` one.
        """
        rows = {kind: _known(found, close) for kind, found in self.rows.items()}
        if "customers" in rows:
            rows["customers"] = renewals_at(rows["customers"], close, self.term, live=live)
        ends = self.spells["end"]
        told = (ends < close) | (self.spells["notice"] < close) | live
        known = np.where(told, ends, NEVER)
        started = self.spells["start"] < close
        size, who = len(self.ids), self.spells["who"]
        there = np.zeros(size, np.bool_)
        there[who[started & (known >= close)]] = True
        last = np.full(size, -NEVER)
        np.maximum.at(last, who[started], known[started])
        noticed = np.full(size, NEVER)
        np.minimum.at(noticed, who[started & told], self.spells["notice"][started & told])
        began = np.full(size, NEVER)
        np.minimum.at(began, who[started], self.spells["start"][started])
        if self.membership is None:
            there[:] = True
        return Past(
            close=close,
            size=size,
            rows=rows,
            there=there & ~self.unknown,
            ends=last,
            noticed=noticed,
            began=np.where(began < -NEVER // 2, NEVER, began),
            live=live,
            money_parts=self.money_parts,
            columns=self.columns,
            texts=self.texts,
            ambiguous=self.ambiguous,
        )

    def active(self, close: int) -> Mask:
        """Mark who was a customer at a close, as everybody knows by now."""
        covers = (self.spells["start"] < close) & (self.spells["end"] >= close)
        found = np.zeros(len(self.ids), np.bool_)
        found[self.spells["who"][covers]] = True
        return found

    def left(self, close: int, until: int) -> Numbers:
        """Give the day on which each customer of a close left, if it was gone at another; `NEVER` else.

        Formula: there at the close and not at the later one; the day is the end of the spell it was in.
        """
        covers = (self.spells["start"] < close) & (self.spells["end"] >= close)
        found = np.full(len(self.ids), -1)
        np.maximum.at(found, self.spells["who"][covers], self.spells["end"][covers])
        gone = (found >= 0) & ~self.active(until)
        return np.where(gone, found, NEVER)


_LATER = {"answered", "resolved", "again", "paid"}
"""The days of a row on which something more became known of it."""


def _known(rows: Sorted, close: int) -> Sorted:
    """Keep the rows of the days before a close; what became known of them later has not come."""
    found = rows.where(rows.day < close)
    cells = dict(found.cells)
    for name in _LATER & cells.keys():
        cells[name] = np.where(cells[name] < close, cells[name], NEVER)
    return replace(found, cells=cells)


def _texts(table: pa.Table) -> pa.Array:
    return as_codes(table["customer_id"]).dictionary.cast(pa.string())
