"""Weights of facts: they know what is weighed, and are what the rows that they were fitted to say."""

from __future__ import annotations

import tomllib

import numpy as np
import pytest
from tests.mapping.fit_weights import HELD, KINDS, WEIGHTS, Fit, rows

from retention_cli.mapping import weighing
from retention_cli.mapping.words import meaning

WRITTEN = tomllib.loads(WEIGHTS.read_text("utf-8"))


def test_every_fact_that_is_weighed_can_be_told_and_what_cells_tell_is_weighed():
    meanings = {one for name in meaning._LANGUAGES for one in meaning._toml(name)}
    makers = (
        weighing.words,
        weighing._of_cells,
        weighing._of_payers,
        weighing._of_tickets,
        weighing._of_types,
    )
    named = {one for maker in makers for one in maker.__code__.co_consts if isinstance(one, str)}
    told = {
        one
        for one in named - {maker.__doc__ for maker in makers}
        if one.count(" ") and one[-1] != " "
    }
    told |= {"starts", "any sheet", *(f"all of {kind}" for kind in KINDS[:-1])}
    told |= {"means of surveys", "means of tickets"}
    places = {f"{where}{one}" for where in ("", "first ", "file ") for one in meanings}
    assert WRITTEN["facts"].keys() <= places | told
    assert told | {*HELD} <= WRITTEN["facts"].keys()
    assert tuple(WRITTEN["kinds"]) == KINDS
    assert {len(line) for line in WRITTEN["facts"].values()} == {len(KINDS)}


@pytest.mark.slow
def test_rows_are_decided_as_written_once_weights_are_fitted_again():
    fit = Fit(rows())
    facts = [WRITTEN["facts"].get(fact, [0] * len(KINDS)) for fact in fit.facts]
    written = np.concatenate([[*WRITTEN["columns"].values()], np.array(facts).T.ravel()])
    best = fit.odds(written).argmax(1)
    assert (fit.odds(fit.weights()).argmax(1) == best).all()
    assert (best == fit.kinds).mean() > 0.99
