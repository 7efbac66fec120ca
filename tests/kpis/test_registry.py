from __future__ import annotations

from pathlib import Path

import pytest

import worlds
from retention_cli import kpis
from retention_cli.errors import UnknownNameError
from retention_cli.kpis import computing, registry
from retention_cli.kpis.registry import Group, kpi
from retention_cli.values.measures import Better, Measure, Unit


def declared(**other):
    told = {
        "title": "Any",
        "unit": Unit.RATIO,
        "better": Better.HIGHER,
        "group": Group.VOICE,
        "place": 10,
    }
    return kpi(**(told | other))


def computed(names, tables, backend="pandas"):
    return computing.compute(
        names, dataset=worlds.dataset(tables, backend), period=worlds.PERIOD, settings={}
    )


def test_every_file_is_a_kpi_of_its_name():
    assert tuple(sorted(found.name for found in registry.every())) == kpis.names()
    assert all(registry.get(name).compute.__name__ == name for name in kpis.names())


def test_kpis_stand_in_the_order_of_the_scorecard():
    found = registry.every()
    groups = [one.group for one in found]
    assert groups == sorted(groups, key=list(Group).index)
    for group in Group:
        places = [one.place for one in found if one.group is group]
        assert places == sorted(set(places))


def test_titles_tell_kpis_apart():
    titles = [found.title for found in registry.every()]
    assert len(set(titles)) == len(titles)
    assert all(title[0].isupper() or title.startswith("n") for title in titles)


def test_an_unknown_kpi_is_answered_with_the_nearest():
    with pytest.raises(UnknownNameError) as refused:
        registry.get("retention_rte")
    assert "retention_rate" in f"{refused.value} {refused.value.hint}"


@pytest.mark.parametrize(
    "name", ["registry", "_invoices", "__init__", "ingredients", "cohort", "../registry", ""]
)
def test_what_is_no_kpi_has_no_kpi(name):
    with pytest.raises(UnknownNameError):
        registry.get(name)


def test_an_input_that_nothing_gives_is_refused_when_it_is_written():
    with pytest.raises(UnknownNameError) as refused:

        @declared()
        def share(*, membershp):
            del membershp

    assert "membership" in f"{refused.value} {refused.value.hint}"


def test_a_declaration_is_read_off_its_function():
    @declared(lowest=None, exempt={"a_law": "a reason"})
    def share(*, invoices, period):
        """Divide."""
        del invoices, period

    found = share.kpi
    assert (found.name, found.inputs, found.doc) == ("share", ("invoices", "period"), "Divide.")
    assert (found.lowest, found.highest, found.scales_with_period) == (None, None, False)
    assert found.exempt == {"a_law": "a reason"}
    assert found.compute is share


@pytest.mark.parametrize(
    ("name", "needs"),
    [
        pytest.param("retention_rate", ("customers",), id="membership counts as customers"),
        pytest.param("nps", ("surveys",), id="through an ingredient"),
        pytest.param("monthly_churn_rate", ("customers",), id="through another KPI"),
        pytest.param("survey_response_rate", ("surveys",), id="asked for itself"),
    ],
)
def test_what_exports_a_kpi_rests_on(name, needs):
    assert registry.needs(name) == needs


def test_without_its_export_a_kpi_says_so(backend):
    tables = worlds.world(0)
    del tables["surveys"]
    found = computed(("nps", "survey_response_rate"), tables, backend)
    assert {one.reason.code for one in found.values()} == {"not-loaded"}
    assert found["nps"].reason.message == "no surveys in the exports"


@pytest.mark.parametrize(
    "name", ["retention_rate", "churn_rate", "monthly_churn_rate", "customers_acquired"]
)
def test_without_any_basis_nobody_is_a_customer_known(name):
    nameless = worlds.table("customers", [{"customer_id": "a"}], without=("start_date", "status"))
    found = computed((name,), {"customers": nameless.drop_columns(["end_date"])})[name]
    assert found.reason.code == "no-basis"
    assert "invoice" in found.reason.hint


def test_without_customers_and_invoices_membership_is_not_loaded():
    found = computed(("retention_rate",), {"surveys": worlds.world(0)["surveys"]})
    assert found["retention_rate"].reason.code == "not-loaded"


def test_every_kpi_says_why_it_has_nothing_to_go_by():
    for name, measure in computed(kpis.names(), {}).items():
        assert measure.value is None, name
        assert measure.reason.code in {"not-loaded", "no-basis"}, name


def test_figures_come_in_the_order_asked_for():
    wanted = ("nps", "churn_rate", "csat")
    assert tuple(computed(wanted, worlds.world(0))) == wanted


def test_an_ingredient_is_made_once_for_all_kpis(monkeypatch):
    from retention_cli.kpis.ingredients import cohort as room  # noqa: PLC0415  # to count its calls

    made, cohort = [], room.cohort

    def counting(*, membership, period):
        made.append(period)
        return cohort(membership=membership, period=period)

    monkeypatch.setattr(room, "cohort", counting)
    found = computed(kpis.names(), worlds.world(0))
    assert found["churn_rate"].value is not None
    assert made == [worlds.PERIOD]


def test_a_kpi_that_gives_no_measure_is_a_mistake_of_ours(monkeypatch):
    from retention_cli.kpis import nps as room  # noqa: PLC0415  # to break it

    monkeypatch.setattr(room, "nps", lambda *, nps_answers: nps_answers)
    with pytest.raises(TypeError, match="nps gave no Measure"):
        computed(("nps",), worlds.world(0))


REFUSED = Measure.undefined("no-starters", "nobody was there", basis="dates", notes=("a note",))


@pytest.mark.parametrize("name", ["retention_rate", "churn_rate", "net_revenue_retention"])
def test_a_kpi_answers_what_its_ingredient_answers_that_has_nothing_to_give(monkeypatch, name):
    from retention_cli.kpis.ingredients import starters as room  # noqa: PLC0415  # to refuse

    monkeypatch.setattr(room, "starters", lambda *, cohort: cohort and REFUSED)
    assert computed((name,), worlds.world(0))[name] is REFUSED


def test_an_ingredient_that_can_do_without_another_does(monkeypatch):
    from retention_cli.kpis.ingredients import purchase_history as room  # noqa: PLC0415  # to refuse

    expected = computed(("repeat_purchase_rate",), worlds.world(0))["repeat_purchase_rate"]
    monkeypatch.setattr(room, "purchase_history", lambda *, invoices: invoices and REFUSED)
    found = computed(("repeat_purchase_rate",), worlds.world(0))["repeat_purchase_rate"]
    assert found.value == expected.value is not None


def test_no_kpi_asks_whether_its_ingredients_refuse():
    folder = Path(kpis.__file__).parent
    texts = {name: (folder / f"{name}.py").read_text("utf-8") for name in kpis.names()}
    assert [
        name for name, text in texts.items() if "isinstance(" in text or "refusal" in text
    ] == []


def test_settings_reach_the_kpi_that_asks_for_them():
    rows = worlds.scored({9: 1, 8: 1}, (0, 10))
    tables = {"surveys": worlds.table("surveys", rows)}
    assert worlds.answer("csat", tables).reason.code == "scale-without-top"
    assert isinstance(worlds.answer("csat", tables, csat_top=(9, 10)), Measure)
    assert worlds.answer("csat", tables, csat_top=(9, 10)).value == 0.5
