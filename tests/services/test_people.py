from datetime import timedelta

import pytest
from sqlalchemy import select

from feedback.errors import WrongSignIn
from feedback.models.people import SignIn, User
from feedback.queries import people as stored
from feedback.services import people
from feedback.vocabulary import Role

EMAIL, PASSWORD = "Officer@Brackenshore.example", "correct horse battery staple"
IDLE = timedelta(minutes=30)


@pytest.fixture
def user(session, now):
    return people.add_user(session, EMAIL, "Omar", Role.OFFICER, PASSWORD, now=now)


@pytest.fixture
def sign_in(session, now):
    def signed_in(email=EMAIL, password=PASSWORD, *, demonstration=False, at=now):
        return people.sign_in(session, email, password, demonstration=demonstration, now=at)

    return signed_in


def test_a_password_and_a_token_are_kept_only_as_hashes(session, user, sign_in):
    _user, token = sign_in()
    kept = session.execute(select(User)).scalar_one()
    signed_in = session.execute(select(SignIn)).scalar_one()

    assert PASSWORD not in kept.password_hash
    assert kept.password_hash.startswith("$argon2id$")
    assert token not in signed_in.token_hash
    assert len(token) >= 22  # 128 bits in letters of 6 bits


def test_the_case_of_an_address_does_not_matter(user, sign_in):
    assert sign_in("  officer@BRACKENSHORE.example ")[0] is user


@pytest.mark.parametrize(
    ("email", "password"),
    [
        (EMAIL, "wrong"),
        (EMAIL, ""),
        (EMAIL, PASSWORD.upper()),
        ("nobody@brackenshore.example", PASSWORD),
        ("", ""),
    ],
)
def test_a_wrong_password_and_an_unknown_address_are_not_told_apart(user, sign_in, email, password):
    with pytest.raises(WrongSignIn) as wrong:
        sign_in(email, password)
    assert wrong.value.facts == {}


def test_each_sign_in_has_a_token_of_its_own_and_ends_alone(session, user, sign_in, now):
    (_, phone), (_, desk) = sign_in(), sign_in()
    assert phone != desk

    people.sign_out(session, phone)
    people.sign_out(session, phone)

    assert people.signed_in(session, phone, idle=IDLE, now=now) is None
    assert people.signed_in(session, desk, idle=IDLE, now=now).user is user


def test_a_sign_in_ends_after_being_idle_but_not_while_somebody_works(session, user, sign_in, now):
    _, token = sign_in()
    found = people.signed_in(session, token, idle=IDLE, now=now + IDLE)
    people.seen(session, found, now=now + IDLE)
    session.expire_all()

    assert people.signed_in(session, token, idle=IDLE, now=now + 2 * IDLE)
    assert not people.signed_in(
        session, token, idle=IDLE, now=now + 2 * IDLE + timedelta(seconds=1)
    )


def test_a_sign_in_ends_after_a_working_day_even_when_never_idle(session, user, sign_in, now):
    _, token = sign_in()
    late = now + people.LONGEST_SIGN_IN
    found = people.signed_in(session, token, idle=timedelta(days=9), now=late)
    people.seen(session, found, now=late)
    session.expire_all()

    late += timedelta(seconds=1)
    assert people.signed_in(session, token, idle=timedelta(days=9), now=late) is None


def test_sign_ins_past_their_time_are_swept_away_by_the_next(session, user, sign_in, now):
    sign_in()
    sign_in(at=now + people.LONGEST_SIGN_IN + timedelta(seconds=1))
    assert len(session.scalars(select(SignIn)).all()) == 1


def test_the_last_sign_in_of_each_person_stays_to_say_when_they_were_seen(session, user, now):
    other = people.add_user(session, "other@x.example", "O", Role.VIEWER, PASSWORD, now=now)
    people.begin(session, other, now=now)
    late = now + 3 * people.LONGEST_SIGN_IN
    token = people.begin(session, user, now=late)

    assert stored.last_seen(session, other.id) == now
    assert stored.last_seen(session, user.id) == late
    assert {each.user.id: each.seen_at for each in stored.listed(session)} == {
        user.id: late,
        other.id: now,
    }
    assert people.signed_in(session, token, idle=IDLE, now=late)


def test_a_new_password_changes_the_role_and_ends_all_sign_ins(session, user, sign_in, now):
    _, token = sign_in()
    people.add_user(session, EMAIL.upper(), "Omar", Role.VIEWER, "another password", now=now)

    assert people.signed_in(session, token, idle=IDLE, now=now) is None
    with pytest.raises(WrongSignIn):
        sign_in()
    assert sign_in(password="another password")[0].role is Role.VIEWER
    assert len(session.scalars(select(User)).all()) == 1


def test_a_made_up_person_signs_in_only_to_the_demonstration(session, sign_in, now):
    people.add_user(session, EMAIL, "Omar", Role.OFFICER, PASSWORD, demonstration=True, now=now)

    with pytest.raises(WrongSignIn):
        sign_in()
    assert sign_in(demonstration=True)
