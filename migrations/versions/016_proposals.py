"""Groups that design questions: rooms, ideas, wordings, sign-off; and what worries somebody."""

import sqlalchemy as sa
from alembic import op

revision = "016"
down_revision = "015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "voice_group",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("audience", sa.String(length=40), nullable=False),
        sa.Column("colour", sa.String(length=40), nullable=False),
        sa.Column("credit", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_voice_group")),
        sa.UniqueConstraint("name", name=op.f("uq_voice_group_name")),
    )
    op.create_table(
        "pile",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("picture", sa.String(length=80), nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id"], ["voice_group.id"], name=op.f("fk_pile_group_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pile")),
        sa.UniqueConstraint("group_id", "position", name=op.f("uq_pile_group_id")),
    )
    op.create_table(
        "survey_designer",
        sa.Column("survey_id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id"], ["voice_group.id"], name=op.f("fk_survey_designer_group_id")
        ),
        sa.ForeignKeyConstraint(
            ["survey_id"], ["survey.id"], name=op.f("fk_survey_designer_survey_id")
        ),
        sa.PrimaryKeyConstraint("survey_id", name=op.f("pk_survey_designer")),
    )
    op.create_index(
        op.f("ix_survey_designer_group_id"), "survey_designer", ["group_id"], unique=False
    )

    op.create_table(
        "room",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("step", sa.String(length=40), nullable=False),
        sa.Column("opens_at", sa.DateTime(), nullable=False),
        sa.Column("closes_at", sa.DateTime(), nullable=False),
        sa.Column("closed_at", sa.DateTime(), nullable=True),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("changes", sa.Integer(), nullable=False),
        sa.CheckConstraint("closes_at > opens_at", name="room_opens_first"),
        sa.ForeignKeyConstraint(["group_id"], ["voice_group.id"], name=op.f("fk_room_group_id")),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name=op.f("fk_room_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_room")),
        sa.UniqueConstraint("code", name=op.f("uq_room_code")),
    )
    op.create_index(op.f("ix_room_group_id"), "room", ["group_id"], unique=False)

    op.create_table(
        "sign_off_override",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("survey_id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("happened_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["edition.id"], name=op.f("fk_sign_off_override_edition_id")
        ),
        sa.ForeignKeyConstraint(
            ["survey_id"], ["survey.id"], name=op.f("fk_sign_off_override_survey_id")
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_sign_off_override_user_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_off_override")),
        sa.UniqueConstraint("edition_id", name=op.f("uq_sign_off_override_edition_id")),
    )
    op.create_index(
        op.f("ix_sign_off_override_survey_id"), "sign_off_override", ["survey_id"], unique=False
    )

    op.create_table(
        "member",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("room_id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("picture", sa.String(length=80), nullable=False),
        sa.Column("word", sa.String(length=20), nullable=False),
        sa.Column("joined_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["room_id"], ["room.id"], name=op.f("fk_member_room_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_member")),
        sa.UniqueConstraint("room_id", "picture", "word", name=op.f("uq_member_room_id")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_member_token_hash")),
    )
    op.create_table(
        "safeguarding_flag",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("room_id", sa.Integer(), nullable=True),
        sa.Column("cause", sa.String(length=40), nullable=False),
        sa.Column("kinds", sa.String(length=200), nullable=False),
        sa.Column("who", sa.String(length=120), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("raised_at", sa.DateTime(), nullable=False),
        sa.Column("seen_at", sa.DateTime(), nullable=True),
        sa.Column("closed_at", sa.DateTime(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("state <> 'closed' or outcome <> ''", name="closed_says_what_was_done"),
        sa.ForeignKeyConstraint(
            ["room_id"], ["room.id"], name=op.f("fk_safeguarding_flag_room_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_safeguarding_flag_user_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_safeguarding_flag")),
    )
    op.create_index(
        op.f("ix_safeguarding_flag_room_id"), "safeguarding_flag", ["room_id"], unique=False
    )

    op.create_table(
        "sign_off",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("survey_id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=True),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("tree", sa.JSON(), nullable=False),
        sa.Column("members", sa.Integer(), nullable=False),
        sa.Column("room_id", sa.Integer(), nullable=True),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("approved_at", sa.DateTime(), nullable=False),
        sa.Column("cleared_at", sa.DateTime(), nullable=True),
        sa.Column("changes", sa.JSON(), nullable=False),
        sa.Column("told_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["group_id"], ["voice_group.id"], name=op.f("fk_sign_off_group_id")
        ),
        sa.ForeignKeyConstraint(
            ["edition_id"],
            ["edition.id"],
            name=op.f("fk_sign_off_edition_id"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(["room_id"], ["room.id"], name=op.f("fk_sign_off_room_id")),
        sa.ForeignKeyConstraint(["survey_id"], ["survey.id"], name=op.f("fk_sign_off_survey_id")),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name=op.f("fk_sign_off_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_off")),
    )
    op.create_index(op.f("ix_sign_off_edition_id"), "sign_off", ["edition_id"], unique=False)
    op.create_index(op.f("ix_sign_off_group_id"), "sign_off", ["group_id"], unique=False)
    op.create_index(op.f("ix_sign_off_survey_id"), "sign_off", ["survey_id"], unique=False)

    op.create_table(
        "sign_off_voice",
        sa.Column("survey_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("yes", sa.Boolean(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("said_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["survey_id"],
            ["survey.id"],
            name=op.f("fk_sign_off_voice_survey_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["member_id"],
            ["member.id"],
            name=op.f("fk_sign_off_voice_member_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("survey_id", "member_id", name=op.f("pk_sign_off_voice")),
    )

    op.create_table(
        "proposal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("room_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("picture", sa.String(length=80), nullable=False),
        sa.Column("pile_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("survey_id", sa.Integer(), nullable=True),
        sa.Column("question", sa.String(length=40), nullable=False),
        sa.Column("looked_at", sa.DateTime(), nullable=True),
        sa.Column("hidden_at", sa.DateTime(), nullable=True),
        sa.Column("hidden_because", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_on", sa.Date(), nullable=False),
        sa.CheckConstraint("state <> 'not_asked' or reason <> ''", name="not_asked_says_why"),
        sa.ForeignKeyConstraint(
            ["group_id"], ["voice_group.id"], name=op.f("fk_proposal_group_id")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_proposal_member_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["pile_id"], ["pile.id"], name=op.f("fk_proposal_pile_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["room_id"], ["room.id"], name=op.f("fk_proposal_room_id")),
        sa.ForeignKeyConstraint(["survey_id"], ["survey.id"], name=op.f("fk_proposal_survey_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal")),
    )
    op.create_index(op.f("ix_proposal_group_id"), "proposal", ["group_id"], unique=False)
    op.create_index(op.f("ix_proposal_room_id"), "proposal", ["room_id"], unique=False)
    op.create_index(op.f("ix_proposal_survey_id"), "proposal", ["survey_id"], unique=False)

    op.create_table(
        "result_reply",
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("verdict", sa.String(length=40), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("said_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["proposal_id"],
            ["proposal.id"],
            name=op.f("fk_result_reply_proposal_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_result_reply_member_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("proposal_id", "member_id", name=op.f("pk_result_reply")),
    )
    op.create_table(
        "proposal_reply",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=True),
        sa.Column("face", sa.String(length=40), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("hidden_at", sa.DateTime(), nullable=True),
        sa.Column("hidden_because", sa.Text(), nullable=False),
        sa.Column("created_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"],
            ["member.id"],
            name=op.f("fk_proposal_reply_member_id"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["proposal_id"],
            ["proposal.id"],
            name=op.f("fk_proposal_reply_proposal_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal_reply")),
    )
    op.create_index(
        op.f("ix_proposal_reply_proposal_id"), "proposal_reply", ["proposal_id"], unique=False
    )

    op.create_table(
        "proposal_vote",
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("tokens", sa.Integer(), nullable=False),
        sa.CheckConstraint("tokens between 1 and 3", name="few_tokens"),
        sa.ForeignKeyConstraint(
            ["member_id"],
            ["member.id"],
            name=op.f("fk_proposal_vote_member_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["proposal_id"],
            ["proposal.id"],
            name=op.f("fk_proposal_vote_proposal_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("proposal_id", "member_id", name=op.f("pk_proposal_vote")),
    )
    op.create_table(
        "room_focus",
        sa.Column("room_id", sa.Integer(), nullable=False),
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["proposal_id"],
            ["proposal.id"],
            name=op.f("fk_room_focus_proposal_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["room_id"], ["room.id"], name=op.f("fk_room_focus_room_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("room_id", name=op.f("pk_room_focus")),
    )
    op.create_index(op.f("ix_room_focus_proposal_id"), "room_focus", ["proposal_id"], unique=False)

    op.create_table(
        "wording",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("question", sa.JSON(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=True),
        sa.Column("created_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_wording_member_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["proposal_id"],
            ["proposal.id"],
            name=op.f("fk_wording_proposal_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wording")),
        sa.UniqueConstraint("proposal_id", "number", name=op.f("uq_wording_proposal_id")),
    )
    op.create_table(
        "hard_word",
        sa.Column("wording_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("word", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_hard_word_member_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["wording_id"], ["wording.id"], name=op.f("fk_hard_word_wording_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("wording_id", "member_id", "word", name=op.f("pk_hard_word")),
    )


def downgrade() -> None:
    """Go back; what groups said and decided is lost."""
    op.drop_table("hard_word")
    op.drop_table("wording")
    op.drop_index(op.f("ix_room_focus_proposal_id"), "room_focus")

    op.drop_table("room_focus")
    op.drop_table("proposal_vote")
    op.drop_table("result_reply")
    op.drop_index(op.f("ix_proposal_reply_proposal_id"), "proposal_reply")

    op.drop_table("proposal_reply")
    op.drop_index(op.f("ix_proposal_survey_id"), "proposal")
    op.drop_index(op.f("ix_proposal_room_id"), "proposal")
    op.drop_index(op.f("ix_proposal_group_id"), "proposal")

    op.drop_table("proposal")
    op.drop_table("sign_off_voice")
    op.drop_index(op.f("ix_sign_off_survey_id"), "sign_off")
    op.drop_index(op.f("ix_sign_off_group_id"), "sign_off")
    op.drop_index(op.f("ix_sign_off_edition_id"), "sign_off")

    op.drop_table("sign_off")
    op.drop_index(op.f("ix_safeguarding_flag_room_id"), "safeguarding_flag")

    op.drop_table("safeguarding_flag")
    op.drop_table("member")
    op.drop_index(op.f("ix_sign_off_override_survey_id"), "sign_off_override")

    op.drop_table("sign_off_override")
    op.drop_index(op.f("ix_room_group_id"), "room")

    op.drop_table("room")
    op.drop_index(op.f("ix_survey_designer_group_id"), "survey_designer")

    op.drop_table("survey_designer")
    op.drop_table("pile")
    op.drop_table("voice_group")
