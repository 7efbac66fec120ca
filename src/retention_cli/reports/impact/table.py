"""The worth of a step in retention as a table for a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from retention_cli.reports.accounts._shown import money, ratio
from retention_cli.reports.words.brief import Caveat, by_place, caveats, read_line
from retention_cli.reports.words.console import Listing, Paragraph, marked, printed, section
from retention_cli.reports.words.data_lines import sections
from retention_cli.reports.words.figures import reason_text
from retention_cli.reports.words.numbers import count, text
from retention_cli.text.wording import many
from retention_cli.values.measures import Manner, Unit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import RenderableType

    from retention_cli.results.impact import Hint, Impact, Worth

_MOST = 8
_WIDE = 96
"""From so many columns on, what is of a customer and what is of all of them fit beside each other."""
_HALVES = [(0, 1, 2, 3), (0, 4, 5, 6)]
_HEADINGS = ("Reading", "Customer now", "Then", "Change", "All customers", "Then", "Leavers")


def render(
    found: Impact, *, width: int | None = None, colour: bool = False, verbose: bool = False
) -> str:
    """Write the four readings side by side, what leavers cost, and what is assumed."""
    period = f" · {found.period.start} to {found.period.last_day}" if found.period else ""
    money_in = f", amounts in {found.currency}" if found.currency else ""
    parts: list[RenderableType] = [
        Text(f"What retention is worth{period}{money_in}", style="bold"),
        "",
    ]
    if found.now is not None and found.then is not None:
        parts.append(
            Paragraph(
                Text(
                    f"Retention {ratio(found.now)} today, {ratio(found.then)} after {found.step}:"
                    f" {many(found.customers, 'customer')} at the start, {money(found.profit)}"
                    " profit each"
                )
            )
        )
        rows = tuple(map(_row, found.readings))
        halves = [(0, 1, 2, 3, 4, 5, 6)] if width is None or width >= _WIDE else _HALVES
        for places in halves:
            names = tuple(_HEADINGS[at] for at in places)
            cells = tuple(tuple(row[at] for at in places) for row in rows)
            parts += ["", Listing(names, cells, indent=0, whole=len(places))]
        parts.append("")
        parts += section("Formulas", [f"{_name(one)}: {one.formula}" for one in found.readings])
    for heading, lines in (
        ("Leavers", list(_leavers(found))),
        ("Fewer product lines than their tier", list(_hints(found))),
        ("Assumed", list(found.assumptions)),
    ):
        if lines:
            parts += ["", *section(heading, lines)]
    return printed([*parts, "", *_said(found, width, verbose=verbose)], width=width, colour=colour)


def _row(one: Worth) -> tuple[str, ...]:
    change = (
        "-"
        if one.change is None
        else f"{'+' if one.change > 0 else ''}{text(one.change, Unit.RATIO)}"
    )
    return (
        *(_name(one), _bound(one.now), _bound(one.then), change),
        *(_bound(one.customers_now), _bound(one.customers_then), _bound(one.leavers)),
    )


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
    for one in found.hints[:_MOST]:
        yield _hint(one)
    if len(found.hints) > _MOST:
        yield f"and {count(len(found.hints) - _MOST)} more: --format json"


def _hint(one: Hint) -> str:
    name = f" {one.customer_name}" if one.customer_name else ""
    lines = many(one.lines, "product line")
    peers = f"; peers buy {', '.join(one.missing)}" if one.missing else ""
    return f"{one.customer_id}{name}: {lines}, tier {one.tier} {float(one.median):g}{peers}"


def _said(found: Impact, width: int | None, *, verbose: bool) -> Iterator[RenderableType]:
    if found.reason:
        yield marked("Undefined", reason_text(found.reason))
    if verbose:
        for one in sections(found, width=width, verbose=True):
            yield from section(one.heading, one.lines)
        return
    notes = [Caveat(note) for note in found.notes if not isinstance(note, Manner)]
    for said in by_place([*notes, *caveats(found, grouped=False)]):
        yield marked("-", said)
    yield marked("Read", read_line(found))


def _name(one: Worth) -> str:
    return one.reading.replace("_", " ")
