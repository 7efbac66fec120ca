"""CSV files and their kin as rows of text."""
