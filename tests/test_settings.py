from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from importlib.metadata import version
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from retention_cli.errors import BadConfigError, RetentionError
from retention_cli.settings import (
    BusinessHours,
    Driver,
    ExportRule,
    Opening,
    Recipe,
    Settings,
    Tiers,
    Window,
    find_settings,
)
from retention_cli.values.rates import Rate

ALL = """\
ignore = ["staff.csv"]
time_zone = "Europe/Berlin"
currency = "EUR"
date_order = "dmy"
decimal = ","
ids_as_written = true
duplicates = "drop"
overlaps = "join"
negative_costs = "credits"
ended_without_day = "leave-out"
activity_window = "6 months"
lifespan_years = 5
discount_rate = "8%"
contract_term = "1 year"
response_target = "4h"
renewal_grace = 14
working_day = "8h"
not_first_level = ["Hardware"]
csat_top = [4, 5]
tax = "included 19%"
voluntary = "price"
min_n = 5
lost_on = "notice"
new_after = "18 months"
report_currency = "EUR"
rate_max_age = 3
benchmarks = "own/benchmarks.toml"
acquisition_cost = "250.00"

[business_hours]
monday = "09:00-17:00"
friday = ["13:00-15:00", "09:00-12:00"]
holidays = ["2025-12-25", 2025-12-26]

[signals]
late_days = 10

[rates]
source = "ECB"
[rates.USD]
2025-06-30 = 0.9231

[people]
"Support" = "48.50"

[same_customer]
"C-0042" = "C42"

[tiers]
by = "value"
a = 1000
b = 250.5

[spread]
"Rent" = "equally"

[cost_drivers]
visit = "180.00"
ticket = { default = "10.00", category = { "Complaint" = "35.00" } }

[[export]]
file = "orders-*.csv"
kind = "invoices"
sheet = "Sheet1"
encoding = "cp1252"
delimiter = ";"
preset = "stripe-invoices"
order = 2
two_digit_years = 1950
fill_down = true
[export.columns]
invoice_date = "Belegdatum"
amount = { multiply = ["Menge", "Einzelpreis"] }
cost = { subtract = ["Umsatz", "Gewinn"] }
first_response_duration = { from = "FRT", unit = "minutes" }
[export.values.status]
"storniert" = "void"
[export.constants]
currency = "EUR"

[[export]]
file = "answers.csv"
kind = "surveys"
"""


@pytest.fixture
def load(tmp_path):
    def from_text(content):
        path = tmp_path / "retention.toml"
        path.write_text(content, encoding="utf-8")
        return Settings.load(path)

    return from_text


@pytest.fixture
def refusal(load, tmp_path):
    def of(content):
        with pytest.raises(BadConfigError) as caught:
            load(content)
        return caught.value.message.removeprefix(f"{tmp_path}/retention.toml"), caught.value.hint

    return of


def test_settings_without_a_file_need_no_validation():
    """A run without a file takes them as they are, and the models are not built for it."""
    assert Settings.model_construct() == Settings()
    assert Settings().with_options(decimal=None, currency=None) == Settings()


def test_every_key_is_read(load, tmp_path):
    found = load(ALL)
    orders = ExportRule(
        file="orders-*.csv",
        kind="invoices",
        sheet="Sheet1",
        encoding="cp1252",
        delimiter=";",
        preset="stripe-invoices",
        order=2,
        two_digit_years=1950,
        fill_down=True,
        columns={
            "invoice_date": "Belegdatum",
            "amount": {"multiply": ["Menge", "Einzelpreis"]},
            "cost": {"subtract": ["Umsatz", "Gewinn"]},
            "first_response_duration": {"from": "FRT", "unit": "minutes"},
        },
        values={"status": {"storniert": "void"}},
        constants={"currency": "EUR"},
    )
    assert dict(found) == {
        "time_zone": "Europe/Berlin",
        "currency": "EUR",
        "date_order": "dmy",
        "decimal": ",",
        "duplicates": "drop",
        "overlaps": "join",
        "ids_as_written": True,
        "negative_costs": "credits",
        "ended_without_day": "leave-out",
        "activity_window": Window(months=6),
        "lifespan_years": Fraction(5),
        "discount_rate": Fraction(8, 100),
        "contract_term": Window(months=12),
        "tiers": Tiers(by="value", a=1000, b=Fraction(501, 2)),
        "response_target": 14_400,
        "renewal_grace": 14,
        "working_day": 28_800,
        "not_first_level": ("Hardware",),
        "csat_top": (4, 5),
        "tax": Fraction(19, 100),
        "voluntary": ("price",),
        "signals": {"late_days": 10},
        "min_n": 5,
        "lost_on": "notice",
        "new_after": Window(months=18),
        "report_currency": "EUR",
        "rate_max_age": 3,
        "rates": (Rate(date(2025, 6, 30), "USD", None, Fraction(9231, 10_000), "ECB"),),
        "benchmarks": tmp_path / "own/benchmarks.toml",
        "business_hours": found.business_hours,
        "same_customer": {"C-0042": "C42"},
        "people": {"Support": Decimal("48.50")},
        "cost_drivers": {
            "visit": Driver(Decimal(180)),
            "ticket": Driver(Decimal(10), (("category", "Complaint", Decimal(35)),)),
        },
        "spread": {"Rent": "equally"},
        "acquisition_cost": Fraction(250),
        "export": (orders, ExportRule(file="answers.csv", kind="surveys")),
        "ignore": ("staff.csv",),
    }
    assert found.path == tmp_path / "retention.toml"


def test_tables_of_one_file_and_kind_are_one_and_the_later_value_counts(load):
    first = '[export.columns]\namount = "A"\ncost = "B"\n[export.values.status]\n"x" = "void"\n'
    later = '[export.columns]\namount = "C"\n[export.values.status]\n"y" = "draft"\n'
    (rule,) = load(f"{EXPORT}order = 2\n{first}{EXPORT}{later}").read
    assert rule.columns == {"amount": "C", "cost": "B"}
    assert (rule.values, rule.order) == ({"status": {"x": "void", "y": "draft"}}, 2)
    assert len(load(EXPORT + EXPORT.replace("invoices", "customers")).read) == 2


def test_an_export_keeps_how_it_is_read_as_written(load):
    rule = load(ALL).export[0]
    assert (rule.encoding, rule.delimiter, rule.sheet) == ("cp1252", ";", "Sheet1")


def test_a_recipe_is_a_product_a_difference_or_another_unit(load):
    columns = load(ALL).export[0].columns
    assert columns == {
        "invoice_date": "Belegdatum",
        "amount": Recipe(multiply=("Menge", "Einzelpreis")),
        "cost": Recipe(subtract=("Umsatz", "Gewinn")),
        "first_response_duration": Recipe(from_="FRT", unit="minutes"),
    }


@pytest.mark.parametrize(
    ("written", "recipe"),
    [
        ('{ from = "B" }', Recipe(from_="B")),
        ('{ from = "B", negate = true }', Recipe(from_="B", negate=True)),
        ('{ from = "B", negate = false }', Recipe(from_="B", negate=False)),
        ('{ from = "B", negative = {} }', Recipe(from_="B", negative={})),
        ('{ debit = "S", credit = "H" }', Recipe(charged=("S", "H"))),
        (
            '{ from = "B", unit = "cents", negative = { "S/H" = ["H"], Art = "G" } }',
            Recipe(from_="B", unit="cents", negative={"S/H": ("H",), "Art": ("G",)}),
        ),
        (
            '{ multiply = ["A", "B"], negative = { Art = "G" } }',
            Recipe(multiply=("A", "B"), negative={"Art": ("G",)}),
        ),
    ],
)
def test_a_recipe_may_say_which_amounts_are_negative(load, written, recipe):
    content = f'[[export]]\nfile = "a.csv"\nkind = "invoices"\n[export.columns]\namount = {written}'
    found = load(content).export[0].columns["amount"]
    assert found == recipe
    assert found.as_it_stands is (written == '{ from = "B" }')


def test_hours_are_minutes_after_midnight_in_order_with_closed_days_empty(load):
    (hours,) = load(ALL).business_hours
    nine_to_five = (Opening(540, 1020),)
    assert hours.week == (nine_to_five, (), (), (), (Opening(540, 720), Opening(780, 900)), (), ())
    assert hours.holidays == (date(2025, 12, 25), date(2025, 12, 26))


DAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]


def test_a_week_begins_on_monday():
    week = BusinessHours(**{day: f"0{at}:00-24:00" for at, day in enumerate(DAYS)}).week
    assert week == tuple((Opening(at * 60, 1440),) for at in range(7))


def test_an_empty_file_gives_the_defaults(load):
    found = load("")
    assert dict(found) == dict(Settings())
    assert found.duplicates == "keep"
    assert found.activity_window == Window(months=12)
    assert found.tax is None
    assert (found.people, found.export) == ({}, ())


def test_settings_made_without_a_file_have_no_path():
    assert Settings().path is None


def test_settings_cannot_be_changed():
    with pytest.raises(ValidationError):
        Settings().currency = "EUR"


WINDOWS = {
    "12 months": (Window(months=12), "12 months"),
    "1 month": (Window(months=1), "1 month"),
    "1 year": (Window(months=12), "12 months"),
    "2 years": (Window(months=24), "24 months"),
    "90days": (Window(days=90), "90 days"),
    "1 day": (Window(days=1), "1 day"),
}


@pytest.mark.parametrize(("written", "expected"), WINDOWS.items(), ids=WINDOWS)
def test_a_window_is_whole_months_or_days(load, written, expected):
    found = load(f'activity_window = "{written}"').activity_window
    assert (found, str(found)) == expected


def test_a_window_made_in_code_is_taken_as_it_is():
    assert Settings(activity_window=Window(days=5)).activity_window == Window(0, 5)
    assert Window(months=6) == Window(6, 0)


TIMES = {"4h": 14_400, "30 min": 1_800, "90 s": 90, "1 s": 1, "2 days": 172_800, "1.5 hours": 5_400}


@pytest.mark.parametrize(("written", "seconds"), TIMES.items(), ids=TIMES)
def test_a_response_target_is_in_seconds(load, written, seconds):
    assert load(f'response_target = "{written}"').response_target == seconds


TAXES = {"none": 0, "included 19%": Fraction(19, 100), "included 8.1 %": Fraction(81, 1000)}


@pytest.mark.parametrize(("written", "rate"), TAXES.items(), ids=TAXES)
def test_tax_is_an_exact_rate(load, written, rate):
    assert load(f'tax = "{written}"').tax == rate


def test_a_lifespan_is_exact(load):
    assert load("lifespan_years = 0.1").lifespan_years == Fraction(1, 10)


@pytest.mark.parametrize("written", ["0.1", '"10%"', '"10 %"'])
def test_a_discount_rate_is_a_share_or_a_percentage(load, written):
    assert load(f"discount_rate = {written}").discount_rate == Fraction(1, 10)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("discount_rate = 10", "10 is not a rate from 0 to below 1"),
        ('discount_rate = "10"', "is not a number"),
        ('[tiers]\nby = "value"', "'a' and 'b' are missing"),
        ('[tiers]\nby = "value"\na = 5\nb = 5', "tier A does not begin above tier B"),
        ("[tiers]\na = 0.9\nb = 0.8", "a and b are not shares in order"),
        ('[tiers]\nby = "rank"', "'share', 'value' or 'quantile'"),
    ],
)
def test_a_rate_or_tiers_that_cannot_be_say_why(refusal, content, said):
    assert said in refusal(content)[0]


def test_one_score_may_be_the_top(load):
    assert load("csat_top = [5]").csat_top == (5,)


def test_an_absolute_path_of_benchmarks_stays(load, tmp_path):
    assert load(f"benchmarks = '{tmp_path}/b.toml'").benchmarks == tmp_path / "b.toml"


EXPORT = '[[export]]\nfile = "a.csv"\nkind = "invoices"\n'
HOURS = "[business_hours]\n"
NO_WINDOW = 'write "12 months", "1 year" or "90 days"'
NO_TIME = 'write "4h", "30 min" or "2 days"'
NO_RATE = 'write it as text: "48.50"'
NO_TAX = 'write "none" or "included 19%"'
NO_RECIPE = (
    'write multiply = ["A", "B"], subtract = ["A", "B"], from = "A" with unit, round, once_per,'
    ' last, less, negative or negate, or debit = "A", credit = "B"'
)
KNOWN = f"known: {', '.join(sorted(dict(Settings())))}"
NEWER = f"; retention is {version('retention-cli')} here: is the file for a newer one?"
MISTAKES = {
    "an unknown key": ('\ncurency = "EUR"', ":2: unknown key 'curency'", "did you mean 'currency'?"),
    "an unknown key of an export": (EXPORT + EXPORT + "encodin = 1", ":7: export: unknown key 'encodin'", "did you mean 'encoding'?"),
    "an unknown weekday": (HOURS + "mondy = 1", ":2: business_hours: unknown key 'mondy'", "did you mean 'monday'?"),
    "the path of the file itself": ("path = 'a'", ":1: unknown key 'path'", KNOWN + NEWER),
    "a key below the tables": (EXPORT + 'tax = "none"', ":4: export: unknown key 'tax'", "write 'tax' above the first [table]"),
    "a number for a currency": ("currency = 5", ":1: currency: 5 is not a currency code", 'write three capitals: "EUR"'),
    "a city for a zone": ('time_zone = "Berlin"', ':1: time_zone: "Berlin" is not a time zone', 'did you mean "Europe/Berlin"?'),
    "a slip in a zone": ('time_zone = "Europe/Berln"', ':1: time_zone: "Europe/Berln" is not a time zone', 'did you mean "Europe/Berlin"?'),
    "a city of two words": ('time_zone = "New York"', ':1: time_zone: "New York" is not a time zone', 'did you mean "America/New_York"?'),
    "a short city": ('time_zone = "Rome"', ':1: time_zone: "Rome" is not a time zone', 'did you mean "Europe/Rome"?'),
    "a path for a zone": ('time_zone = "../x"', ':1: time_zone: "../x" is not a time zone', 'write one as "Europe/Berlin"'),
    "a number for a zone": ("time_zone = 1", ":1: time_zone: 1 is not a time zone", 'write one as "Europe/Berlin"'),
    "a wrong order": ('date_order = "dmyy"', ":1: date_order: \"dmyy\" is not 'dmy', 'mdy' or 'ymd'", "did you mean 'dmy'?"),
    "a wrong decimal mark": ('decimal = ";"', ":1: decimal: \";\" is not ',' or '.'", None),
    "a wrong word for duplicates": ('duplicates = "kep"', ":1: duplicates: \"kep\" is not 'keep' or 'drop'", "did you mean 'keep'?"),
    "a window of nothing": ('activity_window = "0 months"', ':1: activity_window: "0 months" is not a window', NO_WINDOW),
    "a window without a unit": ("activity_window = 12", ":1: activity_window: 12 is not a window", NO_WINDOW),
    "a window of halves": ('activity_window = "1.5 years"', ':1: activity_window: "1.5 years" is not a window', NO_WINDOW),
    "text for a lifespan": ('lifespan_years = "5"', ':1: lifespan_years: "5" is not a number', "write 5 without quotes"),
    "no lifespan": ("lifespan_years = 0", ":1: lifespan_years: 0 is not above 0", None),
    "a target without a unit": ("response_target = 4", ":1: response_target: 4 is not a length of time", NO_TIME),
    "a target of parts of a second": ('response_target = "0.5 s"', ':1: response_target: "0.5 s" is not a length of time', NO_TIME),
    "a target of no time": ('response_target = "0 h"', ':1: response_target: "0 h" is not a length of time', NO_TIME),
    "a target in another unit": ('response_target = "4 EUR"', ':1: response_target: "4 EUR" is not a length of time', NO_TIME),
    "text among scores": ('csat_top = [4, "5"]', ':1: csat_top: "5" is not a whole number', "write 5 without quotes"),
    "no scores": ("csat_top = []", ":1: csat_top: the list is empty", None),
    "a tax not said to be included": ('tax = "19%"', ':1: tax: "19%" is not a tax', NO_TAX),
    "a number for a file": ("benchmarks = 3", ":1: benchmarks: 3 is not the name of a file", None),
    "two schedules from one day": ('[[business_hours]]\nmonday = "09:00-17:00"\n[[business_hours]]\nfriday = "09:00-17:00"', ":1: business_hours: two schedules hold from the same day", "write from = 2025-07-01 in one"),
    "an unknown weekday of the second": ('[[business_hours]]\nmonday = "09:00-17:00"\n[[business_hours]]\nfrom = 2025-07-01\nfridy = "09:00-17:00"', ":5: business_hours: unknown key 'fridy'", "did you mean 'friday'?"),
    "no weekday open": (HOURS + "holidays = []", ":1: business_hours: no weekday is open", 'write monday = "09:00-17:00"'),
    "hours without minutes": (HOURS + 'monday = "9-17"', ':2: business_hours.monday: "9-17" is not a span of hours', 'write "09:00-17:00"'),
    "hours over midnight": (HOURS + 'monday = "22:00-06:00"', ':2: business_hours.monday: "22:00-06:00" does not end after its start, on the same day', None),
    "hours of no length": (HOURS + 'monday = "09:00-09:00"', ':2: business_hours.monday: "09:00-09:00" does not end after its start, on the same day', None),
    "hours past midnight": (HOURS + 'monday = "09:00-24:01"', ':2: business_hours.monday: "09:00-24:01" does not end after its start, on the same day', None),
    "hours that overlap": (HOURS + 'monday = ["11:59-13:00", "09:00-12:00"]', ":2: business_hours.monday: the hours overlap", None),
    "a holiday that does not exist": (HOURS + 'sunday = "09:00-10:00"\nholidays = ["2025-02-30"]', ':3: business_hours.holidays: "2025-02-30" is not a day', 'write "2025-12-25"'),
    "a holiday in another form": (HOURS + 'sunday = "09:00-10:00"\nholidays = ["20251225"]', ':3: business_hours.holidays: "20251225" is not a day', 'write "2025-12-25"'),
    "a holiday with a time": (HOURS + 'sunday = "09:00-10:00"\nholidays = [2025-12-25T00:00:00]', ":3: business_hours.holidays: 2025-12-25 00:00:00 is not a day", 'write "2025-12-25"'),
    "a rate with a comma": ('[people]\nAda = "48,50"', ':2: people.Ada: "48,50" is not an hourly rate', NO_RATE),
    "a negative rate": ('[people]\nAda = "-1"', ':2: people.Ada: "-1" is not an hourly rate', NO_RATE),
    "a driver in the plural": ('[cost_drivers]\ntickets = "2"', ":1: cost_drivers: 'tickets' is not a driver", "did you mean 'ticket'?"),
    "rates of orders by category": ('[cost_drivers]\norder = { default = "2" }', ":1: cost_drivers: 'order' takes one rate", 'write order = "10.00"'),
    "rates by another column": ('[cost_drivers]\nticket = { agent = { Ada = "2" } }', ":2: cost_drivers.ticket: neither a rate nor rates by category or priority", 'write default = "10.00", category = { "Complaint" = "35.00" }'),
    "a key of no kind": ('spread = "turnover"', ':1: spread: "turnover" is not a key', "write one of revenue, tickets, hours, equally"),
    "one export in single brackets": ('[export]\nfile = "a"', ":1: export: a table is not a list", "write [[export]]"),
    "an export without a kind": ('[[export]]\nfile = "a"', ":1: export: 'kind' is missing", None),
    "an export of no file": ('[[export]]\nkind = "a"\nfile = ""', ":3: export.file: the text is empty", None),
    "an encoding that no one has": (EXPORT + 'encoding = "cp9999"', ':4: export.encoding: "cp9999" is not an encoding', 'write "utf-8" or "cp1252"'),
    "an encoding that is not one of text": (EXPORT + 'encoding = "rot13"', ':4: export.encoding: "rot13" is not an encoding', 'write "utf-8" or "cp1252"'),
    "a number for an encoding": (EXPORT + "encoding = 8", ":4: export.encoding: 8 is not an encoding", 'write "utf-8" or "cp1252"'),
    "a hundred years in the past": (EXPORT + "two_digit_years = 1850", ":4: export.two_digit_years: 1850 is not the first of a hundred years", "write two_digit_years = 1950 where 49 is 2049 and 50 is 1950"),
    "no place": (EXPORT + "order = 0", ":4: export.order: 0 is not a place in an order", "write order = 2 for the later file"),
    "a place in words": (EXPORT + 'order = "last"', ':4: export.order: "last" is not a place in an order', "write order = 2 for the later file"),
    "a century": (EXPORT + 'two_digit_years = "20"', ':4: export.two_digit_years: "20" is not the first of a hundred years', "write two_digit_years = 1950 where 49 is 2049 and 50 is 1950"),
    "a long delimiter": (EXPORT + 'delimiter = ";;"', ':4: export.delimiter: ";;" is not a single character', r'write ";", "," or "\t"'),
    "a number for a header": (EXPORT + "[export.columns]\na = 5", ":5: export.columns.a: neither the header of a column nor a recipe", NO_RECIPE),
    "a blank header": (EXPORT + "[export.columns]\na = ' '", ":5: export.columns.a: neither the header of a column nor a recipe", NO_RECIPE),
    "a recipe of two": (EXPORT + '[export.columns]\na = { subtract = ["b", "c"], unit = "d" }', ":5: export.columns.a: neither the header of a column nor a recipe", NO_RECIPE),
    "a unit of nothing": (EXPORT + '[export.columns]\na = { unit = "b" }', ":5: export.columns.a: neither the header of a column nor a recipe", NO_RECIPE),
    "a debit alone": (EXPORT + '[export.columns]\na = { debit = "b", negate = true }', ":5: export.columns.a: neither the header of a column nor a recipe", NO_RECIPE),
    "a word for negate": (EXPORT + '[export.columns]\na = { from = "b", negate = "yes" }', ":5: export.columns.a: 'negate' takes true or false", None),
    "a word without its header": (EXPORT + '[export.columns]\na = { from = "b", negative = ["H"] }', ":5: export.columns.a: 'negative' takes headers and words of theirs", '{ "S/H" = ["H"] }'),
    "a number for a word of a header": (EXPORT + '[export.columns]\na = { from = "b", negative = { "S/H" = [1] } }', ":5: export.columns.a: 'negative' takes headers and words of theirs", '{ "S/H" = ["H"] }'),
    "a product of one": (EXPORT + '[export.columns]\na = { multiply = ["b"] }', ":5: export.columns.a: 'multiply' takes two headers or more", None),
    "a difference of a number": (EXPORT + '[export.columns]\na = { subtract = ["b", 1] }', ":5: export.columns.a: 'subtract' takes two headers or more", None),
    "more decimals than amounts have": (EXPORT + '[export.columns]\na = { from = "b", round = 5 }', ":5: export.columns.a: 'round' takes 0 to 4 decimals", None),
    "a yes for decimals": (EXPORT + '[export.columns]\na = { from = "b", round = true }', ":5: export.columns.a: 'round' takes 0 to 4 decimals", None),
    "a total of two ids": (EXPORT + '[export.columns]\na = { from = "b", once_per = ["c", "d"] }', ":5: export.columns.a: 'once_per' takes the header of an id", None),
    "a unit of two": (EXPORT + '[export.columns]\na = { from = "b", unit = ["c", "d"] }', ":5: export.columns.a: 'unit' takes one text", None),
    "a header in a list": (EXPORT + '[export.columns]\na = { from = ["b"], unit = "c" }', ":5: export.columns.a: 'from' takes one text", None),
    "a product of a number": (EXPORT + "[export.columns]\na = { multiply = 5 }", ":5: export.columns.a: 'multiply' takes two headers or more", None),
    "a unit that is a number": (EXPORT + '[export.columns]\na = { from = "b", unit = 60 }', ":5: export.columns.a: 'unit' takes one text", None),
    "a number for a word": (EXPORT + "[export.values.status]\nx = true", ":5: export.values.status.x: true is not text", 'write "true"'),
    "a number for a constant": (EXPORT + "[export.constants]\nx = 5", ":5: export.constants.x: 5 is not text", 'write "5"'),
}  # fmt: skip


@pytest.mark.parametrize(("content", "message", "hint"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_is_told_with_line_key_value_and_what_to_write(refusal, content, message, hint):
    assert refusal(content) == (message, hint)


def test_options_lie_over_the_file_and_what_was_not_given_leaves_it(load):
    found = load(ALL)
    over = found.with_options(currency="USD", decimal=None, benchmarks=Path("b.toml"))
    assert dict(over) == dict(found) | {"currency": "USD", "benchmarks": Path("b.toml")}
    assert over.path == found.path
    assert found.currency == "EUR"


def test_options_are_read_as_the_file_is():
    over = Settings().with_options(activity_window="90 days", time_zone="Asia/Tokyo")
    assert (over.activity_window, over.time_zone) == (Window(days=90), "Asia/Tokyo")


WRONG = {
    "an order": ({"date_order": "dmyy"}, "--date-order: \"dmyy\" is not 'dmy', 'mdy' or 'ymd'", "did you mean 'dmy'?"),
    "a zone": ({"time_zone": "Berlin"}, '--tz: "Berlin" is not a time zone', 'did you mean "Europe/Berlin"?'),
}  # fmt: skip


@pytest.mark.parametrize(("given", "message", "hint"), WRONG.values(), ids=WRONG)
def test_a_wrong_option_is_told_by_its_name_on_the_command_line(given, message, hint):
    with pytest.raises(RetentionError) as caught:
        Settings().with_options(**given)
    assert (caught.value.message, caught.value.hint) == (message, hint)


def test_what_only_a_later_step_can_judge_is_told_with_its_line(load, tmp_path):
    found = load(ALL).with_options(currency="USD")
    line = ALL.splitlines().index('kind = "surveys"') + 1
    error = found.fault(("export", 1, "kind"), "unknown kind 'surveys'", "write nps")
    assert error.message == f"{tmp_path}/retention.toml:{line}: export.kind: unknown kind 'surveys'"
    assert error.hint == "write nps"
    assert Settings().fault(("tax",), "why").message == "retention.toml: tax: why"


def test_settings_are_found_in_the_folder_or_the_nearest_one_above(tmp_path):
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    (inner / "retention.toml").mkdir()
    (tmp_path / "retention.toml").touch()
    assert find_settings(inner) == tmp_path / "retention.toml"
    (tmp_path / "a" / "retention.toml").touch()
    assert find_settings(inner) == tmp_path / "a" / "retention.toml"


def test_where_there_are_no_settings_none_are_found(tmp_path, monkeypatch):
    monkeypatch.setattr("retention_cli.settings.settings.FILE_NAME", "no-one-has-this.toml")
    assert find_settings(tmp_path) is None


MINUTES = st.integers(0, 24 * 60)


def clock(minutes):
    return f"{minutes // 60:02}:{minutes % 60:02}"


@settings(max_examples=50, deadline=None)
@given(spans=st.lists(st.tuples(MINUTES, MINUTES), min_size=1, max_size=4))
def test_hours_are_taken_if_no_minute_is_open_twice(spans):
    written = [f"{clock(opens)}-{clock(closes)}" for opens, closes in spans]
    minutes = [minute for opens, closes in spans for minute in range(opens, closes)]
    good = all(opens < closes for opens, closes in spans) and len(set(minutes)) == len(minutes)
    if not good:
        with pytest.raises(ValidationError):
            BusinessHours(monday=written)
        return
    taken = BusinessHours(monday=written).monday
    assert [(span.opens, span.closes) for span in taken] == sorted(spans)
