from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retention_cli.values.apportioning import apportioned


@pytest.mark.parametrize(
    ("amount", "weights", "step", "parts"),
    [
        pytest.param(0, [1, 2], 1, [0, 0], id="nothing"),
        pytest.param(100, [1, 1, 1], 1, [34, 33, 33], id="equal remainders in their order"),
        pytest.param(10, [1, 2], 1, [3, 7], id="the largest remainder goes up"),
        pytest.param(10, [0, 5], 1, [0, 10], id="who has nothing of the key gets nothing"),
        pytest.param(-10, [1, 2], 1, [-3, -7], id="below 0"),
        pytest.param(20_050, [1, 1], 100, [10_050, 10_000], id="what is below a step is not lost"),
    ],
)
def test_apportioned(amount, weights, step, parts):
    assert apportioned(amount, weights, step=step) == parts


@given(
    st.integers(-(10**12), 10**12),
    st.lists(st.integers(0, 10**9), min_size=1, max_size=20).filter(any),
    st.sampled_from([1, 100, 11_900]),
)
def test_parts_add_up_and_none_is_a_step_away(amount, weights, step):
    parts = apportioned(amount, weights, step=step)
    assert sum(parts) == amount
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part * sum(weights) - amount * weight) <= step * sum(weights)


@given(st.integers(0, 10**9), st.integers(1, 30))
def test_equal_keys_differ_by_a_step_at_most(amount, size):
    parts = apportioned(amount, [7] * size, step=100)
    assert max(parts) - min(parts) <= 100
