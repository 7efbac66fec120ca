"""What a basis of membership can say of a period, and what is to be said with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow.compute as pc

from retention_cli.values.coverage import goes_on_without
from retention_cli.values.measures import Undefined

if TYPE_CHECKING:
    import pyarrow as pa

    from retention_cli.dataset.membership import Membership
    from retention_cli.values.periods import Period


def reason_against(membership: Membership, period: Period) -> Undefined | None:
    """Say why a basis cannot tell who was there at both ends of a period; None where it can."""
    if membership.unseen is not None:
        return membership.unseen
    if membership.only is not None and period != membership.only:
        return Undefined(
            "other-period",
            f"the lists of customers are of the start and the end of {membership.only.label}",
            "name the lists of this period with --start and --end",
        )
    undated = _ids(membership.without_day, "start_date", period)
    if undated:
        have = "customer has" if undated == 1 else "customers have"
        return Undefined(
            "leavers-without-a-day",
            f"{undated:,} {have} left by their status, on a day that no end_date says",
            'fill in end_date, or set ended_without_day = "leave-out" in retention.toml',
        )
    history, window = membership.history, membership.window
    if history and window and history.lacking(period.start, window) > history.slack:
        return Undefined(
            "too-little-history",
            f"by activity, customers at the start are known from {history.known_from(window)} on:"
            f" the invoices begin less than one activity window before {period.start}",
            "use a later period, add earlier invoices, or set a shorter activity_window",
        )
    return None


def notes_of(membership: Membership, period: Period) -> tuple[str, ...]:
    """Say what was taken for granted of the customers of a period."""
    notes = list(membership.notes)
    ended = _ids(membership.contradicted, "end_date", period)
    if ended:
        count = "customer counts" if ended == 1 else "customers count"
        notes.append(f"{ended:,} {count} as ended by end_date, though their status says active")
    if stale := _stale(membership.known_on, period):
        notes.append(stale)
    history, window = membership.history, membership.window
    lacking = history.lacking(period.start, window) if history and window else 0
    if history and 0 < lacking <= history.slack:
        notes.append(
            f"the invoices begin on {history.first}, {lacking} {'day' if lacking == 1 else 'days'}"
            f" into the {window} before {period.start}, which counts as the whole of them"
        )
    return tuple(notes)


def _stale(known_on: tuple[pa.Array, pa.Array] | None, period: Period) -> str | None:
    """Say that customers have no day for so long that their list may be older than other exports."""
    if known_on is None:
        return None
    starts, ends = (set(days.to_pylist()) - {None} for days in known_on)
    if not starts or max(starts) >= period.end:
        return None
    days = sorted(day for day in starts | ends if day < period.end)
    early = goes_on_without(period, days)
    return f"the list of customers may be an old one: in it {early}" if early else None


def _ids(rows: pa.Table | None, day: str, period: Period) -> int:
    """Count the customers of the rows whose day is before the end of a period, each once."""
    if rows is None:
        return 0
    found: int = pc.count_distinct(rows.filter(pc.field(day) < period.end)["customer_id"]).as_py()
    return found
