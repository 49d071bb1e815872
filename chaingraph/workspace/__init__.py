"""The workspace's SQLite file, which the ledger and the imports keep their tables in."""
