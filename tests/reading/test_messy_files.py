"""Table files that readers stumble over: read with every row told, or refused with words."""

from __future__ import annotations

import json
from collections import Counter

import pytest

from retention_cli.errors import RetentionError
from retention_cli.mapping.presets.shapes import KNOWN
from retention_cli.reading import read

pytestmark = [pytest.mark.shared, pytest.mark.sweep]

SUFFIXES = {".csv", ".tsv", ".psv", ".ssv", ".txt"}
HEADERS_FOUND = {
    "csvkit/realdata/Datagov_FY10_EDU_recp_by_State.csv": 3,
    "frictionless-py/skip-rows.csv": 2,
    "frictionless-py/skip-rows-before-headers.csv": 2,
    "frictionless-py/matrix-with-comment.csv": 2,
    "frictionless-py/country-2.csv": 2,
    "messytables/mixedGLB.csv": 4,
}


def rows_of(sheet):
    return [batch.raw(place) for batch in sheet.batches for place in range(len(batch.rows))]


def test_every_messy_file_is_read_with_all_its_rows_or_refused(shared_data):
    files = [f for f in sorted((shared_data / "messy").rglob("*")) if f.suffix in SUFFIXES]
    assert len(files) > 250
    for file in files:
        try:
            (sheet,) = read(file, name=file.name, known=KNOWN)
        except RetentionError as error:
            assert file.name in error.message
            continue
        told = len(sheet.numbers) + len(sheet.torn) + len(sheet.aside) + sheet.blank
        assert told == sheet.rows, file


def test_csv_spectrum_is_read_as_it_says(shared_data):
    folder = shared_data / "messy" / "csv-spectrum"
    answers = sorted((folder / "json").glob("*.json"))
    assert len(answers) == 12
    for answer in answers:
        (sheet,) = read(folder / "csvs" / f"{answer.stem}.csv", name=answer.stem, known=KNOWN)
        wanted = json.loads(answer.read_text("utf-8"))
        wanted = wanted if isinstance(wanted, list) else [wanted]
        found = [dict(zip(sheet.headers, row, strict=True)) for row in rows_of(sheet)]
        # Line ends inside a cell are read as one sign.
        tidy = [{k: v.replace("\r\n", "\n") for k, v in row.items()} for row in wanted]
        if answer.stem == "location_coordinates":  # its answer has another phone number
            found, tidy = [
                [{**row, "Contact Phone Number": ""} for row in a] for a in (found, tidy)
            ]
        assert found == tidy, answer.stem


@pytest.mark.parametrize(("file", "row"), HEADERS_FOUND.items())
def test_a_header_is_found_where_it_stands(shared_data, file, row):
    path = shared_data / "messy" / file
    (sheet,) = read(path, name=path.name, known=KNOWN)
    assert sheet.header_row == row
    assert f"header found in row {row}" in sheet.notes[0]


# These are read by a header, which is their first row; of others no row is a header.
TORN = {
    "bad-missing-quote": "a quote opens there and never closes",
    "bad-header-less-fields": "has 2 of 3 fields",
    "bad-header-more-fields": "has 4 of 3 fields",
    "bad-quotes-with-unescaped-quote": "has text after a closing quote",
}
REFUSED = {
    "all-empty": "has only blank lines",
    "bad-header-no-header": "is empty (0 bytes)",
}


def test_csv_test_data_is_read_as_it_says_or_refused_with_words(shared_data):
    folder = shared_data / "messy" / "csv-test-data"
    answered = 0
    for path in sorted((folder / "csv").glob("*.csv")):
        name = path.stem
        if name in REFUSED:
            with pytest.raises(RetentionError) as refused:
                read(path, name=path.name)
            assert REFUSED[name] in refused.value.message
            continue
        (sheet,) = read(path, name=path.name)
        if name in TORN:
            (torn,) = sheet.torn
            assert torn.message.startswith(TORN[name])
        answer = folder / "json" / path.with_suffix(".json").name
        if not answer.exists():
            continue
        wanted = json.loads(answer.read_text("utf-8"))
        if name.startswith("header-"):
            found = [dict(zip(sheet.headers, row, strict=True)) for row in rows_of(sheet)]
        else:
            found = [list(sheet.headers), *map(list, rows_of(sheet)), *[[""]] * sheet.blank]
        assert (found, sheet.torn) == (wanted, ()), name
        answered += 1
    assert answered == 17


def test_a_survey_with_labels_of_answers_in_a_second_row_has_its_respondents(shared_data):
    path = shared_data / "surveymonkey-starwars" / "StarWars.csv"
    (sheet,) = read(path, name=path.name)
    assert (sheet.header_row, sheet.rows, len(sheet.headers)) == (2, 1186, 38)
    seen, fan, shot = (Counter(sheet.column(place).to_pylist()) for place in (1, 2, 29))
    assert seen == {"Yes": 936, "No": 250}
    assert fan == {"Yes": 552, "No": 284, None: 350}
    assert (shot["Han"], shot["Greedo"], shot[None]) == (325, 197, 358)
    assert sheet.headers[29] == "Which character shot first? Response"
