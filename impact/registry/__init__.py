"""The public read side: it writes nothing."""
