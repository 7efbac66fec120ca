"""All accepted rows, as the tables that figures are computed from."""
