"""Every use case, for the command line, the explorer and Python alike."""
