"""Files that appear whole or not at all."""

from __future__ import annotations

import errno
import os
import secrets
import shlex
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from retention_cli.errors import OutputError, RetentionError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import TextIO


def refuse_unwritable(path: Path) -> None:
    """Find out, before there is anything to write, whether `replacing` will have the place for it.

    Nothing is changed, and nothing stays behind.
    Errors: OutputError, as of `replacing`.
    """
    try:
        target = Path(os.path.realpath(path))
        if _is_written_through(target):
            if not os.access(target, os.W_OK):
                raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
            return
        with _beside(target) as made:
            _private(made).close()
    except OSError as error:
        raise _refused(path, error) from None


def refuse_places(
    *, output: Path | None, rejects: Path | None, sources: Iterable[Path | None]
) -> None:
    """Refuse, before anything is read, to write where it would do harm or cannot be done.

    Errors: RetentionError for a file that this run reads, and for one file for both; OutputError
        for a place that takes no file.
    """
    read = [source for source in sources if source is not None]
    for option, path in (("--output", output), ("--rejects", rejects)):
        if path is not None and any(_is_same(path, source) for source in read):
            raise RetentionError(f"{option}: {path} is read by this run", "name another file")
    if output is not None and rejects is not None and _is_same(output, rejects):
        raise RetentionError(f"--rejects: {rejects} is also the output", "name another file")
    # The folder of the rejects file is made when there is one to write.
    for path in (output, rejects if rejects is not None and rejects.parent.exists() else None):
        if path is not None:
            refuse_unwritable(path)


def _is_same(path: Path, other: Path) -> bool:
    try:
        return path.samefile(other)
    except OSError:
        return os.path.realpath(path) == os.path.realpath(other)


@contextmanager
def replacing(path: Path, *, private: bool = False) -> Iterator[TextIO]:
    """Open a file beside `path` that takes its place when the block ends well.

    Text is UTF-8 and its line ends are left as they are. `private` files are for their owner
    only. If anything fails, what stood at `path` is untouched and nothing is left beside it. Of a
    link, what it points to is replaced; a device or a pipe is written to as it is.
    Errors: OutputError where the folder or the disk does not take it.
    """
    try:
        target = Path(os.path.realpath(path))
        through = _is_written_through(target)
        with _straight(target) if through else _swapped(target, private=private) as file:
            yield file
    except BrokenPipeError:
        raise  # the reader of a pipe went away, as that of stdout may
    except OSError as error:
        raise _refused(path, error) from None


def _is_written_through(target: Path) -> bool:
    """Tell a device or a pipe, which nothing can take the place of."""
    return target.exists() and not target.is_file() and not target.is_dir()


@contextmanager
def _beside(target: Path) -> Iterator[Path]:
    """Name a file of our own beside another, and leave none of that name behind."""
    if target.is_dir():
        raise IsADirectoryError(None, "it is a folder")
    made = target.parent / f".{target.name[:40]}.{secrets.token_hex(8)}"
    try:
        yield made
    finally:
        made.unlink(missing_ok=True)


def _private(path: Path) -> TextIO:
    """Make a file that only its owner can read, and that nobody made before."""

    def opener(name: str, flags: int) -> int:
        return os.open(name, flags, 0o600)

    return open(  # Path.open takes no opener; whoever calls closes it
        path, "x", encoding="utf-8", errors="backslashreplace", newline="", opener=opener
    )


@contextmanager
def _straight(path: Path) -> Iterator[TextIO]:
    with path.open("w", encoding="utf-8", errors="backslashreplace", newline="") as file:
        yield file


@contextmanager
def _swapped(path: Path, *, private: bool) -> Iterator[TextIO]:
    with _beside(path) as made:
        with _private(made) as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        if not private:
            made.chmod(0o666 & ~_umask())
        made.replace(path)


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
