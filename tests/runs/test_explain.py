"""Members are rows of the files: every figure of random exports, opened and looked up by hand."""

from __future__ import annotations

import csv
import random
from datetime import date, datetime
from fractions import Fraction
from itertools import product

import pytest

from export_worlds import MONEY, exports
from retention_cli.kpis import registry
from retention_cli.runs.explain import Asked, explain
from retention_cli.runs.options import Options
from retention_cli.runs.reading import reading
from retention_cli.scoring.figures import Occasion, score_lines
from retention_cli.scoring.members import Openers

pytestmark = pytest.mark.sweep

PERIOD = "2025-Q1"


def request(folder, **told):
    period = told.pop("period", PERIOD)
    return Options(
        paths=[folder], period=period, as_of="2025-07-01", max_rejects="90%", **told
    ).request()


def opened(folder, **told):
    """Open every figure of a folder, read once."""
    asked = request(folder, **told)
    with reading(asked) as read:
        facts = read.facts
        occasion = Occasion(facts.period, asked.day, read.days, None, asked.settings, ())
        lines = score_lines(read.dataset, occasion, read.grouping)
        openers = Openers.of(read.dataset, facts.exports)
        return [openers.figure(line) for line in lines]


def cells_of(file, *, cache={}):  # noqa: B006  # each file is read once
    if file not in cache:
        with open(file, newline="", encoding="utf-8") as lines:  # noqa: PTH123
            header, *rows = csv.reader(lines)
        cache[file] = [dict(zip(header, row, strict=True)) for row in rows]
    return cache[file]


def says(text, value):
    if value is None:
        return text == ""
    if isinstance(value, date) and not isinstance(value, datetime):
        return text[:10] == str(value)
    if isinstance(value, datetime):
        return text == str(value)
    return text == str(value)


def check_place(place):
    row = cells_of(place.file)[place.row - 2]
    for name, value in place.cells.items():
        if name in MONEY:
            assert (Fraction(row[name]) * 10_000 if row[name] else None) == value
        elif name in row:
            assert says(row[name], value), (place, name)


@pytest.mark.parametrize("seed", [1, 2])
def test_members_add_up_and_are_rows_that_say_so(tmp_path, seed):
    exports(tmp_path, seed)
    figures = opened(tmp_path)
    with_members = set()
    for figure in figures:
        for part in figure.parts:
            members = list(part.find())
            assert len(members) == part.count
            assert sum(one.adds for one in members) == part.part.total, part.name
            assert {one.id for one in members} == set(part.part.ids())
            for one in members:
                assert one.place is not None, (figure.line.kpi.name, part.name, one.id)
                for place in (one.place, *one.also):
                    check_place(place)
                owner = one.place.cells.get("customer_id", one.id)
                assert one.name in {None, f"Name of {owner}"}
            if members:
                with_members.add(figure.line.kpi.name)
    assert len(with_members) > 20


def test_members_of_groups_are_those_of_the_total_parted(tmp_path):
    exports(tmp_path, 3)
    path = tmp_path / "customers.csv"
    header, *rows = path.read_text("utf-8").splitlines()
    path.write_text(
        "\n".join(
            [f"{header},plan", *(f"{row},{'AB'[int(row[1:3] or 0, 36) % 2]}" for row in rows)]
        ),
        "utf-8",
    )
    figures = opened(tmp_path, by="plan")
    split = 0
    for kpi in registry.every():
        total, *groups = [one for one in figures if one.line.kpi is kpi]
        if not groups:
            continue
        split += 1
        for part in total.parts:
            found = [one for group in groups for one in group.parts if one.name == part.name]
            places = sorted(place_of(m) for one in found for m in one.find())
            assert places == sorted(place_of(m) for m in part.find()), (kpi.name, part.name)
    assert split > 10


def place_of(member):
    return (member.id, str(member.place), member.adds)


def test_a_row_left_out_that_may_belong_is_said_with_its_reason(tmp_path):
    exports(tmp_path, 1)
    found = explain(Asked("churn"), request(tmp_path))
    (left,) = found.left_out
    assert (left.row, left.code) == (len(cells_of(str(tmp_path / "customers.csv"))) + 1, "bad-date")
    assert explain(Asked("nps"), request(tmp_path)).left_out == ()


def test_a_row_left_out_of_another_time_is_not(tmp_path):
    lines = [
        "customer_id,start_date,end_date",
        "a,2024-01-01,",
        "b,2025-05-01,soon",
        "c,2024-02-02,soon",
    ]
    (tmp_path / "customers.csv").write_text("\n".join(lines), "utf-8")
    rows = [one.row for one in explain(Asked("churn"), request(tmp_path)).left_out]
    assert rows == [4]


@pytest.mark.parametrize(
    ("order", "touching"), list(product([1, -1], ["2025-01-15", "2025-01-14"]))
)
def test_spells_that_touch_are_shown_row_by_row(tmp_path, order, touching):
    rows = ["a,2024-01-01,2025-01-14", f"a,{touching},2025-02-01"][::order]
    text = "\n".join(["customer_id,start_date,end_date", *rows])
    (tmp_path / "customers.csv").write_text(text, "utf-8")
    found = explain(Asked("customers_lost"), request(tmp_path))
    (lost,) = found.figures[0].parts
    (member,) = lost.find()
    assert {place.row for place in (member.place, *member.also)} == {2, 3}


def test_an_undefined_figure_says_why_and_opens_what_it_has(tmp_path):
    (tmp_path / "customers.csv").write_text(
        "customer_id,start_date,end_date\na,2025-02-01,\n", "utf-8"
    )
    figure = explain(Asked("retention"), request(tmp_path)).figures[0]
    assert figure.line.measure.reason.code == "no-starters"
    assert [(part.name, part.count) for part in figure.parts] == [("CS", 0), ("CE", 1), ("CN", 1)]


def test_clv_opens_to_its_factors(tmp_path):
    exports(tmp_path, 1)
    names = [one.line.kpi.name for one in explain(Asked("ltv"), request(tmp_path)).figures]
    assert names == [
        "clv",
        "average_purchase_value",
        "purchase_frequency",
        "customer_lifespan",
        "churn_rate",
    ]


def test_a_lifespan_that_is_set_says_that_it_has_no_members(tmp_path):
    exports(tmp_path, 1)
    (tmp_path / "retention.toml").write_text("lifespan_years = 5", "utf-8")
    figure = explain(Asked("customer_lifespan"), request(tmp_path)).figures[0]
    assert figure.parts == ()
    assert "set by lifespan_years" in figure.closed


def values(folder):
    lines = [figure.line for figure in opened(folder)]
    return {
        line.kpi.name: (
            line.measure.value,
            {name: part.total for name, part in line.measure.parts.items()},
        )
        for line in lines
    }


def split_up(folder, rng):
    """Give each row of a customer one of three ids, and the settings that join them."""
    for file in folder.glob("*.csv"):
        header, *lines = file.read_text("utf-8").splitlines()
        at = header.split(",").index("customer_id")
        rows = [line.split(",") for line in lines]
        for row in rows:
            if row[at].startswith("c"):
                row[at] = rng.choice(("", "x", "y")) + row[at]
        file.write_text("\n".join([header, *map(",".join, rows)]), "utf-8")
    ids = [f"c{number:02}" for number in range(60)]
    pairs = [f'x{one} = "{one}"\ny{one} = "x{one}"' for one in ids]
    (folder / "retention.toml").write_text("\n".join(["[same_customer]", *pairs]), "utf-8")


def test_split_ids_that_settings_join_give_the_figures_of_whole_ones(tmp_path):
    whole, parted = tmp_path / "whole", tmp_path / "parted"
    for folder in (whole, parted):
        folder.mkdir()
        exports(folder, 1)
    split_up(parted, random.Random(1))  # noqa: S311  # draws rows, not secrets
    assert values(parted) == values(whole)
