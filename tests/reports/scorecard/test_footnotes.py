from __future__ import annotations

import json
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports import sample
from retention_cli.findings.problems import Notice, Problems
from retention_cli.reports.scorecard import json as as_json
from retention_cli.reports.scorecard._footnotes import EVERY, NONE, footnotes
from retention_cli.reports.scorecard.table import render
from retention_cli.reports.words.data_lines import assumptions
from retention_cli.results.scorecard import Line
from retention_cli.values.measures import Manner, Measure

NAMES = ("customers", "invoices", "surveys", "tickets", "costs")
IDLE = {"tickets", "costs"}
"""No figure of the sample rests on these: how they were read is no matter."""
CHOICES = st.lists(st.text("abc 123·:;,()'", min_size=1, max_size=60).map(str.strip), max_size=6)


def words(text):
    return " ".join(text.split())


def line(kpi, measure=None, **more):
    return replace(
        sample.line(kpi, measure or Measure.of(Fraction(1, 2), sample_size=2, basis="dates")),
        **more,
    )


def said_of(card, kpi):
    """Give what the marks of a figure lead to, with what is said of all figures."""
    found = footnotes(card, card.lines)
    marks = found.marks[kpi.name]
    return [text for mark, text in found.said if mark == EVERY or mark in marks]


@settings(deadline=None, max_examples=40)
@given(st.lists(st.tuples(st.sampled_from(NAMES), CHOICES), max_size=8), CHOICES)
def test_everything_that_json_says_was_assumed_for_a_figure_is_on_the_screen(files, general):
    exports = tuple(
        replace(sample.SURVEYS, file=f"{n}.csv", kind=kind, sheet=None, assumed=tuple(choices))
        for n, (kind, choices) in enumerate(files)
    )
    card = sample.card(exports=exports, assumed=tuple(general))
    shown = words(render(card, width=100))
    told = assumptions(card)
    assert len(json.loads(as_json.render(card))["data"]["assumed"]) == len(told)
    for _, said, kinds in told:
        assert words(said) in shown or (kinds and kinds <= IDLE)


@settings(deadline=None, max_examples=40)
@given(st.lists(st.tuples(st.integers(0, 19), st.text("ab1 ", min_size=1)), max_size=12))
def test_every_note_of_a_total_is_on_the_screen_and_marked_at_its_figure(notes):
    lines = [one for one in sample.card().lines if one.group is None and one.measure.value]
    for at, note in notes:
        one = lines[at % len(lines)]
        measure = replace(one.measure, notes=(*one.measure.notes, f"note {note}."))
        lines[at % len(lines)] = replace(one, measure=measure)
    card = sample.card(lines=tuple(lines), problems=Problems())
    for one in lines:
        for note in one.measure.notes:
            assert any(note in text for text in said_of(card, one.kpi))


@pytest.mark.parametrize(
    ("kind", "kpi", "other"),
    [
        ("customers", sample.RETENTION, sample.REVENUE),
        ("customers", sample.NRR, sample.NPS),
        ("invoices", sample.REVENUE, sample.RETENTION),
        ("surveys", sample.CSAT, sample.REVENUE),
        ("tickets", sample.RESPONSE, sample.CSAT),
        ("costs", replace(sample.MARGIN, name="account_margin"), sample.MARGIN),
    ],
)
def test_what_is_said_of_an_export_is_marked_at_the_figures_that_rest_on_it(kind, kpi, other):
    notice = Notice("hidden-rows", "1 row is hidden", kind=kind, file=f"{kind}.csv")
    export = replace(sample.SURVEYS, kind=kind, file=f"{kind}.csv", assumed=())
    card = sample.card(
        lines=(line(kpi), line(other)), exports=(export,), problems=Problems().also([notice])
    )
    assert any("1 row is hidden" in text for text in said_of(card, kpi))
    assert not any("1 row is hidden" in text for text in said_of(card, other))


@pytest.mark.parametrize("kind", ["surveys", "tickets"])
def test_whose_answers_and_tickets_are_matters_only_where_figures_are_broken_down(kind):
    notice = Notice("no-customer", "1 row has none", column="customer_id", kind=kind, file=kind)
    total = line(sample.CSAT)
    part = replace(total, group=("segment", "North"))
    export = replace(sample.SURVEYS, kind=kind)
    whole, split = (
        sample.card(lines=lines, exports=(export,), problems=Problems().also([notice]))
        for lines in ((total,), (total, part))
    )
    assert "1 row has none" not in render(whole)
    assert "1 row has none" in render(split)
    assert "1 row has none" in render(whole, verbose=True)


def test_membership_by_activity_rests_on_the_invoices():
    by_activity = Measure.of(Fraction(1, 2), sample_size=2, basis="activity")
    export = replace(sample.SURVEYS, kind="invoices", sheet=None, assumed=("a guess",))
    card = sample.card(lines=(line(sample.CHURN, by_activity), line(sample.NPS)), exports=(export,))
    assert any("a guess" in text for text in said_of(card, sample.CHURN))
    assert any("basis: activity" in text for text in said_of(card, sample.CHURN))


def test_what_changes_no_figure_of_the_table_is_said_all_the_same():
    notice = Notice("hidden-rows", "1 row is hidden", kind="surveys", file="s.csv")
    card = sample.card(lines=(line(sample.REVENUE),), problems=Problems().also([notice]))
    assert any(
        mark == NONE and "1 row is hidden" in text
        for mark, text in footnotes(card, card.lines).said
    )


def test_how_a_figure_is_reckoned_is_left_to_verbose():
    measure = Measure.of(Fraction(5), sample_size=2, notes=(Manner("1 / churn rate"), "a guess"))
    card = sample.card(lines=(line(sample.LIFESPAN, measure),))
    assert "1 / churn rate" not in render(card)
    assert "1 / churn rate" in render(card, verbose=True)
    assert "a guess" in render(card)


def group(name, note):
    measure = Measure.of(Fraction(1, 2), sample_size=2, notes=(note,))
    return replace(line(sample.CSAT, measure), group=("segment", name))


def test_notes_of_groups_that_differ_in_numbers_only_are_one():
    total = line(sample.CSAT, Measure.of(Fraction(1, 2), sample_size=9, notes=("9 left out",)))
    lines = (total, *(group(str(n), f"{n} left out") for n in range(40)))
    card = sample.card(lines=lines, exports=(), problems=Problems(), assumed=())
    assert footnotes(card, card.lines).said == (
        (EVERY, "9 left out (39 more like this in groups)"),
    )


def test_a_note_that_only_a_group_has_names_it():
    lines = (line(sample.CSAT), group("North", "3 left out"), line(sample.NPS))
    card = sample.card(lines=lines, exports=(), problems=Problems(), assumed=())
    assert footnotes(card, lines).said == (
        ("a", "3 left out (Customer satisfaction (CSAT) (North))"),
    )
    verbose = render(card, verbose=True)
    assert "3 left out (Customer satisfaction (CSAT))" in verbose


def test_more_kinds_of_footnotes_than_letters_still_have_marks_of_their_own():
    kpis = [
        replace(sample.CSAT, name=name) for name in ("csat", "nps", "csat_mean", "revenue", "clv")
    ]
    lines = []
    for at, kpi in enumerate(kpis):
        notes = tuple(f"note {bits}" for bits in range(1, 31) if bits >> at & 1)
        lines.append(line(kpi, Measure.of(1, sample_size=1, notes=notes)))
    assert isinstance(lines[0], Line)
    card = sample.card(lines=tuple(lines), exports=(), problems=Problems(), assumed=())
    said = footnotes(card, card.lines).said
    assert len({mark for mark, _ in said}) == len(said) == 30
