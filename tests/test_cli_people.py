"""What a host does with people on the command line."""

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from feedback.cli import main
from feedback.errors import WrongSignIn
from feedback.models.oversight import AuditEvent
from feedback.models.people import SignIn, User
from feedback.services import people

ANA, PASSWORD = "ana@brackenshore.example", "a kite over the river"


@pytest.fixture
def add_user(address):
    def run(*options: str, email: str = ANA, password: str = PASSWORD):
        words = ["add-user", email, "Ana", "--password", password, *options]
        return CliRunner().invoke(main, words, env={"FEEDBACK_DATABASE": address})

    return run


def test_the_first_administrator_is_made_and_noted_by_number(add_user, look, database, now):
    said = add_user("--role", "administrator")
    assert said.exit_code == 0
    [(number, role)] = look(select(User.id, User.role))
    assert role == "administrator"
    assert look(select(AuditEvent.user_id, AuditEvent.action, AuditEvent.subject)) == [
        (None, "add person", f"person {number}: administrator")
    ]
    with database.writing() as session:
        assert people.sign_in(session, ANA, PASSWORD, demonstration=False, now=now)


@pytest.mark.parametrize("password", ["short", "password1234", ANA])
def test_a_weak_password_is_refused(add_user, look, password):
    said = add_user(password=password)
    assert said.exit_code == 1
    assert "password" in said.stderr
    assert look(select(User.id)) == []


def test_a_new_password_brings_somebody_back_and_keeps_their_app(add_user, look, database, now):
    add_user("--role", "officer")
    with database.writing() as session, session.begin():
        user = session.scalars(select(User)).one()
        user.ended_at = user.second_step_since = now
        people.begin(session, user, now=now)
    assert add_user("--role", "officer", password="another good password").exit_code == 0

    columns = (User.ended_at, User.second_step_since, User.second_step_turn)
    assert look(select(*columns)) == [(None, now, 0)]
    assert look(select(SignIn.token_hash)) == []
    with database.writing() as session, pytest.raises(WrongSignIn):
        people.sign_in(session, ANA, PASSWORD, demonstration=False, now=now)


def test_a_lost_phone_of_the_only_administrator_is_no_end(add_user, look, database, now):
    add_user("--role", "administrator")
    with database.writing() as session, session.begin():
        session.scalars(select(User)).one().second_step_since = now
    add_user("--role", "administrator", "--second-step-anew")

    assert look(select(User.second_step_since, User.second_step_turn)) == [(None, 1)]
