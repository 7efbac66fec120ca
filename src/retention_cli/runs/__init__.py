"""From files to a result: one file a command."""
