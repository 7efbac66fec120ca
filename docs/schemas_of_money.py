# ruff: noqa: INP001  # docs/ is a folder of pages, and no package
"""The JSON of accounts, bridges, lifetime values, cohorts and impact, field by field."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_cli.results.bridge import COUNTS
from retention_cli.scoring.lifetime_formulas import FIGURES
from schema_parts import (
    COUNT,
    DATA,
    GROUP,
    MODEL,
    MONEY,
    NUMBER,
    PERIOD,
    SUMS,
    TEXT,
    TOLD,
    TOTALS,
    UNIT,
    VALUE,
    YES_OR_NO,
    fields,
    many,
    mapping,
    maybe,
    record,
    ref,
)

if TYPE_CHECKING:
    from schema_parts import Schema

_WALK = {
    "customers": maybe(record(**dict.fromkeys(COUNTS, COUNT))),
    "customers_reason": maybe(TEXT),
    **fields("money others", many(record(line=TEXT, amount=MONEY, n=COUNT))),
    **fields("money_reason currency basis", maybe(TEXT)),
    "lost_by_reason": many(
        record(reason=maybe(TEXT), voluntary=maybe(YES_OR_NO), customers=COUNT, amount=maybe(MONEY))
    ),
    "doors": mapping(record(front=VALUE, back=VALUE, per_lost=maybe(NUMBER))),
    "notes": many(TEXT),
}
_LEDGER = fields("revenue ledger difference", MONEY)
_FORMULA = record(
    group=maybe(GROUP),
    customers=COUNT,
    historic_value=maybe(MONEY),
    **dict.fromkeys(FIGURES, maybe(VALUE)),
    reasons=mapping(maybe(TEXT)),
    readings=many(
        record(**fields("name who", TEXT), value=maybe(MONEY), reason=maybe(TEXT), notes=many(TEXT))
    ),
    inputs=many(record(**fields("input value source because", TEXT))),
)
_BACKTEST = record(
    **fields("fitted_on held_out", PERIOD),
    of=TEXT,
    n=COUNT,
    actual=NUMBER,
    beats_both=maybe(YES_OR_NO),
    not_better=many(record(**fields("measure than", TEXT))),
    scores=many(
        record(
            name=TEXT,
            total=NUMBER,
            **fields("error_of_total rank_correlation top_tenth_found", maybe(NUMBER)),
        )
    ),
    deciles=many(record(**fields("decile n", COUNT), **fields("predicted actual", NUMBER))),
    models=many(MODEL),
    reason=maybe(TEXT),
)

OUTPUTS: dict[str, Schema] = {
    "retention-accounts": record(
        {
            "lines": many(
                record(
                    **fields("customer_id date currency file", maybe(TEXT)),
                    what=TEXT,
                    quantity=maybe(NUMBER),
                    rate=maybe(MONEY),
                    amount=MONEY,
                    row=maybe(COUNT),
                )
            )
        },
        period=PERIOD,
        accounts=many(
            record(
                {"group": GROUP},
                customer_id=TEXT,
                **fields("customer_name manager currency tier status", maybe(TEXT)),
                **TOTALS,
                rank=maybe(COUNT),
                **fields("share cumulative_share margin_before", maybe(NUMBER)),
                **fields("profit_before shared_cost", maybe(MONEY)),
            )
        ),
        groups=many(record(group=GROUP, accounts=COUNT, **TOTALS)),
        unallocated=record(**SUMS),
        totals=record(**TOTALS, accounts=COUNT, currency=maybe(TEXT)),
        before=maybe(PERIOD),
        concentration=record(
            accounts_making_80_percent=maybe(COUNT),
            loss_makers=COUNT,
            **fields("losses profits", maybe(MONEY)),
        ),
        leavers=maybe(ref("leavers")),
        managers=many(
            record(
                manager=maybe(TEXT),
                accounts=COUNT,
                **TOTALS,
                customers_at_start=maybe(COUNT),
                retention=maybe(NUMBER),
            )
        ),
        why=many(
            record(
                **fields("customer_id peers", TEXT),
                traits=many(record(what=TEXT, **fields("value peers_value", VALUE), unit=UNIT)),
            )
        ),
        what_if=maybe(
            record(
                **fields("steps assumptions", many(TEXT)),
                totals=record(
                    **fields("revenue profit left_over", MONEY), margin=maybe(NUMBER), dropped=COUNT
                ),
                accounts=many(
                    record(
                        customer_id=TEXT,
                        **fields("revenue direct_cost cost_to_serve profit", MONEY),
                        margin=maybe(NUMBER),
                        dropped=YES_OR_NO,
                    )
                ),
            )
        ),
        ledger=maybe(record(**_LEDGER, accounts=many(record(customer_id=maybe(TEXT), **_LEDGER)))),
        **TOLD,
    ),
    "retention-bridge": record(
        {
            "members": mapping(many(TEXT)),
            "rows": many(record(customer_id=maybe(TEXT), line=TEXT, **fields("before now", MONEY))),
        },
        period=PERIOD,
        **_WALK,
        groups=many(record(group=GROUP, **_WALK)),
        data=DATA,
    ),
    "retention-cohorts": record(
        **fields("every", TEXT),
        cohorts=many(
            record(
                cohort=TEXT,
                size=COUNT,
                cells=many(
                    record(
                        age=COUNT,
                        active=maybe(COUNT),
                        **fields("share revenue_share", maybe(NUMBER)),
                        revenue=maybe(MONEY),
                        unfinished=YES_OR_NO,
                    )
                ),
            )
        ),
        average=many(
            record(**fields("age cohorts", COUNT), **fields("share revenue_share", maybe(NUMBER)))
        ),
        min_n=COUNT,
        **fields("currency basis active_reason revenue_reason", maybe(TEXT)),
        **TOLD,
    ),
    "retention-clv": record(
        **fields("period formula_period", PERIOD),
        horizon_months=COUNT,
        customers=many(
            record(
                {"group": GROUP},
                customer_id=TEXT,
                **fields("customer_name manager tier currency", maybe(TEXT)),
                **fields("historic_value formula_value expected_value", maybe(MONEY)),
                **fields("formula_margin expected_margin", maybe(MONEY)),
                **fields("p_alive expected_purchases", maybe(NUMBER)),
                **fields("p_alive_low p_alive_high", maybe(NUMBER)),
                **fields("expected_purchases_low expected_purchases_high", maybe(NUMBER)),
                **fields("expected_value_low expected_value_high", maybe(MONEY)),
                days_silent=maybe(COUNT),
            )
        ),
        models=many(MODEL),
        formulas=many(_FORMULA),
        silence=many(record(**fields("since until n", COUNT), mean=NUMBER)),
        backtest=maybe(_BACKTEST),
        tier_rule=TEXT,
        **fields("currency basis", maybe(TEXT)),
        **TOLD,
    ),
    "retention-impact": record(
        period=maybe(PERIOD),
        retention=record(**fields("now then", maybe(NUMBER)), step=TEXT),
        customers=COUNT,
        profit_per_customer=maybe(MONEY),
        discount_rate=NUMBER,
        currency=maybe(TEXT),
        readings=many(
            record(
                **fields("reading formula", TEXT),
                **fields("per_customer_now per_customer_then", maybe(MONEY)),
                change=maybe(NUMBER),
                **fields("all_now all_then leavers", maybe(MONEY)),
            )
        ),
        leavers=maybe(ref("leavers")),
        replacing=maybe(
            record(
                **fields("acquisition_cost replacing_customers revenue_lost", MONEY),
                **fields("revenue_per_new_customer replacing_revenue serving_kept", maybe(MONEY)),
                customers_kept=COUNT,
            )
        ),
        upsell=many(
            record(
                **fields("customer_id tier", TEXT),
                customer_name=maybe(TEXT),
                product_lines=COUNT,
                median_of_tier=NUMBER,
                peers_buy=many(TEXT),
            )
        ),
        assumptions=many(TEXT),
        **TOLD,
    ),
}
