"""Lifetime value by formulas, of all customers and of groups of them, with where each input comes from."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from retention_cli.kpis import computing, registry
from retention_cli.readings.clv import present_value
from retention_cli.results.lifetimes import Formula, Input
from retention_cli.scoring.figures import Occasion
from retention_cli.scoring.readings import ALL, readings_of, wanted_of
from retention_cli.values.discounting import monthly

if TYPE_CHECKING:
    from collections.abc import Mapping

    from retention_cli.dataset.dataset import Dataset
    from retention_cli.results.lifetimes import Amount
    from retention_cli.settings import Settings
    from retention_cli.values.measures import Measure
    from retention_cli.values.periods import Period

FIGURES = (
    *("average_purchase_value", "purchase_frequency", "customer_lifespan", "monthly_churn_rate"),
    *("gross_margin", "clv", "clv_margin"),
)


@dataclass(frozen=True, slots=True)
class Worth:
    """What an amount a month is worth as long as the customers of a segment stay.

    Shape: `margin` is None where it is not known; `months` where nothing says how long they stay.
    """

    months: Fraction | None
    kept: Fraction | None
    margin: Fraction | None
    discount: Fraction | None

    @classmethod
    def of(cls, figures: Mapping[str, Measure], settings: Settings) -> Worth:
        """Take the lifespan, and the share that is kept a month: by the lifespan where it was set."""
        values = {
            name: None if (value := figures[name].value) is None else Fraction(value)
            for name in ("customer_lifespan", "monthly_churn_rate", "gross_margin")
        }
        years, lost = values["customer_lifespan"], values["monthly_churn_rate"]
        months = None if years is None else years * 12
        if settings.lifespan_years is not None and months:
            lost = min(1 / months, Fraction(1))
        rate = settings.discount_rate
        return cls(
            months,
            None if lost is None else 1 - lost,
            values["gross_margin"],
            None if rate is None else Fraction(monthly(float(rate))),
        )

    def lifetime(self, a_month: Amount) -> Amount | None:
        """Give a month's amount over the lifespan; where there is a discount, m r / (1 + d - r)."""
        if self.months is None:
            return None
        if self.discount is None:
            return a_month * self.months
        return (
            None
            if self.kept is None
            else present_value(Fraction(a_month), self.kept, self.discount)
        )


def formula(
    value: str | None, dataset: Dataset, recent: Period, settings: Settings
) -> tuple[Formula, Worth]:
    """Compute the lifetime value of the customers of a dataset, as `compute` does, and as others do.

    Source: docs/definitions.md, "Customer lifetime value".
    """
    figures = computing.compute(FIGURES, dataset=dataset, period=recent, settings=dict(settings))
    kpi, asked = registry.get("clv"), Occasion(recent, recent.end, (), None, settings, ())
    found = Formula(
        value,
        figures["purchase_frequency"].sample_size,
        None,
        figures,
        readings_of(kpi, wanted_of(kpi, ALL), dataset, asked),
        tuple(_inputs(figures, recent, settings)),
    )
    return found, Worth.of(figures, settings)


def _inputs(figures: Mapping[str, Measure], recent: Period, settings: Settings) -> list[Input]:
    """Name what formula values rest on, and where it comes from."""
    over = f"over {recent.label}"
    found = [
        Input("revenue", "each customer's own", "measured", over),
        _lifespan(figures["customer_lifespan"], recent, settings),
    ]
    if figures["purchase_frequency"].basis == "activity":
        source = "set" if "activity_window" in settings.model_fields_set else "assumed"
        window = str(settings.activity_window)
        found.append(Input("activity_window", window, source, "silence that makes a customer lost"))
    margin = figures["gross_margin"]
    if margin.value is not None:
        share = f"{float(margin.value) * 100:.1f} %"
        found.append(
            Input("gross_margin", share, "measured", f"{over}, the same for all customers")
        )
    rate = settings.discount_rate
    if rate is None:
        found.append(Input("discount_rate", "none", "assumed", "money later counts as money now"))
    else:
        said = f"{float(rate * 100):g} % a year"
        found.append(Input("discount_rate", said, "set", "by months: m r / (1 + d - r)"))
    return found


def _lifespan(lifespan: Measure, recent: Period, settings: Settings) -> Input:
    years = "not known" if lifespan.value is None else f"{float(lifespan.value):.2f} years"
    if settings.lifespan_years is not None:
        return Input("customer_lifespan", years, "set", "lifespan_years")
    return Input("customer_lifespan", years, "measured", f"1 / churn rate, over {recent.label}")
