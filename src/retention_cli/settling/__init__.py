"""What all rows of a kind together tell."""
