from __future__ import annotations

from datetime import timedelta
from fractions import Fraction

import pyarrow as pa
import pytest

import worlds
from seeded import seeds

Q1 = worlds.PERIOD
DATES = ("responded_at", "sent_at")


def rate(rows, backend="pandas", *, without=()):
    tables = {"surveys": worlds.table("surveys", rows, without=without)}
    return worlds.answer("survey_response_rate", tables, backend)


def sent(scores, *, start=0, kind="csat", on=worlds.INSIDE):
    scale = (1, 5) if kind == "csat" else (0, 10)
    replied = on + timedelta(days=3)
    rows = worlds.scored(scores, scale, kind=kind, start=start, sent_at=on)
    return [row | {"responded_at": row["score"] and replied} for row in rows]


@pytest.mark.parametrize(
    ("rows", "value", "n"),
    [
        pytest.param(sent({None: 4}), 0, 4, id="nobody answered"),
        pytest.param(
            sent({9: 18, 8: 11, 5: 2, None: 5}, kind="nps"), Fraction(31, 36), 36, id="31 of 36"
        ),
        pytest.param(
            sent({5: 1, None: 1}) + sent({9: 1}, kind="nps", start=2),
            Fraction(2, 3),
            3,
            id="both kinds of survey count",
        ),
        pytest.param(
            sent({None: 1}) + sent({5: 1}, on=Q1.last_day, start=1),
            Fraction(1, 2),
            2,
            id="sent on the last day, answered after it",
        ),
        pytest.param(
            sent({None: 1}, on=Q1.start) + sent({5: 7}, on=worlds.after(-1), start=1),
            0,
            1,
            id="sent on the eve belongs to the period before",
        ),
        pytest.param(
            sent({5: 1, None: 2}) + sent({None: 7}, on=Q1.end, start=3),
            Fraction(1, 3),
            3,
            id="sent the day after belongs to the next",
        ),
    ],
)
def test_answered_of_those_sent_in_the_period(rows, value, n, backend):
    measure = rate(rows, backend)
    assert (measure.value, measure.sample_size) == (value, n)
    assert measure.notes == ()


def test_the_interval_is_the_one_of_180_in_200():
    assert rate(sent({5: 180, None: 20})).interval == pytest.approx((0.8506, 0.9343), abs=5e-5)


def test_an_invitation_without_a_day_of_sending_has_that_of_its_answer(backend):
    undated = [row | {"sent_at": None} for row in sent({5: 2, None: 3}, start=2)]
    measure = rate(sent({5: 1, None: 1}) + undated, backend)
    assert measure.value == Fraction(3, 4)
    assert measure.notes == ("invitations left out because they have no date: 3",)


@pytest.mark.parametrize(
    ("rows", "without"),
    [
        pytest.param([], (), id="no rows"),
        pytest.param(sent({5: 4}), (), id="everything was answered"),
        pytest.param(sent({5: 4}), DATES, id="everything was answered and nothing is dated"),
        pytest.param(sent({5: 4, None: 2}), ("sent_at",), id="only answers have a date"),
    ],
)
def test_an_export_of_answers_alone_is_not_a_hundred_per_cent(rows, without, backend):
    measure = rate(rows, backend, without=without)
    assert (measure.value, measure.reason.code, measure.sample_size) == (None, "not-in-export", 0)
    assert "sent_at" in measure.reason.hint


def test_a_period_without_invitations_has_no_rate(backend):
    measure = rate(sent({5: 4, None: 2}, on=Q1.end), backend)
    assert (measure.value, measure.reason.code) == (None, "no-invitations")


@pytest.mark.parametrize("without", [DATES, ("sent_at",)], ids=["no date", "no day of sending"])
def test_a_blank_score_alone_is_no_invitation(without, backend):
    measure = rate(sent({5: 3, None: 1}), backend, without=without)
    assert (measure.value, measure.reason.code) == (None, "not-in-export")
    assert measure.as_exported is (without == DATES)


def in_files(rows, files, **more):
    surveys = worlds.table("surveys", rows)
    for name, cells in {"_file": pa.array(files, pa.int32()), **more}.items():
        surveys = surveys.append_column(name, cells)
    return surveys


def test_a_file_that_does_not_say_when_it_was_sent_holds_no_invitations(backend):
    rows = sent({5: 1, None: 1}) + [row | {"sent_at": None} for row in sent({5: 7}, start=2)]
    surveys = in_files(rows, [0] * 2 + [1] * 7)
    measure = worlds.answer("survey_response_rate", {"surveys": surveys}, backend)
    assert (measure.value, measure.sample_size) == (Fraction(1, 2), 2)


def test_two_questions_of_one_survey_are_one_invitation(backend):
    rows = sent({5: 1, None: 1}) + sent({None: 2}, kind="nps")
    question = pa.array(["Q1"] * 2 + ["Q2"] * 2)
    surveys = in_files(rows, [0, 0, 1, 1], question=question)
    measure = worlds.answer("survey_response_rate", {"surveys": surveys}, backend)
    assert worlds.ids(measure) == {"answered": ["r00000"], "sent": ["r00000", "r00001"]}
    assert measure.value == Fraction(1, 2)


@pytest.mark.parametrize("seed", seeds(6, 20))
def test_the_oracle_goes_through_the_invitations(seed, backend):
    rows = worlds.surveys(seed, worlds.spells(seed))
    invited = {
        row["response_id"]: row["score"] is not None
        for row in rows
        if (row["sent_at"].year, (row["sent_at"].month + 2) // 3) == (2025, 1)
    }
    answered = sorted(key for key, replied in invited.items() if replied)
    measure = rate(rows, backend)
    assert measure.value == Fraction(len(answered), len(invited))
    assert worlds.ids(measure) == {"sent": sorted(invited), "answered": answered}
