"""The record of who did what only grows, and whoever goes round that is found."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from click.testing import CliRunner
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from feedback.cli import main
from feedback.models.oversight import AuditEvent
from feedback.queries import oversight
from feedback.queries.upserts import dialect_of
from feedback.services import audit

LINES, THREADS = 6, 20
FORGED = "f" * 64
SLIPPED_IN = (
    "INSERT INTO audit_event (id, user_id, action, subject, happened_at, chained) "
    "SELECT {at}, user_id, action, subject, happened_at, '" + FORGED + "' "
    "FROM audit_event WHERE id = (SELECT min(id) FROM audit_event)"
)


@pytest.fixture
def numbers(session, now) -> list[int]:
    """A record of six lines; their numbers."""
    for at in range(LINES):
        audit.note(session, None, "export answers csv", f"fern{at}", now=now)
    return list(session.scalars(select(AuditEvent.id).order_by(AuditEvent.id)))


def unguarded(session) -> None:
    """What somebody does who has SQL and means harm; undone when the test ends."""
    if dialect_of(session) == "sqlite":
        session.execute(text("DROP TRIGGER audit_event_no_update"))
        session.execute(text("DROP TRIGGER audit_event_no_delete"))
    else:
        session.execute(text("DROP TRIGGER audit_event_only_grows ON audit_event"))


@pytest.mark.parametrize(
    "attack",
    [
        "UPDATE audit_event SET action = 'nothing'",
        "UPDATE audit_event SET chained = chained WHERE id = (SELECT max(id) FROM audit_event)",
        "DELETE FROM audit_event",
        "DELETE FROM audit_event WHERE id = (SELECT min(id) FROM audit_event)",
    ],
)
def test_the_database_refuses_to_change_or_delete_a_line(session, numbers, attack):
    session.commit()
    with pytest.raises(DBAPIError, match="only added to"):
        session.execute(text(attack))
    session.rollback()

    assert audit.check(session).lines == LINES
    assert audit.check(session).broken_at is None


@pytest.mark.parametrize("column", ["action", "subject"])
def test_a_changed_line_is_found(session, numbers, column):
    unguarded(session)
    session.execute(
        text(f"UPDATE audit_event SET {column} = 'nothing' WHERE id = :id"), {"id": numbers[2]}
    )
    assert audit.check(session).broken_at == numbers[2]


@pytest.mark.parametrize(
    ("change", "value"), [("happened_at", "2020-01-01 00:00:00"), ("chained", FORGED)]
)
def test_a_line_with_another_moment_or_hash_is_found(session, numbers, change, value):
    unguarded(session)
    session.execute(
        text(f"UPDATE audit_event SET {change} = :value WHERE id = :id"),
        {"id": numbers[3], "value": value},
    )
    assert audit.check(session).broken_at == numbers[3]


def test_a_line_put_on_somebody_else_is_found(session, numbers, now, officer_number):
    unguarded(session)
    session.execute(
        text("UPDATE audit_event SET user_id = :user WHERE id = :id"),
        {"id": numbers[0], "user": officer_number},
    )
    assert audit.check(session).broken_at == numbers[0]


@pytest.fixture
def officer_number(session, now) -> int:
    from feedback.services import people
    from feedback.vocabulary import Role

    return people.add_user(session, "o@x.example", "O", Role.OFFICER, "a password", now=now).id


@pytest.mark.parametrize("at", [0, 2])
def test_a_removed_line_is_found(session, numbers, at):
    unguarded(session)
    session.execute(text("DELETE FROM audit_event WHERE id = :id"), {"id": numbers[at]})
    assert audit.check(session).broken_at == numbers[at + 1]


def test_two_lines_that_changed_places_are_found(session, numbers):
    unguarded(session)
    first, second = numbers[1], numbers[2]
    for old, new in ((first, 999), (second, first), (999, second)):
        session.execute(
            text("UPDATE audit_event SET id = :new WHERE id = :old"), {"old": old, "new": new}
        )
    assert audit.check(session).broken_at == first


def test_a_line_slipped_in_is_found(session, numbers):
    unguarded(session)
    for old in reversed(numbers[3:]):  # make room in the middle
        session.execute(
            text("UPDATE audit_event SET id = :new WHERE id = :old"), {"old": old, "new": old + 1}
        )
    session.execute(text(SLIPPED_IN.format(at=numbers[3])))
    assert audit.check(session).broken_at == numbers[3]


def test_a_line_put_at_the_end_without_its_hash_is_found(session, numbers):
    session.execute(text(SLIPPED_IN.format(at=numbers[-1] + 1)))
    assert audit.check(session).broken_at == numbers[-1] + 1


def test_an_end_cut_off_is_found_by_a_hash_that_was_written_down(session, numbers):
    """The chain alone cannot know how long it was."""
    written_down = audit.check(session).newest
    unguarded(session)
    session.execute(text("DELETE FROM audit_event WHERE id = :id"), {"id": numbers[-1]})

    assert audit.check(session).broken_at is None
    assert audit.check(session, written_down=written_down[:12]).holds is False


def test_a_record_written_anew_from_the_first_line_is_found_by_a_hash_that_was_written_down(
    session, numbers, now
):
    written_down = audit.check(session).newest
    unguarded(session)
    session.execute(text("DELETE FROM audit_event"))
    for at in range(LINES):
        audit.note(session, None, "nothing", f"fern{at}", now=now)

    assert audit.check(session).broken_at is None
    assert audit.check(session, written_down=written_down).holds is False
    assert audit.check(session, written_down=audit.check(session).newest).holds


def test_many_who_note_at_once_leave_one_whole_chain(database, now):
    ready = Barrier(THREADS)

    def work(at: int) -> None:
        ready.wait()
        with database.writing() as session, session.begin():
            audit.note(session, None, "export answers csv", f"fern{at}", now=now)

    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(work, range(THREADS)))

    with database.reading() as session:
        found = audit.check(session)
        subjects = {line.subject for line in oversight.lines(session, oversight.Wanted())}
    assert found.broken_at is None
    assert found.lines == len(subjects) == THREADS


# From the command line


def check_record(address: str, *options: str):
    return CliRunner().invoke(
        main, ["record", "check", *options], env={"FEEDBACK_DATABASE": address}
    )


def test_the_command_line_says_whether_the_record_is_whole(address, session, numbers):
    session.commit()
    said = check_record(address)
    assert said.exit_code == 0
    assert f"whole: {LINES} lines" in said.output

    newest = audit.check(session).newest
    assert newest in said.output
    assert check_record(address, "--holds", newest[:12]).exit_code == 0
    lost = check_record(address, "--holds", FORGED)
    assert lost.exit_code == 1
    assert "does not hold" in lost.stderr


def test_the_command_line_ends_with_1_and_names_the_line_where_the_chain_breaks(
    address, session, numbers
):
    session.execute(text(SLIPPED_IN.format(at=numbers[-1] + 1)))
    session.commit()

    said = check_record(address)
    assert said.exit_code == 1
    assert f"broken at line {numbers[-1] + 1}" in said.stderr
