"""Lets people in by a single-use link: invited, sent again, taken back, accepted."""

import secrets
from datetime import datetime, timedelta

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from feedback.errors import AlreadyStaff, InvitationNotKnown
from feedback.models.people import StaffInvitation, User
from feedback.queries import people as stored
from feedback.services import audit, people
from feedback.vocabulary import Role

LASTS = timedelta(days=7)
KEPT = timedelta(days=30)  # after its time is over: then the address of who never came is deleted
TOKEN_BYTES = 32  # 256 bits: nobody guesses that, so wrong links need no counting


def invite(
    session: Session,
    email: str,
    name: str,
    role: Role,
    organisation_id: int | None,
    *,
    by: int,
    now: datetime,
) -> tuple[StaffInvitation, str]:
    """Invite somebody; an open invitation to the same address makes room for this one.

    Returns:
        The invitation, and the token that goes into its link: only its hash is kept.

    Raises:
        AlreadyStaff: the address is in the list of people, be it that their access has ended.
    """
    address = stored.plain_email(email)
    if stored.by_email(session, address) is not None:
        raise AlreadyStaff
    session.execute(delete(StaffInvitation).where(stored.open_invitations(address)))
    token = secrets.token_urlsafe(TOKEN_BYTES)
    invitation = StaffInvitation(
        token_hash=people.hashed(token),
        email=address,
        name=name,
        role=role,
        organisation_id=organisation_id,
        invited_by_id=by,
        created_at=now,
        expires_at=now + LASTS,
    )
    session.add(invitation)
    session.flush()
    audit.note(session, by, "invite", f"invitation {invitation.id}: {role.value}", now=now)
    return invitation, token


def send_again(session: Session, invitation: StaffInvitation, *, by: int, now: datetime) -> str:
    """Give an invitation a new link and its full time; the link before is worth nothing."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    invitation.token_hash, invitation.expires_at = people.hashed(token), now + LASTS
    audit.note(session, by, "invite again", f"invitation {invitation.id}", now=now)
    return token


def take_back(session: Session, invitation: StaffInvitation, *, by: int, now: datetime) -> None:
    """Make an invitation worth nothing, and forget whom it was for."""
    number = invitation.id
    session.delete(invitation)
    audit.note(session, by, "take back invitation", f"invitation {number}", now=now)


def find(session: Session, token: str, *, now: datetime) -> StaffInvitation:
    """The invitation that a link opens.

    Raises:
        InvitationNotKnown: there is none, it was used, or its time is over.
    """
    found = stored.invitation(session, people.hashed(token), now=now)
    if found is None:
        raise InvitationNotKnown
    return found


def accept(session: Session, token: str, name: str, password: str, *, now: datetime) -> User:
    """Make an account of an invitation, with the role and the organisation that it names.

    Raises:
        InvitationNotKnown: the link is worth nothing, or another browser was quicker.
        PasswordTooWeak: others would guess the password; the link can be used again.
    """
    invitation = find(session, token, now=now)
    people.check_password(password, invitation.email)
    mine = StaffInvitation.token_hash == people.hashed(token)
    used = session.execute(  # whoever comes second waits here, and finds it used
        update(StaffInvitation)
        .where(mine, StaffInvitation.used_at.is_(None))
        .values(used_at=now)
        .returning(StaffInvitation.id)
        .execution_options(synchronize_session=False)
    ).first()
    if used is None or stored.by_email(session, invitation.email) is not None:
        raise InvitationNotKnown
    user = people.add_user(session, invitation.email, name, invitation.role, password, now=now)
    user.organisation_id = invitation.organisation_id
    audit.note(
        session,
        user.id,
        "accept invitation",
        f"invitation {invitation.id}: {invitation.role.value}",
        now=now,
    )
    return user


def forget(session: Session, *, now: datetime) -> None:
    """Delete invitations whose time was over a month ago, with the addresses in them."""
    session.execute(delete(StaffInvitation).where(StaffInvitation.expires_at < now - KEPT))
