"""How every report says the same things: numbers, figures, rows, and what is written to a terminal."""
