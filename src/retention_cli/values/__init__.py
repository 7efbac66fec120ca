"""Values that figures are made of: measures, periods, intervals, and whether a period is covered."""
