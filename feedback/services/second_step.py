"""The second step of signing in: six digits from an app that only one person has (TOTP).

The app's key is made from the host's secret, so that the database alone gives none away.
"""

import base64
import hmac
import unicodedata
from datetime import datetime
from typing import cast

from sqlalchemy import CursorResult, or_, update
from sqlalchemy.orm import Session

from feedback.errors import WrongNumber
from feedback.models.people import SignIn, User
from feedback.services import audit, people
from feedback.services.codes import Codes
from feedback.vocabulary import PERMISSIONS_OF, SECOND_STEP, Role

SECONDS = 30  # how long each number holds
DRIFT = 1  # steps that a telephone's clock may be early or late
DIGITS = 6
DEMONSTRATION_NUMBER = "123456"  # for made-up people in the demonstration


def asked_of(role: Role) -> bool:
    """Whether a role signs in with a second step."""
    return bool(PERMISSIONS_OF[role] & SECOND_STEP)


def key_of(codes: Codes, user: User) -> str:
    """Somebody's key as apps take it: 32 letters and digits."""
    return base64.b32encode(codes.second_step_key(user.id, user.second_step_turn)).decode()


def address_of(codes: Codes, user: User, host_name: str) -> str:
    """The key as an address that an app reads from a QR code."""
    from pyotp.totp import TOTP  # late: only somebody who sets up their app needs it

    return TOTP(key_of(codes, user), digits=DIGITS, interval=SECONDS).provisioning_uri(
        name=user.email, issuer_name=host_name.replace(":", " ")
    )


def pass_step(
    session: Session,
    codes: Codes,
    sign_in: SignIn,
    typed: str,
    *,
    demonstration: bool,
    now: datetime,
) -> str:
    """Take the number that somebody typed; the first one also says that their app is set up.

    Args:
        sign_in: with its user.
        demonstration: whether made-up people may type the number that the page tells them.

    Returns:
        A new token for the browser: the one before was worth less and ends.

    Raises:
        WrongNumber: it is not the number of this moment, or was taken already.
    """
    user, number = sign_in.user, _digits(typed)
    if not (demonstration and user.demonstration and number == DEMONSTRATION_NUMBER):
        _use(session, user, _step(codes, user, number, now=now))
    token = people.renew(session, sign_in, second_step_at=now)
    if user.second_step_since is None:
        session.execute(update(User).where(User.id == user.id).values(second_step_since=now))
        audit.note(session, user.id, "set up second step", f"person {user.id}", now=now)
    return token


def set_up_anew(session: Session, sign_in: SignIn, password: str, *, now: datetime) -> str:
    """Let somebody who is signed in change to another app; all their other sign-ins end.

    Returns:
        A new token for the browser that they did it in; it waits for the second step.

    Raises:
        WrongPassword: the password is not theirs, as where they left their computer open.
    """
    user = sign_in.user
    people.confirm_password(user, password)
    begin_anew(session, user)
    token = people.renew_alone(session, sign_in, second_step_at=None)
    audit.note(session, user.id, "change second step", f"person {user.id}", now=now)
    return token


def begin_anew(session: Session, user: User) -> None:
    """Make another key for somebody, so that the app they have now is worth nothing."""
    user.second_step_turn += 1
    user.second_step_since = user.second_step_used = None
    session.flush()


def _digits(typed: str) -> str:
    """The digits of a number however it was typed or pasted: "123 456", "١٢٣٤٥٦"."""
    plain = unicodedata.normalize("NFKC", typed[:40])
    return "".join(
        str(unicodedata.decimal(letter)) if letter.isdecimal() else letter
        for letter in plain
        if not letter.isspace() and letter not in "-\u200e\u200f"
    )


def _step(codes: Codes, user: User, number: str, *, now: datetime) -> int:
    """The time step that a number belongs to."""
    from pyotp.hotp import HOTP

    numbers = HOTP(key_of(codes, user), digits=DIGITS)
    here = int(now.timestamp()) // SECONDS
    found = None
    for step in range(here - DRIFT, here + DRIFT + 1):  # all of them: each guess takes as long
        if hmac.compare_digest(numbers.at(step).encode(), number.encode()):
            found = step
    if found is None:
        raise WrongNumber
    return found


def _use(session: Session, user: User, step: int) -> None:
    """Take a step's number once, also where two browsers send it at the same moment."""
    unused = or_(User.second_step_used.is_(None), User.second_step_used < step)
    used = session.execute(
        update(User)
        .where(User.id == user.id, User.second_step_turn == user.second_step_turn, unused)
        .values(second_step_used=step)
        .execution_options(synchronize_session=False)
    )
    if not cast(CursorResult[object], used).rowcount:
        raise WrongNumber
