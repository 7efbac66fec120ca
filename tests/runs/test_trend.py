"""A trend is what `compute` gives for each period; what else it says is looked up by hand."""

from __future__ import annotations

import csv
import io
import json
from datetime import datetime, timedelta
from fractions import Fraction

import pytest

import worlds
from retention_cli.runs.options import Options
from retention_cli.runs.trend import Asked, trend
from retention_cli.scoring.sides import ratio
from retention_cli.values.intervals import adjusted_wald_points, newcombe, wilson

pytestmark = pytest.mark.sweep

AS_OF = ("--as-of", "2025-12-31", "--max-rejects", "90%")
OF_POINT = ("value", "n", "interval", "verdict", "reason", "unfinished")
PLAN = """[[benchmark]]
kpi = "retention_rate"
period = "month"
target = 0.9
min_n = 5
[[benchmark]]
kpi = "revenue"
period = "month"
target = 1000
"""


def write(path, rows, columns):
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, columns, extrasaction="ignore")
        writer.writeheader()
        for row in rows:
            amounts = {n: f"{row[n] / 10_000:.4f}" for n in ("amount", "cost") if row.get(n)}
            writer.writerow({**row, **amounts})


def exports(folder, seed):
    people = worlds.spells(seed)
    for number, row in enumerate(people):
        row["segment"] = ("Large", "Small", "")[hash_of(row["customer_id"]) % 3]
        row["row"] = number
    write(folder / "customers.csv", people, ["customer_id", "start_date", "end_date", "segment"])
    sales = worlds.invoices(seed, people)
    columns = ["invoice_id", "customer_id", "invoice_date", "amount", "cost"]
    write(folder / "invoices.csv", sales, columns)
    answers = worlds.surveys(seed, people)
    columns = ["response_id", "customer_id", "responded_at", "sent_at", "kind", "score"]
    write(folder / "surveys.csv", answers, [*columns, "scale_min", "scale_max"])
    columns = ["ticket_id", "customer_id", "created_at", "first_response_at", "resolved_at"]
    write(folder / "tickets.csv", tickets(seed), [*columns, "contacts", "reopened"])
    (folder / "benchmarks.toml").write_text(PLAN, "utf-8")


def tickets(seed):
    rng = worlds._rng("tickets", seed)
    for number in range(60):
        created = datetime(2025, 1, 1, 9) + timedelta(hours=rng.randrange(-400, 3600))
        answered = created + timedelta(minutes=rng.randrange(1, 900))
        resolved = answered + timedelta(minutes=rng.randrange(1, 9000))
        yield {
            "ticket_id": f"T{number}",
            "customer_id": f"c{rng.randrange(30):02}",
            "created_at": created,
            "first_response_at": answered if rng.random() < 0.8 else None,
            "resolved_at": resolved if rng.random() < 0.7 else None,
            "contacts": rng.randrange(1, 4),
            "reopened": rng.randrange(2),
        }


def hash_of(text):
    return sum(map(ord, text))


def told(retention, *arguments):
    ran = retention(*arguments, "--format", "json")
    assert ran.code == 0, ran.err
    return json.loads(ran.out)


def place(figure):
    return figure["kpi"], str(figure["group"])


@pytest.mark.parametrize(
    ("seed", "every", "by"),
    [
        pytest.param(1, "month", (), marks=pytest.mark.slow),
        pytest.param(2, "month", ("--by", "segment"), marks=pytest.mark.sweep),
        (3, "quarter", ()),
    ],
)
def test_each_point_is_the_figure_that_compute_gives(retention, folder, seed, every, by):
    exports(folder, seed)
    found = told(
        retention, "trend", ".", "--to", "2025-05", "--every", every, "--last", 4, *by, *AS_OF
    )
    assert len(found["periods"]) == 4
    points = {
        (*place(figure), point["period"]): point
        for figure in found["figures"]
        for point in figure["points"]
    }
    seen = 0
    for period in found["periods"]:
        for figure in told(retention, "compute", ".", "--period", period, *by, *AS_OF)["figures"]:
            point = points[(*place(figure), period)]
            assert {n: point[n] for n in OF_POINT} == {n: figure[n] for n in OF_POINT}
            seen += point["value"] is not None
    assert seen > 40


def test_the_rows_of_csv_are_those_of_compute(retention, folder):
    exports(folder, 1)
    rows = list(
        csv.DictReader(
            io.StringIO(
                retention(
                    "trend", ".", "--to", "2025-03", "--last", 2, "--format", "csv", *AS_OF
                ).out
            )
        )
    )
    of_compute = []
    for period in ("2025-02", "2025-03"):
        ran = retention("compute", ".", "--period", period, "--format", "csv", *AS_OF)
        of_compute += list(csv.DictReader(io.StringIO(ran.out)))
    ours = [{name: row[name] for name in of_compute[0]} for row in rows]
    ours.sort(key=lambda row: row["period"])
    assert ours == of_compute


def test_ratios_are_the_sums_that_the_kpi_names_and_those_of_groups_add_up(folder):
    exports(folder, 2)
    told_ = Options(paths=[folder], by="segment", as_of="2025-12-31", max_rejects="90%")
    found = trend(Asked(last=3, until="2025-04"), told_.request())
    seen = set()
    for row in found.rows:
        for point in row.points:
            if row.kpi.ratio and point.value is not None:
                above, below = ratio(row.kpi, point.line.measure)
                assert above / below == point.value
                seen.add(row.kpi.name)
    assert {"net_revenue_retention", "gross_margin", "nps", "resolution_time"} <= seen
    mixes = {one.kpi.name: one.mix for one in found.mixes}
    for row in found.rows:
        if row.group is None and row.kpi.name in mixes:
            mix = mixes[row.kpi.name]
            summands = mix.rates + mix.mix + mix.both + sum(mix.apart.values())
            assert mix.change == row.change.value == summands
    assert {"net_revenue_retention", "churn_rate", "average_purchase_value"} <= mixes.keys()


PEOPLE = "customer_id,start_date,end_date,segment\n"


def crowd(folder, *, large=40, small=40):
    """Write customers since 2023: of the large ones four leave a month, from July on eight; one small one does."""
    rows = [PEOPLE]
    leavers = {"L": [4] * 6 + [8] * 3, "S": [1] * 9}
    for mark, name, size in (("L", "Large", large * 3), ("S", "Small", small * 3)):
        days = [f"2025-{month:02}-15" for month, n in enumerate(leavers[mark], 1) for _ in range(n)]
        days += [""] * (size - len(days))
        rows += [f"{mark}{n},2023-01-01,{day},{name}\n" for n, day in enumerate(days)]
    (folder / "customers.csv").write_text("".join(rows), "utf-8")


TO_SEPTEMBER = ("--to", "2025-09", "--as-of", "2025-10-01", "--kpi", "churn")


def only(found):
    (figure,) = [one for one in found["figures"] if one["group"] is None]
    return figure


def test_changes_have_newcombes_interval_and_say_what_chance_would_make(retention, folder):
    crowd(folder)
    figure = only(told(retention, "trend", ".", *TO_SEPTEMBER))
    left = [5] * 6 + [9] * 3
    starters = [240 - sum(left[:n]) for n in range(9)]
    change = figure["change"]
    assert change["against"] == "2025-08"
    assert change["value"] == float(Fraction(9, starters[8]) - Fraction(9, starters[7]))
    assert change["interval"] == list(newcombe((9, starters[7]), (9, starters[8])))
    assert change["said"] == "within chance"
    year = figure["year_change"]
    assert year["against"] == "2024-09"
    assert year["value"] == float(Fraction(9, starters[8]))
    assert year["said"] == "more than chance would make"


def test_newcombe_is_made_of_the_two_wilson_intervals():
    (low0, high0), (low1, high1) = wilson(3, 10), wilson(9, 20)
    low, high = newcombe((3, 10), (9, 20))
    change = 9 / 20 - 3 / 10
    assert low == pytest.approx(change - ((0.45 - low1) ** 2 + (high0 - 0.3) ** 2) ** 0.5)
    assert high == pytest.approx(change + ((high1 - 0.45) ** 2 + (0.3 - low0) ** 2) ** 0.5)


def test_the_change_of_nps_has_both_half_widths(retention, folder):
    scores = {"2025-08": [10] * 30 + [0] * 10, "2025-09": [10] * 25 + [7] * 5 + [0] * 10}
    rows = [f"{month}-05,{score}\n" for month, of in scores.items() for score in of]
    (folder / "surveys.csv").write_text("responded_at,nps_score\n" + "".join(rows), "utf-8")
    found = told(
        retention, "trend", ".", "--to", "2025-09", "--as-of", "2025-10-01", "--kpi", "NPS"
    )
    change = only(found)["change"]
    halves = [
        (high - low) / 2
        for low, high in (adjusted_wald_points(30, 10, 40), adjusted_wald_points(25, 10, 40))
    ]
    margin = (halves[0] ** 2 + halves[1] ** 2) ** 0.5
    assert change["value"] == -12.5
    assert change["interval"] == pytest.approx([-12.5 - margin, -12.5 + margin])


def test_points_outside_the_band_are_marked_and_unfinished_ones_are_not_in_it(retention, folder):
    amounts = [100, 101] * 6 + [500]
    rows = [f"i{n},a,{2024 + n // 12}-{n % 12 + 1:02}-03,{one}\n" for n, one in enumerate(amounts)]
    (folder / "invoices.csv").write_text(
        "invoice_id,customer_id,invoice_date,amount\n" + "".join(rows), "utf-8"
    )
    asked = ("trend", ".", "--kpi", "revenue", "--as-of", "2025-01-20")
    figure = only(told(retention, *asked, "--to", "2025-01", "--last", 13))
    low, high = Fraction("100.5") - Fraction("2.66"), Fraction("100.5") + Fraction("2.66")
    assert [Fraction(end) for end in figure["band"]] == [low, high]
    assert [point["unfinished"] for point in figure["points"]] == [False] * 12 + [True]
    assert not any(point["outside_band"] for point in figure["points"])
    asked = (*asked[:-1], "2025-02-01")
    figure = only(told(retention, *asked, "--to", "2025-01", "--last", 13))
    assert [point["outside_band"] for point in figure["points"]] == [False] * 12 + [True]
    assert only(told(retention, *asked, "--to", "2025-01", "--last", 7))["band"] is None


def test_the_row_ends_with_the_last_whole_period_and_says_no_data_before_the_first(
    retention, folder
):
    crowd(folder)
    found = told(
        retention, "trend", ".", "--as-of", "2025-10-01", "--every", "quarter", "--last", 12
    )
    assert found["periods"][-1] == "2025-Q2"
    assert "last full quarter" in " ".join(found["data"]["assumed"])
    first = only({"figures": [f for f in found["figures"] if f["kpi"] == "churn_rate"]})["points"][
        0
    ]
    assert (first["period"], first["value"]) == ("2022-Q3", None)
    assert "no data in the period" in first["reason"]


def test_the_mix_of_groups_adds_up_to_the_change(retention, folder):
    crowd(folder)
    found = told(retention, "trend", ".", *TO_SEPTEMBER, "--by", "segment", "--to", "2025-07")
    (mix,) = found["mix"]
    n = {"L": (120 - 20, 120 - 24), "S": (120 - 5, 120 - 6)}
    lost = {"L": (4, 8), "S": (1, 1)}
    wholes = [n["L"][side] + n["S"][side] for side in (0, 1)]
    share = {g: [Fraction(n[g][side], wholes[side]) for side in (0, 1)] for g in n}
    rate = {g: [Fraction(lost[g][side], n[g][side]) for side in (0, 1)] for g in n}
    assert mix["rates"] == float(sum(share[g][0] * (rate[g][1] - rate[g][0]) for g in n))
    assert mix["mix"] == float(sum((share[g][1] - share[g][0]) * rate[g][0] for g in n))
    assert mix["change"] == float(Fraction(9, wholes[1]) - Fraction(5, wholes[0]))
    assert (mix["from"], mix["to"], mix["apart"]) == ("2025-06", "2025-07", [])


EVENT = "date,name,segment\n2025-06-20,Price rise,Large\n"


def test_an_event_is_compared_over_whole_periods_on_each_side(retention, folder):
    crowd(folder)
    (folder / "events.csv").write_text(EVENT, "utf-8")
    found = told(retention, "trend", ".", *TO_SEPTEMBER, "--by", "segment", "--event", "price rise")
    assert found["events"] == [
        {"date": "2025-06-20", "name": "Price rise", "group": {"by": "segment", "value": "Large"}}
    ]
    assert found["compared"]["before"] == ["2025-03", "2025-04", "2025-05"]
    assert found["compared"]["after"] == ["2025-07", "2025-08", "2025-09"]
    by_group = {str(one["group"] and one["group"]["value"]): one for one in found["comparison"]}
    large = by_group["Large"]
    before, after = (12, 112 + 108 + 104), (24, 96 + 88 + 80)
    assert large["n"] == [before[1], after[1]]
    assert large["difference"] == float(Fraction(*after) - Fraction(*before))
    assert large["interval"] == list(newcombe(before, after))
    small = by_group["Small"]
    assert large["others"]["difference"] == small["difference"]
    beyond = Fraction(*after) - Fraction(*before)
    beyond -= Fraction(3, 114 + 113 + 112) - Fraction(3, 118 + 117 + 116)
    assert large["beyond_others"] == float(beyond)
    assert "others" not in small
    shown = retention("trend", ".", *TO_SEPTEMBER, "--event", "Price rise", "--last", 4)
    assert "a  2025-06-20 Price rise (segment: Large)" in shown.out
    assert "not proof of cause" in shown.out


@pytest.mark.parametrize(
    ("events", "name", "refused"),
    [
        (None, "Price rise", (2, "there is no events.csv")),
        (EVENT, "Price ries", (2, "did you mean 'Price rise'")),
        (EVENT + "2025-07-01,Price rise,\n", "Price rise", (2, "several events")),
        ("date,name\n20.06.2025,Price rise\n", "Price rise", (3, "row 2: the date")),
        ("date,name\n2025-06-20,\n", "Price rise", (3, "row 2: the event has no name")),
        (
            "date,name\n2030-06-20,Price rise\n",
            "Price rise",
            (3, "no whole month before and after"),
        ),
    ],
)
def test_events_that_cannot_be_used_are_refused(retention, folder, events, name, refused):
    crowd(folder)
    if events is not None:
        (folder / "events.csv").write_text(events, "utf-8")
    ran = retention("trend", ".", *TO_SEPTEMBER, "--event", name)
    code, says = refused
    assert (ran.code, says in ran.err) == (code, True), ran.err


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (("--every", "week"), "'week'"),
        (("--last", 0), "write 1 to 600"),
        (("--last", 3, "--from", "2025-01"), "contradict"),
        (("--to", "2025-01", "--period", "2025-01"), "contradict"),
        (("--period", "2025-01", "--every", "year"), "not one year"),
        (("--from", "2025-08", "--to", "2025-07"), "after the last period"),
        (("--kpi", "chrun_rate"), "churn_rate"),
    ],
)
def test_what_cannot_be_meant_is_refused(retention, folder, options, says):
    crowd(folder)
    ran = retention("trend", ".", *options)
    assert (ran.code, says in ran.err) == (2, True), ran.err


def test_from_and_to_bound_the_row(retention, folder):
    crowd(folder)
    asked = ("--from", "2024-11", "--to", "2025-Q1", "--kpi", "churn, nrr")
    found = told(retention, "trend", ".", *asked)
    assert {one["kpi"] for one in found["figures"]} == {"churn_rate", "net_revenue_retention"}
    assert found["periods"] == ["2024-11", "2024-12", "2025-01", "2025-02", "2025-03"]
