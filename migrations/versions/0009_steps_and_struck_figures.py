"""steps of a deliverable in a figure; figures of a condition that were struck out

Revision ID: 0009
Revises: 0008
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    with op.batch_alter_table("figure", schema=None) as batch_op:
        batch_op.add_column(sa.Column("steps", JSON, nullable=False, server_default=sa.text("'{}'")))
    with op.batch_alter_table("condition_figure", schema=None) as batch_op:
        batch_op.add_column(sa.Column("struck_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("struck_reason", sa.Text(), nullable=False, server_default=""))


def downgrade() -> None:
    with op.batch_alter_table("condition_figure", schema=None) as batch_op:
        batch_op.drop_column("struck_reason")
        batch_op.drop_column("struck_at")
    with op.batch_alter_table("figure", schema=None) as batch_op:
        batch_op.drop_column("steps")
