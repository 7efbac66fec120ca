"""What holds for every KPI. A new one is found by its file and held to all of it.

A KPI that is rightly outside a law says so in its decorator, `exempt={"law": "why"}`, with the
name of the law's test after `test_`. An exemption that nothing needs fails.
"""

from __future__ import annotations

import doctest
import inspect
import re
from collections import Counter
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, reduce
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pytest

import worlds
from retention_cli import kpis
from retention_cli.frames.frames import BACKENDS
from retention_cli.frames.opened import ADDS, MEMBER
from retention_cli.kpis import computing, registry
from retention_cli.settings import Window
from retention_cli.values.measures import Measure, Unit

SECTIONS = ("Formula:", "Unit:", "Edge cases:", "Errors:", "Source:", "Example:")
OWN_IDS = ("customer_id", "invoice_id", "response_id", "ticket_id")
AMOUNTS = ("amount", "cost")
SETTINGS = {"csat_top": None, "lifespan_years": None, "response_target": 14_400}

WORLDS = ((1, "dates"), (2, "dates"), (4, "dates"), (0, "flag"), (3, "activity"))
"""Seed 2 has CSAT on three scales, seed 4 a second currency."""
USED, *OTHERS = BACKENDS
EVERYWHERE = tuple(
    (*world, backend)
    for at, world in enumerate(WORLDS)
    for backend in (USED, OTHERS[at % len(OTHERS)])
)
DATED = tuple((seed, "dates", BACKENDS[seed % len(BACKENDS)]) for seed in range(4))
"""A law that compares a world with another goes by turns: the first law is for the backends."""

NAMES = kpis.names()
every_kpi = pytest.mark.parametrize("name", NAMES)


@dataclass(frozen=True)
class Answer:
    """A measure with the ids behind its parts, for comparison as a whole."""

    measure: Measure
    ids: dict[str, list[str]]


def answers(tables, backend, *, window, names=NAMES):
    """What KPIs answer for a world."""
    found = computing.compute(
        names,
        dataset=worlds.dataset(tables, backend, window=window),
        period=worlds.PERIOD,
        settings=SETTINGS,
    )
    return {
        name: Answer(measure, {part: it.ids() for part, it in measure.parts.items()})
        for name, measure in found.items()
    }


def window_for(basis):
    """A short window by activity, or nobody would ever be lost."""
    return Window(months=2) if basis == "activity" else worlds.YEAR


def changed(change):
    """A world after a change, answered once for all KPIs."""

    @cache
    def answered(seed, basis, backend):
        tables = change(worlds.world(seed, basis=basis))
        return answers(tables, backend, window=window_for(basis))

    return answered


def law(check):
    """Hold a KPI to a law: an exemption must be declared, and must be needed."""

    def test(name):
        exempt = registry.get(name).exempt.get(check.__name__.removeprefix("test_"))
        if exempt is None:
            check(name)
            return
        with pytest.raises(AssertionError):
            check(name)

    test.__name__ = check.__name__
    return every_kpi(test)


def by_customer(rows, chosen):
    """The rows whose customer is among those chosen; rows of nobody go with the others."""
    ours = [chosen(key) for key in rows["customer_id"].to_pylist()]
    return rows.filter(pa.array(ours, pa.bool_()))


def renamed(rows, prefix):
    """The same rows with other ids: other customers, other invoices, other answers."""
    for column in OWN_IDS:
        if column in rows.column_names:
            other = pc.binary_join_element_wise(prefix, rows[column], "")
            rows = rows.set_column(rows.column_names.index(column), column, other)
    return rows


def only_of(ids, seed, basis, backend, name):
    """What a KPI answers where nothing is left but the rows that bear one of some ids."""
    tables = {}
    for kind, rows in worlds.world(seed, basis=basis).items():
        masks = [
            pc.is_in(rows[column], pa.array(ids, pa.string()))
            for column in OWN_IDS
            if column in rows.column_names
        ]
        tables[kind] = rows.filter(reduce(pc.or_, masks))
    return answers(tables, backend, window=window_for(basis), names=(name,))[name].measure


def shuffled(tables):
    """The same rows, the odd ones backwards before the even ones backwards."""
    return {
        kind: rows.take(pa.array([*range(1, len(rows), 2), *range(0, len(rows), 2)][::-1]))
        for kind, rows in tables.items()
    }


def even(key):
    return key is not None and key[-1] in "02468"


def odd(key):
    return not even(key)


def half(chosen):
    return lambda tables: {kind: by_customer(rows, chosen) for kind, rows in tables.items()}


def doubled(tables):
    return {kind: pa.concat_tables([rows, renamed(rows, "twin ")]) for kind, rows in tables.items()}


def tenfold(tables):
    rows = tables["invoices"]
    for column in AMOUNTS:
        place = rows.column_names.index(column)
        rows = rows.set_column(place, column, pc.multiply(rows[column], 10))
    return tables | {"invoices": rows}


def with_rows(tables, **more):
    """A world with further rows, of the columns that its tables have."""
    found = dict(tables)
    for kind, rows in more.items():
        if kind in tables:
            extra = worlds.table(kind, rows).select(tables[kind].column_names)
            found[kind] = pa.concat_tables([tables[kind], extra])
    return found


LONG_AGO, LONG_AFTER = date(2022, 3, 3), date(2025, 5, 5)


def with_rows_outside(tables):
    """More customers, invoices and answers, none of which any window reaches.

    What starts after the period, and what was over long before it.
    """
    answer = {"kind": "csat", "score": 1, "scale_min": 1, "scale_max": 5}
    ticket = {"first_response_seconds": 9, "resolution_seconds": 9, "contacts": 1}
    invoice = {"amount": 990_000, "cost": 10_000, "currency": "EUR"}
    return with_rows(
        tables,
        customers=[
            {"customer_id": "later", "start_date": LONG_AFTER},
            {"customer_id": "former", "start_date": LONG_AGO, "end_date": date(2022, 4, 4)},
        ],
        invoices=[
            {"customer_id": who, "invoice_date": day, "invoice_id": f"x-{who}"} | invoice
            for who, day in (("c00", LONG_AFTER), ("later", LONG_AFTER), ("former", LONG_AGO))
        ],
        surveys=[
            answer | {"response_id": f"x-{day}", "sent_at": day, "responded_at": day} | other
            for day in (LONG_AGO, LONG_AFTER)
            for other in ({}, {"kind": "nps", "scale_min": 0, "scale_max": 10})
        ],
        tickets=[
            ticket | {"ticket_id": f"x-{day}", "created_on": day, "resolved_on": day}
            for day in (LONG_AGO, LONG_AFTER)
        ],
    )


def with_rows_of_nobody(tables):
    answer = {"response_id": "nobody", "sent_at": worlds.INSIDE, "responded_at": worlds.INSIDE}
    return with_rows(
        tables,
        invoices=[
            {"invoice_id": "nobody", "invoice_date": day, "amount": 70_000, "currency": "EUR"}
            for day in (worlds.INSIDE, date(2024, 11, 11))
        ],
        surveys=[answer | {"kind": "csat", "score": 2, "scale_min": 1, "scale_max": 5}],
    )


as_it_is = changed(dict)
in_another_order = changed(shuffled)
of_even_customers = changed(half(even))
of_odd_customers = changed(half(odd))
twice_as_many = changed(doubled)
ten_times_dearer = changed(tenfold)
with_more_outside = changed(with_rows_outside)
with_more_of_nobody = changed(with_rows_of_nobody)
without_rows = changed(lambda tables: {kind: rows.slice(0, 0) for kind, rows in tables.items()})


@law
def test_every_backend_answers_the_same(name):
    for at, world in enumerate(WORLDS):
        for other in (OTHERS[at % len(OTHERS)], OTHERS[(at + 1) % len(OTHERS)]):
            assert as_it_is(*world, USED)[name] == as_it_is(*world, other)[name]


@law
def test_the_order_of_rows_changes_nothing(name):
    for world in EVERYWHERE:
        assert in_another_order(*world)[name] == as_it_is(*world)[name]


@law
def test_no_rows_are_no_figure(name):
    for basis in ("dates", "activity"):
        for backend in BACKENDS:
            measure = without_rows(0, basis, backend)[name].measure
            assert measure.sample_size == 0
            if registry.get(name).unit is Unit.COUNT:
                assert measure.value == 0
            else:
                assert measure.value is None
                assert measure.reason.message


@pytest.mark.sweep
@law
def test_ids_account_for_their_part(name):
    for world in EVERYWHERE:
        found = as_it_is(*world)[name]
        for part, ids in found.ids.items():
            total, unit = found.measure.parts[part].total, found.measure.parts[part].unit
            assert ids == sorted(ids), part
            assert all(ids), part
            if unit is Unit.COUNT:
                assert len(set(ids)) == len(ids) == total, part
            elif not ids:
                assert total == 0, part
            else:
                assert only_of(ids, *world, name).parts[part].total == total, part


@pytest.mark.sweep
@law
def test_every_part_opens_to_members_that_add_up_and_to_their_rows(name):
    for world in EVERYWHERE:
        measure = as_it_is(*world)[name].measure
        tables = worlds.world(world[0], basis=world[1])
        for part_name, part in measure.parts.items():
            opened = part.opens()
            assert sum(opened.members[ADDS].to_pylist()) == part.total, part_name
            members = set(opened.members[MEMBER].to_pylist()) - {None}
            named = {one for rows in opened.rows for one in rows.table[MEMBER].to_pylist()}
            assert members <= named, part_name
            if opened.rows and all(rows.adds for rows in opened.rows):
                by_row = [one for rows in opened.rows for one in rows.table[ADDS].to_pylist()]
                assert sum(by_row) == part.total, part_name
            for rows in opened.rows:
                there = tables[rows.kind]
                for row in rows.table.to_pylist():
                    whole = there.slice(row["_row"] - 2, 1).to_pylist()[0]
                    assert {cell: row[cell] for cell in rows.cells if cell in whole} == {
                        cell: whole[cell] for cell in rows.cells if cell in whole
                    }


@pytest.mark.sweep
@law
def test_parts_of_two_populations_add_up(name):
    for world in DATED:
        whole = as_it_is(*world)[name]
        halves = [made(*world)[name] for made in (of_even_customers, of_odd_customers)]
        if any(answer.measure.value is None for answer in (whole, *halves)):
            continue
        totals, ids = Counter(), Counter()
        for answer in halves:
            totals.update({part: it.total for part, it in answer.measure.parts.items()})
            ids.update(f"{part} {one}" for part, them in answer.ids.items() for one in them)
        assert totals == {part: it.total for part, it in whole.measure.parts.items()}
        assert set(ids) == {f"{part} {one}" for part, them in whole.ids.items() for one in them}


@law
def test_twice_as_many_that_behave_alike_have_the_same_value(name):
    kpi = registry.get(name)
    added = kpi.unit in {Unit.COUNT, Unit.MONEY} and kpi.scales_with_period
    for world in EVERYWHERE:
        once, twice = (made(*world)[name].measure for made in (as_it_is, twice_as_many))
        assert twice.sample_size == 2 * once.sample_size
        assert twice.value == (once.value * 2 if added and once.value else once.value)


@law
def test_values_and_intervals_lie_within_their_bounds(name):
    kpi = registry.get(name)
    if kpi.unit is Unit.POINTS:
        assert (kpi.lowest, kpi.highest) == (-100, 100)
    for world in (*EVERYWHERE, *DATED):
        measure = as_it_is(*world)[name].measure
        if measure.value is None:
            continue
        low, high = measure.interval or (measure.value, measure.value)
        assert low <= measure.value <= high
        assert kpi.lowest is None or kpi.lowest <= low
        assert kpi.highest is None or high <= kpi.highest


@law
def test_money_scales_with_its_amounts(name):
    kpi = registry.get(name)
    for world in EVERYWHERE:
        before, after = (made(*world)[name].measure for made in (as_it_is, ten_times_dearer))
        scaled = before.value is not None and kpi.unit is Unit.MONEY
        assert after.value == (before.value * 10 if scaled else before.value)
        assert after.sample_size == before.sample_size


@law
def test_rows_outside_change_nothing(name):
    for world in DATED:
        assert with_more_outside(*world)[name] == as_it_is(*world)[name]


@law
def test_rows_of_nobody_change_totals_only(name):
    for world in DATED:
        seed, basis, _ = world
        people = set(worlds.world(seed, basis=basis)["customers"]["customer_id"].to_pylist())
        before, after = (made(*world)[name] for made in (as_it_is, with_more_of_nobody))
        for part, ids in before.ids.items():
            if ids and {*ids} <= people:
                assert after.ids[part] == ids, part


@law
def test_its_docstring_is_its_specification(name):
    doc = registry.get(name).doc
    summary = doc.partition("\n")[0]
    assert summary.endswith(".")
    assert re.findall(r"^[A-Z][a-z ]+:", doc, re.MULTILINE) == list(SECTIONS)


@law
def test_its_example_runs(name):
    compute = registry.get(name).compute
    (example,) = doctest.DocTestFinder(recurse=False).find(
        compute, name, globs=dict(compute.__globals__)
    )
    assert example.examples
    assert doctest.DocTestRunner(verbose=False).run(example).failed == 0


@law
def test_its_inputs_are_asked_for_by_name(name):
    parameters = inspect.signature(registry.get(name).compute).parameters.values()
    assert {it.kind for it in parameters} == {inspect.Parameter.KEYWORD_ONLY}


@law
def test_it_has_a_test_file_with_worlds_of_its_own(name):
    """Whether the oracle in it shares no code with the KPI is for a reader to see."""
    file = Path(__file__).with_name(f"test_{name}.py")
    assert file.is_file()
    assert 'parametrize("seed"' in file.read_text("utf-8")


@every_kpi
def test_the_worlds_give_it_a_value_in_most_of_the_laws(name):
    """A law over figures that are all undefined would hold whatever the KPI did."""
    found = [as_it_is(*world)[name].measure.value for world in DATED]
    halves = [
        made(*world)[name].measure.value
        for world in DATED
        for made in (of_even_customers, of_odd_customers)
    ]
    assert sum(value is not None for value in found) >= len(DATED) // 2
    assert sum(value is not None for value in halves) >= len(DATED) // 2
    assert len({*found} - {None}) > 1


@every_kpi
def test_its_exemptions_are_from_laws_that_there_are(name):
    exempt = registry.get(name).exempt
    assert all(callable(globals().get(f"test_{law_name}")) for law_name in exempt)
    assert all(reason.strip() for reason in exempt.values())


def test_an_exemption_that_nothing_needs_fails(monkeypatch):
    exempt = replace(registry.get("nps"), exempt={"all_is_well": "for a reason that has passed"})
    monkeypatch.setattr(registry, "get", lambda _: exempt)

    def test_all_is_well(name):
        del name

    with pytest.raises(pytest.fail.Exception, match="DID NOT RAISE"):
        law(test_all_is_well)("nps")


def test_an_exemption_that_is_needed_holds(monkeypatch):
    exempt = replace(registry.get("nps"), exempt={"it_is_csat": "it is the other one"})
    monkeypatch.setattr(registry, "get", lambda _: exempt)

    def test_it_is_csat(name):
        assert name == "csat"

    law(test_it_is_csat)("nps")
