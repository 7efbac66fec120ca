"""Durations are rewritten to the second, by one unit a column; what is doubtful is refused."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_EVEN, Decimal

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retention_cli.mapping.cells.durations import (
    DurationUnit,
    days_said,
    decide_unit,
    rewrite_clock_hours,
    rewrite_durations,
    unit_of,
    without_unit,
)

SECONDS = {"seconds": 1, "minutes": 60, "hours": 3_600, "days": 86_400}


def cells(*written):
    return pa.array(written, pa.string())


def rewritten(written, unit):
    return rewrite_durations(cells(*written), unit and DurationUnit(unit)).to_pylist()


def nearest(seconds):
    return int(seconds.quantize(Decimal(1), ROUND_HALF_EVEN))


@pytest.mark.parametrize(
    "header",
    [
        pytest.param("FRT", id="says nothing"),
        pytest.param("Customer's first response time", id="s after an apostrophe"),
        pytest.param("Temps d'attente", id="d before an apostrophe"),
        pytest.param("Durée", id="a d between accents"),
        pytest.param("First reply within 24h window", id="h after a number"),
        pytest.param("Second reply time", id="the second of several"),
        pytest.param("Time in hours or minutes", id="two units"),
        pytest.param("firstResponseMs", id="milliseconds"),
        pytest.param("Comments", id="a word that holds a unit"),
    ],
)
def test_a_header_that_names_no_unit(header):
    assert unit_of(header) is None
    assert decide_unit(cells("90"), header=header).ambiguous


@pytest.mark.parametrize(
    ("header", "unit"),
    [
        ("First reply time in minutes", "minutes"),
        ("Resolution time (hrs)", "hours"),
        ("Speed of answer in seconds", "seconds"),
        ("Temps de réponse (h)", "hours"),
        ("FRT [ m ]", "minutes"),
        ("frt_s", "seconds"),
        ("wait d", "days"),
        ("firstResponseMinutes", "minutes"),
        ("Lösungszeit in Stunden", "hours"),
        ("Tiempo (días)", "days"),
        ("MINS", "minutes"),
        ("First Response Time (mm:ss)", "minutes"),
        ("Reaktionszeit (Std.:Min.)", "hours"),
        ("FRT [Min:Sek]", "minutes"),
    ],
)
def test_a_header_that_names_its_unit(header, unit):
    assert unit_of(header) is DurationUnit(unit)
    found = decide_unit(cells("90"), header=header)
    assert (found.unit, found.because) == (unit, f"header '{header}' says so")


@pytest.mark.parametrize("header", ["Wait (hh:mm:ss)", "Wait H:MM:SS", "Wait (Std.:Min:Sek)"])
def test_a_clock_in_a_header_is_no_part_of_its_name_and_settles_no_short_one(header):
    assert without_unit(header) == "Wait"
    assert decide_unit(cells("1:30:00"), header=header).unit is DurationUnit.CLOCK
    assert decide_unit(cells("05:30"), header=header).ambiguous


@pytest.mark.parametrize(
    ("written", "because"),
    [
        (["90", None], "it is not known whether it is seconds, minutes or hours"),
        (["1,5"], "it is not known whether it is seconds, minutes or hours"),
        (["90", "1:30", "1:30:00", "7"], "it is not known whether it is seconds, minutes or hours"),
        (["1:30", "4:59"], "it is not known whether H:MM or M:SS is written"),
    ],
)
def test_what_nothing_settles_is_ambiguous(written, because):
    found = decide_unit(cells(*written), header="FRT")
    assert (found.unit, found.ambiguous, found.because) == (None, True, because)


def test_no_durations_at_all_ask_for_nothing():
    for written in ([], [None], ["soon", "n/a"]):
        found = decide_unit(cells(*written), header="FRT")
        assert (found.unit, found.ambiguous) == (None, False)


@pytest.mark.parametrize(
    ("written", "header", "told", "unit"),
    [
        pytest.param(["90"], "FRT", "hours", "hours", id="what was told"),
        pytest.param(["90"], "FRT in minutes", "hours", "hours", id="told, before the header"),
        pytest.param(["1:30:00"], "FRT in minutes", None, "clock", id="clocks, before the header"),
        pytest.param(["1:30:00"], "FRT", "minutes", "clock", id="clocks, before what was told"),
        pytest.param(["1:30:00", "90"], "FRT", None, "clock", id="as many clocks as numbers"),
        pytest.param(["1:30:00", "90", "7"], "minutes", None, "minutes", id="more are numbers"),
        pytest.param(["1:30"], "Speed of answer (minutes)", None, "minutes", id="M:SS by header"),
        pytest.param(["1:30"], "FRT", "clock", "clock", id="H:MM if told"),
    ],
)
def test_the_unit_is_decided_for_the_column(written, header, told, unit):
    found = decide_unit(cells(*written), header=header, told=told)
    assert (found.unit, found.ambiguous) == (unit, False)


@pytest.mark.parametrize(
    ("written", "unit"),
    [
        *(("soon", unit) for unit in (*DurationUnit, None)),
        *(("-5", unit) for unit in (*DurationUnit, None)),
        *(("1e3", unit) for unit in DurationUnit),
        ("1:75:00", "clock"),
        ("1:30:60", "clock"),
        ("1:30.5", "clock"),
        ("12:00:00 AM", "clock"),
        ("1:30:00", "minutes"),
        ("1:30", "seconds"),
        ("1:30", "days"),
        ("1.5", "clock"),
        ("1.5", None),
        ("$5", "minutes"),
        ("(5)", "minutes"),
        ("5 months", "minutes"),
        ("1,250", "minutes"),
        ("1.250", "hours"),
        ("1.", "hours"),
    ],
)
def test_a_cell_that_is_no_duration_in_the_unit_stays(written, unit):
    assert rewritten([written], unit) == [written]


@pytest.mark.parametrize(
    ("written", "unit"), [("90", "clock"), ("90", None), ("9999999999", "minutes")]
)
def test_what_would_pass_for_seconds_is_marked(written, unit):
    assert rewritten([written, None], unit) == [f"?{written}", None]


def test_a_short_clock_beside_long_ones_stays_as_it_is():
    assert rewritten(["1:30", "0:01:30"], "clock") == ["1:30", "90"]


@pytest.mark.parametrize(
    ("written", "unit", "seconds"),
    [
        (["1:30:00", "100:00:00", "00:00:07"], "clock", ["5400", "360000", "7"]),
        (["0:00:30.5", "0:00:31.5", "00:01:30.5000001"], "clock", ["30", "32", "91"]),
        (["1:30"], "clock", ["5400"]),
        (["1:30"], "hours", ["5400"]),
        (["1:30"], "minutes", ["90"]),
        (["0.5", "1.5", "2.5"], "seconds", ["0", "2", "2"]),
        (["1.3333333333333333"], "hours", ["4800"]),
        (["0.25", "1"], "days", ["21600", "86400"]),
        (["1,5", "1.250"], "minutes", ["90", "75000"]),
        (["1,250", "30.5"], "minutes", ["75000", "1830"]),
        (["1,250", "1,250,000"], "seconds", ["1250", "1250000"]),
        (["007"], "seconds", ["7"]),
    ],
)
def test_durations_become_whole_seconds(written, unit, seconds):
    assert rewritten(written, unit) == seconds


def test_columns_in_pieces_are_decided_as_one():
    column = pa.chunked_array([["1,250"], [], ["30.5"]], pa.string())
    assert rewrite_durations(column, DurationUnit.MINUTES).to_pylist() == ["75000", "1830"]
    assert decide_unit(pa.chunked_array([[]], pa.string()), header="FRT").unit is None


amounts = st.decimals(min_value=0, max_value=99_999, places=3, allow_nan=False)


@settings(max_examples=40, deadline=None)
@given(
    written=st.lists(st.none() | amounts, max_size=8),
    unit=st.sampled_from(sorted(SECONDS)),
    comma=st.booleans(),
)
def test_numbers_are_rewritten_exactly(written, unit, comma):
    proof = "0,5" if comma else "0.5"
    texts = [None if one is None else f"{one:f}" for one in written]
    if comma:
        texts = [text and text.replace(".", ",") for text in texts]
    expected = [None if one is None else str(nearest(one * SECONDS[unit])) for one in written]
    assert rewritten([proof, *texts], unit)[1:] == expected


@settings(max_examples=40, deadline=None)
@given(
    clocks=st.lists(
        st.tuples(
            st.integers(0, 999_999),
            st.integers(0, 59),
            st.integers(0, 59),
            st.none() | st.integers(0, 999),
        ),
        max_size=8,
    )
)
def test_clocks_are_rewritten_exactly(clocks):
    texts, expected = [], []
    for hours, minutes, seconds, thousandths in clocks:
        after = "" if thousandths is None else f".{thousandths:03}"
        texts.append(f"{hours}:{minutes:02}:{seconds:02}{after}")
        exact = Decimal(seconds) + Decimal(thousandths or 0) / 1_000
        expected.append(str(hours * 3_600 + minutes * 60 + nearest(exact)))
    assert rewritten(texts, "clock") == expected


@settings(max_examples=40, deadline=None)
@given(
    written=st.lists(
        st.none()
        | st.text("0123456789.,:- hm'", max_size=9)
        | st.text(max_size=5)
        | st.from_regex(r"[0-9]{1,10}([.,:][0-9]{1,3}){0,3}", fullmatch=True),
        max_size=6,
    ),
    unit=st.sampled_from([None, *DurationUnit]),
)
def test_whatever_is_written_is_seconds_or_is_refused_under_its_own_text(written, unit):
    for before, after in zip(written, rewritten(written, unit), strict=True):
        if after in (before, None):
            assert (
                after is None
                or unit == "seconds"
                or not re.fullmatch("[0-9]+", after)
                or (before.strip("0") == "" and after == before)
            )
        else:
            says_its_unit = any(sign.isalpha() or sign in "'\"" for sign in before)
            assert after == f"?{before}" or (
                (unit or says_its_unit) and re.fullmatch("[0-9]+", after)
            )


@settings(max_examples=40, deadline=None)
@given(seconds=st.integers(0, 3_600_000))
def test_clock_hours_give_their_seconds_back(seconds):
    clock = f"{seconds // 3_600}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    (text,) = rewrite_clock_hours(cells(clock)).to_pylist()
    assert re.fullmatch(r"0|[0-9]+\.[0-9]{8}", text)
    assert abs(Decimal(text) * 3_600 - seconds) < Decimal("0.00002")


def test_hours_that_are_no_clocks_stay_as_they_are():
    written = ["0.25", "-1", "-1:00:00", "soon", None, ""]
    assert rewrite_clock_hours(cells(*written)).to_pylist() == written
    mixed = rewrite_clock_hours(cells("1:30", "0:20:00", *written)).to_pylist()
    assert mixed == ["1.50000000", "0.33333333", *written]


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (["1w 2d", "3h"], "'1w 2d'"),
        (["2 Tage 3 Std."], "'2 Tage 3 Std.'"),
        (["1 j 2 h", "1.5 j"], "'1 j 2 h'"),
        (["0d 2h", "90m"], None),
        (["P1DT2H", "1 days 02:00:00", "1.02:00:00"], None),
        (["30", "1:30:00"], None),
    ],
)
def test_days_that_may_be_days_of_work_are_said_to_be_whole_ones(written, said):
    found = days_said(cells(*written), "FRT")
    assert [said in one for one in found] == ([True] if said else [])


def test_days_of_work_in_a_header_are_said_to_be_whole_ones():
    headers = [
        "Resolution (business days)",
        "Dauer in Arbeitstagen (Tage)",
        "Age (days)",
        "FRT (min)",
    ]
    assert [len(days_said(cells("2"), header)) for header in headers] == [1, 1, 0, 0]


@pytest.mark.parametrize(
    ("written", "seconds"),
    [
        (["1 M", "12M"], ["1 M", "12M"]),
        (["2H", "30M"], ["7200", "1800"]),
        (["1 m", "PT5M"], ["60", "300"]),
    ],
)
def test_a_capital_m_alone_may_be_a_month(written, seconds):
    assert rewrite_durations(cells(*written), None).to_pylist() == seconds


def test_days_in_hours_of_work_are_not_read():
    assert rewrite_clock_hours(cells("1d 2h", "2h")).to_pylist() == ["1d 2h", "2.00000000"]


@pytest.mark.parametrize(
    ("written", "unit", "seconds"),
    [
        (["1d", "1w 2d", "1 Tag 2 Std."], None, [28_800, 201_600, 36_000]),
        (["1 days 02:00:00", "P1D", "90m"], None, [93_600, 86_400, 5_400]),
        (["2", "0.5"], DurationUnit.DAYS, [57_600, 14_400]),
        (["2"], DurationUnit.HOURS, [7_200]),
    ],
)
def test_a_working_day_is_as_long_as_the_settings_say(written, unit, seconds):
    found = rewrite_durations(cells(*written), unit, 8 * 3_600).to_pylist()
    assert [int(one) for one in found] == seconds
