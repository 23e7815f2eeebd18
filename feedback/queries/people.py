"""Staff and where they are signed in."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from feedback.analysis.text import one_line
from feedback.models.people import SignIn, User


def by_email(session: Session, email: str) -> User | None:
    """The member of staff with an e-mail address, whatever its case."""
    return session.scalars(select(User).where(User.email == one_line(email).casefold())).first()


def sign_in(
    session: Session, token_hash: str, *, seen_since: datetime, began_since: datetime
) -> SignIn | None:
    """A browser's sign-in with its user, unless it was idle too long or is too old."""
    return session.scalars(
        select(SignIn)
        .where(
            SignIn.token_hash == token_hash,
            SignIn.seen_at >= seen_since,
            SignIn.began_at >= began_since,
        )
        .options(joinedload(SignIn.user))
    ).first()
