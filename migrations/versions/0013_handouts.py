"""a third file of an edition: the hand-out of one page

Revision ID: 0013
Revises: 0012
"""

from __future__ import annotations

from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("edition_file") as batch:
        batch.drop_constraint(op.f("ck_edition_file_tier"), type_="check")
        batch.create_check_constraint(op.f("ck_edition_file_tier"), "tier IN ('public', 'confidential', 'handout')")


def downgrade() -> None:
    op.execute("DELETE FROM edition_file WHERE tier = 'handout'")
    with op.batch_alter_table("edition_file") as batch:
        batch.drop_constraint(op.f("ck_edition_file_tier"), type_="check")
        batch.create_check_constraint(op.f("ck_edition_file_tier"), "tier IN ('public', 'confidential')")
