"""pledges, their counts, and letters that forget to whom they went

Revision ID: 0015
Revises: 0014
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

INDEXES = {
    "country": ["country", "created_at"],
    "created_at": ["created_at"],
    "domain": ["domain", "created_at"],
    "invalidation_id": ["invalidation_id"],
    "network": ["network", "created_at"],
}


def upgrade() -> None:
    op.create_table(
        "pledge_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("country", sa.String(length=3), nullable=False),
        sa.Column("gender", sa.String(length=8), nullable=False),
        sa.Column("change", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_pledge_change"),
    )
    op.create_table(
        "pledge_count",
        sa.Column("country", sa.String(length=3), nullable=False),
        sa.Column("gender", sa.String(length=8), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("country", "gender", name="pk_pledge_count"),
    )
    op.create_table(
        "pledge_network_key",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("key", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_pledge_network_key"),
    )
    op.create_table(
        "pledge_invalidation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rule", sa.String(length=8), nullable=False),
        sa.Column("value", sa.String(length=253), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("removed", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("rule IN ('network', 'domain')", name=op.f("ck_pledge_invalidation_rule")),
        sa.ForeignKeyConstraint(["made_by_id"], ["person.id"], name="fk_pledge_invalidation_made_by_id"),
        sa.PrimaryKeyConstraint("id", name="pk_pledge_invalidation"),
    )
    op.create_table(
        "pledge",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("address_key", sa.String(length=64), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("country", sa.String(length=3), nullable=False),
        sa.Column("gender", sa.String(length=8), nullable=False),
        sa.Column("self_described", sa.Text(), nullable=False),
        sa.Column("age", sa.String(length=8), nullable=False),
        sa.Column("wants_letters", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("invalid_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("invalid_because", sa.String(length=20), nullable=False),
        sa.Column("invalidation_id", sa.Integer(), nullable=True),
        sa.Column("network", sa.String(length=16), nullable=False),
        sa.Column("domain", sa.String(length=253), nullable=False),
        sa.Column("letters_sent", sa.Integer(), nullable=False),
        sa.Column("last_letter_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.CheckConstraint("(invalid_at IS NULL) = (invalid_because = '')", name=op.f("ck_pledge_invalid")),
        sa.CheckConstraint("email = '' OR wants_letters", name=op.f("ck_pledge_email_by_consent")),
        sa.CheckConstraint("gender = 'other' OR self_described = ''", name=op.f("ck_pledge_self_described")),
        sa.CheckConstraint("gender IN ('', 'woman', 'man', 'other')", name=op.f("ck_pledge_gender")),
        sa.ForeignKeyConstraint(["invalidation_id"], ["pledge_invalidation.id"], name="fk_pledge_invalidation_id"),
        sa.PrimaryKeyConstraint("id", name="pk_pledge"),
        sa.UniqueConstraint("address_key", name="uq_pledge_address_key"),
        sa.UniqueConstraint("public_id", name="uq_pledge_public_id"),
    )
    for name, columns in INDEXES.items():
        op.create_index(f"ix_pledge_{name}", "pledge", columns)
    with op.batch_alter_table("letter") as batch:
        batch.add_column(sa.Column("forgets", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("letter") as batch:
        batch.alter_column("forgets", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("letter") as batch:
        batch.drop_column("forgets")
    for table in ("pledge", "pledge_invalidation", "pledge_network_key", "pledge_count", "pledge_change"):
        op.drop_table(table)
