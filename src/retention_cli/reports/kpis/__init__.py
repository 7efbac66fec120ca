"""The list of KPIs as output: one format a file."""
