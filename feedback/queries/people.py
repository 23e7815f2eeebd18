"""Staff, whom they belong to, where they are signed in, who is invited."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, select, true
from sqlalchemy.orm import Session, joinedload

from feedback.analysis.text import one_line
from feedback.models.oversight import AuditEvent
from feedback.models.people import Organisation, SignIn, StaffInvitation, User


@dataclass(frozen=True)
class Listed:
    """A member of staff, and when something was last heard of them."""

    user: User
    seen_at: datetime | None


def plain_email(typed: str) -> str:
    """An e-mail address as it is kept: case and blanks around it do not matter."""
    return one_line(typed).casefold()


def by_email(session: Session, email: str) -> User | None:
    """The member of staff with an e-mail address, whatever its case."""
    return session.scalars(select(User).where(User.email == plain_email(email))).first()


def by_id(session: Session, user_id: int) -> User | None:
    """A member of staff with their organisation."""
    return session.scalars(
        select(User).where(User.id == user_id).options(joinedload(User.organisation))
    ).first()


def listed(session: Session) -> Sequence[Listed]:
    """All staff by name, those whose access has ended last."""
    seen = _seen(session)
    users = session.scalars(
        select(User)
        .options(joinedload(User.organisation))
        .order_by(User.ended_at.is_not(None), func.lower(User.name), User.id)
    )
    return [Listed(user, seen.get(user.id)) for user in users]


def last_seen(session: Session, user_id: int) -> datetime | None:
    """When something was last heard of somebody."""
    return _seen(session, SignIn.user_id == user_id, AuditEvent.user_id == user_id).get(user_id)


def _seen(session: Session, *only: ColumnElement[bool]) -> dict[int, datetime]:
    """When each was last seen on a page, or did something that was noted."""
    found: dict[int, datetime] = {}
    for who, at, condition in zip(
        (SignIn.user_id, AuditEvent.user_id),
        (SignIn.seen_at, AuditEvent.happened_at),
        only or (true(), true()),
        strict=True,
    ):
        rows = select(who, func.max(at)).where(who.is_not(None), condition).group_by(who)
        for user_id, moment in session.execute(rows):
            if user_id is not None:
                found[user_id] = max(moment, found.get(user_id, moment))
    return found


def names(session: Session) -> Mapping[int, str]:
    """What each member of staff is called, by name."""
    rows = session.execute(select(User.id, User.name).order_by(func.lower(User.name), User.id))
    return {row[0]: row[1] for row in rows}


def sign_in(
    session: Session, token_hash: str, *, seen_since: datetime, began_since: datetime
) -> SignIn | None:
    """A browser's sign-in with its user, unless it was idle too long, is too old, or was ended."""
    return session.scalars(
        select(SignIn)
        .join(SignIn.user)
        .where(
            SignIn.token_hash == token_hash,
            SignIn.seen_at >= seen_since,
            SignIn.began_at >= began_since,
            User.ended_at.is_(None),
        )
        .options(joinedload(SignIn.user))
    ).first()


def sign_ins(
    session: Session, user_id: int, *, seen_since: datetime, began_since: datetime
) -> Sequence[SignIn]:
    """Where somebody is signed in now, the newest first."""
    return session.scalars(
        select(SignIn)
        .where(
            SignIn.user_id == user_id,
            SignIn.seen_at >= seen_since,
            SignIn.began_at >= began_since,
        )
        .order_by(SignIn.seen_at.desc(), SignIn.token_hash)
    ).all()


def invitation(session: Session, token_hash: str, *, now: datetime) -> StaffInvitation | None:
    """The invitation with a token, unless it was used or its time is over."""
    return session.scalars(
        select(StaffInvitation).where(
            StaffInvitation.token_hash == token_hash,
            StaffInvitation.used_at.is_(None),
            StaffInvitation.expires_at >= now,
        )
    ).first()


def invitation_by_id(session: Session, invitation_id: int) -> StaffInvitation | None:
    """An invitation that nobody has used yet, also one whose time is over."""
    return session.scalars(
        select(StaffInvitation).where(
            StaffInvitation.id == invitation_id, StaffInvitation.used_at.is_(None)
        )
    ).first()


def invitations(session: Session) -> Sequence[StaffInvitation]:
    """Invitations that nobody has used yet, the newest first."""
    return session.scalars(
        select(StaffInvitation)
        .where(StaffInvitation.used_at.is_(None))
        .options(joinedload(StaffInvitation.organisation))
        .order_by(StaffInvitation.created_at.desc(), StaffInvitation.id.desc())
    ).all()


def open_invitations(email: str) -> ColumnElement[bool]:
    """A condition: invitations to an address that nobody has used."""
    return and_(StaffInvitation.email == email, StaffInvitation.used_at.is_(None))


def organisations(session: Session) -> Sequence[tuple[Organisation, int]]:
    """All organisations by name, with how many people who may come in belong to each."""
    belonging = (
        select(User.organisation_id, func.count().label("many"))
        .where(User.ended_at.is_(None))
        .group_by(User.organisation_id)
        .subquery()
    )
    rows = session.execute(
        select(Organisation, func.coalesce(belonging.c.many, 0))
        .outerjoin(belonging, belonging.c.organisation_id == Organisation.id)
        .order_by(func.lower(Organisation.name), Organisation.id)
    )
    return [(row[0], row[1]) for row in rows]


def organisation(session: Session, organisation_id: int) -> Organisation | None:
    """One organisation."""
    return session.get(Organisation, organisation_id)


def organisation_called(session: Session, name: str) -> Organisation | None:
    """The organisation of a name, whatever its case."""
    same = func.lower(Organisation.name) == name.lower()
    return session.scalars(select(Organisation).where(same)).first()
