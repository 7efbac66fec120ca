"""First-contact resolution."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import narwhals.stable.v2 as nw

from retention_cli.frames.frames import Frame, has
from retention_cli.kpis.ingredients.service import counted
from retention_cli.kpis.registry import BY_SAMPLE, Group, kpi
from retention_cli.values.intervals import wilson
from retention_cli.values.measures import Better, Manner, Measure, Undefined, Unit

if TYPE_CHECKING:
    from retention_cli.kpis.ingredients.service import Service

LACKS = {"no-contacts": "tickets.first_contact_resolved or tickets.contacts"}


@kpi(
    title="First-contact resolution",
    unit=Unit.RATIO,
    better=Better.HIGHER,
    group=Group.SERVICE,
    place=60,
    aliases=("fcr", "one_touch"),
    highest=1,
    ratio=BY_SAMPLE,
)
def first_contact_resolution(*, service: Service) -> Measure:
    """Share of tickets that needed only one contact.

    Formula: by flag: yes / (yes + no) over the tickets created in the period. Else by contacts:
        tickets resolved in the period with one contact and never reopened / tickets resolved in
        the period.
    Unit: ratio, 0 to 1.
    Edge cases: an unknown flag or number of contacts is left out, and counted in a note. Without
        a column for reopening, no ticket counts as reopened.
    Errors: undefined (no-contacts, no-creation, no-resolution, none-known).
    Source: docs/definitions.md, "Service".
    Example:
        >>> from retention_cli.testing import figure
        >>> tickets = (
        ...     "ticket_id,created_at,first_contact_resolved", "1,2025-06-02,yes",
        ...     "2,2025-06-02,no",
        ... )
        >>> figure("first_contact_resolution", "2025-06", tickets=tickets).value
        Fraction(1, 2)
    """
    any_tickets = service.created if service.created is not None else service.resolved
    if any_tickets is None:
        return service.undefined(service.unplaced or _NO_CONTACTS)
    if has(any_tickets, "first_contact_resolved"):
        flag = nw.col("first_contact_resolved")
        return _share(service, any_tickets, ~flag.is_null(), flag == "yes", _BY_FLAG)
    if not has(any_tickets, "contacts"):
        return service.undefined(_NO_CONTACTS)
    if service.resolved is None:
        return service.undefined(service.unresolved or _NO_CONTACTS)
    once = nw.col("contacts") == 1
    if has(service.resolved, "reopened"):
        once = once & ~(nw.col("reopened").fill_null(0) > 0)
    known = ~nw.col("contacts").is_null()
    return _share(service, service.resolved, known, once, _BY_CONTACTS)


_NO_CONTACTS = Undefined(
    "no-contacts", "the tickets have neither contacts nor a flag for the first one"
)


_CELLS = ("contacts", "reopened", "first_contact_resolved")
_BY_FLAG = ("by flag column", "no ticket of the period says whether one contact was enough")
_BY_CONTACTS = ("by contacts", "no ticket resolved in the period has a known number of contacts")


def _share(
    service: Service, tickets: Frame, known: nw.Expr, once: nw.Expr, said: tuple[str, str]
) -> Measure:
    how, none_known = said
    found = counted(tickets, *_CELLS, known=known, first_contact=known & once)
    n, hits = found["known"].total, found["first_contact"].total
    left_out = found.pop("tickets").total - n
    unknown = (f"tickets left out because it is unknown: {left_out}",) if left_out else ()
    if not n:
        return service.undefined(Undefined("none-known", none_known))
    return Measure.of(
        Fraction(hits, n),
        found,
        sample_size=n,
        interval=wilson(hits, n),
        notes=(Manner(how), *unknown),
        as_exported=service.as_exported,
    )
