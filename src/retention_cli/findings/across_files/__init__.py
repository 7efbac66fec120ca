"""What only all files together can tell: one rule a file, found by listing this folder.

A rule is a function `find`: it is given all accepted rows, and gives what a reader should fix. One
with `ALWAYS` is told beside every figure; `retention check` tells the others too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_cli.findings.across_files._together import Together
from retention_cli.text import listing

if TYPE_CHECKING:
    from collections.abc import Iterable

    from retention_cli.findings.problems import Notice

__all__ = ["Together", "findings", "in_order", "names"]

_FOLDER = "findings/across_files"


def names() -> tuple[str, ...]:
    """List the rules without importing them.

    Example:
        >>> "unknown_customers" in names()
        True
    """
    return listing.names(_FOLDER)


def findings(together: Together, *, always: bool) -> list[Notice]:
    """Give what rules find: those that say `ALWAYS`, since figures need them, or the others."""
    found: list[Notice] = []
    for name in names():
        if listing.member(_FOLDER, name, "ALWAYS", False) is always:
            found += listing.member(_FOLDER, name, "find")(together)
    return found


def in_order(found: Iterable[Notice]) -> tuple[Notice, ...]:
    """Put findings in the order of kind and code."""
    return tuple(sorted(found, key=lambda one: (one.kind, one.code)))
