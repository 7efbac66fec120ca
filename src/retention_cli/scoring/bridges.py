"""The bridges of a period, of all customers and of each group."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from retention_cli.dataset.converting import conversion_notes
from retention_cli.dataset.day_of_loss import new_again
from retention_cli.errors import RetentionError
from retention_cli.kpis import computing
from retention_cli.kpis._invoices import NO_CUSTOMER_IDS
from retention_cli.kpis.ingredients.cohort import cohort
from retention_cli.results.bridge import LINES, Loss, Walk
from retention_cli.scoring.money_bridge import money_bridge, paid, rows_of
from retention_cli.values.coverage import NO_DATA
from retention_cli.values.measures import Measure, Undefined

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from retention_cli.dataset.dataset import Dataset
    from retention_cli.dataset.groups import Grouping
    from retention_cli.results.bridge import Money
    from retention_cli.scoring.money_bridge import Paid
    from retention_cli.settings import Settings
    from retention_cli.values.measures import Part
    from retention_cli.values.periods import Period

_PARTS = {
    "start": ("retention_rate", "CS"),
    "lost": ("customers_lost", "lost"),
    "acquired": ("customers_acquired", "acquired"),
    "acquired_and_lost": ("acquired_and_lost", "acquired_and_lost"),
    "reactivated": ("customers_reactivated", "reactivated"),
    "end": ("retention_rate", "CE"),
}
"""The lines of customers: the figure each is a part of."""
_COUNTED = ("customers_lost", "customers_acquired", "acquired_and_lost", "customers_reactivated")
_ASKED = (*_COUNTED, "retention_rate", "revenue", "net_revenue_retention")


@dataclass(frozen=True, slots=True)
class Bridged:
    """What a bridge is of: a period, and why it has no data, where it has none."""

    period: Period
    settings: Settings
    outside: str | None = None
    members: bool = False


def bridge_all(
    dataset: Dataset, asked: Bridged, grouping: Grouping | None = None
) -> tuple[Walk, tuple[Walk, ...]]:
    """Walk from the start of a period to its end: with all customers, then with each group.

    Formula: customers: start - lost + acquired - acquired_and_lost + reactivated = end. Money:
        before - lost - contraction + expansion = kept, and kept + new + reactivated +
        billed_before_leaving + others = revenue.
    Undefined: each bridge where what it rests on is.
    Source: docs/definitions.md, "Bridges".
    Errors: RetentionError where the groups are not of customers; AssertionError where a bridge does
        not close.
    """
    total = _walk(dataset, asked)
    if grouping is None:
        return total, ()
    _refuse_other_groups(dataset, grouping)
    groups = tuple(
        replace(_walk(part, asked), group=(grouping.by, value))
        for value, part in grouping.datasets()
    )
    _add_up(total, groups)
    return total, groups


def _walk(dataset: Dataset, asked: Bridged) -> Walk:
    if asked.outside:
        nothing = Undefined(NO_DATA, f"no data in the period: {asked.outside}")
        return Walk(None, nothing, nothing)
    found = computing.compute(
        _ASKED, dataset=dataset, period=asked.period, settings=dict(asked.settings)
    )
    counts = _counts(found)
    basis = found["customers_lost"].basis
    notes = (*found["customers_lost"].notes, *_said_of_losses(dataset, asked))
    if isinstance(counts, Undefined):
        return Walk(None, counts, counts, basis=basis, notes=notes)
    there = _paid(dataset, asked.period, found)
    if isinstance(there, Undefined):
        losses = tuple(_losses(dataset, asked, counts["lost"].ids(), None))
        return Walk(None, counts, there, losses, basis=basis, notes=notes)
    revenue = int(found["revenue"].parts["revenue"].total)
    money = money_bridge(there, revenue, _said_of_money(found, dataset, asked.period))
    closed = not isinstance(money, Undefined)
    lost = counts["lost"].ids()
    losses = tuple(_losses(dataset, asked, lost, there if closed else None))
    rows = tuple(rows_of(there)) if asked.members and closed else ()
    return Walk(None, counts, money, losses, basis=basis, notes=notes, rows=rows)


def _counts(found: Mapping[str, Measure]) -> Mapping[str, Part] | Undefined:
    """Take the lines of customers from the figures that they are parts of."""
    for name in _COUNTED:
        if (reason := found[name].reason) is not None:
            return reason
    counts = {line: found[kpi].parts[part] for line, (kpi, part) in _PARTS.items()}
    total = {line: part.total for line, part in counts.items()}
    stayed = total["start"] - total["lost"]
    came = total["acquired"] - total["acquired_and_lost"] + total["reactivated"]
    if stayed + came != total["end"]:
        raise AssertionError(f"the bridge of customers does not close: {total}")
    return counts


def _paid(dataset: Dataset, period: Period, found: Mapping[str, Measure]) -> Paid | Undefined:
    """Add up what customers paid, unless the revenue or the time before it are not known."""
    revenue = found["revenue"]
    if revenue.reason is not None and revenue.reason.code != "several-currencies":
        return revenue.reason
    if "customer_id" not in dataset.tables["invoices"].column_names:
        return Undefined(*NO_CUSTOMER_IDS)
    begin = dataset.invoices_begin
    if begin is not None and begin >= period.start:
        return Undefined(
            "no-revenue-before",
            f"the invoices begin on {begin}, so there are none for {period.previous().label}",
            "use a later period or add earlier invoices",
        )
    if revenue.reason is not None:
        return Undefined(
            revenue.reason.code,
            revenue.reason.message,
            "set report_currency and rates in retention.toml",
        )
    membership = dataset.membership(period)
    people = cohort(membership=membership, period=period) if membership else None
    if people is None or isinstance(people, Measure):
        raise AssertionError("customers were counted and cannot be counted again")
    return paid(people.people, dataset.frame("invoices"), period, per=dataset.money_parts)


def _said_of_money(
    found: Mapping[str, Measure], dataset: Dataset, period: Period
) -> tuple[str, ...]:
    """Say of money what is said of revenue, and what makes the period before look too small."""
    rates = conversion_notes(dataset, period.previous().start, period.end)
    own = conversion_notes(dataset, period.start, period.end)
    said = [*(note for note in found["revenue"].notes if note not in own), *rates]
    begin, before = dataset.invoices_begin, period.previous()
    if begin is not None and begin > before.start:
        said.append(f"the invoices begin on {begin}, inside the period before")
    reason = found["net_revenue_retention"].reason
    if reason is not None and reason.code == "billed-less-often":
        said.append(f"{reason.message}; {reason.hint}" if reason.hint else reason.message)
    return tuple(said)


def _losses(
    dataset: Dataset, asked: Bridged, lost: Sequence[str], there: Paid | None
) -> Iterator[Loss]:
    """Split the lost by the reason of the spell that ended, the largest number first."""
    reasons = _reasons(dataset, asked.period)
    if reasons is None:
        return
    ids, texts = reasons
    found = texts.take(pc.index_in(pa.array(lost, pa.string()), value_set=ids))
    each = pa.table({"reason": found, "before": pa.array(_before(there, lost), pa.int64())})
    sums = each.group_by("reason").aggregate([("before", "sum"), ("before", "count")])
    wanted = {one.strip().casefold() for one in asked.settings.voluntary}
    rows = sums.to_pylist()
    for row in sorted(rows, key=lambda one: (-one["before_count"], one["reason"] or "\uffff")):
        reason = row["reason"]
        told = reason.strip().casefold() in wanted if reason and wanted else None
        amount = None if there is None else there.money(row["before_sum"])
        yield Loss(reason, told, row["before_count"], amount)


def _said_of_losses(dataset: Dataset, asked: Bridged) -> Iterator[str]:
    if (window := dataset.new_after) is not None and dataset.basis in {"dates", "activity"}:
        yield new_again(window)
    words = asked.settings.voluntary
    if words and _reasons(dataset, asked.period) is not None:
        listed = ", ".join(f"'{word}'" for word in words)
        yield f"voluntary is who left for {listed}, as the settings say"


def _before(there: Paid | None, lost: Sequence[str]) -> Any:
    if there is None:
        return np.zeros(len(lost), dtype=np.int64)
    return there.before[np.asarray(pc.index_in(pa.array(lost, pa.string()), value_set=there.ids))]


def _reasons(dataset: Dataset, period: Period) -> tuple[pa.Array, pa.Array] | None:
    """Give the reason of the spell that each customer at the start was in."""
    if dataset.basis != "dates" or "end_reason" not in dataset.tables["customers"].column_names:
        return None
    rows = dataset.tables["customers"]
    ends = rows["end_date"] if "end_date" in rows.column_names else pa.nulls(len(rows), pa.date32())
    there = pc.less(rows["start_date"], pa.scalar(period.start))
    there = pc.and_(there, pc.fill_null(pc.greater_equal(ends, pa.scalar(period.start)), True))
    rows = rows.filter(there)
    ids, reasons = (rows[name].cast(pa.string()) for name in ("customer_id", "end_reason"))
    return ids.combine_chunks(), pc.utf8_trim_whitespace(reasons.combine_chunks())


def _refuse_other_groups(dataset: Dataset, grouping: Grouping) -> None:
    """See to it that a customer is of one group, whatever its invoices say."""
    if "customers" in grouping.rows:
        return
    if dataset.has("customers"):
        raise RetentionError(
            f"--by: the customers have no column '{grouping.by}', and a bridge is of customers",
            "name a column of the customer export",
        )
    grouping.of_customers()


def _add_up(total: Walk, groups: Sequence[Walk]) -> None:
    """See to it that the groups add up to the whole, in all lines that each of them has."""
    if not isinstance(total.counts, Undefined):
        for name, part in total.counts.items():
            ours = [
                walk.counts[name].total for walk in groups if not isinstance(walk.counts, Undefined)
            ]
            if len(ours) == len(groups) and sum(ours) != part.total:
                raise AssertionError(f"the groups have {sum(ours)} of {name}, not {part.total}")
    whole = total.money
    monies: list[Money] = [m for w in groups if not isinstance(m := w.money, Undefined)]
    if isinstance(whole, Undefined) or len(monies) < len(groups):
        return
    for name in LINES:
        if sum(money.amount(name) for money in monies) != whole.amount(name):
            raise AssertionError(f"the groups do not add up in {name}")
