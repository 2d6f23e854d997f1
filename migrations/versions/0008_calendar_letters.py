"""letters that the calendar wrote, each once

Revision ID: 0008
Revises: 0007
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "calendar_letter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("champion_id", sa.Integer(), nullable=False),
        sa.Column("occasion", sa.String(length=20), nullable=False),
        sa.Column("about", sa.String(length=40), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["champion_id"], ["champion.id"], name="fk_calendar_letter_champion_id_champion"),
        sa.PrimaryKeyConstraint("id", name="pk_calendar_letter"),
        sa.UniqueConstraint("champion_id", "occasion", "about", name="uq_calendar_letter_champion_id_occasion_about"),
    )


def downgrade() -> None:
    op.drop_table("calendar_letter")
