"""From files to what customers are worth."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from retention_cli import models
from retention_cli.errors import DataRefusedError, RetentionError
from retention_cli.kpis._invoices import NO_CUSTOMER_IDS
from retention_cli.patterns import lazy_pattern
from retention_cli.results.facts import fields_of
from retention_cli.results.lifetimes import Lifetimes
from retention_cli.runs.reading import reading
from retention_cli.scoring.lifetimes import Question, value_customers
from retention_cli.values.periods import Period

if TYPE_CHECKING:
    from retention_cli.results.facts import Facts
    from retention_cli.runs.options import Request
    from retention_cli.runs.reading import Reading

_MONTHS = lazy_pattern(r"([1-9][0-9]{0,2}) ?(m|months?|y|years?)")


def clv(
    request: Request,
    *,
    horizon: str = "12m",
    model: str | None = None,
    backtest: str | None = None,
    bootstrap: int = 0,
) -> Lifetimes:
    """Say what each customer is worth, how sure the model is, and how it did on the past.

    Without a period it is all that the data cover, up to the end of the last full month.
    Errors: UnknownNameError for a model that is not there; DataRefusedError without invoices of
        customers or without a date; RetentionError for options that cannot be followed.
    """
    months = _months("--horizon", horizon)
    held_out = _months("--backtest", backtest) if backtest is not None else 0
    if model is not None:
        models.of(model)
    with reading(request) as read:
        facts = _whole(read, request)
        if facts.period is None:
            raise DataRefusedError(
                "no invoice has a date up to today", "name a period: --period 2025"
            )
        question = Question(facts.period, request.settings, months, model, held_out, bootstrap)
        found = value_customers(read.dataset, question, read.grouping)
        notes = (*found.notes, *([facts.incomplete] if facts.incomplete else []))
        return Lifetimes(
            **fields_of(facts) | fields_of(replace(found, notes=notes)), horizon=months
        )


def _whole(read: Reading, request: Request) -> Facts:
    """Take all purchases for the period, where none was named."""
    dataset, facts = read.dataset, read.facts
    if not dataset.has("invoices"):
        raise DataRefusedError(
            "lifetime values need invoices, and there is no invoice export here",
            "add an invoice export",
        )
    if "customer_id" not in dataset.tables["invoices"].column_names:
        raise DataRefusedError(NO_CUSTOMER_IDS[1], "name the column: --map customer_id=HEADER")
    begins = dataset.invoices_begin
    if request.period or facts.period is None or begins is None or begins >= facts.period.end:
        return facts
    period = Period(begins, facts.period.end)
    said = (
        f"the period is {period.label}: all purchases up to the end of the last full month;"
        " --period takes another"
    )
    return replace(facts, period=period, assumed=(said,), outside=None)


def _months(option: str, text: str) -> int:
    found = _MONTHS.fullmatch(text.strip())
    if found is None:
        raise RetentionError(f"{option}: '{text}' is not a number of months", "write 12m or 1y")
    return int(found[1]) * (12 if found[2].startswith("y") else 1)
