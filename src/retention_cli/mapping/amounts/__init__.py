"""What the amounts of a file are: in which unit, with tax or without, of a row or of several."""
