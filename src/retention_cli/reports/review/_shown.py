"""Reviews as people read them: each part a heading, columns and rows."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from retention_cli.reports.words.numbers import count, interval_text, text
from retention_cli.text.wording import many
from retention_cli.values.measures import Unit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from retention_cli.results.review import Fit, Grade, Health, Review
    from retention_cli.values.correlation import Correlation

UNKNOWN = "-"
_MOST_ACCOUNTS = 20


@dataclass(frozen=True, slots=True)
class Part:
    """A heading, columns with their rows, and lines below them."""

    heading: str
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    lines: tuple[str, ...] = ()


def title(found: Review) -> str:
    """Name the page."""
    return f"Review as of {found.as_of}: {count(found.customers)} customers"


def parts(found: Review, *, every: bool) -> Iterator[Part]:
    """Give the parts that have something to say; `every` asks for all accounts."""
    yield _known(found)
    yield _fits(found)
    yield from filter(
        _says, (_together(found), _quartiles(found), _served(found), _importance(found))
    )
    yield from filter(
        _says, (_card(found), _health(found, every=every), Part("Overdue", lines=found.overdue))
    )


def _says(part: Part) -> bool:
    return bool(part.rows or part.lines)


def _known(found: Review) -> Part:
    rows = tuple(
        (one.title, count(one.n), text(one.missing, Unit.RATIO), *_spread(one))
        for one in found.fits
    )
    columns = ("Measure", "Known", "Missing", "10th", "Median", "90th of 100")
    absent = (f"not in the exports: {', '.join(found.absent)}",) if found.absent else ()
    return Part("Measures of the last twelve months, by account", columns, rows, absent)


def _fits(found: Review) -> Part:
    rows = tuple(
        (
            one.title,
            UNKNOWN if one.movement is None else text(Fraction(one.movement), Unit.RATIO),
            _rho(one.reliability),
            _rho(one.kept),
            _ends(one.kept),
            "customers" if one.seen else "we",
        )
        for one in found.fits
    )
    columns = ("Measure", "Moves", "Repeats", "With staying", "95 %", "Seen by")
    doubts = dict.fromkeys(doubt for one in found.fits for doubt in one.doubts)
    lines = [
        f"{doubt}: {', '.join(one.title for one in found.fits if doubt in one.doubts)}"
        for doubt in doubts
    ]
    lines += [
        f"{one} and {other} tell the same: {rho:.2f} (above 0.9)"
        for one, other, rho in found.doubles
    ]
    lines.append(
        "moves: highest month less lowest, by their mean; repeats: how far odd and even months agree;"
        " with staying: the measure of twelve months goes together with who is a customer afterwards"
        " (-1 to 1), which is not proof of cause"
    )
    return Part("How far each fits", columns, rows, tuple(lines))


def _together(found: Review) -> Part:
    rows = tuple(
        (
            one.voice,
            one.service,
            one.per,
            count(one.found.n),
            _why(one.found) or _rho(one.found),
            _ends(one.found),
        )
        for one in found.together
    )
    lines = (
        "a negative one: slower, or more often, goes together with lower scores; that is not proof of cause",
    )
    columns = ("Voice", "Service", "Per", "n", "Goes together", "95 %")
    return Part("Voice and service", columns, rows, lines if rows else ())


def _quartiles(found: Review) -> Part:
    rows = tuple(
        (
            f"{one.number}",
            f"{_seconds(one.low)} to {_seconds(one.high)}",
            count(one.n),
            text(Fraction(one.satisfied, one.n), Unit.RATIO),
            interval_text(one.interval, Unit.RATIO),
        )
        for one in found.quartiles
    )
    columns = ("Quarter", "First response", "Answers", "Satisfied", "95 %")
    return Part("Satisfied by quarter of the first response", columns, rows)


def _served(found: Review) -> Part:
    rows = tuple(
        (
            one.by,
            one.name,
            count(one.n),
            text(Fraction(one.satisfied, one.n), Unit.RATIO),
            interval_text(one.interval, Unit.RATIO),
            "too few" if one.too_few else text(one.shrunk, Unit.RATIO),
        )
        for one in found.served
    )
    columns = ("By", "Name", "Answers", "Satisfied", "95 %", "Drawn to the mean")
    line = (
        f"drawn to the mean: as if {found.min_n} more answers had been as those of all; fewer than"
        f" {found.min_n} answers are not judged (min_n)"
    )
    return Part("Satisfied by agent and manager", columns, rows, (line,) if rows else ())


def _importance(found: Review) -> Part:
    rows = tuple(
        (
            one.question,
            count(one.n),
            text(Fraction(one.mean), Unit.RATIO),
            one.measure or "no measure of that name",
            UNKNOWN if one.value is None or one.unit is None else _value(one.value, one.unit),
        )
        for one in found.importance
    )
    columns = ("Question", "Answers", "Matters", "How we do", "Value")
    return Part("What customers say matters, and how we do", columns, rows)


def _value(value: float, unit: Unit) -> str:
    return f"{value:,.1f}" if unit is Unit.COUNT else text(Fraction(value), unit)


def _card(found: Review) -> Part:
    card, told = found.card, []
    if card.weights:
        told.append(
            "counts: " + ", ".join(f"{name} {_weight(weight)}" for name, weight in card.weights)
        )
    if card.left_out:
        told.append(f"not of one account, and in no health: {', '.join(card.left_out)}")
    named = {
        "owner": card.owner,
        "reason": card.reason,
        "review": card.review_on,
        "told to": card.told_to,
    }
    told += [f"{name}: {value}" for name, value in named.items() if value is not None]
    role = f" of {card.role}" if card.role else ""
    return Part(f"Scorecard{role}", lines=tuple(told))


def _health(found: Review, *, every: bool) -> Part:
    most = len(found.health) if every else _MOST_ACCOUNTS
    rows = tuple(
        (_name(one), one.owner or "", _points(one.value), make_up(one))
        for one in found.health[:most]
    )
    more = len(found.health) - len(rows)
    lines = [f"and {count(more)} more: --verbose, --format json"] if more > 0 else []
    if rows:
        lines.append(
            "good counts 100, average 60, poor 40; the mean is by weight, of the figures that are known"
        )
    return Part(
        f"Health of {many(len(found.health), 'account')}, the worst first",
        ("Account", "Owner", "Health", "Made up of"),
        rows,
        tuple(lines),
    )


def make_up(one: Health) -> str:
    """Say what a health is made of."""
    known = ", ".join(
        f"{grade.kpi} {grade.grade} ({value_of(grade)}, n {grade.n})" for grade in one.grades
    )
    return f"{known}; not known: {', '.join(one.unknown)}" if one.unknown else known


def value_of(grade: Grade) -> str:
    """Write the value of a graded figure."""
    unit = {
        "nps": Unit.POINTS,
        "first_response_time": Unit.SECONDS,
        "resolution_time": Unit.SECONDS,
    }
    return text(Fraction(grade.value), unit.get(grade.kpi, Unit.RATIO))


def _name(one: Health) -> str:
    return f"{one.customer_name} ({one.customer_id})" if one.customer_name else one.customer_id


def _points(value: Fraction) -> str:
    return f"{float(value):.1f}".removesuffix(".0")


def _weight(value: Fraction) -> str:
    return f"{float(value):g}"


def _spread(one: Fit) -> tuple[str, ...]:
    if one.spread is None:
        return (UNKNOWN,) * 3
    if one.unit is Unit.COUNT:
        return tuple(f"{value:,.1f}".removesuffix(".0") for value in one.spread)
    if one.unit is Unit.MONEY:
        return tuple(text(round(value), Unit.MONEY) for value in one.spread)
    return tuple(text(Fraction(value), one.unit) for value in one.spread)


def _ends(found: Correlation) -> str:
    return "" if found.interval is None else "{:.2f} to {:.2f}".format(*found.interval)


def _seconds(value: float) -> str:
    return text(Fraction(round(value)), Unit.SECONDS)


def _rho(found: Correlation) -> str:
    return UNKNOWN if found.rho is None else f"{found.rho:.2f}"


def _why(found: Correlation) -> str:
    return found.reason.message if found.reason else ""
