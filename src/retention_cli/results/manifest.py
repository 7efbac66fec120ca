"""What a run was: what it read and wrote, with what settings, and how it ended."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime

    from retention_cli.results.facts import Facts


@dataclass(frozen=True, slots=True)
class Ran:
    """A run as its caller saw it; `message` says why it ended early, `told` are the options."""

    command: str
    version: str
    began: datetime
    ended: datetime
    exit_code: int
    message: str | None = None
    told: Mapping[str, str | Sequence[str]] | None = None


@dataclass(frozen=True, slots=True)
class Content:
    """A file as it was: size in bytes and SHA-256; neither is known of a pipe or a lost file."""

    file: str
    size: int | None
    sha256: str | None


@dataclass(frozen=True, slots=True)
class Manifest:
    """All there is to say of a run.

    Shape: `found` is what it gave, None where it ended before that.
    """

    ran: Ran
    as_of: date | None
    inputs: tuple[Content, ...]
    settings: Content | None
    benchmarks: Content | None
    outputs: tuple[Content, ...]
    found: Facts | None
