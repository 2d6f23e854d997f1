"""Figures per period, evidence, and the status of a target."""
