"""Answers in every form give the figures of the table that they were made of, or a question."""

from __future__ import annotations

import json
import random
from decimal import Decimal
from pathlib import Path

import pytest

import survey_forms

pytestmark = pytest.mark.sweep

EACH = 5
MANY = 200


@pytest.fixture
def outcome(retention):
    """What a form of an export differs in from what is known of it; nothing where it does not."""

    def check(form, *files):
        for place, text in enumerate(files or [form.text]):
            Path(f"answers-{place}.csv").write_text(text, "utf-8")
        Path("retention.toml").write_text(form.settings, "utf-8")
        ran = retention("compute", ".", "--period", "2025-06", "--format", "json")
        if ran.code == 3:
            assert "hint: " in ran.err
            return []
        if ran.code or form.asks:
            return [f"exit {ran.code} {ran.err}"]
        figures = {line["kpi"]: line for line in json.loads(ran.out)["figures"]}
        wrong = []
        for kpi, (value, count) in form.known.items():
            got = figures[kpi]
            same = got["value"] is None if value is None else _close(got["value"], value)
            if not same or (value is not None and got["n"] != count):
                wrong.append(f"{kpi}: {got['value']} of {got['n']}, not {value} of {count}")
        if form.says not in ran.err:
            wrong.append(f"nothing says {form.says}")
        return wrong

    return check


def _form(make, seed):
    return make(random.Random(f"{make.__name__}-{seed}"))  # noqa: S311  # a form has a seed and no secrets


def _close(got, value):
    return got is not None and abs(
        Decimal(str(got)) - Decimal(value.numerator) / value.denominator
    ) < Decimal("1e-9")


@pytest.mark.parametrize("seed", range(EACH))
@pytest.mark.parametrize("make", survey_forms.FORMS, ids=lambda make: make.__name__)
def test_a_form_of_answers_gives_its_figures_or_a_question(outcome, make, seed):
    form = _form(make, seed)
    assert outcome(form) == [], form.text


SPLIT = (survey_forms.in_words, survey_forms.in_stars, survey_forms.good_or_bad)


@pytest.mark.parametrize("seed", range(EACH))
@pytest.mark.parametrize("make", SPLIT, ids=lambda make: make.__name__)
def test_a_form_in_two_files_gives_its_figures_or_a_question(outcome, make, seed):
    form = _form(make, seed)
    halves = survey_forms.split(form, random.Random(seed))  # noqa: S311  # no secrets
    assert outcome(form, *halves) == [], halves


@pytest.mark.slow
@pytest.mark.parametrize("make", survey_forms.FORMS, ids=lambda make: make.__name__)
def test_many_of_each_form_give_their_figures_or_a_question(outcome, make):
    for seed in range(EACH, MANY):
        form = _form(make, seed)
        assert outcome(form) == [], (seed, form.text)
