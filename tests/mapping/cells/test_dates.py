from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone
from unicodedata import combining, normalize
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import pyarrow as pa
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from retention_cli.mapping.cells import clocks, dates
from retention_cli.mapping.cells.dates import DateDecision, DateOrder, decide_order, rewrite_dates

DMY, MDY, YMD = DateOrder.DMY, DateOrder.MDY, DateOrder.YMD
NAMES = "January February March April May June July August September October November December"
MONTHS = NAMES.split()


def rewritten(*cells, order=None, zone=None, keep_time=False):
    """Give what the clocks show; their offsets have tests of their own."""
    column = pa.array(cells, pa.string())
    return on_the_clock(rewrite_dates(column, order, zone=zone, keep_time=keep_time))


def on_the_clock(stamps):
    return [
        stamp and re.sub(r"\A([0-9-]{10}T[0-9:]{8})[-+][0-9:]+\Z", r"\1", stamp)
        for stamp in stamps.to_pylist()
    ]


# What is left alone


LEFT_ALONE = {
    "a bare number": "5",
    "a month alone": "may",
    "a decimal number": "1.234",
    "a word": "yesterday",
    "a spreadsheet serial": "45292",
    "a two-digit year last": "01/02/69",
    "a two-digit year first": "69-02-01",
    "a two-digit year after a name": "12 Mar 24",
    "a two-digit year after dots": "12.03.24",
    "the 31st of February": "31/02/2024",
    "the 31st of November": "31/11/2024",
    "the 29th of a common February": "2025-02-29",
    "a 13th month": "2024-13-01",
    "a 13th month after dots": "01.13.2024",
    "day zero": "00/01/2024",
    "month zero": "01/00/2024",
    "year zero": "01/01/0000",
    "eight digits before 1900": "18991231",
    "eight digits after 2199": "22000101",
    "eight digits that are not day": "20240230",
    "seven digits": "2024031",
    "a year and a month": "2024-03",
    "a month of two languages that differ": "12 listopada 2024",
    "two sorts of mark": "05/03-2024",
    "two sorts of mark, year first": "2024-03/05",
    "a name with dashes, month first": "Mar-12-2024",
    "a month in a tenth language": "12 kovo 2024",
    "half a month's name": "12 Marc 2024",
    "half a French month": "12 jui 2024",
    "a name that is not a letter": "12 1er 2024",
    "a month of another name": "12 de 2024",
    "the weekday of another day": "Mon, 12 Mar 2024",
    "a weekday of a fifth language": "dinsdag 12 mar 2024",
    "two weekdays": "Tue, Tue, 12 Mar 2024",
    "a weekday alone": "Tue",
    "a zone by its name": "2024-03-12 10:30 Europe/Berlin",
    "a zone in brackets without an offset": "2024-03-12 10:30 (CET)",
    "a name and a 31st that is none": "31 Apr 2024",
    "three digits of day": "012/03/2024",
    "five digits of year": "12/03/20245",
    "full-width digits": "\uff12\uff10\uff12\uff14-03-12",
    "Arabic-Indic digits": "\u0662\u0660\u0662\u0664-03-12",
    "a line break behind": "2024-03-12\n",
    "a line break before the time": "2024-03-12\n10:30",
    "a space in front": " 2024-03-12",
    "a time alone": "10:30",
    "hour 24": "2024-03-12 24:00",
    "minute 60": "2024-03-12 10:60",
    "second 60": "2024-03-12T23:59:60",
    "an hour without minutes": "2024-03-12 10",
    "a half day of hour 13": "2024-03-12 13:00 PM",
    "a half day of hour 0": "2024-03-12 0:30 AM",
    "half a half day": "2024-03-12 10:30 P",
    "a fraction of a minute": "2024-03-12 10:30.5",
    "an empty fraction": "2024-03-12 10:30:00.",
    "two spaces before the time": "2024-03-12  10:30",
    "an offset without a time": "2024-03-12+02:00",
    "a Z without a time": "2024-03-12Z",
    "an offset of a day": "2024-03-12 10:30+24:00",
    "a zone by another name": "2024-03-12 10:30 CET",
    "a good time behind no day": "31/02/2024 10:30",
    "nothing": "",
}


@pytest.mark.parametrize("order", [None, DMY, MDY, YMD], ids=str)
@pytest.mark.parametrize("cell", LEFT_ALONE.values(), ids=LEFT_ALONE.keys())
def test_what_is_no_accepted_day_stays_as_it_was(cell, order):
    assert rewritten(cell, "20240101", order=order) == [cell, "2024-01-01"]
    with_time = rewritten(cell, order=order, keep_time=True, zone="Europe/Berlin")
    assert with_time == [cell]


@pytest.mark.parametrize("order", [None, YMD], ids=str)
@pytest.mark.parametrize("cell", ["03/04/2025", "3-4-2025", "25/12/2024", "12-25-2024 10:30"])
def test_without_a_fitting_order_slashes_and_dashes_stay_as_they_were(cell, order):
    assert rewritten(cell, order=order) == [cell]


PRINTED = {
    "JavaScript": "Tue Jun 03 2025 09:00:00 GMT+0200 (Central European Summer Time)",
    "a mail": "Tue, 03 Jun 2025 09:00:00 +0200",
    "a mail, one digit": "Tue, 3 Jun 2025 09:00:00 +0200",
    "Ruby": "Tue Jun 03 09:00:00 +0200 2025",
    "Java": "2025-06-03T09:00:00+02:00[Europe/Berlin]",
    "an offset from GMT": "2025-06-03 09:00 GMT+2",
    "an offset from UTC": "3 Jun 2025 9:00 AM UTC+02:00",
}


@pytest.mark.parametrize("cell", PRINTED.values(), ids=PRINTED.keys())
def test_what_programs_print_is_a_moment(cell):
    column = pa.array([cell])
    assert rewrite_dates(column, None, keep_time=True).to_pylist() == ["2025-06-03T09:00:00+02:00"]
    assert rewrite_dates(column, None, zone="Asia/Tokyo").to_pylist() == ["2025-06-03"]


@pytest.mark.parametrize(
    "cell",
    [
        *("Tue Jun  3 09:00:00 2025", "Tuesday, June 3, 2025 9:00 AM", "Tue 3 Jun 2025, 09:00"),
        *(
            "Dienstag, 3. Juni 2025 09:00 Uhr",
            "Di., 03.06.2025 09:00",
            "mardi 3 juin 2025 \u00e0 9h00",
        ),
        *("martes, 3 de junio de 2025 9:00", "MAR. 3 JUIN 2025 09:00:00"),
    ],
)
def test_a_weekday_may_stand_in_front(cell):
    assert rewritten(cell, keep_time=True) == ["2025-06-03T09:00:00"]


def test_a_weekday_proves_the_order():
    column = pa.array(["Tue 03/06/2025", "04/07/2025"])
    assert decide_order(column).because == "'Tue 03/06/2025' has its day first"
    assert decide_order(pa.array(["Thu 03/06/2025"])).order is MDY
    assert decide_order(pa.array(["Mon 03/06/2025"])).order is None


@settings(max_examples=50, deadline=None)
@given(
    st.dates(date(1900, 1, 1), date(2199, 12, 31)),
    st.integers(0, 6),
    st.sampled_from(["%a, %d %b %Y", "%a %b %d %Y", "%A, %d/%m/%Y"]),
)
def test_a_day_is_read_only_with_its_own_weekday(day, other, form):
    text = day.strftime(form)
    assert rewritten(text, order=DMY) == [day.isoformat()]
    named = (date(2024, 1, 1) + timedelta(days=other)).strftime("%A")
    wrong = text.replace(day.strftime("%A"), named) if "%A" in form else f"{named[:3]}{text[3:]}"
    assert rewritten(wrong, order=DMY) == [day.isoformat() if other == day.weekday() else wrong]


@pytest.mark.parametrize(("cell", "order"), [("25/12/2024", MDY), ("12/25/2024", DMY)])
def test_a_cell_against_the_order_stays_as_it_was(cell, order):
    assert rewritten(cell, order=order) == [cell]


def test_a_null_stays_null():
    assert rewritten(None, "1.2.2024", None) == [None, "2024-02-01", None]


@pytest.mark.parametrize(
    ("cells", "keep_time"),
    [
        (["2024-03-12", None, "2024-02-31"], False),
        (["2024-03-12", None], True),
        (["2024-03-12T10:30:00", "2024-03-12", None], True),
        ([None, None], False),
        ([], True),
    ],
    ids=["days", "days with time kept", "stamps with time kept", "only nulls", "no cells"],
)
def test_a_canonical_column_comes_back_itself(cells, keep_time):
    column = pa.array(cells, pa.string())
    zone = None if keep_time else "UTC"
    assert rewrite_dates(column, DMY, keep_time=keep_time, zone=zone) is column


# What is rewritten


WRITTEN = {
    "ISO": ("2024-03-05", None, "2024-03-05"),
    "eight digits": ("20240305", None, "2024-03-05"),
    "the first eight digits": ("19000101", None, "1900-01-01"),
    "the last eight digits": ("21991231", None, "2199-12-31"),
    "one digit in an ISO month": ("2024-3-05", None, "2024-03-05"),
    "one digit in an ISO day": ("2024-03-5", DMY, "2024-03-05"),
    "year first with points and blanks": ("2024. 3. 5.", None, "2024-03-05"),
    "Chinese and Japanese": ("2024年3月5日", None, "2024-03-05"),
    "Korean": ("2024년 3월 5일", None, "2024-03-05"),
    "year first with slashes": ("2024/03/05", None, "2024-03-05"),
    "year first with dots": ("2024.03.05", None, "2024-03-05"),
    "year first is not bent by an order": ("2024/03/05", DMY, "2024-03-05"),
    "dots are day first": ("5.3.2024", None, "2024-03-05"),
    "dots are day first though told otherwise": ("05.03.2024", MDY, "2024-03-05"),
    "slashes day first": ("05/03/2024", DMY, "2024-03-05"),
    "slashes month first": ("05/03/2024", MDY, "2024-05-03"),
    "dashes day first, one digit": ("5-3-2024", DMY, "2024-03-05"),
    "dashes month first, one digit": ("5-3-2024", MDY, "2024-05-03"),
    "day and month alike need no order": ("05/05/2024", None, "2024-05-05"),
    "a leap day": ("29/02/2024", DMY, "2024-02-29"),
    "a short name": ("12 Mar 2024", None, "2024-03-12"),
    "a short name with dashes": ("12-Mar-2024", None, "2024-03-12"),
    "a long name": ("2 September 2024", None, "2024-09-02"),
    "Sept": ("2 Sept 2024", None, "2024-09-02"),
    "a short name first": ("Mar 12, 2024", None, "2024-03-12"),
    "a long name first, no comma": ("March 12 2024", None, "2024-03-12"),
    "capitals": ("12 MAR 2024", None, "2024-03-12"),
    "small letters": ("may 1, 2024", None, "2024-05-01"),
    "slashes around a name": ("12/Mar/2024", None, "2024-03-12"),
    "a name in the middle, year first": ("2024-Mar-12", None, "2024-03-12"),
    "an English ordinal": ("12th March 2024", None, "2024-03-12"),
    "an English ordinal behind": ("March 1st, 2024", None, "2024-03-01"),
    "a German day": ("1. März 2024", None, "2024-03-01"),
    "a German day run together": ("1.Mrz.2024", None, "2024-03-01"),
    "an Austrian day": ("2. Jänner 2024", None, "2024-01-02"),
    "a German day without umlauts": ("2 JAENNER 2024", None, "2024-01-02"),
    "accents that stand alone": ("1 Ma\u0308rz 2024", None, "2024-03-01"),
    "a French first": ("1er mars 2024", None, "2024-03-01"),
    "a French month without its accent": ("3 fevrier 2024", None, "2024-02-03"),
    "a Spanish day": ("12 de enero de 2024", None, "2024-01-12"),
    "a Spanish day of the year": ("12 de enero del 2024", None, "2024-01-12"),
    "a Spanish day, month first": ("enero 12 de 2024", None, "2024-01-12"),
    "a Spanish short name": ("12-ene-2024", None, "2024-01-12"),
}


@pytest.mark.parametrize(("cell", "order", "day"), WRITTEN.values(), ids=WRITTEN.keys())
def test_an_accepted_form_is_written_as_its_day(cell, order, day):
    assert rewritten(cell, order=order) == [day]
    assert rewritten(cell, order=order, keep_time=True) == [day]
    assert rewritten(f"{cell} 9:07", order=order) == [day]
    assert rewritten(f"{cell}T09:07:05.25Z", order=order, keep_time=True) == [f"{day}T09:07:05"]


TIMES = {
    "one digit of hour": (" 9:07", "09:07:00"),
    "a T": ("T09:07", "09:07:00"),
    "seconds": (" 23:59:59", "23:59:59"),
    "a fraction is cut, not rounded": (" 23:59:59.999999", "23:59:59"),
    "midnight of the half day": (" 12:00 AM", "00:00:00"),
    "noon of the half day": (" 12:30:10 pm", "12:30:10"),
    "afternoon without a space": (" 1:05PM", "13:05:00"),
    "morning": (" 01:05 am", "01:05:00"),
    "a fraction in the afternoon": (" 1:05:06.7 PM", "13:05:06"),
    "UTC": (" 9:07 UTC", "09:07:00"),
    "GMT": (" 9:07 GMT", "09:07:00"),
    "Z": ("T09:07:00Z", "09:07:00"),
    "a comma before": (", 9:07", "09:07:00"),
    "narrow spaces": (",\u00a02:05\u202fPM", "14:05:00"),
    "points in the half day": (" 2:05 p.m.", "14:05:00"),
    "Spanish half days": (" 2:05:10 a. m.", "02:05:10"),
    "German": (" 14:05 Uhr", "14:05:00"),
    "German in words": (" um 14.05 Uhr", "14:05:00"),
    "French": (" 14h05", "14:05:00"),
    "French in words": (" à 14 h 05", "14:05:00"),
    "Spanish in words": (", a las 14:05", "14:05:00"),
    "English in words": (" at 2:05 PM", "14:05:00"),
    "an offset as written": ("T09:07:00+05:30", "09:07:00"),
    "a short offset as written": ("T09:07:00-0800", "09:07:00"),
}


@pytest.mark.parametrize(("time", "kept"), TIMES.values(), ids=TIMES.keys())
def test_a_time_of_day_is_kept_or_cut_off(time, kept):
    for day in ("2024-12-25", "25/12/2024", "25-Dec-2024", "Dec 25, 2024"):
        assert rewritten(day + time, order=DMY) == ["2024-12-25"]
        assert rewritten(day + time, order=DMY, keep_time=True) == [f"2024-12-25T{kept}"]


def test_digits_that_run_together_are_a_day_and_its_time():
    assert rewritten("20240305T101500Z", keep_time=True) == ["2024-03-05T10:15:00"]
    assert rewritten("20240305T101500", "20240305T256000") == ["2024-03-05", "20240305T256000"]
    berlin = rewritten("20240305T233000Z", keep_time=True, zone="Europe/Berlin")
    assert berlin == ["2024-03-06T00:30:00"]


MONTH_NAMES = {
    "en": "January February March April May June July August September October November December",
    "en short": "Jan Feb Mar Apr May Jun Jul Aug Sept Oct Nov Dec",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "de short": "Jan Feb Mrz Apr Mai Jun Jul Aug Sep Okt Nov Dez",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "fr short": "janv févr mars avr mai juin juil août sept oct nov déc",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "pt": "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
    "da": "januar februar marts april maj juni juli august september oktober november december",
    "es short": "ene feb mar abr may jun jul ago sep oct nov dic",
}


@pytest.mark.parametrize("names", MONTH_NAMES.values(), ids=MONTH_NAMES)
def test_months_are_read_in_many_languages_in_any_case_with_and_without_points(names):
    for number, name in enumerate(names.split(), start=1):
        bare = "".join(c for c in normalize("NFD", name) if not combining(c))
        words = (name, name.upper(), name.title(), bare, normalize("NFD", name), f"{name}.")
        for written_so in ("5 {} 2024", "05-{}-2024 9:07", "5. {} 2024, 9:07 Uhr"):
            cells = [written_so.format(word) for word in words]
            assert rewritten(*cells) == [f"2024-{number:02}-05"] * len(words), cells


MOVED = {
    "the day turns": ("2024-12-31T23:30:00Z", "Europe/Berlin", "2025-01-01T00:30:00"),
    "the day turns back": ("2025-01-01 01:30+0200", "UTC", "2024-12-31T23:30:00"),
    "half an hour": ("1/1/2025 0:15 GMT", "Asia/Kolkata", "2025-01-01T05:45:00"),
    "a stamp without offset": ("2024-12-31T23:30:00", "Pacific/Auckland", "2024-12-31T23:30:00"),
    "before summer time": ("2024-03-31T00:59:59Z", "Europe/Berlin", "2024-03-31T01:59:59"),
    "in summer time": ("2024-03-31T01:00:00Z", "Europe/Berlin", "2024-03-31T03:00:00"),
    "summer after 2037": ("2045-07-01T22:30:00Z", "Europe/Berlin", "2045-07-02T00:30:00"),
    "the last day there is": ("9999-12-31T23:30:00Z", "Europe/Berlin", "9999-12-31T23:30:00"),
    "past the last day": ("9999-12-31T23:30:00-05:00", "UTC", "9999-12-31T23:30:00"),
    "before the first day": ("0001-01-01T00:30:00+05:00", "UTC", "0001-01-01T00:30:00"),
}


@pytest.mark.parametrize(("cell", "zone", "stamp"), MOVED.values(), ids=MOVED.keys())
def test_a_stamp_with_an_offset_is_moved_to_the_zone(cell, zone, stamp):
    assert rewritten(cell, order=DMY, zone=zone, keep_time=True) == [stamp]
    assert rewritten(cell, order=DMY, zone=zone) == [stamp[:10]]


def test_a_day_without_a_time_is_not_moved():
    assert rewritten("20241231", None, zone="Asia/Tokyo") == ["2024-12-31", None]


def test_a_zone_that_nobody_knows_is_an_error():
    with pytest.raises(ZoneInfoNotFoundError):
        rewritten("2024-12-31T23:30:00Z", zone="Europe/Atlantis")


# What the cells prove


def decided(*cells, told=None):
    return decide_order(pa.array(cells, pa.string()), told=told)


NO_ORDER_NEEDED = {
    "no cells": [],
    "only nulls": [None, None],
    "ISO": ["2024-03-04"],
    "dots": ["03.04.2024"],
    "names": ["3 Apr 2024", "Apr 3, 2024"],
    "day and month alike": ["04/04/2024"],
    "impossible days": ["31/02/2024", "00/05/2024", "30-02-2024"],
    "a bad time": ["25/12/2024 25:00"],
    "a two-digit year": ["25/12/24"],
    "no dates": ["5", "yesterday"],
}


def test_the_forms_of_cells_that_need_no_order_are_named():
    assert decided("03.04.2024", "13.04.2024").written == "d.m.y"
    assert decided("2024-04-03", "20240403 10:00").written == "ymd"
    assert decided("3. April 2024", "2024-04-03").written == "ymd, named months"
    assert decided("").written is None


@pytest.mark.parametrize("cells", NO_ORDER_NEEDED.values(), ids=NO_ORDER_NEEDED.keys())
def test_no_order_is_claimed_where_none_is_needed(cells):
    assert decided(*cells) == DateDecision(order=None, because="no cell needs an order")


@pytest.mark.parametrize(
    ("cells", "example", "because"),
    [
        (["03/04/2025"], "03/04/2025", "'03/04/2025' may be 2025-04-03 or 2025-03-04"),
        (["05/06/2025", "03/04/2025"], "03/04/2025", None),
        (["3-4-2025 10:30", None], "3-4-2025 10:30", None),
        (["03/04/2025", "31/02/2024", "05/05/2024", "13.02.2024"], "03/04/2025", None),
        (["03/04/2025", "25/12/2024 25:00"], "03/04/2025", None),
    ],
    ids=["one", "several", "with a time", "no evidence beside it", "a proof with a bad time"],
)
def test_cells_that_read_both_ways_are_ambiguous(cells, example, because):
    decision = decided(*cells)
    assert (decision.order, decision.ambiguous, decision.contradictory) == (None, True, None)
    assert decision.example == example
    assert because in (None, decision.because)


@pytest.mark.parametrize(
    ("cells", "order", "because"),
    [
        (["03/04/2025", "25/12/2024"], DMY, "'25/12/2024' has its day first"),
        (["03/04/2025", "12/25/2024"], MDY, "'12/25/2024' has its month first"),
        (["25-12-2024 10:30 PM"], DMY, "'25-12-2024 10:30 PM' has its day first"),
        (["13/1/2024", "31/02/2024", "x"], DMY, "'13/1/2024' has its day first"),
        (["2/29/2024", "31/02/2024"], MDY, "'2/29/2024' has its month first"),
        (["30/1/2024", "13/1/2024"], DMY, "'13/1/2024' has its day first"),
        (["13/1/2024 11:00", "13/1/2024 10:00"], DMY, "'13/1/2024 10:00' has its day first"),
    ],
    ids=[
        "day",
        "month",
        "with a time",
        "beside junk",
        "a leap day",
        "the least day",
        "the least time",
    ],
)
def test_one_cell_that_reads_one_way_proves_the_order(cells, order, because):
    decision = decided(*cells)
    assert decision == DateDecision(order=order, because=because, example=because.split("'")[1])


def test_evidence_on_both_sides_is_contradictory_whatever_the_majority():
    decision = decided("12/25/2024", *["25/12/2024"] * 9, "03/04/2025")
    assert decision.order is None
    assert decision.ambiguous
    assert decision.contradictory == ("25/12/2024", "12/25/2024")
    assert decision.because == "'25/12/2024' has its day first, '12/25/2024' its month"


@pytest.mark.parametrize("told", DateOrder)
def test_what_was_told_settles_it(told):
    decision = decided("25/12/2024", "12/25/2024", "03/04/2025", told=told)
    assert decision == DateDecision(order=told, because=f"the order was given as {told}")


# Properties


DAYS = st.dates(date(1900, 1, 1), date(2199, 12, 31))
FORMS = {
    "iso": "{y}-{m:02}-{d:02}",
    "digits": "{y}{m:02}{d:02}",
    "slashed, year first": "{y}/{m:02}/{d:02}",
    "dotted, year first": "{y}.{m:02}.{d:02}",
    "dots": "{d}.{m}.{y}",
    "slashes": "{first:02}/{second:02}/{y}",
    "dashes": "{first}-{second}-{y}",
    "short name": "{d} {name:.3} {y}",
    "dashed name": "{d:02}-{name:.3}-{y}",
    "long name first": "{name} {d:02}, {y}",
}
CLOCKS = {
    "none": "",
    "seconds": " %H:%M:%S",
    "fraction": "T%H:%M:%S.%fZ",
    "half day": " %I:%M:%S %p",
    "offset": " %H:%M:%S-07:00",
}


def written(day, form, order):
    first, second = (day.day, day.month) if order is DMY else (day.month, day.day)
    name = MONTHS[day.month - 1]
    return FORMS[form].format(
        y=day.year, m=day.month, d=day.day, first=first, second=second, name=name
    )


@settings(max_examples=50, deadline=None)
@given(
    DAYS,
    st.times(),
    st.sampled_from([DMY, MDY]),
    st.sampled_from([*FORMS]),
    st.sampled_from([*CLOCKS]),
)
def test_every_written_form_of_a_day_gives_it_back_beside_a_proof(day, time, order, form, clock):
    proof = written(date(2024, 12, 25), "slashes", order)
    column = pa.array([written(day, form, order) + time.strftime(CLOCKS[clock]), proof])
    decision = decide_order(column)
    assert decision.order is order
    assert rewrite_dates(column, order).to_pylist() == [day.isoformat(), "2024-12-25"]
    kept = "" if clock == "none" else f"T{time:%H:%M:%S}"
    assert on_the_clock(rewrite_dates(column, order, keep_time=True))[0] == day.isoformat() + kept


ZONES = ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu"]


@settings(max_examples=50, deadline=None)
@given(
    st.datetimes(datetime(1900, 1, 2), datetime(2199, 12, 30)),
    st.integers(-14 * 60, 14 * 60),
    st.sampled_from([*ZONES, "Africa/Monrovia", "Pacific/Apia", "Africa/Casablanca"]),
)
@example(datetime(1972, 1, 7, 0, 44, 29), 0, "Africa/Monrovia")
@example(datetime(1972, 1, 7, 0, 44, 30), 0, "Africa/Monrovia")
def test_a_move_to_a_zone_agrees_with_zoneinfo(stamp, minutes, zone):
    written = stamp.replace(microsecond=0, tzinfo=timezone(timedelta(minutes=minutes)))
    expected = written.astimezone(ZoneInfo(zone)).replace(tzinfo=None, microsecond=0)
    assert rewritten(written.isoformat(), zone=zone, keep_time=True) == [expected.isoformat()]


@pytest.mark.parametrize("zone", ZONES)
def test_every_hour_around_a_change_of_clocks_is_moved_rightly(zone):
    hours = [datetime(2025, 1, 1, tzinfo=UTC) + timedelta(minutes=30 * n) for n in range(17_520)]
    column = pa.array([f"{hour:%Y-%m-%dT%H:%M:%SZ}" for hour in hours])
    expected = [f"{hour.astimezone(ZoneInfo(zone)):%Y-%m-%dT%H:%M:%S}" for hour in hours]
    assert on_the_clock(rewrite_dates(column, None, zone=zone, keep_time=True)) == expected


def all_digits(*parts):
    return all(part and set(part) <= set("0123456789") for part in parts)


def oracle_clock(text):
    """Read a time without an offset by hand: HH:MM:SS, or None."""
    half = text[-2:].upper() if text[-2:].upper() in ("AM", "PM") else ""
    text = text[:-2].removesuffix(" ") if half else text
    hour, *rest = text.split(":")
    if len(rest) == 2 and "." in rest[1]:
        rest[1], _, fraction = rest[1].partition(".")
        hour = hour if all_digits(fraction) else ""
    if len(rest) not in (1, 2) or not all_digits(hour, *rest) or len(hour) > 2:
        return None
    if any(len(part) != 2 or int(part) > 59 for part in rest):
        return None
    if int(hour) not in (range(1, 13) if half else range(24)):
        return None
    shown = int(hour) % 12 + 12 * (half == "PM") if half else int(hour)
    return ":".join([f"{shown:02}", *rest, "00"][:3])


def oracle_time(text):
    """Read a time with or without an offset by hand: HH:MM:SS, or None."""
    for ending in (" UTC", " GMT", "Z"):
        if text.endswith(ending):
            return oracle_clock(text.removesuffix(ending))
    for sign in "+-":
        clock, found, offset = text.partition(sign)
        if found:
            digits = offset[:2] + offset[2:].removeprefix(":")
            digits = digits + "00" if len(offset) == 2 else digits
            good = all_digits(digits) and len(digits) == 4 and digits < "1460" and digits[2] < "6"
            return oracle_clock(clock.removesuffix(" ")) if good else None
    return oracle_clock(text)


def oracle_day(text, order):
    """Read a day by hand, one way of writing after the other."""
    year = month = day = ""
    for mark in "-/.":
        parts = text.split(mark)
        if len(parts) != 3:
            continue
        if mark == "." and len(parts[0]) == 4:
            parts = [part.removeprefix(" ") for part in parts]  # As Hungarian writes it.
        first, second, third = parts
        if all_digits(*parts) and len(first) == 4 and len(second) < 3 and len(third) < 3:
            year, month, day = parts
        elif all_digits(*parts) and len(first) < 3 and len(second) < 3 and len(third) == 4:
            same = order is None and int(first) == int(second)
            if mark == "." or order is DMY or same:
                day, month, year = parts
            elif order is MDY:
                month, day, year = parts
    if len(text) == 8 and all_digits(text) and 1900 <= int(text[:4]) <= 2199:
        year, month, day = text[:4], text[4:6], text[6:]
    for words in (text.split(" "), text.split("-")):
        if len(words) != 3:
            continue
        named = {name.lower()[:n]: str(i) for i, name in enumerate(MONTHS, 1) for n in (3, 9)}
        named["sept"] = "9"
        ordinal = words[0].removesuffix(".") if " " in text else words[0]
        if words[1].lower() in named and all_digits(ordinal, words[2]):
            day, month, year = ordinal, named[words[1].lower()], words[2]
        elif words[0].lower() in named and " " in text:
            month, day, year = named[words[0].lower()], words[1].removesuffix(","), words[2]
    if not all_digits(year, month, day) or len(year) != 4 or len(day) > 2:
        return None
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None


def oracle(cell, order, *, keep_time):
    readings = [oracle_day(cell, order)]
    for place in range(len(cell)):
        time = oracle_time(cell[place + 1 :]) if cell[place] in " T" else None
        # A comma may part a day from its time: 5.6.2026, 14:05.
        before = cell[:place].removesuffix(",") if cell[place] == " " else cell[:place]
        day = oracle_day(before, order)
        if time and day:
            readings.append(f"{day}T{time}" if keep_time else day)
    found = [reading for reading in readings if reading]
    assert len(found) < 2, "a cell must not be readable in two ways"
    return found[0] if found else cell


@st.composite
def near_dates(draw):
    day = draw(DAYS)
    order = draw(st.sampled_from([DMY, MDY]))
    text = written(day, draw(st.sampled_from([*FORMS])), order)
    text += draw(st.times()).strftime(draw(st.sampled_from([*CLOCKS.values()])))
    for _ in range(draw(st.integers(0, 2))):
        place = draw(st.integers(0, len(text)))
        new = draw(st.sampled_from(["", *"0123456789-/.,: TZ+APMae\n\u0661"]))
        text = text[:place] + new + text[place + draw(st.integers(0, 1)) :]
    # Marks after a name, and after a day that comes last, are read, and stand in tests of their own.
    return re.sub(r"^(\d{4}\. ?\d{1,2}\. ?\d{1,2})\.|(?<=[A-Za-z])[.,]", r"\1", text)


@settings(max_examples=50, deadline=None)
@given(
    st.lists(st.none() | near_dates(), max_size=8),
    st.sampled_from([None, DMY, MDY, YMD]),
    st.booleans(),
)
@example(["2024-02-31T10:00:00", "2024-02-30", "31/04/2024 1:00"], DMY, True)
@example(["2024/3/5", "2024/3/05 1:00", "2024-3-5", "2024/3/005", "2024/003/5"], DMY, False)
@example(["2024-03-05 01:00 +02", "2024-03-05 01:00+2", "2024-03-05 01:00  +02:00"], None, True)
@example(["2024-03-05 1:00 PM +0200", "2024-03-05 1:00+15", "2024-03-05 1:00+02:"], None, True)
def test_rewriting_agrees_with_reading_each_cell_by_hand(cells, order, keep_time):
    expected = [cell and oracle(cell, order, keep_time=keep_time) for cell in cells]
    assert rewritten(*cells, order=order, keep_time=keep_time) == expected


@settings(max_examples=30, deadline=None)
@given(st.lists(st.none() | near_dates(), max_size=8), st.integers(0, 8), st.booleans())
def test_chunks_change_nothing(cells, cut, keep_time):
    whole = pa.array(cells, pa.string())
    parts = pa.chunked_array([whole[:cut], whole[cut:]], pa.string())
    zone = "America/New_York" if keep_time else None
    assert decide_order(parts) == decide_order(whole)
    answer = rewrite_dates(parts, DMY, zone=zone, keep_time=keep_time)
    assert isinstance(answer, pa.ChunkedArray)
    assert on_the_clock(answer) == rewritten(*cells, order=DMY, zone=zone, keep_time=keep_time)


def test_a_column_without_chunks_is_read():
    column = pa.chunked_array([], pa.string())
    assert decide_order(column).order is None
    assert rewrite_dates(column, DMY, zone="UTC", keep_time=True).to_pylist() == []


@settings(max_examples=30, deadline=None)
@given(st.lists(near_dates(), max_size=8), st.randoms(use_true_random=False))
def test_the_order_of_rows_decides_nothing(cells, chance):
    shuffled = chance.sample(cells, len(cells))
    assert decided(*shuffled) == decided(*cells)


@settings(max_examples=30, deadline=None)
@given(st.lists(near_dates(), max_size=8))
def test_a_proven_order_reads_its_proof_and_the_other_order_does_not(cells):
    decision = decided(*cells)
    if decision.order is None:
        return
    other = MDY if decision.order is DMY else DMY
    assert rewritten(decision.example, order=decision.order) != [decision.example]
    assert rewritten(decision.example, order=other) == [decision.example]


# The cost


@pytest.fixture
def cells_read(monkeypatch):
    read = []
    readers = {
        "_read_day": dates,
        "_read_clock": clocks,
        "_read_offset": clocks,
        "_shift_at": clocks,
    }
    for name, room in readers.items():
        real = getattr(room, name)
        monkeypatch.setattr(
            room, name, lambda *a, real=real, **k: (read.append(a), real(*a, **k))[1]
        )
    return read


def test_days_are_read_once_each_however_many_rows_and_times(cells_read):
    rows = [
        f"{n % 28 + 1}/{n % 11 + 1}/2024 {n % 24}:{n % 60:02}:{n % 59:02}" for n in range(200_000)
    ]
    column = pa.chunked_array([rows[:90_000], rows[90_000:]])
    order = decide_order(column).order
    rewrite_dates(column, order)
    assert order is DMY
    assert 0 < len(cells_read) <= 28 * 11 * 3


def test_stamps_that_are_all_different_are_moved_without_reading_each(cells_read):
    start = datetime(2024, 5, 1, tzinfo=UTC)
    rows = [f"{start + timedelta(seconds=n * 7):%Y-%m-%dT%H:%M:%S}.{n:06}Z" for n in range(200_000)]
    answer = rewrite_dates(pa.array(rows), None, zone="Asia/Tokyo", keep_time=True)
    assert answer[0].as_py() == "2024-05-01T09:00:00+09:00"
    # One a second of the day (86,400 at most, 7 seconds apart: all of them), and a few a day.
    assert len(cells_read) < 87_000


def test_a_canonical_column_is_not_read_at_all(cells_read):
    column = pa.array(["2024-03-12"] * 10)
    decide_order(column)
    rewrite_dates(column, None)
    assert not cells_read


def test_a_year_first_with_slashes_may_have_parts_of_one_digit():
    cells = pa.array(["2024/3/5", "2024/12/31", "2024/13/5", "2024/2/30", "2024/3/5 09:30"])
    assert rewrite_dates(cells, None).to_pylist() == [
        *("2024-03-05", "2024-12-31", "2024/13/5", "2024/2/30", "2024-03-05"),
    ]


@pytest.mark.parametrize(
    ("offset", "wanted"),
    [
        ("+00", "2024-07-01T14:00:00+02:00"),
        (" +0200", "2024-07-01T12:00:00+02:00"),
        (" +02:00", "2024-07-01T12:00:00+02:00"),
        ("-05", "2024-07-01T19:00:00+02:00"),
        (" -0330", "2024-07-01T17:30:00+02:00"),
    ],
)
def test_an_offset_may_be_hours_alone_or_stand_apart(offset, wanted):
    stamps = pa.array([f"2024-07-01 12:00:00{offset}"])
    moved = rewrite_dates(stamps, None, zone="Europe/Berlin", keep_time=True)
    assert moved.to_pylist() == [wanted]


def test_a_text_that_many_cells_share_counts_as_often():
    texts = pa.array(["13/02/2024", "03/04/2024", None])
    assert decide_order(texts, times=pa.array([5, 2, 1])).proofs == (5, 0)
    assert decide_order(texts).proofs == (1, 0)
