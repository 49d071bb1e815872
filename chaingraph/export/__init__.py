"""Reports as bytes: sheets, CSV, Markdown, JSON, workbooks, pages, pictures."""
