"""Organisations that apply, are vetted, take a seat in a cohort, and who belongs to them."""
