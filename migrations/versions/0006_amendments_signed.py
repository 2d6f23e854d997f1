"""Amendments keep what was typed, the answers to warnings and the digest of what was signed; one is open at a time."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(JSONB(), "postgresql")
OPEN = sa.text("state NOT IN ('approved', 'withdrawn', 'declined')")


def upgrade() -> None:
    with op.batch_alter_table("amendment", schema=None) as batch_op:
        batch_op.add_column(sa.Column("typed", JSON, nullable=False, server_default=sa.text("'{}'")))
        batch_op.add_column(sa.Column("warning_answers", JSON, nullable=False, server_default=sa.text("'{}'")))
        batch_op.add_column(sa.Column("signed_digest", sa.String(length=64), nullable=False, server_default=""))
        batch_op.create_index(
            "ix_amendment_open", ["commitment_id"], unique=True, sqlite_where=OPEN, postgresql_where=OPEN
        )


def downgrade() -> None:
    with op.batch_alter_table("amendment", schema=None) as batch_op:
        batch_op.drop_index("ix_amendment_open")
        batch_op.drop_column("signed_digest")
        batch_op.drop_column("warning_answers")
        batch_op.drop_column("typed")
