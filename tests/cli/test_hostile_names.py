"""No name of a user's file runs, marks up or hides anything: in every command and every format.

The commands and formats are asked of the command line itself, so that a new one is held to this
as well; one that nothing here can check fails.
"""

from __future__ import annotations

import csv
import io
import json
import os
import re
import stat
import tomllib
import unicodedata
from html import unescape
from shutil import copytree, ignore_patterns

import pytest

from hostile_names import NAMES, write_world
from page_parts import check_charts, check_page
from retention_cli import cli, reports
from retention_cli.cli import run
from retention_cli.text.safe_text import unseen

pytestmark = pytest.mark.sweep

COMMANDS = cli.tree().commands
OPTIONS = {
    name: {option for one in command.params for option in one.opts}
    for name, command in COMMANDS.items()
}
NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
FORMULA = re.compile(r'[\s"\u200b\ufeff]*[=+\-@\uff1d\uff0b\uff0d\uff20\ufe62\ufe63\ufe66\ufe6b]')
READ = [name for name in NAMES if name.what != "a NUL"]
"""A NUL is refused where it is in a cell."""


def formats(command):
    """Give the formats that a command writes; `compute` has those of the reports themselves."""
    if "--format" not in OPTIONS[command]:
        return ("table",)
    found = reports.names("scorecard" if command == "compute" else command)
    assert found, f"where are the formats of {command}?"
    return found


ON_EXPORTS = sorted(set(COMMANDS) - {"demo"})
"""The example has no name to fear."""
FORMATS = [
    pytest.param(command, form, id=f"{command} {form}")
    for command in ON_EXPORTS
    for form in formats(command)
    if form != "xlsx"  # bytes: the tests of the workbooks have these names
]


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    folder = tmp_path_factory.mktemp("names") / "exports"
    write_world(folder)
    return folder


@pytest.fixture(scope="module")
def gathered(tmp_path_factory):
    """The same with all invoices in one file: `check` and `compute` alone list each file."""
    folder = tmp_path_factory.mktemp("gathered") / "exports"
    write_world(folder, files=False)
    frozen = ("compute", folder, "--period", "2025-06", "--max-rejects", "100%", "--rejects")
    assert (
        run(
            [
                *map(str, frozen),
                os.devnull,
                "--save",
                str(folder.parent / "frozen"),
                "-o",
                os.devnull,
            ]
        )
        == 0
    )
    return folder


def typed(command, world, *, by=None):
    """What is typed to run a command on the world; grouped by a column if it can be."""
    first = {
        "diff": [world.parent / "frozen"],
        "explain": ["churn_rate"],
        "impact": ["--retention=-5pp"],
    }
    arguments = [command, *first.get(command, ())]
    if any(param.param_type_name == "argument" for param in COMMANDS[command].params):
        arguments.append(world)
    asked = {"--period": "2025-06", "--max-rejects": "100%", "--rejects": "left.csv", "--by": by}
    if command == "explain":
        arguments.append("--bases")
        asked |= {"--as": "all", "--members": "CS"}
    for option, value in asked.items():
        if option in OPTIONS[command] and value is not None:
            arguments += [option, value]
    return arguments


def without_settings(world, folder):
    """Copy the exports: what writes settings beside them finds none, and leaves none behind."""
    return copytree(world, folder / "fresh", ignore=ignore_patterns("*.toml"))


def hidden(text):
    """List the signs that a terminal acts on or does not show."""
    bad = ("Cc", "Cf", "Cs", "Zl", "Zp")
    return sorted({ascii(s) for s in text if s != "\n" and unicodedata.category(s) in bad})


def check_table(text):
    assert hidden(text) == []


def check_csv(text):
    rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    assert {len(row) for row in rows} == {len(rows[0])}
    cells = [cell for row in rows for cell in row]
    for delimiter in ";\t":
        split = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        naive = re.split(rf"[{delimiter}\r\n]", text)
        cells += [*naive, *(cell for row in split for cell in row)]
    runs = [cell for cell in cells if FORMULA.match(cell) and not NUMBER.fullmatch(cell)]
    assert runs == []
    assert [cell for cell in cells if cell[:1] in {"\t", "\r"}] == []
    assert [sign for sign in hidden(text) if sign not in INVISIBLE] == []


INVISIBLE = {
    ascii(sign) for sign in "\t\r\u200b\u202e\u2028\u2029\u2060\u2066\u2069\ufeff\U000e0041"
}
"""Signs that a CSV keeps, so that names in it still join: only controls act where it is read."""


def check_json(text):
    json.loads(text)
    assert hidden(text) == []


def check_markdown(text):
    assert hidden(text) == []
    cells = None
    for line in text.split("\n"):
        bare = re.sub(r"^#{1,6} |\\[!-/:-@\[-`{-~]", "", line)
        if bare.startswith("|"):
            cells = cells or bare.count("|")
            assert bare.count("|") == cells, line
        else:
            cells = None
            assert "|" not in bare, line
        assert not re.search(r"[`<\[\]]|(?<!^)[*_~]|://|(?i:www\.)|#", bare), line
        assert not re.search(r"&(?!amp;|lt;|gt;)", bare), line


def check_html(text):
    assert hidden(text) == []
    (check_charts if "<script>" in text else check_page)(text)


CHECKS = {
    "csv": check_csv,
    "github": check_table,
    "html": check_html,
    "json": check_json,
    "markdown": check_markdown,
    "table": check_table,
}


@pytest.mark.parametrize(("command", "form"), FORMATS)
def test_no_name_acts(retention, folder, world, gathered, command, form):
    world = world if command in {"check", "compute"} else gathered
    asked = ["--format", form] if "--format" in OPTIONS[command] else []
    if command == "init":
        world = without_settings(world, folder)
    # A file gets what a terminal would: the table is looked at in both, the other forms in one.
    if form == "table" or "--output" not in OPTIONS[command]:
        ran = retention(*typed(command, world, by="segment"), *asked)
        assert ran.code in {0, 3} if command == "check" else ran.code == 0
        check_table(ran.err)
        CHECKS[form](ran.out)
    if "--output" in OPTIONS[command]:
        ran = retention(*typed(command, world, by="segment"), *asked, "--output", "written")
        assert ran.code in {0, 3} if command == "check" else ran.code == 0
        check_table(ran.err)
        assert ran.out == ""
        CHECKS[form]((folder / "written").read_bytes().decode())
    if "--rejects" in OPTIONS[command]:
        left = folder / "left.csv"
        check_csv(left.read_bytes().decode())
        assert stat.S_IMODE(left.stat().st_mode) == 0o600
    for settings in world.glob("*.toml") if command == "init" else ():
        tomllib.loads(settings.read_text("utf-8"))
        assert hidden(settings.read_text("utf-8")) == []


@pytest.mark.parametrize("form", formats("explain"))
def test_no_name_of_one_customer_acts(retention, gathered, form):
    world = gathered
    asked = ("--period", "2025-06", "--max-rejects", "100%", "--format", form)
    for name in READ[::12]:
        id_ = as_read(name)
        ran = retention("explain", "churn_rate", world, f"--id={id_}", *asked)
        assert ran.code == 0, (name.what, ran.err)
        check_table(ran.err)
        CHECKS[form](ran.out)
    ran = retention("explain", world, f"--id={as_read(READ[0])}x", *asked)
    assert (ran.code, hidden(ran.err)) == (2, [])


@pytest.mark.parametrize("command", ON_EXPORTS)
@pytest.mark.parametrize("columns", ["20", pytest.param("80", marks=pytest.mark.slow)])
def test_no_name_acts_on_a_screen(  # noqa: PLR0917  # four of them are fixtures
    retention, folder, world, gathered, monkeypatch, command, columns
):
    world = world if command in {"check", "compute"} else gathered
    monkeypatch.setenv("COLUMNS", columns)
    monkeypatch.setenv("FORCE_COLOR", "1")
    if command == "init":
        world = without_settings(world, folder)
    wordy = ["--verbose"] if "--verbose" in OPTIONS[command] else []
    out = retention(*typed(command, world), *wordy).out
    check_table(re.sub(r"\x1b\[[0-9;]*m", "", out))
    told = re.sub(r"(?<=[\[;])[34]8;(5;\d+|2;\d+;\d+;\d+)", "", out)  # the heat of cohorts
    styles = {one for given in re.findall(r"\x1b\[([0-9;]*)m", told) for one in given.split(";")}
    assert styles <= {"", "0", "1", "2", "31", "32", "33", "36"}


def accounts(retention, world, form):
    return retention(*typed("accounts", world), "--format", form, *EVERY.get(form, ())).out


EVERY = {"table": ["--all"]}


def as_read(name):
    """What a name is once it is read: entities are the signs that they stand for."""
    return unescape(name.text.replace("\r", "\n"))


def test_json_gives_every_name_back(retention, world):
    rows = json.loads(accounts(retention, world, "json"))["accounts"]
    for field in ("customer_id", "customer_name", "manager"):
        assert sorted(row[field] for row in rows) == sorted(as_read(name) for name in READ)


def test_json_gives_every_refused_cell_and_file_back(retention, world):
    data = json.loads(retention(*typed("compute", world), "--format", "json").out)["data"]
    refused = {one["value"] for one in data["problems"] if one["code"] == "bad-date"}
    assert refused == {as_read(name) for name in READ}
    files = {one["file"].removeprefix(f"{world.as_posix()}/") for one in data["files"]}
    assert files == {path.name for path in world.iterdir()} - {"benchmarks.toml"}


def test_csv_gives_names_back_but_for_apostrophes_and_what_nobody_sees(retention, world):
    text = accounts(retention, world, "csv")
    rows = csv.DictReader(io.StringIO(text, newline=""))
    found = {row["customer_name"].replace("'", "") for row in rows}
    kept = {as_read(name).replace("'", "") for name in READ if not any(map(acts, name.text))}
    assert kept <= found
    assert not any(map(acts, text))


def acts(sign):
    return sign not in "\t\r\n" and unseen(sign)


def test_the_table_shows_every_name(retention, world):
    out = accounts(retention, world, "table")
    assert [name.what for name in READ if out.count(name.shown) < 3] == []


def test_the_rejects_file_gives_every_row_back(retention, folder, world):
    retention(*typed("compute", world))
    with (folder / "left.csv").open(encoding="utf-8", newline="") as file:
        rows = [json.loads(row["raw"]) for row in csv.DictReader(file)]
    refused = {row[1] for row in rows if row[0].startswith("bad ")}
    assert refused == {name.text.replace("\r", "\n") for name in NAMES}


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(name, marks=[pytest.mark.slow] if place % 4 else [], id=name.what)
        for place, name in enumerate(NAMES)
    ],
)
def test_no_argument_acts_on_a_terminal(retention, customers, name):
    typed_wrongly = [
        (name.text,),
        ("compute", ".", f"--{name.text}"),
        ("compute", f"{name.text}/x.csv"),
        ("compute", ".", "--output", f"{name.text}/x.csv"),
        *(("compute", ".", option, name.text) for option in ("--period", "--as-of", "--format")),
        *(("compute", ".", option, name.text) for option in ("--currency", "--tz", "--encoding")),
    ]
    for arguments in typed_wrongly:
        if "\x00" in "".join(arguments):
            continue  # no argument of a process can hold one
        ran = retention(*arguments)
        assert hidden(ran.err) == [], arguments
        assert ran.code in {2, 3, 4}, (arguments, ran.err)


def test_no_setting_acts_on_a_terminal(retention, customers, folder):
    for name in NAMES:
        text = json.dumps(name.text, ensure_ascii=False).replace("\x7f", "\\u007f")
        for line in (
            f"currency = {text}",
            f"{text} = 1",
            f"[[export]]\nfile = {text}\nkind = {text}",
        ):
            (folder / "retention.toml").write_text(line, "utf-8")
            ran = retention("compute", ".")
            assert (ran.code, hidden(ran.err)) == (2, []), name.what
