"""Names of headers that several kinds of export have in common."""

from __future__ import annotations

CUSTOMER_ID_NAMES = (
    *("account id", "client id", "customer number", "customer no", "customer nr"),
    *("account number", "account no", "cust id", "company id", "customer code"),
    *("subscriber id", "member id", "kundennummer", "kunden nr", "kunden id"),
    *("n client", "numero client", "id client", "code client", "id cliente"),
    *("numero de cliente", "client number", "customer ref", "n de client"),
    *("no client", "no de client", "numero de client", "no cliente", "no de cliente"),
    *("client no", "client nr", "client code", "client ref", "account code", "customer account"),
    *("customer account number", "debtor id", "debtor number", "kunden no", "kd nr"),
    *("debitorennummer", "debitoren nr", "debitor nr", "debitorenkonto", "kundenkonto"),
    *("id du client", "identifiant client", "reference client", "ref client", "code du client"),
    *("compte client", "id del cliente", "codigo cliente", "codigo de cliente", "cod cliente"),
    *("codigo del cliente", "n cliente", "n de cliente", "num cliente", "numero cliente"),
    *("numero del cliente", "nro cliente", "nro de cliente"),
)
"""What exports call the id of a customer, whatever else is in their rows."""

DEAL_HEADERS = ("opportunity id", "opportunity name", "deal id", "deal name", "deal stage")
"""Headers of what is hoped for: neither billed, nor spent, nor asked."""

CUSTOMER_NAMES = (
    *("customer full name", "firmenname", "name des kunden", "kundenbezeichnung"),
    *("raison sociale", "nom de l entreprise", "nom de la societe", "razon social"),
    *("nombre de cliente", "nombre cliente", "nombre del cliente", "account name"),
    *("client name", "company name", "kundenname", "nom du client", "nom client"),
)
"""Names of customers, beside their ids."""
