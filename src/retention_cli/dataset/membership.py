"""Who was a customer when: spells, wherever they come from."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from retention_cli.dataset.day_of_loss import with_fresh
from retention_cli.dataset.purchases import of_purchases
from retention_cli.dataset.spell_rows import from_customers, from_purchases
from retention_cli.frames.by_group import GROUP
from retention_cli.frames.columns import as_text
from retention_cli.frames.frames import Frame, collect, from_arrow
from retention_cli.records.customer_flags import ACTIVE, ENDED
from retention_cli.records.kinds.customers import NEW, known_on, one_sided, without_a_day
from retention_cli.values.measures import Undefined
from retention_cli.values.periods import add_months

if TYPE_CHECKING:
    import narwhals.stable.v2 as nw

    from retention_cli.dataset.spell_rows import Origin
    from retention_cli.frames.opened import Rows
    from retention_cli.settings import Window
    from retention_cli.values.periods import Period

MOST_SLACK_DAYS = 7
_ALWAYS = date(1, 1, 1)
_EPOCH = date(1970, 1, 1).toordinal()
_SHOWN = 4

_NO_ENDS = Undefined(
    "no-end-dates",
    "the customers have start dates, but no end dates and no status: nobody is seen to leave",
    "add an end_date or a status to the customers, or an invoice export",
)


class History(NamedTuple):
    """How far back activity is known: to the first invoice, give or take a usual silence.

    Shape: `slack` is the longest gap between two days with an invoice, at most a week.
    """

    first: date
    slack: int

    @classmethod
    def of(cls, invoices: pa.Table) -> History | None:
        """Look at the days of invoices; None where there are none."""
        days = np.sort(pc.unique(invoices["invoice_date"]).cast(pa.int32()).to_numpy())
        if not len(days):
            return None
        gap = int(np.diff(days).max(initial=0))
        return cls(date.fromordinal(int(days[0]) + _EPOCH), min(gap, MOST_SLACK_DAYS))

    def known_from(self, window: Window) -> date:
        """Give the first day for which it is known who was active."""
        return _moved_day(self.first, window)

    def lacking(self, start: date, window: Window) -> int:
        """Count the days of the window before a start that the invoices do not reach back to."""
        if self.known_from(window) <= start:
            return 0
        try:
            back = add_months(start, -window.months) - timedelta(days=window.days)
        except (ValueError, OverflowError):  # before the calendar begins
            back = date.min
        return (self.first - back).days


@dataclass(frozen=True, slots=True)
class Membership:
    """Spells of customers, and the basis they rest on.

    Shape: `spells` has customer_id, start_date and end_date (null: still a customer).
    `as_exported` spells belong to no period: they are laid so that whoever left did so inside the
    one asked for. `unseen` says why nobody can be seen to leave, whatever the period.
    `without_day` are the spells that ended on a day nobody knows, `contradicted` those that have
    ended by their date alone; starts and ends are `known_on` some days. `history` and `window` are of
    activity; `origin` finds the rows that spells come from. `only` is the one period of which they
    say who was there at its ends; where they are not `dated`, nobody knows when customers came.
    """

    spells: Frame
    basis: str
    notes: tuple[str, ...] = ()
    as_exported: bool = False
    unseen: Undefined | None = None
    without_day: pa.Table | None = None
    contradicted: pa.Table | None = None
    known_on: tuple[pa.Array, pa.Array] | None = None
    history: History | None = None
    window: Window | None = None
    origin: Origin | None = None
    new_after: Window | None = None
    only: Period | None = None
    dated: bool = True

    def new_after_a(self, window: Window, backend: str) -> Membership:
        """Give it with the spells marked that begin so late that their customer is new again."""
        spells = with_fresh(collect(self.spells), partial(_moved, window=window))
        return replace(self, spells=from_arrow(spells, backend), new_after=window)

    def behind(self, chosen: nw.Expr, ids: pa.ChunkedArray) -> tuple[Rows, ...]:
        """Give the rows that the chosen spells of some customers come from."""
        found = self.origin and self.origin(collect(self.spells.filter(chosen)))
        return (found.among(ids),) if found else ()


def by_dates(  # what the export has, and what is said of it
    customers: pa.Table,
    *,
    backend: str,
    leave_out: bool = False,
    notes: tuple[str, ...] = (),
    as_read: pa.Table | None = None,
    spells: Frame | None = None,
) -> Membership:
    """Take the spells that the customer export has.

    Who has left on a day nobody knows is not a customer at all where it is told to `leave_out` them.
    `as_read` are its rows before spells that touch were joined, `spells` those of a group.
    """
    origin = from_customers(customers if as_read is None else as_read)
    notes = (*notes, *(one_sided(customers) if spells is None else ()))
    lost = customers.filter(without_a_day(customers)) if "status" in customers.column_names else ()
    if len(lost) and leave_out:
        customers = customers.filter(pc.invert(without_a_day(customers)))
        gone = f"customers who have left on a day nobody knows are left out (rows: {len(lost):,})"
        notes = (*notes, gone)
    unseen, said = _unseen(customers)
    return Membership(
        from_arrow(_dated(customers), backend) if spells is None else spells,
        "dates",
        notes=(*notes, *said),
        unseen=unseen,
        without_day=_dated(lost) if len(lost) and not leave_out else None,
        contradicted=_contradicted(customers),
        known_on=known_on(customers) if spells is None else None,
        origin=origin,
    )


def _dated(customers: pa.Table) -> pa.Table:
    nothing = pa.nulls(len(customers), pa.date32())
    ends = customers["end_date"] if "end_date" in customers.column_names else nothing
    return _spells(customers, customers["start_date"], ends)


def _unseen(customers: pa.Table) -> tuple[Undefined | None, list[str]]:
    """Say why nobody can be seen to leave, and what is taken for a customer who is still there."""
    columns = customers.column_names
    if "status" not in columns:
        return (None, []) if "end_date" in columns else (_NO_ENDS, [])
    ended = pc.is_valid(customers["end_date"]) if "end_date" in columns else None
    open_rows = customers if ended is None else customers.filter(pc.invert(ended))
    words = _strange(open_rows["status"])
    if not len(words):
        return (_blank_status(customers["status"]) if ended is None else None), []
    if ended is None or not pc.any(ended).as_py():
        return _unknown_status(words, ", and no row has an end date"), []
    word = pc.min(words).as_py()
    some = ", ".join(f"'{one}'" for one in sorted(pc.unique(words).to_pylist())[:_SHOWN])
    said = f"status {some} and no end date: still a customer (rows like it: {len(words):,})"
    return None, [
        f'{said}; [export.values.status] "{word}" = "ended" in retention.toml says otherwise'
    ]


def _blank_status(status: pa.ChunkedArray) -> Undefined | None:
    """Ask what a blank status is where all others are active: marks of those who stay look so."""
    others = pc.unique(status).drop_null().to_pylist()
    if not status.null_count or not others or ENDED in others:
        return None
    return Undefined(
        "unknown-status",
        f"a blank status may be that of a customer who left, since no other says so (rows like it: {status.null_count:,})",
        'say which in retention.toml: [export.values.status] "" = "ended" or "active"',
    )


def _strange(status: pa.ChunkedArray) -> pa.ChunkedArray:
    """Give the words of a status that say neither active nor ended."""
    known = pa.array([ACTIVE, ENDED, NEW, None], pa.string())
    return status.filter(pc.invert(pc.is_in(status, known)))


def _unknown_status(words: pa.ChunkedArray, more: str = "") -> Undefined:
    word = pc.min(words).as_py()
    return Undefined(
        "unknown-status",
        f"status '{word}' is neither active nor ended ({len(words):,} rows like it){more}",
        'choose one in retention.toml: [export.values.status] "…" = "active" or "ended"',
    )


def _contradicted(customers: pa.Table) -> pa.Table | None:
    if not {"status", "end_date"} <= set(customers.column_names):
        return None
    active = pc.fill_null(pc.equal(customers["status"], ACTIVE), False)
    found = customers.filter(pc.and_(active, pc.is_valid(customers["end_date"])))
    return _dated(found) if len(found) else None


def by_flag(
    customers: pa.Table,
    *,
    period: Period,
    backend: str,
    notes: tuple[str, ...] = (),
    spells: Frame | None = None,
) -> Membership:
    """Take everyone in the export as there at the start, and the flagged ones as lost.

    Whose status says that they are new were not there at the start. `spells` are those of a group.
    """
    status = customers["status"]
    strange, blank = _strange(status), status.null_count
    if blank:
        notes = (*notes, f"customers with a blank status, who count as not flagged: {blank}")
    return Membership(
        from_arrow(_flagged(customers, period), backend) if spells is None else spells,
        "flag",
        notes=notes,
        as_exported=True,
        unseen=_unknown_status(strange) if len(strange) else _blank_status(status),
        origin=from_customers(customers),
    )


def _flagged(customers: pa.Table, period: Period) -> pa.Table:
    status, count = customers["status"], len(customers)
    ended, new = (pc.fill_null(pc.equal(status, word), False) for word in (ENDED, NEW))
    first_day = pa.array([period.start], pa.date32()).take(pa.array([0] * count, pa.int64()))
    return _spells(
        customers,
        pc.if_else(new, first_day, pa.scalar(_ALWAYS, pa.date32())),
        pc.if_else(ended, first_day, pa.scalar(None, pa.date32())),
    )


def by_activity(
    invoices: pa.Table,
    *,
    window: Window,
    backend: str,
    history: History | None = None,
    spells: Frame | None = None,
) -> Membership:
    """Make a spell of each day a customer bought on: from it to the same day a window later.

    `history` is that of all invoices, where these are those of a group, whose `spells` are known.
    Credit notes, which are invoices with a negative total, are not purchases; rows without a
    customer are nobody's. Spells are not joined: a customer who was silent for the whole window
    was lost, even where the next purchase is on the day after.
    """
    return Membership(
        from_arrow(_active(invoices, window), backend) if spells is None else spells,
        "activity",
        notes=(f"a customer is lost after {window} without a purchase",),
        history=history or History.of(invoices),
        window=window,
        origin=from_purchases(invoices),
    )


def _active(invoices: pa.Table, window: Window) -> pa.Table:
    purchased = pa.array(of_purchases(invoices))
    bought = invoices.filter(pc.and_(purchased, pc.is_valid(invoices["customer_id"])))
    keys = [n for n in ("customer_id", "invoice_date", GROUP) if n in bought.column_names]
    days = bought.select(keys).unify_dictionaries().combine_chunks().group_by(keys).aggregate([])
    return _spells(days, days["invoice_date"], _moved(days["invoice_date"], window))


def _spells(rows: pa.Table, starts: pa.ChunkedArray, ends: pa.ChunkedArray) -> pa.Table:
    ids = as_text(rows["customer_id"])
    columns = {"customer_id": ids, "start_date": starts, "end_date": ends}
    return pa.table(columns | {n: rows[n] for n in rows.column_names if n == GROUP})


def _moved_day(day: date, window: Window) -> date:
    moved = add_months(day, window.months)
    return date.fromordinal(moved.toordinal() + window.days)


def _moved(days: pa.ChunkedArray, window: Window) -> pa.Array:
    """Move days by a window, each distinct day once."""
    coded = pa.chunked_array([days]) if isinstance(days, pa.Array) else days
    numbers = coded.cast(pa.int32()).to_numpy()
    distinct, places = np.unique(numbers, return_inverse=True)
    moved = [_moved_day(date.fromordinal(int(day) + _EPOCH), window) for day in distinct]
    return pa.array(moved, pa.date32()).take(pa.array(places))
