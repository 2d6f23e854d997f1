"""`flask editions …`: list, show and verify editions, make their files, and make them again."""

from reports.cli import listing, making, rebuilding, verifying
from reports.cli.group import editions_cli

__all__ = ["editions_cli", "listing", "making", "rebuilding", "verifying"]
