"""Reports as files: sheets, CSV, Markdown, JSON."""
