"""From a KPI, and files where there are some, to an explanation."""

from __future__ import annotations

from retention_cli.findings.problems import Problems
from retention_cli.kpis.definitions import asked_for
from retention_cli.results.explanation import Definition, Explanation


def define(name: str) -> Explanation:
    """Explain a KPI without data.

    Errors: UnknownNameError, with the nearest name.
    """
    return Explanation(problems=Problems(), definition=Definition.of(asked_for(name)))
