"""What `retention check` found, as output: one format a file."""
