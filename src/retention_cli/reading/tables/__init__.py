"""Where a table starts and ends, by its cells alone."""
