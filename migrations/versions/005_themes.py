"""Codebooks, readings and codings of comments; comments masked where they are kept."""

import sqlalchemy as sa
from alembic import op

from feedback.analysis.privacy import mask

revision = "005"
down_revision = "004"
branch_labels = None
depends_on = None

MOST_KEPT = 2_000  # names that stay as they are
NAMED = ("place", "organisation", "series")
BATCH = 1_000  # answers; what lies in memory at once


def upgrade() -> None:
    """Go forward."""
    op.add_column("answer", sa.Column("masked", sa.Text(), nullable=True))
    _mask_what_is_there()
    op.create_table(
        "codebook",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("in_use", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_codebook")),
        sa.UniqueConstraint("name", name=op.f("uq_codebook_name")),
    )
    op.create_table(
        "theme",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("codebook_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("merged_into_id", sa.Integer(), nullable=True),
        sa.Column("split_from_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["codebook_id"], ["codebook.id"], name=op.f("fk_theme_codebook_id")
        ),
        sa.ForeignKeyConstraint(
            ["merged_into_id"], ["theme.id"], name=op.f("fk_theme_merged_into_id")
        ),
        sa.ForeignKeyConstraint(
            ["split_from_id"], ["theme.id"], name=op.f("fk_theme_split_from_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_theme")),
        sa.UniqueConstraint("codebook_id", "code", name=op.f("uq_theme_codebook_id")),
    )
    op.create_index(op.f("ix_theme_merged_into_id"), "theme", ["merged_into_id"], unique=False)
    op.create_index(op.f("ix_theme_split_from_id"), "theme", ["split_from_id"], unique=False)
    op.create_table(
        "codebook_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("codebook_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(length=200), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["codebook_id"], ["codebook.id"], name=op.f("fk_codebook_version_codebook_id")
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_codebook_version_user_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_codebook_version")),
        sa.UniqueConstraint("codebook_id", "number", name=op.f("uq_codebook_version_codebook_id")),
    )
    op.create_table(
        "theme_wording",
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("theme_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("definition", sa.Text(), nullable=False),
        sa.Column("seeds", sa.JSON(), nullable=False),
        sa.Column("examples", sa.JSON(), nullable=False),
        sa.Column("tags", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["theme_id"], ["theme.id"], name=op.f("fk_theme_wording_theme_id")),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["codebook_version.id"],
            name=op.f("fk_theme_wording_version_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("version_id", "theme_id", name=op.f("pk_theme_wording")),
    )
    op.create_table(
        "theming_run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("learned_from", sa.Integer(), nullable=False),
        sa.Column("parameters", sa.JSON(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("quality", sa.JSON(), nullable=False),
        sa.Column("model", sa.LargeBinary(), nullable=True),
        sa.Column("queued_at", sa.DateTime(), nullable=False),
        sa.Column("started_at", sa.DateTime(), nullable=True),
        sa.Column("beat_at", sa.DateTime(), nullable=True),
        sa.Column("finished_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_theming_run_user_id")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["codebook_version.id"], name=op.f("fk_theming_run_version_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_theming_run")),
    )
    op.create_index(op.f("ix_theming_run_state"), "theming_run", ["state"], unique=False)
    op.create_index(op.f("ix_theming_run_version_id"), "theming_run", ["version_id"], unique=False)
    op.create_table(
        "reading",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("response_id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=True),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("second", sa.Boolean(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=True),
        sa.Column("sure", sa.Double(), nullable=True),
        sa.Column("unsure", sa.String(length=60), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("read_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["response_id", "question_id"],
            ["answer.response_id", "answer.question_id"],
            name=op.f("fk_reading_response_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["run_id"], ["theming_run.id"], name=op.f("fk_reading_run_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name=op.f("fk_reading_user_id")),
        sa.ForeignKeyConstraint(
            ["version_id"], ["codebook_version.id"], name=op.f("fk_reading_version_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reading")),
        sa.UniqueConstraint("run_id", "response_id", "question_id", name=op.f("uq_reading_run_id")),
        sa.UniqueConstraint(
            "user_id", "response_id", "question_id", name="uq_reading_user_id_response_id"
        ),
    )
    op.create_index(
        "ix_reading_response_id_question_id",
        "reading",
        ["response_id", "question_id"],
        unique=False,
    )
    op.create_index("ix_reading_run_id_turn", "reading", ["run_id", "turn"], unique=False)
    op.create_table(
        "coding",
        sa.Column("reading_id", sa.Integer(), nullable=False),
        sa.Column("theme_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("suggested", sa.Boolean(), nullable=False),
        sa.Column("score", sa.Double(), nullable=True),
        sa.Column("level", sa.Integer(), nullable=True),
        sa.Column("spans", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["reading_id"], ["reading.id"], name=op.f("fk_coding_reading_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["theme_id"], ["theme.id"], name=op.f("fk_coding_theme_id")),
        sa.PrimaryKeyConstraint("reading_id", "theme_id", name=op.f("pk_coding")),
    )
    op.create_index(op.f("ix_coding_theme_id"), "coding", ["theme_id"], unique=False)


def _mask_what_is_there() -> None:
    """Nobody reads a comment that is not masked, so those from before are masked now."""
    connection = op.get_bind()
    answer = sa.table("answer", *(sa.column(n) for n in ("response_id", "question_id", "text")))
    masked = sa.table("answer", *(sa.column(n) for n in ("response_id", "question_id", "masked")))
    lists = [sa.select(sa.column("name")).select_from(sa.table(each)) for each in NAMED]
    names = list(connection.scalars(sa.union(*lists)))[:MOST_KEPT]
    update = (
        sa.update(masked)
        .where(masked.c.response_id == sa.bindparam("response"))
        .where(masked.c.question_id == sa.bindparam("question"))
        .values(masked=sa.bindparam("words"))
    )
    written = connection.execute(
        sa.select(answer.c.response_id, answer.c.question_id, answer.c.text).where(
            answer.c.text.is_not(None)
        )
    ).all()
    for at in range(0, len(written), BATCH):
        connection.execute(
            update,
            [
                {"response": response, "question": question, "words": mask(text, names).text}
                for response, question, text in written[at : at + BATCH]
            ],
        )


def downgrade() -> None:
    """Go back."""
    op.drop_index(op.f("ix_coding_theme_id"), table_name="coding")
    op.drop_table("coding")
    op.drop_index("ix_reading_run_id_turn", table_name="reading")
    op.drop_index("ix_reading_response_id_question_id", table_name="reading")
    op.drop_table("reading")
    op.drop_index(op.f("ix_theming_run_version_id"), table_name="theming_run")
    op.drop_index(op.f("ix_theming_run_state"), table_name="theming_run")
    op.drop_table("theming_run")
    op.drop_table("theme_wording")
    op.drop_table("codebook_version")
    op.drop_index(op.f("ix_theme_split_from_id"), table_name="theme")
    op.drop_index(op.f("ix_theme_merged_into_id"), table_name="theme")
    op.drop_table("theme")
    op.drop_table("codebook")
    op.drop_column("answer", "masked")
