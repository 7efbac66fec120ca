"""The commands from Python: what `import retention_cli` has, and what its functions give."""
