"""Weights of rules: what earlier closes tell, scored on later closes whose outcome nobody knew then."""

from __future__ import annotations

import json
import sys
from datetime import date, timedelta
from types import SimpleNamespace

import numpy as np
import pytest
from scipy.optimize import minimize

from retention_cli.errors import RetentionError
from retention_cli.signs.history import number_of
from retention_cli.signs.learned import Seen, learned
from retention_cli.signs.tallies import Month
from retention_cli.values.periods import add_months

HORIZON, SIZE, RATE = 90, 1500, 0.1
TRUE = {"detractor": 2.0, "silence": 0.0, "late_payment": 0.8}


class Slow:
    """Logistic regression with a penalty on squares, as scikit-learn has it by default: C = 1."""

    def __init__(self, tol):
        self.tol = tol

    def fit(self, rows, left, weight):
        def loss(told):
            odds = rows @ told[1:] + told[0]
            each = np.logaddexp(0, odds) - left * odds
            return (weight * each).sum() + (told[1:] ** 2).sum() / 2

        found = minimize(loss, np.zeros(rows.shape[1] + 1), tol=self.tol).x
        self.start, self.coef_ = found[0], found[None, 1:]
        return self

    def predict_proba(self, rows):
        share = 1 / (1 + np.exp(-(rows @ self.coef_[0] + self.start)))
        return np.stack([1 - share, share], axis=1)


@pytest.fixture
def slow(monkeypatch):
    monkeypatch.setitem(sys.modules, "sklearn", SimpleNamespace())
    monkeypatch.setitem(
        sys.modules, "sklearn.linear_model", SimpleNamespace(LogisticRegression=Slow)
    )


def drawn(seed=1, months=12, true=TRUE):
    """Closes at which rules flag by chance, and customers leave by the true odds."""
    chance = np.random.default_rng(seed)
    found = []
    for month in range(months):
        close = number_of(add_months(date(2024, 1, 1), month))
        there = chance.random(SIZE) < 0.9
        flags = {name: (chance.random(SIZE) < 0.2) & there for name in true}
        odds = np.log(RATE / (1 - RATE)) + sum(true[name] * flags[name] for name in true)
        leaves = there & (chance.random(SIZE) < 1 / (1 + np.exp(-odds)))
        ends = np.where(leaves, close + 30, 1 << 40)
        flags |= {"any": np.any(list(flags.values()), axis=0), "everyone": there}
        found.append(Seen(Month(close, there, leaves, ends), flags))
    return found


def test_weights_come_near_the_odds_that_customers_were_drawn_by(slow):
    found = learned(drawn(), HORIZON)
    odds = dict(found.weights)
    for name, true in TRUE.items():
        assert odds[name] == pytest.approx(np.exp(true), rel=0.25)
    assert [name for name, _ in found.weights] == ["detractor", "late_payment", "silence"]
    weighed, any_, silence, everyone = found.scores
    assert [one.rule for one in found.scores] == ["learned", "any", "silence", "everyone"]
    # It passes over who has the sign that tells nothing, and no other.
    assert any_.flagged > weighed.flagged
    assert weighed.lift > any_.lift > 1
    assert weighed.beats
    assert silence.lift_interval[0] < 1 < silence.lift_interval[1]
    assert everyone.lift == 1


def test_weights_know_nothing_that_was_not_over_when_the_later_closes_began(slow):
    tested = drawn()
    found = learned(tested, HORIZON)
    assert len(found.tested_on) == 4
    first = found.tested_on[0]
    assert all(day + timedelta(HORIZON) <= first for day in found.fitted_on)
    assert len(found.fitted_on) == 6  # two closes were open still
    other = [*tested[:6], *drawn(seed=9)[6:]]
    again = learned(other, HORIZON)
    assert again.weights == found.weights
    assert again.scores != found.scores


@pytest.mark.parametrize("tested", [drawn(months=2), drawn(months=12, true={"silence": -99.0})[:3]])
def test_without_a_past_nothing_is_learned(slow, tested):
    assert learned(tested, HORIZON).reason.code == "nobody-flagged"


def test_the_command_says_what_was_learned_and_how_it_did(slow, retention, folder):
    people, said = ["customer_id,start_date,end_date"], ["customer_id,responded_at,nps"]
    for number in range(60):
        end = date(2024, 3, 10) + timedelta(days=12 * number) if number % 2 else ""
        people.append(f"c{number},2023-01-01,{end if str(end) < '2025-07' else ''}")
        day = end - timedelta(days=40) if end else date(2024, 5, 1) + timedelta(days=6 * number)
        said.append(f"c{number},{min(day, date(2025, 6, 30))},{3 if end and number % 7 else 9}")
    (folder / "customers.csv").write_text("\n".join(people) + "\n", "utf-8")
    (folder / "surveys.csv").write_text("\n".join(said) + "\n", "utf-8")
    done = retention("signals", ".", "--learn", "--as-of", "2025-06-30", "--format", "json")
    test = json.loads(done.out)["backtest_of"]["learned"]
    assert test["odds"][0]["rule"] == "detractor"
    assert test["odds"][0]["times"] > 1
    assert [one["rule"] for one in test["scores"]] == ["learned", "any", "silence", "everyone"]
    out = retention("signals", ".", "--learn", "--as-of", "2025-06-30").out
    words = " ".join(out.split())
    assert "times the odds of leaving: Detractor" in words
    mark = "*" if test["scores"][0]["beats_silence"] is False else ""
    assert f"Learned weights{mark}: " in words


def test_without_the_extra_it_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "sklearn.linear_model", None)
    with pytest.raises(RetentionError, match="scikit-learn") as error:
        learned(drawn(months=2), HORIZON)
    assert "retention-cli[learn]" in error.value.hint


def test_scikit_learn_finds_the_same_weights(slow, monkeypatch):
    ours = dict(learned(drawn(), HORIZON).weights)
    monkeypatch.undo()
    pytest.importorskip("sklearn")
    assert dict(learned(drawn(), HORIZON).weights) == pytest.approx(ours, rel=1e-3)
