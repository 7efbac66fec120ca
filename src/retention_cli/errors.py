"""What stops a run: a message, a hint that can be typed, and the exit code."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, ClassVar, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import Self


def nearest(name: str, known: Iterable[str]) -> str | None:
    """Give the known name that a slip of the keyboard most likely meant, if there is one.

    Example:
        >>> nearest("retention_rat", ["churn_rate", "retention_rate"])
        'retention_rate'
    """
    folded = {one.casefold(): one for one in known}
    found = get_close_matches(name.casefold(), folded, n=1, cutoff=0.6)
    return folded[found[0]] if found else None


class RetentionError(Exception):
    """The run stops and the caller can fix it: wrong usage, settings or benchmarks."""

    exit_code: ClassVar[int] = 2

    def __init__(
        self, message: str, hint: str | None = None, *, snippet: tuple[str, ...] = ()
    ) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.snippet = snippet
        """Lines to paste into the file that the hint names."""


def cut_off(error: BaseException) -> RetentionError | None:
    """Tell a module whose compiled file is not whole: Python writes one on a full disk, and trusts it."""
    # Typer makes an error of its own of the end of a file.
    last = (error.__cause__ or error).__traceback__
    while last is not None and last.tb_next is not None:
        last = last.tb_next
    if last is None or last.tb_frame.f_code.co_name != "_compile_bytecode":
        return None
    return RetentionError(
        f"{last.tb_frame.f_locals.get('bytecode_path')}: Python left this file half written, as on"
        " a full disk",
        "delete this file, and run it again",
    )


class UnknownNameError(RetentionError):
    """A name that nothing here has, answered with the nearest one that exists."""

    def __init__(self, kind: str, name: str, known: Iterable[str], *, where: str = "") -> None:
        names = sorted(known)
        guess = nearest(name, names)
        hint = f"did you mean '{guess}'?" if guess else f"known: {', '.join(names)}"
        super().__init__(f"{where}unknown {kind} '{name}'", hint)


class BadConfigError(RetentionError):
    """A settings or benchmark file that cannot be followed: file, line, key and reason."""

    def __init__(
        self, path: str, key: str, why: str, *, line: int | None = None, hint: str | None = None
    ) -> None:
        place = f"{path}:{line}" if line else path
        super().__init__(f"{place}: {key}: {why}" if key else f"{place}: {why}", hint)


class Ask(NamedTuple):
    """One thing about a file that only its owner knows, and what would answer it.

    Shape: `file` is named as it was given, with its `sheet` in a workbook; `kind` is what it is read
        as, and settled too where the question is answered. An answer is a header for `column`,
        as `--map COLUMN=HEADER` says it, or, where `constant`, a value that every row has, as
        `[export.constants]` says it. `among` are the answers that may be right, best first, all
        headers where nothing is known; `proposed` is the first of them where one is likely. `samples`
        are up to three cells of the proposed header. `optional` says that the file can be read
        without the column. A column is empty, as are `among` and `proposed`, where the
        kind alone is asked for.
    """

    file: str
    kind: str
    column: str
    proposed: str | None = None
    among: tuple[str, ...] = ()
    samples: tuple[str, ...] = ()
    sheet: str | None = None
    constant: bool = False
    optional: bool = False


class Choice(NamedTuple):
    """One answer to what stops a run: what it says, and the lines of `retention.toml` for it.

    Shape: lines without an [[export]] of their own stand below that of the file.
    """

    said: str
    lines: tuple[str, ...]


class DataRefusedError(RetentionError):
    """Nothing honest can come of the data as it is; `also` is what else is wrong with the file."""

    exit_code = 3
    also: tuple[DataRefusedError, ...] = ()
    asks: tuple[Ask, ...] = ()
    """What would have to be answered; those of `also` are their own."""
    choices: tuple[Choice, ...] = ()
    """The answers there are, where lines to paste do not show them all."""
    closing: str | None = None
    """What is to be said at the end, when all that is wrong was told."""
    read_as: object | None = None
    """What the file was recognised as before, where it was."""
    file: str = ""
    """What it is about, where that is a file."""
    headers: tuple[str, ...] = ()
    """The headers of the file, where it could be read so far."""

    def asking(self, asks: Iterable[Ask]) -> Self:
        """Give it what has to be answered."""
        self.asks = tuple(asks)
        return self

    def offering(self, *choices: Choice) -> Self:
        """Give it the answers there are."""
        self.choices = choices
        return self


def raise_together(refusals: Sequence[DataRefusedError]) -> None:
    """Raise the first of some refusals, if there are any, and let it tell of the others.

    Errors: DataRefusedError.
    """
    if refusals:
        first = refusals[0]
        first.also = (*first.also, *refusals[1:])
        raise first


class UnrecognisedFileError(DataRefusedError):
    """No kind of export fits the columns of a file."""


class NoKindError(UnrecognisedFileError):
    """A file that is of no kind, which is passed over where it was found in a folder."""


class AmbiguousColumnError(DataRefusedError):
    """A column that can be read in two ways; the hint is the option that settles it."""

    def __init__(
        self, place: str, column: str, readings: str, hint: str, *, snippet: tuple[str, ...] = ()
    ) -> None:
        super().__init__(f"{place}: {column}: {readings}", hint, snippet=snippet)


class TooManyRejectsError(DataRefusedError):
    """More rows of a file were refused than the caller allows."""


class OutputError(RetentionError):
    """The output could not be written; what was there before is untouched."""

    exit_code = 4
