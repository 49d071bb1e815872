"""Imported firms in the workspace: statements kept by import, resolved to firms, undone, reviewed and merged.

``room`` is the way in. What the statements say of links is matched when a snapshot is compiled, not here.
"""
