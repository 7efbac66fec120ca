"""Hours of work: decimals as they are written, and clocks behind their noise."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from retention_cli.records import hours
from retention_cli.records.base import column_of
from retention_cli.records.kinds.costs import Cost

READER = TypeAdapter(hours.Hours)
PROOF = column_of(Cost.model_fields["hours"]).prove


def read(text):
    return Fraction(READER.validate_python(text), hours.HOUR_PARTS)


@pytest.mark.parametrize(
    ("text", "exact"),
    [
        pytest.param("0.25", Fraction(1, 4), id="a quarter"),
        pytest.param("0.3333", Fraction(3333, 10_000), id="four decimals are what they say"),
        pytest.param("0.33333333", Fraction(1, 3), id="the eight decimals of a clock"),
        pytest.param("0.33333334", Fraction(33_333_334, 10**8), id="eight decimals of no clock"),
        pytest.param("0.666666666666667", Fraction(2, 3), id="forty minutes of a spreadsheet"),
        pytest.param("0.66666666666666663", Fraction(2, 3), id="forty minutes of a program"),
        pytest.param("-1.3833333333333333", Fraction(-83, 60), id="83 minutes taken back"),
        pytest.param("0.00027777777777778", Fraction(1, 3600), id="a second"),
        pytest.param("0.000000277777777778", Fraction(1, 3_600_000), id="a millisecond"),
        pytest.param("1.500000000000", Fraction(3, 2), id="zeros that say nothing"),
    ],
)
def test_hours_are_read_exactly(text, exact):
    assert read(text) == exact
    assert PROOF(pa.array([text])).to_pylist() == [exact * hours.HOUR_PARTS]


@pytest.mark.parametrize("text", ["0.123456789", "0.6666666", "1.00000001234"])
def test_what_no_clock_shows_is_never_rounded(text):
    if len(text.partition(".")[2]) > 8:
        with pytest.raises(ValidationError, match="more than eight decimals"):
            READER.validate_python(text)
    else:
        assert read(text) == Fraction(text)


minutes = st.builds(
    lambda n, digits: (Fraction(n, 60), digits), st.integers(0, 60_000), st.integers(9, 15)
)
written = st.decimals(0, 9_999, places=7).map(lambda n: (Fraction(n), 7))


@settings(deadline=None, max_examples=50)
@given(minutes | written)
def test_both_lanes_agree_and_are_exact(drawn):
    exact, digits = drawn
    text = f"{Decimal(exact.numerator) / Decimal(exact.denominator):.{digits}f}"
    assert read(text) == exact
    assert PROOF(pa.array([text])).to_pylist() in ([exact * hours.HOUR_PARTS], [None])


@settings(deadline=None, max_examples=60)
@given(st.decimals(-9_999, 9_999, places=12) | st.decimals(-9_999, 9_999, places=8))
def test_nothing_is_proved_that_the_reader_refuses(number):
    text = f"{number:f}"
    (proved,) = PROOF(pa.array([text])).to_pylist()
    if proved is not None:
        assert proved == READER.validate_python(text)
