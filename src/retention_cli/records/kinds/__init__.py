"""What one row may be: the name of a file here is the name of a kind of export."""
