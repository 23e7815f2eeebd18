"""Roles change, access ends, and there is always somebody who can let people in."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from sqlalchemy import func, select

from feedback.errors import LastAdministrator, NameTaken, NotOneself, WrongSignIn
from feedback.models.oversight import AuditEvent
from feedback.models.people import SignIn, StaffInvitation, User
from feedback.services import inviting, people, staffing
from feedback.vocabulary import OrganisationKind, Role

PASSWORD = "a kite over the river"
IDLE = timedelta(minutes=30)
ROUNDS = 5


def add(session, role: Role, now, name: str = "") -> User:
    email = f"{name or role.value}@x.example"
    return people.add_user(session, email, name or role.value, role, PASSWORD, now=now)


@pytest.fixture
def asha(session, now) -> User:
    return add(session, Role.ADMINISTRATOR, now, "asha")


@pytest.fixture
def officer(session, now) -> User:
    return add(session, Role.OFFICER, now)


def noted(session) -> list[tuple[str, str]]:
    rows = session.execute(select(AuditEvent.action, AuditEvent.subject).order_by(AuditEvent.id))
    return [(row[0], row[1]) for row in rows]


def test_another_role_ends_the_sign_ins_of_that_person_and_of_nobody_else(
    session, asha, officer, now
):
    theirs, mine = people.begin(session, officer, now=now), people.begin(session, asha, now=now)
    staffing.change(session, officer, Role.VIEWER, None, by=asha.id, now=now)

    assert people.signed_in(session, theirs, idle=IDLE, now=now) is None
    assert people.signed_in(session, mine, idle=IDLE, now=now)
    assert noted(session) == [("change role", f"person {officer.id}: viewer")]


def test_another_organisation_ends_nothing(session, asha, officer, now):
    school = staffing.add_organisation(
        session, "Fernhill", OrganisationKind.EDUCATION, by=asha.id, now=now
    )
    token = people.begin(session, officer, now=now)
    for _ in range(2):
        staffing.change(session, officer, Role.OFFICER, school.id, by=asha.id, now=now)

    assert people.signed_in(session, token, idle=IDLE, now=now)
    assert [action for action, _ in noted(session)] == ["add organisation", "change organisation"]


def test_ended_access_ends_all_sign_ins_at_once_and_lets_nobody_in(session, asha, officer, now):
    tokens = [people.begin(session, officer, now=now) for _ in range(3)]
    for _ in range(2):  # safe to do twice
        staffing.end(session, officer, by=asha.id, now=now)

    assert [people.signed_in(session, token, idle=IDLE, now=now) for token in tokens] == [None] * 3
    with pytest.raises(WrongSignIn) as refused:
        people.sign_in(session, officer.email, PASSWORD, demonstration=False, now=now)
    assert refused.value.facts == {}
    assert noted(session) == [("end access", f"person {officer.id}")]


def test_a_sign_in_that_was_kept_all_the_same_opens_nothing(session, asha, officer, now):
    token = people.begin(session, officer, now=now)
    officer.ended_at = now
    session.flush()
    assert people.signed_in(session, token, idle=IDLE, now=now) is None


def test_somebody_brought_back_has_their_password_and_role(session, asha, officer, now):
    staffing.end(session, officer, by=asha.id, now=now)
    for _ in range(2):
        staffing.bring_back(session, officer, by=asha.id, now=now)

    user, _ = people.sign_in(session, officer.email, PASSWORD, demonstration=False, now=now)
    assert user.role is Role.OFFICER
    assert noted(session)[1:] == [("bring back", f"person {officer.id}: officer")]


@pytest.mark.parametrize("act", ["change", "end", "reset_second_step"])
def test_nobody_does_it_to_themselves(session, asha, now, act):
    add(session, Role.ADMINISTRATOR, now, "another")
    changed = (Role.VIEWER, None) if act == "change" else ()
    with pytest.raises(NotOneself):
        getattr(staffing, act)(session, asha, *changed, by=asha.id, now=now)
    assert (asha.role, asha.ended_at) == (Role.ADMINISTRATOR, None)
    assert noted(session) == []


@pytest.mark.parametrize("act", ["change", "end"])
def test_the_last_administrator_stays(session, asha, officer, now, act):
    gone = add(session, Role.ADMINISTRATOR, now, "gone")
    staffing.end(session, gone, by=asha.id, now=now)
    changed = (Role.VIEWER, None) if act == "change" else ()
    with pytest.raises(LastAdministrator):
        getattr(staffing, act)(session, asha, *changed, by=officer.id, now=now)


@pytest.mark.parametrize("act", ["change", "end"])
def test_two_administrators_who_remove_each_other_at_once_leave_one(database, now, act):
    changed = (Role.VIEWER, None) if act == "change" else ()
    for at in range(ROUNDS):
        with database.writing() as session, session.begin():
            two = [add(session, Role.ADMINISTRATOR, now, f"{name}{at}") for name in "ab"]
            numbers = [user.id for user in two]
            others = session.scalars(select(User).where(User.id.not_in(numbers))).all()
            for other in others:
                other.ended_at = now
        ready = Barrier(2)

        def work(by: int, whom: int, ready: Barrier = ready) -> str:
            ready.wait()
            with database.writing() as session, session.begin():
                user = session.get_one(User, whom)
                try:
                    getattr(staffing, act)(session, user, *changed, by=by, now=now)
                except LastAdministrator:
                    return "refused"
            return "done"

        with ThreadPoolExecutor(2) as pool:
            said = sorted(pool.map(work, numbers, reversed(numbers)))
        with database.reading() as session:
            left = select(func.count()).where(
                User.role == Role.ADMINISTRATOR, User.ended_at.is_(None)
            )
            assert session.scalar(left) == 1
        assert said == ["done", "refused"]


@pytest.mark.parametrize("act", ["change", "end"])
def test_invitations_by_somebody_who_may_invite_no_more_are_taken_back(session, asha, now, act):
    other = add(session, Role.ADMINISTRATOR, now, "other")
    inviting.invite(session, "theirs@x.example", "T", Role.OFFICER, None, by=other.id, now=now)
    inviting.invite(session, "mine@x.example", "M", Role.OFFICER, None, by=asha.id, now=now)
    changed = (Role.OFFICER, None) if act == "change" else ()
    getattr(staffing, act)(session, other, *changed, by=asha.id, now=now)

    assert session.scalars(select(StaffInvitation.email)).all() == ["mine@x.example"]


def test_resetting_the_second_step_makes_a_new_key_and_signs_out(session, asha, officer, now):
    officer.second_step_since, officer.second_step_used = now, 7
    people.begin(session, officer, now=now)
    staffing.reset_second_step(session, officer, by=asha.id, now=now)

    assert (officer.second_step_turn, officer.second_step_since, officer.second_step_used) == (
        1,
        None,
        None,
    )
    assert session.scalars(select(SignIn)).all() == []
    assert noted(session) == [("reset second step", f"person {officer.id}")]


def test_two_organisations_never_share_a_name(session, asha, now):
    kind = OrganisationKind.HEALTH
    first = staffing.add_organisation(session, "Fernhill", kind, by=asha.id, now=now)
    second = staffing.add_organisation(session, "Ferndale", kind, by=asha.id, now=now)
    with pytest.raises(NameTaken):
        staffing.add_organisation(session, "FERNHILL", kind, by=asha.id, now=now)
    with pytest.raises(NameTaken):
        staffing.change_organisation(session, second, "fernhill", kind, by=asha.id, now=now)
    staffing.change_organisation(session, first, "FernHill", kind, by=asha.id, now=now)
    assert first.name == "FernHill"
