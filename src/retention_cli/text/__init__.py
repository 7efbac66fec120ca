"""Text that goes in and out: made harmless, as TOML, and written whole or not at all."""
