"""HTML pages: whole in one file, nothing loaded, nothing run, every text escaped."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from retention_cli.text.safe_text import safe_text


def page(template: str, **told: object) -> str:
    """Fill a template of a report; controls and unseen marks in texts become visible.

    Errors: jinja2.UndefinedError for a name in the template that nobody told.
    """
    return _environment().get_template(template).render(**told)


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(Path(__file__).parents[1], encoding="utf-8"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_harmless,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def _harmless(value: Any) -> Any:
    """Show what a page would not: an escape stands where bidi marks and controls would act."""
    return safe_text(value) if isinstance(value, str) and not isinstance(value, Markup) else value
