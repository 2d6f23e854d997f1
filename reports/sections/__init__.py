"""The sections of a report: one pair each, what it says (.py) and how it is set (.html)."""
