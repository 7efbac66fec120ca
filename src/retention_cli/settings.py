"""What `retention.toml` and the options say about reading and computing."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, Self
from zoneinfo import ZoneInfo, available_timezones

from pydantic import (
    BaseModel,
    BeforeValidator,
    Field,
    PlainValidator,
    StrictBool,
    ValidationError,
    field_validator,
    model_validator,
)

from retention_cli.errors import BadConfigError, DataRefusedError, RetentionError, nearest
from retention_cli.text.aliases import followed, read_pairs
from retention_cli.text.toml_source import (
    SECONDS,
    Count,
    Key,
    Text,
    TomlSource,
    currency_code,
    explained,
    number,
    quantity,
    read,
    refuse,
    shown,
)
from retention_cli.values.rates import Rate

if TYPE_CHECKING:
    from collections.abc import Callable, Container

FILE_NAME = "retention.toml"

_WINDOW = re.compile(r"([1-9][0-9]{0,3}) *(month|year|day)s?")
_TAX = re.compile(r"included ([0-9]{1,2}(?:\.[0-9]{1,4})?) ?%")
_HOURS = re.compile(r"([0-9]{1,2}):([0-5][0-9]) *- *([0-9]{1,2}):([0-5][0-9])")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_RATE = re.compile(r"[0-9]{1,12}(?:\.[0-9]{1,4})?")
_PLAIN = re.compile(r"[0-9]{1,12}(?:\.[0-9]{1,12})?")
_RATES = "write [rates.USD] and below it 2025-06-30 = 0.9231: what 1 USD is in report_currency"
_FIRST_YEARS = range(1900, 2001)
_PLACES = range(1, 10_000)
_CHARACTER = re.compile(r"(?s:.)")
_DECIMALS = 4
_SIGNS = ("negate", "negative")
_BASES = ({"multiply"}, {"subtract"}, {"from"}, {"from", "unit"}, {"debit", "credit"})
_SAME = 'write "C-0042" = "C42", or same_customer = "merged.csv" above the first [table]'
_RECIPES = (
    'write multiply = ["A", "B"], subtract = ["A", "B"], from = "A" with unit, round, once_per,'
    ' negative or negate, or debit = "A", credit = "B"'
)


_OPTIONS = ("date_order", "decimal", "currency", "time_zone")
"""Keys that are options too."""


@dataclass(frozen=True, slots=True)
class Window:
    """How long a purchase keeps a customer active: whole months, or else days."""

    months: int = 0
    days: int = 0

    def __str__(self) -> str:
        count, word = (self.months, "month") if self.months else (self.days, "day")
        return f"{count} {word}" if count == 1 else f"{count} {word}s"


DRIVERS = ("ticket", "contact", "order", "line")
"""What is counted in tickets and invoices; other drivers are counted in the cost export."""
SPREAD_BY = ("revenue", "tickets", "hours", "equally")
_DRIVEN_BY = ("category", "priority")


@dataclass(frozen=True, slots=True)
class Driver:
    """What one of a thing costs: `rates` are those by a word of a column, the first that fits."""

    default: Decimal | None
    rates: tuple[tuple[str, str, Decimal], ...] = ()


@dataclass(frozen=True, slots=True, order=True)
class Opening:
    """From when to when a day is open, in minutes after midnight."""

    opens: int
    closes: int


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a column is made of others: a product, a difference, or one header in another unit.

    `round` is the number of decimals that are kept; `once_per` the header of an id on whose rows
    a total is repeated. `charged` are the headers of what is charged and of what is credited.
    `negative` names headers and those of their words that turn the sign of a row; None where nobody
    said. `negate` turns the sign of every row, or says that all signs are right.
    Presets may also take the first of several cells that is filled, or join texts, and count
    what is blank as nothing to subtract. `less` is taken off whatever the rest gives. A day has
    `parts`: a year, a month and a day, each a header or a number.
    """

    multiply: tuple[str, ...] = ()
    subtract: tuple[str, ...] = ()
    from_: str | None = None
    unit: str | None = None
    first: tuple[str, ...] = ()
    join: tuple[str, ...] = ()
    blank_is_zero: bool = False
    each: tuple[str, ...] = ()
    """Several columns of scores, each an answer of its own."""
    parts: tuple[tuple[str, str | int], ...] = ()
    round: int | None = None
    once_per: str | None = None
    charged: tuple[str, ...] = ()
    less: tuple[str, ...] = ()
    negative: dict[str, tuple[str, ...]] | None = None
    negate: bool | None = None

    @property
    def as_it_stands(self) -> bool:
        """Whether it says of one header that its cells are the amounts, and nothing else is."""
        return self == Recipe(from_=self.from_)


def _match(pattern: re.Pattern[str], value: object, what: str, hint: str) -> re.Match[str]:
    found = pattern.fullmatch(value) if isinstance(value, str) else None
    if not found:
        raise refuse(f"{shown(value)} is not {what}", f"write {hint}")
    return found


def _window(value: object) -> Window:
    if isinstance(value, Window):
        return value
    found = _match(_WINDOW, value, "a window", '"12 months", "1 year" or "90 days"')
    count = int(found[1])
    if found[2] == "day":
        return Window(days=count)
    return Window(months=count * 12 if found[2] == "year" else count)


def _time_zone(value: object) -> str:
    try:
        if isinstance(value, str):
            return ZoneInfo(value).key
    except (KeyError, ValueError, OSError):
        pass  # what ZoneInfo raises for an unknown name, a path, and a folder of zones
    raise refuse(f"{shown(value)} is not a time zone", _zone_hint(str(value)))


def _zone_hint(written: str) -> str:
    zones = sorted(available_timezones())
    spellings = {zone.casefold(): zone for zone in zones}
    # "Berlin" is far from "Europe/Berlin" by letters; whole regions stand before old aliases.
    spellings |= {z.rpartition("/")[2].casefold(): z for z in zones if z.count("/") == 1}
    guess = nearest(written.strip().replace(" ", "_"), spellings)
    return f'did you mean "{spellings[guess]}"?' if guess else 'write one as "Europe/Berlin"'


def _seconds(value: object) -> int:
    found = quantity(value) if isinstance(value, str) else None
    length = found[0] * SECONDS.get(found[1], 0) if found else Fraction(0)
    if length <= 0 or length.denominator != 1:
        raise refuse(f"{shown(value)} is not a length of time", 'write "4h", "30 min" or "2 days"')
    return int(length)


def _tax(value: object) -> Fraction:
    if value == "none":
        return Fraction(0)
    return Fraction(_match(_TAX, value, "a tax", '"none" or "included 19%"')[1]) / 100


def _discount(value: object) -> Fraction:
    found = quantity(value) if isinstance(value, str) else None
    share = found[0] / 100 if found and found[1] == "%" else number(value, 'write "10%" or 0.10')
    if 0 <= share < 1:
        return share
    raise refuse(f"{shown(value)} is not a rate from 0 to below 1", 'write "10%" or 0.10')


def _rate(value: object, what: str = "a rate") -> Decimal:
    return Decimal(_match(_RATE, value, what, 'it as text: "48.50"')[0])


def _hourly(value: object) -> Decimal:
    return _rate(value, "an hourly rate")


def _driver(value: object) -> Driver:
    if not isinstance(value, dict):
        return Driver(_rate(value))
    hint = 'write default = "10.00", category = { "Complaint" = "35.00" }'
    if not value or not value.keys() <= {"default", *_DRIVEN_BY}:
        raise refuse("neither a rate nor rates by category or priority", hint)
    tables = {name: value.get(name, {}) for name in _DRIVEN_BY}
    if not all(isinstance(one, dict) for one in tables.values()):
        raise refuse("rates by category or priority are not a table", hint)
    rates = [
        (name, word, _rate(rate)) for name, told in tables.items() for word, rate in told.items()
    ]
    default = value.get("default")
    return Driver(None if default is None else _rate(default), tuple(rates))


def _drivers(value: object) -> object:
    for name, told in value.items() if isinstance(value, dict) else ():
        guess = name.casefold().removesuffix("s")
        if name not in DRIVERS and guess in DRIVERS:
            raise refuse(f"'{name}' is not a driver", f"did you mean '{guess}'?")
        if name not in {"ticket", "contact"} and isinstance(told, dict):
            raise refuse(f"'{name}' takes one rate", f'write {name} = "10.00"')
    return value


def _spread(value: object) -> dict[str | None, str]:
    given: dict[str | None, object] = value if isinstance(value, dict) else {None: value}
    for key in given.values():
        if key not in SPREAD_BY:
            raise refuse(f"{shown(key)} is not a key", f"write one of {', '.join(SPREAD_BY)}")
    return {pool: str(key) for pool, key in given.items()}


def _money(value: object) -> Fraction:
    return Fraction(_rate(value, "an amount"))


def _encoding(value: object) -> str:
    try:
        if isinstance(value, str):
            "a".encode(value)
            return value
    except (LookupError, ValueError):
        pass
    raise refuse(f"{shown(value)} is not an encoding", 'write "utf-8" or "cp1252"')


def _delimiter(value: object) -> str:
    return _match(_CHARACTER, value, "a single character", r'";", "," or "\t"')[0]


def _first_year(value: object) -> int:
    if isinstance(value, int) and value in _FIRST_YEARS:
        return value
    raise refuse(
        f"{shown(value)} is not the first of a hundred years",
        "write two_digit_years = 1950 where 49 is 2049 and 50 is 1950",
    )


def _order(value: object) -> int:
    if isinstance(value, int) and not isinstance(value, bool) and value in _PLACES:
        return value
    raise refuse(f"{shown(value)} is not a place in an order", "write order = 2 for the later file")


def _some(value: object) -> object:
    return [value] if isinstance(value, str) else value


def _tables(value: object) -> object:
    return [value] if isinstance(value, dict) else value


def _same_customer(value: object) -> dict[str, str] | Path:
    if isinstance(value, str) and value.strip():
        return Path(value)
    if isinstance(value, Path):
        return value
    pairs: dict[Any, Any] = value if isinstance(value, dict) else {"": ""}
    if not all(isinstance(id_, str) and id_.strip() for pair in pairs.items() for id_ in pair):
        raise refuse("neither old ids with their new ones nor the name of a CSV file", _SAME)
    return _followed({old.strip(): new.strip() for old, new in pairs.items()})


def _followed(pairs: dict[str, str]) -> dict[str, str]:
    try:
        return followed(pairs)
    except ValueError as error:
        raise refuse(str(error), "name one of them on the right only") from None


def _ignored(value: object) -> bool:
    if isinstance(value, bool) or value == {}:
        return value is not False
    raise refuse(f"{shown(value)} is not true or false", "write ignore = true, or [export.ignore]")


def _column(value: object) -> str | Recipe:
    if isinstance(value, str) and value.strip():
        return value
    if isinstance(value, list) and len(value) > 1 and all(isinstance(one, str) for one in value):
        return Recipe(each=tuple(dict.fromkeys(value)))
    given = dict(value) if isinstance(value, dict) else {}
    if {"year", "month", "day"} & set(given):
        return _day_of_parts(given)
    shaping = {**_shaping(given), **_signs(given)}
    if set(given) not in _BASES:
        raise refuse("neither the header of a column nor a recipe", _RECIPES)
    for name, part in given.items():
        many = name in {"multiply", "subtract"}
        texts = part if many and isinstance(part, list) else [part]
        if not all(isinstance(text, str) and text for text in texts) or (len(texts) > 1) != many:
            raise refuse(f"'{name}' takes {'two headers or more' if many else 'one text'}")
    charged = (given["debit"], given["credit"]) if "debit" in given else ()
    multiply, subtract = tuple(given.get("multiply", ())), tuple(given.get("subtract", ()))
    made = Recipe(multiply, subtract, given.get("from"), given.get("unit"), charged=charged)
    return replace(made, **shaping)


def _shaping(given: dict[str, Any]) -> dict[str, Any]:
    """Take out of a recipe what is done to the amounts that the rest of it gives."""
    found = {key: given.pop(key) for key in _SHAPING if key in given}
    for key, value in found.items():
        fits, takes = _SHAPING[key]
        if not fits(value):
            raise refuse(f"'{key}' takes {takes}")
    return found


_SHAPING: dict[str, tuple[Callable[[object], bool], str]] = {
    "round": (lambda value: type(value) is int and 0 <= value <= _DECIMALS, "0 to 4 decimals"),
    "once_per": (lambda value: isinstance(value, str) and bool(value), "the header of an id"),
    "blank_is_zero": (lambda value: isinstance(value, bool), "true or false"),
}


def _signs(given: dict[str, Any]) -> dict[str, Any]:
    """Take out of a recipe what it says of signs."""
    signs: dict[str, Any] = {key: given.pop(key) for key in _SIGNS if key in given}
    if not isinstance(signs.get("negate", True), bool):
        raise refuse("'negate' takes true or false")
    if "negative" in signs:
        signs["negative"] = _negative(signs["negative"])
    return signs


def _negative(value: object) -> dict[str, tuple[str, ...]]:
    given = value if isinstance(value, dict) else {"": None}
    words: dict[str, tuple[str, ...]] = {}
    for header, told in given.items():
        some: list[Any] = told if isinstance(told, list) else [told]
        if not header or not all(isinstance(word, str) and word for word in some):
            raise refuse("'negative' takes headers and words of theirs", '{ "S/H" = ["H"] }')
        words[header] = tuple(some)
    return words


def _day_of_parts(given: dict[str, object]) -> Recipe:
    hint = 'write { year = "Year", month = "Month", day = 1 }, with headers or numbers'
    if set(given) != {"year", "month", "day"} or not isinstance(given["year"], str):
        raise refuse("a day is made of a column for its year, a month and a day", hint)
    parts: list[tuple[str, str | int]] = []
    for name, most in (("year", 0), ("month", 12), ("day", 31)):
        part = given[name]
        is_header = isinstance(part, str) and part.strip()
        is_number = type(part) is int and 1 <= part <= most
        if not is_header and not is_number:
            raise refuse(f"'{name}' is neither a header nor such a number", hint)
        parts.append((name, part if isinstance(part, str | int) else ""))
    return Recipe(parts=tuple(parts))


def _openings(value: object) -> tuple[Opening, ...]:
    parts = value if isinstance(value, list | tuple) else [value]
    openings = sorted(_opening(part) for part in parts)
    if any(later.opens < earlier.closes for earlier, later in pairwise(openings)):
        raise refuse("the hours overlap")
    return tuple(openings)


def _opening(value: object) -> Opening:
    found = _match(_HOURS, value, "a span of hours", '"09:00-17:00"')
    opens, closes = int(found[1]) * 60 + int(found[2]), int(found[3]) * 60 + int(found[4])
    if not opens < closes <= 24 * 60:
        raise refuse(f"{shown(value)} does not end after its start, on the same day")
    return Opening(opens, closes)


def _day(value: object) -> date:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    try:
        if isinstance(value, str) and _DATE.fullmatch(value):
            return date.fromisoformat(value)
    except ValueError:
        pass
    raise refuse(f"{shown(value)} is not a day", 'write "2025-12-25"')


def _rates(value: object) -> tuple[Rate, ...]:
    """Read rates by currency and day, or one table each with date, from, to, rate and source."""
    if isinstance(value, tuple):
        return value
    if isinstance(value, list):
        return tuple(_rate_of(one) for one in value)
    given = dict(value) if isinstance(value, dict) else {}
    source = given.pop("source", None)
    if not given or not all(isinstance(one, dict) for one in given.values()):
        raise refuse("rates belong to a currency and its days", _RATES)
    return tuple(
        Rate(_day(day), currency_code(code), None, _exchange(rate), days.get("source", source))
        for code, days in given.items()
        for day, rate in days.items()
        if day != "source"
    )


def _rate_of(value: object) -> Rate:
    given = dict(value) if isinstance(value, dict) else {}
    if not {"date", "from", "to", "rate"} <= {*given} <= {"date", "from", "to", "rate", "source"}:
        raise refuse("a rate has a date, from, to, rate and source", _RATES)
    of, to = currency_code(given["from"]), currency_code(given["to"])
    return Rate(_day(given["date"]), of, to, _exchange(given["rate"]), given.get("source"))


def _exchange(value: object) -> Fraction:
    written = Decimal(value) if isinstance(value, str) and _PLAIN.fullmatch(value) else value
    found = number(written, "write 0.9231")
    if found <= 0:
        raise refuse(f"{shown(value)} is not a rate", "write 0.9231")
    return found


Hours = Annotated[tuple[Opening, ...], PlainValidator(_openings)]


class _Table(BaseModel):
    model_config = {"frozen": True, "extra": "forbid"}


@dataclass(frozen=True, slots=True)
class Mapped:
    """What `--map` says: the header of a column, in the files that have it; of one kind, or of any."""

    kind: str | None
    column: str
    header: str

    def __str__(self) -> str:
        return f"--map {f'{self.kind}.' if self.kind else ''}{self.column}={self.header}"


class BusinessHours(_Table):
    """When the desk is open, from a day on: a weekday left out is closed, and so is a holiday."""

    from_: Annotated[date, PlainValidator(_day)] | None = Field(default=None, alias="from")
    monday: Hours = ()
    tuesday: Hours = ()
    wednesday: Hours = ()
    thursday: Hours = ()
    friday: Hours = ()
    saturday: Hours = ()
    sunday: Hours = ()
    holidays: tuple[Annotated[date, PlainValidator(_day)], ...] = ()

    @property
    def week(self) -> tuple[tuple[Opening, ...], ...]:
        """The openings of each weekday, Monday first."""
        days = (self.monday, self.tuesday, self.wednesday, self.thursday)
        return (*days, self.friday, self.saturday, self.sunday)

    @model_validator(mode="after")
    def _opens_at_all(self) -> Self:
        if not any(self.week):
            raise refuse("no weekday is open", 'write monday = "09:00-17:00"')
        return self


class Tiers(_Table):
    """Where tier A and tier B end: by the share of all value before a customer, by value or by rank.

    By value, `a` and `b` are the least of a tier; by quantile, shares of the customers, the best first.
    """

    by: Literal["share", "value", "quantile"] = "share"
    a: Annotated[Fraction, PlainValidator(number)] = Fraction(80, 100)
    b: Annotated[Fraction, PlainValidator(number)] = Fraction(95, 100)

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.by == "value":
            if not {"a", "b"} <= self.model_fields_set:
                raise refuse(
                    "'a' and 'b' are missing", 'by = "value" needs the least value of each'
                )
            if self.a <= self.b:
                raise refuse(
                    "tier A does not begin above tier B", "write a larger a, or a smaller b"
                )
        elif not 0 < self.a < self.b <= 1:
            raise refuse("a and b are not shares in order", "write a = 0.8 and b = 0.95")
        return self


class ExportRule(_Table):
    """How the files of one name or pattern are read, or that they are not."""

    file: Text
    kind: Text = ""
    sheet: Text | None = None
    ignore: Annotated[bool, PlainValidator(_ignored)] = False
    encoding: Annotated[str, PlainValidator(_encoding)] | None = None
    delimiter: Annotated[str, PlainValidator(_delimiter)] | None = None
    preset: Text | None = None
    order: Annotated[int, PlainValidator(_order)] | None = None
    two_digit_years: Annotated[int, PlainValidator(_first_year)] | None = None
    fill_down: StrictBool | None = None
    date_cells: Literal["swapped", "right"] | None = None
    columns: dict[str, Annotated[str | Recipe, PlainValidator(_column)]] = Field(default={})
    values: dict[str, dict[str, str]] = Field(default={})
    constants: dict[str, Text] = Field(default={})

    @model_validator(mode="after")
    def _has_a_kind(self) -> Self:
        if not self.kind and not self.ignore:
            raise refuse("'kind' is missing")
        return self


class Settings(_Table):
    """All of `retention.toml`; what it leaves out has its default."""

    time_zone: Annotated[str, PlainValidator(_time_zone)] | None = None
    currency: Annotated[str, PlainValidator(currency_code)] | None = None
    date_order: Literal["dmy", "mdy", "ymd"] | None = None
    decimal: Literal[",", "."] | None = None
    duplicates: Literal["keep", "drop"] = "keep"
    ids_as_written: StrictBool = False
    negative_costs: Literal["costs", "credits"] = "costs"
    ended_without_day: Literal["undefined", "leave-out"] = "undefined"
    activity_window: Annotated[Window, PlainValidator(_window)] = Window(months=12)
    lifespan_years: Annotated[Fraction, PlainValidator(number), Field(gt=0)] | None = None
    discount_rate: Annotated[Fraction, PlainValidator(_discount)] | None = None
    contract_term: Annotated[Window, PlainValidator(_window)] = Window(months=1)
    tiers: Tiers = Tiers()
    response_target: Annotated[int, PlainValidator(_seconds)] | None = None
    renewal_grace: Annotated[int, Field(ge=0, le=3660)] = 0
    not_first_level: Annotated[tuple[Text, ...], BeforeValidator(_some)] = ()
    csat_top: Annotated[tuple[Count, ...], Field(min_length=1)] | None = None
    tax: Annotated[Fraction, PlainValidator(_tax)] | None = None
    voluntary: Annotated[tuple[Text, ...], BeforeValidator(_some)] = ()
    min_n: Count = 10
    lost_on: Literal["recorded", "notice", "paid"] = "recorded"
    new_after: Annotated[Window, PlainValidator(_window)] | None = None
    report_currency: Annotated[str, PlainValidator(currency_code)] | None = None
    rates: Annotated[tuple[Rate, ...], PlainValidator(_rates)] = ()
    rate_max_age: Annotated[int, Field(ge=0, le=3660)] = 7
    benchmarks: Path | None = None
    business_hours: Annotated[tuple[BusinessHours, ...], BeforeValidator(_tables)] = ()
    """One after the other; the first may have no day from which it holds."""
    same_customer: Annotated[dict[str, str], PlainValidator(_same_customer)] = Field(default={})
    people: dict[str, Annotated[Decimal, PlainValidator(_hourly)]] = Field(default={})
    cost_drivers: Annotated[
        dict[str, Annotated[Driver, PlainValidator(_driver)]], BeforeValidator(_drivers)
    ] = Field(default={})
    spread: Annotated[dict[str | None, str], PlainValidator(_spread)] = Field(default={})
    acquisition_cost: Annotated[Fraction, PlainValidator(_money)] | None = None
    signals: dict[str, Any] = Field(default={})
    export: tuple[ExportRule, ...] = ()
    ignore: Annotated[tuple[Text, ...], BeforeValidator(_some)] = ()
    _source: TomlSource | None = None

    @field_validator("business_hours")
    @classmethod
    def _one_at_a_time(cls, hours: tuple[BusinessHours, ...]) -> tuple[BusinessHours, ...]:
        hours = tuple(sorted(hours, key=lambda one: one.from_ or date.min))
        if any(later.from_ in {None, earlier.from_} for earlier, later in pairwise(hours)):
            raise refuse("two schedules hold from the same day", "write from = 2025-07-01 in one")
        return hours

    @classmethod
    def load(cls, path: Path) -> Settings:
        """Read a settings file. A relative `benchmarks` is taken from beside it.

        Errors: BadConfigError with the line of the first mistake.
        """
        source = read(path)
        try:
            found = cls.model_validate(source.values, context=source)
        except ValidationError as error:
            raise source.refusal(error, _known) from None
        beside: dict[str, Any] = {"benchmarks": found.benchmarks and path.parent / found.benchmarks}
        if isinstance(found.same_customer, Path):
            table = path.parent / found.same_customer
            try:
                beside["same_customer"] = followed(read_pairs(table))
            except ValueError as error:
                raise BadConfigError(str(table), "", str(error)) from None
        return found.model_copy(update=beside)

    def model_post_init(self, context: Any, /) -> None:
        """Remember the file, so that mistakes found later can still be told with their line."""
        self._source = context

    @property
    def cost_rates(self) -> dict[str, Decimal]:
        """What one of what the cost export counts costs: an hour of a person or role, a visit."""
        counted = {name: one.default for name, one in self.cost_drivers.items()}
        return {
            **{name: rate for name, rate in counted.items() if rate and name not in DRIVERS},
            **self.people,
        }

    @property
    def read(self) -> tuple[ExportRule, ...]:
        """The rules of the files that are read."""
        return tuple(rule for rule in self.export if not rule.ignore)

    @property
    def ignored(self) -> tuple[str, ...]:
        """The files that are left out, or patterns of them."""
        whole = (rule.file for rule in self.export if rule.ignore and rule.sheet is None)
        return (*self.ignore, *whole)

    @property
    def path(self) -> Path | None:
        """The file that all this comes from."""
        return Path(self._source.path) if self._source else None

    @property
    def told(self) -> dict[str, Any]:
        """What was said, as it was written; an option stands in the place of its key."""
        told = dict(self._source.values) if self._source else {}
        options = {name: getattr(self, name) for name in _OPTIONS}
        return told | {name: value for name, value in options.items() if value is not None}

    def with_options(self, **given: object) -> Settings:
        """Overlay what was said on the command line; an option that was not given is None.

        Errors: RetentionError that names the option.
        """
        chosen = {name: value for name, value in given.items() if value is not None}
        try:
            checked = Settings.model_validate(chosen)
        except ValidationError as error:
            found = error.errors(include_url=False)[0]
            option = str(found["loc"][0]).replace("time_zone", "tz")
            why, hint = explained(found)
            raise RetentionError(f"--{option.replace('_', '-')}: {why}", hint) from None
        return self.model_copy(update={name: getattr(checked, name) for name in chosen})

    def blamed(self, error: RetentionError, rules: Container[ExportRule]) -> RetentionError:
        """Give an error with the line of the rule that it is about, where it quotes one."""
        source = self._source
        if source is None or isinstance(error, BadConfigError | DataRefusedError):
            return error
        spoken = [("export", at) for at, rule in enumerate(self.export) if rule in rules]
        where = source.key_in(error.message, *spoken)
        return source.fault(where, error.message, error.hint) if where else error

    def fault(self, where: Key, why: str, hint: str | None = None) -> BadConfigError:
        """Make the error about a key whose value only a later step can judge."""
        return (self._source or TomlSource(FILE_NAME, {}, {})).fault(where, why, hint)


def find_settings(folder: Path) -> Path | None:
    """Find the `retention.toml` of a folder: its own, or the nearest one above."""
    above = folder.resolve()
    files = (place / FILE_NAME for place in (above, *above.parents))
    return next((file for file in files if file.is_file()), None)


def _known(where: Key) -> list[str]:
    tables: dict[object, type[BaseModel]] = {
        "export": ExportRule,
        "business_hours": BusinessHours,
        "tiers": Tiers,
    }
    fields = (tables[where[0]] if len(where) > 1 else Settings).model_fields
    return [field.alias or name for name, field in fields.items()]
