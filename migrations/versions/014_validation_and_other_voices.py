"""Validation rounds, comments on the local offer, and totals from other sources."""

import sqlalchemy as sa
from alembic import op

revision = "014"
down_revision = "013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "validation_round",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("group_name", sa.String(length=200), nullable=False),
        sa.Column("audience", sa.String(length=40), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("introduction", sa.JSON(), nullable=False),
        sa.Column("opens_at", sa.DateTime(), nullable=False),
        sa.Column("closes_at", sa.DateTime(), nullable=True),
        sa.Column("published_at", sa.DateTime(), nullable=True),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint("closes_at is null or closes_at > opens_at", name="round_opens_first"),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_validation_round_user_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_validation_round")),
        sa.UniqueConstraint("code", name=op.f("uq_validation_round_code")),
    )
    op.create_table(
        "round_finding",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("insight_id", sa.Integer(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.JSON(), nullable=False),
        sa.Column("said", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["insight_id"],
            ["insight.id"],
            name=op.f("fk_round_finding_insight_id"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["round_id"],
            ["validation_round.id"],
            name=op.f("fk_round_finding_round_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_round_finding")),
        sa.UniqueConstraint("round_id", "position", name=op.f("uq_round_finding_round_id")),
        sa.UniqueConstraint("round_id", "insight_id", name="uq_round_finding_insight"),
    )
    op.create_index(
        op.f("ix_round_finding_insight_id"), "round_finding", ["insight_id"], unique=False
    )
    op.create_table(
        "round_reply",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("finding_id", sa.Integer(), nullable=False),
        sa.Column("screen_hash", sa.String(length=64), nullable=False),
        sa.Column("verdict", sa.String(length=40), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("said_on", sa.Date(), nullable=False),
        sa.CheckConstraint("people >= 1", name="reply_of_somebody"),
        sa.ForeignKeyConstraint(
            ["finding_id"],
            ["round_finding.id"],
            name=op.f("fk_round_reply_finding_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_round_reply")),
        sa.UniqueConstraint("finding_id", "screen_hash", name=op.f("uq_round_reply_finding_id")),
    )
    op.create_table(
        "round_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("finding_id", sa.Integer(), nullable=False),
        sa.Column("after", sa.JSON(), nullable=False),
        sa.Column("why", sa.JSON(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("written_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["finding_id"],
            ["round_finding.id"],
            name=op.f("fk_round_change_finding_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_round_change_user_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_round_change")),
        sa.UniqueConstraint("finding_id", name=op.f("uq_round_change_finding_id")),
    )
    op.create_table(
        "local_offer_comment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("channel", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("about", sa.String(length=200), nullable=False),
        sa.Column("audience", sa.String(length=40), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.Column("may_be_quoted", sa.Boolean(), nullable=False),
        sa.Column("words_shown", sa.Boolean(), nullable=False),
        sa.Column("summary", sa.JSON(), nullable=False),
        sa.Column("response", sa.JSON(), nullable=False),
        sa.Column("responded_on", sa.Date(), nullable=True),
        sa.Column("commitment_id", sa.Integer(), nullable=True),
        sa.Column("published_at", sa.DateTime(), nullable=True),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("not words_shown or may_be_quoted", name="words_shown_with_a_yes"),
        sa.CheckConstraint(
            "published_at is null or responded_on is not null", name="published_with_a_response"
        ),
        sa.ForeignKeyConstraint(
            ["commitment_id"],
            ["commitment.id"],
            name=op.f("fk_local_offer_comment_commitment_id"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_local_offer_comment_user_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_local_offer_comment")),
        sa.UniqueConstraint("key", name=op.f("uq_local_offer_comment_key")),
    )
    for column in ("commitment_id", "received_on", "year"):
        op.create_index(
            op.f(f"ix_local_offer_comment_{column}"), "local_offer_comment", [column], unique=False
        )
    op.create_table(
        "source_count",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("theme_id", sa.Integer(), nullable=True),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("base", sa.String(length=200), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("kept_at", sa.DateTime(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("first_on <= last_on", name="source_period_begins_first"),
        sa.CheckConstraint("number >= 0", name="source_number_is_a_count"),
        sa.ForeignKeyConstraint(["theme_id"], ["theme.id"], name=op.f("fk_source_count_theme_id")),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_source_count_user_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_source_count")),
    )
    for column in ("last_on", "theme_id"):
        op.create_index(op.f(f"ix_source_count_{column}"), "source_count", [column], unique=False)


def downgrade() -> None:
    """Go back; rounds with their replies, comments on the local offer and totals are lost."""
    for column in ("theme_id", "last_on"):
        op.drop_index(op.f(f"ix_source_count_{column}"), table_name="source_count")
    op.drop_table("source_count")
    for column in ("year", "received_on", "commitment_id"):
        op.drop_index(op.f(f"ix_local_offer_comment_{column}"), table_name="local_offer_comment")
    op.drop_table("local_offer_comment")
    op.drop_table("round_change")
    op.drop_table("round_reply")
    op.drop_index(op.f("ix_round_finding_insight_id"), table_name="round_finding")
    op.drop_table("round_finding")
    op.drop_table("validation_round")
