"""From the headers and cells of an export to canonical columns of canonical text."""
