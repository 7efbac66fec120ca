"""What the manifests of earlier runs, in a folder or one below it, list as written by them."""

from __future__ import annotations

import json
from hashlib import file_digest
from pathlib import Path
from typing import TYPE_CHECKING

from retention_cli.text.outputs import MANIFEST
from retention_cli.text.streams import opened_to_read

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    Listed = Mapping[tuple[str, int], tuple[str, str]]
    """By name and size of a file, its SHA-256 and the manifest that has it."""

_LOOKED_AT, _LARGEST = 200, 10_000_000


def listed_outputs(folder: Path) -> Listed:
    """List the outputs of the manifests in a folder, and in the frozen runs in it.

    Errors: OSError where the folder cannot be listed.
    """
    listed: dict[tuple[str, int], tuple[str, str]] = {}
    for path in sorted((*folder.glob("*.json"), *folder.glob("*/manifest.json"))):
        for name, size, digest in _outputs(path) if path.is_file() else ():
            listed[name, size] = (digest, path.name)
    return listed


def manifest_of(path: Path, listed: Listed) -> str | None:
    """Name the manifest that lists a file; one that was changed since is not the run's any more."""
    try:
        digest, manifest = listed[path.name, path.stat().st_size]
        with path.open("rb") as file:
            return manifest if file_digest(file, "sha256").hexdigest() == digest else None
    except (KeyError, OSError):
        return None


def _outputs(path: Path) -> Iterator[tuple[str, int, str]]:
    """Give what a manifest lists; what is none, or was written by hand, lists nothing."""
    try:
        with opened_to_read(path) as file:
            start = file.read(_LOOKED_AT) or b""
            if MANIFEST.encode() not in start or path.stat().st_size > _LARGEST:
                return
            for one in json.loads(start + file.read())["outputs"]:
                name, size, digest = one["file"], one["size"], one["sha256"]
                if isinstance(name, str) and isinstance(size, int) and isinstance(digest, str):
                    yield Path(name).name, size, digest
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return
