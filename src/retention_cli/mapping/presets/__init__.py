"""Presets: what exports of well-known systems mean. The name of a file here is a preset's."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

from retention_cli.errors import UnknownNameError
from retention_cli.mapping.presets.vocabulary import Preset, Signature
from retention_cli.patterns import lazy_pattern
from retention_cli.text import listing

_FOLDER = Path(__file__).parent
_SIGNATURE = lazy_pattern(r"^\[signature\]$.*?(?=^\[|\Z)", re.MULTILINE | re.DOTALL)


def names() -> tuple[str, ...]:
    """List the presets without reading them.

    Example:
        >>> "xero-sales-invoices" in names()
        True
    """
    return listing.names("mapping/presets", ".toml")


@cache
def preset(name: str) -> Preset:
    """Read one preset.

    Errors: UnknownNameError with the nearest name.
    Example:
        >>> preset("xero-sales-invoices").system
        'Xero'
    """
    if name not in names():
        raise UnknownNameError("preset", name, names(), where="--preset: ")
    return Preset.model_validate({"name": name, **tomllib.loads(_text(name))})


@cache
def signature(name: str) -> Signature:
    """Read what tells the export of a preset, and nothing else of it: every run does, for all.

    Example:
        >>> signature("hubspot-companies").required
        (('Company name',), ('Record ID',))
    """
    section = _SIGNATURE.search(_text(name))
    told = tomllib.loads(section[0] if section else "")
    return Signature.model_validate(told.get("signature"))


def _text(name: str) -> str:
    return (_FOLDER / f"{name}.toml").read_text("utf-8")
