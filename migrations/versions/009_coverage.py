"""Training coverage, and figures of programmes as their providers give them."""

import sqlalchemy as sa
from alembic import op

revision = "009"
down_revision = "008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "coverage",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("training", sa.String(length=200), nullable=False),
        sa.Column("series_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("staff_group", sa.String(length=200), nullable=False),
        sa.Column("trained", sa.Integer(), nullable=False),
        sa.Column("staff", sa.Integer(), nullable=False),
        sa.Column("counted_on", sa.Date(), nullable=False),
        sa.Column("target", sa.Integer(), nullable=True),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("kept_at", sa.DateTime(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("staff > 0", name="coverage_of_somebody"),
        sa.CheckConstraint("trained >= 0 AND trained <= staff", name="coverage_of_all_at_most"),
        sa.CheckConstraint("target >= 1 AND target <= 100", name="coverage_target_is_a_share"),
        sa.ForeignKeyConstraint(
            ["series_id"], ["series.id"], name=op.f("fk_coverage_series_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_coverage_organisation_id")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name=op.f("fk_coverage_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_coverage")),
    )
    with op.batch_alter_table("coverage", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_coverage_series_id"), ["series_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_coverage_organisation_id"), ["organisation_id"], unique=False
        )
    op.create_table(
        "provider_figure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme", sa.String(length=200), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("counted", sa.Text(), nullable=False),
        sa.Column("among", sa.Text(), nullable=False),
        sa.Column("numerator", sa.Integer(), nullable=False),
        sa.Column("denominator", sa.Integer(), nullable=False),
        sa.Column("said", sa.String(length=20), nullable=False),
        sa.Column("counted_on", sa.Date(), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("kept_at", sa.DateTime(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("denominator > 0", name="figure_of_somebody"),
        sa.CheckConstraint(
            "numerator >= 0 AND numerator <= denominator", name="figure_of_all_at_most"
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_provider_figure_user_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_provider_figure")),
    )


def downgrade() -> None:
    """Go back; what was kept of coverage and of providers' figures is lost."""
    op.drop_table("provider_figure")
    with op.batch_alter_table("coverage", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_coverage_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_coverage_series_id"))
    op.drop_table("coverage")
