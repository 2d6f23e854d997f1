"""The catalogue of indicators: what can be measured, how it is read, and where its definition comes from."""
