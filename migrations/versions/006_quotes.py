"""Whether a person's words may be quoted, and the quotes that were cleared."""

import sqlalchemy as sa
from alembic import op

revision = "006"
down_revision = "005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward; whoever was not asked has not said yes."""
    op.add_column(
        "response",
        sa.Column("may_be_quoted", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    op.create_table(
        "quote",
        sa.Column("response_id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("cleared_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["response_id", "question_id"],
            ["answer.response_id", "answer.question_id"],
            name=op.f("fk_quote_response_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name=op.f("fk_quote_user_id")),
        sa.PrimaryKeyConstraint("response_id", "question_id", name=op.f("pk_quote")),
    )


def downgrade() -> None:
    """Go back; quotes are lost."""
    op.drop_table("quote")
    op.drop_column("response", "may_be_quoted")
