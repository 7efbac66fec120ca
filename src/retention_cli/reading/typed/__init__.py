"""Tables whose columns have types: Parquet files, and SQLite and DuckDB files."""
