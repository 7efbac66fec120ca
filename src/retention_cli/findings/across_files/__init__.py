"""What only all files together can tell: one rule a file, found by listing this folder.

A rule is a function `find`: it is given all accepted rows, and gives what a reader should mend.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from retention_cli.findings.across_files._together import (
    CrossFinding,
    Example,
    Together,
    do,
    rows_text,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

__all__ = ["CrossFinding", "Example", "Together", "do", "every_finding", "names", "rows_text"]


@cache
def names() -> tuple[str, ...]:
    """List the rules without importing them.

    Example:
        >>> "unknown_customers" in names()
        True
    """
    files = (file.stem for file in Path(__file__).parent.glob("[a-z]*.py"))
    return tuple(sorted(files))


def every_finding(together: Together) -> tuple[CrossFinding, ...]:
    """Give what all rules find, in the order of kind and code."""
    found: list[CrossFinding] = []
    for name in names():
        find: Callable[[Together], Iterable[CrossFinding]]
        find = import_module(f"retention_cli.findings.across_files.{name}").find
        found += find(together)
    return tuple(sorted(found, key=lambda one: (one.kind, one.code)))
