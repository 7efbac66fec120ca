"""Words beside scores that say otherwise are asked about, or said."""

from __future__ import annotations

import pytest

from retention_cli.errors import DataRefusedError
from retention_cli.mapping.sheets import assign
from retention_cli.reading.delimited.csv import read_csv
from retention_cli.settings import ExportRule


def laid_out(header, *rows, rule=()):
    text = "\n".join([f"Response ID,Date,{header}", *rows, ""]).encode()
    return assign([read_csv(text, file="survey.csv")], rules=rule)[0].layout.proven


def answers(*cells):
    return [f"{n},2025-06-03,{cell}" for n, cell in enumerate(cells, 1)]


TURNED = answers("1,Very satisfied", "2,Satisfied", "5,Very dissatisfied")


def test_scores_whose_labels_praise_the_low_ones_are_turned_round_or_refused():
    with pytest.raises(DataRefusedError) as caught:
        laid_out("CSAT,Label", *TURNED)
    assert "'Label' says 'Very satisfied' of 1 and 'Very dissatisfied' of 5" in caught.value.message
    assert '"1" = "5"' in caught.value.snippet
    told = ExportRule(file="survey.csv", kind="surveys", values={"score": {"1": "5"}})
    laid_out("CSAT,Label", *TURNED, rule=[told])


@pytest.mark.parametrize(
    "cells",
    [
        ("5,Very satisfied", "1,Very dissatisfied"),
        ("1,Very satisfied", "2,Satisfied"),
        ("1,Blue", "5,Red"),
    ],
)
def test_labels_that_agree_or_say_nothing_are_not_spoken_of(cells):
    assert not any("says" in one for one in laid_out("CSAT,Label", *answers(*cells)))


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        (("10,Promoter", "8,Promoter", "3,Detractor"), "'Promoter' of a score of 8"),
        (("10,Promoteur", "7,Détracteur"), "'Détracteur' of a score of 7"),
        (("10,Promoter", "8,Passive", "6,Detractor"), None),
    ],
)
def test_groups_that_are_others_by_their_scores_are_said(cells, said):
    found = [one for one in laid_out("NPS,Group", *answers(*cells)) if "says" in one]
    assert found == ([f"'Group' says {said}: figures rest on the scores"] if said else [])
