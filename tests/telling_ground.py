"""What was heard and promised, for tests of telling people about it."""

from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from feedback.models.improvements import Commitment, Insight, Update
from feedback.models.people import User
from feedback.vocabulary import Audience, CommitmentState


def words(text: str) -> dict[str, dict[str, str]]:
    return {
        "en": {"standard": text, "easy": f"{text} (easy)"},
        "pl": {"standard": f"{text} (po polsku)"},
    }


def heard(
    session: Session, code: str = "taxis", *, at: datetime, published: bool = True, **facts
) -> Insight:
    insight = Insight(
        code=code,
        title=words("Taxis come late"),
        said=words("You said that taxis come late."),
        audience=Audience.PARENT,
        tags=[],
        heard_on=date(2026, 10, 1),
        published_at=at if published else None,
        created_at=at,
        **facts,
    )
    session.add(insight)
    session.flush()
    return insight


def promised(session: Session, insight: Insight, *, at: datetime, **facts) -> Commitment:
    commitment = Commitment(
        insight_id=insight.id,
        position=1,
        what=words("A new contract for taxis"),
        notice=words("Taxis come on time"),
        reason=words("There is no money"),
        state=CommitmentState.DECIDING,
        created_at=at,
        **facts,
    )
    session.add(commitment)
    session.flush()
    return commitment


def happened(
    session: Session, commitment: Commitment, state: CommitmentState, *, at: datetime
) -> Update:
    update = Update(
        commitment_id=commitment.id,
        state=state,
        words=words(f"Now it is {state.value}"),
        happened_on=at.date(),
        written_at=at,
    )
    session.add(update)
    if state is CommitmentState.DONE:
        people = [
            User(
                email=f"{name}@x.example",
                name=name,
                password_hash="",
                role="officer",
                created_at=at - timedelta(days=1),
            )
            for name in ("one", "two")
        ]
        session.add_all(people)
        session.flush()
        commitment.done_by_id, commitment.checked_by_id = (each.id for each in people)
    commitment.state = state
    session.flush()
    return update
