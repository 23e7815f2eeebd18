"""Whether pages for everybody are clear: counts a day."""

import sqlalchemy as sa
from alembic import op

revision = "015"
down_revision = "014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "clear_votes",
        sa.Column("page", sa.String(length=80), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("presentation", sa.String(length=40), nullable=False),
        sa.Column("yes", sa.Integer(), nullable=False),
        sa.Column("no", sa.Integer(), nullable=False),
        sa.CheckConstraint("yes >= 0 and no >= 0", name="no_fewer_than_none"),
        sa.PrimaryKeyConstraint("page", "day", "presentation", name=op.f("pk_clear_votes")),
    )
    op.create_index(op.f("ix_clear_votes_day"), "clear_votes", ["day"], unique=False)


def downgrade() -> None:
    """Go back; the counts are lost."""
    op.drop_index(op.f("ix_clear_votes_day"), table_name="clear_votes")
    op.drop_table("clear_votes")
