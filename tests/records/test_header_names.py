"""Names of columns by language: each is of a column that there is, and stands in one place of it."""

from __future__ import annotations

import tomllib
from collections import Counter

import pytest

from retention_cli import records
from retention_cli.mapping.headers import folded
from retention_cli.records import header_names
from retention_cli.records.base import headers_of

FILES = sorted(header_names._FOLDER.glob("*.toml"))
OF_KINDS = {
    *("foreign", "deal", "notice_period", "written", "guest", "no_answer", "completion"),
    *("marks", "free", "away"),
    *("apart", "household", "on_behalf", "reminder", "withdrawn", "automatic"),
    *("vacant", "foremost"),
    *(
        "test",
        "tried",
        "counted",
        "unfinished",
        "finished",
        "progress",
        "sum",
        "mean",
        "periods",
        "weights",
    ),
}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_names_are_of_columns_that_there_are(file):
    told = tomllib.loads(file.read_text("utf-8"))
    told.pop("scales", None)
    told.pop("doubts", None)
    for kind, columns in told.items():
        known = records.model(kind).model_fields if kind != "every" else {"customer_id"}
        assert {*columns} - OF_KINDS <= {*known}, kind


@pytest.mark.parametrize("kind", records.names())
def test_no_name_of_a_column_stands_twice(kind):
    for column, info in records.model(kind).model_fields.items():
        known = headers_of(info)
        names = Counter(map(folded, (*known.strong, *known.weak, *known.faint)))
        assert [name for name, count in names.items() if count > 1] == [], column


def test_a_name_of_every_language_is_read():
    assert {file.stem for file in FILES} >= {"de", "en", "es", "fr", "it", "nl", "pt"}
    model = records.model("customers")
    renewals = headers_of(model.model_fields["renewal_date"]).strong
    assert {"renews on", "verlangerung", "renovacion", "rinnovo", "verlengingsdatum"} <= {*renewals}
