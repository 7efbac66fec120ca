from __future__ import annotations

from dataclasses import FrozenInstanceError
from fractions import Fraction

import pyarrow as pa
import pytest

from retention_cli.frames.opened import counted_once
from retention_cli.values.measures import Measure, Part, Undefined, Unit


def test_a_measure_has_a_value_or_a_reason():
    assert Measure.of(0, sample_size=0).reason is None
    found = Measure.undefined("no-starters", "no customers at the start", hint="wait")
    assert found.value is None
    assert found.reason == Undefined("no-starters", "no customers at the start", "wait")


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        pytest.param(None, None, id="neither"),
        pytest.param(Fraction(1, 2), Undefined("x", "y"), id="both"),
        pytest.param(0, Undefined("x", "y"), id="both, and the value is 0"),
    ],
)
def test_neither_or_both_is_refused(value, reason):
    with pytest.raises(ValueError, match="never both"):
        Measure(value=value, sample_size=1, reason=reason)


def test_a_measure_stays_as_it_was_made():
    with pytest.raises(FrozenInstanceError):
        Measure.of(1, sample_size=1).value = 2
    with pytest.raises(TypeError):
        Measure.of(1, sample_size=1).parts["more"] = Part(1)


def test_all_that_is_told_of_a_figure_is_kept():
    told = {
        "sample_size": 3,
        "interval": (0.1, 0.9),
        "basis": "dates",
        "currency": "EUR",
        "notes": ("as it were",),
        "as_exported": True,
    }
    found = Measure.of(Fraction(1, 3), {"CS": Part(3)}, **told)
    assert {name: getattr(found, name) for name in told} == told
    assert found.parts == {"CS": Part(3)}
    del told["interval"]
    found = Measure.undefined("code", "message", {"CS": Part(3)}, **told)
    assert {name: getattr(found, name) for name in told} == told
    assert found.parts == {"CS": Part(3)}


def test_ids_are_fetched_when_they_are_asked_for():
    asked = []

    def opens():
        asked.append(True)
        return counted_once(pa.array(["ann"]))

    part = Part(1, opens=opens)
    assert not asked
    assert part.ids() == ["ann"]
    assert asked


def test_parts_are_compared_by_what_they_count():
    assert Part(1, opens=lambda: 1) == Part(1, opens=lambda: 2)
    assert Part(1) != Part(2)
    assert Part(1) != Part(1, Unit.MONEY)
    assert Part(1).ids() == []
