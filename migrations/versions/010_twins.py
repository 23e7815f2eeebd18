"""Measures of young people and of parents that are read side by side."""

import sqlalchemy as sa
from alembic import op

revision = "010"
down_revision = "009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "twin",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("young_measure_id", sa.Integer(), nullable=False),
        sa.Column("parent_measure_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["young_measure_id"],
            ["measure.id"],
            name=op.f("fk_twin_young_measure_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["parent_measure_id"],
            ["measure.id"],
            name=op.f("fk_twin_parent_measure_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_twin")),
        sa.UniqueConstraint(
            "young_measure_id", "parent_measure_id", name=op.f("uq_twin_young_measure_id")
        ),
    )


def downgrade() -> None:
    """Go back; which measures were twins is lost, no answer is."""
    op.drop_table("twin")
