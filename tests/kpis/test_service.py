"""The tickets of a period, whatever an export has of them."""

from __future__ import annotations

import random
import statistics
from fractions import Fraction

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import worlds
from retention_cli.dataset.ticket_times import timed
from retention_cli.frames.frames import collect, from_arrow
from retention_cli.kpis.computing import compute
from retention_cli.kpis.ingredients.service import quantile, service
from retention_cli.settings import Settings
from retention_cli.testing import table
from retention_cli.values.periods import Period
from service_worlds import STAMPED, answer, figure

RESPONSES = ("first_response_time", "first_response_median", "first_response_p90")
OTHERS = ("unanswered_tickets", "response_within_target", "resolution_time")
ALL = (*RESPONSES, *OTHERS, "first_contact_resolution", "reopen_rate")
BY_THE_CLOCK = (
    "T1,2025-06-02T09:00:00,2025-06-02T09:30:00,2025-06-02T12:00:00,1,0",
    "T2,2025-06-03T09:00:00,2025-06-03T11:00:00,2025-06-05T09:00:00,3,0",
    "T3,2025-06-04T18:00:00,2025-06-05T08:00:00,2025-06-05T10:00:00,1,0",
    "T4,2025-06-06T10:00:00,2025-06-06T10:10:00,2025-06-06T10:30:00,1,1",
    "T5,2025-06-09T10:00:00,,,,0",
    "T6,2025-05-30T10:00:00,2025-06-02T10:00:00,2025-06-02T11:00:00,1,0",
)


def of_june(*lines, header, backend="pandas"):
    tickets = from_arrow(timed(table("tickets", header, *lines)), backend)
    return service(tickets=tickets, period=Period.parse("2025-06"))


def names(frame):
    return None if frame is None else sorted(collect(frame)["ticket"].to_pylist())


@pytest.mark.parametrize(
    ("name", "value", "n"),
    [
        ("first_response_time", 15_000, 4),
        ("first_response_median", 4_500, 4),
        ("first_response_p90", 37_440, 4),
        ("unanswered_tickets", 1, 5),
        ("response_within_target", Fraction(3, 4), 4),
        ("resolution_time", Fraction(10_800 + 172_800 + 57_600 + 1_800 + 262_800, 5), 5),
        ("first_contact_resolution", Fraction(3, 5), 5),
        ("reopen_rate", Fraction(1, 5), 5),
    ],
)
def test_the_tickets_of_one_june_by_the_clock(name, value, n, backend):
    """The shared case: 30 min, 2 h, 14 h and 10 min; 3 h, 2 d, 16 h, 30 min and 3 d 1 h."""
    found = figure(name, *BY_THE_CLOCK, backend=backend, response_target=7_200)
    assert (found.value, found.sample_size) == (value, n)


def test_the_tickets_of_one_june_within_business_hours(backend):
    week = dict.fromkeys(("monday", "tuesday", "wednesday", "thursday", "friday"), "07:00-17:00")
    told = Settings.model_validate({"business_hours": week})
    line = "T3,2025-06-04T18:00:00,2025-06-05T08:00:00,2025-06-05T10:00:00,1,0"
    for name, seconds in (("first_response_time", 3_600), ("resolution_time", 10_800)):
        assert figure(name, line, backend=backend, settings=told).value == seconds


@pytest.mark.parametrize("name", ALL)
def test_a_ticket_counts_from_the_first_second_of_a_period_to_its_last(name, backend):
    """Four tickets that begin and end at once, of which two are those of June."""
    moments = ("2025-05-31T23:59:59", "2025-06-01", "2025-06-30T23:59:59", "2025-07-01")
    lines = [f"{number},{at},{at},{at},1,0" for number, at in enumerate(moments)]
    found = figure(name, *lines, backend=backend, response_target=60)
    assert found.sample_size == 2
    seen = set().union(*(part.ids() for part in found.parts.values()))
    assert seen == {"1", "2"}


@pytest.mark.parametrize(
    ("header", "line", "created", "resolved"),
    [
        pytest.param("created_at", "2025-06-02", ["row 2"], None, id="created"),
        pytest.param("resolved_at", "2025-06-02", None, ["row 2"], id="resolved"),
        pytest.param("created_at,resolved_at", "2025-06-02,", ["row 2"], [], id="unresolved"),
        pytest.param("created_at", "2025-07-01", [], None, id="of another period"),
        pytest.param(
            "created_at,resolution_duration",
            "2025-06-30T23:00:00,3600",
            *(["row 2"], []),
            id="resolved an hour later",
        ),
        pytest.param("first_response_at", "2025-06-02", None, None, id="only answered"),
        pytest.param("first_response_duration", "60", ["row 2"], ["row 2"], id="no dates"),
        pytest.param("resolution_duration,contacts", ",1", ["row 2"], [], id="not resolved"),
        pytest.param("contacts", "1", ["row 2"], ["row 2"], id="contacts alone"),
    ],
)
def test_which_tickets_are_of_a_period(header, line, created, resolved, backend):
    found = of_june(line, header=header, backend=backend)
    assert (names(found.created), names(found.resolved)) == (created, resolved)
    dated = "_at" in header
    assert found.as_exported is not dated
    assert (found.created is None) <= (found.unplaced is not None)
    assert (found.resolved is None) <= (found.unresolved is not None)


@pytest.mark.parametrize("name", ALL)
def test_an_export_without_dates_is_one_figure_for_all_of_it(name, backend):
    header = "ticket_id,first_response_duration,resolution_duration,contacts,reopened"
    lines = ("1,60,120,1,0", "2,120,240,2,0", "3,,,1,", "4,180,360,1,1")
    values = {
        "first_response_time": (120, 3),
        "first_response_median": (120, 3),
        "first_response_p90": (168, 3),
        "unanswered_tickets": (1, 4),
        "response_within_target": (Fraction(2, 3), 3),
        "resolution_time": (240, 3),
        "first_contact_resolution": (Fraction(1, 3), 3),
        "reopen_rate": (Fraction(1, 3), 3),
    }
    found = figure(name, *lines, header=header, backend=backend, response_target=120)
    assert (found.value, found.sample_size) == values[name]
    assert found.as_exported


def test_without_stamps_nobody_can_tell_who_is_past_the_target():
    header = "ticket_id,first_response_duration"
    found = figure("response_within_target", "1,60", "2,", header=header, response_target=120)
    why = "their waiting time is unknown"
    assert found.notes == (f"unanswered tickets left out, {why}: 1",)
    found = figure("response_within_target", "2,", header=header, response_target=120)
    assert (answer(found), found.as_exported) == ("no-tickets", True)
    assert why in found.reason.message


def test_durations_stand_in_where_a_stamp_is_blank(backend):
    header = "ticket_id,created_at,first_response_at,first_response_duration"
    lines = ("1,2025-06-02T09:00:00,2025-06-02T09:10:00,7", "2,2025-06-02T09:00:00,,7")
    found = figure("first_response_time", *lines, header=header, backend=backend)
    assert (found.value, found.sample_size) == (Fraction(607, 2), 2)


def test_tickets_without_ids_are_named_by_their_row(backend):
    header = "ticket_id,customer_id,created_at,first_response_at"
    lines = ("7,c,2025-06-02,2025-06-02", ",c,2025-06-02,2025-06-02", ",c,2025-06-02,")
    expected = {"answered": ["7", "row 3"]}
    assert worlds.ids(figure(RESPONSES[0], *lines, header=header, backend=backend)) == expected
    rows = table("tickets", header, *lines).drop_columns(["ticket_id"])
    rows = timed(rows.append_column("_file", pa.array([0, 1, 1], pa.int32())))
    for name, part in ((RESPONSES[0], "answered"), ("unanswered_tickets", "tickets")):
        data = worlds.dataset({"tickets": rows}, backend)
        found = compute((name,), dataset=data, period=Period.parse("2025-06"), settings={})[name]
        assert found.parts[part].ids()[:2] == ["file 1 row 2", "file 2 row 3"]


@pytest.mark.parametrize("name", ALL)
def test_without_tickets_every_figure_but_the_count_is_undefined(name, backend):
    found = figure(name, header=STAMPED, backend=backend, response_target=60)
    if name == "unanswered_tickets":
        assert (found.value, found.sample_size) == (0, 0)
        return
    codes = dict.fromkeys(RESPONSES, "none-answered") | {
        "response_within_target": "no-tickets",
        "resolution_time": "none-resolved",
        "first_contact_resolution": "none-known",
        "reopen_rate": "none-resolved",
    }
    assert (answer(found), found.sample_size) == (codes[name], 0)
    assert found.reason.message


@pytest.mark.parametrize("name", ALL)
def test_without_an_export_of_tickets_they_are_not_loaded(name):
    found = compute(
        (name,), dataset=worlds.dataset({}), period=Period.parse("2025-06"), settings={}
    )[name]
    assert found.reason.code == "not-loaded"


@pytest.mark.parametrize("name", ["resolution_time", "first_contact_resolution", "reopen_rate"])
def test_a_stamp_of_the_answer_alone_places_no_ticket(name):
    header = "ticket_id,first_response_at,contacts,reopened"
    assert answer(figure(name, "1,2025-06-02,1,0", header=header)) == "no-creation"


def test_four_numbers_have_their_quantiles():
    ordered = np.array([600, 1_800, 7_200, 50_400])
    assert quantile(ordered, Fraction(1, 2)) == 4_500
    assert quantile(ordered, Fraction(9, 10)) == 37_440
    assert quantile(ordered, Fraction(0)) == 600
    assert quantile(ordered, Fraction(1)) == 50_400


def test_no_numbers_have_no_quantile():
    with pytest.raises(ValueError, match="no quantile"):
        quantile(np.zeros(0, np.int64), Fraction(1, 2))


@settings(max_examples=40, deadline=None)
@given(numbers=st.lists(st.integers(0, 10**12), min_size=1, max_size=40))
def test_quantiles_are_those_of_statistics_and_of_numpy(numbers):
    ordered = np.array(sorted(numbers))
    exact = [Fraction(one) for one in numbers]
    assert quantile(ordered, Fraction(1, 2)) == statistics.median(exact)
    for tenth in range(11):
        found = quantile(ordered, Fraction(tenth, 10))
        assert float(found) == pytest.approx(np.quantile(ordered, tenth / 10), rel=1e-9)
        if len(exact) > 1 and 0 < tenth < 10:
            assert found == statistics.quantiles(exact, n=10, method="inclusive")[tenth - 1]


def test_the_order_of_rows_changes_no_quantile(backend):
    lines = list(BY_THE_CLOCK)
    random.Random(7).shuffle(lines)  # noqa: S311  # a seeded order is not a secret
    for name in ("first_response_median", "first_response_p90"):
        assert figure(name, *lines, backend=backend) == figure(name, *BY_THE_CLOCK)


HALF_PLACED = ("1,2025-06-02T09:00:00+00:00,2025-06-02T10:00:00", "2,2025-06-02T09:00:00+00:00,")


@pytest.mark.parametrize(
    "name", ["first_response_time", "first_response_median", "first_response_p90"]
)
def test_a_time_between_an_offset_and_none_leaves_no_figure(name):
    header = "ticket_id,created_at,first_response_at"
    found = figure(name, *HALF_PLACED, header=header)
    assert answer(found) == "zone-unknown"
    assert "--tz" in found.reason.hint
    assert answer(figure("unanswered_tickets", *HALF_PLACED, header=header)) == 1
    target = figure("response_within_target", *HALF_PLACED, header=header, response_target=60)
    assert answer(target) == "zone-unknown"


def test_who_waits_is_not_known_where_the_end_of_the_data_is_not():
    header = "ticket_id,created_at,first_response_at"
    lines = ("1,2025-06-02T09:00:00+00:00,2025-06-02T09:00:30+00:00", "2,2025-06-02T09:00:00,")
    found = figure("response_within_target", *lines, header=header, response_target=60)
    assert answer(found) == "zone-unknown"


def test_resolutions_need_their_zone_too():
    lines = ("1,2025-06-02T09:00:00+00:00,2025-06-02T10:00:00",)
    header = "ticket_id,created_at,resolved_at"
    assert answer(figure("resolution_time", *lines, header=header)) == "zone-unknown"
    assert (
        answer(figure("resolution_time", *lines, header=header, period="2025-07"))
        == "none-resolved"
    )
