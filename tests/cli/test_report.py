"""`retention report`: one page for somebody who never saw the tool."""

from __future__ import annotations

import re
import shutil
import subprocess
from base64 import b64encode
from hashlib import sha256
from html import unescape
from html.parser import HTMLParser
from types import SimpleNamespace

import pytest

import report_world
from retention_cli.cli import run
from retention_cli.reports.report._drawn import cut_off
from retention_cli.reports.trend._words import band_of
from retention_cli.results.report import SECTIONS
from retention_cli.values.measures import Unit

FLAGS = ("--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync")


class Parts(HTMLParser):
    """A page taken apart: its elements, and the texts of the cells of each table."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.elements, self.open, self.tables, self.texts = [], [], [], []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        if tag != "meta":
            self.open.append(tag)
        if tag == "table":
            self.tables.append([])
        if tag == "tr":
            self.tables[-1].append([])
        if tag in {"td", "th"}:
            self.tables[-1][-1].append("")

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.texts.append(data)
        if self.open and self.open[-1] in {"td", "th"}:
            self.tables[-1][-1][-1] += data


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    """A folder of exports, and the page of its last month."""
    folder = tmp_path_factory.mktemp("exports")
    report_world.write_in(folder)
    page = folder.parent / "page.html"
    told = ("report", str(folder), "--by", "segment", "--period", "2025-06", "-o", str(page), "-q")
    assert run(list(told)) == 0
    return folder, page.read_text("utf-8")


@pytest.fixture(scope="module")
def parts(world):
    return Parts(world[1])


def test_nothing_is_loaded_and_nothing_but_ours_runs(world, parts):
    policy = next(a["content"] for _, a in parts.elements if "http-equiv" in a)
    for tag in ("style", "script"):
        (inside,) = re.findall(f"<{tag}>(.*?)</{tag}>", world[1], re.DOTALL)
        digest = b64encode(sha256(inside.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none';")
    for tag, attributes in parts.elements:
        assert not [name for name in attributes if name in {"src", "style"} or name[:2] == "on"]
        if tag == "a":
            assert attributes["href"].startswith("#")
    assert "://" not in world[1]


def test_hostile_names_are_text(world, parts):
    assert [tag for tag, _ in parts.elements].count("script") == 1
    assert "b" not in {tag for tag, _ in parts.elements}
    shown = report_world.HOSTILE.replace("\u202e", "\\u202e")
    assert any(shown in cell for table in parts.tables for row in table for cell in row)
    assert "\u202e" not in world[1]


def test_it_says_what_happened_and_leads_to_each_section(parts):
    text = " ".join(parts.texts)
    assert "Customer report, June 2025" in text
    assert "In June 2025 2 customers of 3 customers at the start stayed (66.7 %); 1 joined" in text
    assert "missed: Customer retention rate" in text
    ids = {a["id"] for tag, a in parts.elements if tag == "h2"}
    assert ids == set(SECTIONS)
    assert {a["href"][1:] for tag, a in parts.elements if tag == "a"} == ids


def test_the_figures_are_those_of_the_table_digit_for_digit(world, parts, retention):
    told = ("--period", "2025-06", "--by", "segment", "--verbose")
    table = retention("compute", world[0], *told).out
    rows = [row for one in parts.tables if one[0][0] == "Figure" for row in one[1:]]
    assert len(rows) > 10
    place = 0
    for title, value, change, target, verdict, n, interval, *_ in rows:
        name = title.removeprefix("segment: ")
        cells = [re.escape(one) for one in (value, change, target, verdict, n, interval) if one]
        line = re.compile(rf"^ *(?:✗ )?{re.escape(name)} +{' +'.join(cells)}", re.MULTILINE)
        found = line.search(table, place)
        assert found, (title, value)
        place = found.end()


def test_the_owner_and_the_reason_of_a_target_are_there(parts):
    (row,) = [r for one in parts.tables for r in one if r[0] == "Customer retention rate"][:1]
    assert row[-2:] == ["Ada", "Board plan"]


def test_each_chart_has_a_title_a_description_and_its_numbers(world):
    figures = re.findall(r"<figure>(.*?)</figure>", world[1], re.DOTALL)
    assert len(figures) > 10
    for one in figures:
        assert re.search(r'role="img" aria-labelledby="(c-\S+)-t \1-d"><title id="\1-t">\S', one)
        assert re.search(r"<desc [^>]*>\S", one)
        assert "<tbody>" in one
    ids = re.findall(r' id="([^"]*)"', world[1])
    assert len(ids) == len(set(ids))
    churn = next(unescape(one) for one in figures if "Revenue, by period" in one)
    assert "event a" in churn
    assert "a: 2025-03-01, New prices" in unescape(world[1])


def test_every_word_of_its_headings_has_a_sentence(world, parts):
    terms = {unescape(one) for one in re.findall("<dt>([^<]*)", world[1])}
    said = {word.casefold() for term in terms for word in re.split(r"[ ,]+", term)}
    plain = {"Figure", "Value", "Verdict", "Owner", "Why this target", "Line", "Rank", "Name"}
    plain |= {"Manager", "Change", "Share", "File", "Kind", "Rows", "Accepted", "Rejected"}
    plain |= {"Skipped", "Bytes", "Amount", "Remark", "Answers", "Number", "Waited", "Tickets"}
    plain |= {"Customers", "Money", "Value in EUR", "Accounts", "Profit together", "± pp"}
    headings = {one[0][at] for one in parts.tables for at in range(len(one[0]))}
    unsaid = {one for one in headings - plain if one.casefold() not in said and not one.isdigit()}
    assert unsaid - terms == set()


def test_its_definitions_call_figures_by_their_titles_and_settings_by_their_files(world, parts):
    text = unescape(world[1])
    assert "average purchase value x purchase frequency x customer lifespan" in text
    assert "It is 1 - customer retention rate." in text
    (settings,) = (one for one in parts.tables if one[0][:2] == ["File", "Bytes"])
    assert [row[0] for row in settings[1:]] == ["benchmarks.toml"]


@pytest.mark.parametrize(
    ("unit", "interval", "band"),
    [
        (Unit.RATIO, (0.1, 0.9), (0, 1)),
        (Unit.RATIO, None, (-1, 2)),
        (Unit.SECONDS, None, (0, 2)),
        (Unit.MONEY, None, (-1, 2)),
    ],
)
def test_a_usual_band_ends_where_its_figure_does(unit, interval, band):
    point = SimpleNamespace(line=SimpleNamespace(measure=SimpleNamespace(interval=interval)))
    row = SimpleNamespace(kpi=SimpleNamespace(unit=unit), band=(-1, 2), points=[point])
    assert band_of(row) == band


def test_a_walk_is_cut_off_below_all_that_it_comes_to():
    steps = [("start", "", 363), ("lost", "-", 6), ("acquired", "+", 8), ("end", "=", 365)]
    assert cut_off(steps) == 330
    assert cut_off([("start", "", 4), ("lost", "-", 4), ("end", "=", 0)]) == 0


def test_the_same_input_gives_the_same_bytes(world, retention, answers):
    told = ("report", world[0], "--by", "segment", "--period", "2025-06", "-q")
    assert retention(*told).out == world[1]


def test_sections_are_chosen_and_without_names_nobody_is_named(world, retention):
    told = ("report", world[0], "--period", "2025-06", "-q")
    page = retention(*told, "--sections", "data,accounts", "--no-names").out
    assert re.findall(r'<h2 id="(\w+)"', page) == ["accounts", "data"]
    assert ("Ann" in page, "alert(1)" in page, "007" in page) == (False, False, True)
    ran = retention(*told, "--sections", "scorcard")
    assert (ran.code, "did you mean 'scorecard'?" in ran.err) == (2, True)


def test_what_there_is_no_data_for_is_left_out_and_said(world, retention):
    page = retention("report", world[0] / "customers.csv", "--period", "2025-06", "-q").out
    left = dict(re.findall(r'<h2 id="(\w+)">[^<]*</h2>\n<p>Left out: ([^<]*)', page))
    assert set(left) == {"responses", "nps", "accounts"}
    assert left["responses"] == "no tickets in the exports."
    alone = retention("report", "--surveys", world[0] / "surveys.csv", "-q").out
    assert "The exports give neither customers nor revenue of the period." in alone


def test_a_screen_is_not_shown_a_page(retention, monkeypatch):
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    ran = retention("report", "exports")
    assert (ran.code, "name a file: -o page.html" in ran.err) == (2, True)


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("chromium"), reason="chromium is not installed")
def test_a_browser_shows_it_without_a_word_and_sorts_its_tables(world, tmp_path):
    page = tmp_path / "page.html"
    page.write_text(world[1], "utf-8")
    arguments = ("--headless", "--no-sandbox", *FLAGS, f"--user-data-dir={tmp_path / 'profile'}")
    done = subprocess.run(
        [
            shutil.which("chromium"),
            *arguments,
            "--enable-logging=stderr",
            "--dump-dom",
            page.as_uri(),
        ],
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    assert "CONSOLE" not in done.stderr
    assert '<button type="button">Account</button>' in done.stdout
