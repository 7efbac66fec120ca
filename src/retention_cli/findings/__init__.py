"""What there is to say of files and rows."""
