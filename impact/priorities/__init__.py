"""Where change is hardest, and who could make it: severity set against champions and commitments."""
