"""Which rows of an invoice export are money, and with which sign: told by its other columns."""
