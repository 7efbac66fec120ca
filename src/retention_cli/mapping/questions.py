"""Several score columns in one file: each is read by a rule of its own, as one answer each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_cli import records
from retention_cli.mapping.headers import folded, match_headers
from retention_cli.records.base import headers_of
from retention_cli.records.scales import kind_told_by
from retention_cli.records.scores.stated import without_scale
from retention_cli.settings import ExportRule, Recipe

if TYPE_CHECKING:
    from collections.abc import Sequence

SURVEYS = "surveys"

_FIGURES = (
    *("first_response_at", "first_response_duration", "resolved_at", "resolution_duration"),
    *("contacts", "reopened", "first_contact_resolved"),
)
"""What figures of tickets rest on, beside the day of their creation."""


def one_each(rule: ExportRule) -> list[ExportRule]:
    """Give a rule for each of the score columns that a rule names, or the rule as it is.

    Example:
        >>> rule = ExportRule(file="a.csv", kind="surveys", columns={"score": ["Q1", "Q2"]})
        >>> [one.columns["score"] for one in one_each(rule)]
        ['Q1', 'Q2']
    """
    score = rule.columns.get("score")
    if not isinstance(score, Recipe) or not score.each:
        return [rule]
    return [_of_question(rule, header) for header in score.each]


def by_question(
    headers: Sequence[str], kind: str, rule: ExportRule | None, *, file: str
) -> list[ExportRule | None]:
    """Give a rule for each question of a survey that nobody has spoken of, or what was said.

    Only where every score column is known by name, and each tells another kind of survey.
    """
    told = {*rule.columns, *rule.constants} if rule else set()
    if kind != SURVEYS or told & {"score", "kind", "question"}:
        return [rule]
    if "kind" in match_headers(headers, records.model(SURVEYS)).found:
        return [rule]
    scores = score_headers(headers)
    kinds = {kind_told_by(header) for header in scores}
    if len(scores) < 2 or len(kinds) < len(scores) or None in kinds:
        return [rule]
    own = rule or ExportRule(file=file, kind=kind)
    return [_of_question(own, header) for header in scores]


def score_headers(headers: Sequence[str]) -> list[str]:
    """Give the headers that scores of surveys are known by.

    Example:
        >>> score_headers(["Ticket ID", "Satisfaction Rating", "Priority"])
        ['Satisfaction Rating']
    """
    known = headers_of(records.model(SURVEYS).model_fields["score"])
    names = {folded(name) for name in ("score", *known.strong, *known.weak)}
    return [header for header in headers if {folded(header), folded(without_scale(header))} & names]


def only_rated(headers: Sequence[str]) -> bool:
    """Say whether tickets have nothing that a figure of tickets rests on, and answers that tell their survey.

    Example:
        >>> only_rated(["Ticket ID", "Created At", "CSAT"])
        True
    """
    tickets = match_headers(headers, records.model("tickets"))
    return not {*tickets.found, *tickets.rivals} & set(_FIGURES) and any(
        kind_told_by(header) for header in score_headers(headers)
    )


def _of_question(rule: ExportRule, header: str) -> ExportRule:
    return rule.model_copy(
        update={
            "columns": {**rule.columns, "score": header},
            "constants": {"question": header, **rule.constants},
        }
    )
