"""The workspace's SQLite file, which the ledger, the imports and the users keep their tables in."""
