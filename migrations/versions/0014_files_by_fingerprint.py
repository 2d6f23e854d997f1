"""files of editions found by their fingerprint

Revision ID: 0014
Revises: 0013
"""

from __future__ import annotations

from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_edition_file_sha256", "edition_file", ["sha256"])
    op.create_index("ix_edition_file_unsigned_sha256", "edition_file", ["unsigned_sha256"])


def downgrade() -> None:
    op.drop_index("ix_edition_file_unsigned_sha256", "edition_file")
    op.drop_index("ix_edition_file_sha256", "edition_file")
