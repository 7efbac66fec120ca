# ruff: noqa: INP001  # docs/ is a folder of pages, and no package
"""The manual page, made from the commands themselves."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from retention_cli import cli

if TYPE_CHECKING:
    from collections.abc import Iterator

_CODES = re.compile(r"^\| ([0-9, ]+) \| (.+) \|$", re.MULTILINE)
_MANY = 4
"""An option of so many commands is said once for all."""


def man_page() -> str:
    """Write the page in roff."""
    group: Any = cli.tree()
    commands = {name: group.commands[name] for name in sorted(group.commands)}
    counted = Counter(entry for one in commands.values() for entry in _options(one))
    shared = [entry for entry, times in counted.items() if times >= _MANY]
    return "\n".join([*_head(group), *_body(commands, shared), *_foot()]) + "\n"


def _head(group: Any) -> Iterator[str]:
    yield '.TH RETENTION 1 "" "retention-cli" "User Commands"'
    yield f".SH NAME\nretention \\- {_plain(group.help)}"
    yield ".SH SYNOPSIS\n.B retention\n.I COMMAND\n[OPTIONS] [PATH]..."


def _body(commands: dict[str, Any], shared: list[tuple[str, str]]) -> Iterator[str]:
    yield ".SH COMMANDS"
    for name, command in commands.items():
        yield f".SS retention {_plain(name)}\n{_plain(command.help)}"
        yield from (_entry(one) for one in _options(command) if one not in shared)
        if command.epilog:
            yield f".PP\n{_plain(command.epilog)}"
    yield ".SH OPTIONS OF MOST COMMANDS"
    yield from map(_entry, shared)


def _foot() -> Iterator[str]:
    text = (Path(__file__).parent / "cli.md").read_text("utf-8")
    part = text.partition("## Exit codes")[2].partition("\n## ")[0]
    yield ".SH EXIT STATUS"
    yield from (_entry((code, means.replace("`", ""))) for code, means in _CODES.findall(part))
    yield ".SH ENVIRONMENT"
    yield _entry(("NO_COLOR, FORCE_COLOR, COLUMNS", "Colour and width of what is printed."))
    yield _entry(("RETENTION_DEBUG", "With 1, show the details of a defect."))
    yield ".SH FILES"
    yield _entry(("retention.toml", "Settings; the nearest one above the exports is followed."))
    yield _entry(("benchmarks.toml", "Targets; found beside the exports."))


def _options(command: Any) -> list[tuple[str, str]]:
    found = []
    for one in command.params:
        if one.param_type_name == "option" and one.name != "help":
            value = "" if one.is_flag else f" {one.metavar or one.type.name.upper()}"
            found.append((", ".join(sorted(one.opts, key=len)) + value, one.help or ""))
    return found


def _entry(told: tuple[str, str]) -> str:
    name, means = told
    return f".TP\n.B {_plain(name)}\n{_plain(means)}"


def _plain(text: str) -> str:
    """Write text so that roff prints it as it is."""
    line = " ".join(text.split()).replace("\\", "\\e").replace("-", "\\-")
    return f"\\&{line}" if line.startswith((".", "'")) else line
