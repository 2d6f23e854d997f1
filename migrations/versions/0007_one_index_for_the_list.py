"""one index for the list: by state first, a page of the list sorted every published commitment

Revision ID: 0007
Revises: 0006
"""

from __future__ import annotations

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_index("ix_commitment_public", "commitment")


def downgrade() -> None:
    op.create_index("ix_commitment_public", "commitment", ["state", "published_at", "id"])
