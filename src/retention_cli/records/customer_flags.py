"""Columns of yes and no that tell who is still a customer, by their headers: `Inactive`, `Noch Kunde`."""

from __future__ import annotations

import re
from functools import lru_cache

from retention_cli.records.word_classes import plain_words

ACTIVE, ENDED = "active", "ended"

_OPPOSITE = {ACTIVE: ENDED, ENDED: ACTIVE}
_SAYS = {
    ENDED: (
        "churn churned churner chrun lost left gone exited attrited attrition cancelled canceled"
        " terminated closed expired deactivated disabled inactive unsubscribed lapsed quit former ex"
        " gekundigt gekuendigt kundigung kuendigung abgewandert beendet ausgetreten verloren inaktiv"
        " gekundigter beendeter inaktiver inaktives ehemalig ehemaliger ehemalige resilie resiliee perdu perdue parti partie inactif inactive desactive"
        " baja perdido perdida cancelado cancelada inactivo inactiva desactivado abandono fuga"
        " perso persa disdetto cessato inattivo inattiva abbandono opgezegd vertrokken inactief"
        " inativo inativa cancelou saiu"
    ),
    ACTIVE: (
        "active aktiv aktive aktiver aktives laufend laufender bestehender actif activo activa attivo attiva ativo ativa actief retained retention"
        " kept stayed remained current live existing enabled still subscribed noch bestehend"
        " toujours encore vigente sigue ancora nog ainda"
    ),
}
_MEANING = {word: meaning for meaning, words in _SAYS.items() for word in words.split()}
_NOT = frozenset(["not", "no", "non", "nicht", "kein", "keine", "pas", "niet", "nao", "isnt"])
_FILLERS = frozenset(
    [
        "is",
        "was",
        "has",
        "are",
        "ist",
        "war",
        "hat",
        "est",
        "es",
        "a",
        "un",
        "une",
        "ein",
        "eine",
        "e",
        "the",
        "customer",
        "customers",
        "client",
        "clients",
        "cliente",
        "clientes",
        "kunde",
        "kundin",
        "klant",
        "account",
        "accounts",
        "konto",
        "compte",
        "cuenta",
        "conto",
        "cust",
        "user",
        "subscriber",
        "subscription",
        "member",
        "abo",
        "contract",
        "vertrag",
        "status",
        "flag",
        "flagge",
        "indicator",
        "ind",
        "label",
        "value",
        "val",
        "yn",
        "jn",
        "kz",
        "kennzeichen",
        "bin",
        "binary",
        "bool",
        "boolean",
        "y",
        "n",
        "in",
        "of",
        "period",
        "service",
    ]
)
_NO_MORE = frozenset(["longer", "mehr", "more", "plus", "mas", "piu", "meer", "mais"])
_ANSWERS = re.compile(r" (?:y|yes|j|ja|o|oui|s|si|true|wahr|vrai|1) (?:n|no|nein|non|false|falsch|faux|0)\b"
                      r"| (?:0 1|n y|no yes|false true)\b")  # fmt: skip
"""What a header says of how its cells are written: `(Yes/No)` denies nothing."""
_RUN_TOGETHER = re.compile(r"(?:is|has|ist|est)(?=(?:churn|active|aktiv|actif|inactive|lost|left))")


@lru_cache(maxsize=1 << 12)
def told_by_yes(header: str) -> str | None:
    """Say what a yes means in a column of this name: active, ended, or None where it tells neither.

    Example:
        >>> [told_by_yes(name) for name in ("Churned?", "Not active", "Still customer")]
        ['ended', 'ended', 'active']
        >>> told_by_yes("Newsletter"), told_by_yes("Active or lost")
        (None, None)
    """
    words = _RUN_TOGETHER.sub("", _ANSWERS.sub("", plain_words(header))).split()
    found = {_MEANING[word] for word in words if word in _MEANING}
    denials = sum(word in _NOT for word in words)
    if denials and not _NO_MORE.isdisjoint(words):
        found.add(ACTIVE)
    known = _MEANING.keys() | _NOT | _FILLERS | (_NO_MORE if denials else frozenset())
    if len(found) != 1 or denials > 1 or not known.issuperset(words):
        return None
    meaning = found.pop()
    return _OPPOSITE[meaning] if denials else meaning
