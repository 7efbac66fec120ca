"""`retention review`: measures, voice beside service, health, and what is overdue."""

from __future__ import annotations

import csv
import io
import json

import numpy as np
import pandas as pd
import pytest

from retention_cli import reports

pytestmark = pytest.mark.sweep

PLAN = """
[[benchmark]]
kpi = "csat"
target = 0.9
warn = 0.5
owner = "Eva"
reason = "plan"
reviewed_on = 2023-01-01

[[benchmark]]
kpi = "first_response_time"
target = "1h"
expires_on = 2025-01-01

[[benchmark]]
kpi = "nps"
basis = "own_history"
owner = "Eva"
reason = "plan"

[scorecard]
kpis = { csat = 2, first_response_time = 1, retention_rate = 1 }
owner = "Ada"
review_on = 2025-06-01

[scorecard.roles.service]
kpis = { first_response_time = 1 }
told_to = "the desk, every month"
reason = "what they can change"
"""


def tables(seed=3, customers=40):
    draw = np.random.default_rng(seed)
    ids = [f"c{number:02}" for number in range(customers)]
    people = pd.DataFrame({"customer_id": ids, "start_date": "2023-01-01"})
    people["end_date"] = ["2025-05-20" if number % 5 == 0 else None for number in range(customers)]
    people["Account Manager"] = ["Ada" if number % 2 else "Bob" for number in range(customers)]
    rows = []
    for number in range(400):
        created = pd.Timestamp("2024-07-01") + pd.Timedelta(minutes=int(draw.integers(0, 500_000)))
        wait = int(draw.integers(1, 600))
        rows.append(
            {
                "ticket_id": f"t{number}",
                "customer_id": ids[int(draw.integers(customers))],
                "created_at": created,
                "first_response_at": created + pd.Timedelta(minutes=wait),
                "resolved_at": created + pd.Timedelta(minutes=wait + int(draw.integers(1, 900))),
                "contacts": int(draw.integers(1, 4)),
                "reopened": int(draw.integers(0, 2)),
                "agent": ["Nils", "Femke", "Rare"][0 if number % 2 else 1] if number else "Rare",
            }
        )
    tickets = pd.DataFrame(rows)
    minutes = (tickets.first_response_at - tickets.created_at).dt.total_seconds() / 60
    score = np.clip(np.round(6 - minutes / 150 + draw.normal(0, 1, len(tickets))), 1, 5).astype(int)
    surveys = pd.DataFrame(
        {
            "ticket_id": tickets.ticket_id,
            "customer_id": tickets.customer_id,
            "score": score,
            "responded_at": tickets.resolved_at.dt.date,
            "kind": "csat",
            "scale_max": 5,
        }
    )
    return people, tickets, surveys[surveys.index % 3 > 0]


@pytest.fixture
def exports(folder):
    place = folder / "exports"
    place.mkdir()
    for name, table in zip(("customers", "tickets", "surveys"), tables(), strict=True):
        table.to_csv(place / f"{name}.csv", index=False)
    (place / "benchmarks.toml").write_text(PLAN, "utf-8")
    return place


def run(retention, exports, *more):
    done = retention("review", exports, "--as-of", "2025-06-30", "--format", "json", *more)
    assert done.code == 0, done.err
    return json.loads(done.out)


def test_voice_and_service_are_those_of_a_plain_calculation(retention, exports):
    _, tickets, surveys = tables()
    tickets["response"] = (tickets.first_response_at - tickets.created_at).dt.total_seconds()
    both = surveys.merge(tickets, on="ticket_id")
    found = {(one["service"], one["per"]): one for one in run(retention, exports)["together"]}
    for service, column in (
        ("First response", "response"),
        ("Contacts", "contacts"),
        ("Reopened", "reopened"),
    ):
        by_ticket = found[service, "ticket"]
        assert by_ticket["rho"] == pytest.approx(
            both.score.corr(both[column], "spearman"), abs=1e-12
        )
        assert by_ticket["n"] == len(both)
        means = pd.concat(
            [
                surveys.groupby("customer_id").score.mean(),
                tickets.groupby("customer_id")[column].mean(),
            ],
            axis=1,
        ).dropna()
        by_account = found[service, "account"]
        assert by_account["rho"] == pytest.approx(
            means.score.corr(means[column], "spearman"), abs=1e-9
        )
        assert by_account["n"] == len(means)


def test_the_satisfied_share_falls_by_quarter_and_is_drawn_to_the_mean(retention, exports):
    _, tickets, surveys = tables()
    found = run(retention, exports)
    shares = [one["satisfied"] / one["n"] for one in found["quartiles"]]
    assert shares == sorted(shares, reverse=True)
    assert sum(one["n"] for one in found["quartiles"]) == len(surveys)
    both = surveys.merge(tickets, on="ticket_id").merge(
        tables()[0], left_on="customer_id_x", right_on="customer_id"
    )
    mean = (both.score >= 4).mean()
    for by, column in (("agent", "agent"), ("manager", "Account Manager")):
        served = {one["name"]: one for one in found["served"] if one["by"] == by}
        for name, mine in both.groupby(column):
            n, hits = len(mine), int((mine.score >= 4).sum())
            one = served[name]
            assert (one["n"], one["satisfied"], one["too_few"]) == (n, hits, n < 10)
            assert one["shrunk"] == pytest.approx((hits + 10 * mean) / (n + 10))
    assert served.keys() == {"Ada", "Bob"}


def test_measures_that_never_move_or_tell_the_same_are_named(retention, exports):
    tickets = pd.read_csv(exports / "tickets.csv")
    tickets["contacts"] = 2
    tickets["resolved_at"] = pd.to_datetime(tickets.first_response_at) + pd.Timedelta(minutes=1)
    tickets.to_csv(exports / "tickets.csv", index=False)
    found = run(retention, exports)
    by_name = {one["measure"]: one for one in found["measures"]}
    assert {"never moves", "the same for every account"} <= set(by_name["contacts"]["doubts"])
    assert ["First response", "Resolution"] in [one["measures"] for one in found["doubles"]]
    assert by_name["csat"]["n"] <= found["customers"] == 32
    assert by_name["csat"]["seen_by_customers"] is True
    assert by_name["csat"]["with_retention_n"] <= 40
    assert "Revenue" in found["absent"]


def test_health_shows_its_make_up_by_role(retention, exports):
    found = run(retention, exports)
    assert found["scorecard"]["weights"] == {"csat": 2, "first_response_time": 1}
    assert found["scorecard"]["left_out"] == ["retention_rate"]
    for one in found["health"]:
        weights = sum(part["weight"] for part in one["made_of"])
        points = sum(part["weight"] * part["points"] for part in one["made_of"])
        assert one["health"] == pytest.approx(points / weights)
        for part in one["made_of"]:
            if part["kpi"] == "csat":
                grade = (
                    "good"
                    if part["value"] >= 0.9
                    else "average"
                    if part["value"] >= 0.5
                    else "poor"
                )
                assert part["grade"] == grade
    values = [one["health"] for one in found["health"]]
    assert values == sorted(values)
    ours = run(retention, exports, "--role", "service")
    assert ours["scorecard"]["weights"] == {"first_response_time": 1}
    assert (ours["scorecard"]["owner"], ours["scorecard"]["told_to"]) == (
        "Ada",
        "the desk, every month",
    )
    refused = retention("review", exports, "--role", "servic")
    assert refused.code == 2
    assert "did you mean 'service'?" in refused.err


def test_what_is_overdue_or_nobodys_is_named(retention, exports):
    assert run(retention, exports)["overdue"] == [
        "csat: last reviewed on 2023-01-01, more than a year ago",
        "first_response_time: no owner and no reason",
        "first_response_time: expired on 2025-01-01",
        "[scorecard]: no reason",
        "[scorecard]: to be reviewed on 2025-06-01",
    ]


@pytest.mark.parametrize("form", reports.names("review"))
def test_every_format_says_what_goes_together_and_never_that_it_causes(retention, exports, form):
    done = retention("review", exports, "--format", form)
    assert done.code == 0
    assert "causes" not in done.out
    if form == "csv":
        rows = list(csv.DictReader(io.StringIO(done.out)))
        assert {"csat", "first_response_time"} <= {row["measure"] for row in rows}
    elif form != "json":
        assert "oes together" in done.out


def test_a_review_without_tickets_and_leavers_says_what_it_cannot_tell(retention, folder):
    (folder / "surveys.csv").write_text(
        "customer_id,responded_at,nps\na,2025-06-01,2\nb,2025-06-01,9\n", "utf-8"
    )
    found = run(retention, folder)
    assert found["together"] == found["served"] == []
    (nps,) = found["measures"]
    assert (nps["n"], nps["with_retention"]) == (2, None)
    assert found["notes"]


def test_compute_shows_the_figures_of_a_role_alone(retention, exports):
    told = ("--period", "2025-06", "--as-of", "2025-06-30", "--format", "json")
    done = retention("compute", exports, *told, "--role", "service")
    assert [one["kpi"] for one in json.loads(done.out)["figures"]] == ["first_response_time"]
    page = retention(
        "report", exports, *told[:4], "--role", "service", "--sections", "scorecard,nps"
    )
    assert (page.code, "First response time" in page.out) == (0, True)
    assert "Retention rate" not in page.out
    assert "the scorecard of the role does not have it" in page.out
    wrong = retention("compute", exports, *told, "--role", "sevrice")
    assert (wrong.code, "did you mean 'service'?" in wrong.err) == (2, True)
    (exports / "benchmarks.toml").unlink()
    for command in ("compute", "report", "review"):
        none = retention(command, exports, "--role", "service")
        assert (none.code, "no [scorecard] says what is of 'service'" in none.err) == (2, True)


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ("[scorecard]\nkpis = { csaat = 1 }", "did you mean 'csat'?"),
        ("[scorecard]\nkpis = { csat = 0 }", "not above 0"),
        ("[scorecard]\nonwer = 'x'", "did you mean 'owner'?"),
        ('[[benchmark]]\nkpi = "nps"\nbasis = "own_history"\ntarget = 3', "contradicts basis"),
        ('[[benchmark]]\nkpi = "nps"\nbasis = "own"', "is not 'own_history'"),
        ('[[benchmark]]\nkpi = "nps"', "'target' is missing"),
    ],
)
def test_a_mistake_in_a_scorecard_is_told_with_its_line(retention, exports, lines, said):
    (exports / "benchmarks.toml").write_text(lines + "\n", "utf-8")
    done = retention("review", exports)
    assert done.code == 2
    assert said in done.err
    assert "benchmarks.toml:" in done.err


def test_its_own_past_is_a_target(retention, folder):
    rows = ["customer_id,responded_at,score,kind,scale_max"]
    for month in range(1, 13):
        happy = 5 if month < 12 else 2
        rows += [f"a,2024-{month:02}-03,{happy},csat,5"] * happy + [
            f"b,2024-{month:02}-05,1,csat,5"
        ] * 3
    (folder / "surveys.csv").write_text("\n".join(rows) + "\n", "utf-8")
    (folder / "benchmarks.toml").write_text(
        '[[benchmark]]\nkpi = "csat"\nbasis = "own_history"\n', "utf-8"
    )
    told = ("--period", "2024-12", "--as-of", "2025-01-31", "--format", "json")
    done = retention("compute", "surveys.csv", "--benchmarks", "benchmarks.toml", *told)
    (csat,) = (one for one in json.loads(done.out)["figures"] if one["kpi"] == "csat")
    assert csat["benchmark"]["target"] == pytest.approx(5 / 8)
    assert csat["verdict"] == "misses"
    early = retention(
        "compute",
        "surveys.csv",
        "--benchmarks",
        "benchmarks.toml",
        "--period",
        "2024-02",
        *told[2:],
    )
    (csat,) = (one for one in json.loads(early.out)["figures"] if one["kpi"] == "csat")
    assert csat["verdict"] == "no-benchmark"
    assert "fewer than 3 periods before" in early.out


def test_each_group_is_held_against_a_past_of_its_own(retention, folder):
    rows = ["customer_id,responded_at,score,kind,scale_max,team"]
    for month in range(1, 7):
        for number in range(4):
            rows.append(f"a,2024-{month:02}-0{number + 1},5,csat,5,good")
            rows.append(f"b,2024-{month:02}-0{number + 1},{2 if number else 4},csat,5,poor")
    rows.append("c,2024-06-05,5,csat,5,new")
    (folder / "surveys.csv").write_text("\n".join(rows) + "\n", "utf-8")
    (folder / "benchmarks.toml").write_text(
        '[[benchmark]]\nkpi = "csat"\nbasis = "own_history"\n', "utf-8"
    )
    told = ("--period", "2024-06", "--as-of", "2024-07-31", "--by", "team", "--format", "json")
    done = retention("compute", "surveys.csv", "--benchmarks", "benchmarks.toml", *told)
    found = {
        (one["group"] or {}).get("value"): one
        for one in json.loads(done.out)["figures"]
        if one["kpi"] == "csat"
    }
    targets = {name: one["benchmark"] and one["benchmark"]["target"] for name, one in found.items()}
    # The past of all is no past of a group that is new.
    assert targets == {None: 0.625, "good": 1.0, "poor": 0.25, "new": None}
    assert "csat has fewer than 3 periods before 2024-06 to be held against in 1 group" in done.out


def test_what_customers_say_matters_is_beside_how_we_do_and_in_no_csat(retention, folder):
    rows = ["response_id,customer_id,responded_at,kind,score,scale_max,question"]
    for number in range(10):
        day = f"2025-06-{number + 1:02}"
        rows.append(f"i{number},c{number},{day},importance,{5 if number else 4},5,Price")
        rows.append(f"j{number},c{number},{day},importance,2,5,First response")
        rows.append(f"k{number},c{number},{day},csat,{4 if number < 3 else 2},5,price")
    (folder / "surveys.csv").write_text("\n".join(rows) + "\n", "utf-8")
    (folder / "tickets.csv").write_text(
        "ticket_id,customer_id,created_at,first_response_at\n"
        "t1,c1,2025-06-03 10:00,2025-06-03 12:00\n",
        "utf-8",
    )
    price, response = run(retention, folder)["importance"]
    assert (price["question"], price["n"], price["mean"]) == ("Price", 10, pytest.approx(39 / 40))
    assert (price["measure"], price["value"]) == ("CSAT of the same question", pytest.approx(0.3))
    assert (response["measure"], response["value"], response["unit"]) == (
        "First response",
        7200,
        "seconds",
    )
    told = ("--period", "2025-06", "--format", "json")
    figures = {
        one["kpi"]: one for one in json.loads(retention("compute", folder, *told).out)["figures"]
    }
    assert (figures["csat"]["n"], figures["csat"]["value"]) == (10, 0.3)
