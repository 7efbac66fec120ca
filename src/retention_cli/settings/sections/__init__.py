"""The keys of `retention.toml`: a section a file, each found by listing this folder."""
