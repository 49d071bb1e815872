"""Every use case, for the command line and for Python alike."""
