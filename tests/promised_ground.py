"""Insights and commitments to read, for the tests of pages that everybody sees."""

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback.models.improvements import Commitment, Insight, InsightQuote, Update
from feedback.models.people import Organisation, User
from feedback.models.quotes import Quote
from feedback.models.releases import Release, ReleasedTheme
from feedback.models.themes import Theme
from feedback.services import codebooks
from feedback.vocabulary import Audience, CommitmentState, OrganisationKind, Role, RunState

DAY = timedelta(days=1)


def words(standard: str, easy: str | None = None, **others: str) -> dict[str, dict[str, str]]:
    """A text as the database keeps it: English in both wordings, other languages in one."""
    english = {"standard": standard, **({"easy": easy} if easy else {})}
    return {"en": english, **{tag: {"standard": text} for tag, text in others.items()}}


def person(session: Session, name: str, now: datetime) -> User:
    """A member of staff, made once."""
    email = f"{name}@brackenshore.example"
    found = session.scalar(select(User).where(User.email == email))
    if found is None:
        found = User(email=email, name=name, role=Role.OFFICER, password_hash="", created_at=now)
        session.add(found)
        session.flush()
    return found


def theme(session: Session, now: datetime, code: str = "waiting") -> Theme:
    """A theme of the codebook in use."""
    current = codebooks.ready(session, by=None, now=now)
    return next(row.theme for row in current.themes if row.theme.code == code)


def release(session: Session, now: datetime, number: int = 1, **facts: Any) -> Release:
    """A release that is done, with nothing in it."""
    made = Release(
        **{
            "number": number,
            "state": RunState.DONE,
            "until": now.date() - DAY,
            "note": "",
            "asked_at": now,
            "made_at": now,
            **facts,
        }
    )
    session.add(made)
    session.flush()
    return made


def raise_theme(
    session: Session, insight: Insight, people: int | None, of: int | None, now: datetime
) -> None:
    """What the insight's release says of its theme."""
    session.add(
        ReleasedTheme(
            release_id=insight.release_id,
            theme_id=insight.theme_id,
            audience=insight.audience,
            figures={
                "people": people,
                "of": of,
                "stretches": [],
                "since": (now.date() - 90 * DAY).isoformat(),
                "until": now.date().isoformat(),
            },
        )
    )
    session.flush()


def heard(
    session: Session, now: datetime, code: str = "long-waits", *, days_ago: int = 60, **facts: Any
) -> Insight:
    """A published insight."""
    insight = Insight(
        **{
            "code": code,
            "title": words("Waits are too long", "We wait too long", ar="الانتظار طويل جدًا"),
            "said": words(
                "Families wait for months.", "Families wait a lot.", pl="Rodziny czekają."
            ),
            "audience": Audience.PARENT,
            "tags": [],
            "heard_on": now.date() - days_ago * DAY,
            "published_at": now - (days_ago - 1) * DAY,
            "created_at": now - days_ago * DAY,
            **facts,
        }
    )
    session.add(insight)
    session.flush()
    return insight


def promise(
    session: Session,
    insight: Insight,
    now: datetime,
    *moves: tuple[str, int] | tuple[str, int, str],
    due_in: int | None = None,
    body: str = "",
    **facts: Any,
) -> Commitment:
    """A commitment with its updates: state, days ago, and words."""
    state = CommitmentState(moves[-1][0]) if moves else CommitmentState.HEARING
    if state is CommitmentState.DONE:
        pair = (person(session, "ana", now), person(session, "ben", now))
        facts = {"done_by_id": pair[0].id, "checked_by_id": pair[1].id, **facts}
    commitment = Commitment(
        **{
            "insight_id": insight.id,
            "position": 1,
            "what": words(
                "Everybody gets a letter.", "You get a letter.", pl="Każdy dostanie list."
            ),
            "notice": words("The letter has a date."),
            "reason": {},
            "state": state,
            "organisation_id": _body(session, body, now),
            "due_on": None if due_in is None else now.date() + due_in * DAY,
            "created_at": now,
            **facts,
        }
    )
    session.add(commitment)
    session.flush()
    for state_word, days_ago, *said in moves:
        session.add(
            Update(
                commitment_id=commitment.id,
                state=CommitmentState(state_word),
                words=words(said[0]) if said else {},
                happened_on=now.date() - days_ago * DAY,
                written_at=now - days_ago * DAY,
            )
        )
        session.flush()
    return commitment


def approve(
    session: Session, insight: Insight, key: tuple[int, int], text: str, now: datetime
) -> None:
    """A cleared quote that stands on an insight."""
    by = person(session, "ana", now).id
    at = {"response_id": key[0], "question_id": key[1], "user_id": by}
    session.add(Quote(**at, text=text, cleared_at=now))
    session.flush()
    session.add(InsightQuote(insight_id=insight.id, **at, approved_at=now))
    session.flush()


def _body(session: Session, name: str, now: datetime) -> int | None:
    if not name:
        return None
    found = session.scalar(select(Organisation).where(Organisation.name == name))
    if found is None:
        found = Organisation(name=name, kind=OrganisationKind.HEALTH, created_at=now)
        session.add(found)
        session.flush()
    return found.id


def day(text: str) -> date:
    """A day as it is written."""
    return date.fromisoformat(text)
