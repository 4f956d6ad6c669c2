"""The desk's database, over SQLite and a real PostgreSQL."""
