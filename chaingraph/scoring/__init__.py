"""The components of a priority, one pure function each, and their weighted mean."""
