from __future__ import annotations

import itertools
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path

import pytest

from retention_cli import kpis
from retention_cli.benchmarks.benchmark_file import load
from retention_cli.benchmarks.benchmarks import Role
from retention_cli.benchmarks.verdicts import Verdict
from retention_cli.errors import DataRefusedError, RetentionError, TooManyRejectsError
from retention_cli.findings.file_report import RejectLimit
from retention_cli.results.check import Readiness
from retention_cli.runs.check import check
from retention_cli.runs.options import Request
from retention_cli.runs.score import score
from retention_cli.scoring.kpi_facts import kpi_facts
from retention_cli.settings import ExportRule, Settings
from retention_cli.sources.locating import Located
from retention_cli.values.periods import Period

JUNE = Period.parse("2025-06")
AUGUST = date(2025, 8, 1)
CUSTOMERS = """customer_id,start_date,end_date
ann,2024-01-01,
bob,2024-01-01,2025-06-10
cy,2024-01-01,
dee,2024-01-01,2025-05-20
eve,2025-06-05,
"""
FLAGGED = "customer_id,status\nann,active\nbob,ended\ncy,active\ndee,active\n"
SALES = "invoice_id,customer_id,invoice_date,amount\n"
ANSWERS = "response_id,nps_score\nr1,10\nr2,9\nr3,0\nr4,8\n"


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def sales(*rows):
    return SALES + "".join(f"i{n},{row}\n" for n, row in enumerate(rows))


def write(**texts):
    """Write files named by their kind, and give them as found in a folder."""
    for kind, text in texts.items():
        Path(f"{kind}.csv").write_text(text, "utf-8")
    return [Located(Path(f"{kind}.csv")) for kind in texts]


def benchmarks(*tables):
    text = "\n".join(f"[[benchmark]]\n{table}" for table in tables)
    Path("benchmarks.toml").write_text(text, "utf-8")
    return load(Path("benchmarks.toml"), kpi_facts())


def scored(files, *, plan=(), rejects=None, **told):
    told = {"as_of": AUGUST, "period": JUNE} | told
    return score(Request(files, benchmarks=plan, rejects=rejects, **told))


def line(card, kpi):
    (found,) = (one for one in card.lines if one.kpi.name == kpi)
    return found


def retention(card):
    return line(card, "retention_rate")


def checked(files, *, settings=None, limit=None, rejects=None):
    return check(
        Request(files, settings or Settings(), limit=limit or RejectLimit(), rejects=rejects)
    )


# score and the basis


def test_dates_say_who_stayed():
    found = retention(scored(write(customers=CUSTOMERS)))
    assert (found.measure.value, found.measure.sample_size) == (Fraction(2, 3), 3)
    assert (found.measure.basis, found.period) == ("dates", JUNE)


def test_a_flag_says_who_stayed_as_exported():
    found = retention(scored(write(customers=FLAGGED), period=None))
    assert (found.measure.value, found.measure.sample_size) == (Fraction(3, 4), 4)
    assert (found.measure.basis, found.period) == ("flag", None)


def test_activity_says_who_stayed():
    """Ann buys every month; Bob bought last in June a year before, so he is lost in June."""
    rows = [f"ann,{date(2023, 6, 15) + timedelta(days=30 * n)},5" for n in range(26)]
    found = retention(scored(write(invoices=sales(*rows, "bob,2024-06-10,5"))))
    assert (found.measure.value, found.measure.sample_size) == (Fraction(1, 2), 2)
    assert (found.measure.basis, found.period) == ("activity", JUNE)


def test_without_any_basis_the_reason_is_said():
    found = retention(scored(write(customers="customer_id,segment\nann,Small\n"), period=None))
    assert (found.measure.value, found.measure.reason.code) == (None, "no-basis")
    assert found.verdict is Verdict.UNDEFINED


def test_every_kpi_has_one_line_whatever_was_loaded():
    card = scored(write(customers=CUSTOMERS))
    assert sorted(one.kpi.name for one in card.lines) == sorted(kpis.names())


# score and the period


def test_without_a_period_it_is_the_last_full_month_before_the_latest_date():
    card = scored(write(customers=CUSTOMERS), period=None)
    assert card.period == Period.parse("2025-05")
    (said,) = card.assumed
    assert said == (
        "the period is 2025-05: the last full month before the latest date, 2025-06-10;"
        " --period takes another"
    )


def test_a_month_whose_last_day_is_in_the_data_is_full():
    card = scored(write(invoices=sales("ann,2025-06-30,5")), period=None)
    assert card.period == JUNE


def test_days_after_the_day_that_is_looked_from_do_not_choose_the_period():
    files = write(invoices=sales("ann,2025-03-10,5", "ann,2026-01-15,5"))
    assert scored(files, period=None, as_of=date(2025, 12, 31)).period.label == "2025-02"
    assert scored(files, period=None, as_of=date(2026, 1, 15)).period.label == "2025-12"


def test_the_day_that_is_looked_from_changes_no_figure_of_a_period_asked_for():
    files = write(customers=CUSTOMERS)
    values = {
        retention(scored(files, as_of=day)).measure.value
        for day in (date(2025, 6, 30), date(2030, 1, 1))
    }
    assert values == {Fraction(2, 3)}


def test_a_period_that_is_asked_for_is_not_assumed():
    assert scored(write(customers=CUSTOMERS)).assumed == ()


def test_data_without_dates_have_no_period():
    card = scored(write(customers=FLAGGED), period=None)
    assert (card.period, card.unfinished, card.assumed) == (None, None, ())
    assert {one.period for one in card.lines} == {None}


def test_a_period_asked_for_is_not_that_of_figures_as_exported():
    card = scored(write(customers=CUSTOMERS, surveys=ANSWERS))
    assert line(card, "nps").period is None
    assert retention(card).period == JUNE


PLAN = 'kpi = "retention_rate"\ntarget = 0.5'


def test_a_period_past_the_day_that_is_looked_from_is_unfinished_and_not_judged():
    card = scored(write(customers=CUSTOMERS), plan=benchmarks(PLAN), as_of=date(2025, 6, 29))
    assert card.unfinished == "the period ends on 2025-06-30, and today is 2025-06-29"
    found = retention(card)
    assert (found.unfinished, found.verdict) == (card.unfinished, Verdict.NOT_COMPARABLE)
    assert found in card.missed


def test_a_period_past_the_data_is_unfinished():
    rows = [f"ann,{date(2025, 5, 1) + timedelta(days=n)},5" for n in range(40)]
    card = scored(write(invoices=sales(*rows)))
    assert card.unfinished == "the data end on 2025-06-09, 21 days before the period does"
    assert all(one.unfinished for one in card.lines)


def test_an_unfinished_period_does_not_touch_figures_as_exported():
    card = scored(
        write(customers=CUSTOMERS, surveys=ANSWERS),
        plan=benchmarks('kpi = "nps"\ntarget = 20'),
        as_of=date(2025, 6, 29),
    )
    found = line(card, "nps")
    assert (found.unfinished, found.verdict) == (None, Verdict.MEETS)


def test_a_finished_period_is_said_to_be_nothing_else():
    card = scored(write(customers=CUSTOMERS))
    assert card.unfinished is None
    assert not any(one.unfinished for one in card.lines)


# score and the period before


def test_each_figure_stands_beside_that_of_the_period_before():
    found = retention(scored(write(customers=CUSTOMERS)))
    assert (found.previous.value, found.previous.sample_size) == (Fraction(3, 4), 4)


def test_figures_as_exported_have_no_period_before():
    assert retention(scored(write(customers=FLAGGED))).previous is None
    assert retention(scored(write(customers=FLAGGED), period=None)).previous is None


@pytest.mark.parametrize("period", ["0001-01", "0001", "0002-01-01..0011-12-31"])
def test_at_the_beginning_of_the_calendar_there_is_no_period_before(period):
    card = scored(write(customers=CUSTOMERS), period=Period.parse(period))
    assert retention(card).previous is None


# score and benchmarks


def test_a_figure_is_held_against_its_benchmark():
    card = scored(
        write(customers=CUSTOMERS), plan=benchmarks('kpi = "retention_rate"\ntarget = "70%"')
    )
    found = retention(card)
    assert (found.verdict, found.gap) == (Verdict.MISSES, Fraction(2, 3) - Fraction(7, 10))
    assert card.missed == (found,)


def test_without_a_benchmark_nothing_is_judged_or_missed():
    card = scored(write(customers=CUSTOMERS))
    assert {one.verdict for one in card.lines} <= {Verdict.NO_BENCHMARK, Verdict.UNDEFINED}
    assert card.missed == ()


def test_the_benchmark_of_the_length_of_the_period_is_chosen():
    plan = benchmarks(
        'kpi = "retention_rate"\ntarget = 0.9\nperiod = "year"',
        'kpi = "retention_rate"\ntarget = 0.6\nperiod = "month"',
    )
    month = retention(scored(write(customers=CUSTOMERS), plan=plan))
    year = retention(scored(write(customers=CUSTOMERS), plan=plan, period=Period.parse("2024")))
    assert (month.benchmark.period, month.verdict) == ("month", Verdict.MEETS)
    assert year.benchmark.period == "year"
    assert (month.references, year.references) == ((), ())


def test_monthly_churn_is_held_against_a_month_whatever_the_period():
    plan = benchmarks('kpi = "monthly_churn_rate"\ntarget = 0.5\nperiod = "month"')
    card = scored(
        write(customers=CUSTOMERS), plan=plan, period=Period.parse("2025-01-01..2025-06-30")
    )
    assert line(card, "monthly_churn_rate").verdict is Verdict.MEETS


def test_figures_as_exported_are_judged_by_benchmarks_of_any_period_only():
    month = benchmarks('kpi = "nps"\ntarget = 20\nperiod = "month"')
    of_any = benchmarks('kpi = "nps"\ntarget = 20\nperiod = "any"')
    files = write(surveys=ANSWERS)
    assert line(scored(files, plan=month), "nps").verdict is not Verdict.MEETS
    assert line(scored(files, plan=of_any), "nps").verdict is Verdict.MEETS


def test_figures_from_outside_stand_beside_the_target():
    plan = benchmarks(
        PLAN,
        'kpi = "retention_rate"\ntarget = 0.8\nrole = "reference"',
        'kpi = "nps"\ntarget = 30\nrole = "reference"',
    )
    found = retention(scored(write(customers=CUSTOMERS), plan=plan))
    assert found.verdict is Verdict.MEETS
    assert [one.target for one in found.references] == [Fraction(4, 5)]
    assert all(one.role is Role.REFERENCE for one in found.references)


def test_the_only_benchmark_being_from_outside_it_is_not_listed_twice():
    plan = benchmarks('kpi = "retention_rate"\ntarget = 0.8\nrole = "reference"')
    found = retention(scored(write(customers=CUSTOMERS), plan=plan))
    shown = [found.benchmark, *found.references]
    assert [one.target for one in shown if one is not None] == [Fraction(4, 5)]
    assert found.verdict is Verdict.REFERENCE
    assert not found.missed


def test_references_for_one_segment_are_not_those_of_the_total():
    plan = benchmarks(
        'kpi = "retention_rate"\ntarget = 0.8\nrole = "reference"\nsegment = { plan = "Pro" }'
    )
    assert retention(scored(write(customers=CUSTOMERS), plan=plan)).references == ()


@pytest.mark.parametrize(
    ("expires", "past"), [("2025-07-31", True), ("2025-08-01", False), ("2025-08-02", False)]
)
def test_a_benchmark_that_is_out_of_date_judges_and_is_marked(expires, past):
    plan = benchmarks(f"{PLAN}\nexpires_on = {expires}")
    found = retention(scored(write(customers=CUSTOMERS), plan=plan))
    assert (found.verdict, found.expired) == (Verdict.MEETS, past)


def test_an_undefined_figure_with_a_target_counts_as_missed():
    card = scored(write(customers=CUSTOMERS), plan=benchmarks('kpi = "nps"\ntarget = 20'))
    assert [one.kpi.name for one in card.missed] == ["nps"]


# score and settings, rejects, refusals


def test_settings_reach_the_figures():
    files = write(customers=CUSTOMERS)
    found = line(scored(files, settings=Settings(lifespan_years=7)), "customer_lifespan")
    assert found.measure.value == 7


def test_the_rejects_file_is_named_where_there_are_rejects(folder):
    bad = CUSTOMERS + "\n".join(f"c{n},2024-01-01," for n in range(40)) + "\nzoe,nope,\n"
    file = folder / "rejects" / "rejects.csv"
    assert scored(write(customers=CUSTOMERS), rejects=file).rejects_file is None
    assert not file.exists()
    assert scored(write(customers=bad), rejects=file).rejects_file == str(file)
    assert file.exists()
    assert scored(write(customers=bad)).rejects_file is None


def test_five_percent_of_rejects_are_the_limit_unless_another_is_given(folder):
    files = write(customers=CUSTOMERS + "zoe,nope,\n")
    rejects = folder / "rejects.csv"
    with pytest.raises(TooManyRejectsError):
        scored(files, rejects=rejects)
    assert "zoe" in rejects.read_text("utf-8")
    assert retention(scored(files, limit=RejectLimit.parse("1"))).measure.value == Fraction(2, 3)


def test_a_file_that_cannot_be_used_stops_the_run():
    with pytest.raises(DataRefusedError):
        scored(write(customers=CUSTOMERS, other="colour,shape\nred,round\n"))


def test_exports_come_in_the_order_of_the_files():
    files = write(surveys=ANSWERS, customers=CUSTOMERS)
    assert [one.file for one in scored(files).exports] == ["surveys.csv", "customers.csv"]


def test_facts_of_every_kpi_are_given():
    facts = kpi_facts()
    assert set(facts) == set(kpis.names())
    assert (facts["retention_rate"].lowest, facts["retention_rate"].highest) == (0, 1)
    assert (facts["nps"].lowest, facts["nps"].highest) == (-100, 100)
    assert facts["net_revenue_retention"].highest is None


# check


def verdicts(result):
    return {one.file: one.readiness for one in result.files}


def test_each_file_gets_its_verdict_in_the_order_of_the_files():
    many = CUSTOMERS + "".join(f"c{n},2024-01-01,\n" for n in range(40)) + "zoe,nope,\n"
    result = checked(
        write(
            nothing="colour,shape\nred,round\n",
            surveys=ANSWERS,
            customers=many,
            invoices=sales("ann,2025-01-01,5", "ann,nope,5"),
        )
    )
    assert list(verdicts(result).items()) == [
        ("nothing.csv", Readiness.NOT_USABLE),
        ("surveys.csv", Readiness.READY),
        ("customers.csv", Readiness.READY_WITH_REJECTS),
        ("invoices.csv", Readiness.NOT_USABLE),
    ]
    assert [one.message for one in result.files[1:]] == [
        "can be used as it is",
        "1 row is rejected",
        (
            "invoices.csv: 1 of 2 rows are rejected, more than 5 %; the first: invoices.csv row 3: invoice_date "
            "'nope' is not a date that can be read; if it stands for a blank, write 'nope' = '' under"
            " [export.values] of its column"
        ),
    ]
    assert not result.usable


def test_a_refused_file_does_not_hide_the_others():
    result = checked(write(a="colour\nred\n", customers=CUSTOMERS, z="shape\nround\n"))
    a, customers, z = result.files
    assert (a.export, z.export) == (None, None)
    assert a.message.startswith("a.csv: ")
    assert a.hint
    assert (customers.export.kind, customers.export.accepted) == ("customers", 5)


def test_several_rejected_rows_are_several():
    many = CUSTOMERS + "".join(f"c{n},2024-01-01,\n" for n in range(40)) + "y,no,\nz,no,\n"
    (found,) = checked(write(customers=many)).files
    assert found.message == "2 rows are rejected"


def test_the_limit_decides_whether_a_file_can_be_used():
    files = write(customers=CUSTOMERS + "zoe,nope,\n")
    strict = checked(files, limit=RejectLimit.parse("0"))
    loose = checked(files, limit=RejectLimit.parse("1"))
    assert verdicts(strict) == {"customers.csv": Readiness.NOT_USABLE}
    assert verdicts(loose) == {"customers.csv": Readiness.READY_WITH_REJECTS}
    assert loose.usable


def test_a_file_whose_rows_are_all_bad_is_still_reported_in_full(folder):
    files = write(customers="customer_id,start_date\nann,nope\nbob,nope\n")
    result = checked(files, rejects=folder / "rejects.csv")
    assert verdicts(result) == {"customers.csv": Readiness.NOT_USABLE}
    assert [p.row for p in result.problems] == [2, 3]
    assert len((folder / "rejects.csv").read_text("utf-8").splitlines()) == 3


def test_a_file_without_the_dates_that_another_has_is_not_usable_and_the_other_is():
    result = checked(write(a="customer_id,status\nann,active\n", b=CUSTOMERS))
    assert verdicts(result) == {"a.csv": Readiness.NOT_USABLE, "b.csv": Readiness.READY}
    assert result.files[0].message == "a.csv: has no start_date, which b.csv has"
    assert result.files[0].hint == "give both files the column, or compute them apart"


def test_a_copy_of_a_file_is_not_usable_and_the_file_is():
    result = checked(write(a=CUSTOMERS, b=CUSTOMERS))
    assert verdicts(result) == {"a.csv": Readiness.READY, "b.csv": Readiness.NOT_USABLE}


def test_settings_that_cannot_be_followed_stop_the_check():
    settings = Settings(export=(ExportRule(file="x.csv", kind="zebra"),))
    with pytest.raises(RetentionError) as caught:
        checked(write(customers=CUSTOMERS), settings=settings)
    assert caught.value.exit_code == 2


def test_nothing_usable_leaves_nothing_computable():
    result = checked(write(a="colour\nred\n"))
    assert all(one.missing for one in result.kpis)


KINDS = {
    "customers": CUSTOMERS,
    "invoices": sales("ann,2023-01-03,5", "ann,2025-05-03,5", "ann,2025-06-03,5"),
    "surveys": ANSWERS,
    "tickets": "ticket_id,created_at,first_response_at\nt1,2025-06-02 10:00,2025-06-02 11:00\n",
    "costs": "cost_date,amount\n2025-06-02,5\n",
}
TOGETHER = [*((kind,) for kind in KINDS), *itertools.combinations(KINDS, 2), tuple(KINDS)]


@pytest.mark.parametrize("kinds", TOGETHER, ids=" and ".join)
def test_what_is_computable_is_what_computing_does_not_lack(kinds):
    files = write(**{kind: KINDS[kind] for kind in kinds})
    lacking = {
        one.kpi.name
        for one in scored(files).lines
        if one.measure.reason and one.measure.reason.code in {"not-loaded", "no-basis"}
    }
    assert {one.kpi.name for one in checked(files).kpis if one.missing} == lacking


def test_what_is_missing_is_the_export_that_would_help():
    missing = {one.kpi.name: one.missing for one in checked(write(surveys=ANSWERS)).kpis}
    assert missing["nps"] == ()
    assert missing["retention_rate"] == ("customers",)
    assert missing["revenue"] == ("invoices",)
    assert set(missing["net_revenue_retention"]) == {"customers", "invoices"}


def test_customers_without_dates_or_a_status_lack_their_dates():
    result = checked(write(customers="customer_id,segment\nann,Small\n"))
    missing = {one.kpi.name: one.missing for one in result.kpis}
    assert missing["retention_rate"] == ("customers.start_date",)


def test_invoices_alone_say_who_was_a_customer():
    result = checked(write(invoices=KINDS["invoices"]))
    missing = {one.kpi.name: one.missing for one in result.kpis}
    assert missing["retention_rate"] == missing["net_revenue_retention"] == ()
