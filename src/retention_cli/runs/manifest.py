"""From a run that ended to its manifest."""

from __future__ import annotations

from hashlib import file_digest
from typing import TYPE_CHECKING

from retention_cli.results.manifest import Content, Manifest

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from retention_cli.results.facts import Facts
    from retention_cli.results.manifest import Ran
    from retention_cli.runs.options import Request


def manifest(
    ran: Ran, request: Request | None, found: Facts | None, wrote: Iterable[Path]
) -> Manifest:
    """Say what a run read and wrote; a run may have ended before it had a request or a result."""
    known = {one.file: one.sha256 for one in found.exports} if found else {}
    files = request.files if request else ()
    return Manifest(
        ran=ran,
        as_of=request.as_of if request else None,
        inputs=tuple(content_of(one.path, one.name, known.get(one.name)) for one in files),
        settings=_of(request.settings.path) if request else None,
        benchmarks=_of(request.plan) if request else None,
        outputs=tuple(content_of(path, path.as_posix()) for path in wrote),
        found=found,
    )


def _of(path: Path | None) -> Content | None:
    return content_of(path, path.as_posix()) if path else None


def content_of(path: Path, name: str, known: str | None = None) -> Content:
    """Describe a file; what was `known` when it was read goes before what it has now."""
    if not path.is_file():
        return Content(name, None, known)
    try:
        with path.open("rb") as file:
            size = path.stat().st_size
            return Content(name, size, known or file_digest(file, "sha256").hexdigest())
    except OSError:
        return Content(name, None, known)
