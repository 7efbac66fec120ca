"""All rows that signs can be read from, and what of them was known at the close of a day."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from retention_cli.dataset.purchases import of_purchases
from retention_cli.frames.columns import as_codes, as_text
from retention_cli.frames.frames import collect
from retention_cli.mapping.cells.dates import DateOrder, decide_order, rewrite_dates
from retention_cli.mapping.headers import folded
from retention_cli.signs.groups import NEVER, Mask, Numbers, Sorted
from retention_cli.signs.leaving import announcing
from retention_cli.values.measures import Undefined

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from retention_cli.dataset.dataset import Dataset
    from retention_cli.dataset.membership import Membership
    from retention_cli.settings import Settings

_EPOCH = date(1970, 1, 1).toordinal()
_UNDATED = Undefined(
    "ambiguous-dates",
    "the due and paid dates may have their day or their month first",
    'write date_order = "dmy" or "mdy" in retention.toml',
)
_NOTICE = {
    "noticeperiod",
    "noticeperioddays",
    "noticedays",
    "kundigungsfrist",
    "kundigungsfristtage",
}
_NOTICE |= {"preavis", "dureedepreavis", "plazodepreaviso", "preaviso"}
"""Headers of the days of notice that a contract asks for, folded."""
_TEXTS = {
    "description",
    "ticketdescription",
    "body",
    "message",
    "comment",
    "comments",
    "beschreibung",
}
_TEXTS |= {"nachricht", "text", "kommentar", "commentaire", "descripcion", "mensaje", "comentario"}
"""Headers of what was written in a ticket, besides its subject, folded."""


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
        dated, ambiguous = _due_and_paid(tables.get("invoices"), settings)
        texts = {kind: _written(table, kind) for kind, table in tables.items()}
        texts = {kind: found for kind, found in texts.items() if found is not None}
        named = {kind: (found, _ids_of(tables[kind], kind)) for kind, found in texts.items()}
        rows = {}
        for kind, table in tables.items():
            who = _places(table, ids)
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
        of_spells, unknown = _spells(spells, membership, dataset, ids)
        if dataset.has("customers"):
            rows["customers"] = _contracts(dataset.tables["customers"], ids)
            columns["customers"] = frozenset(dataset.tables["customers"].column_names)
        return cls(
            *(ids, rows, of_spells, unknown, columns, membership, dataset.money_parts, named),
            ambiguous,
        )

    def at(self, close: int, *, live: bool = False) -> Past:
        """Give what was known at a close.

        A ticket that was answered or resolved later was open; an end after the close was known where
        a notice dated before it says so, as what an export says of the future is at a `live` one.
        """
        rows = {kind: _known(found, close) for kind, found in self.rows.items()}
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


def _ids_of(table: pa.Table, kind: str) -> Any:
    """Give the ids of tickets; an answer is named by its ticket, else by its own id."""
    names = ("ticket_id",) if kind == "tickets" else ("response_id", "ticket_id")
    return next((as_text(table[name]) for name in names if name in table.column_names), None)


def _texts(table: pa.Table) -> pa.Array:
    return as_codes(table["customer_id"]).dictionary.cast(pa.string())


def _places(table: pa.Table, ids: pa.Array) -> Numbers:
    if "customer_id" not in table.column_names:
        return np.full(len(table), -1)
    codes = as_codes(table["customer_id"])
    place = np.asarray(pc.fill_null(pc.index_in(codes.dictionary.cast(pa.string()), ids), -1))
    found = np.asarray(pc.fill_null(codes.indices, len(place)), dtype=np.int64)
    return np.append(place, -1).astype(np.int64)[found]


def _days(table: pa.Table, column: str) -> Numbers:
    if column not in table.column_names:
        return np.full(len(table), NEVER)
    days = table[column].cast(pa.date32()).cast(pa.int32()).cast(pa.int64())
    return np.asarray(pc.fill_null(days, NEVER), dtype=np.int64)


def _whole(table: pa.Table, column: str, blank: int = -1) -> Numbers:
    if column not in table.column_names:
        return np.full(len(table), blank)
    return np.asarray(pc.fill_null(table[column].cast(pa.int64()), blank), dtype=np.int64)


def _of_invoices(table: pa.Table) -> dict[str, Any]:
    blank = pa.nulls(len(table), pa.string())
    money = as_codes(table["currency"] if "currency" in table.column_names else blank)
    return {
        "day": _days(table, "invoice_date"),
        "amount": _whole(table, "amount", 0),
        "bought": of_purchases(table),
        "cost": _whole(table, "cost", 0),
        "costed": np.asarray(pc.is_valid(table["cost"]))
        if "cost" in table.column_names
        else np.zeros(len(table), np.bool_),
        "currency": np.asarray(pc.fill_null(money.indices, -1), dtype=np.int64),
    }


def _of_tickets(table: pa.Table) -> dict[str, Any]:
    created = _days(table, "created_on")
    seconds = _whole(table, "first_response_seconds")
    answered = _days(table, "first_response_at")
    told = np.where(seconds >= 0, created + seconds // 86_400, NEVER)
    resolved, again = _days(table, "resolved_on"), _days(table, "reopened_at")
    reopened = _whole(table, "reopened")
    return {
        "day": created,
        "answered": np.where(answered == NEVER, told, answered),
        "response": seconds,
        "resolved": resolved,
        "resolution": _whole(table, "resolution_seconds"),
        "reopened": reopened,
        # Without its day, that a ticket was reopened is known once it is resolved for good.
        "again": np.where(reopened > 0, np.where(again == NEVER, resolved, again), NEVER),
        "contacts": _whole(table, "contacts"),
    }


_CSAT_SCALES = (5, 7)


def topped(cells: dict[str, Any], settings: Settings) -> dict[str, Any]:
    """Count as satisfied what `csat_top` says, on the scale whose highest score it names."""
    if not settings.csat_top or "satisfied" not in cells:
        return cells
    mine = (cells["high"] == max(settings.csat_top)) & ~cells["nps"]
    told = np.isin(cells["score"], settings.csat_top)
    known = np.where(
        mine & ~np.isnan(cells["share"]), np.maximum(cells["answers"], 1), cells["answers"]
    )
    return {**cells, "satisfied": np.where(mine, told, cells["satisfied"]), "answers": known}


def _of_surveys(table: pa.Table) -> dict[str, Any]:
    score, low, high = (_whole(table, name) for name in ("score", "scale_min", "scale_max"))
    kinds = table["kind"] if "kind" in table.column_names else pa.nulls(len(table), pa.string())
    nps, of_importance = (
        np.asarray(pc.fill_null(pc.equal(as_text(kinds), kind), False))
        for kind in ("nps", "importance")
    )
    # What matters to customers is no answer on how they are served.
    there = (score >= 0) & (high > low) & (low >= 0) & ~of_importance
    count = _whole(table, "answer_count", 1)
    share = np.where(there, (score - low) / np.where(high > low, high - low, 1), np.nan)
    day = _days(table, "responded_at")
    # The top two boxes of 1-5 and 1-7, the upper one of good/bad; other scales until csat_top tells.
    known = nps | np.isin(high, _CSAT_SCALES) | (high - low == 1)
    return {
        "day": np.where(there & (count > 0), day, NEVER),
        "score": score,
        "share": share,
        "nps": nps,
        "answers": np.where(known & there, np.maximum(count, 0), 0),
        "high": high,
        "satisfied": score >= np.where(high - low > 1, high - 1, high),
        "points": 100 * ((score >= 9).astype(np.int64) - (score <= 6)),
    }


CELLS: dict[str, Callable[[pa.Table], dict[str, Any]]] = {
    "invoices": _of_invoices,
    "tickets": _of_tickets,
    "surveys": _of_surveys,
}


def _contracts(table: pa.Table, ids: pa.Array) -> Sorted:
    notice = next((one for one in table.column_names if folded(one) in _NOTICE), None)
    periods = np.full(len(table), -1)
    if notice is not None:
        found = pc.extract_regex(
            as_text(table[notice]).cast(pa.string()),
            r"\A(?P<days>[0-9]{1,4})(?: ?(?:days?|Tage|jours|días))?\z",
        )
        periods = np.asarray(
            pc.fill_null(pc.struct_field(found, "days").cast(pa.int64()), -1), dtype=np.int64
        )
    start = _days(table, "start_date")
    day = np.where(start == NEVER, -NEVER >> 10, start)
    who = _places(table, ids)
    cells = {"renewal": _days(table, "renewal_date"), "periods": periods}
    return Sorted.of("customers", who, day, cells, who >= 0)


def _spells(
    spells: pa.Table | None, membership: Membership | None, dataset: Dataset, ids: pa.Array
) -> tuple[dict[str, Numbers], Mask]:
    unknown = np.zeros(len(ids), np.bool_)
    if spells is None or membership is None:
        nobody = np.zeros(0, np.int64)
        return dict.fromkeys(("who", "start", "end", "notice"), nobody), unknown
    found = {
        "who": _places(spells, ids),
        "start": _days(spells, "start_date"),
        "end": _days(spells, "end_date"),
    }
    found["notice"] = np.full(len(spells), NEVER)
    if membership.basis == "dates" and "notice_date" in dataset.tables["customers"].column_names:
        customers = dataset.tables["customers"]
        who, start = _places(customers, ids), _days(customers, "start_date")
        keys = (who << 32) + start + (1 << 31)
        order = np.argsort(keys)
        mine = (found["who"] << 32) + found["start"] + (1 << 31)
        place = order[np.minimum(np.searchsorted(keys[order], mine), len(order) - 1)]
        notice = _days(customers, "notice_date")
        found["notice"] = np.where(keys[place] == mine, notice[place], NEVER)
    if membership.without_day is not None:
        unknown[_places(membership.without_day, ids)] = True
    return found, unknown


def _due_and_paid(
    invoices: pa.Table | None, settings: Settings
) -> tuple[dict[str, Numbers], Undefined | None]:
    """Read the days of payment, which exports keep as they were written."""
    names = [
        name
        for name in ("due_date", "paid_date")
        if invoices is not None and name in invoices.column_names
    ]
    if invoices is None or len(names) < len(("due", "paid")):
        return {}, None
    columns = [as_text(invoices[name]).cast(pa.string()) for name in names]
    told = DateOrder(settings.date_order) if settings.date_order else None
    together = pc.unique(pa.chunked_array([pc.unique(column) for column in columns]))
    decision = decide_order(together, told=told)
    if decision.ambiguous:
        return {}, _UNDATED
    return {
        name.removesuffix("_date"): _read(column, decision.order)
        for name, column in zip(names, columns, strict=True)
    }, None


def _read(column: Any, order: DateOrder | None) -> Numbers:
    codes = as_codes(column)
    days = rewrite_dates(codes.dictionary, order)
    plain = pc.match_substring_regex(days, r"\A[0-9]{4}-[0-9]{2}-[0-9]{2}\z")
    read = pc.if_else(plain, days, pa.scalar(None, pa.string())).cast(pa.date32())
    numbers = np.asarray(pc.fill_null(read.cast(pa.int32()).cast(pa.int64()), NEVER))
    at = np.asarray(pc.fill_null(codes.indices, len(numbers)), dtype=np.int64)
    return np.append(numbers, NEVER).astype(np.int64)[at]


def _written(table: pa.Table, kind: str) -> Any:
    """Give what was written in each ticket or answer, as codes; None where nothing was."""
    if kind == "invoices":
        return None
    names = [
        name
        for name in table.column_names
        if name in {"subject", "comment"} or (kind == "tickets" and folded(name) in _TEXTS)
    ]
    columns: Sequence[Any] = [
        pc.fill_null(as_text(table[name]).cast(pa.string()), "") for name in names
    ]
    if not columns:
        return None
    return as_codes(pc.binary_join_element_wise(*columns, ". ") if len(columns) > 1 else columns[0])
