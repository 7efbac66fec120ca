"""Questions at a terminal: each with a proposal, cells to look at, and Enter to accept."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from rich.console import Console
from rich.padding import Padding
from rich.prompt import Prompt
from rich.text import Text

from retention_cli.cli import _progress
from retention_cli.errors import RetentionError, nearest
from retention_cli.runs.check import check
from retention_cli.runs.questions import Answers, questions, words_in
from retention_cli.sources.folders import fits
from retention_cli.text.safe_text import safe_text
from retention_cli.text.toml_text import quoted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retention_cli.errors import Ask, Choice
    from retention_cli.runs.options import Request
    from retention_cli.runs.questions import Question

LEAVE_OUT, LATER = "x", "?"
_MOST_SHOWN = 12
_MOST_FILES = 3


def can_ask() -> bool:
    """Say whether somebody is there to answer."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def answered(request: Request) -> Answers:
    """Ask all that is open about the files of a run; what is not answered stays open.

    A question that is answered for one file is for the files of other months too.
    """
    dialogue = _Dialogue(terminal())
    try:
        while dialogue.round(request):
            pass
    except EOFError:
        dialogue.console.print()
    return dialogue.answers


def still_read(request: Request, answers: Answers) -> Request:
    """Give a run without the files that were left out, and with what was answered."""
    settings = answers.settings()
    files = [
        file
        for file in request.files
        if not any(fits(file.path, pattern) for pattern in settings.ignored)
    ]
    return replace(request, files=files, settings=settings)


def yes(console: Console, asked: str) -> bool:
    """Ask yes or no; Enter is yes, and the end of the input no."""
    try:
        reply = console.input(Text(f"{safe_text(asked)} [Y/n] "))
    except EOFError:
        return False
    return reply.strip().casefold() in {"", "y", "yes"}


def _leaves_out(question: Question) -> str:
    return f"{LEAVE_OUT} leaves the {'sheet' if question.sheet else 'file'} out"


def terminal() -> Console:
    return Console(stderr=True, highlight=False, soft_wrap=False)


@dataclass(slots=True)
class _Dialogue:
    console: Console
    answers: Answers = field(default_factory=Answers)
    known: dict[tuple[object, ...], str | None] = field(default_factory=dict)
    passed: set[tuple[object, ...]] = field(default_factory=set)
    settled: list[tuple[Choice, ...]] = field(default_factory=list)
    about: str = ""

    def round(self, request: Request) -> bool:
        """Ask what is open now; say whether anything was answered, as more may be open then."""
        self.settled.clear()
        found = check(still_read(request, self.answers))
        _progress.end()
        took = False
        for question in questions(found):
            if (question.file, question.message, question.ask) in self.passed or (
                question.choices and question.choices in self.settled
            ):
                continue
            lines = self._lines(question)
            took |= lines is not None and self._takes(question, lines)
            if lines is None:
                self.passed.add((question.file, question.message, question.ask))
        return took

    def _takes(self, question: Question, lines: Sequence[str]) -> bool:
        try:
            self.answers.add(question, lines)
        except RetentionError as error:
            self._say(error.message, indent=2)
            return True
        if question.choices:
            self.settled.append(question.choices)
        if question.left_out == lines:
            self.passed.add((question.file,))
        return True

    def _lines(self, question: Question) -> Sequence[str] | None:
        """Ask one question; None leaves it open."""
        if (question.file,) in self.passed:
            return None
        ask = question.ask
        if ask is None:
            return self._chosen(question)
        known = self.known.get(question.alike, "")
        if known != "":
            return question.answered(known)
        if not ask.column:
            return self._of_kind(question)
        reply = self._header(question, ask)
        if reply in {LEAVE_OUT, LATER}:
            return question.left_out if reply == LEAVE_OUT else None
        self.known[question.alike] = reply
        return question.answered(reply)

    def _of_kind(self, question: Question) -> Sequence[str]:
        self._introduce(question)
        if yes(self.console, f"  Are these {question.kind}?"):
            return question.head
        self._say("Left out.", indent=2)
        return question.left_out

    def _header(self, question: Question, ask: Ask) -> str | None:
        """Ask which header, or which value, a column has; None is none of them."""
        self._introduce(question)
        name = ask.column.replace("_", " ")
        asked = f"Which {name} is it?" if ask.constant else f"Which column is the {name}?"
        self._say(asked, indent=2, style="bold")
        among = list(dict.fromkeys(filter(None, (ask.proposed, *ask.among))))
        for number, header in enumerate(among[:_MOST_SHOWN], start=1):
            cells = f"   {', '.join(ask.samples)}" if header == ask.proposed else ""
            self._say(f"{number:>2}  {header}{cells}", indent=4)
        more = ["0 none"] if ask.optional else []
        keys = ", ".join(["a number", *more, _leaves_out(question)])
        default = "1" if ask.proposed else LATER
        while True:
            reply = Prompt.ask(f"    {keys}, {LATER} later", console=self.console, default=default)
            reply = reply.strip()
            if reply in {LEAVE_OUT, LATER}:
                return reply
            if reply == "0" and ask.optional:
                return None
            if reply.isdecimal() and 1 <= int(reply) <= len(among):
                return among[int(reply) - 1]
            meant = reply if reply in among else nearest(reply, among)
            if meant is not None:
                return meant
            self._say(f"'{reply}' is not one of them", indent=4)

    def _chosen(self, question: Question) -> Sequence[str] | None:
        """Ask which of some answers is right, and for the words that are open in it."""
        self._introduce(question)
        self._say(question.hint, indent=2)
        for number, choice in enumerate(question.choices, start=1):
            self._say(f"{number:>2}  {choice.said}", indent=4)
        numbers = [str(number + 1) for number in range(len(question.choices))]
        reply = Prompt.ask(
            f"    a number, {_leaves_out(question)}, {LATER} later",
            console=self.console,
            choices=[*numbers, LEAVE_OUT, LATER],
            show_choices=False,
            default=LATER if len(question.choices) > 1 else "1",
        )
        if reply in {LEAVE_OUT, LATER}:
            return question.left_out if reply == LEAVE_OUT else None
        return self._filled(question.choices[int(reply) - 1].lines)

    def _filled(self, lines: Sequence[str]) -> Sequence[str]:
        told = list(lines)
        for place, name, proposed in words_in(lines):
            asked = Text(f"      {safe_text(name)} is")
            if proposed is None:
                value = Prompt.ask(asked, console=self.console)
            else:
                value = Prompt.ask(asked, console=self.console, default=proposed)
            told[place] = f"{name} = {quoted(value.strip())}"
        return told

    def _introduce(self, question: Question) -> None:
        if self.about != question.message:
            self.about = question.message
            self.console.print()
            self._say(question.message)

    def _say(self, text: str, *, indent: int = 0, style: str = "") -> None:
        if not text:
            return
        self.console.print(
            Padding(Text(safe_text(text), style=style), (0, 0, 0, indent), expand=False)
        )
