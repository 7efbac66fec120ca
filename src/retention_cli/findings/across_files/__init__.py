"""What only all files together can tell: one rule a file, found by listing this folder.

A rule is a function `find`: it is given all accepted rows, and gives what a reader should fix. One
with `ALWAYS` is told beside every figure; `retention check` tells the others too.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from retention_cli.findings.across_files._together import Together
from retention_cli.text import listing

if TYPE_CHECKING:
    from collections.abc import Iterable

    from retention_cli.findings.problems import Notice

__all__ = ["Together", "findings", "in_order", "names"]

_FOLDER = "findings/across_files"
_AT_ONCE = 2
"""How many rules look at the rows at the same time: each may copy a column of them."""


def names() -> tuple[str, ...]:
    """List the rules without importing them.

    Example:
        >>> "unknown_customers" in names()
        True
    """
    return listing.names(_FOLDER)


def findings(together: Together, *, always: bool) -> list[Notice]:
    """Give what rules find: those that say `ALWAYS`, since figures need them, or the others."""
    rules = [
        listing.member(_FOLDER, name, "find")
        for name in names()
        if listing.member(_FOLDER, name, "ALWAYS", False) is always
    ]
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        return [
            notice for found in pool.map(lambda find: find(together), rules) for notice in found
        ]


def in_order(found: Iterable[Notice]) -> tuple[Notice, ...]:
    """Put findings in the order of kind and code."""
    return tuple(sorted(found, key=lambda one: (one.kind, one.code)))
