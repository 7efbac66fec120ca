"""What each customer is worth: what was paid so far, by formula, and by the model that fits."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from functools import partial
from typing import TYPE_CHECKING

from retention_cli import models
from retention_cli.dataset.basis import notes_of, reason_against
from retention_cli.dataset.converting import conversion_notes
from retention_cli.dataset.sales_tax import tax_note
from retention_cli.kpis._invoices import CUSTOMER, WITH_TAX, currencies, dated_before, has_tax
from retention_cli.results.lifetimes import Input, Model
from retention_cli.scoring.accounts import people_of
from retention_cli.scoring.backtests import backtest
from retention_cli.scoring.buying import ledger, recent
from retention_cli.scoring.forecasts import Asked, Forecast, forecast
from retention_cli.scoring.lifetime_customers import Known, bars, customers, ranked
from retention_cli.scoring.lifetime_formulas import formula
from retention_cli.values.measures import Undefined

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from retention_cli.dataset.dataset import Dataset
    from retention_cli.dataset.groups import Grouping
    from retention_cli.dataset.membership import Membership
    from retention_cli.kpis._invoices import Currencies
    from retention_cli.results.lifetimes import Backtest, Bar, Customer, Formula
    from retention_cli.scoring.buying import Ledger
    from retention_cli.scoring.lifetime_formulas import Worth
    from retention_cli.settings import Settings
    from retention_cli.values.periods import Period

_MODELS = {"dates": "shifted-beta-geometric"}
"""The model for a basis of membership; on any other, customers buy as they like."""
_NO_SPELLS = Undefined(
    "no-contracts",
    "no customer export says when customers began and left, so there are no contracts",
    "add start and end dates, or use --model bg-nbd",
)


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked about a dataset: how far to look ahead and back, and the model if one is named.

    Shape: `horizon` and `held_out` are months; 0 holds nothing out. `draws` are those of a bootstrap.
    """

    period: Period
    settings: Settings
    horizon: int = 12
    model: str | None = None
    held_out: int = 0
    draws: int = 0

    def asked(self, basis: str | None, dataset: Dataset, money: Currencies) -> Asked:
        """Say what to forecast: under contract where the customers have dates, else by purchases."""
        return Asked(
            model=self.model or _MODELS.get(basis or "", "bg-nbd"),
            horizon=self.horizon,
            rate=float(self.settings.discount_rate or 0),
            term=self.settings.contract_term,
            draws=self.draws,
            parts=dataset.money_parts,
            no_value=money.reason,
        )


@dataclass(frozen=True, slots=True)
class Valued:
    """What customers are worth, before the files they were read from are beside it."""

    recent: Period
    customers: tuple[Customer, ...]
    models: tuple[Model, ...]
    formulas: tuple[Formula, ...]
    currency: str | None
    basis: str | None
    tier_rule: str
    by: str | None
    silence: tuple[Bar, ...]
    backtest: Backtest | None
    notes: tuple[str, ...]
    reason: Undefined | None


def value_customers(
    dataset: Dataset, question: Question, grouping: Grouping | None = None
) -> Valued:
    """Say what each customer brought so far, and is worth by formula and by model.

    Formula: historic: all that is dated before the end of the period. By formula: a customer's own
        revenue a month, over the last year of the period, times the lifespan of its group in months.
    Undefined: sums of several currencies; models and formulas say why they cannot tell.
    Source: docs/definitions.md, "Lifetime value of each customer".
    """
    period, settings = question.period, question.settings
    rows = dataset.frame("invoices").filter(dated_before(period.end) & ~CUSTOMER.is_null())
    money = currencies(rows)
    membership = dataset.membership(period)
    basis = None if membership is None else membership.basis
    asked = question.asked(basis, dataset, money)
    known_at = partial(ledger, dataset, membership)
    known, lately = known_at(period.end), recent(period)
    why = _no_contracts(membership, period) if models.of(asked.model) == models.CONTRACTS else None
    said = forecast(known, period, lately, asked) if why is None else _refused(known, asked, why)
    formulas, worths = _formulas(dataset, lately, settings, grouping)
    groups = {} if grouping is None else grouping.of_customers()
    facts = Known(people_of(dataset), groups, worths, None if money.reason else dataset.money_parts)
    found, rule = ranked(customers(known, lately, said, facts), settings.tiers)
    held = backtest(known_at, period, asked, question.held_out) if question.held_out else None
    notes = [*(notes_of(membership, period) if membership else ()), *_notes(known, period, said)]
    if grouping is not None and any(one.reason is None for one in said.models):
        notes.append(f"one model is fitted to all customers, regardless of their {grouping.by}")
    taxed = [WITH_TAX] if has_tax(rows) else [tax_note(dataset.tax)] if dataset.tax else []
    begins = dataset.invoices_begin or period.start
    rates = () if money.reason else conversion_notes(dataset, begins, period.end)
    return Valued(
        recent=lately,
        customers=found,
        models=said.models,
        formulas=tuple(_finished(formulas, found, asked, settings)),
        currency=money.one,
        basis=basis,
        tier_rule=rule,
        by=None if grouping is None else grouping.by,
        silence=tuple(bars(said)),
        backtest=held,
        notes=tuple(dict.fromkeys((*taxed, *rates, *notes))),
        reason=money.reason,
    )


def _no_contracts(membership: Membership | None, period: Period) -> Undefined | None:
    if membership is None or membership.basis != "dates":
        return _NO_SPELLS
    return reason_against(membership, period)


def _refused(known: Ledger, asked: Asked, why: Undefined) -> Forecast:
    return replace(Forecast.blank(len(known.ids)), models=(Model(asked.model, 0, reason=why),))


def _formulas(
    dataset: Dataset, lately: Period, settings: Settings, grouping: Grouping | None
) -> tuple[list[Formula], dict[str | None, Worth]]:
    """Give the formulas of all customers and of each group, and what a month is worth in each."""
    whole, worth = formula(None, dataset, lately, settings)
    found: list[Formula] = [whole]
    worths: dict[str | None, Worth] = {None: worth}
    for value, part in grouping.datasets() if grouping else ():
        one, worths[value] = formula(value, part, lately, settings)
        found.append(one)
    return found, worths


def _finished(
    formulas: Sequence[Formula], found: Sequence[Customer], asked: Asked, settings: Settings
) -> Iterator[Formula]:
    """Add what customers brought so far, and how long the terms of contracts were taken to be."""
    more: list[Input] = []
    if models.of(asked.model) == models.CONTRACTS:
        source = "set" if "contract_term" in settings.model_fields_set else "assumed"
        term = str(settings.contract_term)
        more = [Input("contract_term", term, source, "how often customers renew or leave")]
    for at, one in enumerate(formulas):
        ours = [c.historic_value for c in found if not at or c.group == one.value]
        there = [Fraction(value) for value in ours if value is not None]
        total = sum(there, Fraction(0)) if there or not ours else None
        yield replace(one, historic_value=total, inputs=(*one.inputs, *more))


def _notes(known: Ledger, period: Period, said: Forecast) -> Iterator[str]:
    """Say whom the model takes for new although they are not, and what it cannot see."""
    fitted = {one.name for one in said.models if one.reason is None}
    if fitted.isdisjoint(models.names(models.PURCHASES)):
        return
    early = known.bought_before(period.start)
    if early:
        have = "customer bought" if early == 1 else "customers bought"
        yield (
            f"{early:,} {have} before {period.start}: the model takes their first purchase in the"
            " period for their first of all"
        )
    if "nbd" in fitted:
        yield "by the model nobody leaves, so everybody counts as alive, however long they are silent"
    else:
        yield (
            "by the model nobody leaves before a second purchase, so who bought once counts as alive"
        )
