"""the life of an edition: states, two tiers, codes, other kinds; files by tier

Revision ID: 0012
Revises: 0011
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
MOMENT = sa.DateTime(timezone=True)
PEOPLE = ("signed_off_by_id", "recommended_by_id", "approved_by_id")
CHECKS = {
    "kind": "kind IN ('champion', 'constituency', 'global')",
    "champion": "(kind = 'champion') = (champion_id IS NOT NULL AND window_id IS NOT NULL)",
    "constituency": "(kind = 'constituency') = (constituency <> '')",
    "state": "state IN ('draft', 'with_leader', 'submitted', 'in_review', 'recommended', 'sealed', 'superseded')",
    "sealed": "(state IN ('sealed', 'superseded')) = (sealed_at IS NOT NULL)",
    "superseded": "(state = 'superseded') = (superseded_at IS NOT NULL)",
    "signed_off": (
        "state IN ('draft', 'with_leader') OR kind <> 'champion' OR confidential_sha256 = ''"
        " OR signed_off_at IS NOT NULL"
    ),
    "second_person": ("approved_by_id IS NULL OR recommended_by_id IS NULL OR approved_by_id <> recommended_by_id"),
    "correction": "number = 1 OR reason <> '' OR confidential_sha256 = ''",
}


def upgrade() -> None:
    with op.batch_alter_table("edition") as batch:
        batch.add_column(sa.Column("kind", sa.String(20), nullable=False, server_default="champion"))
        batch.add_column(sa.Column("year", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("constituency", sa.String(20), nullable=False, server_default=""))
        batch.add_column(sa.Column("code", sa.String(80), nullable=True))
        batch.add_column(sa.Column("state", sa.String(20), nullable=False, server_default="draft"))
        batch.add_column(sa.Column("confidential", JSON, nullable=False, server_default="{}"))
        batch.add_column(sa.Column("confidential_sha256", sa.String(64), nullable=False, server_default=""))
        batch.add_column(sa.Column("reason", sa.Text(), nullable=False, server_default=""))
        batch.add_column(sa.Column("returned_because", sa.Text(), nullable=False, server_default=""))
        for name in ("sent_at", "signed_off_at", "recommended_at", "sealed_at", "superseded_at"):
            batch.add_column(sa.Column(name, MOMENT, nullable=True))
        for name in PEOPLE:
            batch.add_column(sa.Column(name, sa.Integer(), nullable=True))
        batch.add_column(sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
        batch.alter_column("champion_id", existing_type=sa.Integer(), nullable=True)
        batch.alter_column("window_id", existing_type=sa.Integer(), nullable=True)
    _as_they_were_published()
    with op.batch_alter_table("edition") as batch:
        batch.alter_column("year", existing_type=sa.Integer(), nullable=False)
        batch.alter_column("code", existing_type=sa.String(80), nullable=False)
        for name in ("kind", "constituency", "state", "confidential_sha256"):
            batch.alter_column(name, existing_type=sa.String(), server_default=None)
        for name in ("reason", "returned_because"):
            batch.alter_column(name, existing_type=sa.Text(), server_default=None)
        batch.alter_column("confidential", existing_type=JSON, server_default=None)
        batch.alter_column("version", existing_type=sa.Integer(), server_default=None)
        batch.create_unique_constraint("uq_edition_code", ["code"])
        batch.create_index("ix_edition_year", ["year"])
        batch.create_index("ix_edition_sealed_at", ["sealed_at"])
        for name in PEOPLE:
            batch.create_foreign_key(f"fk_edition_{name}_person", "person", [name], ["id"])
        for name, condition in CHECKS.items():
            batch.create_check_constraint(op.f(f"ck_edition_{name}"), condition)
    with op.batch_alter_table("edition_file") as batch:
        batch.add_column(sa.Column("tier", sa.String(12), nullable=False, server_default="public"))
        batch.add_column(sa.Column("unsigned_sha256", sa.String(64), nullable=False, server_default=""))
        batch.add_column(sa.Column("engine", JSON, nullable=False, server_default="{}"))
        batch.drop_constraint("uq_edition_file_edition_id_language", type_="unique")
        batch.create_unique_constraint("uq_edition_file_edition_id_language_tier", ["edition_id", "language", "tier"])
        batch.create_check_constraint(op.f("ck_edition_file_tier"), "tier IN ('public', 'confidential')")
    with op.batch_alter_table("edition_file") as batch:
        batch.alter_column("tier", existing_type=sa.String(12), server_default=None)
        batch.alter_column("unsigned_sha256", existing_type=sa.String(64), server_default=None)
        batch.alter_column("engine", existing_type=JSON, server_default=None)


def _as_they_were_published() -> None:
    """What is there was public from the moment it was taken: the newest of a year is in force, the others are not."""
    edition = sa.table(
        "edition",
        sa.column("id", sa.Integer()),
        sa.column("champion_id", sa.Integer()),
        sa.column("window_id", sa.Integer()),
        sa.column("number", sa.Integer()),
        sa.column("taken_at", MOMENT),
        sa.column("snapshot", JSON),
        sa.column("year", sa.Integer()),
        sa.column("code", sa.String()),
        sa.column("state", sa.String()),
        sa.column("sealed_at", MOMENT),
        sa.column("superseded_at", MOMENT),
    )
    window = sa.table("reporting_window", sa.column("id", sa.Integer()), sa.column("year", sa.Integer()))
    connection = op.get_bind()
    rows = connection.execute(
        sa.select(edition, window.c.year.label("of_year"))
        .join(window, window.c.id == edition.c.window_id)
        .order_by(edition.c.number.desc())
    ).all()
    codes: set[str] = set()
    followed: dict[tuple[int, int], object] = {}
    for row in rows:
        code = str(((row.snapshot or {}).get("edition") or {}).get("code") or f"edition-{row.id}")
        code = f"{code}-{row.id}" if code in codes else code
        codes.add(code)
        key = (row.champion_id, row.window_id)
        next_one = followed.get(key)
        connection.execute(
            edition.update()
            .where(edition.c.id == row.id)
            .values(
                year=row.of_year,
                code=code,
                state="superseded" if next_one else "sealed",
                sealed_at=row.taken_at,
                superseded_at=next_one,
            )
        )
        followed[key] = row.taken_at


def downgrade() -> None:
    # The older layout knows published editions of champions, in one tier, and nothing that is on its way.
    gone = "SELECT id FROM edition WHERE kind <> 'champion' OR sealed_at IS NULL"
    op.execute(f"DELETE FROM edition_file WHERE tier <> 'public' OR edition_id IN ({gone})")  # noqa: S608
    op.execute("DELETE FROM edition WHERE kind <> 'champion' OR sealed_at IS NULL")
    with op.batch_alter_table("edition_file") as batch:
        batch.drop_constraint("uq_edition_file_edition_id_language_tier", type_="unique")
        batch.drop_constraint(op.f("ck_edition_file_tier"), type_="check")
        batch.create_unique_constraint("uq_edition_file_edition_id_language", ["edition_id", "language"])
        for name in ("tier", "unsigned_sha256", "engine"):
            batch.drop_column(name)
    with op.batch_alter_table("edition") as batch:
        for name in CHECKS:
            batch.drop_constraint(op.f(f"ck_edition_{name}"), type_="check")
        for name in PEOPLE:
            batch.drop_constraint(f"fk_edition_{name}_person", type_="foreignkey")
        batch.drop_index("ix_edition_year")
        batch.drop_index("ix_edition_sealed_at")
        batch.drop_constraint("uq_edition_code", type_="unique")
        for name in (
            "kind", "year", "constituency", "code", "state", "confidential", "confidential_sha256", "reason",
            "returned_because", "sent_at", "signed_off_at", "recommended_at", "sealed_at", "superseded_at",
            *PEOPLE, "version",
        ):  # fmt: skip
            batch.drop_column(name)
        batch.alter_column("champion_id", existing_type=sa.Integer(), nullable=False)
        batch.alter_column("window_id", existing_type=sa.Integer(), nullable=False)
