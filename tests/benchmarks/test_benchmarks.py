from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from retention_cli.benchmarks.benchmark_file import load
from retention_cli.benchmarks.benchmarks import (
    Benchmark,
    KpiFacts,
    Role,
    Source,
    choose,
)
from retention_cli.benchmarks.verdicts import Verdict, expired, gap, judge
from retention_cli.errors import BadConfigError, RetentionError, UnknownNameError
from retention_cli.values.measures import Better, Unit

FACTS = {
    "retention_rate": KpiFacts(Unit.RATIO, Better.HIGHER),
    "churn_rate": KpiFacts(Unit.RATIO, Better.LOWER),
    "monthly_churn_rate": KpiFacts(Unit.RATIO, Better.LOWER),
    "gross_revenue_retention": KpiFacts(Unit.RATIO, Better.HIGHER),
    "net_revenue_retention": KpiFacts(Unit.RATIO, Better.HIGHER, highest=None),
    "account_margin": KpiFacts(Unit.RATIO, Better.HIGHER, lowest=None),
    "gross_margin": KpiFacts(Unit.RATIO, Better.HIGHER, lowest=None),
    "first_contact_resolution": KpiFacts(Unit.RATIO, Better.HIGHER),
    "csat": KpiFacts(Unit.RATIO, Better.HIGHER),
    "nps": KpiFacts(Unit.POINTS, Better.HIGHER),
    "first_response_time": KpiFacts(Unit.SECONDS, Better.LOWER),
    "customer_lifespan": KpiFacts(Unit.YEARS, Better.HIGHER),
    "purchase_frequency": KpiFacts(Unit.PER_YEAR, Better.HIGHER),
    "customers_lost": KpiFacts(Unit.COUNT, Better.LOWER),
    "clv": KpiFacts(Unit.MONEY, Better.HIGHER),
    "account_profit": KpiFacts(Unit.MONEY, Better.HIGHER, lowest=None),
}
ALL = """
[[benchmark]]
kpi = "retention_rate"
target = "92%"
warn = 0.88
period = "year"
role = "reference"
segment = { manager = "Ada" }
currency = "EUR"
min_n = 30
weight = 2
owner = "Head of accounts"
reason = "Board plan 2025"
source = { name = "Board", year = 2023, url = "https://example.org/plan?a=1#b" }
reviewed_on = 2025-01-15
expires_on = 2026-01-15
"""
SHIPPED = Path(str(files("retention_cli") / "data" / "benchmarks.toml"))


@pytest.fixture
def loaded(tmp_path):
    def from_text(content):
        path = tmp_path / "benchmarks.toml"
        path.write_text(content, encoding="utf-8")
        return load(path, FACTS)

    return from_text


@pytest.fixture
def refusal(loaded, tmp_path):
    def of(content):
        with pytest.raises(RetentionError) as caught:
            loaded(content)
        return caught.value.message.removeprefix(f"{tmp_path}/benchmarks.toml"), caught.value.hint

    return of


def entry(kpi="retention_rate", target="0.9", *more):
    return "\n".join(["[[benchmark]]", f'kpi = "{kpi}"', f"target = {target}", *more, ""])


def test_every_key_is_read(loaded):
    assert loaded(ALL) == (
        Benchmark(
            kpi="retention_rate",
            target=Fraction(92, 100),
            warn=Fraction(88, 100),
            period="year",
            role=Role.REFERENCE,
            segment=("manager", "Ada"),
            currency="EUR",
            min_n=30,
            weight=Fraction(2),
            owner="Head of accounts",
            reason="Board plan 2025",
            source=Source(name="Board", year=2023, url="https://example.org/plan?a=1#b"),
            reviewed_on=date(2025, 1, 15),
            expires_on=date(2026, 1, 15),
        ),
    )


def test_a_source_keeps_its_link_as_written(loaded):
    assert loaded(ALL)[0].source.url == "https://example.org/plan?a=1#b"


def test_two_keys_are_enough(loaded):
    (one,) = loaded(entry())
    assert (one.period, one.role, one.weight) == ("any", Role.TARGET, 1)
    assert (one.warn, one.segment, one.currency, one.min_n, one.source) == (None,) * 5


def test_an_empty_file_has_no_benchmarks(loaded):
    assert loaded("# nothing yet\n") == ()


def test_a_benchmark_cannot_be_changed():
    with pytest.raises(ValidationError):
        Benchmark(kpi="csat", target=Fraction(1)).target = Fraction(0)


@pytest.mark.parametrize("name", [one.kpi for one in load(SHIPPED, FACTS)])
def test_a_shipped_benchmark_is_a_reference_with_a_source_and_no_target(name):
    for one in load(SHIPPED, FACTS):
        if one.kpi == name:
            assert one.role is Role.REFERENCE
            assert one.source is not None
            assert one.owner is None


EXACT = {
    "a ratio": ("retention_rate", "0.92", Fraction(23, 25)),
    "a ratio in percent": ("retention_rate", '"92.5 %"', Fraction(37, 40)),
    "the lowest ratio": ("retention_rate", "0", 0),
    "the highest ratio": ("retention_rate", "1", 1),
    "a ratio above one": ("net_revenue_retention", "1.04", Fraction(26, 25)),
    "ten times": ("net_revenue_retention", "10", 10),
    "a thousand percent and more": ("net_revenue_retention", '"1040%"', Fraction(52, 5)),
    "a negative ratio": ("account_margin", "-0.05", Fraction(-1, 20)),
    "points": ("nps", "-20", -20),
    "points with their word": ("nps", '"30 points"', 30),
    "all points": ("nps", "100", 100),
    "seconds": ("first_response_time", "90", 90),
    "hours": ("first_response_time", '"4h"', 14_400),
    "minutes": ("first_response_time", '"12 min"', 720),
    "seconds with their letter": ("first_response_time", '"90 s"', 90),
    "days": ("first_response_time", '"2 days"', 172_800),
    "years": ("customer_lifespan", "2.5", Fraction(5, 2)),
    "years with their word": ("customer_lifespan", '"5 years"', 5),
    "a year": ("customer_lifespan", '"1 year"', 1),
    "months": ("customer_lifespan", '"18 months"', Fraction(3, 2)),
    "a frequency": ("purchase_frequency", '"12 per year"', 12),
    "a count": ("customers_lost", "20", 20),
    "money": ("clv", "1500.5", 15_005_000),
    "money with its currency": ("clv", '"1500.00 EUR"', 15_000_000),
    "a loss": ("account_profit", '"-0.01 EUR"', -100),
}


@pytest.mark.parametrize(("kpi", "written", "exact"), EXACT.values(), ids=EXACT)
def test_a_target_is_exact_in_the_unit_of_its_kpi(loaded, kpi, written, exact):
    (one,) = loaded(entry(kpi, written))
    assert one.target == exact
    assert isinstance(one.target, Fraction)


CURRENCIES = {
    "of the target": (['target = "5 EUR"', "warn = 4"], "EUR"),
    "of both": (['target = "5 EUR"', 'warn = "4 EUR"', 'currency = "EUR"'], "EUR"),
    "of warn alone": (["target = 5", 'warn = "4 CHF"'], "CHF"),
    "none": (["target = 5"], None),
}


@pytest.mark.parametrize(("lines", "currency"), CURRENCIES.values(), ids=CURRENCIES)
def test_the_currency_of_a_target_is_that_of_the_benchmark(loaded, lines, currency):
    (one,) = loaded("\n".join(["[[benchmark]]", 'kpi = "clv"', *lines]))
    assert one.currency == currency


RATIO = 'write 0.92 or "92%"'
SEGMENT = 'write { manager = "Ada" }'
NO_RATIO = 'write 0.92 or "92%"'
NEWER = f"; retention is {version('retention-cli')} here: is the file for a newer one?"
MISTAKES = {
    "a percentage without its sign": (entry(target="90"), ":3: target 90 is outside 0 to 1", 'write 0.90 or "90%"'),
    "with a decimal": (entry(target="92.5"), ":3: target 92.5 is outside 0 to 1", 'write 0.925 or "92.5%"'),
    "as warn": (entry("retention_rate", "0.9", "warn = 85"), ":4: warn 85 is outside 0 to 1", 'write 0.85 or "85%"'),
    "just above one": (entry(target="1.0001"), ":3: target 1.0001 is outside 0 to 1", 'write 0.010001 or "1.0001%"'),
    "more than a hundred percent": (entry(target='"150%"'), ':3: target "150%" is outside 0 to 1', None),
    "more than a hundred": (entry(target="150"), ":3: target 150 is outside 0 to 1", RATIO),
    "below nothing": (entry(target="-0.1"), ":3: target -0.1 is outside 0 to 1", RATIO),
    "a percentage where more is possible": (entry("net_revenue_retention", "104"), ":3: target 104 would be 10400%", 'write 1.04 or "104%"'),
    "more than ten times": (entry("net_revenue_retention", "10.5"), ":3: target 10.5 would be 1050%", 'write 0.105 or "10.5%"'),
    "a negative percentage": (entry("account_margin", "-15"), ":3: target -15 would be -1500%", 'write -0.15 or "-15%"'),
    "below nothing where more is possible": (entry("net_revenue_retention", "-1"), ":3: target -1 is below 0", RATIO),
    "a margin above one": (entry("account_margin", "2"), ":3: target 2 is above 1", 'write 0.02 or "2%"'),
    "too many points": (entry("nps", "101"), ":3: target 101 is outside -100 to 100", None),
    "too few points": (entry("nps", '"-101 points"'), ':3: target "-101 points" is outside -100 to 100', None),
    "negative time": (entry("first_response_time", '"-4h"'), ':3: target "-4h" is below 0', None),
    "negative money": (entry("clv", "-1"), ":3: target -1 is below 0", None),
    "a number in quotes": (entry(target='"0.9"'), ':3: benchmark.target: "0.9" is text, not a number', "write 0.9 without quotes"),
    "truth": (entry(target="true"), ":3: benchmark.target: true is not a number", NO_RATIO),
    "nan": (entry(target="nan"), ":3: benchmark.target: nan is not a number", NO_RATIO),
    "inf": (entry(target="-inf"), ":3: benchmark.target: -inf is not a number", NO_RATIO),
    "a list": (entry(target="[1]"), ":3: benchmark.target: a list is not a number", NO_RATIO),
    "hours for a ratio": (entry(target='"4h"'), ':3: benchmark.target: "4h" is not in the unit of the KPI, ratio', RATIO),
    "money for a ratio": (entry(target='"4 EUR"'), ':3: benchmark.target: "4 EUR" is not in the unit of the KPI, ratio', RATIO),
    "a comma": (entry(target='"92,5%"'), ':3: benchmark.target: "92,5%" is not in the unit of the KPI, ratio', RATIO),
    "percent for points": (entry("nps", '"30%"'), ':3: benchmark.target: "30%" is not in the unit of the KPI, points', 'write 30 or "30 points"'),
    "a word for a frequency": (entry("purchase_frequency", '"often"'), ':3: benchmark.target: "often" is not in the unit of the KPI, per year', 'write 12 or "12 per year"'),
    "a word for a count": (entry("customers_lost", '"20 customers"'), ':3: benchmark.target: "20 customers" is not in the unit of the KPI, count', "write 20"),
    "a currency in small letters": (entry("clv", '"5 eur"'), ':3: benchmark.target: "5 eur" is not in the unit of the KPI, money', 'write 1500.00 or "1500.00 EUR"'),
    "two currencies": (entry("clv", '"5 EUR"', 'currency = "USD"'), ":1: benchmark: target is in EUR, but currency in USD", None),
    "a currency of warn": (entry("clv", '"5 EUR"', 'warn = "4 USD"'), ":1: benchmark: warn is in USD, but currency in EUR", None),
    "warn above": (entry("retention_rate", "0.9", "warn = 0.95"), ":4: warn 0.95 is above the target, but higher is better", "near begins at warn: write one below the target"),
    "warn below": (entry("churn_rate", "0.1", 'warn = "5%"'), ':4: warn "5%" is below the target, but lower is better', "near begins at warn: write one above the target"),
    "a KPI that does not exist": ("\n\n" + entry("gross_retenton"), ":4: unknown KPI 'gross_retenton'", "did you mean 'gross_revenue_retention'?"),
    "no KPI": ("[[benchmark]]\ntarget = 1", ":1: benchmark: 'kpi' is missing", None),
    "a number for a KPI": ("[[benchmark]]\nkpi = 5\ntarget = 1", ":2: benchmark.kpi: 5 is not text", 'write "5"'),
    "no target": ('[[benchmark]]\nkpi = "nps"', ":1: benchmark: 'target' is missing", None),
    "a slip in target": ('[[benchmark]]\nkpi = "nps"\ntagret = 3', ":3: benchmark: unknown key 'tagret'", "did you mean 'target'?"),
    "a slip in warn": (entry("nps", "3", "wran = 1"), ":4: benchmark: unknown key 'wran'", "did you mean 'warn'?"),
    "a slip in a source": (entry("nps", "3", 'source = { nam = "x" }'), ":4: benchmark.source: unknown key 'nam'", "did you mean 'name'?"),
    "a key of a benchmark in its source": (entry("nps", "3", 'source = { owner = "x" }'), ":4: benchmark.source: unknown key 'owner'", "known: name, url, year"),
    "another table": ("[[benchmarks]]\n", ":1: unknown key 'benchmarks'", "did you mean 'benchmark'?"),
    "a schema": (entry() + "[schema]\n", ":4: unknown key 'schema'", f"known: benchmark, scorecard{NEWER}"),
    "single brackets": ('[benchmark]\nkpi = "nps"', ":1: benchmark: a table is not a list of tables", "write [[benchmark]]"),
    "a list of numbers": ("benchmark = [1]", ":1: benchmark: 1 is not a table", "write [[benchmark]]"),
    "a period": (entry("nps", "3", 'period = "yearly"'), ":4: benchmark.period: \"yearly\" is not 'month', 'quarter', 'year' or 'any'", "did you mean 'year'?"),
    "a role": (entry("nps", "3", 'role = "refrence"'), ":4: benchmark.role: \"refrence\" is not 'target' or 'reference'", "did you mean 'reference'?"),
    "a segment of two": (entry("nps", "3", 'segment = { a = "x", b = "y" }'), ":4: benchmark.segment: one column and its value belong here", SEGMENT),
    "a segment of none": (entry("nps", "3", "segment = {}"), ":4: benchmark.segment: one column and its value belong here", SEGMENT),
    "a segment of a number": (entry("nps", "3", "segment = { a = 1 }"), ":4: benchmark.segment: one column and its value belong here", SEGMENT),
    "a blank segment": (entry("nps", "3", "segment = { a = '' }"), ":4: benchmark.segment: one column and its value belong here", SEGMENT),
    "a segment in one word": (entry("nps", "3", 'segment = "Ada"'), ":4: benchmark.segment: one column and its value belong here", SEGMENT),
    "no weight": (entry("nps", "3", "weight = 0"), ":4: benchmark.weight: 0 is not above 0", None),
    "n of nothing": (entry("nps", "3", "min_n = 0"), ":4: benchmark.min_n: 0 is not above 0", None),
    "a link that runs code": (entry("nps", "3", 'source = { name = "x", url = "javascript:x" }'), ':4: benchmark.source.url: "javascript:x" is not a web address', 'write "https://…"'),
    "a link with a break": (entry("nps", "3", 'source = { name = "x", url = "java\\tscript" }'), ':4: benchmark.source.url: "java\tscript" is not a web address', 'write "https://…"'),
    "a day in quotes": (entry("nps", "3", 'expires_on = "2026-01-15"'), ':4: benchmark.expires_on: "2026-01-15" is not a day', "write 2026-01-15 without quotes"),
    "the same twice": (entry() + "\n" + entry(), ":5: a second target for retention_rate, period any; the first is in line 1", "keep one of the two"),
    "the same segment twice": (entry("nps", "3", "segment = { a = 'x' }") + entry("nps", "4", "segment = { a = 'x' }"), ":5: a second target for nps, period any, a x; the first is in line 1", "keep one of the two"),
    "the same reference twice": (entry("nps", "3", "role = 'reference'", "period = 'year'") * 2, ":6: a second reference for nps, period year; the first is in line 1", "keep one of the two"),
}  # fmt: skip


@pytest.mark.parametrize(("content", "message", "hint"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_is_told_with_line_key_value_and_what_to_write(refusal, content, message, hint):
    assert refusal(content) == (message, hint)


def test_an_unknown_kpi_and_a_bad_value_are_errors_of_their_own_kind(loaded):
    with pytest.raises(UnknownNameError):
        loaded(entry("retention_rat"))
    with pytest.raises(BadConfigError):
        loaded(entry(target="90"))


FINE = {
    "another period": entry() + entry("retention_rate", "0.9", "period = 'year'"),
    "another segment": entry() + entry("retention_rate", "0.9", "segment = { a = 'x' }"),
    "another value of the segment": entry("nps", "3", "segment = { a = 'x' }") + entry("nps", "3", "segment = { a = 'y' }"),
    "another role": entry() + entry("retention_rate", "0.9", "role = 'reference'"),
    "another KPI": entry() + entry("churn_rate"),
    "warn on the target": entry("nps", "3", "warn = 3") + entry("churn_rate", "0.1", "warn = 0.1"),
    "a link without a scheme": entry("nps", "3", "source = { name = 'a', url = '…' }") + entry(),
    "a link with a port": entry("nps", "3", "source = { name = 'a', url = 'http://a:80/b' }") + entry(),
}  # fmt: skip


@pytest.mark.parametrize("content", FINE.values(), ids=FINE)
def test_what_looks_like_a_mistake_and_is_none_is_taken(loaded, content):
    assert len(loaded(content)) == 2


@settings(max_examples=50, deadline=None)
@given(percent=st.decimals(0, 100, places=4, allow_nan=False))
def test_a_percentage_and_its_ratio_are_the_same_exact_number(percent):
    context = FACTS["retention_rate"]
    top, bottom = (percent * 10_000).to_integral_value(), 1_000_000
    for written in (f"{percent:f}%", f"{percent:f} %", percent / 100):
        one = Benchmark.model_validate({"kpi": "x", "target": written}, context=context)
        assert one.target == Fraction(int(top), bottom)


@settings(max_examples=50, deadline=None)
@given(amount=st.decimals(0, 10**12, places=4, allow_nan=False))
def test_money_is_whole_ten_thousandths(amount):
    for written in (amount, f"{amount:f} EUR"):
        one = Benchmark.model_validate({"kpi": "x", "target": written}, context=FACTS["clv"])
        assert one.target == int(f"{amount:.4f}".replace(".", ""))


def mark(target=0, **more):
    return Benchmark(kpi="nps", target=Fraction(target), **more)


ADA = ("manager", "Ada")
CHOICES = {
    "the only one": ([mark(1)], "year", None, False, 1),
    "none of another KPI": ([Benchmark(kpi="csat", target=Fraction(1))], "year", None, False, None),
    "none at all": ([], "year", None, False, None),
    "the exact length before any": ([mark(1), mark(2, period="year")], "year", None, False, 2),
    "any before another length": ([mark(1, period="month"), mark(2)], "year", None, False, 2),
    "another length rather than none": ([mark(1, period="month")], "year", None, False, 1),
    "a target among other lengths": ([mark(1, period="month", role="reference"), mark(2, period="quarter")], "year", None, False, 2),
    "the segment before all": ([mark(1, period="year"), mark(2, segment=ADA)], "year", ADA, False, 2),
    "the total never by a segment": ([mark(1, segment=ADA)], "year", None, False, None),
    "a segment never by another value": ([mark(1, segment=("manager", "Bob"))], "year", ADA, False, None),
    "a segment never by another column": ([mark(1, segment=("plan", "Ada"))], "year", ADA, False, None),
    "a segment by what holds for all": ([mark(1)], "year", ADA, False, 1),
    "a target before a reference": ([mark(1, role="reference", period="year"), mark(2)], "year", None, False, 2),
    "a target of all before a reference of the segment": ([mark(1, role="reference", segment=ADA), mark(2)], "year", ADA, False, 2),
    "a fitting reference before a target of another length": ([mark(1, period="month"), mark(2, role="reference")], "year", None, False, 2),
    "as exported, any": ([mark(1, period="year"), mark(2)], "year", None, True, 2),
    "a figure of no length, any": ([mark(1, period="year"), mark(2)], None, None, False, 2),
}  # fmt: skip


@pytest.mark.parametrize(("marks", "length", "segment", "as_exported", "target"), CHOICES.values(), ids=CHOICES)  # fmt: skip
def test_the_most_specific_benchmark_that_fits_is_chosen(
    marks, length, segment, as_exported, target
):
    for order in (marks, marks[::-1]):
        found = choose(order, kpi="nps", length=length, segment=segment, as_exported=as_exported)
        assert (found and found.target) == target


def verdict(benchmark, value=Fraction(9, 10), **over):
    figure = {
        "unit": Unit.RATIO,
        "better": Better.HIGHER,
        "n": 200,
        "currency": None,
        "length": "year",
        "as_exported": False,
        "unfinished": False,
    }
    return judge(value=value, benchmark=benchmark, **(figure | over))


FAR = Fraction(2)
LOWER = {"better": Better.LOWER}
MONEY = {"unit": Unit.MONEY}
LENGTHS = "the benchmark is for a month, the figure for a"
OPEN = "the period reaches past the end of the data"
VERDICTS = {
    "no value": (None, mark(role="reference"), {}, "undefined", None),
    "no value and no benchmark": (None, None, {}, "undefined", None),
    "no benchmark": (1, None, {"unfinished": True}, "no-benchmark", None),
    "a reference": (1, mark(role="reference"), {}, "reference", None),
    "a reference with few answers": (1, mark(role="reference", min_n=300), {}, "reference", None),
    "a reference of another length": (1, mark(role="reference", period="month"), {}, "reference", f"{LENGTHS} year"),
    "another length": (1, mark(period="month", min_n=300), {}, "not-comparable", f"{LENGTHS} year"),
    "no length": (1, mark(period="month"), {"length": None}, "not-comparable", f"{LENGTHS} period of no such length"),
    "as exported": (1, mark(period="year"), {"as_exported": True}, "not-comparable", "the benchmark is for a year, the figure for an export without dates"),
    "as exported, any": (1, mark(), {"as_exported": True}, "meets", None),
    "the same length": (1, mark(period="year"), {}, "meets", None),
    "unfinished": (1, mark(), {"unfinished": True}, "not-comparable", OPEN),
    "unfinished and another length": (1, mark(period="month"), {"unfinished": True}, "not-comparable", f"{LENGTHS} year"),
    "unfinished in another currency": (1, mark(currency="EUR"), MONEY | {"unfinished": True}, "not-comparable", OPEN),
    "another currency": (1, mark(currency="EUR"), MONEY | {"currency": "USD"}, "not-comparable", "the benchmark is in EUR, the figure in USD"),
    "an unknown currency": (1, mark(currency="EUR"), MONEY, "not-comparable", "the benchmark is in EUR, the figure in no known currency"),
    "the same currency": (1, mark(currency="EUR"), MONEY | {"currency": "EUR"}, "meets", None),
    "a benchmark without a currency": (1, mark(), MONEY | {"currency": "EUR"}, "meets", None),
    "a figure that has no currency": (1, mark(currency="EUR"), {}, "meets", None),
    "a ratio of another currency": (1, mark(currency="EUR"), {"currency": "USD"}, "not-comparable", "the benchmark is in EUR, the figure in USD"),
    "too few": (1, mark(min_n=201), {}, "too-few", "n is 200, below 201"),
    "just enough": (1, mark(min_n=200), {}, "meets", None),
    "few, of a count": (1, mark(min_n=201), {"unit": Unit.COUNT}, "meets", None),
    "on the target": (Fraction(9, 10), mark("0.9", warn=Fraction(8, 10)), {}, "meets", None),
    "just below": (Fraction(9, 10) - Fraction(1, 10**30), mark("0.9", warn=Fraction(8, 10)), {}, "near", None),
    "on warn": (Fraction(8, 10), mark("0.9", warn=Fraction(8, 10)), {}, "near", None),
    "below warn": (Fraction(79, 100), mark("0.9", warn=Fraction(8, 10)), {}, "misses", None),
    "below, without warn": (Fraction(89, 100), mark("0.9"), {}, "misses", None),
    "lower is better, on the target": (Fraction(1, 10), mark("0.1", warn=FAR), LOWER, "meets", None),
    "lower is better, above": (Fraction(11, 100), mark("0.1", warn=FAR), LOWER, "near", None),
    "lower is better, on warn": (2, mark("0.1", warn=FAR), LOWER, "near", None),
    "lower is better, above warn": (3, mark("0.1", warn=FAR), LOWER, "misses", None),
    "nothing is a value": (0, mark(0), {}, "meets", None),
    "a float as it is": (0.1, mark("0.1"), LOWER, "misses", None),
    "a float on the target": (0.5, mark("0.5"), LOWER, "meets", None),
}  # fmt: skip


@pytest.mark.parametrize(("value", "benchmark", "over", "expected", "why"), VERDICTS.values(), ids=VERDICTS)  # fmt: skip
def test_the_first_verdict_that_applies_is_given(value, benchmark, over, expected, why):
    assert verdict(benchmark, value, **over) == (expected, why)


def test_verdicts_have_the_words_that_scripts_rely_on():
    words = "meets near misses no-benchmark reference too-few not-comparable undefined"
    assert set(Verdict) == set(words.split())
    assert set(Role) == {"target", "reference"}


TENTHS = st.integers(0, 4)


@settings(max_examples=50, deadline=None)
@given(
    value=st.none() | TENTHS,
    target=TENTHS,
    near=st.none() | TENTHS,
    higher=st.booleans(),
    role=st.sampled_from(["target", "reference"]),
    period=st.sampled_from(["month", "year", "any"]),
    length=st.sampled_from(["month", "year", None]),
    currencies=st.tuples(*[st.sampled_from([None, "EUR", "USD"])] * 2),
    unit=st.sampled_from([Unit.RATIO, Unit.COUNT, Unit.MONEY]),
    n=st.integers(0, 3),
    flags=st.tuples(st.booleans(), st.booleans(), st.booleans()),
)
def test_the_verdict_is_that_of_the_table_read_line_by_line(
    *, value, target, near, higher, role, period, length, currencies, unit, n, flags
):
    some, as_exported, unfinished = flags
    if near is not None:
        near = min(near, target) if higher else max(near, target)
    warn = None if near is None else Fraction(near, 10)
    one = mark(Fraction(target, 10), warn=warn, role=role, period=period, currency=currencies[0], min_n=2)  # fmt: skip

    def by_the_table():  # noqa: PLR0911  # one line of the table after the other
        if value is None:
            return "undefined"
        if not some:
            return "no-benchmark"
        if role == "reference":
            return "reference"
        if period != "any" and (as_exported or period != length):
            return "not-comparable"
        mixed = None not in currencies and currencies[0] != currencies[1]
        unknown = unit == "money" and currencies[0] is not None and currencies[1] is None
        if unfinished or mixed or unknown:
            return "not-comparable"
        if unit != "count" and n < 2:
            return "too-few"
        line = list(range(5)) if higher else list(range(5))[::-1]
        if value in line[line.index(target) :]:
            return "meets"
        if near is not None and value in line[line.index(near) :]:
            return "near"
        return "misses"

    found, why = verdict(
        one if some else None,
        None if value is None else Fraction(value, 10),
        unit=unit,
        better=Better.HIGHER if higher else Better.LOWER,
        n=n,
        currency=currencies[1],
        length=length,
        as_exported=as_exported,
        unfinished=unfinished,
    )
    assert found == by_the_table()
    if found != "reference":
        assert (why is not None) == (found in {"not-comparable", "too-few"})


def test_the_gap_is_the_value_less_the_target():
    one = mark("0.92")
    assert gap(Fraction(9, 10), one) == Fraction(-2, 100)
    assert gap(1, one) == Fraction(8, 100)
    assert gap(0.5, mark("0.25")) == 0.25
    assert gap(None, one) is None
    assert gap(Fraction(1), None) is None


def test_a_benchmark_is_out_of_date_the_day_after_it_expires():
    one = mark(expires_on=date(2026, 1, 15))
    assert not expired(one, date(2026, 1, 15))
    assert expired(one, date(2026, 1, 16))
    assert not expired(mark(), date(2026, 1, 16))


def test_a_target_made_in_code_is_taken_as_it_is():
    assert Benchmark(kpi="nps", target=Decimal("0.5")).target == Fraction(1, 2)
