"""What `retention init` understands of a folder, and that its settings read it the same way."""

from __future__ import annotations

import csv
import io
import json
import os
import tempfile
from fnmatch import fnmatch
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from retention_cli import reports
from retention_cli.benchmarks.benchmark_file import load
from retention_cli.findings.file_report import ColumnPlan, Export
from retention_cli.results.draft import Draft, DraftedExport, Found, OpenQuestion
from retention_cli.runs.check import check
from retention_cli.runs.draft import draft
from retention_cli.runs.options import Request
from retention_cli.scoring.kpi_facts import kpi_facts
from retention_cli.settings import Settings
from retention_cli.sources.locating import locate

INVOICES = "Invoice Date,Amount,Customer ID\n"
ISO = INVOICES + "2025-06-02,20.50,007\n"


@pytest.fixture
def drafted(tmp_path):
    """Write files into a folder, and give the draft of it and the settings it makes."""

    def make(**files):
        for name, text in files.items():
            (tmp_path / name.replace("__", "-").replace("_csv", ".csv")).write_bytes(
                text.encode("utf-8") if isinstance(text, str) else text
            )
        found = draft(Request(locate([tmp_path], {})))
        return found, settings_of(found, tmp_path)

    return make


def settings_of(found, folder):
    place = folder / "retention.toml"
    place.write_text(reports.renderer("retention", of="drafts")(found), "utf-8")
    settings = Settings.load(place)
    place.unlink()
    return settings


def text_of(found):
    return reports.renderer("retention", of="drafts")(found)


def test_a_file_becomes_one_export_with_its_columns(drafted):
    _, settings = drafted(invoices_csv=ISO.replace(",", ";"))
    (rule,) = settings.export
    assert (rule.file, rule.kind, rule.encoding, rule.delimiter, rule.sheet) == (
        *("invoices.csv", "invoices", "utf-8", ";", None),
    )
    assert rule.columns == {
        "invoice_date": "Invoice Date",
        "amount": "Amount",
        "customer_id": "Customer ID",
    }


def test_files_that_differ_in_their_numbers_are_one_pattern(drafted):
    months = {f"invoices__2025__0{n}_csv": ISO.replace("06-02", f"0{n}-02") for n in range(1, 4)}
    found, settings = drafted(**months)
    assert [rule.file for rule in settings.export] == ["invoices-2025-*.csv"]
    assert "# Invoices: 3 files with 3 rows\n[[export]]\n" in text_of(found)


def test_rows_that_cannot_be_used_are_counted(drafted):
    found, _ = drafted(invoices_csv=ISO)
    assert "# Invoices: 1 row\n[[export]]\n" in text_of(found)
    found, _ = drafted(invoices_csv=f"{ISO}2025-06-31,1.50,7\n")
    assert "# Invoices: 2 rows, 1 of them not used: retention check says why\n" in text_of(found)


def test_a_pattern_that_would_take_in_another_file_is_none(drafted):
    _, settings = drafted(
        a1_csv=ISO,
        a2_csv=ISO.replace("06-02", "05-02"),
        aside_csv=ISO.replace("Amount", "Total").replace("06-02", "04-02"),
    )
    assert [rule.file for rule in settings.export] == ["a1.csv", "a2.csv", "aside.csv"]


def test_what_files_of_one_pattern_do_not_share_is_left_open(drafted):
    found, settings = drafted(
        a1_csv=ISO.replace(",", ";"),
        a2_csv=ISO.replace("Amount", "Net Amount").replace("06-02", "05-02"),
    )
    (rule,) = settings.export
    assert (rule.delimiter, rule.encoding) == (None, "utf-8")
    assert rule.columns == {"invoice_date": "Invoice Date", "customer_id": "Customer ID"}
    assert "# delimiter: ; in 1 of them, , in 1 of them; decided for each file\n" in text_of(found)


@pytest.mark.parametrize(
    ("cells", "key", "value", "because"),
    [
        pytest.param("13/02/2025,9", "date_order", "dmy", "'13/02/2025' has its day first", id="dmy"),
        pytest.param("02/13/2025,9", "date_order", "mdy", "'02/13/2025' has its month first", id="mdy"),
        pytest.param("2025-02-13,9", "date_order", None, "No cell needs this.", id="no order"),
        pytest.param('2025-02-13,"9,50"', "decimal", ",", "'9,50' reads only with a decimal comma", id="comma"),
        pytest.param("2025-02-13,9.50", "decimal", ".", "'9.50' reads only with a decimal point", id="point"),
        pytest.param("2025-02-13,9", "decimal", None, "No cell needs this.", id="no mark"),
    ],
)  # fmt: skip
def test_what_a_cell_proves_is_a_key_with_its_proof(drafted, cells, key, value, because):
    found, settings = drafted(invoices_csv=f"Invoice Date,Amount\n{cells}\n")
    assert getattr(settings, key) == value
    assert because in text_of(found)
    assert found.questions == ()


def test_what_differs_from_file_to_file_is_no_key(drafted):
    found, settings = drafted(
        a_csv="Invoice Date,Amount\n13/02/2025,9.50\n",
        b_csv="Score,Responded At,Kind\n5,02/13/2025,csat\n4,02/14/2025,csat\n",
    )
    assert settings.date_order is None
    assert "# Differs from file to file: a.csv: invoice_date '13/02/2025' has its day first" in (
        text_of(found)
    )


def test_an_ambiguous_date_stays_open_and_its_columns_are_kept(drafted):
    found, settings = drafted(invoices_csv="Invoice Date,Amount\n03/04/2025,9.50\n")
    (question,) = found.questions
    assert "'03/04/2025' may be 2025-04-03 or 2025-03-04" in question.message
    assert settings.date_order is None
    assert settings.export[0].columns == {"invoice_date": "Invoice Date", "amount": "Amount"}
    assert '# date_order = "dmy"\n# date_order = "mdy"\n' in text_of(found)
    assert "revenue" in {kpi.name for kpi in found.kpis}


def test_what_another_file_proves_does_not_settle_it(drafted):
    found, settings = drafted(
        a_csv="Invoice Date,Amount\n03/04/2025,9.50\n",
        b_csv="Customer ID,Start Date\n7,13/02/2025\n",
    )
    assert settings.date_order is None
    assert "# Elsewhere it is dmy: b.csv: start_date '13/02/2025' has its day first" in (
        text_of(found)
    )


def test_an_ambiguous_mark_stays_open(drafted):
    found, settings = drafted(invoices_csv="Invoice Date,Amount\n2025-04-03,9.500\n")
    assert settings.decimal is None
    assert '# decimal = ","\n# decimal = "."\n' in text_of(found)
    assert len(found.questions) == 1


def test_date_and_mark_may_both_be_open(drafted):
    found, settings = drafted(invoices_csv="Invoice Date,Amount\n03/04/2025,9.500\n")
    assert (settings.date_order, settings.decimal) == (None, None)
    assert settings.export[0].kind == "invoices"
    assert '# date_order = "dmy"\n' in text_of(found)
    assert '# decimal = ","\n' in text_of(found)


def test_a_file_that_is_not_recognised_hides_no_other(drafted):
    found, settings = drafted(invoices_csv=ISO, other_csv="a,b\n1,2\n")
    assert [rule.file for rule in settings.export] == ["invoices.csv"]
    assert [Path(question.file).name for question in found.questions] == ["other.csv"]
    assert '# [[export]]\n# file = "other.csv"\n# kind = "…"\n' in text_of(found)


def test_a_copy_of_another_file_is_asked_about_once(drafted):
    found, settings = drafted(a_csv=ISO, b_csv=ISO)
    assert [rule.file for rule in settings.export] == ["a.csv"]
    assert "has the same content as" in found.questions[0].message


def test_figures_that_can_be_computed_have_an_open_entry_each(drafted, tmp_path):
    found, _ = drafted(invoices_csv=ISO)
    text = reports.renderer("benchmarks", of="drafts")(found)
    place = tmp_path / "benchmarks.toml"
    place.write_text(text, "utf-8")
    assert load(place, kpi_facts()) == ()
    assert '# Revenue: money, higher is better\n# [[benchmark]]\n# kpi = "revenue"\n' in text
    assert 'kpi = "nps"' not in text


def test_all_entries_are_benchmarks_once_they_are_filled_in(drafted, tmp_path):
    found, _ = drafted(
        invoices_csv=ISO,
        customers_csv="Customer ID,Start Date\n7,2025-01-01\n",
        surveys_csv="Score,Responded At,Kind\n5,2025-06-01,csat\n4,2025-06-01,csat\n9,2025-06-01,nps\n0,2025-06-01,nps\n",
    )
    text = reports.renderer("benchmarks", of="drafts")(found)
    facts = kpi_facts()
    lines, kpi = [], ""
    for line in text.splitlines():
        bare = line.removeprefix("# ")
        if bare.startswith("kpi = "):
            kpi = json.loads(bare.removeprefix("kpi = "))
        if bare.startswith('target = "…"'):
            lines.append(f"target = {0 if facts[kpi].better == 'lower' else 1}")
        elif bare.startswith(
            ("[[bench", "kpi", "target", "period", "owner", "role", "source", "seg")
        ):
            lines.append(bare)
    place = tmp_path / "benchmarks.toml"
    place.write_text("\n".join(line for line in lines if "region" not in line), "utf-8")
    filled = load(place, facts)
    assert {one.kpi for one in filled if one.role == "target"} == {one.name for one in found.kpis}
    outside = [one for one in filled if one.role == "reference"]
    assert {"monthly_churn_rate", "csat", "nps"} <= {one.kpi for one in outside}
    assert all(one.source for one in outside)


HOSTILE = st.text(
    st.one_of(
        st.characters(exclude_categories=["Cs"], exclude_characters="\x00"),
        st.sampled_from('"\\\n\r\t#=[]\x1b\x7f\x85\u2028'),
    ),
    min_size=1,
    max_size=12,
)


@pytest.mark.sweep
@hypothesis_settings(deadline=None, max_examples=40)
@given(others=st.lists(HOSTILE, max_size=3, unique=True), names=st.lists(HOSTILE, max_size=2))
def test_any_header_is_given_back_by_the_settings(others, names):
    header = ["Invoice Date", "Amount", *(f"x{name}" for name in others)]
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n", quoting=csv.QUOTE_ALL)
    writer.writerow(header)
    writer.writerow(
        ["13/02/2025", "9.50", *names][: len(header)] + [""] * (len(header) - 2 - len(names))
    )
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        (folder / "a.csv").write_bytes(out.getvalue().encode("utf-8"))
        located = locate([folder], {})
        found = draft(Request(located))
        settings = settings_of(found, folder)
        for rule, drafted_ in zip(settings.export, found.exports, strict=True):
            assert rule.columns == {plan.column: plan.source for plan in drafted_.columns}
        assert counts(located, settings) == counts(located, Settings())


@hypothesis_settings(deadline=None, max_examples=40)
@given(header=HOSTILE, other=HOSTILE, because=HOSTILE, message=HOSTILE, sheet=HOSTILE)
def test_no_text_can_end_its_line_or_its_quotes(
    header, other, because, message, sheet
):  # each a text of its own
    plan = ColumnPlan(f"x{header}", "amount", "decimal ,", f"'{because}")
    export = DraftedExport(
        *("a.csv", "invoices", sheet, None, None, (plan,), (other,)),
        (Export("a.csv", "invoices", 1, 1, 0, 0, encoding=other, delimiter=because[0]),),
    )
    asked = {key: Found(None, because, (message,)) for key in ("date_order", "decimal")}
    question = OpenQuestion(f"b{header}.csv", message, because)
    with tempfile.TemporaryDirectory() as place:
        settings = settings_of(Draft((export,), asked, (question,), (), {}), Path(place))
    (rule,) = settings.export
    assert (rule.columns, rule.sheet) == (
        {"amount": f"x{header}"},
        sheet if sheet.strip() else None,
    )
    assert (settings.date_order, settings.decimal) == (None, None)


def counts(located, settings):
    found = check(Request(located, settings))
    return [
        (file.readiness, file.export and (file.export.accepted, file.export.rejected))
        for file in found.files
    ]


@hypothesis_settings(deadline=None, max_examples=40)
@given(
    names=st.lists(
        st.text(st.sampled_from("ab[]*?!-0123 .'\"#é"), min_size=1, max_size=8),
        min_size=1,
        max_size=4,
        unique=True,
    )
)
def test_each_file_is_in_one_pattern(names):
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        files = [folder / f"x{name}.csv" for name in names]
        for number, file in enumerate(files):
            file.write_text(ISO.replace("20.50", f"{number}.50"), "utf-8")
        found = draft(Request(locate([folder], {})))
        rules = settings_of(found, folder).export
    for file in files:
        assert sum(file.name == rule.file or fnmatch(file.name, rule.file) for rule in rules) == 1


def test_a_name_that_is_no_text_is_still_found(tmp_path):
    name = os.fsdecode(b"caf\xe9-1.csv")
    try:
        (tmp_path / name).write_text(ISO, "utf-8")
    except OSError:
        pytest.skip("this file system has names of text only")
    (rule,) = settings_of(draft(Request(locate([tmp_path], {}))), tmp_path).export
    assert rule.file == "caf?-1.csv"
