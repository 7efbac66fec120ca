"""Figures that rest on tickets: cases written as text, and seeded worlds."""

from __future__ import annotations

import worlds
from retention_cli.dataset.ticket_times import timed
from retention_cli.kpis.computing import compute
from retention_cli.settings import Settings
from retention_cli.testing import table
from retention_cli.values.periods import Period
from seeded import seeds

SEEDS = seeds(6, 20)
STAMPED = "ticket_id,created_at,first_response_at,resolved_at,contacts,reopened"


def figure(name, *lines, header=STAMPED, period="2025-06", backend="pandas", settings=None, **told):
    """Compute a figure from tickets written as text; `settings` are those of `retention.toml`."""
    given = settings or Settings()
    tickets = timed(
        table("tickets", header, *lines), zone=given.time_zone, hours=given.business_hours
    )
    data = worlds.dataset({"tickets": tickets}, backend)
    return compute((name,), dataset=data, period=Period.parse(period), settings=told)[name]


def of_world(name, seed, backend, *, without=(), **told):
    """Compute a figure over a random world, and give its rows beside it."""
    rows = worlds.tickets(seed, worlds.spells(seed))
    data = worlds.dataset({"tickets": worlds.table("tickets", rows, without=without)}, backend)
    return compute((name,), dataset=data, period=worlds.PERIOD, settings=told)[name], rows


def created(rows):
    return [row for row in rows if worlds.PERIOD.start <= row["created_on"] < worlds.PERIOD.end]


def resolved(rows):
    """Rows resolved in the period."""
    first, end = worlds.PERIOD.start, worlds.PERIOD.end
    return [row for row in rows if row.get("resolved_on") and first <= row["resolved_on"] < end]


def answer(measure):
    return measure.reason.code if measure.reason else measure.value


def ids(rows):
    return sorted(row["ticket_id"] for row in rows)
