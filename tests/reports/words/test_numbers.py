from __future__ import annotations

import json
from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retention_cli.reports.words import numbers
from retention_cli.values.measures import Unit

EUR = 10_000


@pytest.mark.parametrize(
    ("value", "written"),
    [
        pytest.param(556_500_000, "55650.00", id="whole amounts have two decimals"),
        pytest.param(Fraction(1_000_000, 3), "33.3333", id="a third has four"),
        pytest.param(1250, "0.125", id="zeros beyond two decimals are left out"),
        pytest.param(1200, "0.12", id="two decimals"),
        pytest.param(0, "0.00", id="nothing"),
        pytest.param(-5, "-0.0005", id="less than nothing"),
        pytest.param(Fraction(-1, 3), "0.00", id="what rounds to nothing has no sign"),
        pytest.param(Fraction(5, 2), "0.0002", id="half to even, down"),
        pytest.param(Fraction(7, 2), "0.0004", id="half to even, up"),
        pytest.param(900_719_925_484_099_300, "90071992548409.93", id="more than a float holds"),
    ],
)
def test_money_for_programs(value, written):
    assert numbers.money(value) == written
    assert numbers.machine(value, Unit.MONEY) == written
    assert numbers.machine_text(numbers.machine(value, Unit.MONEY)) == str(Decimal(written))


@settings(deadline=None)
@given(st.integers(-(10**20), 10**20))
def test_money_round_trips_exactly(amount):
    written = numbers.money(amount)
    assert Fraction(written) * EUR == amount
    whole, decimals = written.split(".")
    assert 2 <= len(decimals) <= 4
    assert whole.lstrip("-").isdigit()


@settings(deadline=None)
@given(st.fractions())
def test_money_is_rounded_once_half_to_even(amount):
    error = abs(Fraction(numbers.money(amount)) * EUR - amount)
    assert error <= Fraction(1, 2)
    if error == Fraction(1, 2):
        assert Fraction(numbers.money(amount)) * EUR % 2 == 0


@settings(deadline=None)
@given(st.decimals(-(10**9), 10**9, places=5))
def test_money_for_people_agrees_with_decimal(amount):
    written = numbers.text(Fraction(amount) * EUR, Unit.MONEY, currency="EUR")
    plain = Decimal(written.removesuffix(" EUR").replace(",", ""))
    assert plain == amount.quantize(Decimal("0.01"), ROUND_HALF_EVEN)


@pytest.mark.parametrize(
    ("value", "unit", "written"),
    [
        pytest.param(Fraction(9, 10), Unit.RATIO, "0.9", id="a ratio"),
        pytest.param(Fraction(1), Unit.RATIO, "1.0", id="a whole ratio is a float still"),
        pytest.param(20, Unit.COUNT, "20", id="a count is whole"),
        pytest.param(Fraction(5, 2), Unit.COUNT, "2.5", id="half a count, as a target may be"),
        pytest.param(Fraction(15_000), Unit.SECONDS, "15000.0", id="seconds"),
        pytest.param(-0.0, Unit.POINTS, "0.0", id="no negative zero"),
        pytest.param(Fraction(1, 10**7), Unit.RATIO, "0.0000001", id="never an exponent"),
        pytest.param(1e22, Unit.PER_YEAR, "10000000000000000000000", id="nor a large one"),
    ],
)
def test_numbers_for_programs(value, unit, written):
    assert numbers.machine_text(numbers.machine(value, unit)) == written
    assert json.loads(json.dumps(numbers.machine(value, unit))) == float(written)
    assert isinstance(numbers.machine(value, unit), int) == (written == "20")


@settings(deadline=None)
@given(st.fractions(0, 1))
def test_a_ratio_for_programs_is_the_nearest_float(ratio):
    assert float(numbers.machine_text(numbers.machine(ratio, Unit.RATIO))) == float(ratio)


@pytest.mark.parametrize(
    ("value", "unit", "written"),
    [
        pytest.param(Fraction(9, 10), Unit.RATIO, "90.0 %", id="a ratio has one decimal"),
        pytest.param(Fraction(99, 10_000), Unit.RATIO, "0.99 %", id="below one percent it has two"),
        pytest.param(Fraction(-1, 2500), Unit.RATIO, "-0.04 %", id="also below nothing"),
        pytest.param(Fraction(0), Unit.RATIO, "0.0 %", id="no share at all"),
        pytest.param(Fraction(1, 100), Unit.RATIO, "1.0 %", id="one percent"),
        pytest.param(Fraction(9045, 10_000), Unit.RATIO, "90.4 %", id="half to even, down"),
        pytest.param(Fraction(9055, 10_000), Unit.RATIO, "90.6 %", id="half to even, up"),
        pytest.param(Fraction(-1, 10**9), Unit.RATIO, "0.00 %", id="no negative zero"),
        pytest.param(12, Unit.RATIO, "1,200.0 %", id="thousands are separated"),
        pytest.param(1_234_567, Unit.COUNT, "1,234,567", id="a count"),
        pytest.param(Fraction(5, 2), Unit.COUNT, "2.5", id="half a count"),
        pytest.param(Fraction(15_000), Unit.SECONDS, "4 h 10 min", id="hours and minutes"),
        pytest.param(14_400, Unit.SECONDS, "4 h", id="no minutes"),
        pytest.param(630, Unit.SECONDS, "10 min 30 s", id="minutes and seconds"),
        pytest.param(45, Unit.SECONDS, "45 s", id="seconds"),
        pytest.param(0, Unit.SECONDS, "0 s", id="no time"),
        pytest.param(Fraction(35_999, 10), Unit.SECONDS, "1 h", id="rounding carries over"),
        pytest.param(7_199, Unit.SECONDS, "2 h", id="minutes carry over too"),
        pytest.param(4_000_000, Unit.SECONDS, "1,111 h 7 min", id="hours, never days"),
        pytest.param(-630, Unit.SECONDS, "-10 min 30 s", id="less time"),
        pytest.param(Fraction(5, 3), Unit.YEARS, "1.67 years", id="years"),
        pytest.param(Fraction(12), Unit.PER_YEAR, "12.0 / year", id="per year"),
        pytest.param(Fraction(30), Unit.POINTS, "30.0", id="points"),
        pytest.param(Fraction(-25, 2), Unit.POINTS, "-12.5", id="points below nothing"),
        pytest.param(556_500_000, Unit.MONEY, "55,650.00", id="money without a currency"),
        pytest.param(0.1 + 0.2, Unit.YEARS, "0.30 years", id="a float"),
    ],
)
def test_values_for_people(value, unit, written):
    assert numbers.text(value, unit) == written


def test_money_carries_its_currency():
    assert numbers.text(556_500_000, Unit.MONEY, currency="EUR") == "55,650.00 EUR"
    assert numbers.text(Fraction(1, 2), Unit.RATIO, currency="EUR") == "50.0 %"


@pytest.mark.parametrize(
    ("change", "unit", "written"),
    [
        pytest.param(Fraction(12, 1000), Unit.RATIO, "+1.2 pp", id="ratios in percentage points"),
        pytest.param(Fraction(-35, 10_000), Unit.RATIO, "-0.35 pp", id="small ones finer"),
        pytest.param(Fraction(1, 10**6), Unit.RATIO, "+0.0001 pp", id="never +0.0"),
        pytest.param(0, Unit.RATIO, "0.0 pp", id="no change has no sign"),
        pytest.param(12_000_000, Unit.MONEY, "+1,200.00", id="money"),
        pytest.param(-3, Unit.COUNT, "-3", id="counts"),
        pytest.param(920, Unit.SECONDS, "+15 min 20 s", id="durations"),
        pytest.param(Fraction(1, 5), Unit.YEARS, "+0.20", id="years"),
        pytest.param(Fraction(-5, 2), Unit.POINTS, "-2.5", id="points"),
        pytest.param(Fraction(44, 100), Unit.PER_YEAR, "+0.4", id="per year"),
    ],
)
def test_changes_for_people(change, unit, written):
    assert numbers.change_text(change, unit) == written


@pytest.mark.parametrize(
    ("value", "target", "unit", "written"),
    [
        pytest.param(
            Fraction(9, 10),
            Fraction(92, 100),
            Unit.RATIO,
            ("90.0 %", "92.0 %"),
            id="as they are where that tells them apart",
        ),
        pytest.param(
            Fraction(9, 10), Fraction(9, 10), Unit.RATIO, ("90.0 %", "90.0 %"), id="on the line"
        ),
        pytest.param(
            Fraction(9196, 10_000),
            Fraction(92, 100),
            Unit.RATIO,
            ("91.96 %", "92.00 %"),
            id="a near miss is seen",
        ),
        pytest.param(
            Fraction(998, 100_000),
            Fraction(1, 100),
            Unit.RATIO,
            ("0.998 %", "1.00 %"),
            id="not by its zeros alone",
        ),
        pytest.param(
            14_420, 14_400, Unit.SECONDS, ("4 h 20 s", "4 h"), id="durations go down to seconds"
        ),
        pytest.param(
            3_456_789_050,
            3_456_789_001,
            Unit.MONEY,
            ("345,678.905 EUR", "345,678.900"),
            id="money beyond cents",
        ),
    ],
)
def test_a_value_never_looks_like_a_target_that_it_is_not(value, target, unit, written):
    assert numbers.beside(value, target, unit, currency="EUR") == written


@pytest.mark.parametrize(
    ("interval", "unit", "written"),
    [
        pytest.param((0.8506, 0.9343), Unit.RATIO, "85.1 to 93.4 %", id="ratios, one unit"),
        pytest.param((0.0076, 0.0356), Unit.RATIO, "0.8 to 3.6 %", id="as many decimals each"),
        pytest.param((0.0, 0.0056), Unit.RATIO, "0.00 to 0.56 %", id="small ones"),
        pytest.param((-100.0, 44.21), Unit.POINTS, "-100.0 to 44.2", id="points"),
    ],
)
def test_intervals(interval, unit, written):
    assert numbers.interval_text(interval, unit) == written
