"""Fixtures that more than one room uses."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

from retention_cli.frames import BACKENDS

# CI draws the same examples each time, so that a change is judged and not the dice; whoever runs
# the tests by hand draws new ones.
settings.register_profile("ci", derandomize=True, deadline=None)
if os.environ.get("CI"):
    settings.load_profile("ci")

SHARED = Path(__file__).parents[2] / "shared"


@pytest.fixture(params=BACKENDS)
def backend(request):
    return request.param


@pytest.fixture
def shared_data():
    """The public data sets beside the project; tests that need them skip where they are not."""
    data = SHARED / "data"
    if not data.is_dir():
        pytest.skip("the public data sets are not beside the project")
    return data
