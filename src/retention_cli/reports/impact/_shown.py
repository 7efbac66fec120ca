"""What a step in retention is worth as people read it, whatever the format."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_cli.reports.accounts._shown import money, ratio
from retention_cli.reports.words.numbers import count, text
from retention_cli.text.wording import many
from retention_cli.values.measures import Unit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from retention_cli.results.impact import Hint, Impact, Worth

_MOST = 8
HEADINGS = ("Reading", "Customer now", "Then", "Change", "All customers", "Then", "Leavers")


def title(found: Impact) -> str:
    """Name the report: its period, and the currency."""
    period = f" · {found.period.start} to {found.period.last_day}" if found.period else ""
    money_in = f", amounts in {found.currency}" if found.currency else ""
    return f"What retention is worth{period}{money_in}"


def step(found: Impact) -> str | None:
    """Say from which rate to which the step goes, and for whom; None where there is no rate."""
    if found.now is None or found.then is None:
        return None
    return (
        f"Retention {ratio(found.now)} today, {ratio(found.then)} after {found.step}:"
        f" {many(found.customers, 'customer')} at the start, {money(found.profit)} profit each"
    )


def row(one: Worth) -> tuple[str, ...]:
    """Give the cells of a reading."""
    change = (
        "-"
        if one.change is None
        else f"{'+' if one.change > 0 else ''}{text(one.change, Unit.RATIO)}"
    )
    return (
        *(_name(one), _bound(one.now), _bound(one.then), change),
        *(_bound(one.customers_now), _bound(one.customers_then), _bound(one.leavers)),
    )


def sections(found: Impact) -> Iterator[tuple[str, list[str]]]:
    """Give what stands below the readings; of the accounts with few product lines the first."""
    for heading, lines in (
        ("Formulas", [f"{_name(one)}: {one.formula}" for one in found.readings]),
        ("Leavers", list(_leavers(found))),
        ("Fewer product lines than their tier", list(_hints(found))),
        ("Assumed", list(found.assumptions)),
    ):
        if lines:
            yield heading, lines


def _bound(value: object) -> str:
    return money(value) if value is not None else "-"  # type: ignore[arg-type]  # an amount or nothing


def _leavers(found: Impact) -> Iterator[str]:
    left = found.leavers
    if left is not None and left.customers:
        yield (
            f"{many(left.customers, 'customer')} left, with {money(left.revenue)} revenue: "
            f"{count(left.gainers)} made {money(left.profit)}, {count(left.loss_makers)} lost {money(-left.losses)}"
        )
    if (told := found.replacing) is not None:
        each = money(told.acquisition_cost)
        yield f"replacing them costs {money(told.by_customers)} at {each} for a customer"
        if told.by_revenue is not None and told.revenue_of_new is not None:
            yield (
                f"replacing their revenue costs {money(told.by_revenue)}: a new customer brought"
                f" {money(told.revenue_of_new)}"
            )
        if told.serving_kept is not None:
            yield f"serving the {many(told.kept, 'customer')} kept cost {money(told.serving_kept)}"


def _hints(found: Impact) -> Iterator[str]:
    yield from map(_hint, found.hints[:_MOST])
    if (more := len(found.hints) - _MOST) > 0:
        yield f"and {count(more)} more: --format json"


def _hint(one: Hint) -> str:
    name = f" {one.customer_name}" if one.customer_name else ""
    lines = many(one.lines, "product line")
    peers = f"; peers buy {', '.join(one.missing)}" if one.missing else ""
    return f"{one.customer_id}{name}: {lines}, tier {one.tier} {float(one.median):g}{peers}"


def _name(one: Worth) -> str:
    return one.reading.replace("_", " ")
