"""`[scorecard]` of a benchmark file: which figures count, how much, for which role, and who is told."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import BaseModel, Field, PlainValidator, ValidationError

from retention_cli.errors import RetentionError, UnknownNameError
from retention_cli.text.toml_source import read
from retention_cli.text.toml_values import Day, Text, number

if TYPE_CHECKING:
    from collections.abc import Container, Iterable
    from pathlib import Path

    from retention_cli.text.toml_lines import Key

Weight = Annotated[Fraction, PlainValidator(number), Field(gt=0)]


class Card(BaseModel):
    """Which figures count, how much, and whose they are."""

    model_config = {"frozen": True, "extra": "forbid", "defer_build": True}

    kpis: dict[str, Weight] = Field(default={})
    owner: Text | None = None
    reason: Text | None = None
    review_on: Day | None = None
    told_to: Text | None = None


class Scorecards(Card):
    """The scorecard of everybody, and those of roles; a role keeps what it does not say itself."""

    roles: dict[str, Card] = Field(default={})

    def of(self, role: str | None) -> Card:
        """Give the scorecard of a role, or that of everybody.

        Errors: UnknownNameError for a role that the file does not have.
        """
        if role is None:
            return self
        if role not in self.roles:
            raise UnknownNameError("role", role, self.roles, where="--role: ")
        own = self.roles[role]
        told = {name: getattr(own, name) for name in own.model_fields_set}
        return Card.model_construct(**{**self._shared(), **told})

    def _shared(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in Card.model_fields}


def card_of(scorecards: Scorecards | None, role: str | None) -> Card | None:
    """Give the scorecard of a role, or that of everybody; None where there is none and no role was named.

    Errors: RetentionError for a role where there is no scorecard; UnknownNameError for one that it does not have.
    """
    if scorecards is not None:
        return scorecards.of(role)
    if role is not None:
        raise RetentionError(
            f"--role: no [scorecard] says what is of '{role}'",
            f"write [scorecard.roles.{role}] in benchmarks.toml",
        )
    return None


def load_scorecards(path: Path, kpis: Container[str], names: Iterable[str]) -> Scorecards | None:
    """Read the scorecards of a benchmark file; None where it has none.

    Errors: BadConfigError with the line of the first mistake; UnknownNameError for a KPI.
    """
    source = read(path)
    table = source.values.get("scorecard")
    if table is None:
        return None
    try:
        found = Scorecards.model_validate(table)
    except ValidationError as error:
        raise source.refusal(error, _known, at=("scorecard",)) from None
    cards: list[tuple[Key, Card]] = [(("scorecard",), found)]
    cards += [(("scorecard", "roles", name), card) for name, card in found.roles.items()]
    for where, card in cards:
        for kpi in card.kpis:
            if kpi not in kpis:
                line = source.line((*where, "kpis", kpi))
                raise UnknownNameError("KPI", kpi, tuple(names), where=f"{path}:{line}: ")
    return found


def _known(where: Key) -> list[str]:
    return list((Card if "roles" in where else Scorecards).model_fields)
