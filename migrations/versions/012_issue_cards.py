"""Issue cards: what people said at an event, and what became of it."""

import sqlalchemy as sa
from alembic import op

revision = "012"
down_revision = "011"
branch_labels = None
depends_on = None

INDEXED = (
    *("theme_id", "organisation_id", "owner_id", "owner_organisation_id"),
    *("insight_id", "removed_at"),
)


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "issue_card",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=36), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("question", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("theme_id", sa.Integer(), nullable=True),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("service", sa.String(length=200), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("owner_organisation_id", sa.Integer(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("insight_id", sa.Integer(), nullable=True),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("taken_at", sa.DateTime(), nullable=False),
        sa.Column("received_at", sa.DateTime(), nullable=False),
        sa.Column("answered_at", sa.DateTime(), nullable=True),
        sa.Column("removed_at", sa.DateTime(), nullable=True),
        sa.Column("forgotten_at", sa.DateTime(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "state in ('follow_up', 'passed_on') or answered_at is not null",
            name="answered_has_its_moment",
        ),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_issue_card_event_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["insight_id"],
            ["insight.id"],
            name=op.f("fk_issue_card_insight_id"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_issue_card_organisation_id")
        ),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["user_account.id"], name=op.f("fk_issue_card_owner_id")
        ),
        sa.ForeignKeyConstraint(
            ["owner_organisation_id"],
            ["organisation.id"],
            name=op.f("fk_issue_card_owner_organisation_id"),
        ),
        sa.ForeignKeyConstraint(["theme_id"], ["theme.id"], name=op.f("fk_issue_card_theme_id")),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_issue_card_user_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_issue_card")),
        sa.UniqueConstraint("key", name=op.f("uq_issue_card_key")),
    )
    op.create_index("ix_issue_card_event_taken", "issue_card", ["event_id", "taken_at"])
    for name in INDEXED:
        op.create_index(op.f(f"ix_issue_card_{name}"), "issue_card", [name], unique=False)


def downgrade() -> None:
    """Go back; the cards are lost, the events stay."""
    for name in reversed(INDEXED):
        op.drop_index(op.f(f"ix_issue_card_{name}"), table_name="issue_card")
    op.drop_index("ix_issue_card_event_taken", table_name="issue_card")
    op.drop_table("issue_card")
