"""`flask editions …`: list, show and verify editions, and make their files."""

from reports.cli import listing, making, verifying
from reports.cli.group import editions_cli

__all__ = ["editions_cli", "listing", "making", "verifying"]
