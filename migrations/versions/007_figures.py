"""Tallies, notes on charts, how the year is cut, and releases."""

import sqlalchemy as sa
from alembic import op

revision = "007"
down_revision = "006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward; a worker counts what is there."""
    op.create_table(
        "chart_note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("measure_id", sa.Integer(), nullable=True),
        sa.Column(
            "kind",
            sa.String(length=40),
            nullable=False,
        ),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("written_at", sa.DateTime(), nullable=False),
        sa.Column("taken_back_at", sa.DateTime(), nullable=True),
        sa.Column("taken_back_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("ends_on is null or ends_on >= starts_on", name="ends_after_it_begins"),
        sa.ForeignKeyConstraint(
            ["measure_id"], ["measure.id"], name=op.f("fk_chart_note_measure_id")
        ),
        sa.ForeignKeyConstraint(
            ["taken_back_by_id"], ["user_account.id"], name=op.f("fk_chart_note_taken_back_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_chart_note_user_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_chart_note")),
    )
    op.create_index(op.f("ix_chart_note_measure_id"), "chart_note", ["measure_id"], unique=False)
    op.create_table(
        "measure_target",
        sa.Column("measure_id", sa.Integer(), nullable=False),
        sa.Column("value", sa.Double(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("set_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["measure_id"], ["measure.id"], name=op.f("fk_measure_target_measure_id")
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_measure_target_user_id")
        ),
        sa.PrimaryKeyConstraint("measure_id", name=op.f("pk_measure_target")),
    )
    op.create_table(
        "release",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.String(length=40),
            nullable=False,
        ),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("asked_at", sa.DateTime(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name=op.f("fk_release_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_release")),
        sa.UniqueConstraint("number", name=op.f("uq_release_number")),
    )
    op.create_table(
        "reporting_year",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("cycles_from", sa.Date(), nullable=False),
        sa.Column("terms", sa.JSON(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("said_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_reporting_year_user_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reporting_year")),
    )
    op.create_table(
        "released_measure",
        sa.Column("release_id", sa.Integer(), nullable=False),
        sa.Column("measure_id", sa.Integer(), nullable=False),
        sa.Column("figures", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["measure_id"], ["measure.id"], name=op.f("fk_released_measure_measure_id")
        ),
        sa.ForeignKeyConstraint(
            ["release_id"], ["release.id"], name=op.f("fk_released_measure_release_id")
        ),
        sa.PrimaryKeyConstraint("release_id", "measure_id", name=op.f("pk_released_measure")),
    )
    op.create_table(
        "tallied_day",
        sa.Column("collection_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("mark", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(
            ["collection_id"],
            ["collection.id"],
            name=op.f("fk_tallied_day_collection_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("collection_id", "day", name=op.f("pk_tallied_day")),
    )
    op.create_table(
        "tally",
        sa.Column("collection_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("grouped_by", sa.String(length=40), nullable=False),
        sa.Column("group", sa.String(length=40), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["collection_id"],
            ["collection.id"],
            name=op.f("fk_tally_collection_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["question_id"], ["question.id"], name=op.f("fk_tally_question_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint(
            "collection_id", "day", "question_id", "grouped_by", "group", name=op.f("pk_tally")
        ),
    )
    op.create_index(
        "ix_tally_question", "tally", ["question_id", "grouped_by", "day"], unique=False
    )


def downgrade() -> None:
    """Go back; notes and releases are lost."""
    op.drop_index("ix_tally_question", table_name="tally")
    op.drop_table("tally")
    op.drop_table("tallied_day")
    op.drop_table("released_measure")
    op.drop_table("reporting_year")
    op.drop_table("release")
    op.drop_table("measure_target")
    op.drop_index(op.f("ix_chart_note_measure_id"), table_name="chart_note")
    op.drop_table("chart_note")
