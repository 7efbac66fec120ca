"""What a command line asks for, and how its result is written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from retention_cli import reports
from retention_cli.cli._manifest import Record
from retention_cli.cli._output import emit, remark, terminal
from retention_cli.errors import DataRefusedError

if TYPE_CHECKING:
    from retention_cli.results.facts import Facts
    from retention_cli.runs.options import Options, Request
    from retention_cli.runs.questions import Question

Result = TypeVar("Result")

_OF_CUSTOMERS = (
    *("accounts", "bridge", "check", "clv", "diff", "explain", "report", "review", "signals"),
)
"""Results that name customers and cells: a new file of one is for its owner only."""

_WIDE = 120
"""From so many columns on what is good to have is shown too."""

CHECK = "check"
"""The one result without figures: it says all of the data itself, and keeps rejects if asked to."""


@dataclass(frozen=True, slots=True)
class Way:
    """What a command line asks for, and how and where the result is written."""

    told: Options
    of: str
    form: str
    output: Path | None = None
    manifest: Path | None = None
    append: Path | None = None
    quiet: bool = False
    verbose: bool = False
    no_color: bool = False
    record: Record = field(default_factory=Record)
    also_read: tuple[Path, ...] = ()
    """Files that are read besides those of the request."""

    @property
    def is_wide(self) -> bool:
        """Whether the result is a table on a screen that has room for more than it needs."""
        if self.form != "table":
            return False
        width = terminal(to_file=self.output is not None, no_color=self.no_color).width
        return width is not None and width >= _WIDE

    def request(self) -> Request:
        """Find what a command line asks for; a command that gives figures keeps rows not used.

        Errors: RetentionError and OutputError where what is written would do harm.
        """
        from retention_cli.text import left_behind
        from retention_cli.text.streams import is_written_through

        request = self.record.request = self.told.request()
        self.refuse_places(request.read)
        if self.append:
            from retention_cli.text.adding import summary_of_figures

            summary_of_figures(self.append).refuse_strange()
        if self.told.rejects or self.of == CHECK:
            return request
        alone = self.output is None or is_written_through(self.output)
        beside = Path() if alone or self.output is None else self.output.parent
        rejects = beside / "rejects" / "rejects.csv"
        left_behind.take_away(rejects)
        return replace(request, rejects=rejects)

    def refuse_places(self, read: Iterable[Path | None]) -> None:
        """Refuse to write where it would do harm, whatever is to be written.

        Errors: RetentionError and OutputError.
        """
        from retention_cli.text.atomic import refuse_places

        places = {
            "--output": self.output,
            "--rejects": self.told.rejects,
            "--append": self.append,
            "--manifest": self.manifest,
        }
        refuse_places(places, sources=[*read, *self.also_read])
        self.record.may_be_written = True

    def computed(self, run: Callable[[Request], Result]) -> Result:
        """Run; where something is open that somebody at a terminal may answer, ask and run again."""
        request = self.request()
        try:
            return run(request)
        except DataRefusedError as error:
            from retention_cli.cli import _drafting
            from retention_cli.runs.questions import of_error

            if not self.settled(request, [*of_error(error)]):
                error.closing = _drafting.to_accept_all(error)
                raise
        return run(self.request())

    def settled(self, request: Request, asked: Sequence[Question]) -> bool:
        """Offer to answer what is open where somebody is at a terminal; say whether it was."""
        from retention_cli.cli import _drafting

        return bool(asked) and not self.quiet and _drafting.settled_at_terminal(request, asked)

    def write(self, found: Facts) -> None:
        """Write a result, and say on stderr what is beside it."""
        import sys

        from retention_cli.text.safe_text import laid_out_for
        from retention_cli.text.stages import begin

        self.record.found = found
        render = reports.renderer(self.form, of=self.of)
        if self.form == "table":
            screen = terminal(to_file=self.output is not None, no_color=self.no_color)
            with laid_out_for(sys.stdout.encoding if self.output is None else None):
                content = render(
                    found, width=screen.width, colour=screen.colour, verbose=self.verbose
                )
        else:
            content = render(found)
        if self.output is not None:
            begin(f"writing {self.output.name}")
        emit(content, self.output, form=self.form, private=self.of in _OF_CUSTOMERS)
        self.record.wrote += [self.output] if self.output else []
        remark([*found.remarks, *(found.passed_over if self.verbose else ())], quiet=self.quiet)
        if self.of != CHECK and (self.form != "table" or self.output is not None):
            from retention_cli.reports.words.data_lines import data_lines

            remark(data_lines(found, verbose=self.verbose), quiet=self.quiet)
        if self.of != CHECK and found.incomplete:
            on_screen = self.form == "table" and self.output is None and not self.quiet
            remark([found.incomplete], quiet=on_screen)
