from __future__ import annotations

from typing import Annotated

import pyarrow as pa
import pytest

from retention_cli import records
from retention_cli.records.base import (
    DAY,
    Headers,
    Record,
    Words,
    column_of,
    form_of,
    headers_of,
    may_be_blank,
    words_of,
)
from retention_cli.records.fields import (  # noqa: TC001 -- pydantic reads them at run time
    FilledDay,
    Id,
    Text,
)


class Plain(Record):
    number: int
    name: str | None = None


class Marked(Record):
    who: Annotated[Id, Headers(strong=("id",))]
    since: FilledDay = None
    state: Annotated[Text, Words(ours={"on": ("yes",)})] = None


def field(model, name):
    return model.model_fields[name]


def test_a_field_carries_the_marks_of_its_type_and_its_own():
    assert form_of(field(Marked, "since")) is DAY
    assert column_of(field(Marked, "since")).arrow == pa.date32()
    assert headers_of(field(Marked, "who")).strong == ("id",)
    assert words_of(field(Marked, "state")).ours == {"on": ("yes",)}


def test_a_field_without_marks_has_none():
    number = field(Plain, "number")
    assert (column_of(number), form_of(number), words_of(number)) == (None, None, None)
    assert headers_of(number) == Headers()


@pytest.mark.parametrize(
    ("model", "name", "may"),
    [
        pytest.param(Plain, "number", True, id="a column that has to be there"),
        pytest.param(Plain, "name", True, id="not required"),
        pytest.param(Marked, "who", False, id="an id"),
        pytest.param(Marked, "since", False, id="filled where it is there"),
        pytest.param(Marked, "state", True, id="text"),
    ],
)
def test_a_cell_may_be_blank_unless_its_field_says_otherwise(model, name, may):
    assert may_be_blank(field(model, name)) is may


def test_a_record_without_rules_suspects_settles_and_prices_nothing():
    columns = {"name": pa.array(["a"])}
    assert Plain.suspects(columns) is None
    assert Plain.settle(columns, {}, {}).columns == columns
    assert Plain.priced(columns, {"Ann": "5"}) == columns


def test_a_record_is_frozen_and_knows_no_other_columns():
    with pytest.raises(ValueError, match="frozen"):
        Plain(number=1).number = 2
    with pytest.raises(ValueError, match="Extra inputs"):
        Plain(number=1, other=2)


@pytest.mark.parametrize("kind", records.names())
def test_what_a_model_names_are_its_own_columns(kind):
    model = records.model(kind)
    named = (
        *(*model.key, *model.line_of, *model.dated_by, *model.needs_one_of),
        *(*model.figures_rest_on, *model.told_by),
    )
    assert set(named) <= set(model.model_fields)


@pytest.mark.parametrize("kind", records.names())
def test_every_column_has_a_fast_lane(kind):
    assert all(column_of(info) for info in records.model(kind).model_fields.values())


def test_kinds_are_listed_by_the_names_of_their_files():
    assert records.names() == ("costs", "customers", "invoices", "surveys", "tickets")
    with pytest.raises(KeyError):
        records.model("base")
