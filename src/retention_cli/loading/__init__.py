"""From files to a dataset, with every row accounted for."""
