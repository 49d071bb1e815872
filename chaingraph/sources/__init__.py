"""Importers: what comes from outside, read into plain rows, each problem with the cell where it stands."""
