"""From Python as from the command line: the same figures, and nothing of its own."""

from __future__ import annotations

import csv
import dataclasses
import doctest
import inspect
import io
import json
import subprocess
import sys
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

import retention_cli as rc
from retention_cli import cli
from retention_cli.text.outputs import ACCOUNTS, FIGURES, GROUPS, LIFETIMES

ROOT = Path(__file__).parents[1]
BRAMBECK = ROOT / "examples" / "brambeck"
CUSTOMERS = """customer_id,start_date,end_date,segment
ann,2024-01-01,,Small
bob,2024-01-01,2025-06-10,Small
cy,2024-01-01,,Large
eve,2025-06-05,,
bad,31st of May,,Small
"""
INVOICES = """invoice_id,customer_id,invoice_date,amount,cost
i1,ann,2025-06-02,1234.50,1000
i2,bob,2025-06-03,0.10,
i3,cy,2025-06-04,-5.25,1
"""
HEAVY = ("pandas", "pyarrow", "numpy", "narwhals", "pydantic", "rich", "typer", "openpyxl")
FUNCTIONS = {
    "compute": rc.compute,
    "accounts": rc.accounts,
    "check": rc.check,
    "explain": rc.explain,
    "trend": rc.trend,
    "bridge": rc.bridge,
    "cohorts": rc.cohorts,
    "diff": rc.diff,
    "clv": rc.clv,
    "impact": rc.impact,
    "signals": rc.signals,
    "review": rc.review,
    "report": rc.report,
}
WRITING = {
    *("format_", "output", "quiet", "verbose", "no_color", "fail_on_miss", "help", "append"),
    *("manifest", "limit", "everything", "fail_on_difference"),
}


@pytest.fixture
def exports(folder):
    (folder / "exports").mkdir()
    (folder / "exports" / "customers.csv").write_text(CUSTOMERS, "utf-8")
    (folder / "exports" / "invoices.csv").write_text(INVOICES, "utf-8")
    return folder / "exports"


LENIENT = {"max_rejects": "50%", "as_of": "2025-07-14"}
ASKED = {"period": "2025-06", **LENIENT}


def options_of(keywords):
    return [
        part
        for name, value in keywords.items()
        for part in (f"--{name.replace('_', '-')}", str(value))
    ]


# The same as the command line


def test_a_report_is_the_page_and_the_workbook_of_the_command(retention, exports):
    asked = {"sections": ["bridge", "data"], "no_names": True, **ASKED}
    found = rc.report("exports", **asked)
    told = (
        "report",
        "exports",
        "--sections",
        "data,bridge",
        "--no-names",
        *options_of(ASKED),
        "-q",
    )
    assert found.to_html() == retention(*told).out
    retention(*told, "-o", "book.xlsx")
    assert found.to_xlsx() == Path("book.xlsx").read_bytes()
    with pytest.raises(rc.RetentionError, match="unknown section 'bridges'"):
        rc.report("exports", sections="bridges")


@pytest.mark.parametrize(
    ("command", "keywords"),
    [
        ("compute", ASKED),
        ("compute", {**ASKED, "by": "segment"}),
        ("accounts", ASKED),
        ("accounts", {**ASKED, "by": "segment", "currency": "EUR"}),
        ("check", LENIENT),
        ("explain", {**ASKED, "by": "segment"}),
        ("trend", {**ASKED, "kpi": "churn_rate", "last": 2}),
        ("bridge", {**ASKED, "by": "segment"}),
        ("cohorts", {**LENIENT, "every": "quarter"}),
        ("diff", LENIENT),
        ("clv", {**ASKED, "horizon": "6m", "by": "segment"}),
        ("impact", {**ASKED, "retention": "95%"}),
        ("signals", ASKED),
        ("review", ASKED),
    ],
)
def test_a_dict_is_the_json_of_the_command(retention, exports, command, keywords):
    words = words_of(command, exports)
    printed = retention(command, *words, "exports", *options_of(keywords), "--format", "json", "-q")
    found = FUNCTIONS[command](*words, str(exports.name), **keywords)
    assert found.to_dict() == json.loads(printed.out)


@pytest.mark.parametrize("command", FUNCTIONS)
def test_keywords_are_named_as_the_options(command):
    options = {
        parameter.name
        for parameter in cli.tree().commands[command].params
        if parameter.name not in WRITING
    }
    keywords = inspect.signature(FUNCTIONS[command]).parameters
    assert {*keywords} - ({"kpi"} if command == "explain" else set()) == options


def test_every_option_has_the_default_of_the_command():
    for command, function in FUNCTIONS.items():
        defaults = {p.name: p.default for p in cli.tree().commands[command].params}
        for name, parameter in inspect.signature(function).parameters.items():
            if parameter.kind is inspect.Parameter.KEYWORD_ONLY:
                assert (parameter.default or None) == (defaults[name] or None), name


def test_settings_and_benchmarks_are_found_as_the_commands_find_them(exports):
    (exports.parent / "retention.toml").write_text(
        '[[export]]\nfile = "invoices.csv"\nkind = "invoices"\n\n'
        '[[export]]\nfile = "orders.csv"\nkind = "invoices"\n',
        "utf-8",
    )
    target = '[[benchmark]]\nkpi = "retention_rate"\ntarget = 0.9\n'
    (exports / "benchmarks.toml").write_text(target, "utf-8")
    card = rc.compute(exports, **ASKED)
    assert card.missed[0].kpi.name == "retention_rate"
    assert card.remarks == ("no file matches [[export]] file = 'orders.csv'",)


def test_a_benchmark_file_that_holds_none_is_said(exports):
    (exports / "benchmarks.toml").write_text("", "utf-8")
    (said,) = rc.compute(exports, **ASKED).remarks
    assert "no figure is judged" in said


def test_a_day_may_be_a_date_and_counts_for_words(exports):
    keywords = {"period": "last-month", "max_rejects": "50%"}
    card = rc.compute(exports, as_of=date(2025, 7, 14), **keywords)
    assert (card.period.label, card.as_of) == ("2025-06", date(2025, 7, 14))


def test_a_kind_takes_one_file_or_several(exports):
    one = exports / "customers.csv"
    single = rc.compute(customers=one, **ASKED)
    several = rc.compute(customers=[str(one)], invoices=(exports / "invoices.csv",), **ASKED)
    assert [export.kind for export in single.exports] == ["customers"]
    assert {export.kind for export in several.exports} == {"customers", "invoices"}


def test_a_preset_may_be_one_name_or_several(exports):
    for preset in ("nonsense", ["nonsense"]):
        with pytest.raises(rc.RetentionError, match="unknown preset 'nonsense'"):
            rc.check(exports, preset=preset)


# Values


def test_figures_are_by_name_and_group(exports):
    figures = rc.compute(exports, by="segment", **ASKED).figures
    assert figures["customers_lost"] == 1
    assert figures["customers_lost", "Small"] == 1
    assert figures["customers_lost", "Large"] == 0
    assert figures["revenue"] == Decimal("1229.35")
    assert figures["csat"] is None
    assert float(figures["retention_rate"]) == float(Fraction(2, 3))
    with pytest.raises(TypeError):
        figures["revenue"] = 0


def test_figures_of_accounts_are_totals(exports):
    figures = rc.accounts(exports, by="segment", **ASKED).figures
    assert figures["revenue"] == Decimal("1229.35")
    assert figures["revenue", "Large"] == Decimal("-5.25")
    assert figures["margin", "Large"] is None


def words_of(command, exports):
    """Give what stands before the exports: a figure, or a run that was frozen."""
    if command == "diff":
        assert rc.compute(exports, **ASKED, save="frozen").figures["customers_lost"] == 1
    return {"explain": ("nrr",), "diff": ("frozen",)}.get(command, ())


def test_results_are_frozen(exports):
    for name, function in FUNCTIONS.items():
        words = words_of(name, exports)
        asked = ASKED if name == "impact" else LENIENT
        with pytest.raises(dataclasses.FrozenInstanceError):
            function(*words, exports, **asked).problems = None


def test_a_result_shows_as_its_table(exports):
    assert str(rc.compute(exports, **ASKED)).startswith("June 2025 ")
    assert "Verdict" in str(rc.check(exports))


# Data frames


def test_a_frame_has_the_columns_of_csv_and_a_row_a_figure(exports):
    card = rc.compute(exports, by="segment", **ASKED)
    frame = card.to_pandas()
    assert tuple(frame.columns) == FIGURES
    assert len(frame) == len(card.lines)
    (row,) = frame[(frame.kpi == "revenue") & frame.group.isna()].to_dict("records")[:1]
    assert (row["value"], row["period"], row["n"]) == (1229.35, "2025-06", 3)
    assert frame.value.dtype == float
    assert frame[frame.kpi == "csat"].value.isna().all()


def test_a_frame_of_accounts_keeps_ids_as_text_and_money_as_numbers(folder):
    Path("invoices.csv").write_text(
        "invoice_id,customer_id,invoice_date,amount\n1,007,2025-06-01,10\n2,=1+1,2025-06-01,5\n",
        "utf-8",
    )
    frame = rc.accounts(".", period="2025-06").to_pandas()
    assert tuple(frame.columns) == ACCOUNTS
    assert frame.customer_id.to_list() == ["007", "=1+1"]
    assert frame.revenue.to_list() == [10.0, 5.0]
    assert frame.profit.isna().all()


def test_a_frame_of_members_has_a_row_for_each_row_behind_a_part(exports):
    frame = rc.explain("revenue", exports, **ASKED).to_pandas()
    assert frame["id"].tolist() == ["i1", "i2", "i3"]
    assert frame["adds"].tolist() == [1234.5, 0.1, -5.25]
    assert frame["row"].tolist() == [2, 3, 4]
    assert len(rc.explain("revenue").to_pandas()) == 0


def test_a_frame_of_lifetimes_has_a_row_a_customer(exports):
    frame = rc.clv(exports, by="segment", **ASKED).to_pandas()
    assert tuple(frame.columns) == (*LIFETIMES, *GROUPS)
    assert frame.set_index("customer_id").historic_value.to_dict() == {
        "ann": 1234.5,
        "bob": 0.1,
        "cy": -5.25,
        "eve": 0,
    }


def test_a_frame_of_accounts_names_their_groups(exports):
    frame = rc.accounts(exports, by="segment", **ASKED).to_pandas()
    assert tuple(frame.columns) == (*ACCOUNTS, *GROUPS)
    assert dict(zip(frame.customer_id, frame.group, strict=True))["cy"] == "Large"


def test_frames_of_what_moved_have_the_columns_of_the_csv(retention, exports):
    frozen = words_of("diff", exports)
    (exports / "invoices.csv").write_text(INVOICES.replace("1234.50", "1000"), "utf-8")
    for name, asked in (
        ("trend", ASKED),
        ("bridge", ASKED),
        ("impact", {**ASKED, "retention": "95%"}),
        ("cohorts", LENIENT),
        ("diff", LENIENT),
    ):
        words = frozen if name == "diff" else ()
        printed = retention(
            name, *words, "exports", *options_of(asked), "--format", "csv", "-q"
        ).out
        frame = FUNCTIONS[name](*words, exports, **asked).to_pandas()
        rows = list(csv.DictReader(io.StringIO(printed)))
        assert list(frame.columns) == list(rows[0])
        assert len(frame) == len(rows)
    assert frame.query("kpi == 'revenue'")[["then", "now", "row"]].values.tolist() == [
        [1229.35, 994.85, 2.0]
    ]


def test_a_frame_of_a_check_has_a_row_a_file(exports):
    frame = rc.check(exports).to_pandas()
    assert frame.kind.to_list() == ["customers", "invoices"]
    assert frame.verdict.to_list() == ["not-usable", "ready"]


# Errors, and what is left alone


@pytest.mark.parametrize(
    ("keywords", "hint"),
    [
        ({"perid": "2025"}, "did you mean 'period'?"),
        ({"customer": "a.csv"}, "did you mean 'customers'?"),
        ({"period": "June"}, "write 2025, 2025-Q2"),
        ({"as_of": "June"}, "write 2025-06-30"),
        ({"max_rejects": "many"}, "write 1% or 50"),
        ({"decimal": ";"}, None),
    ],
)
def test_what_cannot_be_followed_has_a_hint(exports, keywords, hint):
    with pytest.raises(rc.RetentionError) as refused:
        rc.compute(exports, **keywords)
    assert hint is None or hint in refused.value.hint


def test_a_check_has_no_period():
    with pytest.raises(rc.RetentionError, match="unknown keyword 'period'"):
        rc.check(period="2025-06")


def test_too_many_rejects_are_refused_data(exports):
    with pytest.raises(rc.DataRefusedError):
        rc.compute(exports, period="2025-06")


def test_nothing_is_written_or_printed_unless_asked_for(exports, capsys):
    before = sorted(exports.parent.rglob("*"))
    card = rc.compute(exports, **ASKED)
    rc.accounts(exports, **ASKED)
    rc.check(exports)
    assert (sorted(exports.parent.rglob("*")), card.rejects_file) == (before, None)
    asked = rc.compute(exports, rejects="unused.csv", **ASKED)
    assert asked.rejects_file == "unused.csv"
    assert "31st of May" in Path("unused.csv").read_text("utf-8")
    assert capsys.readouterr() == ("", "")


def test_rejects_never_take_the_place_of_an_export(exports):
    before = (exports / "customers.csv").read_text("utf-8")
    with pytest.raises(rc.RetentionError, match="is read by this run"):
        rc.compute(exports, rejects=exports / "customers.csv", **ASKED)
    assert (exports / "customers.csv").read_text("utf-8") == before


# The package


def test_import_loads_nothing_heavy_and_knows_the_version():
    probe = (
        "import sys, retention_cli as rc; rc.__version__; rc.RetentionError; dir(rc);"
        "print(*{name.partition('.')[0] for name in sys.modules})"
    )
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True)
    assert set(done.stdout.split()) & set(HEAVY) == set()


def test_every_public_name_is_there_and_no_other():
    assert all(getattr(rc, name) for name in rc.__all__)
    assert set(dir(rc)) == set(rc.__all__)
    with pytest.raises(AttributeError, match="no attribute 'compte'"):
        rc.compte  # noqa: B018  # asking for it is the test


@pytest.mark.sweep
def test_the_examples_of_the_documentation_run(monkeypatch):
    monkeypatch.chdir(ROOT)
    result = doctest.testfile(str(ROOT / "docs" / "python.md"), module_relative=False)
    assert (result.failed, result.attempted > 10) == (0, True)
