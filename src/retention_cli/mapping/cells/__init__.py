"""How the cells of a column are written, and what they say in our words."""
