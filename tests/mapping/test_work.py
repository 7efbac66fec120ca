"""Durations beside hours: left aside where they say the same, asked about where they do not."""

from __future__ import annotations

import pytest

from retention_cli.errors import AmbiguousColumnError
from retention_cli.mapping.sheets import assign
from retention_cli.reading import read_bytes

HEADER = "Datum;Kunde;Dauer (min);Stunden;Kosten"


def laid_out(*rows):
    text = "\n".join([HEADER, *rows]) + "\n"
    return assign(read_bytes(text.encode(), name="zeiten.csv"), kind="costs")[0].layout


def test_minutes_that_say_the_same_as_hours_are_left_aside():
    layout = laid_out("2025-06-03;a;90;1,5;60", "2025-06-04;b;20;0,33;15")
    assert layout.sources["hours"] == HEADER.split(";").index("Stunden")


def test_minutes_that_say_something_else_are_asked_about():
    with pytest.raises(AmbiguousColumnError, match="could each be it"):
        laid_out("2025-06-03;a;90;1,5;60", "2025-06-04;b;90;1,0;40")
