"""A Neo4j server: what is pushed to it, what it holds, and the files of a first load."""
