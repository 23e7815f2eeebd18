import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import func, inspect, select

from feedback.database import ADDRESSES, migrate
from feedback.models import Base
from feedback.models.followers import AddressBase
from feedback.questionnaire import Given
from feedback.services import authoring, collecting
from feedback.vocabulary import AnswerState, Audience

OURS = set(Base.metadata.tables)


def tables(database) -> set[str]:
    return set(inspect(database.engine).get_table_names()) - {"alembic_version"}


def test_tables_go_forward_and_back_and_forward(bare_database):
    migrate(bare_database)
    assert tables(bare_database) == OURS
    migrate(bare_database, "base")
    assert tables(bare_database) == set()
    migrate(bare_database)
    assert tables(bare_database) == OURS


def test_the_store_of_addresses_goes_forward_and_back_and_agrees(bare_database):
    ours = set(AddressBase.metadata.tables)
    migrate(bare_database, of=ADDRESSES)
    assert tables(bare_database) == ours
    with bare_database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, AddressBase.metadata) == []
    migrate(bare_database, "base", of=ADDRESSES)
    assert tables(bare_database) == set()
    migrate(bare_database, of=ADDRESSES)
    assert tables(bare_database) == ours


def test_answers_and_addresses_share_no_table():
    assert not set(AddressBase.metadata.tables) & OURS


def test_models_and_migrations_agree(bare_database):
    migrate(bare_database)
    with bare_database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


def test_migrating_again_keeps_every_row(bare_database, every_kind, answered, now):
    migrate(bare_database)
    with bare_database.writing() as session, session.begin():
        edition = authoring.keep_draft(session, every_kind, now=now)
        authoring.publish(session, edition, now=now)
        collection = collecting.open_collection(
            session, edition, "fern42", "Autumn", audience=Audience.EVERYONE, opens_at=now, now=now
        )
        answered(session, collection, {"more": Given(state=AnswerState.GIVEN, text="A ramp")})
    before = counts(bare_database)
    assert before["answer"] == before["response"] == 1

    migrate(bare_database)

    assert counts(bare_database) == before


def test_a_migration_that_fails_leaves_the_tables_as_they_were(bare_database, monkeypatch):
    def stumble(*_args, **_named):
        raise RuntimeError("half way")

    monkeypatch.setattr("alembic.operations.base.Operations.create_index", stumble)
    monkeypatch.setattr("alembic.operations.base.BatchOperations.create_index", stumble)
    with pytest.raises(RuntimeError, match="half way"):
        migrate(bare_database)

    assert tables(bare_database) == set()


def counts(database) -> dict[str, int]:
    with database.reading() as session:
        return {
            name: session.scalar(select(func.count()).select_from(table))
            for name, table in Base.metadata.tables.items()
        }
