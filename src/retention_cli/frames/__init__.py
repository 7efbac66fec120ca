"""Tables: the only room that knows how dataframe libraries differ."""
