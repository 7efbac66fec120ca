"""The customers at the start and at the end of a period."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

import narwhals.stable.v2 as nw

from retention_cli.dataset.basis import notes_of, reason_against
from retention_cli.dataset.day_of_loss import FRESH
from retention_cli.frames.by_group import once_for_all
from retention_cli.frames.frames import Frame, has, parts, per_id
from retention_cli.values.measures import Measure, Part

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    import pyarrow as pa

    from retention_cli.dataset.membership import Membership
    from retention_cli.frames.opened import Behind, Rows
    from retention_cli.settings import Window
    from retention_cli.values.periods import Period

LACKS = {
    "no-end-dates": "customers.end_date or customers.status",
    "unknown-status": "[export.values.status] in retention.toml",
}

FIRST, LAST = nw.col("first"), nw.col("last")
"""There at the start; there at the end."""
EARLIER, INSIDE = nw.col("earlier"), nw.col("inside")
"""Has a spell that starts before the period; has one that starts in it."""
_ENDS = {"CS": FIRST, "CE": LAST, "CN": LAST & ~FIRST}


@dataclass(frozen=True, slots=True)
class Cohort:
    """One row an id: who was there at the start and the end, and where their spells start.

    Shape: `people` has customer_id, first, last, earlier and inside; `parts` has CS, CE and CN. Where
        it is not `dated`, nobody knows on which day customers came.
    """

    people: Frame
    parts: Mapping[str, Part]
    basis: str
    notes: tuple[str, ...] = ()
    as_exported: bool = False
    behind: Behind | None = field(default=None, compare=False)
    new_after: Window | None = None
    dated: bool = True

    @property
    def starters(self) -> int:
        """CS: how many ids are active at the start."""
        return self.parts["CS"].total

    def undefined(self, code: str, message: str, hint: str | None = None) -> Measure:
        """Answer for a figure of this cohort that has no value."""
        return Measure.undefined(
            code,
            message,
            self.parts,
            hint=hint,
            basis=self.basis,
            notes=self.notes,
            as_exported=self.as_exported,
        )


def active_before(day: date) -> nw.Expr:
    """Mark spells that cover the close of the day before `day`."""
    start, end = nw.col("start_date"), nw.col("end_date")
    return (start < day) & (end.is_null() | (end >= day))


def cohort(*, membership: Membership, period: Period) -> Cohort | Measure:
    """Count the customers at both ends of a period.

    Formula: CS: ids with a spell that covers the close of the day before the period. CE: ids
        with one that covers the close of its last day. CN: those of CE that are not in CS.
    Undefined: where the basis cannot say who was a customer at the start of the period, or who
        has left by its end.
    Source: docs/definitions.md, "Retention and churn".
    Example:
        >>> from retention_cli.values.periods import Period
        >>> from retention_cli.testing import membership
        >>> people = membership("ann 2024-05-01", "bob 2024-06-01 2025-02-10", "cy 2025-03-01")
        >>> found = cohort(membership=people, period=Period.parse("2025-Q1")).parts
        >>> [found[name].total for name in ("CS", "CE", "CN")]
        [2, 2, 1]
    """
    return refusal(membership, period) or counted(membership, period)


def refusal(membership: Membership, period: Period) -> Measure | None:
    """Say why a basis cannot tell who was there at both ends of a period; None where it can."""
    reason = reason_against(membership, period)
    if reason is None:
        return None
    return Measure.undefined(
        reason.code,
        reason.message,
        hint=reason.hint,
        basis=membership.basis,
        notes=notes_of(membership, period),
        as_exported=membership.as_exported,
    )


def counted(membership: Membership, period: Period) -> Cohort:
    """Count who was there at both ends of a period by the spells that are known."""
    behind = partial(_behind, membership, period)
    people = _people(membership.spells, period)
    return Cohort(
        people=people,
        parts=parts(people, key="customer_id", behind=behind, **_ENDS),
        basis=membership.basis,
        notes=notes_of(membership, period),
        as_exported=membership.as_exported,
        behind=behind,
        dated=membership.dated and not membership.as_exported,
        new_after=membership.new_after,
    )


@once_for_all
def _people(spells: Frame, period: Period) -> Frame:
    start = nw.col("start_date")
    inside = (start >= period.start) & (start < period.end)
    flags = {
        "first": active_before(period.start),
        "last": active_before(period.end),
        "earlier": start < period.start,
        "inside": inside,
    }
    if not has(spells, FRESH):
        return per_id(spells, key="customer_id", **flags)
    # Who was away for so long, and is not there at the start, is new: what was before does not count.
    found = per_id(spells, key="customer_id", **flags, **{FRESH: inside & nw.col(FRESH)})
    return found.with_columns(earlier=EARLIER & (FIRST | ~nw.col(FRESH))).drop(FRESH)


def _behind(
    membership: Membership, period: Period, name: str, ids: pa.ChunkedArray
) -> tuple[Rows, ...]:
    """Give the rows by which customers are in a part: those of the spell that decides."""
    start = nw.col("start_date")
    if name in {"CS", "lost"}:
        return membership.behind(active_before(period.start), ids)
    if name in {"acquired", "acquired_and_lost"}:
        return membership.behind((start >= period.start) & (start < period.end), ids)
    return membership.behind(active_before(period.end), ids)
