"""What `retention init` writes: the name of a file here is that of the TOML file it makes."""
