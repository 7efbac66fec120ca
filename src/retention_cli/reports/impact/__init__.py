"""What retention is worth, as output: the name of a file here is the name of a format."""
