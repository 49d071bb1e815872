"""Records, reports and words: what everything above speaks of. Knows no file, no store, no rule."""
