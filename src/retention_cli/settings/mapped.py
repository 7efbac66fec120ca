"""What `--map` says of a column."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mapped:
    """What `--map` says: the header of a column, in the files that have it; of one kind, or of any."""

    kind: str | None
    column: str
    header: str
    because: str = "by --map"

    def __str__(self) -> str:
        return f"--map {f'{self.kind}.' if self.kind else ''}{self.column}={self.header}"
