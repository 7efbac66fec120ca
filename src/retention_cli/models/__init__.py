"""What customers will do, as models tell it: the name of a file here is that of a model.

A file has what the model is `OF` (purchases, contracts or value), and `fit(data)`, which gives a `Fit`
or says why there is none. Models know arrays of numbers, and nothing of exports.
"""

from __future__ import annotations

from typing import Any

from retention_cli.errors import UnknownNameError
from retention_cli.text import listing

PURCHASES, CONTRACTS, VALUE = "purchases", "contracts", "value"


def names(of: str) -> tuple[str, ...]:
    """List the models of purchases, of contracts or of value.

    Example:
        >>> names(VALUE)
        ('gamma-gamma',)
    """
    files = (name for name in listing.names("models") if listing.member("models", name, "OF") == of)
    return tuple(name.replace("_", "-") for name in files)


def of(name: str) -> str:
    """Say what a model is of.

    Errors: UnknownNameError for a model that is not there, or is not one of how customers stay.
    """
    known = (*names(PURCHASES), *names(CONTRACTS))
    if name not in known:
        raise UnknownNameError("model", name, known, where="--model: ")
    found: str = member(name, "OF")
    return found


def member(name: str, attribute: str) -> Any:
    """Give what the file of a model has under a name."""
    return listing.member("models", name.replace("-", "_"), attribute)
