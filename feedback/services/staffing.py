"""What an administrator changes: roles, organisations, who may come in. Each change is noted."""

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from feedback.errors import LastAdministrator, NameTaken, NotOneself
from feedback.models.people import Organisation, StaffInvitation, User
from feedback.queries import people as stored
from feedback.services import audit, people, second_step
from feedback.vocabulary import PERMISSIONS_OF, OrganisationKind, Permission, Role


def change(
    session: Session,
    user: User,
    role: Role,
    organisation_id: int | None,
    *,
    by: int,
    now: datetime,
) -> None:
    """Give somebody a role and an organisation; another role ends their sign-ins.

    Raises:
        NotOneself: somebody would change their own role.
        LastAdministrator: nobody would be left to let people in.
    """
    if role is not user.role:
        _not_oneself(user, by)
        _leave_an_administrator(session, user)
        user.role = role
        _lock_out(session, user)
        audit.note(session, by, "change role", f"person {user.id}: {role.value}", now=now)
    if organisation_id != user.organisation_id:
        user.organisation_id = organisation_id
        audit.note(session, by, "change organisation", f"person {user.id}", now=now)


def end(session: Session, user: User, *, by: int, now: datetime) -> None:
    """Let somebody in no more: all their sign-ins end at once. Safe to do twice.

    Raises:
        NotOneself: somebody would end their own access.
        LastAdministrator: nobody would be left to let people in.
    """
    _not_oneself(user, by)
    if user.ended_at is not None:
        return
    _leave_an_administrator(session, user)
    user.ended_at = now
    _lock_out(session, user)
    audit.note(session, by, "end access", f"person {user.id}", now=now)


def bring_back(session: Session, user: User, *, by: int, now: datetime) -> None:
    """Let somebody in again, with the password and the role they had. Safe to do twice."""
    if user.ended_at is not None:
        user.ended_at = None
        audit.note(session, by, "bring back", f"person {user.id}: {user.role.value}", now=now)


def reset_second_step(session: Session, user: User, *, by: int, now: datetime) -> None:
    """Let somebody set up their second step anew, as when their telephone is lost.

    Raises:
        NotOneself: one's own is set up anew with one's password, on one's own page.
    """
    _not_oneself(user, by)
    second_step.begin_anew(session, user)
    people.sign_out_everywhere(session, user.id)
    audit.note(session, by, "reset second step", f"person {user.id}", now=now)


def add_organisation(
    session: Session, name: str, kind: OrganisationKind, *, by: int | None, now: datetime
) -> Organisation:
    """Add an organisation that staff belong to and that runs events.

    Raises:
        NameTaken: another one is called so.
    """
    _check_name(session, name)
    organisation = Organisation(name=name, kind=kind, created_at=now)
    session.add(organisation)
    session.flush()
    audit.note(session, by, "add organisation", f"organisation {organisation.id}", now=now)
    return organisation


def change_organisation(
    session: Session,
    organisation: Organisation,
    name: str,
    kind: OrganisationKind,
    *,
    by: int,
    now: datetime,
) -> None:
    """Give an organisation another name or kind.

    Raises:
        NameTaken: another one is called so.
    """
    if (organisation.name, organisation.kind) == (name, kind):
        return
    _check_name(session, name, apart_from=organisation)
    organisation.name, organisation.kind = name, kind
    audit.note(session, by, "change organisation name", f"organisation {organisation.id}", now=now)


def _not_oneself(user: User, by: int) -> None:
    if user.id == by:
        raise NotOneself


def _leave_an_administrator(session: Session, user: User) -> None:
    """Refuse to take the last one away, also where two take away each other at once."""
    if user.role is not Role.ADMINISTRATOR or user.ended_at is not None:
        return
    administrators = session.scalars(
        select(User.id)
        .where(User.role == Role.ADMINISTRATOR, User.ended_at.is_(None))
        .order_by(User.id)
        .with_for_update()
    ).all()
    if not set(administrators) - {user.id}:
        raise LastAdministrator


def _lock_out(session: Session, user: User) -> None:
    """End somebody's sign-ins, and take back what they opened for others while they might."""
    session.flush()
    people.sign_out_everywhere(session, user.id)
    if user.ended_at is not None or Permission.MANAGE_PEOPLE not in PERMISSIONS_OF[user.role]:
        session.execute(
            delete(StaffInvitation).where(
                StaffInvitation.invited_by_id == user.id, StaffInvitation.used_at.is_(None)
            )
        )


def _check_name(session: Session, name: str, *, apart_from: Organisation | None = None) -> None:
    there = stored.organisation_called(session, name)
    if there is not None and there is not apart_from:
        raise NameTaken
