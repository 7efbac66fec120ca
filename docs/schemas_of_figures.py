# ruff: noqa: INP001  # docs/ is a folder of pages, and no package
"""The JSON of figures, explanations, trends, reviews and signals, field by field."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schema_parts import (
    CORRELATION,
    COUNT,
    DATA,
    DAY,
    DIRECTION,
    EVENT,
    FIGURE,
    GROUP,
    MEMBER_PLACE,
    MONEY,
    NUMBER,
    OPENED,
    PERIOD,
    PLACE,
    PROBLEM,
    TEXT,
    UNIT,
    VALUE,
    VERDICT,
    YES_OR_NO,
    fields,
    many,
    mapping,
    maybe,
    pair,
    record,
)

if TYPE_CHECKING:
    from schema_parts import Schema

_COMPARED = {
    "kpi": TEXT,
    "group": maybe(GROUP),
    **fields("before after difference", maybe(VALUE)),
    "interval": maybe(pair(VALUE)),
    "n": pair(maybe(COUNT)),
    "unit": UNIT,
    **fields("currency said reason", maybe(TEXT)),
}
_CHANGE = maybe(
    record(value=VALUE, interval=maybe(pair(VALUE)), against=maybe(TEXT), said=maybe(TEXT))
)
_READING = record(
    **fields("name who", TEXT),
    value=maybe(VALUE),
    n=COUNT,
    parts=mapping(VALUE),
    **fields("currency sense reason", maybe(TEXT)),
    **fields("only_here only_in_ours notes", many(TEXT)),
    as_ours=YES_OR_NO,
)
_DEFINITION = record(
    **fields("kpi title group summary formula edge_cases undefined", TEXT),
    **fields("source example benchmark", TEXT),
    **fields("aliases needs made_of readings", many(TEXT)),
    unit=UNIT,
    direction=DIRECTION,
)
_MEASURE = record(
    **fields("measure title", TEXT),
    unit=UNIT,
    seen_by_customers=YES_OR_NO,
    **fields("n reliability_n with_retention_n", COUNT),
    missing=NUMBER,
    **fields("p10 median p90 movement reliability with_retention", maybe(NUMBER)),
    with_retention_interval=maybe(pair(NUMBER)),
    doubts=many(TEXT),
)
_HEALTH = record(
    customer_id=TEXT,
    **fields("customer_name owner", maybe(TEXT)),
    health=NUMBER,
    made_of=many(
        record(
            **fields("kpi grade against", TEXT),
            **fields("value weight", NUMBER),
            **fields("n points", COUNT),
        )
    ),
    not_known=many(TEXT),
)
_SCORE = record(
    rule=TEXT,
    **fields("flagged leavers_flagged leavers_missed false_alarms", COUNT),
    **fields("lead_days_median precision recall lift", maybe(NUMBER)),
    **fields("precision_interval recall_interval lift_interval", maybe(pair(NUMBER))),
    beats_silence=maybe(YES_OR_NO),
    reason=maybe(TEXT),
)

OUTPUTS: dict[str, Schema] = {
    "retention": record(period=PERIOD, figures=many(FIGURE), data=DATA),
    "retention-trend": record(
        {
            "comparison": many(
                record({"others": record(**_COMPARED), "beyond_others": maybe(VALUE)}, **_COMPARED)
            ),
            "compared": record(event=EVENT, **fields("before after", many(TEXT)), said=TEXT),
            "mix": many(
                record(
                    **fields("kpi by from to", TEXT),
                    **fields("change rates mix both", VALUE),
                    apart=many(record(group=GROUP, change=VALUE)),
                )
            ),
        },
        period=PERIOD,
        periods=many(TEXT),
        figures=many(
            record(
                kpi=TEXT,
                group=maybe(GROUP),
                unit=UNIT,
                currency=maybe(TEXT),
                as_exported=YES_OR_NO,
                points=many(
                    record(
                        period=TEXT,
                        value=maybe(VALUE),
                        n=COUNT,
                        interval=maybe(pair(VALUE)),
                        verdict=VERDICT,
                        reason=maybe(TEXT),
                        **fields("unfinished outside_band", YES_OR_NO),
                        notes=many(TEXT),
                    )
                ),
                band=maybe(pair(VALUE)),
                **fields("change year_change", _CHANGE),
            )
        ),
        events=many(EVENT),
        data=DATA,
    ),
    "retention-explain": record(
        {
            "readings": many(_READING),
            "closed": maybe(TEXT),
            "bases": record(
                figures=many(FIGURE),
                disagreeing=many(record(id=TEXT, name=maybe(TEXT), states=mapping(TEXT))),
            ),
            "customer": record(
                id=TEXT,
                name=maybe(TEXT),
                **fields("joined alike", many(TEXT)),
                rows=many(record(date=maybe(TEXT), kind=TEXT, **MEMBER_PLACE)),
                left_out=many(PROBLEM),
                figures=many(record(**OPENED, rules=mapping(TEXT))),
            ),
        },
        period=maybe(PERIOD),
        definition=maybe(_DEFINITION),
        figure=maybe(FIGURE),
        members=OPENED["members"],
        groups=many(record(**OPENED, readings=many(_READING))),
        made_of=many(record(**OPENED)),
        left_out=many(PROBLEM),
        data=DATA,
    ),
    "retention-review": record(
        period=maybe(PERIOD),
        as_of=DAY,
        **fields("customers min_n", COUNT),
        measures=many(_MEASURE),
        **fields("absent overdue notes", many(TEXT)),
        doubles=many(record(measures=pair(TEXT), rho=NUMBER)),
        together=many(record(**fields("voice service per", TEXT), **CORRELATION)),
        quartiles=many(
            record(
                **fields("quarter n satisfied", COUNT),
                **fields("from_seconds to_seconds", NUMBER),
                interval=pair(NUMBER),
            )
        ),
        served=many(
            record(
                **fields("by name", TEXT),
                **fields("n satisfied", COUNT),
                **fields("share shrunk", NUMBER),
                interval=pair(NUMBER),
                too_few=YES_OR_NO,
            )
        ),
        importance=many(
            record(
                question=TEXT,
                n=COUNT,
                mean=NUMBER,
                **fields("measure unit", maybe(TEXT)),
                value=maybe(NUMBER),
            )
        ),
        scorecard=record(
            **fields("role owner reason told_to", maybe(TEXT)),
            weights=mapping(NUMBER),
            review_on=maybe(DAY),
            left_out=many(TEXT),
        ),
        health=many(_HEALTH),
        data=DATA,
    ),
    "retention-signals": record(
        period=maybe(PERIOD),
        as_of=DAY,
        customers=COUNT,
        accounts=many(
            record(
                **fields("customer_id next_step", TEXT),
                **fields("customer_name owner currency", maybe(TEXT)),
                **fields("revenue_at_stake profit_at_stake", maybe(MONEY)),
                signals=many(
                    record(
                        **fields("rule said", TEXT),
                        since=DAY,
                        rows=many(record(**PLACE)),
                        beats_silence=maybe(YES_OR_NO),
                        answered_on=maybe(DAY),
                    )
                ),
                answered_on=maybe(DAY),
            )
        ),
        rules=many(
            record(
                **fields("rule title", TEXT),
                found=COUNT,
                thresholds=mapping(TEXT),
                beats_silence=maybe(YES_OR_NO),
                reason=maybe(TEXT),
            )
        ),
        settings=mapping(TEXT),
        backtest=many(_SCORE),
        backtest_of=maybe(
            record(
                **fields("horizon_days customers_at_closes leavers", COUNT),
                closes=many(DAY),
                notes=many(TEXT),
                reason=maybe(TEXT),
                learned=maybe(
                    record(
                        **fields("fitted_on tested_on", many(DAY)),
                        odds=many(record(rule=TEXT, times=NUMBER)),
                        scores=many(_SCORE),
                        reason=maybe(TEXT),
                    )
                ),
            )
        ),
        notes=many(TEXT),
        data=DATA,
    ),
}
