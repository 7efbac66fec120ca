"""What KPIs answered for the same rows before: for tests of what stands around the figures.

A figure rests on the tables of a dataset, the period and the settings, and on nothing else.
"""

from __future__ import annotations

from dataclasses import fields

import pyarrow as pa

from retention_cli.kpis import computing


def remembering(known, compute=computing.compute):
    """Compute KPIs once for each input; `known` holds the answers."""

    def computed(wanted, *, dataset, period, settings):
        asked = (wanted, contents(dataset), period, repr(sorted(settings.items())))
        if asked not in known:
            known[asked] = compute(wanted, dataset=dataset, period=period, settings=settings)
        return known[asked]

    return computed


def contents(dataset):
    """Give all that a dataset was made of, down to each cell, as something to look up by."""
    if dataset is None:
        return None
    given = {field.name: getattr(dataset, field.name) for field in fields(dataset) if field.init}
    del given["_made"]
    tables = [(kind, in_bytes(table)) for kind, table in given.pop("tables").items()]
    spells = given.pop("spells")
    read = None if spells is None else in_bytes(spells)
    return (*tables, contents(given.pop("whole")), read, repr(given))


def in_bytes(table):
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as stream:
        stream.write_table(table)
    return sink.getvalue().to_pybytes()
