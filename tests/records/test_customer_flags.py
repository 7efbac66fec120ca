"""What a yes means is told by a header: its word, and whether that is denied."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retention_cli.records.customer_flags import told_by_yes

ENDED = (
    *("Churned", "churned?", "Is Inactive", "Not active", "NotRetained", "Ex-customer", "Lost"),
    *("Customer Cancelled", "Inaktiv", "Nicht aktiv", "Gekündigt (ja/nein)", "Kein Kunde mehr"),
    *("Nicht mehr Kunde", "No longer a customer", "no longer active", "Résilié", "Non actif"),
    *("Cliente perdido", "Baja", "has_churned", "hasChurned", "is_churned", "ischurned", "Churn"),
    *("Churn Value", "Attrition_Flag", "Former customer", "Churned (Y/N)", "Churned (0/1)"),
)
ACTIVE = (
    *("Active", "isActive", "is active?", "Retained?", "Still customer", "Noch Kunde", "ist aktiv"),
    *("Not churned", "not_lost", "Nicht gekündigt", "Current customer", "Account Active (Yes/No)"),
    *("Toujours client", "Cliente activo", "Stayed", "Kept", "Aktiv (j/n)"),
)
NEITHER = (
    *("", "Status", "Newsletter", "Churn Risk", "Churn Score", "Active Users", "Active or lost"),
    *("Closed Won", "Lost Reason", "Active since", "noch nicht gekündigt", "Not not active"),
    *("Renewed", "Customer", "No", "1 = active, 0 = churned"),
)


@pytest.mark.parametrize("header", ENDED)
def test_a_yes_says_that_the_customer_has_left(header):
    assert told_by_yes(header) == "ended"


@pytest.mark.parametrize("header", ACTIVE)
def test_a_yes_says_that_the_customer_is_there(header):
    assert told_by_yes(header) == "active"


@pytest.mark.parametrize("header", NEITHER)
def test_a_header_that_tells_nothing_or_two_things_is_not_read(header):
    assert told_by_yes(header) is None


@given(st.sampled_from(["churned", "active", "lost", "aktiv", "résilié", "retained"]))
def test_a_denial_turns_the_meaning_round(word):
    assert {told_by_yes(word), told_by_yes(f"not {word}")} == {"active", "ended"}


@given(st.sampled_from([*ENDED, *ACTIVE]), st.text(alphabet="xyzwq", min_size=2, max_size=8))
def test_a_word_that_is_not_known_takes_the_meaning_away(header, word):
    assert told_by_yes(f"{header} {word}") is None
