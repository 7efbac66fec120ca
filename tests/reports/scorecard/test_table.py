from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from reports import sample
from reports.golden import agrees
from retention_cli.benchmarks.verdicts import Verdict
from retention_cli.findings.problems import Problems
from retention_cli.reports.scorecard.table import period_name, render
from retention_cli.reports.words import numbers
from retention_cli.values.measures import Measure
from retention_cli.values.periods import Period

ANSI = re.compile(r"\x1b\[[0-9;]*m")
MONEY = 90_071_992_548_409_93_00


@pytest.mark.parametrize(
    ("name", "make", "options"),
    [
        ("card-80.txt", sample.card, {"width": 80}),
        ("card-120.txt", sample.card, {"width": 120}),
        ("card-200.txt", sample.card, {"width": 200}),
        ("card-60.txt", sample.card, {"width": 60}),
        ("card-120-colour.txt", sample.card, {"width": 120, "colour": True}),
        ("card-120-verbose.txt", sample.card, {"width": 120, "verbose": True}),
        ("card-piped.txt", sample.card, {"width": None}),
        ("plain-80.txt", sample.plain_card, {"width": 80}),
        ("unfinished-80.txt", sample.unfinished_card, {"width": 80}),
    ],
)
def test_golden(name, make, options):
    assert agrees(name, render(make(), **options))


@pytest.mark.parametrize("width", [20, 40, 60, 70, 80, 90, 100, 120, 160, 200, 300])
@pytest.mark.parametrize("verbose", [False, True])
def test_no_line_is_longer_than_the_terminal_is_wide(width, verbose):
    text = render(sample.card(), width=width, colour=True, verbose=verbose)
    assert max(cell_len(ANSI.sub("", line)) for line in text.split("\n")) <= width


def test_colour_only_repeats_what_the_words_say():
    coloured = render(sample.card(), width=100, colour=True)
    plain = ANSI.sub("", coloured)
    assert plain != coloured
    bare = render(sample.card(), width=100, colour=False)
    assert [line.rstrip() for line in plain.split("\n")] == bare.split("\n")
    assert "\x1b" not in bare


def cells_of(text):
    """Give the cells of all lines: what two spaces part."""
    cells = {cell for line in text.split("\n") for cell in re.split(r"\s{2,}", line.strip())}
    return cells | {re.sub(r"^(change|target|n) ", "", cell) for cell in cells}


@pytest.mark.parametrize("width", [80, 120, 200, None])
def test_every_value_change_target_and_n_is_whole(width):
    found = cells_of(render(sample.card(), width=width))
    for line in sample.card().lines[:-1]:
        measure, unit = line.measure, line.kpi.unit
        if measure.value is None:
            continue
        if line.benchmark is None or line.verdict is Verdict.REFERENCE:
            assert numbers.text(measure.value, unit) in found
        else:
            written, aim = numbers.beside(measure.value, line.benchmark.target, unit)
            assert {written, numbers.whole(aim)} <= found
        assert numbers.count(measure.sample_size) in found


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=30)
@given(
    st.integers(-MONEY, MONEY),
    st.integers(-MONEY, MONEY),
    st.text(st.characters(codec=None), min_size=1, max_size=120),
    st.integers(60, 220),
)
def test_whatever_the_money_and_the_name_nothing_is_cut(value, before, name, width):
    line = replace(
        sample.card().lines[-2],
        measure=Measure.of(value, sample_size=1_234_567, currency="EUR"),
        previous=Measure.of(before, sample_size=1, currency="EUR"),
        verdict=Verdict.NOT_COMPARABLE,
        because="the benchmark is for a year, the figure for a month",
        group=("segment", name),
    )
    text = render(sample.card(lines=(line,), problems=Problems()), width=width)
    written, aim = numbers.beside(value, line.benchmark.target, line.kpi.unit)
    for word in (
        written,
        numbers.whole(aim),
        numbers.change_text(value - before, line.kpi.unit),
        "1,234,567",
    ):
        assert word in text
    assert max(cell_len(row) for row in text.split("\n")) <= width
    assert all(
        unicodedata.category(sign) not in {"Cc", "Cf", "Cs"} for sign in text if sign != "\n"
    )


def test_hostile_names_are_shown_and_do_nothing():
    text = render(sample.card(), width=200)
    assert "\\x1b[31m[red]Acme[/red]\\x1b[0m\\u202e=cmd|' /C calc'!A0" in text


def test_an_undefined_figure_is_named_with_its_reason_and_what_to_do():
    text = render(sample.card(), width=None)
    assert (
        "Customer lifetime value: no customer was lost in the period, so the lifespan has no"
        " bound; set lifespan_years in retention.toml, or use a longer period" in text
    )
    row = next(line for line in text.split("\n") if line.startswith("  Customer lifetime value   "))
    assert "undefined" in row


def test_figures_of_an_export_that_is_not_there_are_one_line_and_no_rows():
    text = render(sample.card(), width=None)
    assert "First-contact resolution: no tickets in the exports; give the export too" in text
    assert text.count("First-contact resolution") == 1


def test_with_a_target_such_a_figure_is_a_row():
    line = next(one for one in sample.card().lines if one.kpi is sample.FCR)
    held = sample.target(sample.FCR, Fraction(7, 10))
    text = render(sample.card(lines=(replace(line, benchmark=held),)), width=None)
    assert re.search(r"First-contact resolution +undefined +70 % +undefined", text)
    assert "First-contact resolution: no tickets in the exports" in text


def test_a_reference_is_shown_below_and_is_no_target():
    text = render(sample.card(), width=None, verbose=True)
    assert (
        "For reference, not judged: Net Promoter Score 36.0 (XM Institute, 2024;"
        " business services, 112 companies)" in text
    )
    row = next(line for line in text.split("\n") if line.startswith("  Net Promoter Score  "))
    assert "36" not in row


def test_the_first_lines_say_how_it_stands():
    head = render(sample.card(), width=None).split("\n")[:2]
    assert head == [
        "June 2025 · 2025-06-01 to 2025-06-30 · change against May 2025 · amounts in EUR · by segment",
        (
            "Against benchmarks: 4 met, 1 near, 4 not judged, 3 missed: Customers acquired,"
            " Net revenue retention (NRR), First response time"
        ),
    ]


def test_figures_of_a_kpi_stand_together_wherever_they_are_given():
    card = sample.card()
    backwards = replace(card, lines=tuple(reversed(card.lines)))
    text = render(backwards, width=None)
    headings = ["Retention and churn", "Customer lifetime value", "Voice of the customer", "Profit"]
    lines = text.split("\n")
    places = [
        next(at for at, line in enumerate(lines) if line.startswith(heading))
        for heading in headings
    ]
    assert places == sorted(places)
    at = lines.index(next(line for line in lines if line.startswith("    Donau")))
    assert [line[:10] for line in lines[at : at + 4]] == [
        "    Donaud",
        "    =cmd|'",
        "    \\x1b[3",
        "  Customer",
    ]


def test_groups_of_a_figure_without_a_total_stand_below_its_title():
    grouped = tuple(one for one in sample.card().lines if one.group)
    lines = render(sample.card(lines=grouped), width=120).split("\n")
    assert "  Customer retention rate" in lines


def test_groups_by_several_columns_name_theirs():
    first, second = [one for one in sample.card().lines if one.group][:2]
    second = replace(second, group=("region", "DACH"))
    text = render(sample.card(lines=(first, second)), width=120)
    assert "region: DACH" in text
    assert "by segment, region" in text


def test_figures_taken_as_exported_and_the_notes_are_named():
    text = render(sample.card(), width=None)
    assert text.count("including tax") == 1
    rows = text.split("\n")
    marks = {line[0]: line[2:] for line in rows if re.match(r"[a-z] ", line)}
    csat = next(line for line in rows if line.startswith("  Customer satisfaction (CSAT)  "))
    having = [mark for mark, said in marks.items() if "taken as exported" in said]
    assert re.search(rf"{having[0]}[a-z]*$|[a-z]*{having[0]}$", csat)


def test_verbose_adds_intervals_targets_and_every_file():
    brief, verbose = (render(sample.card(), width=80, verbose=one) for one in (False, True))
    assert "24 files" in brief
    assert "invoices-2024-07.csv" not in brief
    assert "invoices-2024-07.csv" in verbose
    assert "Customer retention rate: 96.4 to 99.2 %" in verbose
    assert "near from 98.0 %" in verbose


@pytest.mark.parametrize(
    ("period", "name"),
    [
        ("2025-06", "June 2025"),
        ("2025-Q1", "Q1 2025"),
        ("2025-Q4", "Q4 2025"),
        ("2025", "2025"),
        ("2025-02-01..2025-04-30", "2025-02-01 to 2025-04-30"),
        ("2025-06-02..2025-06-08", "2025-06-02 to 2025-06-08"),
    ],
)
def test_periods_are_named_as_people_say_them(period, name):
    assert period_name(Period.parse(period)) == name


def test_a_period_without_a_name_is_written_once():
    card = sample.card(period=Period.parse("2025-06-02..2025-06-08"))
    first = render(card, width=80).split("\n")[0]
    assert first.startswith("2025-06-02 to 2025-06-08 · change against ")


def test_an_empty_scorecard_says_so():
    text = render(replace(sample.plain_card(), lines=()), width=80)
    assert "nothing is judged" in text


def test_titles_with_a_comma_are_told_apart():
    lines = tuple(
        replace(one, kpi=replace(one.kpi, name=name, title=title))
        for one in sample.card().lines
        if one.kpi is sample.FCR
        for name, title in (("a", "Resolution time"), ("b", "Resolution time, median"))
    )
    assert f"Not computed: {sample.FCR.group.value}: no tickets" in render(
        sample.card(lines=lines), width=None
    )
    valued = next(one for one in sample.card().lines if one.measure.value is not None)
    other = replace(valued, kpi=replace(valued.kpi, group=sample.FCR.group))
    text = render(sample.card(lines=(*lines, other)), width=None)
    assert "Not computed: Resolution time; Resolution time, median: no tickets" in text


def test_below_a_screen_are_ten_lines_unless_a_row_has_its_reason_there():
    lines = [
        sample.line(
            replace(sample.FCR, name=f"k{place}", title=f"Figure {place}"),
            Measure.undefined(f"code-{place}", "a reason that takes its line", hint="type this"),
        )
        for place in range(12)
    ]
    said = render(replace(sample.plain_card(), lines=tuple(lines)), width=100)
    below = said[said.rindex("\n\n") :].strip().splitlines()
    assert len(below) == 10
    assert "more reasons: --verbose" in said
    assert "Figure 0" in said
    assert "Figure 11" in said


def test_a_note_of_every_figure_names_none():
    measure = Measure.of(Fraction(1, 2), sample_size=2, notes=("including tax",))
    lines = tuple(replace(one, measure=measure) for one in sample.card().lines[:2])
    assert "including tax" in render(sample.card(lines=lines), width=None).split("All figures: ")[1]
    assert "Notes: including tax\n" in render(sample.card(lines=lines), width=None, verbose=True)


def test_an_undefined_figure_has_no_reference_to_be_held_against():
    line = next(one for one in sample.card().lines if one.kpi is sample.NPS)
    nothing = Measure.undefined("no-answers", "no responses in the period")
    card = sample.card(lines=(replace(line, measure=nothing, verdict=Verdict.UNDEFINED),))
    text = render(card, width=None, verbose=True)
    assert "For reference" not in text
    assert "Undefined: Net Promoter Score: no responses in the period" in text


def test_why_a_reference_is_not_comparable_stands_beside_it_and_not_among_the_unjudged():
    line = next(one for one in sample.card().lines if one.kpi is sample.NPS)
    card = sample.card(lines=(replace(line, because="the benchmark is for a year"),))
    text = render(card, width=None, verbose=True)
    assert "business services, 112 companies; the benchmark is for a year)" in text
    assert "\nNot judged" not in text


@pytest.mark.parametrize("name", ["TERM", "COLUMNS", "NO_COLOR", "FORCE_COLOR"])
def test_only_the_caller_says_how_wide_and_how_colourful(monkeypatch, name):
    expected = [render(sample.card(), width=120, colour=one) for one in (True, False)]
    monkeypatch.setenv(name, {"TERM": "dumb", "COLUMNS": "40"}.get(name, "1"))
    assert [render(sample.card(), width=120, colour=one) for one in (True, False)] == expected
