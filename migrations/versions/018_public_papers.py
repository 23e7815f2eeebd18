"""Papers for everybody: an easy-read text for each part, and which versions are public."""

import sqlalchemy as sa
from alembic import op

revision = "018"
down_revision = "017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    with op.batch_alter_table("report_section") as section:
        section.add_column(sa.Column("easy", sa.Text(), nullable=True))
    op.create_table(
        "public_paper",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("report_version_id", sa.Integer(), nullable=False),
        sa.Column("codes", sa.JSON(), nullable=False),
        sa.Column("has_easy", sa.Boolean(), nullable=False),
        sa.Column("published_at", sa.DateTime(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(), nullable=True),
        sa.Column("withdrawn_because", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["report_version_id"],
            ["report_version.id"],
            name=op.f("fk_public_paper_report_version_id"),
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_public_paper_user_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_public_paper")),
        sa.UniqueConstraint("report_version_id", name=op.f("uq_public_paper_report_version_id")),
    )


def downgrade() -> None:
    """Go back; easy words and which papers were public are lost, the papers themselves are not."""
    op.drop_table("public_paper")
    with op.batch_alter_table("report_section") as section:
        section.drop_column("easy")
