"""Fixtures that more than one room uses."""

from __future__ import annotations

from pathlib import Path

import pytest

from retention_cli.frames import BACKENDS

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
