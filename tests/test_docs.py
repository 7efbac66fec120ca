"""The documentation cannot drift: its outputs are run, its names exist, its links lead somewhere."""

from __future__ import annotations

import importlib.util
import re
import shlex
import shutil
from pathlib import Path

import pytest

from retention_cli import cli, kpis, records, reports
from retention_cli.benchmarks import benchmark_file
from retention_cli.benchmarks.benchmarks import Benchmark, Source
from retention_cli.benchmarks.scorecards import load_scorecards
from retention_cli.benchmarks.verdicts import Verdict
from retention_cli.errors import DataRefusedError, OutputError, RetentionError
from retention_cli.kpis.registry import Group
from retention_cli.scoring.kpi_facts import kpi_facts
from retention_cli.settings import BusinessHours, ExportRule, Settings, Tiers
from retention_cli.values.intervals import adjusted_wald_points, wilson
from test_rooms import MAY_IMPORT

ROOT = Path(__file__).parents[1]
_spec = importlib.util.spec_from_file_location("generate_docs", ROOT / "docs" / "generate.py")
generate = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(generate)

TEXT = {page.name: page.read_text("utf-8") for page in generate.pages()}
README = TEXT["README.md"]
ALL = "\n".join(TEXT.values())
LINKED = [*generate.pages(), *(ROOT / name for name in ("CONTRIBUTING.md", "CHANGELOG.md"))]

FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
LINK = re.compile(r"\]\((?!https?:)([^)#\s]*)(?:#([^)\s]+))?\)")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)


def blocks(language, text=ALL):
    return [body for known, body in FENCE.findall(text) if known == language]


def commands(text=README):
    return [c for block in blocks("console", text) for c in generate.commands_of(block)]


# What is generated


@pytest.mark.parametrize("page", generate.pages(), ids=lambda page: page.name)
def test_the_generated_parts_are_those_that_make_docs_writes(page):
    text = page.read_text("utf-8")
    assert generate.renewed(text) == text, "run: make docs"


def test_the_manual_page_has_every_command_and_is_the_one_that_make_docs_writes():
    page = generate.MAN.read_text("utf-8")
    assert page == generate.man_page(), "run: make docs"
    assert {f".SS retention {name}" for name in cli.names()} <= set(page.splitlines())


@pytest.mark.parametrize("period", ["", " --period 2025-06"])
def test_the_scorecard_of_the_example_fits_a_screen(period):
    text, code = generate.run(f"retention compute examples/brambeck{period}", width=100)
    below = text.split("\n\n")[-1].split("\n")
    assert (code, len(text.split("\n")) <= 50, len(below) <= 10) == (0, True, True)
    groups = [group for group in Group if f"\n{group}" in text]
    assert groups == list(Group)


def test_a_failing_command_has_to_be_shown_with_its_exit_code():
    block = "<!-- generated: output -->\n$ retention nonsense\n{}<!-- end -->"
    with pytest.raises(generate.DocsError, match="ends with 2"):
        generate.renewed(block.format(""))
    assert "\n$ echo $?\n2\n" in generate.renewed(block.format("$ echo $?\n"))


def test_a_part_that_nothing_writes_is_refused():
    with pytest.raises(generate.DocsError, match="'weather'"):
        generate.renewed("<!-- generated: weather -->\n<!-- end -->")


def test_output_is_shown_between_two_of_its_headings():
    told = {"from": "Notes", "up to": "Read"}
    shown = generate._shortened(["Head", "Notes", "n", "Read", "r"], told)
    assert shown == ["[…]", "", "Notes", "n", "[…]"]
    with pytest.raises(generate.DocsError, match="'Weather'"):
        generate._shortened(["Head"], {"from": "Weather"})


def test_a_docstring_is_taken_apart_at_its_sections():
    doc = "Share of it.\n\nFormula: a / b,\n    over all.\nUnit: ratio.\nExample:\n    >>> 1\n"
    assert generate.sections_of(doc) == {
        "": "Share of it.",
        "Formula": "a / b, over all.",
        "Unit": "ratio.",
        "Example": "\n    >>> 1\n",
    }


# What the README shows


def test_every_console_block_of_the_readme_is_run():
    """A block outside the markers would show an output that nobody checks."""
    generated = "".join(found["body"] for found in generate._PART.finditer(README))
    assert commands(generated) == commands()
    assert sum(command.startswith("retention ") for command in commands()) >= 3


def test_make_demo_is_the_command_whose_picture_the_readme_shows():
    makefile = (ROOT / "Makefile").read_text("utf-8")
    exports = re.search(r"^EXPORTS := (\S+)$", makefile, re.MULTILINE)[1]
    recipe = re.search(r"^demo:.*\n\t\$\(BIN\)/(.+)$", makefile, re.MULTILINE)[1]
    words = shlex.split(recipe.replace("$(EXPORTS)", exports))
    at = words.index("--rejects")
    del words[at : at + 2]
    assert shlex.split(generate.PICTURED) == words


def test_the_verbs_of_the_readme_are_those_that_ci_runs():
    ci = (ROOT / ".ci" / "run").read_text("utf-8").splitlines()
    shown = re.findall(r"^(make \w+)", "".join(blocks("sh", README)), re.MULTILINE)
    assert shown == ["make demo", "make test"]
    assert set(shown) <= set(ci)


def test_the_cron_line_runs_and_ends_with_1_where_a_target_is_missed(retention, tmp_path):
    shutil.copytree(ROOT / "examples" / "brambeck", tmp_path / "exports")
    (tmp_path / "reports").mkdir()
    (line,) = blocks("cron", README)
    words = shlex.split(line)
    assert words[:5] == ["0", "7", "1", "*", "*"]
    arguments = [word.replace("~", str(tmp_path)) for word in words[6:]]
    ran = retention(*arguments, "--as-of", "2025-07-01")
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.startswith("missed: ")
    written = (tmp_path / "reports" / "scorecard.csv").read_text("utf-8")
    assert written.startswith("period,period_start,period_end,kpi,")
    assert (tmp_path / "reports" / "rejects" / "rejects.csv").is_file()


def test_commands_that_are_only_shown_have_options_that_exist():
    known = {option for command in cli.names() for option in options_of(command)}
    shown = "".join([*blocks("sh"), *blocks("cron")])
    ours = [line for line in shown.splitlines() if not line.startswith("docker ")]
    lines = [line for line in ours if re.search(r"\bretention ", line)]
    assert lines
    for line in lines:
        assert set(re.findall(r"(?<= )--[a-z-]+", line)) <= known | {"--version"}, line


# Every name is written about


def options_of(command):
    found = cli.tree().commands[command]
    return {option for parameter in found.params for option in parameter.opts if option[:2] == "--"}


@pytest.mark.parametrize("command", cli.names())
def test_every_command_and_its_options_are_in_the_command_reference(command):
    assert f"`retention {command}`" in TEXT["cli.md"]
    _, _, after = TEXT["cli.md"].partition(f"### retention {command}\n")
    help_text, *_ = after.partition("\n### ")
    missing = {option for option in options_of(command) if f"{option} " not in help_text}
    assert missing == set()


@pytest.mark.parametrize("name", kpis.names())
def test_every_kpi_is_defined_and_described(name):
    for page in ("README.md", "kpis.md", "definitions.md"):
        assert f"`{name}`" in TEXT[page], page


def test_the_picture_is_the_one_that_make_docs_draws():
    assert generate.picture() == generate.PICTURE.read_text("utf-8"), "run: make docs"


def test_the_readme_is_short():
    assert len(README.splitlines()) <= 220


# What the README says is missing: each line fails here once it is there.


NOT_YET = {
    "Several rates of sales tax in one run.": lambda: "tax" not in ExportRule.model_fields,
}


def test_every_line_on_what_is_missing_has_a_check():
    _, _, after = README.partition("## What it does not do yet\n")
    said, *_ = after.partition("\n## ")
    assert set(re.findall(r"^- (.+)$", said, re.MULTILINE)) == set(NOT_YET)


@pytest.mark.parametrize("line", NOT_YET)
def test_what_the_readme_says_is_missing_is_missing(line):
    assert NOT_YET[line](), "take the line out of the README"


@pytest.mark.parametrize(
    ("model", "page"),
    [
        pytest.param(Settings, "settings.md", id="settings"),
        pytest.param(ExportRule, "settings.md", id="export"),
        pytest.param(BusinessHours, "settings.md", id="business_hours"),
        pytest.param(Tiers, "settings.md", id="tiers"),
        pytest.param(Benchmark, "settings.md", id="benchmark"),
        pytest.param(Source, "settings.md", id="source of a benchmark"),
    ],
)
def test_every_key_is_in_the_settings_reference(model, page):
    words = set(re.findall(r"\w+", TEXT[page]))
    keys = {field.alias or name for name, field in model.model_fields.items()}
    assert keys - words == set()


def test_recipes_are_in_the_settings_reference():
    shown = set(re.findall(r"\{ (\w+) =", TEXT["settings.md"]))
    assert {"multiply", "subtract", "from"} <= shown


@pytest.mark.parametrize("kind", records.names())
def test_every_kind_and_its_columns_are_in_the_exports_reference(kind):
    _, _, after = TEXT["exports.md"].partition(f"### {kind}\n")
    table, *_ = after.partition("\n### ")
    missing = {name for name in records.model(kind).model_fields if f"`{name}`" not in table}
    assert missing == set()


@pytest.mark.parametrize("form", reports.names("scorecard"))
def test_every_format_is_in_the_command_reference(form):
    assert form in TEXT["cli.md"].lower()


@pytest.mark.parametrize("verdict", Verdict)
def test_every_verdict_is_defined(verdict):
    assert f"| `{verdict}` |" in TEXT["definitions.md"]


@pytest.mark.parametrize("page", ["README.md", "cli.md"])
def test_every_exit_code_is_in_the_table(page):
    rows = re.findall(r"^\| ([0-9, ]+) \|", TEXT[page], re.MULTILINE)
    codes = {int(code) for row in rows for code in row.split(",")}
    raised = {error.exit_code for error in (RetentionError, DataRefusedError, OutputError)}
    ends = {cli.DEFECT, cli.INTERRUPTED, cli.CLOSED_PIPE, cli.TERMINATED}
    assert codes == {0, 1} | raised | ends


# Examples and links


def toml_examples():
    for name, text in TEXT.items():
        for number, example in enumerate(blocks("toml", text), start=1):
            yield pytest.param(example, id=f"{name} {number}")


@pytest.mark.parametrize("example", list(toml_examples()))
def test_an_example_in_toml_loads(example, tmp_path):
    file = tmp_path / "example.toml"
    file.write_text(example, "utf-8")
    if "[[benchmark]]" in example:
        assert benchmark_file.load(file, kpi_facts())
    elif "[scorecard]" in example:
        assert load_scorecards(file, kpi_facts(), kpi_facts())
    else:
        assert Settings.load(file).model_fields_set


def test_the_worked_intervals_are_those_that_come_out():
    low, high = wilson(180, 200)
    assert f"180 of 200: {low:.4f} to {high:.4f}." in TEXT["definitions.md"]
    low, high = adjusted_wald_points(promoters=50, detractors=20, n=100)
    assert f"20 detractors: {low:.2f} to {high:.2f} " in TEXT["definitions.md"]


def pages_with_links():
    return [pytest.param(page, id=page.name) for page in LINKED]


@pytest.mark.parametrize("page", pages_with_links())
def test_every_relative_link_leads_to_a_file_and_a_heading(page):
    for target, heading in LINK.findall(page.read_text("utf-8")):
        there = (page.parent / target) if target else page
        assert there.exists(), target
        if heading:
            headings = HEADING.findall(there.read_text("utf-8"))
            assert heading in {generate.anchor(one) for one in headings}, f"{target}#{heading}"


def test_the_rooms_in_the_architecture_are_those_that_are_held():
    row = re.compile(r"^\| `(\w+)` \| [^|]+ \| ([^|`]+) \|$", re.MULTILINE)
    written = {
        room: set(arrows.split(", ")) - {"none"}
        for room, arrows in row.findall(TEXT["architecture.md"])
    }
    assert written == MAY_IMPORT, "write the arrows of tests/test_rooms.py into the table"


def test_sections_that_docstrings_point_to_exist():
    pointed = {
        " ".join(section.split())
        for file in (ROOT / "src").rglob("*.py")
        for section in re.findall(
            r'docs/definitions\.md,\s+"([^"]+)"', file.read_text("utf-8"), re.DOTALL
        )
    }
    assert pointed
    assert pointed <= set(HEADING.findall(TEXT["definitions.md"]))


def test_no_page_holds_a_path_of_the_machine_it_was_written_on():
    for name, text in TEXT.items():
        assert str(ROOT) not in text, name
