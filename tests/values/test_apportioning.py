from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retention_cli.values.apportioning import apportioned


@pytest.mark.parametrize(
    ("amounts", "whole"),
    [
        pytest.param([], [], id="nothing"),
        pytest.param(["5", "-3"], [5, -3], id="what is whole stays"),
        pytest.param(["1/3", "1/3", "1/3"], [1, 0, 0], id="equal remainders go up in their order"),
        pytest.param(["1/4", "3/4", "5"], [0, 1, 5], id="the largest remainder goes up"),
        pytest.param(["1/2"], [0], id="half to even, down"),
        pytest.param(["3/2"], [2], id="half to even, up"),
        pytest.param(["-1/3", "-2/3"], [0, -1], id="below 0"),
        pytest.param(["0", "1/3", "0", "1/3"], [0, 1, 0, 0], id="nothing stays nothing"),
    ],
)
def test_apportioned(amounts, whole):
    assert apportioned([Fraction(amount) for amount in amounts]) == whole


@given(st.lists(st.fractions(-1_000, 1_000, max_denominator=119), max_size=30))
def test_they_add_up_and_none_is_a_unit_away(amounts):
    whole = apportioned(amounts)
    assert sum(whole) == round(sum(amounts, Fraction(0)))
    assert all(abs(one - amount) < 1 for one, amount in zip(whole, amounts, strict=True))
