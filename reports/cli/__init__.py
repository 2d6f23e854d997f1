"""`flask editions …`: list and show editions, and make their files."""

from reports.cli import listing, making
from reports.cli.group import editions_cli

__all__ = ["editions_cli", "listing", "making"]
