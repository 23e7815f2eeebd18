"""Staff: added, signed in, kept signed in while they work, signed out."""

import hashlib
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import delete, exists, update
from sqlalchemy.orm import Session, aliased

from feedback.errors import PasswordTooPlain, PasswordTooShort, WrongPassword, WrongSignIn
from feedback.models.people import SignIn, User
from feedback.queries import people
from feedback.services import audit
from feedback.vocabulary import Role

LONGEST_SIGN_IN = timedelta(hours=12)
SEEN_EVERY = timedelta(minutes=1)  # how often being active is written down
SHORTEST_PASSWORD = 12  # characters
FEWEST_DIFFERENT = 5  # characters of a password

# The first that anybody tries among those that are long enough.
_COMMON = frozenset(
    """
    123456789012 1234567890123 123456789abc 1234567890ab abcdefghijkl abcdefghijklm abc123abc123
    administrator adminadmin123 changeme1234 changemenow1 correcthorsebatterystaple iloveyou1234
    letmein12345 letmeinletmein liverpoolfc1 manchester123 password1234 password12345
    passwordpassword p@ssw0rd1234 qwerty123456 qwertyqwerty qwertyuiop12 qwertyuiop123
    qwertyuiopas sunshine1234 welcome12345 welcomewelcome brackenshore brackenshore1 feedback1234
    feedbackfeedback
    """.split()
)
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

    A new password ends all sign-ins of that person; somebody whose access had ended is back.
    """
    user = people.by_email(session, email)
    if user is None:
        user = User(email=people.plain_email(email), created_at=now)
        session.add(user)
    else:
        sign_out_everywhere(session, user.id)
    user.name, user.role, user.demonstration, user.ended_at = name, role, demonstration, None
    user.password_hash = _hasher.hash(password)
    session.flush()
    return user


def check_password(password: str, email: str) -> None:
    """Look at a password that somebody wants to have.

    Raises:
        PasswordTooShort: it has fewer than 12 characters.
        PasswordTooPlain: others would guess it.
    """
    if len(password) < SHORTEST_PASSWORD:
        raise PasswordTooShort(least=SHORTEST_PASSWORD)
    plain = "".join(password.casefold().split())
    address = people.plain_email(email)
    name = address.partition("@")[0]
    if plain in _COMMON or address in plain or plain == name or len(set(plain)) < FEWEST_DIFFERENT:
        raise PasswordTooPlain


def rename(session: Session, user: User, name: str, *, now: datetime) -> None:
    """Call somebody what they want to be called."""
    if user.name != name:
        user.name = name
        audit.note(session, user.id, "change name", f"person {user.id}", now=now)


def change_password(session: Session, sign_in: SignIn, old: str, new: str, *, now: datetime) -> str:
    """Give somebody who is signed in another password; all their other sign-ins end.

    Returns:
        A new token for the browser that they did it in.

    Raises:
        WrongPassword: the old one is not what they have now.
        PasswordTooWeak: others would guess the new one.
    """
    user = sign_in.user
    confirm_password(user, old)
    check_password(new, user.email)
    user.password_hash = _hasher.hash(new)
    token = renew_alone(session, sign_in, second_step_at=sign_in.second_step_at)
    audit.note(session, user.id, "change password", f"person {user.id}", now=now)
    return token


def confirm_password(user: User, password: str) -> None:
    """Check the password of somebody who is signed in, before something that lasts.

    Raises:
        WrongPassword: it is another one.
    """
    try:
        _hasher.verify(user.password_hash, password)
    except (VerificationError, InvalidHashError):
        raise WrongPassword from None


def sign_in(
    session: Session, email: str, password: str, *, demonstration: bool, now: datetime
) -> tuple[User, str]:
    """Check an address and a password and give a fresh token for the browser to keep.

    Raises:
        WrongSignIn: they do not belong together, belong to a demonstration that this is not, or
            to somebody whose access has ended.
    """
    user = people.by_email(session, email)
    try:
        _hasher.verify(user.password_hash if user else _NOBODY, password)
    except (VerificationError, InvalidHashError):
        raise WrongSignIn from None
    if user is None or user.ended_at or (user.demonstration and not demonstration):
        raise WrongSignIn
    return user, begin(session, user, now=now)


def begin(session: Session, user: User, *, now: datetime) -> str:
    """Sign somebody in and give a fresh token for the browser to keep.

    What is past its time goes, but for the last of each person: it says when they were seen.
    """
    token = _new_token()
    session.add(SignIn(token_hash=hashed(token), user_id=user.id, began_at=now, seen_at=now))
    session.flush()
    later = aliased(SignIn)
    session.execute(
        delete(SignIn)
        .where(
            SignIn.began_at < now - LONGEST_SIGN_IN,
            exists().where(later.user_id == SignIn.user_id, later.began_at > SignIn.began_at),
        )
        .execution_options(synchronize_session=False)
    )
    return token


def signed_in(session: Session, token: str, *, idle: timedelta, now: datetime) -> SignIn | None:
    """Who a browser's token belongs to, if they were here not long ago and still may be."""
    return people.sign_in(
        session, hashed(token), seen_since=now - idle, began_since=now - LONGEST_SIGN_IN
    )


def renew(session: Session, sign_in: SignIn, *, second_step_at: datetime | None) -> str:
    """Give a browser another token: whoever knew the one before has nothing any more."""
    token = _new_token()
    session.execute(
        update(SignIn)
        .where(SignIn.token_hash == sign_in.token_hash)
        .values(token_hash=hashed(token), second_step_at=second_step_at)
        .execution_options(synchronize_session=False)
    )
    return token


def renew_alone(session: Session, sign_in: SignIn, *, second_step_at: datetime | None) -> str:
    """Give a browser another token, and end that person's sign-ins everywhere else."""
    session.execute(
        delete(SignIn)
        .where(SignIn.user_id == sign_in.user_id, SignIn.token_hash != sign_in.token_hash)
        .execution_options(synchronize_session=False)
    )
    return renew(session, sign_in, second_step_at=second_step_at)


def signed_in_places(
    session: Session, user_id: int, *, idle: timedelta, now: datetime
) -> Sequence[SignIn]:
    """Where somebody is signed in at this moment, the newest first."""
    return people.sign_ins(
        session, user_id, seen_since=now - idle, began_since=now - LONGEST_SIGN_IN
    )


def seen(session: Session, sign_in: SignIn, *, now: datetime) -> None:
    """Note that somebody is still here."""
    session.execute(
        update(SignIn).where(SignIn.token_hash == sign_in.token_hash).values(seen_at=now)
    )


def sign_out(session: Session, token: str) -> None:
    """End a browser's sign-in; safe to do twice."""
    session.execute(delete(SignIn).where(SignIn.token_hash == hashed(token)))


def sign_out_everywhere(session: Session, user_id: int) -> None:
    """End all sign-ins of a person at once."""
    session.execute(delete(SignIn).where(SignIn.user_id == user_id))


def hashed(token: str) -> str:
    """What is kept of a token of ours; it is random, so that no key is needed."""
    return hashlib.sha256(token.encode()).hexdigest()


def _new_token() -> str:
    return secrets.token_urlsafe(32)
