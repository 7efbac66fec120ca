"""From PATH to files."""
