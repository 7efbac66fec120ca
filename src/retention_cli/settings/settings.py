"""All sections of `retention.toml` as one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ValidationError

from retention_cli.errors import BadConfigError, DataRefusedError, RetentionError
from retention_cli.text import listing
from retention_cli.text.aliases import followed, read_pairs
from retention_cli.text.toml_source import TomlSource, read
from retention_cli.text.toml_values import explained

if TYPE_CHECKING:
    from collections.abc import Container

    from retention_cli.settings.sections import (
        costs,
        customers,
        exports,
        judging,
        money,
        reading,
        service,
        value,
    )
    from retention_cli.settings.sections.exports import ExportRule
    from retention_cli.text.toml_lines import Key

    class _Sections(
        costs.Keys,
        customers.Keys,
        exports.Keys,
        judging.Keys,
        money.Keys,
        reading.Keys,
        service.Keys,
        value.Keys,
    ):
        """What a type checker knows of; the files are what is there."""

else:

    class _Sections(
        *(
            listing.member("settings/sections", name, "Keys")
            for name in listing.names("settings/sections")
        )
    ):
        pass


FILE_NAME = "retention.toml"

_OPTIONS = ("date_order", "decimal", "currency", "time_zone")
"""Keys that are options too."""


class Settings(_Sections):
    """All of `retention.toml`; what it leaves out has its default."""

    _source: TomlSource | None = None

    @classmethod
    def load(cls, path: Path) -> Settings:
        """Read a settings file; other files that it names are beside it.

        Errors: BadConfigError with the line of the first mistake.
        """
        source = read(path)
        try:
            found = cls.model_validate(source.values, context=source)
        except ValidationError as error:
            raise source.refusal(error, _known) from None
        if not isinstance(found.same_customer, Path):
            return found
        table = path.parent / found.same_customer
        try:
            return found.model_copy(update={"same_customer": followed(read_pairs(table))})
        except ValueError as error:
            raise BadConfigError(str(table), "", str(error)) from None

    def model_post_init(self, context: Any, /) -> None:
        """Remember the file, so that mistakes found later can still be told with their line."""
        self._source = context

    @property
    def path(self) -> Path | None:
        """The file that all this comes from."""
        return Path(self._source.path) if self._source else None

    @property
    def told(self) -> dict[str, Any]:
        """What was said, as it was written; an option stands in the place of its key."""
        told = dict(self._source.values) if self._source else {}
        options = {name: getattr(self, name) for name in _OPTIONS}
        return told | {name: value for name, value in options.items() if value is not None}

    def with_options(self, **given: object) -> Settings:
        """Overlay what was said on the command line; an option that was not given is None.

        Errors: RetentionError that names the option.
        """
        chosen = {name: value for name, value in given.items() if value is not None}
        if not chosen:
            return self
        try:
            checked = Settings.model_validate(chosen)
        except ValidationError as error:
            found = error.errors(include_url=False)[0]
            option = str(found["loc"][0]).replace("time_zone", "tz")
            why, hint = explained(found)
            raise RetentionError(f"--{option.replace('_', '-')}: {why}", hint) from None
        return self.model_copy(update={name: getattr(checked, name) for name in chosen})

    def blamed(self, error: RetentionError, rules: Container[ExportRule]) -> RetentionError:
        """Give an error with the line of the rule that it is about, where it quotes one."""
        source = self._source
        if source is None or isinstance(error, BadConfigError | DataRefusedError):
            return error
        spoken = [("export", at) for at, rule in enumerate(self.export) if rule in rules]
        where = source.key_in(error.message, *spoken)
        return source.fault(where, error.message, error.hint) if where else error

    def fault(self, where: Key, why: str, hint: str | None = None) -> BadConfigError:
        """Make the error about a key whose value only a later step can judge."""
        return (self._source or TomlSource(FILE_NAME, {}, {})).fault(where, why, hint)


def find_settings(folder: Path) -> Path | None:
    """Find the `retention.toml` of a folder: its own, or the nearest one above."""
    above = folder.resolve()
    files = (place / FILE_NAME for place in (above, *above.parents))
    return next((file for file in files if file.is_file()), None)


def _known(where: Key) -> list[str]:
    """Give the keys that may stand where a key stands."""
    model: type[BaseModel] = Settings
    if len(where) > 1:
        sections = listing.names("settings/sections")
        tables = (listing.member("settings/sections", name, "TABLES", {}) for name in sections)
        model = next(found[where[0]] for found in tables if where[0] in found)
    return [field.alias or name for name, field in model.model_fields.items()]
