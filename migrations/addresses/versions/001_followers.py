"""Who wants to be told what happened, and what is on its way to them."""

import sqlalchemy as sa
from alembic import op

revision = "001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "follower",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("mark", sa.String(64), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("survey", sa.String(40), nullable=False),
        sa.Column("confirmed", sa.Boolean(), nullable=False),
        sa.Column("asked", sa.Integer(), nullable=False),
        sa.Column("bounces", sa.Integer(), nullable=False),
        sa.Column("delete_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_follower")),
        sa.UniqueConstraint("mark", name=op.f("uq_follower_mark")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_follower_survey"), "follower", ["survey"])
    op.create_index(op.f("ix_follower_delete_on"), "follower", ["delete_on"])
    op.create_table(
        "letter",
        sa.Column("follower_id", sa.String(32), nullable=False),
        sa.Column("about", sa.String(80), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("not_before", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["follower_id"],
            ["follower.id"],
            name=op.f("fk_letter_follower_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("follower_id", "about", name=op.f("pk_letter")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_letter_not_before"), "letter", ["not_before"])
    op.create_table(
        "told",
        sa.Column("about", sa.String(80), nullable=False),
        sa.PrimaryKeyConstraint("about", name=op.f("pk_told")),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    """Go back; all addresses are lost, and nobody is told any more."""
    op.drop_table("told")
    op.drop_table("letter")
    op.drop_table("follower")
