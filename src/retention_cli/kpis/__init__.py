"""One KPI a file; the name of the file is the name of the KPI."""

from __future__ import annotations

from functools import cache
from pathlib import Path


@cache
def names() -> tuple[str, ...]:
    """List the KPIs without importing them.

    Example:
        >>> "retention_rate" in names()
        True
    """
    files = (file.stem for file in Path(__file__).parent.glob("*.py"))
    return tuple(sorted(name for name in files if name != "registry" and name[0] != "_"))
