"""Words that announce leaving, one file a language."""
