"""Files that appear whole or not at all."""

from __future__ import annotations

import os
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
    only. If anything fails, what stood at `path` is untouched and nothing is left beside it.
    Errors: OutputError where the folder or the disk does not take it.
    """
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    except OSError as error:
        raise _refused(path, error) from None
    beside = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        if not private:
            beside.chmod(0o666 & ~_umask())
        beside.replace(path)
    except OSError as error:
        raise _refused(path, error) from None
    finally:
        with suppress(FileNotFoundError):
            beside.unlink()


def _refused(path: Path, error: OSError) -> OutputError:
    hint = f"make the folder first: mkdir -p {path.parent}" if not path.parent.is_dir() else None
    return OutputError(f"{path}: cannot be written: {error.strerror}", hint)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
