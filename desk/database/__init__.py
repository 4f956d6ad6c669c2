"""The desk's database: SQLite by default, PostgreSQL by address; one schema, with migrations."""
