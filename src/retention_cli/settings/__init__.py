"""What `retention.toml` and the options say about reading and computing."""

from __future__ import annotations

from retention_cli.settings.mapped import Mapped
from retention_cli.settings.recipes import Recipe
from retention_cli.settings.sections.costs import DRIVERS, SPREAD_BY, Driver
from retention_cli.settings.sections.exports import ExportRule
from retention_cli.settings.sections.service import BusinessHours, Opening
from retention_cli.settings.sections.value import Tiers
from retention_cli.settings.settings import FILE_NAME, Settings, find_settings
from retention_cli.settings.windows import Window

__all__ = (
    "DRIVERS",
    "FILE_NAME",
    "SPREAD_BY",
    "BusinessHours",
    "Driver",
    "ExportRule",
    "Mapped",
    "Opening",
    "Recipe",
    "Settings",
    "Tiers",
    "Window",
    "find_settings",
)
