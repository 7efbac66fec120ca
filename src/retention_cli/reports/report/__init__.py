"""A report as output: the name of a file here is the name of a format."""
