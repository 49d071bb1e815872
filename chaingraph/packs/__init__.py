"""Pack files to records, with every problem named by file, line and mend."""
