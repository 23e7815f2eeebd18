"""Staff: added, signed in, kept signed in while they work, signed out."""

import hashlib
import secrets
from datetime import datetime, timedelta

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from feedback.errors import WrongSignIn
from feedback.models.people import SignIn, User
from feedback.queries import people
from feedback.vocabulary import Role

LONGEST_SIGN_IN = timedelta(hours=12)
SEEN_EVERY = timedelta(minutes=1)  # how often being active is written down

_hasher = PasswordHasher()
# Checked when nobody has the e-mail address, so that both answers take the same time.
_NOBODY = _hasher.hash(secrets.token_urlsafe())


def add_user(
    session: Session,
    email: str,
    name: str,
    role: Role,
    password: str,
    *,
    demonstration: bool = False,
    now: datetime,
) -> User:
    """Add a member of staff, or give the one with this address a new password and role.

    A new password ends all sign-ins of that person.
    """
    user = people.by_email(session, email)
    if user is None:
        user = User(email=email.strip().casefold(), created_at=now)
        session.add(user)
    else:
        session.execute(delete(SignIn).where(SignIn.user_id == user.id))
    user.name, user.role, user.demonstration = name, role, demonstration
    user.password_hash = _hasher.hash(password)
    session.flush()
    return user


def sign_in(
    session: Session, email: str, password: str, *, demonstration: bool, now: datetime
) -> tuple[User, str]:
    """Check an address and a password and give a fresh token for the browser to keep.

    Raises:
        WrongSignIn: they do not belong together, or belong to a demonstration that this is not.
    """
    user = people.by_email(session, email)
    try:
        _hasher.verify(user.password_hash if user else _NOBODY, password)
    except (VerificationError, InvalidHashError):
        raise WrongSignIn from None
    if user is None or (user.demonstration and not demonstration):
        raise WrongSignIn
    token = secrets.token_urlsafe(32)
    session.execute(delete(SignIn).where(SignIn.began_at < now - LONGEST_SIGN_IN))
    session.add(SignIn(token_hash=_hashed(token), user_id=user.id, began_at=now, seen_at=now))
    session.flush()
    return user, token


def signed_in(session: Session, token: str, *, idle: timedelta, now: datetime) -> SignIn | None:
    """Who a browser's token belongs to, if they were here not long ago."""
    return people.sign_in(
        session, _hashed(token), seen_since=now - idle, began_since=now - LONGEST_SIGN_IN
    )


def seen(session: Session, sign_in: SignIn, *, now: datetime) -> None:
    """Note that somebody is still here."""
    session.execute(
        update(SignIn).where(SignIn.token_hash == sign_in.token_hash).values(seen_at=now)
    )


def sign_out(session: Session, token: str) -> None:
    """End a browser's sign-in; safe to do twice."""
    session.execute(delete(SignIn).where(SignIn.token_hash == _hashed(token)))


def _hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
