"""What stops a run as questions that can be answered, and the answers as settings."""

from __future__ import annotations

import shlex
import tomllib
from copy import deepcopy
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from retention_cli.errors import Choice
from retention_cli.findings.file_report import ReadAs
from retention_cli.patterns import lazy_pattern
from retention_cli.settings import Settings
from retention_cli.text.toml_text import quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from retention_cli.errors import Ask, DataRefusedError
    from retention_cli.results.check import Check

_DIGITS = lazy_pattern("[0-9]+")
_OTHERWISE = lazy_pattern(
    r'# (?:.*: )?((?P<key>\w+) = (?:"(?:\\.|[^"\\])*"|\{.*\}|\[.*\]|\S+))(?: {2,}(?P<said>.*))?'
)
_KEY = lazy_pattern(r'(?P<key>\w+|"(?:\\.|[^"\\])*") = (?P<value>.*)')
OPEN = '"…"'


@dataclass(frozen=True, slots=True)
class Question:
    """One thing that stops a file from being read.

    Shape: an `ask` is answered by a header or a value; else one of the `choices` is taken, of which
        `lines` are the first; values that are `OPEN` in them have to be given.
    """

    file: str
    message: str
    hint: str
    sheet: str | None = None
    kind: str | None = None
    ask: Ask | None = None
    choices: tuple[Choice, ...] = ()

    @property
    def alike(self) -> tuple[object, ...]:
        """What it has in common with the same question about a file of another month."""
        name = PurePath(self.file).name
        about = None if self.ask is None else (self.ask.column, self.ask.among)
        message = self.message.replace(self.file, "")
        return _DIGITS.sub("#", name), about or _DIGITS.sub("#", message), self.sheet

    @property
    def head(self) -> tuple[str, ...]:
        """The lines that begin what is said of its file."""
        sheet = (f"sheet = {quoted(self.sheet)}",) if self.sheet else ()
        kind = (f"kind = {quoted(self.kind)}",) if self.kind else ()
        return ("[[export]]", f"file = {quoted(PurePath(self.file).name)}", *sheet, *kind)

    def answered(self, answer: str | None) -> tuple[str, ...]:
        """Give the lines that say a header or a value for what is asked; None for its kind alone."""
        if self.ask is None or not self.ask.column or answer is None:
            return self.head
        table = "constants" if self.ask.constant else "columns"
        return (*self.head, f"[export.{table}]", f"{self.ask.column} = {quoted(answer)}")

    @property
    def left_out(self) -> tuple[str, ...]:
        """The lines that leave its file out."""
        kept = [line for line in self.head if not line.startswith("kind = ")]
        return (*kept, "ignore = true")


def questions(found: Check) -> Iterator[Question]:
    """Give what can be answered of all that stops files."""
    for file in found.files:
        if file.refusal is None:
            continue
        for error in (file.refusal, *file.refusal.also):
            yield from _of(error, file.file)


def of_error(error: DataRefusedError) -> Iterator[Question]:
    """Give what can be answered of what stops a run."""
    for one in (error, *error.also):
        yield from _of(one, one.file)


def accepting(error: DataRefusedError) -> str | None:
    """Write the options that accept what is proposed for all files that stop a run.

    None where one of them has no proposal, or an answer that no option says, or is the only one.
    """
    refusals = (error, *error.also)
    asks = [ask for one in refusals for ask in one.asks if not ask.optional]
    plain = all(one.asks for one in refusals) and len(refusals) > 1
    if not plain or any(ask.constant or (ask.column and not ask.proposed) for ask in asks):
        return None
    told = (
        f"--map {shlex.quote(f'{ask.kind}.{ask.column}={ask.proposed}')}"
        if ask.column
        else f"--{ask.kind} {shlex.quote(ask.file)}"
        for ask in asks
    )
    return " ".join(dict.fromkeys(told))


def _of(error: DataRefusedError, file: str) -> Iterator[Question]:
    read_as = error.read_as if isinstance(error.read_as, ReadAs) else None
    sheet, kind = (read_as.sheet, read_as.kind) if read_as else (None, None)
    for ask in error.asks:
        yield Question(file, error.message, "", ask.sheet, ask.kind, ask)
    choices = error.choices or tuple(_shown(error.snippet))
    if choices and not error.asks:
        hint = "" if error.choices else (error.hint or "").removesuffix(":")
        yield Question(file, error.message, hint, sheet, kind, choices=choices)


def _shown(lines: Sequence[str]) -> Iterator[Choice]:
    """Read the answers out of lines to paste: as they are, and with each line that is a comment."""
    kept = tuple(line for line in lines if not line.startswith("#"))
    if not kept or any(f"{OPEN} =" in line for line in kept):
        return
    yield Choice("; ".join(line for line in kept if _tells(line)), kept)
    for line in lines:
        other = _OTHERWISE.fullmatch(line)
        if other:
            told = tuple(other[1] if _named(one) == other["key"] else one for one in kept)
            yield Choice(other["said"] or other[1], told)


def _tells(line: str) -> bool:
    return not line.startswith("[") and _named(line) not in {"file", "sheet", "kind"}


def _named(line: str) -> str | None:
    found = _KEY.fullmatch(line)
    return found["key"] if found else None


def words_in(lines: Iterable[str]) -> Iterator[tuple[int, str, str | None]]:
    """Give the lines whose values their owner has to give or to look over: place, name, proposal."""
    table = ""
    for place, line in enumerate(lines):
        found = _KEY.fullmatch(line)
        if found is None:
            table = line
        elif found["value"] == OPEN or table.startswith("[export.values."):
            told = None if found["value"] == OPEN else tomllib.loads(f"x = {found['value']}")["x"]
            yield place, found["key"], told


@dataclass(slots=True)
class Answers:
    """What was answered so far, as it is written in `retention.toml`."""

    told: dict[str, Any] = field(default_factory=dict)

    def settings(self) -> Settings:
        """Give the settings that say all of it."""
        return Settings().with_options(**self.told)

    def add(self, question: Question, lines: Sequence[str]) -> None:
        """Take down one answer.

        Errors: RetentionError where it cannot be followed; it is not kept then.
        """
        said = tomllib.loads("\n".join(lines), parse_float=Decimal)
        before, rules = deepcopy(self.told), said.pop("export", [])
        self.told |= said
        for rule in rules if isinstance(rules, list) else [rules]:
            self._rule(question, rule)
        try:
            self.settings()
        except Exception:
            self.told = before
            raise

    def _rule(self, question: Question, rule: dict[str, Any]) -> None:
        own = {"file": PurePath(rule.get("file", question.file)).name}
        for key in ("sheet", "kind"):
            value = rule.get(key) or (getattr(question, key) if "file" not in rule else None)
            own |= {key: value} if value else {}
        for earlier in self.told.setdefault("export", []):
            if {key: earlier.get(key) for key in ("file", "sheet", "kind")} == {
                "sheet": None,
                "kind": None,
                **own,
            }:
                _merge(earlier, {**rule, **own})
                return
        self.told["export"] = [*self.told["export"], {**rule, **own}]


def _merge(into: dict[str, Any], more: dict[str, Any]) -> None:
    for key, value in more.items():
        if isinstance(value, dict) and isinstance(into.get(key), dict):
            into[key] = {**into[key], **value} if key != "values" else _both(into[key], value)
        else:
            into[key] = value


def _both(one: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    return {key: {**one.get(key, {}), **other.get(key, {})} for key in {**one, **other}}
