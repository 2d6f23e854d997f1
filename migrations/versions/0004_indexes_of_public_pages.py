"""indexes of public pages: the newest change, and published commitments in the order of their list

Revision ID: 0004
Revises: 0003
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

CHANGES = sa.text("action NOT IN ('sign_in', 'sign_in_refused')")
PUBLISHED = sa.text("published_at IS NOT NULL")


def upgrade() -> None:
    op.create_index("ix_audit_entry_changes", "audit_entry", ["id"], sqlite_where=CHANGES, postgresql_where=CHANGES)
    op.create_index(
        "ix_commitment_newest",
        "commitment",
        ["published_at", "id"],
        sqlite_where=PUBLISHED,
        postgresql_where=PUBLISHED,
    )


def downgrade() -> None:
    op.drop_index("ix_commitment_newest", "commitment")
    op.drop_index("ix_audit_entry_changes", "audit_entry")
