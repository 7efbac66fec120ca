"""What the words of a status were taken for is said where they alone tell who has left."""

from __future__ import annotations

import pytest

from retention_cli.loading.one_file import read_parts
from retention_cli.settings import ExportRule, Settings
from retention_cli.sources.locating import Located


@pytest.fixture
def assumed(tmp_path):
    def of(header, *rows, values=None):
        path = tmp_path / "crm.csv"
        path.write_text("\n".join([header, *rows]) + "\n", "utf-8")
        rule = ExportRule(file="crm.csv", kind="customers", values={"status": values or {}})
        settings = Settings(export=(rule,) if values else ())
        (part,) = read_parts(Located(path), settings)
        return part.text.assumed

    return of


FLAG, DATED = "Customer ID,Status", "Customer ID,Start Date,End Date,Status"


@pytest.mark.parametrize(
    ("header", "rows", "said"),
    [
        pytest.param(
            FLAG,
            ["1,Stayed", "2,Joined", "3,Churned", "4,Stayed"],
            "status: 'Churned' (1) is taken for ended, 'Joined' (1) for new, 'Stayed' (2) for active",
            id="a flag",
        ),
        pytest.param(
            "Customer ID,Churned",
            ["1,Yes", "2,No"],
            "status: 'No' (1) is taken for active, 'Yes' (1) for ended",
            id="yes and no under a header that says of what",
        ),
        pytest.param(FLAG, ["1,active", "2,ended", "3,new"], None, id="our own words"),
        pytest.param(FLAG, ["1,Gold", "2,"], None, id="words that nobody knows, and blanks"),
        pytest.param(DATED, ["1,2024-01-01,,Churned"], None, id="ends tell it"),
        pytest.param(DATED, ["1,2024-01-01,2025-01-01,Paused"], None, id="an end tells it"),
        pytest.param(
            DATED,
            ["1,2024-01-01,,Paused", "2,2024-01-01,2025-01-01,Paused", "3,2024-01-01,,Active"],
            'status: \'Paused\' (1) without an end count as customers; "Paused" = "ended" under'
            " [export.values.status] says that they left",
            id="a word that nobody knows, without an end",
        ),
    ],
)
def test_each_word_is_said_with_what_it_was_taken_for(assumed, header, rows, said):
    assert assumed(header, *rows) == ((said,) if said else ())


def test_what_the_settings_say_is_not_assumed(assumed):
    found = assumed(FLAG, "1,Joined", "2,Left", values={"Joined": "active"})
    assert found == ("status: 'Left' (1) is taken for ended",)
    assert assumed(DATED, "1,2024-01-01,,Paused", values={"paused": "active"}) == ()


def test_a_long_list_is_cut(assumed):
    words = ["churned", "lost", "left", "Cancelled", "closed", "former", "inactive", "terminated"]
    words += ["expired", "exited", "baja", "perdu", "aktiv", "joined"]
    (said,) = assumed(FLAG, *(f"{n},{word}" for n, word in enumerate(words)))
    assert said.endswith(" and 2 more")
