"""What a preset may say, and that what each of them says means something."""

from __future__ import annotations

import re

import pytest
from pydantic import ValidationError

from preset_samples import HEADERS
from retention_cli import records
from retention_cli.errors import UnknownNameError
from retention_cli.mapping.headers import places_of
from retention_cli.mapping.presets import names, preset
from retention_cli.mapping.presets.vocabulary import Made, Preset
from retention_cli.records.base import words_of
from retention_cli.records.document_types import TYPES

LEAST = {
    "name": "a-b",
    "system": "A",
    "object": "b",
    "signature": {"required": ["One", "Two"]},
    "feeds": {"customers": {"columns": {"customer_id": "One"}}},
}


def told(**more):
    return Preset.model_validate({**LEAST, **more})


def test_a_header_may_be_one_text_or_several_and_a_condition_one_or_more():
    found = told(
        signature={"required": ["One", ["Two", "Zwei"]]},
        negate=[{"columns": "One", "when": {"column": "Two", "is": "x"}, "because": "it is"}],
    )
    assert found.signature.required == (("One",), ("Two", "Zwei"))
    assert found.negate[0].columns == ("One",)
    assert found.negate[0].when[0].is_ == ("x",)


WRONG = [
    ({"colour": "red"}, "Extra inputs"),
    ({"feeds": {}}, "at least 1"),
    ({"signature": {"required": ["One"]}}, "at least 2"),
    ({"signature": {"required": ["One", "Two"], "some": []}}, "Extra inputs"),
    ({"utc": "One"}, "valid tuple"),
    ({"rewrite": [{"columns": "One", "pattern": "x"}]}, "with"),
    ({"negate": [{"columns": "One", "when": [], "because": "it is"}]}, "at least 1"),
    (
        {"negate": [{"columns": "One", "when": {"column": "Two"}, "because": "it is"}]},
        "says one of",
    ),
    (
        {
            "negate": [
                {"columns": "A", "when": {"column": "B", "is": "x", "blank": True}, "because": "-"}
            ]
        },
        "says one of",
    ),
]


@pytest.mark.parametrize(("more", "why"), WRONG)
def test_what_no_preset_may_say_is_refused(more, why):
    with pytest.raises(ValidationError, match=why):
        told(**more)


@pytest.mark.parametrize(
    "recipe",
    [
        {},
        {"from": "A"},
        {"unit": "minutes"},
        {"first": ["A"], "join": ["A"]},
        {"subtract": ["A"], "from": "B", "unit": "cents"},
    ],
)
def test_a_recipe_is_exactly_one(recipe):
    with pytest.raises(ValidationError, match="a recipe is one of"):
        Made.model_validate(recipe)


def test_an_unknown_preset_is_answered_with_the_nearest():
    with pytest.raises(UnknownNameError, match="unknown preset 'xero-sales-invoice'") as unknown:
        preset("xero-sales-invoice")
    assert unknown.value.hint == "did you mean 'xero-sales-invoices'?"


# every preset


@pytest.mark.parametrize("name", names())
def test_a_preset_speaks_of_kinds_and_columns_that_there_are(name):
    for kind, feed in preset(name).feeds.items():
        fields = records.model(kind).model_fields
        assert {*feed.columns, *feed.values, *feed.constants} <= set(fields), kind
        needed = {column for column, info in fields.items() if info.is_required()}
        assert needed <= {*feed.columns, *feed.constants}, kind


@pytest.mark.parametrize("name", names())
def test_the_words_of_a_preset_are_put_for_words_of_ours(name):
    for kind, feed in preset(name).feeds.items():
        for column, words in feed.values.items():
            ours = words_of(records.model(kind).model_fields[column])
            known = set(ours.ours) if ours else {"good", "bad", *TYPES}
            assert set(words.values()) <= known, (kind, column)


@pytest.mark.parametrize("name", names())
def test_every_header_that_a_preset_reads_is_one_of_those_that_tell_it(name):
    found = preset(name)
    told = [one for some in found.signature.required for one in some] + [*found.signature.known]
    unsaid = {found.layout.group, "#"}
    fixed = [one for one in headers_read(found) - unsaid if "*" not in one and "{" not in one]
    assert [one for one in fixed if not any(places_of([one], known) for known in told)] == []


def headers_read(found):
    names = set()
    for feed in found.feeds.values():
        for sources in feed.columns.values():
            for source in sources:
                names |= set(source.headers) if isinstance(source, Made) else {source}
        names |= {one for rule in feed.skip for c in rule.when for one in c.column[:1]}
    names |= {one for rule in found.negate for c in rule.when for one in c.column[:1]}
    return names


@pytest.mark.parametrize("name", names())
def test_a_preset_is_named_after_its_system_and_doubles_are_presets_that_say_so_too(name):
    found = preset(name)
    start = re.sub(r"[^a-z]", "", found.system.lower())
    assert start.endswith(name.partition("-")[0]) or start.startswith(name.partition("-")[0])
    for other in found.doubles:
        assert name in preset(other).doubles


@pytest.mark.parametrize("name", names())
def test_a_reason_goes_on_where_a_sentence_breaks_off(name):
    found = preset(name)
    rules = [*found.negate, *(rule for feed in found.feeds.values() for rule in feed.skip)]
    for text in (*(rule.because for rule in rules), *found.notes):
        assert text[0].islower() or text[0] == "'", text
        assert not text.endswith("."), text


def test_the_samples_have_the_columns_that_presets_turn_on():
    """A rule whose column no sample has would be tested by nothing."""
    for name in names():
        found = preset(name)
        rules = [*found.negate, *(rule for feed in found.feeds.values() for rule in feed.skip)]
        for rule in rules:
            for condition in rule.when:
                there = any(places_of(HEADERS[name], one) for one in condition.column)
                assert there, (name, condition.column)
