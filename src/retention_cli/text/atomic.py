"""Files that appear whole or not at all."""

from __future__ import annotations

import os
import shlex
import stat
from contextlib import contextmanager, suppress
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING

from retention_cli.errors import OutputError, RetentionError
from retention_cli.text import left_behind
from retention_cli.text.reserved import refuse_reserved
from retention_cli.text.streams import is_written_through, refuse_closed, written_through

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from typing import TextIO

STANDARD_OUTPUT = Path("-")
"""How a command line names it."""
FOR_OWNER = 0o077
"""What is taken off the mode of a new file that only its owner may read."""


def refuse_unwritable(path: Path) -> None:
    """Find out, before there is anything to write, whether `replacing` will have the place for it.

    Nothing is changed, and nothing stays behind.
    Errors: OutputError, as of `replacing`.
    """
    try:
        if is_written_through(path):
            refuse_closed(path)
            return
        with _beside(Path(os.path.realpath(path))) as made:
            _private(made).close()
    except OSError as error:
        raise _refused(path, error) from None


def refuse_places(places: Mapping[str, Path | None], *, sources: Iterable[Path | None]) -> None:
    """Refuse, before anything is read, to write where it would do harm or cannot be done.

    Shape: `places` are by the option that names them.
    Errors: RetentionError for a file that this run reads, for one file for two of them, and for a
        name that Windows gives to no file, there;
        OutputError for a place that takes no file.
    """
    read = [source for source in sources if source is not None]
    told = {option: path for option, path in places.items() if path is not None}
    for option, path in told.items():
        refuse_reserved(option, path)
        if any(_is_same(path, source) for source in read):
            raise RetentionError(f"{option}: {path} is read by this run", "name another file")
        if path == STANDARD_OUTPUT:
            raise RetentionError(
                f"{option}: - is standard output, which has the result", "name a file"
            )
    for (option, path), (first, other) in combinations(reversed(told.items()), 2):
        if _is_same(path, other) and not path.is_char_device():
            named = "the output" if first == "--output" else f"named by {first}"
            raise RetentionError(f"{option}: {path} is also {named}", "name another file")
    for option, path in told.items():
        # The folder of the rejects file is made when there is one to write.
        if option != "--rejects" or path.parent.exists():
            refuse_unwritable(path)


def _is_same(path: Path, other: Path) -> bool:
    try:
        return path.samefile(other)
    except OSError:
        return os.path.realpath(path) == os.path.realpath(other)


@contextmanager
def replacing(path: Path, *, private: bool = False, mask: int = 0) -> Iterator[TextIO]:
    """Open a file beside `path` that takes its place when the block ends well.

    Text is UTF-8 and its line ends are left as they are. A file that is there keeps its mode;
    `mask` is taken off that of a new one, and `private` files are always for their owner only.
    If anything fails, what stood at `path` is untouched and nothing is left beside it. Of a
    link, what it points to is replaced; a device, a pipe or an open file is written to as it is.
    Errors: OutputError where the folder or the disk does not take it.
    """
    try:
        if is_written_through(path):
            with written_through(path) as file:
                yield file
            return
        target = Path(os.path.realpath(path))
        with _beside(target) as made:
            with _private(made) as file:
                yield file
                file.flush()
                os.fsync(file.fileno())
            if not private:
                _take_over(made, target, 0o666 & ~(_umask() | mask))
            made.replace(target)
    except BrokenPipeError:
        raise  # the reader of a pipe went away, as that of stdout may
    except OSError as error:
        raise _refused(path, error) from None


@contextmanager
def _beside(target: Path) -> Iterator[Path]:
    """Name a file of our own beside another, and leave none of that name behind."""
    if target.is_dir():
        raise IsADirectoryError(None, "it is a folder")
    left_behind.take_away(target)
    made = left_behind.place_beside(target)
    try:
        yield made
    finally:
        made.unlink(missing_ok=True)


def _private(path: Path) -> TextIO:
    """Make a file that only its owner can read, and that nobody made before."""

    def opener(name: str, flags: int) -> int:
        return os.open(name, flags, 0o600)

    file = open(  # noqa: SIM115  # Path.open takes no opener; whoever calls closes it
        path, "x", encoding="utf-8", errors="backslashreplace", newline="", opener=opener
    )
    left_behind.hold(file)
    return file


def _take_over(made: Path, target: Path, new: int) -> None:
    """Give a file the mode and the owner of the one whose place it takes, or those of a new one."""
    try:
        there = target.stat()
    except OSError:
        made.chmod(new)
        return
    with suppress(OSError):
        os.chown(made, there.st_uid, there.st_gid)
    made.chmod(stat.S_IMODE(there.st_mode))


def _refused(path: Path, error: OSError) -> OutputError:
    return OutputError(f"{path}: cannot be written: {error.strerror or error}", _hint(path.parent))


def _hint(folder: Path) -> str | None:
    if folder.is_dir():
        return None
    there = next((place for place in (folder, *folder.parents) if os.path.lexists(place)), Path())
    if there.is_dir():
        return f"make the folder first: mkdir -p {shlex.quote(str(folder))}"
    return f"{there} is not a folder; name another place"


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
