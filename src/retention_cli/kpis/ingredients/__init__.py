"""Steps that several KPIs rest on, computed once: the file's name is the name to ask for."""
