from __future__ import annotations

from fractions import Fraction

import pyarrow as pa
import pytest

import worlds
from seeded import seeds

Q1 = worlds.PERIOD
DATES = ("responded_at", "sent_at")


def csat(rows, backend="pandas", *, without=("sent_at",), csat_top=None):
    tables = {"surveys": worlds.table("surveys", rows, without=without)}
    return worlds.answer("csat", tables, backend, csat_top=csat_top)


@pytest.mark.parametrize(
    ("scores", "scale", "value"),
    [
        pytest.param({3: 4}, (1, 5), 0, id="3 of 1 to 5 is not satisfied"),
        pytest.param({5: 4}, (1, 7), 0, id="5 of 1 to 7 is not satisfied"),
        pytest.param({0: 4}, (0, 1), 0, id="bad is not satisfied"),
        pytest.param({4: 1, 3: 1}, (1, 5), Fraction(1, 2), id="4 of 1 to 5 is"),
        pytest.param({6: 1, 5: 1}, (1, 7), Fraction(1, 2), id="6 of 1 to 7 is"),
        pytest.param({1: 1, 0: 3}, (0, 1), Fraction(1, 4), id="good is"),
        pytest.param({5: 42, 4: 32, 3: 10, 2: 9, 1: 14}, (1, 5), Fraction(74, 107), id="69.16 %"),
        pytest.param({5: 40, 4: 30, 3: 10, 2: 5, 1: 15}, (1, 5), Fraction(70, 100), id="70 %"),
        pytest.param({5: 10, 4: 20, 3: 10, 2: 5, 1: 5}, (1, 5), Fraction(60, 100), id="60 %"),
        pytest.param({5: 20, 4: 30, 3: 50}, (1, 5), Fraction(50, 100), id="50 %"),
        pytest.param({5: 10, 4: 4, 2: 2}, (1, 5), Fraction(7, 8), id="87.5 %, whatever the mean"),
    ],
)
def test_the_top_two_boxes_count(scores, scale, value, backend):
    measure = csat(worlds.scored(scores, scale), backend)
    assert measure.value == value
    assert measure.sample_size == sum(scores.values())
    assert measure.notes == ()


def test_the_interval_is_the_one_of_180_in_200():
    assert csat(worlds.scored({5: 180, 1: 20})).interval == pytest.approx(
        (0.8506, 0.9343), abs=5e-5
    )


def test_each_answer_is_held_against_its_own_scale(backend):
    rows = worlds.scored({5: 2, 3: 1}) + worlds.scored({5: 4, 7: 1}, (1, 7), start=3)
    measure = csat(rows, backend)
    assert measure.value == Fraction(3, 8)
    assert measure.notes == ("several scales, each answer on its own: 1 to 5 (3), 1 to 7 (5)",)


@pytest.mark.parametrize(
    "scale",
    [
        pytest.param((1, 3), id="1 to 3"),
        pytest.param((1, 4), id="1 to 4"),
        pytest.param((0, 10), id="0 to 10"),
        pytest.param((0, 100), id="0 to 100"),
        pytest.param((0, 5), id="0 to 5"),
        pytest.param((None, None), id="nothing says"),
    ],
)
def test_a_scale_without_a_top_gives_no_figure(scale, backend):
    measure = csat(worlds.scored({5: 9}) + worlds.scored({3: 1}, scale, start=9), backend)
    assert (measure.value, measure.reason.code) == (None, "scale-without-top")
    assert "csat_top" in measure.reason.hint
    assert measure.sample_size == 10


@pytest.mark.parametrize(
    ("rows", "csat_top", "value", "notes"),
    [
        pytest.param(
            worlds.scored({9: 3, 8: 1}, (0, 10)),
            (9, 10),
            Fraction(3, 4),
            ("csat_top: 9, 10 of 0 to 10 count as satisfied",),
            id="says which scores of a scale count",
        ),
        pytest.param(
            worlds.scored({5: 3, 4: 1}),
            [5],
            Fraction(3, 4),
            ("csat_top: 5 of 1 to 5 count as satisfied",),
            id="is above the two boxes of 1 to 5",
        ),
        pytest.param(
            worlds.scored({9: 3, 8: 1}, (0, 10)) + worlds.scored({4: 1, 3: 3}, start=4),
            (9, 10),
            Fraction(4, 8),
            (
                "several scales, each answer on its own: 0 to 10 (4), 1 to 5 (4)",
                "csat_top: 9, 10 of 0 to 10 count as satisfied",
                "csat_top does not fit 1 to 5: there 4, 5 count as satisfied",
            ),
            id="leaves alone a scale that lacks its scores",
        ),
        pytest.param(
            worlds.scored({5: 1}) + worlds.scored({7: 1, 6: 1, 5: 1}, (1, 7), start=1),
            (4, 5),
            Fraction(3, 4),
            (
                "several scales, each answer on its own: 1 to 5 (1), 1 to 7 (3)",
                "csat_top: 4, 5 of 1 to 5 count as satisfied",
                "csat_top does not fit 1 to 7: there 6, 7 count as satisfied",
            ),
            id="is for the scale whose highest score it names",
        ),
        pytest.param(
            worlds.scored({1: 1, 0: 1}, (0, 1)) + worlds.scored({1: 2}, start=2),
            (1,),
            Fraction(1, 4),
            (
                "several scales, each answer on its own: 0 to 1 (2), 1 to 5 (2)",
                "csat_top: 1 of 0 to 1 count as satisfied",
                "csat_top does not fit 1 to 5: there 4, 5 count as satisfied",
            ),
            id="may name the one good answer of two",
        ),
    ],
)
def test_csat_top(rows, csat_top, value, notes, backend):
    measure = csat(rows, backend, csat_top=csat_top)
    assert (measure.value, measure.notes) == (value, notes)


def test_csat_top_that_names_the_lowest_scores_gives_no_figure(backend):
    measure = csat(worlds.scored({1: 3, 5: 1}), backend, csat_top=(1, 2))
    assert (measure.value, measure.reason.code) == (None, "scale-without-top")
    assert "lowest scores of 1 to 5" in measure.reason.message


def test_a_row_counts_as_often_as_it_says(backend):
    rows = worlds.table("surveys", worlds.scored({5: 1, 4: 1, 1: 1, 2: 1}))
    surveys = rows.append_column("answer_count", pa.array([10, None, 29, 0]))
    measure = worlds.answer("csat", {"surveys": surveys}, backend)
    assert (measure.value, measure.sample_size) == (Fraction(11, 40), 40)
    assert measure.parts["satisfied"].total == 11
    mean = worlds.answer("csat_mean", {"surveys": surveys}, backend)
    assert mean.value == Fraction(10 * 4 + 3, 4 * 40)


def test_csat_top_off_the_scale_leaves_it_without_a_top():
    measure = csat(worlds.scored({3: 1}, (1, 4)), csat_top=(4, 5))
    assert measure.reason.code == "scale-without-top"


def test_answers_belong_to_their_own_day_and_not_to_that_of_sending(backend):
    days = {"a": (-1, -1), "b": (-1, 0), "c": (80, 89), "d": (89, 90)}
    rows = [
        {"response_id": key, "sent_at": worlds.after(sent), "responded_at": worlds.after(answered)}
        | {"kind": "csat", "score": 5, "scale_min": 1, "scale_max": 5}
        for key, (sent, answered) in days.items()
    ]
    measure = csat(rows, backend, without=())
    assert worlds.ids(measure) == {"answers": ["b", "c"], "satisfied": ["b", "c"]}


def test_without_responded_at_the_day_of_sending_counts_and_is_said(backend):
    rows = worlds.scored({5: 1, 1: 1}, sent_at=worlds.INSIDE) + worlds.scored(
        {5: 3}, sent_at=None, start=2
    )
    rows += worlds.scored({1: 5}, sent_at=Q1.end, start=5)
    measure = csat(rows, backend, without=("responded_at",))
    assert measure.value == Fraction(1, 2)
    assert measure.notes == (
        "answers dated by sent_at because they have no responded_at: 2",
        "answers left out because they have no date: 3",
    )


def test_without_any_date_all_answers_count_as_exported(backend):
    measure = csat(worlds.scored({5: 3, 1: 1}), backend, without=DATES)
    assert measure.value == Fraction(3, 4)
    assert measure.as_exported


def test_answers_without_ids_are_named_by_their_row(backend):
    measure = csat(worlds.scored({5: 1, 1: 1}), backend, without=("response_id", "sent_at"))
    assert worlds.ids(measure) == {"satisfied": ["row 2"], "answers": ["row 2", "row 3"]}


def test_rows_of_several_files_are_told_apart(backend):
    rows = worlds.table("surveys", worlds.scored({5: 2}), without=("response_id",))
    surveys = rows.append_column("_file", pa.array([0, 1], pa.int32()))
    measure = worlds.answer("csat", {"surveys": surveys}, backend)
    assert worlds.ids(measure)["answers"] == ["file 1 row 2", "file 2 row 3"]


@pytest.mark.parametrize(
    ("rows", "without"),
    [
        pytest.param([], ("sent_at",), id="no rows"),
        pytest.param([], DATES, id="no rows and no dates"),
        pytest.param(
            worlds.scored({9: 3}, (0, 10), kind="nps"), ("sent_at",), id="only NPS answers"
        ),
        pytest.param(worlds.scored({None: 3}), ("sent_at",), id="only invitations"),
        pytest.param(
            worlds.scored({5: 3}, responded_at=Q1.end), ("sent_at",), id="only later ones"
        ),
    ],
)
def test_without_answers_there_is_no_figure(rows, without, backend):
    measure = csat(rows, backend, without=without)
    later = any(row["responded_at"] == Q1.end for row in rows)
    code, when = ("no-answers", "period") if later else ("no-csat", "exports")
    assert (measure.value, measure.reason.code, measure.sample_size) == (None, code, 0)
    assert measure.reason.message == f"no CSAT answers in the {when}"


@pytest.mark.parametrize("seed", seeds(6, 20))
def test_the_oracle_asks_every_answer(seed, backend):
    answers, satisfied = [], []
    for row in worlds.surveys(seed, worlds.spells(seed)):
        if row["kind"] != "csat" or row["score"] is None:
            continue
        if not Q1.start <= row["responded_at"] <= Q1.last_day:
            continue
        answers.append(row["response_id"])
        boxes = 1 if row["scale_max"] == 1 else 2
        if row["score"] > row["scale_max"] - boxes:
            satisfied.append(row["response_id"])
    measure = csat(worlds.surveys(seed, worlds.spells(seed)), backend, without=())
    assert measure.value == Fraction(len(satisfied), len(answers))
    assert worlds.ids(measure) == {"answers": sorted(answers), "satisfied": sorted(satisfied)}
