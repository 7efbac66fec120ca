from __future__ import annotations

import subprocess
import sys

import pytest

from reports import sample
from retention_cli import reports
from retention_cli.errors import UnknownNameError


def test_the_formats_are_the_files_of_the_folder():
    assert reports.names("scorecard") == (
        "csv",
        "github",
        "html",
        "json",
        "markdown",
        "table",
        "xlsx",
    )
    assert reports.names("accounts") == ("csv", "html", "json", "markdown", "table", "xlsx")
    assert reports.names("check") == ("html", "json", "markdown", "table")
    assert reports.names("explain") == ("csv", "json", "markdown", "table")
    assert reports.names("kpis") == ("json", "table")


@pytest.mark.parametrize("name", reports.names("scorecard"))
def test_every_format_renders_a_scorecard(name):
    assert reports.renderer(name, of="scorecard")(sample.card())


@pytest.mark.parametrize("name", reports.names("check"))
def test_every_format_renders_a_check(name):
    assert reports.renderer(name, of="check")(sample.check())


def test_an_unknown_format_is_answered_with_the_nearest():
    with pytest.raises(UnknownNameError) as error:
        reports.renderer("tabel", of="scorecard")
    assert error.value.hint == "did you mean 'table'?"
    with pytest.raises(UnknownNameError):
        reports.renderer("csv", of="check")


def test_listing_the_formats_imports_none_of_them():
    code = (
        "import sys; from retention_cli import reports; reports.names('scorecard');"
        "print([name for name in ('rich', 'pydantic', 'pyarrow') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
