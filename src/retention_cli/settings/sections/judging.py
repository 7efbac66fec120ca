"""What figures are held against, and signs of leaving."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

from pydantic import AfterValidator, Field, ValidationInfo

from retention_cli.settings.table import Table
from retention_cli.text.toml_values import Count


def _beside(path: Path | None, told: ValidationInfo) -> Path | None:
    """Take a relative path from beside the settings."""
    return Path(told.context.path).parent / path if path and told.context else path


class Keys(Table):
    """The keys of this section."""

    min_n: Count = 10
    benchmarks: Annotated[Path | None, AfterValidator(_beside)] = None
    signals: dict[str, Any] = Field(default={})
