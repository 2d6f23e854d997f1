"""The public list of seals: append-only, hash-chained, with signed checkpoints; and the signature inside a PDF."""
