"""`overlaps = "join"`: a customer may have several subscriptions at a time, and is one while any runs."""

import json
import random
from datetime import date, timedelta

import pytest

from retention_cli.cli import run

HEADER = "customer_id,start_date,end_date,plan\n"
JOIN = 'overlaps = "join"\n'


def figures(folder, capsys, *options):
    code = run(["compute", str(folder), "--period", "2025", "--format", "json", "-q", *options])
    printed = capsys.readouterr()
    assert code == 0, printed.err
    lines = json.loads(printed.out)["figures"]
    return next(line["parts"] for line in lines if line["kpi"] == "retention_rate")


def test_the_refusal_says_what_to_write(tmp_path, capsys):
    rows = "ann,2024-01-01,,basic\nann,2024-06-01,2025-06-30,pro\nbob,2024-01-01,,pro\n"
    (tmp_path / "customers.csv").write_text(HEADER + rows)
    assert run(["compute", str(tmp_path), "--period", "2025"]) == 3
    assert 'overlaps = "join" in retention.toml' in " ".join(capsys.readouterr().err.split())
    (tmp_path / "retention.toml").write_text(JOIN)
    assert figures(tmp_path, capsys) == {
        "CS": 2,
        "CE": 2,
        "CN": 0,
    }


def test_two_of_one_start_and_a_later_list_that_ends_one_of_them(tmp_path, capsys):
    (tmp_path / "retention.toml").write_text(JOIN)
    january = "ann,2024-01-01,,basic\nann,2024-01-01,,pro\nbob,2024-02-01,,pro\n"
    february = (
        "ann,2024-01-01,2025-01-20,basic\nann,2024-01-01,,pro\nbob,2024-02-01,2025-02-03,pro\n"
    )
    (tmp_path / "customers-2025-01.csv").write_text(HEADER + january)
    (tmp_path / "customers-2025-02.csv").write_text(HEADER + february)
    assert figures(tmp_path, capsys)["CE"] == 1


def _covered(spells, day):
    return any(start < day and (end is None or end >= day) for start, end in spells)


@pytest.mark.parametrize("seed", range(20))
def test_a_customer_is_one_while_any_of_its_rows_runs(tmp_path, capsys, seed):
    draw = random.Random(seed)  # noqa: S311  # exports, not secrets
    lines, spells = [], {}
    for _ in range(60):
        who = f"c{draw.randrange(12)}"
        start = date(2023, 1, 1) + timedelta(draw.randrange(1000))
        end = start + timedelta(draw.randrange(500)) if draw.random() < 0.7 else None
        spells.setdefault(who, []).append((start, end))
        lines.append(f"{who},{start},{end or ''},{draw.choice(['basic', 'pro'])}")
    (tmp_path / "customers.csv").write_text(HEADER + "\n".join(lines) + "\n")
    (tmp_path / "retention.toml").write_text(JOIN)
    start, end = date(2025, 1, 1), date(2026, 1, 1)
    found = figures(tmp_path, capsys)
    assert found["CS"] == sum(_covered(s, start) for s in spells.values())
    assert found["CE"] == sum(_covered(s, end) for s in spells.values())
