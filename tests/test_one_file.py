"""One file adds one thing: a copy of the package gets one of each, and nothing else is touched."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import retention_cli

pytestmark = pytest.mark.sweep

ADDED = {
    "records/kinds/visits.py": '''
from datetime import date
from typing import Annotated

from retention_cli.records.base import Headers, Record
from retention_cli.records.fields import Day, Id


class Visit(Record):
    """One visit."""

    visit_id: Annotated[Id, Headers(strong=("besuch",))]
    visited_on: Annotated[Day, Headers(strong=("besucht am",))]


RECORD = Visit
''',
    "kpis/ingredients/visit_count.py": '''
from retention_cli.frames.frames import collect
from retention_cli.values.measures import Measure

LACKS = {"no-visits-yet": "visits.visited_on of an earlier year"}


def visit_count(*, visits, period):
    """Count the visits of all time."""
    count = len(collect(visits))
    if period.start.year < 2000:
        return Measure.undefined("no-visits-yet", "nobody came before 2000")
    return count
''',
    "kpis/visits_seen.py": '''
from retention_cli.kpis.registry import Group, kpi
from retention_cli.values.measures import Better, Measure, Unit


@kpi(title="Visits seen", unit=Unit.COUNT, better=Better.HIGHER, group=Group.SERVICE, place=5)
def visits_seen(*, visit_count, few_visits):
    """Count visits."""
    return Measure.of(visit_count, sample_size=visit_count, notes=(f"few: {few_visits}",))
''',
    "settings/sections/visiting.py": '''
from retention_cli.settings.table import Table


class Keys(Table):
    """The keys of this section."""

    few_visits: int = 1
''',
    "reports/scorecard/names.py": '''
def render(card):
    """Write names alone."""
    return "".join(f"{line.kpi.name}={line.measure.value}\\n" for line in card.lines)
''',
    "reports/accounts/blob.py": '''
def render(found):
    """Write what is not text."""
    return b"\\x00\\xff" * len(found.accounts)
''',
    "findings/across_files/unheard_visits.py": '''
from retention_cli.findings.problems import Notice


def find(together):
    """Find visits."""
    if "visits" in together.tables:
        yield Notice("gap", "there are visits", 2, kind="visits", hint="hear them")
''',
    "mapping/presets/doorbell-visits.toml": """
system = "Doorbell"
object = "visits"

[signature]
required = ["Ring", "Rung at"]

[feeds.visits.columns]
visit_id = "Ring"
visited_on = "Rung at"
""",
    "models/coin_toss.py": '''
OF = "purchases"


def fit(data):
    """Fit nothing."""
''',
    "cli/greet.py": '''
import typer


def add_to(app):
    """Add the command."""
    app.command(name="greet")(_greet)


def _greet():
    """Greet with the models there are."""
    from retention_cli import models

    typer.echo(" ".join(models.names("purchases")))
''',
}


@pytest.fixture(scope="module")
def grown(tmp_path_factory):
    """A copy of the package with one file more of each sort, and a folder of exports."""
    place = tmp_path_factory.mktemp("grown")
    package = place / "retention_cli"
    source = Path(retention_cli.__file__).parent
    shutil.copytree(source, package, ignore=shutil.ignore_patterns("__pycache__"))
    for name, text in ADDED.items():
        assert not (package / name).exists()
        (package / name).write_text(
            "from __future__ import annotations\n" * name.endswith("py") + text, "utf-8"
        )
    (place / "exports").mkdir()
    (place / "exports" / "visits.csv").write_text(
        "Besuch,Besucht am\n1,2025-06-01\n2,2025-06-02\n", "utf-8"
    )
    return place


def ran(place, *arguments):
    environment = {**os.environ, "PYTHONPATH": str(place), "COLUMNS": "200"}
    done = subprocess.run(
        [sys.executable, "-m", "retention_cli", *arguments],
        cwd=place,
        env=environment,
        capture_output=True,
        check=False,
    )
    assert (done.returncode, b"Traceback" in done.stderr) == (0, False), done.stderr.decode()
    return done.stdout


def test_a_kind_a_kpi_its_ingredient_and_a_format_are_found(grown):
    told = ran(grown, "compute", "exports", "--period", "2025-06", "--format", "names")
    assert b"visits_seen=2\n" in told


def test_a_setting_is_found_and_a_kpi_may_ask_for_it(grown):
    (grown / "few.toml").write_text("few_visits = 7\n", "utf-8")
    told = ran(
        grown, "compute", "exports", "--config", "few.toml", "--period=2025-06", "--format=json"
    )
    (found,) = (one for one in json.loads(told)["figures"] if one["kpi"] == "visits_seen")
    assert found["notes"] == ["few: 7"]


def test_a_check_across_files_and_what_figures_lack_are_found(grown):
    told = json.loads(ran(grown, "check", "exports", "--as-of", "1999-05-01", "--format", "json"))
    assert "there are visits" in [one["message"] for one in told["checks"]]
    (lacking,) = (one["missing"] for one in told["kpis"] if one["kpi"] == "visits_seen")
    assert lacking == ["visits.visited_on of an earlier year"]


def test_a_preset_is_found(grown):
    (grown / "rings.csv").write_text("Ring,Rung at\n1,2025-06-01\n", "utf-8")
    (file,) = json.loads(ran(grown, "check", "rings.csv", "--format", "json"))["files"]
    assert (file["kind"], file["preset"]) == ("visits", "doorbell-visits")


def test_a_command_and_a_model_are_found_and_help_lists_formats_and_kinds(grown):
    assert ran(grown, "greet") == b"bg-nbd coin-toss nbd\n"
    assert b"greet" in ran(grown, "--help")
    told = ran(grown, "compute", "--help")
    assert b"table, csv, github, html, json, markdown, names or xlsx" in b" ".join(told.split())
    assert b"--visits FILE" in told


def test_a_format_may_be_bytes(grown):
    (grown / "bills.csv").write_text("customer_id,invoice_date,amount\na,2025-06-01,5\n", "utf-8")
    wanted = ("accounts", "bills.csv", "--period", "2025-06", "--format", "blob", "-q")
    assert ran(grown, *wanted) == b"\x00\xff"
    ran(grown, *wanted, "-o", "out.bin")
    assert (grown / "out.bin").read_bytes() == b"\x00\xff"


def test_bytes_are_not_shown_on_a_screen(monkeypatch, capsys):
    from retention_cli.cli import _output  # noqa: PLC0415  # what all commands write by

    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    with pytest.raises(retention_cli.RetentionError) as refused:
        _output.emit(b"PK", None, form="xlsx")
    assert (str(refused.value), refused.value.hint) == (
        "xlsx is not text to show on a screen",
        "add --output FILE",
    )
    assert capsys.readouterr().out == ""
