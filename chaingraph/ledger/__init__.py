"""The ledger (台账): what happened to each lead, as an append-only log of events in the workspace's SQLite."""
