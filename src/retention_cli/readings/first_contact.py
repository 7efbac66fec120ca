"""Readings of first-contact resolution: which tickets needed one contact and no more."""

from __future__ import annotations

from fractions import Fraction
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import narwhals.stable.v2 as nw
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from retention_cli.dataset.ticket_times import Stamps
from retention_cli.frames.columns import as_codes
from retention_cli.frames.frames import collect, from_arrow, has
from retention_cli.kpis._invoices import distinct
from retention_cli.kpis.ingredients.service import counted
from retention_cli.values.measures import Undefined
from retention_cli.values.readings import Reading

if TYPE_CHECKING:
    from collections.abc import Iterator

    from retention_cli.frames.frames import Frame
    from retention_cli.kpis.ingredients.service import Service
    from retention_cli.values.measures import Measure, Part

KPIS = ("first_contact_resolution",)
_CELLS = ("contacts", "reopened", "first_contact_resolved")
_STAMPS = ("created_at", "first_response_at", "resolved_at", "reopened_at")
_DAY = 86_400
_NONE_LEFT = Undefined("none-known", "no ticket of the period is left to be counted")

_NO_LEVELS = Undefined(
    "no-first-level",
    "no setting says which categories are not for the first level",
    'set not_first_level = ["…"] in retention.toml',
)


def ours(*, first_contact_resolution: Measure) -> Reading:
    """Count as the figure does: by the flag where there is one, else by contacts."""
    part = first_contact_resolution.parts.get("first_contact")
    return Reading(first_contact_resolution, sense="as solved", counted=part, ours=part)


def by_flag(*, service: Service, first_contact_resolution: Measure) -> Reading:
    """Count the tickets whose flag says yes."""
    tickets = service.created if service.created is not None else service.resolved
    if tickets is None or not has(tickets, "first_contact_resolved"):
        return Reading.undefined(_no_column("first_contact_resolved"))
    flag = nw.col("first_contact_resolved")
    return _share(tickets, ~flag.is_null(), flag == "yes", first_contact_resolution)


def by_contacts(*, service: Service, first_contact_resolution: Measure) -> Reading:
    """Count the tickets resolved with one contact and never reopened."""
    return _by_contacts(service, first_contact_resolution, nw.col("contacts") == 1)


def one_touch(*, service: Service, first_contact_resolution: Measure) -> Reading:
    """Count the tickets resolved with one contact or none, and never reopened."""
    return _by_contacts(service, first_contact_resolution, nw.col("contacts") <= 1)


def net(
    *,
    service: Service,
    tickets: Frame,
    first_contact_resolution: Measure,
    not_first_level: tuple[str, ...] | None = None,
) -> Reading:
    """Count by contacts, without tickets that the first level cannot solve."""
    resolved = service.resolved
    if resolved is None or not has(resolved, "category"):
        return Reading.undefined(_no_column("category"))
    if not not_first_level:
        return Reading.undefined(_NO_LEVELS)
    wanted = {one.lower(): one for one in not_first_level}
    category = nw.col("category").cast(nw.String).str.to_lowercase()
    left_out = category.is_in(list(wanted)).fill_null(value=False)
    there = {str(one).lower() for one in distinct(tickets, "category")}
    notes = tuple(
        f"no ticket is of the category '{one}' of not_first_level"
        for lower, one in wanted.items()
        if lower not in there
    )
    once = nw.col("contacts") == 1
    return _by_contacts(service, first_contact_resolution, once, ~left_out, notes)


def no_reopen_in(
    *,
    service: Service,
    tickets: Frame,
    first_contact_resolution: Measure,
    time_zone: str | None = None,
    days: int = 7,
) -> Reading:
    """Count the tickets that were not reopened, of those resolved so many days before the data end."""
    if service.resolved is None or not has(service.resolved, "reopened"):
        return Reading.undefined(_no_column("reopened"))
    found = _Settled.of(service.resolved, tickets, time_zone, days)
    if found is None:
        return Reading.undefined(_no_column("resolved_at"))
    kept = ~nw.col("again")
    notes = (*found.notes, *_undated(found.frame, nw.col("settled")))
    return _share(found.frame, nw.col("settled"), kept, first_contact_resolution, notes)


def _undated(tickets: Frame, settled: nw.Expr) -> Iterator[str]:
    """Say of which reopened tickets the day of that does not decide."""
    if not has(tickets, "reopened_at"):
        yield "any reopening counts, whenever it was"
        return
    undated = settled & (nw.col("reopened") > 0) & nw.col("reopened_at").is_null()
    earlier = settled & nw.col("before")
    found = counted(tickets, undated=undated, earlier=earlier)
    if count := found["undated"].total:
        yield f"reopened tickets that count whenever that was, as no day says it: {count}"
    if count := found["earlier"].total:
        yield f"tickets that count as not reopened, as that was before the resolution: {count}"


def no_repeat_in(
    *,
    service: Service,
    tickets: Frame,
    first_contact_resolution: Measure,
    time_zone: str | None = None,
    days: int = 7,
) -> Reading:
    """Count the tickets whose customer opened no other one in so many days after the resolution."""
    if service.resolved is None or not has(tickets, "customer_id", "created_at"):
        return Reading.undefined(_no_column("customer_id and created_at"))
    found = _Settled.of(service.resolved, tickets, time_zone, days)
    if found is None:
        return Reading.undefined(_no_column("resolved_at"))
    owned = ~nw.col("customer_id").is_null()
    return _share(
        found.frame,
        nw.col("settled") & owned,
        ~nw.col("repeated"),
        first_contact_resolution,
        found.notes,
    )


class _Settled:
    """Tickets of which is known what came in so many days after: `settled`, `repeated`, `again`.

    `before` marks those that were reopened before the resolution that the export has.
    """

    def __init__(self, frame: Frame, notes: tuple[str, ...]) -> None:
        self.frame, self.notes = frame, notes

    @classmethod
    def of(cls, resolved: Frame, tickets: Frame, zone: str | None, days: int) -> _Settled | None:
        """Mark resolved tickets; None without the moments of their resolution."""
        if not has(resolved, "resolved_at"):
            return None
        table, every = collect(resolved), collect(tickets)
        there = [Stamps.of(every, name, zone) for name in _STAMPS if name in every.column_names]
        end = max((int(one.seconds[~one.blank].max(initial=0)) for one in there), default=0)
        done = Stamps.of(table, "resolved_at", zone)
        window = days * _DAY
        settled = ~done.blank & (done.seconds + window <= end)
        repeated = np.zeros(len(table), dtype=bool)
        if "customer_id" in every.column_names and "created_at" in every.column_names:
            repeated = _repeated(table, done.seconds, every, zone, window)
        late = int((~settled).sum())
        said = f"tickets left out, resolved less than {days} days before the data end: {late}"
        again, before = _reopened(table, done.seconds, zone, window)
        marks = {"settled": settled, "repeated": repeated, "again": again, "before": before}
        for name, mark in marks.items():
            table = table.append_column(name, pa.array(mark))
        return cls(from_arrow(table), (said,) if late else ())


def _reopened(table: pa.Table, done: Any, zone: str | None, window: int) -> tuple[Any, Any]:
    """Mark the tickets reopened within a window, and those reopened before they were resolved.

    Where no day says when, a reopening counts.
    """
    ever = np.zeros(len(table), dtype=bool)
    if "reopened" in table.column_names:
        ever = np.asarray(pc.fill_null(table["reopened"], 0), dtype=np.int64) > 0
    if "reopened_at" not in table.column_names:
        return ever, np.zeros(len(table), dtype=bool)
    at = Stamps.of(table, "reopened_at", zone)
    before = ever & ~at.blank & (at.seconds <= done)
    return ever & (at.blank | ((at.seconds > done) & (at.seconds <= done + window))), before


def _repeated(table: pa.Table, done: Any, every: pa.Table, zone: str | None, window: int) -> Any:
    """Mark the tickets after whose resolution the customer opened another within a window."""
    both = pa.concat_tables(
        [pa.table({"id": one["customer_id"].cast(pa.string())}) for one in (every, table)]
    )
    codes = as_codes(both["id"])
    numbers = np.asarray(codes.indices.fill_null(-1), dtype=np.int64)
    created = Stamps.of(every, "created_at", zone)
    owners, ours_ = numbers[: len(every)], numbers[len(every) :]
    wide = np.int64(1) << 40
    known = ~created.blank & (owners >= 0)
    keys = np.sort(owners[known] * wide + created.seconds[known])
    after = np.searchsorted(keys, ours_ * wide + done, side="right")
    until = np.searchsorted(keys, ours_ * wide + done + window, side="right")
    return (until > after) & (ours_ >= 0)


def _by_contacts(
    service: Service,
    ours_: Measure,
    once: nw.Expr,
    among: nw.Expr | None = None,
    notes: tuple[str, ...] = (),
) -> Reading:
    resolved = service.resolved
    if resolved is None or not has(resolved, "contacts"):
        return Reading.undefined(_no_column("contacts"))
    if has(resolved, "reopened"):
        once = once & ~(nw.col("reopened").fill_null(0) > 0)
    known = ~nw.col("contacts").is_null()
    return _share(resolved, known if among is None else known & among, once, ours_, notes)


def _share(
    tickets: Frame, known: nw.Expr, hit: nw.Expr, ours_: Measure, notes: tuple[str, ...] = ()
) -> Reading:
    found = counted(tickets, *_CELLS, known=known, first_contact=known & hit)
    del found["tickets"]
    n, hits = found["known"].total, found["first_contact"].total
    if not n:
        return Reading.undefined(_NONE_LEFT)
    part: Part | None = ours_.parts.get("first_contact")
    return Reading.of(
        Fraction(hits, n),
        found,
        n=n,
        sense="as solved",
        counted=found["first_contact"],
        ours=part,
        notes=notes,
    )


def _no_column(name: str) -> Undefined:
    return Undefined("no-column", f"the tickets have no {name}")


READINGS = MappingProxyType(
    {
        "ours": ("as the figure says: by the flag, else by contacts", ours),
        "by-flag": ("desks whose agents tick a box", by_flag),
        "by-contacts": ("one contact, never reopened", by_contacts),
        "one-touch": ("Zendesk's one-touch tickets: one contact or none", one_touch),
        "net": ("net FCR: without what the first level cannot solve", net),
        "no-reopen-in": ("resolved is what stays resolved for some days", no_reopen_in),
        "no-repeat-in": ("resolved is what the customer does not come back for", no_repeat_in),
    }
)
