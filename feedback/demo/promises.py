"""The demonstration's promises: what was heard, what was promised, what came of it."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from functools import cache
from typing import Any

import yaml
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from feedback.analysis.raised import Stretch, next_stretches, to_json
from feedback.demo.keeping import Kept, Place
from feedback.demo.people import HERE, Maker, Person, planted
from feedback.demo.sign_ins import PEOPLE
from feedback.demo.written import Comment
from feedback.models.clear_votes import ClearVotes
from feedback.models.events import Event
from feedback.models.improvements import Commitment, Insight, InsightQuote, Update
from feedback.models.people import Organisation, User
from feedback.models.quotes import Quote
from feedback.models.releases import Release, ReleasedTheme
from feedback.models.responses import Answer, Response
from feedback.models.surveys import Measure, Page, Question
from feedback.models.themes import Theme
from feedback.queries import releases
from feedback.services import codebooks
from feedback.vocabulary import Audience, CommitmentState, Part, Presentation, Role

QUOTES = 2  # an insight
UNHAPPY, QUOTE_LETTERS = 4, (40, 200)
VOTES = (18, 44)  # taps a month, from and to
CLEAR = 0.78  # of them say yes
MONTHS_OF_VOTES = 8


@cache
def written() -> list[dict[str, Any]]:
    """What stands in the file."""
    found: list[dict[str, Any]] = yaml.safe_load(
        (HERE / "promises.yaml").read_text(encoding="utf-8")
    )
    return found


def promise(
    session: Session,
    maker: Maker,
    kept: Sequence[Kept],
    places: Mapping[str, Place],
    events: Mapping[str, Event],
    *,
    threshold: int,
) -> None:
    """Write up what was heard and promised, resting on the newest release.

    How many raised a theme is counted from the labels that the comments were planted with, as a
    release would: no machine has read them yet.

    Args:
        threshold: people, for the public.
    """
    release = releases.newest(session)
    current = codebooks.ready(session, by=None, now=maker.now)
    themes = {row.theme.code: row.theme for row in current.themes}
    staff = _staff(session)
    if release is not None:
        _raise(session, release, kept, places, themes, maker, threshold)
    for each in written():
        insight = _insight(session, maker, each, themes[each["theme"]], release, events)
        asked = places[each["raised_in"]].asked.questionnaire.questions
        insight.question_id = _question(session, places[each["raised_in"]], each, asked)
        insight.user_id = staff[0].id
        session.add(insight)
        session.flush()
        people = [one for one in kept if one.person.collection == each["raised_in"]]
        _quote(session, insight, people, each["theme"], staff[0], maker)
        for position, said in enumerate(each["promises"], start=1):
            _commit(session, maker, insight, position, said, staff)
    _vote(session, maker)
    session.flush()


def take_away(session: Session) -> None:
    """Take all of it away, before the answers, events and releases that it rests on."""
    for model in (Update, Commitment, InsightQuote, Quote, Insight, ReleasedTheme, ClearVotes):
        session.execute(delete(model))


def _staff(session: Session) -> list[User]:
    """The officer who writes, and the second one who looks at what is done."""
    emails = [email for email, _, role, _ in PEOPLE if role is Role.OFFICER]
    return list(session.scalars(select(User).where(User.email.in_(emails)).order_by(User.id)).all())


def _insight(
    session: Session,
    maker: Maker,
    each: Mapping[str, Any],
    theme: Theme,
    release: Release | None,
    events: Mapping[str, Event],
) -> Insight:
    event = events.get(each.get("event", ""))
    return Insight(
        code=each["code"],
        title=each["title"],
        said=each["said"],
        audience=Audience(each["audience"]),
        theme_id=theme.id,
        measure_id=_measure(session, each),
        event_id=event.id if event else None,
        place_id=event.place_id if event else None,
        release_id=release.id if release else None,
        tags=each["tags"],
        heard_on=maker.today + timedelta(days=each["heard"]),
        published_at=maker.now + timedelta(days=each["published"]),
        created_at=maker.now + timedelta(days=each["published"]),
    )


def _measure(session: Session, each: Mapping[str, Any]) -> int | None:
    return session.scalar(select(Measure.id).where(Measure.name == each.get("measure", "")))


def _question(
    session: Session, place: Place, each: Mapping[str, Any], asked: Mapping[str, Any]
) -> int | None:
    if each["question"] not in asked:
        return None
    return session.scalar(
        select(Question.id)
        .join(Page, Page.id == Question.page_id)
        .where(Page.edition_id == place.asked.edition_id, Question.name == each["question"])
    )


def _raise(
    session: Session,
    release: Release,
    kept: Iterable[Kept],
    places: Mapping[str, Place],
    themes: Mapping[str, Theme],
    maker: Maker,
    threshold: int,
) -> None:
    """What the release says of every theme, audience by audience, by the rules of all releases."""
    wrote: dict[Audience, list[Person]] = defaultdict(list)
    for each in kept:
        collection = places[each.person.door].collection
        day = each.person.sent_at.astimezone(maker.zone).date()
        if each.person.said and collection.part is Part.WHOLE and day <= release.until:
            wrote[collection.audience].append(each.person)
    for audience, people in wrote.items():
        first = min(each.sent_at for each in people).astimezone(maker.zone).date()
        raised = Counter(
            code
            for each in people
            for code in {theme for said in each.said.values() for theme in said.themes}
        )
        for code, theme in themes.items():
            counted = Stretch(
                first.isoformat(), release.until.isoformat(), len(people), raised[code]
            )
            session.add(
                ReleasedTheme(
                    release_id=release.id,
                    theme_id=theme.id,
                    audience=audience,
                    figures=to_json(next_stretches([], [counted], threshold)),
                )
            )


def _quote(
    session: Session,
    insight: Insight,
    people: Iterable[Kept],
    theme: str,
    officer: User,
    maker: Maker,
) -> None:
    """A few comments on the theme, of people who said that others may read them."""
    about = [
        each.submission_id
        for each in people
        if any(_may_stand_alone(said, theme) for said in each.person.said.values())
    ]
    rows = session.execute(
        select(Response.submission_id, Answer.response_id, Answer.question_id, Answer.masked)
        .join(Answer, Answer.response_id == Response.id)
        .join(Question, Question.id == Answer.question_id)
        .where(
            Response.submission_id.in_(about),
            Response.may_be_quoted,
            Response.sent_at.is_not(None),
            Answer.masked.is_not(None),
            Answer.masked.not_like("%[%"),  # nobody would choose words with a name taken out
            Question.id == insight.question_id,
        )
        .order_by(Answer.response_id)
        .limit(QUOTES)
    ).all()
    for _submission, response_id, question_id, text in rows:
        if session.get(Quote, (response_id, question_id)) is None:
            session.add(
                Quote(
                    response_id=response_id,
                    question_id=question_id,
                    text=text,
                    user_id=officer.id,
                    cleared_at=maker.now,
                )
            )
            session.flush()
        session.add(
            InsightQuote(
                insight_id=insight.id,
                response_id=response_id,
                question_id=question_id,
                user_id=officer.id,
                approved_at=maker.now,
            )
        )


def _may_stand_alone(said: Comment, theme: str) -> bool:
    """Of this theme alone, as somebody wrote it, unhappy, and neither long nor a word or two."""
    return (
        said.themes == (theme,)
        and not said.varied
        and said.sentiment >= UNHAPPY
        and QUOTE_LETTERS[0] <= len(said.text) <= QUOTE_LETTERS[1]
    )


def _commit(
    session: Session,
    maker: Maker,
    insight: Insight,
    position: int,
    said: Mapping[str, Any],
    staff: Sequence[User],
) -> None:
    state = CommitmentState(said["state"])
    body = planted()["organisations"][said["body"]]["name"]
    done = state is CommitmentState.DONE
    commitment = Commitment(
        insight_id=insight.id,
        position=position,
        what=said["what"],
        notice=said.get("notice", {}),
        reason=said.get("reason", {}),
        state=state,
        organisation_id=session.scalar(select(Organisation.id).where(Organisation.name == body)),
        owner_id=staff[0].id,
        due_on=maker.today + timedelta(days=said["due"]) if "due" in said else None,
        measure_id=_measure(session, said),
        measure_again_on=maker.today + timedelta(days=said["again"]) if "again" in said else None,
        done_by_id=staff[0].id if done else None,
        checked_by_id=staff[1].id if done else None,
        created_at=maker.now + timedelta(days=said["updates"][0]["day"]),
    )
    session.add(commitment)
    session.flush()
    for each in said["updates"]:
        session.add(
            Update(
                commitment_id=commitment.id,
                state=CommitmentState(each["state"]),
                words=each["words"],
                happened_on=maker.today + timedelta(days=each["day"]),
                user_id=staff[0].id,
                written_at=maker.now + timedelta(days=each["day"]),
            )
        )
        session.flush()  # in their order, for numbers say which is the newest


def _vote(session: Session, maker: Maker) -> None:
    """Taps on "was this clear?" of some months, on the list and the pages."""
    chance = maker.chance("clear")
    pages = ["you-said", *(each["code"] for each in written())]
    counts: Counter[tuple[str, int, Presentation, bool]] = Counter()
    for month in range(MONTHS_OF_VOTES):
        for _ in range(chance.randint(*VOTES)):
            easy = chance.random() < 0.3
            counts[
                chance.choice(pages),
                30 * month + chance.randint(1, 29),
                Presentation.EASY_READ if easy else Presentation.STANDARD,
                chance.random() < CLEAR,
            ] += 1
    for page, days, presentation in sorted({key[:3] for key in counts}):
        session.add(
            ClearVotes(
                page=page,
                day=maker.today - timedelta(days=days),
                presentation=presentation,
                yes=counts[page, days, presentation, True],
                no=counts[page, days, presentation, False],
            )
        )
