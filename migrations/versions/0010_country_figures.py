"""country figures of the gap index and populations, by import

Revision ID: 0010
Revises: 0009
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "economy_import",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("source", sa.String(length=300), nullable=False),
        sa.Column("licence", sa.String(length=300), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("file_name", sa.String(length=150), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("number_of_rows", sa.Integer(), nullable=False),
        sa.Column("imported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("imported_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("kind IN ('ratios', 'subindexes', 'populations')", name="kind"),
        sa.ForeignKeyConstraint(["imported_by_id"], ["person.id"], name="fk_economy_import_imported_by_id_person"),
        sa.PrimaryKeyConstraint("id", name="pk_economy_import"),
    )
    op.create_table(
        "economy_year",
        sa.Column("import_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("is_current", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["import_id"], ["economy_import.id"], name="fk_economy_year_import_id_economy_import"),
        sa.PrimaryKeyConstraint("import_id", "year", name="pk_economy_year"),
    )
    op.create_index(
        "uq_economy_year_current",
        "economy_year",
        ["kind", "year"],
        unique=True,
        sqlite_where=sa.text("is_current = 1"),
        postgresql_where=sa.text("is_current"),
    )
    op.create_table(
        "economy_row",
        sa.Column("import_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("iso3", sa.String(length=3), nullable=False),
        sa.Column("values", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.ForeignKeyConstraint(["import_id"], ["economy_import.id"], name="fk_economy_row_import_id_economy_import"),
        sa.PrimaryKeyConstraint("import_id", "year", "iso3", name="pk_economy_row"),
    )
    op.create_index("ix_economy_row_iso3", "economy_row", ["iso3"])


def downgrade() -> None:
    op.drop_table("economy_row")
    op.drop_table("economy_year")
    op.drop_table("economy_import")
