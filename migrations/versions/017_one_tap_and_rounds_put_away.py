"""One tap a browser, page and day; rounds that were ended and put away."""

import sqlalchemy as sa
from alembic import op

revision = "017"
down_revision = "016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "clear_tap",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("mark", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("day", "mark", name=op.f("pk_clear_tap")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("validation_round") as batch:
        batch.add_column(sa.Column("put_away_at", sa.DateTime(), nullable=True))
        batch.add_column(
            sa.Column("put_away_because", sa.Text(), nullable=False, server_default="")
        )
    with op.batch_alter_table("validation_round") as batch:
        batch.alter_column("put_away_because", server_default=None)


def downgrade() -> None:
    """Go back; rounds that were put away stand in the lists again, without the reason."""
    with op.batch_alter_table("validation_round") as batch:
        batch.drop_column("put_away_because")
        batch.drop_column("put_away_at")
    op.drop_table("clear_tap")
