"""Gap analysis: pure functions from evidence rows to the rows of a report."""
