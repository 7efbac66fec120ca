"""What `[signals]` of the settings says of thresholds, and what it leaves to their defaults."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from retention_cli.errors import nearest
from retention_cli.signs.rule import rules
from retention_cli.signs.thresholds import FORMS, Threshold, count, days

if TYPE_CHECKING:
    from collections.abc import Mapping

    from retention_cli.settings import Settings
    from retention_cli.signs.thresholds import Told

SHARED: Mapping[str, Threshold] = MappingProxyType(
    {
        "recent": days(90, "the days before the close that rules look at"),
        "usual": days(365, "the days before those, which say what is usual"),
        "horizon": days(90, "within so many days after a close a customer has to leave"),
        "backtest_months": count(12, "the closes of so many months are tested"),
    }
)
"""Those that belong to no rule alone."""


def thresholds() -> dict[str, Threshold]:
    """Give all thresholds by name, those of no rule first."""
    return {**SHARED, **{name: one for rule in rules() for name, one in rule.thresholds.items()}}


def told(settings: Settings) -> Told:
    """Give every threshold: what `[signals]` says, else its default.

    Errors: BadConfigError for a key that there is not, and for a value that is not of its sort.
    """
    known = thresholds()
    found = {name: one.default for name, one in known.items()}
    for name, value in settings.signals.items():
        where = ("signals", name)
        if name not in known:
            guess = nearest(name, known)
            hint = f"did you mean '{guess}'?" if guess else f"known: {', '.join(known)}"
            raise settings.fault(where, f"unknown key '{name}'", hint)
        read = known[name].read(value)
        if read is None:
            raise settings.fault(where, f"{value} does not fit", f"write {FORMS[known[name].sort]}")
        found[name] = read
    return found
