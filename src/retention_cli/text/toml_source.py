"""One TOML file: its values, the line of each key, and every mistake told with its line."""

from __future__ import annotations

import errno
import re
import tomllib
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import retention_cli
from retention_cli.errors import BadConfigError, nearest
from retention_cli.patterns import lazy_pattern
from retention_cli.text.near_paths import did_you_mean, why_not_read
from retention_cli.text.streams import opened_to_read
from retention_cli.text.toml_lines import Key, Statement, repeat_of, statements_of
from retention_cli.text.toml_values import explained, named

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
    from pathlib import Path

    from pydantic import ValidationError

_MOST_BYTES = 1 << 20
_MOST_SHOWN = 500
_TOO_DEEP = lazy_pattern(
    r"""(?<![A-Za-z0-9_-])(?:(?:[A-Za-z0-9_-]++|"[^"\n]*+"|'[^'\n]*+')[ \t]*+\.[ \t]*+){20}"""
)
"""A key within so many tables: parsers take the square of its length."""
_PLACE = lazy_pattern(r" \(at (?:line ([0-9]+), column [0-9]+|end of document)\)")
_SLIPS = (
    (r"=\s*([+-]?)(\.[0-9]+)", r"write \g<1>0\2"),
    (r"=\s*([+-]?[0-9]+),([0-9]{3})\s*(?:#.*)?$", r"write \1.\2, or \1\2 if that is meant"),
    (r"=\s*([+-]?[0-9]+),([0-9]+)\s*(?:#.*)?$", r"write \1.\2"),
    (r"=\s*[0-9]+(?:,[0-9]{3})+", "write numbers without thousands separators"),
    (r"=\s*([0-9]+)\.(?![0-9])", r"write \1.0"),
    (r"=\s*([+-]?[0-9]+(?:\.[0-9]+)?\s*(?:%|[A-Za-z]+))\s*(?:#.*)?$", r'write "\1"'),
    (r"=\s*(?:True|False|TRUE|FALSE)\b", "write true or false in small letters"),
    ("[\u201c\u201d\u201e\u2018\u2019]", 'write straight quotes: "…"'),
    (r"\\", r"write / for a folder, or put the text in '…'"),
    (r"=\s*([A-Za-z_][\w /.-]*?)\s*(?:#.*)?$", r'put text in quotes: "\1"'),
    (r"^([\w-]+)\s*:\s*(.+)", r"write \1 = \2"),
    (
        r"^([\w.-]*(?:[^!-~\s]|[^\w.\s=\"'\[{#-]|\s+[^\s=\"'\[{#])[^=\"'\[{#]*?)\s*=",
        r'put the name in quotes: "\1" = …',
    ),
)


@dataclass(frozen=True, slots=True)
class TomlSource:
    """What one file says, and where it says it."""

    path: str
    values: dict[str, Any]
    lines: Mapping[Key, int] = field(repr=False)

    def line(self, where: Key) -> int | None:
        """Find the line of a key, or of the nearest table around it."""
        around = (self.lines.get(where[:end]) for end in range(len(where), 0, -1))
        return next((line for line in around if line), None)

    def fault(self, where: Key, why: str, hint: str | None = None) -> BadConfigError:
        """Make the error about one key: its line, its name, what is wrong and what to write."""
        name = "" if why.startswith(f"{where[-1]} ") else named(where)
        return BadConfigError(self.path, name, why, line=self.line(where), hint=hint)

    def key_in(self, message: str, *around: Key) -> Key | None:
        """Find the key inside of some tables whose name or text a message has in quotes."""
        found = [
            where
            for table in around
            for where, text in _leaves(self._at(table), table)
            if f"'{text}'" in message or f"'{where[-1]}'" in message
        ]
        return max(found, key=len, default=None)

    def _at(self, where: Key) -> Any:
        found: Any = self.values
        for step in where:
            found = found[step]
        return found

    def unknown_key(self, where: Key, known: Iterable[str], hint: str = "") -> BadConfigError:
        """Make the error about a key that nothing reads, with the nearest one that exists."""
        names = sorted(known)
        guess = nearest(str(where[-1]), names)
        hint = hint or (f"did you mean '{guess}'?" if guess else f"known: {', '.join(names)}")
        if hint.startswith("known") and len(where) == 1:
            hint += f"; retention is {retention_cli.__version__} here: is the file for a newer one?"
        why, line = f"unknown key '{where[-1]}'", self.line(where)
        return BadConfigError(self.path, named(where[:-1]), why, line=line, hint=hint)

    def refusal(
        self, error: ValidationError, known: Callable[[Key], Collection[str]], *, at: Key = ()
    ) -> BadConfigError:
        """Make the error about the first refusal of a model that read the table `at`.

        `known` gives the keys that may stand where a key stands.
        """
        faults = [
            (self._written((*at, *found["loc"])), found)
            for found in error.errors(include_url=False)
        ]
        # A key that is missing is often there under a name that nothing reads: that one first.
        where, found = min(faults, key=lambda f: (f[1]["type"] == "missing", self.line(f[0]) or 0))
        if found["type"] == "extra_forbidden":
            above = len(where) > 1 and where[-1] in known(where[:1])
            hint = f"write '{where[-1]}' above the first [table]" if above else ""
            return self.unknown_key(where, known(where), hint)
        if found["type"] == "missing":
            return self.fault(where[:-1], f"'{where[-1]}' is missing")
        return self.fault(where, *explained(found))

    def _written(self, where: Key) -> Key:
        """Leave out of a way the place in an array where the file has a single table."""
        steps = (where[: end + 1] for end in range(len(where)))
        return tuple(way[-1] for way in steps if way[-1] != 0 or way in self.lines)


def _leaves(value: Any, where: Key) -> Iterator[tuple[Key, object]]:
    """Give all keys below a value that are no tables, each with what it says; of lists, each part."""
    if isinstance(value, dict):
        for key, one in value.items():
            yield from _leaves(one, (*where, key))
    else:
        for one in value if isinstance(value, list) else [value]:
            yield where, one


def read(path: Path) -> TomlSource:
    """Read a file.

    Errors: BadConfigError for a file that is not there, not UTF-8 or not TOML.
    """
    content = _content(path)
    statements = list(statements_of(content))
    try:
        values = tomllib.loads(content, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        raise _syntax_error(str(path), content, statements, str(error)) from None
    except (ArithmeticError, ValueError, RecursionError):
        why = "a number is too long, or a list is nested too deep"
        raise BadConfigError(str(path), "", why) from None
    lines: dict[Key, int] = {}
    for where, line in statements:
        for end in range(1, len(where) + 1):
            lines.setdefault(where[:end], line)
    return TomlSource(str(path), values, lines)


def _content(path: Path) -> str:
    try:
        with opened_to_read(path) as file:
            found = file.read(_MOST_BYTES + 1)
        if found is None:
            raise BlockingIOError(errno.EAGAIN, "it has nothing now, and waits for more")
    except OSError as error:
        why = why_not_read(error)
        raise BadConfigError(str(path), "", why, hint=did_you_mean(path)) from None
    if len(found) > _MOST_BYTES:
        why = f"holds more than {_MOST_BYTES:,} bytes"
        raise BadConfigError(str(path), "", why, hint="is it the right file?")
    try:
        text = found.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = found[: error.start].count(b"\n") + 1
        why, hint = "not UTF-8 text", "save the file as UTF-8"
        raise BadConfigError(str(path), "", why, line=line, hint=hint) from None
    if deep := _TOO_DEEP.search(text):
        why, line = "a key is nested too deep", text.count("\n", 0, deep.start()) + 1
        raise BadConfigError(str(path), "", why, line=line, hint="is it the right file?")
    return text


def _syntax_error(
    path: str, content: str, statements: list[Statement], reason: str
) -> BadConfigError:
    place = _PLACE.search(reason)
    line = statements[-1][1] if statements else 1
    if place and place[1]:
        line = int(place[1])
    if reason.startswith("Cannot") and (repeat := repeat_of(statements, line)):
        where, line, first = repeat
        why = f"'{named(where)}' is given twice, first in line {first}"
        return BadConfigError(path, "", why, line=line, hint="keep one of the two")
    written = content.split("\n")[line - 1].strip()
    if len(written) > _MOST_SHOWN:  # what looks for slips takes the square of its length
        written = written[:_MOST_SHOWN] + "…"
    hints = (found.expand(hint) for slip, hint in _SLIPS if (found := re.search(slip, written)))
    why = f"'{written}' is not TOML: {_PLACE.sub('', reason).lower()}"
    return BadConfigError(path, "", why, line=line, hint=next(hints, None))
