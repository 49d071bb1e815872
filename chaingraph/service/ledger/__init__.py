"""The ledger: what officers do to leads, where each stands, what happened to it."""
