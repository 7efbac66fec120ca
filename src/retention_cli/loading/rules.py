"""Slips in the `[[export]]` of the settings that only the kinds there are show."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_cli import records
from retention_cli.errors import nearest
from retention_cli.mapping import presets

if TYPE_CHECKING:
    from collections.abc import Collection

    from retention_cli.errors import BadConfigError
    from retention_cli.settings import Settings
    from retention_cli.text.toml_lines import Key

_OF_COLUMNS = ("columns", "values", "constants")


def refuse_unknown_names(settings: Settings) -> None:
    """Refuse kinds, presets and columns that there are not.

    Errors: BadConfigError with the line and the nearest name.
    """
    for place, rule in enumerate(settings.export):
        where: Key = ("export", place)
        for key, what, name, known in (
            ("kind", "kind of export", rule.kind or None, records.names()),
            ("preset", "preset", rule.preset, presets.names()),
        ):
            if name is not None and name not in known:
                raise _unknown(settings, (*where, key), f"{what} '{name}'", name, known)
        fields = records.model(rule.kind).model_fields if rule.kind else {}
        for key in _OF_COLUMNS if rule.kind else ():
            for column in getattr(rule, key):
                if column not in fields:
                    what = f"column '{column}' of {rule.kind}"
                    raise _unknown(settings, (*where, key, column), what, column, fields)


def _unknown(
    settings: Settings, where: Key, what: str, name: str, known: Collection[str]
) -> BadConfigError:
    guess = nearest(name, known)
    hint = f"did you mean '{guess}'?" if guess else f"known: {', '.join(known)}"
    return settings.fault(where, f"unknown {what}", hint)
