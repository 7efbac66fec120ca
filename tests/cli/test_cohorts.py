"""`retention cohorts`: what scripts and people are given."""

from __future__ import annotations

import csv
import io
import json
import re

import pytest

from histories import history, write
from retention_cli.cli import run
from retention_cli.text.outputs import COHORTS, is_output

OPTIONS = ("--as-of", "2025-10-10")


@pytest.fixture
def exports(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "in", *history(5, customers=30))
    (tmp_path / "in" / "retention.toml").write_text("min_n = 3\n", "utf-8")
    return tmp_path / "in"


def test_json_has_cohorts_cells_and_averages(retention, exports):
    ran = retention("cohorts", exports, *OPTIONS, "--format", "json", "--every", "quarter")
    found = json.loads(ran.out)
    assert (found["schema"], found["min_n"]) == ("retention-cohorts/1", 3)
    first = found["cohorts"][0]
    assert first["cohort"] == "2024-Q4"
    assert set(first["cells"][0]) >= {"age", "active", "revenue", "unfinished"}
    assert [cell["unfinished"] for cell in first["cells"]] == [False] * 4 + [True]
    assert isinstance(first["cells"][0]["revenue"], str)
    assert found["average"][0].keys() >= {"age", "share"}


def test_csv_has_a_row_a_cell_and_is_known_again(retention, exports):
    out = retention("cohorts", exports, *OPTIONS, "--format", "csv").out
    rows = list(csv.DictReader(io.StringIO(out)))
    assert tuple(rows[0]) == COHORTS
    assert is_output(out.encode())
    assert {"2024-11", "average"} <= {row["cohort"] for row in rows}


@pytest.mark.parametrize("columns", ["80", "120"])
def test_ages_that_do_not_fit_stand_below(retention, exports, monkeypatch, columns):
    monkeypatch.setenv("COLUMNS", columns)
    out = retention("cohorts", exports, *OPTIONS).out
    assert max(map(len, out.splitlines())) <= int(columns)
    assert "\x1b" not in out
    assert "* the month is unfinished" in out


def test_colour_is_behind_numbers_that_are_there_without_it(retention, exports, monkeypatch):
    plain = retention("cohorts", exports, *OPTIONS).out
    monkeypatch.setenv("FORCE_COLOR", "1")
    coloured = retention("cohorts", exports, *OPTIONS).out
    assert "48;5;" in coloured
    assert strip(coloured) == plain


def strip(text):
    return "".join(
        f"{line.rstrip()}\n" for line in re.sub("\x1b\\[[0-9;]*m", "", text).splitlines()
    )


def test_another_length_is_refused_with_the_nearest(retention, exports):
    ran = retention("cohorts", exports, "--every", "quater")
    assert ran.code == 2
    assert "did you mean 'quarter'?" in ran.err


def by_pandas(pd, billed, last):
    """Lay out cohorts of months: size, active by a window of 12 months, and revenue."""
    billed = billed.assign(month=billed["day"].dt.to_period("M"))
    bought = billed[billed["bought"]]
    first = bought.groupby("id")["month"].min()
    months = pd.period_range(first.min(), last, freq="M")
    found = {}
    active = {}
    for month in months:
        close = (month + 1).start_time
        there = bought[
            (bought["day"] < close) & (bought["day"] + pd.DateOffset(months=12) >= close)
        ]
        active[month] = first[first.index.isin(there["id"])].value_counts()
    owned = billed[billed["id"].isin(first.index)].assign(cohort=lambda rows: rows["id"].map(first))
    paid = owned.groupby(["cohort", "month"])["cents"].sum()
    for cohort, size in first.value_counts().sort_index().items():
        found[str(cohort)] = (
            int(size),
            [
                (int(active[m].get(cohort, 0)), int(paid.get((cohort, m), 0)))
                for m in months
                if m >= cohort
            ],
        )
    return found


def computed(capsys, *arguments):
    assert run(["cohorts", *map(str, arguments), "--format", "json", "--quiet"]) == 0
    found = json.loads(capsys.readouterr().out)
    return {
        one["cohort"]: (
            one["size"],
            [(cell["active"], round(float(cell["revenue"]) * 100)) for cell in one["cells"]],
        )
        for one in found["cohorts"]
    }


@pytest.mark.shared
@pytest.mark.sweep
def test_cdnow_is_what_plain_pandas_gives(shared_data, tmp_path, monkeypatch, capsys):
    pd = pytest.importorskip("pandas")
    monkeypatch.chdir(tmp_path)
    file = shared_data / "cdnow" / "CDNOW_master.txt"
    rows = pd.read_csv(
        file, sep=r"\s+", header=0, names=["id", "day", "cds", "paid"], dtype="string"
    )
    rows = rows.assign(
        day=pd.to_datetime(rows["day"], format="%Y%m%d"),
        cents=(rows["paid"].astype(float) * 100).round().astype(int),
        bought=True,
    )
    found = computed(capsys, file, "--as-of", "2020-01-01")
    assert found == by_pandas(pd, rows, rows["day"].max().to_period("M"))
    assert sum(size for size, _ in found.values()) == 23_570


@pytest.mark.shared
@pytest.mark.sweep
def test_online_retail_is_what_plain_pandas_gives(shared_data, tmp_path, monkeypatch, capsys):
    pd = pytest.importorskip("pandas")
    monkeypatch.chdir(tmp_path)
    files = [
        shared_data / "online-retail-uci" / f"online_retail_2011-{month}.csv" for month in (10, 11)
    ]
    rows = pd.concat([pd.read_csv(file, dtype="string") for file in files])
    settings = tmp_path / "retention.toml"
    rule = '[[export]]\nfile = "*.csv"\nkind = "invoices"\n[export.columns]\n'
    settings.write_text(rule + 'amount = { multiply = ["Quantity", "UnitPrice"] }\n', "utf-8")
    found = computed(capsys, *files, "--config", settings, "--as-of", "2020-01-01")
    amounts = rows["Quantity"].astype(int) * (rows["UnitPrice"].astype(float) * 1000).round()
    rows = rows.assign(id=rows["CustomerID"], cents=amounts)
    rows = rows.assign(day=pd.to_datetime(rows["InvoiceDate"], format="mixed").dt.normalize())
    total = rows.groupby("InvoiceNo")["cents"].transform("sum")
    rows = rows.assign(bought=total >= 0)
    rows = rows[rows["id"].notna()]
    expected = by_pandas(pd, rows, rows["day"].max().to_period("M"))
    assert found == {
        key: (size, [(active, round(paid / 10)) for active, paid in cells])
        for key, (size, cells) in expected.items()
    }
