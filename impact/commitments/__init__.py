"""The heart: a promise, its typed targets, its way to publication, and its amendments."""
