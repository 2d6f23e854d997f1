"""Who did what to which, when, and why: append-only and hash-chained."""
