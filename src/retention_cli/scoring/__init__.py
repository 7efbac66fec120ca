"""How results are made of a dataset."""
