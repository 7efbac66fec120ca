"""One KPI a file; the name of the file is the name of the KPI."""

from __future__ import annotations

from functools import cache

from retention_cli.text import listing

_STEPS = {"computing", "definitions", "registry"}


@cache
def names() -> tuple[str, ...]:
    """List the KPIs without importing them.

    Example:
        >>> "retention_rate" in names()
        True
    """
    return tuple(name for name in listing.names("kpis") if name not in _STEPS)
