"""Early signs that a customer may leave: one rule a file, over what was known at a close."""
