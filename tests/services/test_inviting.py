"""Invitations: a link that works once, for seven days, and says nothing of why it does not."""

import hashlib
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from feedback.errors import AlreadyStaff, InvitationNotKnown, PasswordTooPlain, PasswordTooShort
from feedback.models.oversight import AuditEvent
from feedback.models.people import StaffInvitation, User
from feedback.services import inviting, people, staffing
from feedback.vocabulary import OrganisationKind, Role

EMAIL, PASSWORD = "sam@fernhill.example", "a kite over the river"
MOMENT = timedelta(seconds=1)


@pytest.fixture
def inviter(session, now) -> User:
    return people.add_user(session, "asha@x.example", "Asha", Role.ADMINISTRATOR, PASSWORD, now=now)


@pytest.fixture
def invite(session, inviter, now):
    def invited(email=EMAIL, role=Role.VIEWER, organisation_id=None, by=inviter):
        return inviting.invite(session, email, "Sam", role, organisation_id, by=by.id, now=now)

    return invited


@pytest.fixture
def accept(session, now):
    def accepted(token, password=PASSWORD, at=now):
        return inviting.accept(session, token, "Sam Newcomer", password, now=at)

    return accepted


def test_an_invitation_becomes_an_account_with_its_role_and_organisation(
    session, inviter, invite, accept, now
):
    school = staffing.add_organisation(
        session, "Fernhill", OrganisationKind.EDUCATION, by=inviter.id, now=now
    )
    _, token = invite("  Sam@Fernhill.EXAMPLE ", Role.OFFICER, school.id)
    user = accept(token)

    assert (user.email, user.name, user.role) == (EMAIL, "Sam Newcomer", Role.OFFICER)
    assert user.organisation_id == school.id
    assert not user.demonstration
    assert people.sign_in(session, EMAIL, PASSWORD, demonstration=False, now=now)


def test_a_token_has_256_bits_and_only_its_hash_is_kept(session, invite):
    (one, token), (_, other) = invite(), invite("other@x.example")

    assert len(token) == 43  # 256 bits in letters of 6 bits
    assert token != other
    assert one.token_hash == hashlib.sha256(token.encode()).hexdigest()
    kept = repr(session.execute(select(StaffInvitation.__table__)).all())
    assert token not in kept


def test_a_link_works_for_seven_days_and_no_longer(invite, accept, now):
    _, token = invite()
    with pytest.raises(InvitationNotKnown):
        accept(token, at=now + inviting.LASTS + MOMENT)
    assert accept(token, at=now + inviting.LASTS)


def test_a_link_works_once(session, invite, accept):
    _, token = invite()
    accept(token)
    with pytest.raises(InvitationNotKnown):
        accept(token, "another good password")
    assert session.scalar(select(func.count()).where(User.email == EMAIL)) == 1


@pytest.mark.parametrize(
    "change",
    [lambda t: t[:-1], lambda t: t + "A", str.swapcase, lambda t: "", lambda t: t[::-1],
     lambda t: hashlib.sha256(t.encode()).hexdigest(), lambda t: "\0" * 43, lambda t: "é" * 9000],
    ids=["shorter", "longer", "other case", "empty", "backwards", "its hash", "nothing", "long"],
)  # fmt: skip
def test_a_link_that_was_tampered_with_is_not_known(invite, accept, change):
    _, token = invite()
    with pytest.raises(InvitationNotKnown):
        accept(change(token))
    assert accept(token)


def test_used_expired_and_unknown_links_are_not_told_apart(session, invite, accept, now):
    _, used = invite()
    accept(used)
    _, expired = invite("late@x.example")
    found = []
    for token in (used, expired, "unknown"):
        with pytest.raises(InvitationNotKnown) as refused:
            inviting.find(session, token, now=now + inviting.LASTS + MOMENT)
        found.append((refused.value.status, refused.value.message, refused.value.facts))
    assert found == [found[0]] * 3


def test_sending_again_makes_a_new_link_and_gives_it_its_full_time(
    session, inviter, invite, accept, now
):
    invitation, first = invite()
    later = now + timedelta(days=5)
    second = inviting.send_again(session, invitation, by=inviter.id, now=later)

    with pytest.raises(InvitationNotKnown):
        accept(first)
    assert accept(second, at=later + inviting.LASTS)


def test_an_invitation_taken_back_is_worth_nothing_and_forgets_whom_it_was_for(
    session, inviter, invite, accept, now
):
    invitation, token = invite()
    inviting.take_back(session, invitation, by=inviter.id, now=now)

    with pytest.raises(InvitationNotKnown):
        accept(token)
    assert session.scalars(select(StaffInvitation)).all() == []


def test_inviting_an_address_again_replaces_the_open_invitation(session, invite, accept):
    _, first = invite(role=Role.OFFICER)
    _, second = invite(EMAIL.upper(), role=Role.VIEWER)

    with pytest.raises(InvitationNotKnown):
        accept(first)
    assert accept(second).role is Role.VIEWER


def test_the_address_of_somebody_who_is_there_is_refused_also_when_their_access_has_ended(
    session, inviter, invite, now
):
    there = people.add_user(session, EMAIL, "Sam", Role.VIEWER, PASSWORD, now=now)
    with pytest.raises(AlreadyStaff):
        invite(EMAIL.title())
    staffing.end(session, there, by=inviter.id, now=now)
    with pytest.raises(AlreadyStaff):
        invite()


def test_a_link_does_not_change_somebody_who_came_another_way(session, invite, accept, now):
    _, token = invite(role=Role.ADMINISTRATOR)
    people.add_user(session, EMAIL, "Sam", Role.VIEWER, PASSWORD, now=now)

    with pytest.raises(InvitationNotKnown):
        accept(token, "another good password")
    assert (
        people.sign_in(session, EMAIL, PASSWORD, demonstration=False, now=now)[0].role == "viewer"
    )


@pytest.mark.parametrize("password", ["short", "elevenchars", "", "           "])
def test_a_short_password_is_refused_and_the_link_stays_good(invite, accept, password):
    _, token = invite()
    with pytest.raises(PasswordTooShort):
        accept(token, password)
    assert accept(token)


@pytest.mark.parametrize(
    "password",
    [EMAIL, EMAIL.upper(), f"my {EMAIL} 1", "password1234", "PassWord 1234", "aaaaaaaaaaaa",
     "abababababab", "1234 5678 9012", "            "],
)  # fmt: skip
def test_a_password_that_others_would_guess_is_refused(invite, accept, password):
    _, token = invite()
    with pytest.raises(PasswordTooPlain):
        accept(token, password)


@pytest.mark.parametrize("password", ["correct horse", "Ż😀ółć gęślą jaźń", "twelve chars"])
def test_other_passwords_of_twelve_characters_are_taken(session, invite, accept, password, now):
    _, token = invite()
    accept(token, password)
    assert people.sign_in(session, EMAIL, password, demonstration=False, now=now)


def test_each_step_is_noted_without_a_name_or_an_address(session, inviter, invite, accept, now):
    invitation, _ = invite()
    token = inviting.send_again(session, invitation, by=inviter.id, now=now)
    user = accept(token)
    other, _ = invite("other@x.example")
    inviting.take_back(session, other, by=inviter.id, now=now)

    rows = session.execute(
        select(AuditEvent.user_id, AuditEvent.action, AuditEvent.subject).order_by(AuditEvent.id)
    ).all()
    assert rows == [
        (inviter.id, "invite", f"invitation {invitation.id}: viewer"),
        (inviter.id, "invite again", f"invitation {invitation.id}"),
        (user.id, "accept invitation", f"invitation {invitation.id}: viewer"),
        (inviter.id, "invite", f"invitation {other.id}: viewer"),
        (inviter.id, "take back invitation", f"invitation {other.id}"),
    ]


def test_an_invitation_past_its_time_is_deleted_after_a_month(session, invite, now):
    invite()
    inviting.forget(session, now=now + inviting.LASTS + inviting.KEPT)
    assert session.scalar(select(func.count()).select_from(StaffInvitation)) == 1
    inviting.forget(session, now=now + inviting.LASTS + inviting.KEPT + MOMENT)
    assert session.scalar(select(func.count()).select_from(StaffInvitation)) == 0
