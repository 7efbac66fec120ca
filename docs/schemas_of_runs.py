# ruff: noqa: INP001  # docs/ is a folder of pages, and no package
"""The JSON of checks, frozen runs, their differences and manifests, field by field."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_cli.results.check import Readiness
from schema_parts import (
    ANYTHING,
    CONTENT,
    COUNT,
    COUNTS_OF_FILE,
    DATA,
    DAY,
    DIRECTION,
    GROUP,
    NUMBER,
    PERIOD,
    PLACE,
    TEXT,
    UNIT,
    VALUE,
    YES_OR_NO,
    fields,
    many,
    mapping,
    maybe,
    pair,
    record,
    ref,
)

if TYPE_CHECKING:
    from schema_parts import Schema

_RUN = record(**fields("command version as_of", TEXT), by=maybe(TEXT))
_ROW_CHANGE = {
    **fields("what kind file key", TEXT),
    "sheet": maybe(TEXT),
    "row": COUNT,
    "columns": many(TEXT),
}
_OTHER_CHANGE = {
    **fields("what key", TEXT),
    **fields("file row", {"type": "null"}),
    **fields("then now", ANYTHING),
}

OUTPUTS: dict[str, Schema] = {
    "retention-check": record(
        files=many(
            record(
                **fields("file message", TEXT),
                **fields("sheet kind preset encoding delimiter", maybe(TEXT)),
                header_row=maybe(COUNT),
                columns=many(
                    record(
                        **fields("source column because", TEXT),
                        **fields("format looks_like example", maybe(TEXT)),
                        **fields("for against values", maybe(COUNT)),
                    )
                ),
                **{name: maybe(count) for name, count in COUNTS_OF_FILE.items()},
                verdict={"enum": [str(one) for one in Readiness]},
            )
        ),
        kpis=many(record(kpi=TEXT, computable=YES_OR_NO, missing=many(TEXT), reason=maybe(TEXT))),
        checks=many(
            record(
                **fields("code kind message", TEXT),
                count=COUNT,
                hint=maybe(TEXT),
                examples=many(record(value=TEXT, **PLACE)),
            )
        ),
        data=DATA,
    ),
    "retention-diff": record(
        period=PERIOD,
        then=_RUN,
        now=_RUN,
        figures=many(
            record(
                kpi=TEXT,
                group=maybe(GROUP),
                unit=UNIT,
                currency=maybe(TEXT),
                **fields("then now", maybe(VALUE)),
                parts=record(**fields("then now", mapping(maybe(VALUE)))),
                because=many({"anyOf": [record(**_ROW_CHANGE), record(**_OTHER_CHANGE)]}),
            )
        ),
        unchanged=COUNT,
        row_counts=mapping(mapping(COUNT)),
        rows=many(record(**_ROW_CHANGE)),
        data=DATA,
    ),
    "retention-kpis": record(
        kpis=many(
            record(
                **fields("kpi title group", TEXT), unit=UNIT, direction=DIRECTION, needs=many(TEXT)
            )
        )
    ),
    "retention-manifest": record(
        **fields("command version started ended", TEXT),
        options=mapping({"anyOf": [TEXT, many(TEXT)]}),
        exit_code=COUNT,
        message=maybe(TEXT),
        period=maybe(PERIOD),
        as_of=maybe(DAY),
        **fields("inputs outputs", many(CONTENT)),
        **fields("settings benchmarks", maybe(CONTENT)),
        files=many(ref("file")),
    ),
    "retention-run": record(
        **fields("command version period as_of", TEXT),
        by=maybe(TEXT),
        **fields("settings benchmarks", mapping(ANYTHING)),
        definitions=mapping(TEXT),
        keys=mapping(many(TEXT)),
        files=many(ref("file")),
        figures=many(
            record(
                **fields("kpi unit", TEXT),
                group=maybe(pair(maybe(TEXT))),
                value=maybe({"anyOf": [TEXT, NUMBER]}),
                n=COUNT,
                parts=mapping(
                    record(value=maybe({"anyOf": [TEXT, NUMBER]}), unit=TEXT, members=maybe(COUNT))
                ),
                **fields("currency reason basis verdict", maybe(TEXT)),
                rows=maybe(COUNT),
                cells=mapping(many(TEXT)),
                **fields("made_of settings rests_on", many(TEXT)),
            )
        ),
    ),
}
