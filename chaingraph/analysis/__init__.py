"""Pure functions from evidence rows to the rows of a report: gaps, the course of projects, progress on targets."""
