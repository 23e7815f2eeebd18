"""What was heard and what was promised: meetings, insights, commitments, themes in releases."""

import sqlalchemy as sa
from alembic import op

revision = "011"
down_revision = "010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "meeting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("papers_on", sa.Date(), nullable=False),
        sa.Column("cut_off_on", sa.Date(), nullable=False),
        sa.Column("minutes", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint("cut_off_on <= papers_on", name="papers_after_the_cut_off"),
        sa.CheckConstraint("papers_on <= held_on", name="papers_before_the_meeting"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting")),
    )
    op.create_index(op.f("ix_meeting_held_on"), "meeting", ["held_on"], unique=False)
    op.create_table(
        "insight",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("title", sa.JSON(), nullable=False),
        sa.Column("said", sa.JSON(), nullable=False),
        sa.Column("audience", sa.String(length=40), nullable=False),
        sa.Column("theme_id", sa.Integer(), nullable=True),
        sa.Column("measure_id", sa.Integer(), nullable=True),
        sa.Column("question_id", sa.Integer(), nullable=True),
        sa.Column("event_id", sa.Integer(), nullable=True),
        sa.Column("place_id", sa.Integer(), nullable=True),
        sa.Column("release_id", sa.Integer(), nullable=True),
        sa.Column("tags", sa.JSON(), nullable=False),
        sa.Column("heard_on", sa.Date(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("published_at", sa.DateTime(), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(), nullable=True),
        sa.Column("withdrawn_because", sa.Text(), nullable=False),
        sa.Column("changed_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_insight_event_id")),
        sa.ForeignKeyConstraint(["measure_id"], ["measure.id"], name=op.f("fk_insight_measure_id")),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name=op.f("fk_insight_place_id")),
        sa.ForeignKeyConstraint(
            ["question_id"], ["question.id"], name=op.f("fk_insight_question_id")
        ),
        sa.ForeignKeyConstraint(["release_id"], ["release.id"], name=op.f("fk_insight_release_id")),
        sa.ForeignKeyConstraint(["theme_id"], ["theme.id"], name=op.f("fk_insight_theme_id")),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name=op.f("fk_insight_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_insight")),
        sa.UniqueConstraint("code", name=op.f("uq_insight_code")),
    )
    op.create_index(op.f("ix_insight_event_id"), "insight", ["event_id"], unique=False)
    op.create_index(op.f("ix_insight_measure_id"), "insight", ["measure_id"], unique=False)
    op.create_index(op.f("ix_insight_place_id"), "insight", ["place_id"], unique=False)
    op.create_index(op.f("ix_insight_question_id"), "insight", ["question_id"], unique=False)
    op.create_index(op.f("ix_insight_release_id"), "insight", ["release_id"], unique=False)
    op.create_index(op.f("ix_insight_theme_id"), "insight", ["theme_id"], unique=False)
    op.create_table(
        "released_theme",
        sa.Column("release_id", sa.Integer(), nullable=False),
        sa.Column("theme_id", sa.Integer(), nullable=False),
        sa.Column("audience", sa.String(length=40), nullable=False),
        sa.Column("figures", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["release_id"], ["release.id"], name=op.f("fk_released_theme_release_id")
        ),
        sa.ForeignKeyConstraint(
            ["theme_id"], ["theme.id"], name=op.f("fk_released_theme_theme_id")
        ),
        sa.PrimaryKeyConstraint(
            "release_id", "theme_id", "audience", name=op.f("pk_released_theme")
        ),
    )
    op.create_table(
        "commitment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("insight_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("what", sa.JSON(), nullable=False),
        sa.Column("notice", sa.JSON(), nullable=False),
        sa.Column("reason", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("meeting_id", sa.Integer(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("measure_id", sa.Integer(), nullable=True),
        sa.Column("measure_again_on", sa.Date(), nullable=True),
        sa.Column("done_by_id", sa.Integer(), nullable=True),
        sa.Column("checked_by_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint("state <> 'done' or checked_by_id is not null", name="done_was_checked"),
        sa.CheckConstraint(
            "checked_by_id is null or checked_by_id <> done_by_id", name="checked_by_another"
        ),
        sa.ForeignKeyConstraint(
            ["checked_by_id"], ["user_account.id"], name=op.f("fk_commitment_checked_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["done_by_id"], ["user_account.id"], name=op.f("fk_commitment_done_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["insight_id"],
            ["insight.id"],
            name=op.f("fk_commitment_insight_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["measure_id"], ["measure.id"], name=op.f("fk_commitment_measure_id")
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_commitment_meeting_id")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_commitment_organisation_id")
        ),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["user_account.id"], name=op.f("fk_commitment_owner_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_commitment")),
    )
    op.create_index(op.f("ix_commitment_due_on"), "commitment", ["due_on"], unique=False)
    op.create_index(op.f("ix_commitment_insight_id"), "commitment", ["insight_id"], unique=False)
    op.create_index(op.f("ix_commitment_measure_id"), "commitment", ["measure_id"], unique=False)
    op.create_index(op.f("ix_commitment_meeting_id"), "commitment", ["meeting_id"], unique=False)
    op.create_index(
        op.f("ix_commitment_organisation_id"), "commitment", ["organisation_id"], unique=False
    )
    op.create_index(op.f("ix_commitment_owner_id"), "commitment", ["owner_id"], unique=False)
    op.create_index(op.f("ix_commitment_state"), "commitment", ["state"], unique=False)
    op.create_table(
        "commitment_update",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("commitment_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("words", sa.JSON(), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("hoped_on", sa.Date(), nullable=True),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("written_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["commitment_id"],
            ["commitment.id"],
            name=op.f("fk_commitment_update_commitment_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_commitment_update_user_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_commitment_update")),
    )
    op.create_index(
        op.f("ix_commitment_update_commitment_id"),
        "commitment_update",
        ["commitment_id"],
        unique=False,
    )
    op.create_table(
        "insight_quote",
        sa.Column("insight_id", sa.Integer(), nullable=False),
        sa.Column("response_id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("approved_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["insight_id"],
            ["insight.id"],
            name=op.f("fk_insight_quote_insight_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["response_id", "question_id"],
            ["quote.response_id", "quote.question_id"],
            name=op.f("fk_insight_quote_response_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_insight_quote_user_id")
        ),
        sa.PrimaryKeyConstraint(
            "insight_id", "response_id", "question_id", name=op.f("pk_insight_quote")
        ),
    )


def downgrade() -> None:
    """Go back; insights, commitments and what was written about them are lost, no answer is."""
    op.drop_table("insight_quote")
    op.drop_index(op.f("ix_commitment_update_commitment_id"), table_name="commitment_update")
    op.drop_table("commitment_update")
    op.drop_index(op.f("ix_commitment_state"), table_name="commitment")
    op.drop_index(op.f("ix_commitment_owner_id"), table_name="commitment")
    op.drop_index(op.f("ix_commitment_organisation_id"), table_name="commitment")
    op.drop_index(op.f("ix_commitment_meeting_id"), table_name="commitment")
    op.drop_index(op.f("ix_commitment_measure_id"), table_name="commitment")
    op.drop_index(op.f("ix_commitment_insight_id"), table_name="commitment")
    op.drop_index(op.f("ix_commitment_due_on"), table_name="commitment")
    op.drop_table("commitment")
    op.drop_table("released_theme")
    op.drop_index(op.f("ix_insight_theme_id"), table_name="insight")
    op.drop_index(op.f("ix_insight_release_id"), table_name="insight")
    op.drop_index(op.f("ix_insight_question_id"), table_name="insight")
    op.drop_index(op.f("ix_insight_place_id"), table_name="insight")
    op.drop_index(op.f("ix_insight_measure_id"), table_name="insight")
    op.drop_index(op.f("ix_insight_event_id"), table_name="insight")
    op.drop_table("insight")
    op.drop_index(op.f("ix_meeting_held_on"), table_name="meeting")
    op.drop_table("meeting")
