"""The answers of a period to questions of satisfaction."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from retention_cli.kpis.ingredients.answers import Answers, Tally
    from retention_cli.values.measures import Measure


def csat_answers(*, answers: Answers) -> Tally | Measure:
    """Take the answers to CSAT surveys.

    Undefined: (no-answers) where the period has none, (no-csat) where no period has.
    Source: docs/definitions.md, "Voice of the customer".
    """
    return answers.of("csat").if_any()
