# ruff: noqa: INP001  # docs/ is a folder of pages, and no package
"""Write the parts of the documentation that the program itself can tell.

A part stands between `<!-- generated: NAME -->` and `<!-- end -->`. With `--check` nothing is
written, and the exit code is 1 if anything is out of date.
"""

from __future__ import annotations

import argparse
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from contextlib import chdir, redirect_stderr, redirect_stdout
from functools import cache, partial
from io import BytesIO, StringIO, TextIOWrapper
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING
from unittest import mock

from rich.console import Console
from rich.text import Text

import json_schemas
from manual_page import man_page
from retention_cli import cli, records
from retention_cli.findings import codes
from retention_cli.kpis import registry
from retention_cli.kpis.definitions import sections_of
from retention_cli.mapping import presets
from retention_cli.records.base import Filled, headers_of, mark
from retention_cli.signs.rule import rules
from retention_cli.signs.told import SHARED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from retention_cli.findings.codes import Code
    from retention_cli.kpis.registry import Kpi
    from retention_cli.mapping.presets.vocabulary import Preset
    from retention_cli.signs.thresholds import Threshold

ROOT = Path(__file__).parents[1]
MAN = ROOT / "docs" / "retention.1"
README_WIDTH, HELP_WIDTH, _PICTURE_WIDTH = 90, 80, 100
SHOWN_FOLDERS = ("examples", "tests/cases")
"""What commands in the documentation read; they get a copy, so that nothing is written here."""

LEFT_OUT = "[…]"
_PART = re.compile(
    r"(?P<begin><!-- generated: (?P<name>[a-z]+)(?P<told>[^\n]*?) -->\n)"
    r"(?P<body>.*?)(?P<end><!-- end -->)",
    re.DOTALL,
)
_TOLD = re.compile(r'(from|up to) "([^"]+)"')
_DEFINITION = re.compile(r'docs/definitions\.md, "([^"]+)"')
_EXIT_CODE = "echo $?"
_PLAIN = re.compile(r"retention(?: [\w./-]+)*")
"""A command that asks nothing of a shell."""


class DocsError(Exception):
    """A part that cannot be written, because what it shows does not work."""


def pages() -> list[Path]:
    """List the files that may have generated parts."""
    return [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]


def renewed(page: str) -> str:
    """Give the text of a page with its parts written anew.

    Errors: DocsError for a part that nothing here can write, or a command that fails unsaid.
    """
    return _PART.sub(_renewed_part, page)


def _renewed_part(found: re.Match[str]) -> str:
    makers: dict[str, Callable[[], str]] = {
        "commands": _commands,
        "kpis": _kpis,
        "figures": _figures,
        "columns": _columns,
        "presets": _presets,
        "signals": _signals,
        "codes": _codes,
    }
    name = found["name"]
    if name == "output":
        body = _console(found["body"], dict(_TOLD.findall(found["told"])))
    elif name in makers:
        body = makers[name]()
    else:
        raise DocsError(f"nothing here writes the part '{name}'")
    return f"{found['begin']}\n{body.strip()}\n\n{found['end']}"


# Commands and what they print


@cache
def _workplace() -> tempfile.TemporaryDirectory[str]:
    place = tempfile.TemporaryDirectory(prefix="retention-docs-")
    for folder in SHOWN_FOLDERS:
        shutil.copytree(ROOT / folder, Path(place.name) / folder)
    return place


@cache
def run(command: str, *, width: int = README_WIDTH) -> tuple[str, int]:
    """Run a command line as a reader would, and give what a terminal would show of it.

    Shape: stdout and stderr together, and the exit code.
    """
    ran = _run_here if _PLAIN.fullmatch(command) else _run_in_shell
    shown, code = ran(command, {"COLUMNS": str(width), "NO_COLOR": "1"})
    return "\n".join(line.rstrip() for line in shown.splitlines()), code


def _run_here(command: str, environment: dict[str, str]) -> tuple[str, int]:
    """Run a command in this process: most of the time of a small run goes to start another."""
    shown = TextIOWrapper(BytesIO(), "utf-8", newline="")
    with (
        chdir(_workplace().name),
        mock.patch.dict(os.environ, environment | {"FORCE_COLOR": ""}),
        redirect_stdout(shown),
        redirect_stderr(shown),
    ):
        code = cli.run(shlex.split(command)[1:])
    shown.seek(0)
    return shown.read(), code


def _run_in_shell(command: str, environment: dict[str, str]) -> tuple[str, int]:
    kept = {name: text for name, text in os.environ.items() if name != "FORCE_COLOR"}
    beside = str(Path(sys.executable).parent)
    done = subprocess.run(  # noqa: S603  # the commands are those of our own documentation
        ["/bin/sh", "-c", command],
        cwd=_workplace().name,
        env=kept
        | environment
        | {
            "PATH": os.pathsep.join([beside, os.environ.get("PATH", "")]),
            "PYTHONUTF8": "1",
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )
    return done.stdout, done.returncode


def commands_of(block: str) -> list[str]:
    """List the commands that a console block shows."""
    return [line[2:] for line in block.splitlines() if line.startswith("$ ")]


def _console(block: str, told: dict[str, str]) -> str:
    lines: list[str] = []
    code = 0
    unsaid = None
    for command in commands_of(block):
        lines.append(f"$ {command}")
        if command == _EXIT_CODE:
            lines.append(str(code))
            unsaid = None
            continue
        _refuse_unsaid(unsaid, code)
        text, code = run(command)
        lines += _shortened(text.splitlines(), told)
        unsaid = command if code else None
    _refuse_unsaid(unsaid, code)
    return "\n".join(["```console", *lines, "```"])


def _refuse_unsaid(command: str | None, code: int) -> None:
    if command is not None:
        raise DocsError(f"'{command}' ends with {code}; show it with a line '$ {_EXIT_CODE}'")


def _shortened(lines: list[str], told: dict[str, str]) -> list[str]:
    """Leave out what stands before the heading `from`, and from the heading `up to` on."""
    for where, heading in told.items():
        if heading not in lines:
            raise DocsError(f"the output has no line '{heading}' to be shown {where}")
    start = lines.index(told["from"]) if "from" in told else 0
    stop = lines.index(told["up to"]) if "up to" in told else len(lines)
    before = [LEFT_OUT, ""] if start else []
    after = [LEFT_OUT] if stop < len(lines) else []
    return [*before, *lines[start:stop], *after]


def _commands() -> str:
    return "\n\n".join(_help(name) for name in ("", *cli.names()))


def _help(name: str) -> str:
    command = f"retention {name}".strip()
    text, code = run(f"{command} --help", width=HELP_WIDTH)
    if code:
        raise DocsError(f"'{command} --help' ends with {code}: {text}")
    return f"### {command}\n\n```text\n{text.strip()}\n```"


# KPIs


def anchor(heading: str) -> str:
    """Give the anchor that a heading of a page gets."""
    return re.sub(r"[^\w\- ]", "", heading).strip().lower().replace(" ", "-")


def _kpis() -> str:
    groups = groupby(registry.every(), key=lambda kpi: kpi.group)
    return "\n\n".join(
        f"## {group}\n\n" + "\n\n".join(_kpi(kpi) for kpi in kpis) for group, kpis in groups
    )


def _kpi(kpi: Kpi) -> str:
    said = sections_of(kpi.doc)
    undefined = said.get("Errors") or said.get("Undefined", "")
    facts = {
        "Unit": f"{said['Unit']} {kpi.better.capitalize()} is better.",
        "Needs": f"{', '.join(registry.needs(kpi.name))}.",
        "Formula": said["Formula"],
        "Edge cases": said["Edge cases"],
        "Undefined": undefined.removeprefix("undefined "),
        "Length": _length(kpi),
        "Source": said["Source"],
        **{f"Outside the law `{law}`": f"{why}." for law, why in sorted(kpi.exempt.items())},
    }
    lines = [f"- **{name}:** {_linked(text)}" for name, text in facts.items() if text]
    return "\n".join([f"### {kpi.title}", "", f"`{kpi.name}`. {_linked(said[''])}", "", *lines])


def _length(kpi: Kpi) -> str:
    if kpi.always_per:
        return f"always that of a {kpi.always_per} for any period."
    if kpi.scales_with_period:
        return "that of the period: a month's figure is not comparable with a year's."
    return ""


def _linked(text: str) -> str:
    """Make links of the references to the definitions, and keep signs that Markdown reads."""
    plain = re.sub(r"([*|<])", r"\\\1", text)
    return _DEFINITION.sub(lambda m: f"[{m[1]}](definitions.md#{anchor(m[1])})", plain)


def _figures() -> str:
    groups = groupby(registry.every(), key=lambda kpi: kpi.group)
    return "\n".join(f"- **{group}:** {', '.join(map(_figure, kpis))}" for group, kpis in groups)


def _figure(kpi: Kpi) -> str:
    return f"[{kpi.title}](docs/kpis.md#{anchor(kpi.title)}) (`{kpi.name}`)"


# The picture


PICTURE = ROOT / "docs" / "scorecard.svg"
PICTURED = "retention compute examples/brambeck --period 2025-06"


def picture() -> str:
    """Draw what a terminal shows of the scorecard of the example company."""
    shown, code = run(f"FORCE_COLOR=1 NO_COLOR= COLUMNS={_PICTURE_WIDTH} {PICTURED}")
    if code:
        raise DocsError(f"'{PICTURED}' ends with {code}: {shown}")
    console = Console(width=_PICTURE_WIDTH, record=True, file=StringIO())
    console.print(Text.from_ansi(shown))
    return console.export_svg(title=PICTURED, unique_id="scorecard")


# Columns of exports


def _columns() -> str:
    return "\n\n".join(_columns_of(kind) for kind in records.names())


def _columns_of(kind: str) -> str:
    return "\n".join(
        [
            f"### {kind}",
            "",
            "| column | has to be there | other headers it is known by |",
            "|---|---|---|",
            *_column_rows(kind),
        ]
    )


def _column_rows(kind: str) -> Iterator[str]:
    for name, info in records.model(kind).model_fields.items():
        known = headers_of(info)
        needed = "yes" if info.is_required() else ""
        if mark(info, Filled) is not None:
            needed = "yes, in every row" if needed else "if it is, in every row"
        yield f"| `{name}` | {needed} | {', '.join((*known.strong, *known.weak, *known.faint))} |"


# Signals


def _signals() -> str:
    rows = ["| rule | finds | numbers, with their defaults |", "|---|---|---|"]
    for rule in sorted(rules(), key=lambda rule: rule.name):
        finds = (rule.find.__doc__ or "").partition("\n")[0].removeprefix("Find ").rstrip(".")
        rows.append(f"| `{rule.name}` | {finds} | {_thresholds(rule.thresholds)} |")
    return "\n".join([*rows, f"| all | | {_thresholds(SHARED)} |"])


def _thresholds(some: Mapping[str, Threshold]) -> str:
    return "; ".join(
        f"`{name} = {one.text(one.default)}`: {one.meaning}" for name, one in some.items()
    )


# Presets


def _presets() -> str:
    rows = [_preset_row(presets.preset(name)) for name in presets.names()]
    return "\n".join(
        ["| preset | system and export | read as | to know |", "|---|---|---|---|", *rows]
    )


def _preset_row(preset: Preset) -> str:
    said = [
        *([f"only with `--preset`: {preset.only_by_hand}"] if preset.only_by_hand else []),
        *(["amounts are with their sales tax"] if preset.includes_tax else []),
        *preset.notes,
    ]
    kinds = ", ".join(preset.feeds)
    return f"| `{preset.name}` | {preset.system}: {preset.object} | {kinds} | {'; '.join(said)} |"


# Codes


def _codes() -> str:
    return "\n\n".join(
        f"## {heading}\n\n" + "\n\n".join(_code(*one) for one in codes.catalogue(topic).items())
        for topic, heading in codes.TOPICS.items()
    )


def _code(code: str, said: Code) -> str:
    facts = {"Fix": said.fix, "Example": said.example}
    lines = [f"- **{name}:** {_linked(text)}" for name, text in facts.items()]
    return "\n".join([f"### {code}", "", f"{said.title}. {_linked(said.means)}", "", *lines])


def main() -> int:
    """Write every page anew, or say which are out of date."""
    parser = argparse.ArgumentParser(description="Write the generated parts of the documentation.")
    parser.add_argument("--check", action="store_true", help="Only say what is out of date.")
    check = parser.parse_args().check
    made: dict[Path, Callable[[], str]] = {page: partial(_page, page) for page in pages()}
    made |= {PICTURE: picture, MAN: man_page}
    made |= {
        json_schemas.file(one): partial(json_schemas.written, one) for one in json_schemas.OUTPUTS
    }
    return max(_write(file, make, check=check) for file, make in made.items())


def _page(page: Path) -> str:
    return renewed(page.read_text("utf-8"))


def _write(file: Path, make: Callable[[], str], *, check: bool) -> int:
    name = file.relative_to(ROOT)
    try:
        new = make()
    except DocsError as error:
        sys.stderr.write(f"{name}: {error}\n")
        return 2
    if file.exists() and new == file.read_text("utf-8"):
        return 0
    if check:
        sys.stderr.write(f"{name}: out of date; run: make docs\n")
        return 1
    file.write_text(new, "utf-8", newline="")
    sys.stdout.write(f"{name}: written\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
