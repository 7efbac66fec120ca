from __future__ import annotations

from fractions import Fraction

import pyarrow as pa
import pytest

import worlds
from seeded import seeds

Q1 = worlds.PERIOD


def nps(rows, backend="pandas", *, without=("sent_at",)):
    tables = {"surveys": worlds.table("surveys", rows, without=without)}
    return worlds.answer("nps", tables, backend)


def asked(scores, **columns):
    return worlds.scored(scores, (0, 10), kind="nps", **columns)


@pytest.mark.parametrize(
    ("scores", "value", "counts"),
    [
        pytest.param({7: 1, 8: 1}, 0, (0, 2, 0), id="7 and 8 are passive"),
        pytest.param({9: 1, 10: 1}, 100, (2, 0, 0), id="9 and 10 promote"),
        pytest.param({6: 1, 0: 1}, -100, (0, 0, 2), id="0 to 6 detract"),
        pytest.param({10: 50, 8: 30, 3: 20}, 30, (50, 30, 20), id="50, 30 and 20: 30"),
        pytest.param({9: 162, 7: 108, 6: 54}, Fraction(100, 3), (162, 108, 54), id="of 324: 33.3"),
        pytest.param(
            {9: 18, 8: 11, 5: 2, None: 5},
            Fraction(1600, 31),
            (18, 11, 2),
            id="31 of 36 answered: 51.6, not 44.4",
        ),
    ],
)
def test_promoters_less_detractors(scores, value, counts, backend):
    measure = nps(asked(scores), backend)
    assert measure.value == value
    assert tuple(measure.parts[n].total for n in ("promoters", "passives", "detractors")) == counts
    assert measure.sample_size == sum(counts)


@pytest.mark.parametrize(
    ("scores", "interval"),
    [
        pytest.param({10: 50, 8: 30, 3: 20}, (14.05, 44.20), id="50, 30 and 20"),
        pytest.param({10: 9}, (43.4, 100), id="nine promoters: not above 100"),
        pytest.param({0: 9}, (-100, -43.4), id="nine detractors: not below -100"),
    ],
)
def test_the_interval_is_the_adjusted_wald_one(scores, interval):
    assert nps(asked(scores)).interval == pytest.approx(interval, abs=0.05)


def test_csat_answers_are_another_survey(backend):
    measure = nps(asked({10: 1}) + worlds.scored({1: 5}, start=1), backend)
    assert (measure.value, measure.sample_size) == (100, 1)


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param([], id="no rows"),
        pytest.param(worlds.scored({5: 3}), id="only CSAT answers"),
        pytest.param(asked({None: 3}), id="only invitations"),
        pytest.param(asked({9: 3}, responded_at=Q1.end), id="only later ones"),
    ],
)
def test_without_answers_there_is_no_figure(rows, backend):
    measure = nps(rows, backend)
    later = any(row["responded_at"] == Q1.end for row in rows)
    code, when = ("no-answers", "period") if later else ("no-nps", "exports")
    assert (measure.value, measure.reason.code, measure.sample_size) == (None, code, 0)
    assert measure.reason.message == f"no NPS answers in the {when}"


def test_without_any_date_all_answers_count_as_exported(backend):
    measure = nps(asked({10: 3, 1: 1}), backend, without=("responded_at", "sent_at"))
    assert (measure.value, measure.as_exported) == (50, True)


@pytest.mark.parametrize("seed", seeds(6, 20))
def test_the_oracle_sorts_answers_into_three_heaps(seed, backend):
    rows = worlds.surveys(seed, worlds.spells(seed))
    heaps = {"promoters": [], "passives": [], "detractors": []}
    names = ["detractors"] * 7 + ["passives"] * 2 + ["promoters"] * 2
    for row in rows:
        counts = row["kind"] == "nps" and row["score"] is not None
        if counts and Q1.start <= row["responded_at"] <= Q1.last_day:
            heaps[names[row["score"]]].append(row["response_id"])
    answers = sum(map(len, heaps.values()))
    measure = nps(rows, backend, without=())
    shares = [Fraction(len(heaps[name]), answers) for name in ("promoters", "detractors")]
    assert measure.value == (shares[0] - shares[1]) * 100
    assert worlds.ids(measure) == {name: sorted(heap) for name, heap in heaps.items()}


@pytest.mark.parametrize(("highest", "doubted"), [(5, True), (6, False)])
def test_answers_that_all_end_at_five_are_said(highest, doubted, backend):
    rows = worlds.scored({1: 2, highest: 1}, (0, 10), kind="nps")
    notes = worlds.answer("nps", {"surveys": worlds.table("surveys", rows)}, backend).notes
    assert notes == (("no answer is above 5, on a scale of 0 to 10",) if doubted else ())


def test_a_row_counts_as_often_as_it_says(backend):
    rows = worlds.table("surveys", worlds.scored({9: 1, 7: 1, 0: 1}, (0, 10), kind="nps"))
    surveys = rows.append_column("answer_count", pa.array([70, 20, 10]))
    measure = worlds.answer("nps", {"surveys": surveys}, backend)
    assert (measure.value, measure.sample_size) == (60, 100)
