"""A learning record store: xAPI 1.0.3 over HTTP, kept in SQLite."""
