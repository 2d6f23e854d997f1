"""Demonstration data: the founding champions from public sources, and invented organisations that show a full life."""
