"""What tickets, contacts, orders and invoice lines cost at the rates of the settings."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from retention_cli.errors import RetentionError
from retention_cli.frames.by_group import GROUP, worked_out
from retention_cli.frames.columns import FILE, ROW, as_codes, as_text
from retention_cli.frames.frames import Frame, collect
from retention_cli.kpis._invoices import counted, dated_in
from retention_cli.kpis.ingredients.service import service
from retention_cli.values.measures import MONEY_SCALE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from retention_cli.settings import Driver
    from retention_cli.values.periods import Period

_TICKETS, _INVOICES = ("ticket", "contact"), ("order", "line")
_CELLS = ("ticket_id", "created_at", "category", "priority", "contacts", "invoice_id", "currency")
_MOST = 2**62


class Driven(NamedTuple):
    """The rows of one kind of export that are counted by a driver.

    Shape: `frame` has the columns of the export, and `driver`, `word` (the category or priority that
        its rate is of), `quantity`, `rate` and `worth`, in parts of a ten-thousandth.
    """

    kind: str
    frame: Frame

    @property
    def rows(self) -> pa.Table:
        """The rows of it."""
        return collect(self.frame)


class DrivenCosts(NamedTuple):
    """All rows that are counted, and what is to be said of those that could not be."""

    parts: tuple[Driven, ...]
    notes: tuple[str, ...]


def driven_costs(
    *,
    invoices: Frame,
    period: Period,
    cost_drivers: Mapping[str, Driver] | None,
    money_parts: int,
    driven_tickets: Frame | None = None,
) -> DrivenCosts | None:
    """Count what the settings give a rate for, in the tickets and invoices of a period.

    Formula: ticket: tickets created in the period; contact: their contacts; order: invoices, without
        credit notes; line: invoice rows that are not negative. Each times its rate: that of its
        category, else of its priority, else the default.
    Undefined: None where no rate is set for any of them.
    Source: docs/definitions.md, "Profit".
    """
    drivers = cost_drivers or {}
    of_tickets = [name for name in _TICKETS if name in drivers]
    of_invoices = [name for name in _INVOICES if name in drivers]
    if not of_tickets and not of_invoices:
        return None
    notes: list[str] = []
    found: list[Driven] = []
    if of_tickets and driven_tickets is None:
        notes.append("no tickets in the exports, so none is priced")
    elif of_tickets and driven_tickets is not None:
        there = service(tickets=driven_tickets, period=period)
        if there.created is None:
            notes.append("the tickets have no created_at, so none is priced")
        else:
            created = there.created
            found += [
                Driven("tickets", _priced(created, name, drivers[name], money_parts))
                for name in of_tickets
            ]
            notes += _unpriced(found)
    if of_invoices:
        billed = invoices.filter(dated_in(period))
        for name in of_invoices:
            chosen = worked_out(billed, name, _orders if name == "order" else _lines)
            found.append(Driven("invoices", _priced(chosen, name, drivers[name], money_parts)))
    return DrivenCosts(tuple(found), tuple(notes))


def owners(rows: pa.Table) -> Any:
    """Give whose each row is."""
    if "customer_id" not in rows.column_names:
        return pa.nulls(len(rows), pa.string())
    return as_text(rows["customer_id"]).cast(pa.string())


def _priced(frame: Frame, name: str, driver: Driver, money_parts: int) -> Frame:
    """Add to rows what they are counted as, and at which rate."""
    priced = partial(_with_worth, name=name, driver=driver, money_parts=money_parts)
    return worked_out(frame, (name, driver, money_parts), priced)


def _with_worth(rows: pa.Table, *, name: str, driver: Driver, money_parts: int) -> pa.Table:
    counts = None
    if name == "contact":
        there = "contacts" in rows.column_names
        counts = rows["contacts"] if there else pa.nulls(len(rows), pa.int64())
    rate = np.full(len(rows), -1, dtype=np.int64)
    if driver.default is not None:
        rate[:] = int(driver.default * MONEY_SCALE)
    words = pa.nulls(len(rows), pa.string())
    for column, word, told in reversed(driver.rates):
        if column in rows.column_names:
            cells = pc.utf8_lower(pc.utf8_trim_whitespace(as_text(rows[column]).cast(pa.string())))
            fits = pc.fill_null(pc.equal(cells, word.strip().lower()), False)
            rate[np.asarray(fits)] = int(told * MONEY_SCALE)
            words = pc.if_else(fits, word, words)
    number = np.ones(len(rows), dtype=np.int64)
    if counts is not None:
        number = pc.fill_null(counts, 0).to_numpy().copy()
    known = rate >= 0
    if counts is not None:
        known &= ~np.asarray(pc.is_null(counts))
    if int(number.max(initial=0)) * int(rate.max(initial=0)) * money_parts * len(rows) >= _MOST:
        raise RetentionError(
            f"the rate of '{name}' under [cost_drivers] is too large to be added up exactly",
            "write what one of them costs",
        )
    worth = np.where(known, number * rate, 0) * money_parts
    added = {
        "driver": pa.repeat(pa.scalar(name), len(rows)),
        "word": words,
        "quantity": pa.array(number, mask=~known),
        "rate": pa.array(rate, mask=rate < 0),
        "worth": pa.array(worth),
    }
    named = (FILE, ROW, GROUP, "customer_id", *_CELLS)
    kept = [one for one in named if one in rows.column_names]
    return pa.table({one: rows[one] for one in kept} | added)


def _lines(invoices: pa.Table) -> pa.Table:
    """Give the rows that are not negative."""
    return invoices.filter(pc.greater_equal(invoices["amount"], 0))


def _orders(invoices: pa.Table) -> pa.Table:
    """Give the first row of each invoice that is not a credit note; without an id each row is one."""
    if "invoice_id" not in invoices.column_names:
        return _lines(invoices)
    amounts = invoices["amount"].to_numpy()
    ids = as_codes(invoices["invoice_id"])
    code = pc.fill_null(ids.indices, len(ids.dictionary)).to_numpy().astype(np.int64)
    alone = code == len(ids.dictionary)
    if GROUP in invoices.column_names:
        code += invoices[GROUP].to_numpy() * (len(ids.dictionary) + 1)
    _, begins, order = np.unique(code, return_index=True, return_inverse=True)
    sums = np.zeros(len(begins), dtype=np.int64)
    np.add.at(sums, order, amounts)
    first = np.zeros(len(code), dtype=np.bool_)
    first[begins] = True
    return invoices.filter(pa.array(np.where(alone, amounts >= 0, first & (sums[order] >= 0))))


def _unpriced(found: list[Driven]) -> Iterator[str]:
    """Say how many tickets have no rate, or no number of contacts."""
    for one in found:
        rows = one.rows
        name = rows["driver"][0].as_py() if len(rows) else ""
        if name and (without := rows["rate"].null_count):
            said = counted(without, "ticket has", "tickets have")
            yield f"{said} no rate under [cost_drivers] {name}, and cost nothing"
        blank = rows["quantity"].null_count - rows["rate"].null_count
        if name == "contact" and blank > 0:
            said = counted(blank, "ticket has", "tickets have")
            yield f"{said} no number of contacts, and cost nothing"
