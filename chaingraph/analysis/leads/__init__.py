"""From a candidate to a lead: what keeps it out, what speaks for it, who introduces, which park. Pure functions."""
