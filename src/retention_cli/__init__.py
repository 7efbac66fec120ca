"""Retention figures from the exports people already have.

    import retention_cli as rc

    card = rc.compute("exports/", period="2025-06")
    card.figures["retention_rate"]

docs/python.md has the rest. Nothing is loaded before it is asked for.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from retention_cli.api.calls import accounts, check, compute, explain
    from retention_cli.api.customers import review, signals
    from retention_cli.api.over_time import bridge, cohorts, diff, report, trend
    from retention_cli.api.results import (
        Accounts,
        Bridge,
        Check,
        Cohorts,
        Diff,
        Explanation,
        Impact,
        Lifetimes,
        Report,
        Review,
        Scorecard,
        Signals,
        Trend,
    )
    from retention_cli.api.worth import clv, impact
    from retention_cli.errors import DataRefusedError, RetentionError

    __version__: str

__all__ = [
    "Accounts",
    "Bridge",
    "Check",
    "Cohorts",
    "DataRefusedError",
    "Diff",
    "Explanation",
    "Impact",
    "Lifetimes",
    "Report",
    "RetentionError",
    "Review",
    "Scorecard",
    "Signals",
    "Trend",
    "__version__",
    "accounts",
    "bridge",
    "check",
    "clv",
    "cohorts",
    "compute",
    "diff",
    "explain",
    "impact",
    "report",
    "review",
    "signals",
    "trend",
]


_PLACES = {
    **dict.fromkeys(("DataRefusedError", "RetentionError"), "errors"),
    **dict.fromkeys(("accounts", "check", "compute", "explain"), "api.calls"),
    **dict.fromkeys(("review", "signals"), "api.customers"),
    **dict.fromkeys(("bridge", "cohorts", "diff", "report", "trend"), "api.over_time"),
    **dict.fromkeys(("clv", "impact"), "api.worth"),
}


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    if name == "__version__":
        return import_module("importlib.metadata").version("retention-cli")
    return getattr(import_module(f"{__name__}.{_PLACES.get(name, 'api.results')}"), name)


def __dir__() -> list[str]:
    return __all__
