"""`retention init`: two files beside the exports, after which the figures are the same."""

from __future__ import annotations

import json
import os
import random
import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest

from retention_cli.benchmarks.benchmark_file import load
from retention_cli.scoring.kpi_facts import kpi_facts
from retention_cli.settings import Settings
from retention_cli.text import atomic
from seeded import seeds

BRAMBECK = Path(__file__).parents[2] / "examples" / "brambeck"
WRITTEN = ("retention.toml", "benchmarks.toml")


@pytest.fixture
def figures(retention):
    """What `compute` says of a folder, all of it."""

    def compute(folder):
        ran = retention("compute", folder, "--format", "json", "--quiet", "--max-rejects", "50%")
        assert ran.code == 0, ran.err
        return json.loads(ran.out)

    return compute


def generated(folder, seed):
    """Exports of a random company, each written in a manner of its own."""
    rng = random.Random(f"exports {seed}")  # noqa: S311  # a seeded world is not a secret
    order = rng.choice(("%d/%m/%Y", "%m/%d/%Y", "%Y-%m-%d", "%d.%m.%Y"))
    mark, delimiter = rng.choice((",", ".")), rng.choice((";", "\t", "|"))

    def day():
        return (date(2025, 1, 1) + timedelta(days=rng.randrange(170))).strftime(order)

    def money():
        return f"{rng.randrange(100, 99_999)}{mark}{rng.randrange(100):02}"

    def write(name, *rows):
        text = "\n".join(delimiter.join(row) for row in rows)
        (folder / name).write_text(f"{text}\n", rng.choice(("utf-8", "utf-8-sig", "cp1252")))

    ids = [f"{number:03}" for number in range(20)]
    header = rng.choice((("Kundennummer", "Start Date"), ("Customer ID", "Start Date")))
    write("kunden.csv", (*header, "Région"), *((one, day(), "Süd") for one in ids))
    for month in range(1, 1 + rng.randrange(1, 4)):
        lines = [(day(), money(), rng.choice(ids), f"é{n}") for n in range(30)]
        write(f"rechnung-{month}.csv", ("Invoice Date", "Amount", "Customer ID", "Memo"), *lines)


@pytest.mark.parametrize("seed", seeds(6, 12))
def test_generated_exports_give_the_same_figures_as_before(retention, folder, figures, seed):
    generated(folder, seed)
    before = figures(".")
    assert retention("init").code == 0
    assert len(Settings.load(folder / "retention.toml").export) >= 2
    after = figures(".")
    assert (after["figures"], after["period"]) == (before["figures"], before["period"])
    assert after["data"]["files"] == before["data"]["files"]
    assert after["data"]["problems"] == before["data"]["problems"]


@pytest.mark.sweep
def test_the_example_gives_the_same_figures_as_before(retention, folder, figures):
    for file in BRAMBECK.glob("*.csv"):
        shutil.copy(file, folder)
    before = figures(".")
    ran = retention("init", ".")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == (
        "wrote retention.toml: how 28 files are read\n"
        "wrote benchmarks.toml: 33 figures, no target yet\n"
        "next: review them, then run retention compute .\n"
    )
    settings = Settings.load(folder / "retention.toml")
    assert (settings.date_order, settings.decimal) == ("dmy", None), "costs have a point"
    assert [rule.file for rule in settings.export] == [
        *("costs.csv", "customers.csv", "invoices-*.csv", "surveys.csv", "tickets.csv"),
    ]
    assert load(folder / "benchmarks.toml", kpi_facts()) == ()
    assert figures(".") == before


@pytest.mark.parametrize("name", WRITTEN)
def test_a_file_that_stands_there_is_not_written_over(retention, customers, folder, name):
    del customers
    (folder / name).write_text("# mine\n", "utf-8")
    ran = retention("init", ".")
    assert ran.code == 2
    assert f"error: {name}: exists already, and is not overwritten" in ran.err
    assert f"mv {name} {name}.old" in ran.err
    assert (folder / name).read_text("utf-8") == "# mine\n"
    assert sorted(path.name for path in folder.iterdir()) == sorted(["customers.csv", name])


def test_a_second_time_it_changes_nothing(retention, customers, folder):
    del customers
    assert retention("init").code == 0
    texts = [(folder / name).read_bytes() for name in WRITTEN]
    ran = retention("init")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == "retention.toml and benchmarks.toml are up to date: nothing was changed\n"
    assert [(folder / name).read_bytes() for name in WRITTEN] == texts


def test_what_somebody_changed_since_is_not_written_over(retention, customers, folder):
    del customers
    assert retention("init").code == 0
    with (folder / "retention.toml").open("a") as file:
        file.write("# mine\n")
    texts = [(folder / name).read_bytes() for name in WRITTEN]
    ran = retention("init")
    assert ran.code == 2
    assert "retention.toml: was written by retention init already" in ran.err
    assert [(folder / name).read_bytes() for name in WRITTEN] == texts


def test_a_link_that_leads_nowhere_is_not_written_through(retention, customers, folder):
    del customers
    (folder / "retention.toml").symlink_to(folder / "elsewhere.toml")
    assert retention("init").code == 2
    assert not (folder / "elsewhere.toml").exists()


@pytest.mark.parametrize(
    ("given", "code", "said"),
    [
        pytest.param("customers.csv", 2, "is a file", id="a file"),
        pytest.param("nowhere", 2, "no such file or folder", id="nothing"),
        pytest.param("empty", 3, "has no exports", id="no exports"),
    ],
)
def test_what_is_no_folder_of_exports_is_refused(  # fixtures and a case
    retention, customers, folder, given, code, said
):
    del customers
    (folder / "empty").mkdir()
    ran = retention("init", given)
    assert (ran.code, said in ran.err) == (code, True)


def test_what_is_not_settled_is_said_and_ends_well(retention, customers, folder):
    del customers
    (folder / "other.csv").write_text("a,b\n1,2\n", "utf-8")
    ran = retention("init")
    assert ran.code == 0
    assert "\nother.csv is not read: it is of no kind of export; leave it out" in f"\n{ran.err}"
    assert "the lines to fill in" not in ran.err
    assert 'file = "customers.csv"' in (folder / "retention.toml").read_text("utf-8")


def test_settings_above_that_no_longer_apply_are_named(retention, customers, folder):
    (folder / "retention.toml").write_text('currency = "EUR"\n', "utf-8")
    (folder / "exports").mkdir()
    shutil.move(customers, folder / "exports")
    ran = retention("init", "exports")
    assert ran.code == 0
    assert f"{folder / 'retention.toml'} covered these exports until now" in ran.err


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_takes_no_file_gets_none(retention, customers, folder):
    del customers
    folder.chmod(0o555)
    try:
        assert retention("init").code == 4
    finally:
        folder.chmod(0o755)


def test_both_files_are_written_or_none(retention, customers, folder, monkeypatch):
    del customers
    replace = Path.replace

    def fail_at_settings(self, target):
        if Path(target).name == "retention.toml":
            raise OSError(28, "No space left on device")
        return replace(self, target)

    monkeypatch.setattr(atomic.Path, "replace", fail_at_settings)
    ran = retention("init")
    assert (ran.code, "retention.toml: cannot be written" in ran.err) == (4, True)
    assert sorted(path.name for path in folder.iterdir()) == ["customers.csv"]


def test_quiet_says_nothing(retention, customers):
    del customers
    ran = retention("init", "--quiet")
    assert (ran.code, ran.out, ran.err) == (0, "", "")
