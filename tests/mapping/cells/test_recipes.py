from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Context, Decimal

import pyarrow as pa
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from retention_cli.errors import RetentionError
from retention_cli.mapping.cells.recipes import (
    UNITS,
    in_units,
    multiplied,
    rounded,
    subtracted,
)

_WIDE = Context(prec=100)
NUMBERS = st.decimals(-(10**11) + 1, 10**11 - 1, places=6, allow_nan=False)


def column(*cells):
    return pa.array(cells, pa.string())


def exactly(text):
    assert "E" not in text
    return Decimal(text)


@settings(max_examples=50, deadline=None)
@given(factors=st.lists(NUMBERS, min_size=2, max_size=4))
@example(factors=[Decimal("-0.000001"), Decimal("0.000001")])
@example(factors=[Decimal("99999999999.999999")] * 4)
@example(factors=[Decimal(-1), Decimal(0)])
def test_products_are_exact(factors):
    (found,) = multiplied([column(f"{factor:f}") for factor in factors]).to_pylist()
    whole = 1
    for factor in factors:
        whole *= int(factor.scaleb(6))
    assert int(exactly(found).scaleb(6 * len(factors), _WIDE)) == whole


@settings(max_examples=50, deadline=None)
@given(terms=st.lists(NUMBERS, min_size=2, max_size=4))
@example(terms=[Decimal("0.000001"), Decimal("0.000001")])
@example(terms=[Decimal("0.000001"), Decimal("0.000002")])
def test_differences_are_exact(terms):
    (found,) = subtracted([column(f"{term:f}") for term in terms]).to_pylist()
    assert exactly(found) == terms[0] - sum(terms[1:])


@settings(max_examples=50, deadline=None)
@given(cents=st.integers(-(10**11) + 1, 10**11 - 1))
@example(cents=0)
@example(cents=-1)
def test_hundredths_are_exact(cents):
    (found,) = in_units(column(str(cents)), "cents").to_pylist()
    assert exactly(found) * 100 == cents


@settings(max_examples=50, deadline=None)
@given(number=NUMBERS, unit=st.sampled_from(sorted(UNITS)))
def test_amounts_in_a_unit_are_exact(number, unit):
    (found,) = in_units(column(f"{number:f}"), unit).to_pylist()
    assert exactly(found) == number * Decimal(UNITS[unit])


@settings(max_examples=50, deadline=None)
@given(
    number=st.decimals(-(10**13), 10**13, places=18, allow_nan=False), decimals=st.integers(0, 4)
)
@example(number=Decimal("0.00005"), decimals=4)
@example(number=Decimal("0.00015"), decimals=4)
def test_amounts_are_rounded_half_to_even(number, decimals):
    (found,) = rounded(column(f"{number:f}"), decimals).to_pylist()
    step = Decimal(1).scaleb(-decimals)
    assert exactly(found) == number.quantize(step, ROUND_HALF_EVEN, _WIDE)


def test_what_is_no_number_is_not_rounded():
    assert rounded(column("x", None, "1e-05", "?1.5"), 2).to_pylist() == [
        "x",
        None,
        "1e-05",
        "?1.5",
    ]


@pytest.mark.parametrize("make", [multiplied, subtracted])
@pytest.mark.parametrize(
    ("cells", "wanted"),
    [
        pytest.param(("2", None), None, id="one is blank"),
        pytest.param(("x", None), "x", id="one is not a number beside a blank"),
        pytest.param(("x", "y"), "x", id="both are not numbers"),
        pytest.param(("2", "?1.5"), "?1.5", id="one was marked as no number"),
        pytest.param(("2", "1.2345678"), "?1.2345678", id="more decimals than are exact"),
        pytest.param(("123456789012", "2"), "?123456789012", id="more digits than are exact"),
        pytest.param(("2", "1."), "1.", id="a mark without decimals"),
    ],
)
def test_what_cannot_be_made_is_blank_or_keeps_the_text_at_fault(make, cells, wanted):
    assert make([column(cell) for cell in cells]).to_pylist() == [wanted]


@pytest.mark.parametrize(
    ("factors", "product"),
    [
        pytest.param(("1.00000000", "650.00"), "650", id="eight decimals of nothing"),
        pytest.param(("0000000000012", "2"), "24", id="leading zeros"),
        pytest.param(("-0.50000000", "3"), "-1.5", id="zeros behind a decimal"),
        pytest.param(("-00.0", "3"), "0", id="nothing but zeros"),
        pytest.param(("100", "20"), "2000", id="zeros of a whole number"),
    ],
)
def test_zeros_that_say_nothing_do_not_make_a_number_too_long(factors, product):
    assert multiplied([column(factor) for factor in factors]).to_pylist() == [product]


def test_more_factors_than_can_be_exact_are_refused():
    with pytest.raises(RetentionError, match="5 columns"):
        multiplied([column("1")] * 5)
