"""What the file of a KPI says of it, taken apart, and the names that people know it by."""

from __future__ import annotations

import re

from retention_cli.errors import UnknownNameError
from retention_cli.kpis import registry
from retention_cli.patterns import lazy_pattern

_SECTION = lazy_pattern(
    r"^(Formula|Unit|Edge cases|Errors|Undefined|Source|Example):", re.MULTILINE
)


def sections_of(doc: str) -> dict[str, str]:
    """Take the docstring of a KPI apart: its summary, under an empty name, and each section."""
    texts = ["", *_SECTION.split(doc)]
    return {
        name: " ".join(text.split()) if name != "Example" else text
        for name, text in zip(texts[::2], texts[1::2], strict=True)
    }


def asked_for(name: str) -> registry.Kpi:
    """Give the KPI that somebody means by its name, an alias or its title, however it is written.

    Errors: UnknownNameError, with the nearest name.
    Example:
        >>> asked_for("NRR").name, asked_for("first-response time").name
        ('net_revenue_retention', 'first_response_time')
    """
    every = registry.every()
    named = {word: kpi for kpi in every for word in (kpi.title, *kpi.aliases, kpi.name)}
    plain = {_plain(word): kpi for word, kpi in named.items()}
    if (found := plain.get(_plain(name))) is not None:
        return found
    raise UnknownNameError("KPI", name, [word for word in named if word.isidentifier()])


def _plain(name: str) -> str:
    return "".join(sign for sign in name.casefold() if sign.isalnum())
