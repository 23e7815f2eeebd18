"""Events, staff of several organisations, drafts as trees, own pictures, a chained audit."""

import hashlib
import json
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "003"
down_revision = "002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "organisation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation")),
        sa.UniqueConstraint("name", name=op.f("uq_organisation_name")),
    )
    op.create_table(
        "place",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_place")),
        sa.UniqueConstraint("name", name=op.f("uq_place_name")),
    )
    op.create_table(
        "series",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("designed_with", sa.String(length=200), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_series")),
        sa.UniqueConstraint("name", name=op.f("uq_series_name")),
    )
    op.create_table(
        "event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("series_id", sa.Integer(), nullable=True),
        sa.Column("place_id", sa.Integer(), nullable=True),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("audiences", sa.JSON(), nullable=False),
        sa.Column("tags", sa.JSON(), nullable=False),
        sa.Column("planned", sa.Integer(), nullable=True),
        sa.Column("attended", sa.Integer(), nullable=True),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint("ends_on >= starts_on", name="ends_after_it_begins"),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_event_organisation_id")
        ),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name=op.f("fk_event_place_id")),
        sa.ForeignKeyConstraint(["series_id"], ["series.id"], name=op.f("fk_event_series_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event")),
        sa.UniqueConstraint("code", name=op.f("uq_event_code")),
    )
    with op.batch_alter_table("event", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_event_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_event_place_id"), ["place_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_event_series_id"), ["series_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_event_starts_on"), ["starts_on"], unique=False)

    op.create_table(
        "draft_revision",
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("tree", sa.JSON(), nullable=False),
        sa.Column("what", sa.String(length=60), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("saved_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["edition_id"],
            ["edition.id"],
            name=op.f("fk_draft_revision_edition_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_draft_revision_user_id")
        ),
        sa.PrimaryKeyConstraint("edition_id", "number", name=op.f("pk_draft_revision")),
    )
    op.create_table(
        "event_facilitator",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"],
            ["event.id"],
            name=op.f("fk_event_facilitator_event_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_event_facilitator_user_id")
        ),
        sa.PrimaryKeyConstraint("event_id", "user_id", name=op.f("pk_event_facilitator")),
    )
    op.create_table(
        "staff_invitation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("invited_by_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("expires_at", sa.DateTime(), nullable=False),
        sa.Column("used_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["invited_by_id"], ["user_account.id"], name=op.f("fk_staff_invitation_invited_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_staff_invitation_organisation_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_invitation")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_staff_invitation_token_hash")),
    )
    with op.batch_alter_table("staff_invitation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_staff_invitation_email"), ["email"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_staff_invitation_organisation_id"), ["organisation_id"], unique=False
        )

    op.create_table(
        "uploaded_picture",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("media", sa.String(length=40), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("words", sa.JSON(), nullable=False),
        sa.Column("credit", sa.String(length=200), nullable=False),
        sa.Column("uploaded_by_id", sa.Integer(), nullable=True),
        sa.Column("uploaded_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["uploaded_by_id"], ["user_account.id"], name=op.f("fk_uploaded_picture_uploaded_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_uploaded_picture")),
        sa.UniqueConstraint("name", name=op.f("uq_uploaded_picture_name")),
    )
    with op.batch_alter_table("audit_event", schema=None) as batch_op:
        batch_op.add_column(sa.Column("chained", sa.String(length=64), nullable=True))
    _chain_audit()
    with op.batch_alter_table("audit_event", schema=None) as batch_op:
        batch_op.alter_column("chained", existing_type=sa.String(length=64), nullable=False)
        batch_op.create_unique_constraint(batch_op.f("uq_audit_event_chained"), ["chained"])
        batch_op.drop_constraint(batch_op.f("fk_audit_event_user_id"), type_="foreignkey")
        batch_op.create_foreign_key(
            batch_op.f("fk_audit_event_user_id"), "user_account", ["user_id"], ["id"]
        )
    _guard_audit()

    with op.batch_alter_table("collection", schema=None) as batch_op:
        batch_op.add_column(sa.Column("event_id", sa.Integer(), nullable=True))
        batch_op.add_column(
            sa.Column("part", sa.String(length=40), nullable=False, server_default="whole")
        )
        batch_op.add_column(
            sa.Column("channels", sa.JSON(), nullable=False, server_default='["own_phone"]')
        )
        batch_op.create_index(batch_op.f("ix_collection_event_id"), ["event_id"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_collection_event_id"), "event", ["event_id"], ["id"]
        )

    with op.batch_alter_table("edition", schema=None) as batch_op:
        batch_op.add_column(sa.Column("glossary", sa.JSON(), nullable=False, server_default="[]"))

    with op.batch_alter_table("response", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("channel", sa.String(length=40), nullable=False, server_default="own_phone")
        )
        batch_op.add_column(sa.Column("helper", sa.String(length=40), nullable=True))

    with op.batch_alter_table("sign_in", schema=None) as batch_op:
        batch_op.add_column(sa.Column("second_step_at", sa.DateTime(), nullable=True))

    with op.batch_alter_table("user_account", schema=None) as batch_op:
        batch_op.add_column(sa.Column("organisation_id", sa.Integer(), nullable=True))
        batch_op.add_column(
            sa.Column("second_step_turn", sa.Integer(), nullable=False, server_default="0")
        )
        batch_op.add_column(sa.Column("second_step_used", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("second_step_since", sa.DateTime(), nullable=True))
        batch_op.add_column(sa.Column("ended_at", sa.DateTime(), nullable=True))
        batch_op.create_index(
            batch_op.f("ix_user_account_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_user_account_organisation_id"),
            "organisation",
            ["organisation_id"],
            ["id"],
        )

    _drafts_to_trees()


def downgrade() -> None:
    """Go back. Drafts are lost, for the tables before had them as rows."""
    _unguard_audit()
    _no_drafts()
    with op.batch_alter_table("user_account", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_user_account_organisation_id"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_user_account_organisation_id"))
        batch_op.drop_column("ended_at")
        batch_op.drop_column("second_step_since")
        batch_op.drop_column("second_step_used")
        batch_op.drop_column("second_step_turn")
        batch_op.drop_column("organisation_id")

    with op.batch_alter_table("sign_in", schema=None) as batch_op:
        batch_op.drop_column("second_step_at")

    with op.batch_alter_table("response", schema=None) as batch_op:
        batch_op.drop_column("helper")
        batch_op.drop_column("channel")

    with op.batch_alter_table("edition", schema=None) as batch_op:
        batch_op.drop_column("glossary")

    with op.batch_alter_table("collection", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_collection_event_id"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_collection_event_id"))
        batch_op.drop_column("channels")
        batch_op.drop_column("part")
        batch_op.drop_column("event_id")

    with op.batch_alter_table("audit_event", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_audit_event_user_id"), type_="foreignkey")
        batch_op.create_foreign_key(
            batch_op.f("fk_audit_event_user_id"),
            "user_account",
            ["user_id"],
            ["id"],
            ondelete="SET NULL",
        )
        batch_op.drop_constraint(batch_op.f("uq_audit_event_chained"), type_="unique")
        batch_op.drop_column("chained")

    op.drop_table("uploaded_picture")
    with op.batch_alter_table("staff_invitation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_staff_invitation_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_staff_invitation_email"))

    op.drop_table("staff_invitation")
    op.drop_table("event_facilitator")
    op.drop_table("draft_revision")
    with op.batch_alter_table("event", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_event_starts_on"))
        batch_op.drop_index(batch_op.f("ix_event_series_id"))
        batch_op.drop_index(batch_op.f("ix_event_place_id"))
        batch_op.drop_index(batch_op.f("ix_event_organisation_id"))

    op.drop_table("event")
    op.drop_table("series")
    op.drop_table("place")
    op.drop_table("organisation")


# The record of who did what: each line carries a hash over itself and the line before it, and
# the database refuses to change or delete one.


def _chain_audit() -> None:
    connection = op.get_bind()
    lines = connection.execute(
        sa.text("SELECT id, user_id, action, subject, happened_at FROM audit_event ORDER BY id")
    ).all()
    before = ""
    for line in lines:
        moment = str(line.happened_at).replace("T", " ").removesuffix(".000000")
        told = json.dumps([before, line.user_id, line.action, line.subject, moment])
        before = hashlib.sha256(told.encode()).hexdigest()
        connection.execute(
            sa.text("UPDATE audit_event SET chained = :chained WHERE id = :id"),
            {"chained": before, "id": line.id},
        )


def _guard_audit() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for change in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER audit_event_no_{change.lower()} BEFORE {change} ON audit_event "
                "BEGIN SELECT RAISE(ABORT, 'the record of who did what is only added to'); END"
            )
        return
    op.execute(
        "CREATE FUNCTION audit_event_only_grows() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'the record of who did what is only added to'; END $$"
    )
    op.execute(
        "CREATE TRIGGER audit_event_only_grows BEFORE UPDATE OR DELETE ON audit_event "
        "FOR EACH ROW EXECUTE FUNCTION audit_event_only_grows()"
    )


def _unguard_audit() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TRIGGER IF EXISTS audit_event_no_update")
        op.execute("DROP TRIGGER IF EXISTS audit_event_no_delete")
        return
    op.execute("DROP TRIGGER IF EXISTS audit_event_only_grows ON audit_event")
    op.execute("DROP FUNCTION IF EXISTS audit_event_only_grows()")


# Drafts: their rows become one tree each.

_EDITION = ("audience", "languages", "easy_first", "minutes")
_WORDS = ("title", "asked_by", "why", "read_by", "afterwards")
_QUESTION = (
    *("name", "kind", "ask", "help", "reason", "picture", "required", "dont_know", "skip"),
    *("points", "lowest", "highest", "low_label", "high_label"),
)
_JSON = frozenset(
    {*_WORDS, "languages", "ask", "help", "reason", "picture", "low_label", "high_label"}
    | {"statements", "label", "values", "top"}
)
_TRUTHS = frozenset({"easy_first", "required", "dont_know", "skip"})


def _rows(table: str, owner: str, number: int, order: str = "position") -> list[dict[str, Any]]:
    found = op.get_bind().execute(
        sa.text(f"SELECT * FROM {table} WHERE {owner} = :number ORDER BY {order}"),  # noqa: S608
        {"number": number},
    )
    return [{key: _plain(key, row[key]) for key in row} for row in found.mappings()]


def _plain(key: str, value: Any) -> Any:
    if key in _JSON and isinstance(value, str):
        return json.loads(value)
    return bool(value) if key in _TRUTHS else value


def _drafts_to_trees() -> None:
    connection = op.get_bind()
    drafts = connection.execute(
        sa.text(
            "SELECT edition.id, survey.name, edition.created_at FROM edition "
            "JOIN survey ON survey.id = edition.survey_id WHERE edition.status = 'draft'"
        )
    ).all()
    revisions = sa.table(
        "draft_revision",
        *(sa.column(name) for name in ("edition_id", "number", "what", "saved_at")),
        sa.column("tree", sa.JSON()),
    )
    for draft in drafts:
        tree, pages = _tree(draft.id, draft.name)
        connection.execute(
            revisions.insert().values(
                edition_id=draft.id, number=1, tree=tree, what="import", saved_at=draft.created_at
            )
        )
        _delete_parts(pages)


def _tree(edition_id: int, survey: str) -> tuple[dict[str, Any], list[int]]:
    (edition,) = _rows("edition", "id", edition_id, "id")
    measures: dict[int, dict[str, Any]] = {}
    pages = _rows("page", "edition_id", edition_id)
    tree = {
        "survey": survey,
        **{key: edition[key] for key in (*_EDITION, *_WORDS)},
        "pages": [_page(page, measures) for page in pages],
    }
    tree["measures"] = list(measures.values())
    return tree, [page["id"] for page in pages]


def _page(page: dict[str, Any], measures: dict[int, dict[str, Any]]) -> dict[str, Any]:
    routes = _rows("route", "page_id", page["id"])
    conditions = [{key: route[key] for key in ("question", "test", "values")} for route in routes]
    return {
        **{key: page[key] for key in ("name", "title", "statements")},
        "questions": [
            _question(question, measures) for question in _rows("question", "page_id", page["id"])
        ],
        "show_when": {"match": page["match"], "conditions": conditions} if conditions else None,
    }


def _question(question: dict[str, Any], measures: dict[int, dict[str, Any]]) -> dict[str, Any]:
    number = question["measure_id"]
    if number is not None and number not in measures:
        (measure,) = _rows("measure", "id", number, "id")
        measures[number] = {key: measure[key] for key in ("name", "title", "better", "top")}
    return {
        **{key: question[key] for key in _QUESTION},
        "options": [
            {key: option[key] for key in ("code", "label", "picture", "score")}
            for option in _rows("option", "question_id", question["id"])
        ],
        "measure": measures[number]["name"] if number is not None else None,
    }


def _delete_parts(pages: list[int]) -> None:
    connection = op.get_bind()
    for page in pages:
        for question in _rows("question", "page_id", page):
            connection.execute(
                sa.text("DELETE FROM option WHERE question_id = :id"), {"id": question["id"]}
            )
        for table in ("question", "route"):
            connection.execute(
                sa.text(f"DELETE FROM {table} WHERE page_id = :id"),  # noqa: S608
                {"id": page},
            )
        connection.execute(sa.text("DELETE FROM page WHERE id = :id"), {"id": page})


def _no_drafts() -> None:
    op.execute("DELETE FROM draft_revision")
    op.execute("DELETE FROM edition WHERE status = 'draft'")
