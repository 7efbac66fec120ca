from __future__ import annotations

from fractions import Fraction

import pytest

import worlds
from retention_cli.values.measures import Unit
from seeded import seeds

Q1 = worlds.PERIOD


def mean(rows, backend="pandas", *, without=("sent_at",)):
    return worlds.answer(
        "csat_mean", {"surveys": worlds.table("surveys", rows, without=without)}, backend
    )


@pytest.mark.parametrize(
    ("scores", "scale", "value"),
    [
        pytest.param({1: 3}, (1, 5), 0, id="the lowest score is 0"),
        pytest.param({5: 3}, (1, 5), 1, id="the highest score is 1"),
        pytest.param({3: 3}, (1, 5), Fraction(1, 2), id="3 of 1 to 5 is a half, not 0.6"),
        pytest.param({5: 10, 4: 4, 2: 2}, (1, 5), Fraction(27, 32), id="10, 4 and 2: 84.37 %"),
        pytest.param({5: 40, 4: 40, 3: 20}, (1, 5), Fraction(4, 5), id="420 of 500: 80, not 84 %"),
        pytest.param({5: 5, 3: 3, 2: 2}, (0, 5), Fraction(76, 100), id="100, 60 and 40 %: 76 %"),
        pytest.param({1: 3, 0: 1}, (0, 1), Fraction(3, 4), id="good and bad"),
        pytest.param({7: 1, 10: 1}, (0, 10), Fraction(17, 20), id="a scale without a top has ends"),
    ],
)
def test_the_mean_between_the_ends_of_a_scale(scores, scale, value, backend):
    measure = mean(worlds.scored(scores, scale), backend)
    assert measure.value == value
    assert isinstance(measure.value, Fraction)
    assert measure.interval is None
    assert measure.sample_size == measure.parts["answers"].total == sum(scores.values())
    above = sum((score - scale[0]) * count for score, count in scores.items())
    assert (measure.parts["above_lowest"].total, measure.parts["above_lowest"].unit) == (
        above,
        Unit.POINTS,
    )


def test_several_scales_are_put_on_0_to_1_first(backend):
    rows = worlds.scored({5: 1, 2: 1}) + worlds.scored({4: 1}, (1, 7), start=2)
    measure = mean(rows, backend)
    assert measure.value == (1 + Fraction(1, 4) + Fraction(1, 2)) / 3
    assert measure.notes == ("several scales, each answer on its own: 1 to 5 (2), 1 to 7 (1)",)


@pytest.mark.parametrize("scale", [(None, None), (None, 5), (3, 3)], ids=str)
def test_a_scale_without_ends_gives_no_figure(scale, backend):
    measure = mean(worlds.scored({5: 9}) + worlds.scored({3: 1}, scale, start=9), backend)
    assert (measure.value, measure.reason.code) == (None, "scale-without-ends")


def test_without_answers_there_is_no_figure(backend):
    measure = mean(worlds.scored({9: 3}, (0, 10), kind="nps"), backend)
    assert (measure.value, measure.reason.code, measure.sample_size) == (None, "no-csat", 0)


def test_without_any_date_all_answers_count_as_exported(backend):
    measure = mean(worlds.scored({5: 3, 1: 1}), backend, without=("responded_at", "sent_at"))
    assert (measure.value, measure.as_exported) == (Fraction(3, 4), True)


@pytest.mark.parametrize("seed", seeds(6, 20))
def test_the_oracle_adds_up_one_share_after_the_other(seed, backend):
    rows = worlds.surveys(seed, worlds.spells(seed))
    shares = {}
    for row in rows:
        counts = row["kind"] == "csat" and row["score"] is not None
        if counts and Q1.start <= row["responded_at"] <= Q1.last_day:
            steps = range(row["scale_min"], row["scale_max"] + 1)
            shares[row["response_id"]] = Fraction(steps.index(row["score"]), len(steps) - 1)
    measure = mean(rows, backend, without=())
    assert measure.value == sum(shares.values()) / len(shares)
    assert worlds.ids(measure) == {"answers": sorted(shares), "above_lowest": sorted(shares)}
