"""Lifetime values as people read them: blocks of rows, whatever the format."""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction
from typing import TYPE_CHECKING

from retention_cli.kpis.registry import get
from retention_cli.reports.clv._blocks import UNKNOWN, Block, bar
from retention_cli.reports.clv._tested import backtest_blocks, headline
from retention_cli.reports.words.figures import reason_text
from retention_cli.reports.words.numbers import count, text
from retention_cli.text.wording import many
from retention_cli.values.measures import Unit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from retention_cli.results.lifetimes import Amount, Customer, Formula, Lifetimes, Model
    from retention_cli.values.measures import Number

    Column = tuple[str, Callable[[Customer], str]]

_BAR = 30
INTERVAL = "95 % interval: how sure the model is of the mean of customers like this one, who may do anything around it"
_AS_BEFORE = "; what each pays a term is taken as it was"
_LINES = ("average_purchase_value", "purchase_frequency", "customer_lifespan", "clv", "clv_margin")


def title(found: Lifetimes) -> str:
    """Name the report: its period, and the currency."""
    money = f", amounts in {found.currency}" if found.currency else ""
    return f"Customer lifetime value · {found.period.start} to {found.period.last_day}{money}"


def first_words(found: Lifetimes) -> list[str]:
    """Say first what all the rest is to be read by: a model that did not do, or that is not there."""
    said = [found.incomplete] if found.outside and found.incomplete else []
    said += [] if found.backtest is None else [headline(found.backtest)]
    return [*said, *(f"No model: {why_not(one)}" for one in found.missing)]


def blocks(found: Lifetimes, most: int | None = None) -> Iterator[Block]:
    """Give all blocks, of the customers no more than the `most` valuable."""
    yield _tiers(found)
    yield customers_block(found, most)
    if any(one.reason is None for one in found.models):
        yield _models(found.models)
    yield _formulas(found)
    yield _inputs(found.formulas[0])
    if found.silence:
        yield _silence(found)
    if found.backtest is not None:
        yield from backtest_blocks(found.backtest, found.currency)


def customers_block(found: Lifetimes, most: int | None = None) -> Block:
    """Give the customers, the most valuable first."""
    shown = found.customers[:most]
    by = found.by
    words: list[Column] = [("Customer", lambda one: one.customer_id)]
    if any(one.customer_name for one in shown):
        words.append(("Name", lambda one: one.customer_name or ""))
    if any(one.manager for one in shown) and by != "manager":
        words.append(("Manager", lambda one: one.manager or ""))
    if by is not None:
        words.append((by, lambda one: f"no {by}" if one.group is None else one.group))
    numbers: list[Column] = [
        ("Paid", lambda one: _money(one.historic_value)),
        ("By formula", lambda one: _money(one.formula_value)),
        ("P(alive)", lambda one: _decimal(one.p_alive)),
        ("Purchases", lambda one: _decimal(one.expected_purchases)),
        ("Expected", lambda one: _money(one.expected_value)),
        ("95 % interval", _between),
        ("On margin", lambda one: _money(one.expected_margin)),
    ]
    numbers = [(name, cell) for name, cell in numbers if any(cell(o) != UNKNOWN for o in shown)]
    columns = [*words, *numbers, ("Tier", lambda one: one.tier or UNKNOWN)]
    left = len(found.customers) - len(shown)
    return Block(
        f"Customers: paid so far, by formula, and expected in {many(found.horizon, 'month')}",
        tuple(name for name, _ in columns),
        tuple(tuple(cell(one) for _, cell in columns) for one in shown),
        (
            *([f"and {count(left)} more: --verbose, or --format csv"] if left else []),
            *([_unsure(found)] if any(name == "95 % interval" for name, _ in numbers) else []),
        ),
        len(words),
        cut=frozenset(range(1, len(words))),
    )


def _unsure(found: Lifetimes) -> str:
    return INTERVAL + (_AS_BEFORE if found.models[0].name == "shifted-beta-geometric" else "")


def _between(one: Customer) -> str:
    """Give the interval of the expected value, else of the purchases."""
    if one.value_range is not None:
        return " to ".join(text(end, Unit.MONEY).partition(".")[0] for end in one.value_range)
    if one.purchases_range is not None:
        return " to ".join(map(_decimal, one.purchases_range))
    return UNKNOWN


def _tiers(found: Lifetimes) -> Block:
    """Add up customers by tier."""
    members: dict[str, list[Customer]] = defaultdict(list)
    for one in found.customers:
        members[one.tier or "no tier"].append(one)
    rows = tuple(
        (
            tier,
            count(len(ours)),
            _money(_sum([one.historic_value for one in ours])),
            _money(_sum([one.formula_value for one in ours])),
            _money(_sum([one.expected_value for one in ours])),
        )
        for tier, ours in sorted(members.items())
    )
    headings = ("Tier", "Customers", "Paid", "By formula", "Expected")
    known = [at for at in range(len(headings)) if any(row[at] != UNKNOWN for row in rows)]
    rule = found.tier_rule
    return Block(
        rule[0].upper() + rule[1:],
        tuple(headings[at] for at in known),
        tuple(tuple(row[at] for at in known) for row in rows),
    )


def _models(models: tuple[Model, ...]) -> Block:
    rows = tuple(
        (
            one.name if not at else "",
            part.name,
            f"{part.value:,.4g}",
            f"{part.error:,.2g}",
            f"{part.low:,.4g} to {part.high:,.4g}",
            f"{one.log_likelihood:,.2f}" if not at else "",
            count(one.n) if not at else "",
        )
        for one in models
        for at, part in enumerate(one.parameters)
    )
    headings = ("Model", "", "Value", "Error", "95 % interval", "Log-likelihood", "Customers")
    missing = (f"no {one.name}: {why_not(one)}" for one in models if one.reason)
    warnings = (f"{one.name}: {warning}" for one in models for warning in one.warnings)
    return Block("Models", headings, rows, (*missing, *warnings), 2)


def _formulas(found: Lifetimes) -> Block:
    """Give the formulas, a column for all customers and for each group."""
    columns = [("Formula", *(get(name).title for name in _LINES))]
    columns[0] += tuple(one.name.replace("-", " ") for one in found.formulas[0].readings[1:])
    columns += [_formula(one, found) for one in found.formulas]
    rows = [row for row in zip(*columns, strict=True) if set(row[1:]) != {UNKNOWN}]
    reasons = [m.reason for name in _LINES if (m := found.formulas[0].figures[name]).reason]
    said = dict.fromkeys(reason_text(one) for one in reasons if one)
    if found.formulas[0].figures["customer_lifespan"].value is None:
        said["lifespan_years in retention.toml gives formula values without it"] = None
    recent = f"{found.recent.start} to {found.recent.last_day}"
    return Block(f"By formula, over {recent}", rows[0], tuple(rows[1:]), tuple(said))


def _formula(one: Formula, found: Lifetimes) -> tuple[str, ...]:
    whole = one is found.formulas[0]
    name = "all" if whole else f"no {found.by}" if one.value is None else one.value
    cells = [
        UNKNOWN if (value := one.figures[line].value) is None else text(value, get(line).unit)
        for line in _LINES
    ]
    readings = [_money(reading.measure.value) for reading in one.readings[1:]]
    return (f"{name} ({count(one.customers)})", *cells, *readings)


def _inputs(one: Formula) -> Block:
    rows = tuple((i.name.replace("_", " "), i.value, i.source, i.because) for i in one.inputs)
    return Block("Where the inputs come from", ("Input", "Value", "Source", "By"), rows, words=4)


def _silence(found: Lifetimes) -> Block:
    rows = tuple(
        (f"{one.since} to {one.until}", count(one.n), f"{one.mean:.2f}", bar(one.mean, _BAR))
        for one in found.silence
    )
    title_ = "P(alive)" if found.basis != "dates" else "Share under contract"
    return Block(
        f"{title_} by weeks of silence, of those who bought on two days or more",
        ("Weeks silent", "Customers", "P(alive)", ""),
        rows,
        bars=frozenset({3}),
    )


def why_not(one: Model) -> str:
    """Say why a model was not fitted."""
    return reason_text(one.reason) if one.reason else ""


def _sum(values: list[Amount | None]) -> Amount | None:
    there = [Fraction(value) for value in values if value is not None]
    return sum(there, Fraction(0)) if there else None


def _money(value: Number | None) -> str:
    return UNKNOWN if value is None else text(value, Unit.MONEY)


def _decimal(value: float | None) -> str:
    return UNKNOWN if value is None else f"{value:,.2f}"
