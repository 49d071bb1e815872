"""A real Neo4j server for tests and trials: the script `server`, and how tests start it."""
