"""The pledge: a person's own promise, confirmed by a button, counted without anybody being named."""
