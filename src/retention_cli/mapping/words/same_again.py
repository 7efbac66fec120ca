"""Customers under another id who are one: they go on when one ends, or live in the same household."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyarrow.compute as pc

from retention_cli.frames.columns import as_text
from retention_cli.mapping.headers import is_named
from retention_cli.mapping.proposing import as_value, settles
from retention_cli.mapping.words.terms import days_of
from retention_cli.text.wording import rows_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from retention_cli.mapping.words.naming import Worded

_MOST_ROWS, _A_GROUP = 1 << 17, 6
_WHO = {"name", "customer", "email", "org", "phone"}
_OF_OTHERS = {"id", "product", "category", "agent", "staff", "vendor", "count", "parent"}
_OF_OTHERS |= {"referred", "type", "status", "recommend"}


def same_again(worded: Worded, sources: Mapping[str, object]) -> Iterator[str]:
    """Say who stands under another id that begins when one ends, or later: a customer who stayed."""
    key, start, end = (sources.get(one) for one in ("customer_id", "start_date", "end_date"))
    if not (isinstance(key, int) and isinstance(start, int) and isinstance(end, int)):
        return
    named, read = sources.get("customer_name"), {*sources.values()}
    for at, said in worded.meant.items():
        free = at == named or (at not in read and said.any & _WHO and not said.loose)
        found = [] if said.any & _OF_OTHERS or not free else _again(worded, at, (key, start, end))
        if found:
            header, of = worded.headers[at], worded.headers[key]
            some = f"{len(found):,} of '{header}'" if len(found) > 1 else f"1 '{header}'"
            yield (
                f"{some}, such as '{found[0]}', stand{'s' * (len(found) == 1)} under another '{of}'"
                " that begins when or after the first ends, and counts as one who left and one who"
                f" came; where it is one customer, add --map customer_id={as_value(header)}"
                f"{settles(header)}"
            )
            return


def households(worded: Worded, sources: Mapping[str, object]) -> Iterator[str]:
    """Say how many rows share a household with another, and are each a customer of their own."""
    for at in worded.meant:
        header = worded.headers[at]
        if at in sources.values() or not is_named(header, "customers.household"):
            continue
        counted = pc.value_counts(as_text(worded.samples.cells(at)))
        shared = pc.and_(
            pc.greater(counted.field("counts"), 1),
            pc.not_equal(pc.fill_null(counted.field("values"), ""), ""),
        )
        if rows := pc.sum(counted.field("counts").filter(shared)).as_py():
            yield (
                f"{rows_text(rows)} share a '{header}' with another, and each counts as a customer of its"
                f" own; where they are one, export one row for them{settles(header)}"
            )


def _again(worded: Worded, at: int, columns: tuple[int, int, int]) -> list[str]:
    """Give the names under which an id begins when or after another ends, in the order of names."""
    samples = worded.samples
    who = as_text(samples.cells(at).slice(0, _MOST_ROWS))
    counted = pc.value_counts(who.filter(pc.not_equal(who, "")))
    several = pc.and_(
        pc.greater(counted.field("counts"), 1), pc.less_equal(counted.field("counts"), _A_GROUP)
    )
    again = counted.field("values").filter(several)
    if not len(again):
        return []
    rows = pc.is_in(who, value_set=again)
    ids, *days = (as_text(samples.cells(one).slice(0, _MOST_ROWS)) for one in columns)
    starts, ends = (days_of(one.filter(rows), one) for one in days)
    spells: dict[str, list[tuple[Any, ...]]] = {}
    for name, *spell in zip(
        who.filter(rows).to_pylist(), ids.filter(rows).to_pylist(), starts, ends, strict=True
    ):
        spells.setdefault(name, []).append(tuple(spell))
    return sorted(
        name
        for name, some in spells.items()
        if any(
            one[0] != other[0] and one[2] and other[1] and one[2] <= other[1]
            for one in some
            for other in some
        )
    )
