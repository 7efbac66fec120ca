"""Files that appear whole or not at all."""

from __future__ import annotations

import os
import shlex
import tempfile
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from retention_cli.errors import OutputError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import TextIO


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
        through = target.exists() and not target.is_file() and not target.is_dir()
        with _straight(target) if through else _swapped(target, private=private) as file:
            yield file
    except OSError as error:
        raise _refused(path, error) from None


@contextmanager
def _straight(path: Path) -> Iterator[TextIO]:
    with path.open("w", encoding="utf-8", errors="backslashreplace", newline="") as file:
        yield file


@contextmanager
def _swapped(path: Path, *, private: bool) -> Iterator[TextIO]:
    if path.is_dir():
        raise IsADirectoryError(None, "it is a folder")
    handle, name = tempfile.mkstemp(prefix=f".{path.name[:40]}.", dir=path.parent)
    beside = Path(name)
    try:
        with os.fdopen(
            handle, "w", encoding="utf-8", errors="backslashreplace", newline=""
        ) as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        if not private:
            beside.chmod(0o666 & ~_umask())
        beside.replace(path)
    finally:
        with suppress(FileNotFoundError):
            beside.unlink()


def _refused(path: Path, error: OSError) -> OutputError:
    folder = path.parent
    hint = (
        None if folder.is_dir() else f"make the folder first: mkdir -p {shlex.quote(str(folder))}"
    )
    return OutputError(f"{path}: cannot be written: {error.strerror or error}", hint)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
