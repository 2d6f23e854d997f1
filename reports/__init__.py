"""The annual report: a frozen snapshot, its editions, and the PDF that WeasyPrint sets from it."""
