"""Wrong guesses of codes and passwords, counted for all processes together."""

import sqlalchemy as sa
from alembic import op

revision = "002"
down_revision = "001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "wrong_guesses",
        sa.Column("what_hash", sa.String(length=64), nullable=False),
        sa.Column("since", sa.DateTime(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("what_hash", name=op.f("pk_wrong_guesses")),
    )
    with op.batch_alter_table("wrong_guesses", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_wrong_guesses_since"), ["since"], unique=False)


def downgrade() -> None:
    """Go back."""
    with op.batch_alter_table("wrong_guesses", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_wrong_guesses_since"))

    op.drop_table("wrong_guesses")
