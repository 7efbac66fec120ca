"""The line of the last 12 periods beside the figures of `compute`, where a screen is wide enough."""

from __future__ import annotations

import json
from fractions import Fraction

from histories import history, write
from retention_cli.reports.words.numbers import machine
from retention_cli.runs.options import Options
from retention_cli.runs.score import score

OPTIONS = ("--period", "2025-09", "--as-of", "2026-01-01")


def test_the_values_are_those_that_trend_gives(retention, folder):
    write(folder / "in", *history(11))
    request = Options(paths=[folder / "in"], period="2025-09", as_of="2026-01-01").request()
    # The data begin in November 2024, so that twelve months before November 2025 are there.
    assert not any(line.history for line in score(request, look_back=True).lines)
    asked = Options(paths=[folder / "in"], period="2025-10", as_of="2026-01-01").request()
    found = {line.kpi.name: line for line in score(asked, look_back=True).lines}
    ran = retention(
        "trend", "in", "--period", "2025-10", "--as-of", "2026-01-01", "--format", "json"
    )
    compared = 0
    for row in json.loads(ran.out)["figures"]:
        line = found[row["kpi"]]
        ours = [None if v is None else machine(Fraction(v), line.kpi.unit) for v in line.history]
        assert ours == [point["value"] for point in row["points"]]
        compared += any(value is not None for value in ours)
    assert compared > 10
    assert not any(line.history for line in score(asked).lines)


def test_the_line_is_shown_where_there_is_room_for_it_alone(retention, folder, monkeypatch):
    write(folder / "in", *history(11))
    shown = {}
    for width in (100, 119, 120):
        monkeypatch.setenv("COLUMNS", str(width))
        shown[width] = retention(
            "compute", "in", "--period", "2025-10", "--as-of", "2026-01-01"
        ).out
        assert max(map(len, shown[width].splitlines())) <= width
    assert "Last 12" in shown[120]
    assert "Last 12" not in shown[100] + shown[119]
    assert "Last 12" not in retention("compute", "in", *OPTIONS).out
