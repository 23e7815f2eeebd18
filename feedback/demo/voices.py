"""Made-up rounds of validation, comments on the local offer, and totals from other sources."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import delete
from sqlalchemy.orm import Session

from feedback.demo.people import Maker
from feedback.errors import CountsOverlap
from feedback.models.improvements import Insight
from feedback.models.local_offer import LocalOfferComment
from feedback.models.other_sources import SourceCount
from feedback.models.validating import ValidationRound
from feedback.queries import validating as stored
from feedback.questionnaire import Wording, Words
from feedback.services import codebooks, other_sources, replying, validating
from feedback.services.codes import Codes
from feedback.services.other_sources import Counted
from feedback.services.replying import Said
from feedback.services.validating import Asked
from feedback.vocabulary import (
    Audience,
    OfferChannel,
    OfferKind,
    SourceKind,
    Verdict,
)

OURS = "demo-"  # how codes of insights and keys of comments begin that are ours
CLOSED_CODE, OPEN_CODE = "youth", "forum"
_V, _A, _K, _C = Verdict, Audience, OfferKind, OfferChannel

# Code, title, what was said as usual and in easy read.
FINDINGS = (
    (
        "waiting-alone",
        "Nobody tells us how long",
        "Young people said that waiting is hardest when nobody tells them how long it takes.",
        "You wait a long time. Nobody tells you how long.",
    ),
    (
        "noisy-rooms",
        "Rooms are too loud",
        "Young people said that waiting rooms and reviews are too loud and too bright.",
        "The rooms are loud. The lights are bright. That makes it hard.",
    ),
    (
        "talk-to-me",
        "Talk to us, not about us",
        "Young people said that adults in meetings talk to each other and not to them.",
        "Adults talk to each other. You want them to talk to you.",
    ),
)
# What each screen said: finding, verdict, people, words.
REPLIES = (
    (1, _V.AGREE, 7, ""),
    (1, _V.AGREE, 1, "Yes. A letter every month would help."),
    (1, _V.NOT_QUITE, 5, "It is not only the waiting. They also change the day."),
    (2, _V.AGREE, 6, "The humming lights are the worst."),
    (2, _V.MISSING, 6, "You forgot that it smells of cleaning stuff."),
    (3, _V.AGREE, 12, "Write it in big letters!"),
)
CHANGES = (
    (
        1,
        "You wait a long time. Nobody tells you how long. Sometimes they change the day.",
        "You told us that days are changed too. We added that.",
    ),
    (
        2,
        "The rooms are loud. The lights are bright. There are strong smells. That makes it hard.",
        "You told us about smells. We had forgotten them.",
    ),
)
FORUM_FINDINGS = (
    (
        "one-story",
        "Telling our story again and again",
        "Parents said that they tell each service the same story from the beginning.",
        "You tell your story many times. Each service asks again.",
    ),
    (
        "evenings",
        "Help ends at five",
        "Working parents said that they cannot ring anybody, because the lines close at 5 pm.",
        "You work in the day. The telephone lines close at 5.",
    ),
)
# About, kind, channel, who, days ago, words, summary, response, days to answer, published.
COMMENTS = (
    ("Short breaks", _K.COMMENT, _C.ONLINE, _A.PARENT, 300,
     "The list of short breaks still has clubs that closed last year.",
     "A family found clubs on the list that have closed.",
     "We rang every club on the list. Four had closed, and we took them off. We look again each "
     "term.", 9, True),
    ("Short breaks", _K.SUGGESTION, _C.EMAIL, _A.PARENT, 190,
     "Could you say which clubs have a changing place?",
     "Somebody asked us to say which clubs have a toilet with a hoist and a bench.",
     "We asked the clubs. It stands on each club’s page now.", 12, True),
    ("How to ask for a plan", _K.COMMENT, _C.PHONE, _A.PARENT, 150,
     "I could not find the form on my phone at all.",
     "The form to ask for a plan could not be found on a phone.",
     "We moved it to the top of the page and tried it with three parents on their phones.",
     15, True),
    ("Speech therapy", _K.COMMENT, _C.MEETING, _A.EVERYONE, 120,
     "Nobody says how long the wait is.",
     "Families want to know how long they wait for speech therapy.",
     "We cannot give a date for each child. We now write each month how long the longest wait is.",
     18, True),
    ("Pages for young people", _K.SUGGESTION, _C.ONLINE, _A.YOUNG_PERSON, 90,
     "Make a page in easy read with pictures.",
     "A young person asked for a page in easy read.",
     "The youth voice group is writing one with us. It will be there in spring.", 6, True),
    ("School transport", _K.COMPLAINT, _C.PASSED_ON, _A.PARENT, 60,
     "The page says to ring a number that nobody answers.",
     "A number on the page about school transport was not answered.",
     "The number was wrong. It is right now. We are sorry.", 11, False),
    ("School transport", _K.COMMENT, _C.ONLINE, _A.PARENT, 40,
     "The dates for applying are from last year.", "", "", None, False),
    ("Mental health", _K.COMMENT, _C.ONLINE, _A.YOUNG_PERSON, 6,
     "I looked for help because I hurt myself and the page only has a number for adults.",
     "", "", None, False),
    ("Family Hubs", _K.SUGGESTION, _C.ONLINE, _A.PARENT, 3,
     "Please show on a map which hubs have a quiet room.", "", "", None, False),
)  # fmt: skip
# Kind, theme's code, what counts, from where, and the numbers of the last and the term before.
TOTALS = (
    (SourceKind.COMPLAINTS, None, "Complaints about SEND, stage 1", "Complaints team", (61, 54)),
    (SourceKind.COMPLAINTS, "waiting", "Complaints about SEND, stage 1", "Complaints team",
     (27, 22)),
    (SourceKind.COMPLAINTS, "communication", "Complaints about SEND, stage 1", "Complaints team",
     (18, 20)),
    (SourceKind.ADVICE_CALLS, "waiting", "Calls and e-mails", "Brackenshore SEND Advice",
     (118, 96)),
    (SourceKind.ADVICE_CALLS, None, "Calls and e-mails", "Brackenshore SEND Advice", (402, 377)),
    (SourceKind.MEDIATION, None, "Cases begun", "Mediation service", (12, 3)),
    (SourceKind.TRIBUNALS, None, "Appeals registered", "Council, yearly return", (19, 14)),
)  # fmt: skip


def add_voices(session: Session, maker: Maker, codes: Codes, *, now: datetime) -> None:
    """Add rounds, comments and totals.

    Args:
        now: the moment that all is said to be made at, by which it is taken away again.
    """
    _add_rounds(session, maker, codes, now)
    for number, row in enumerate(COMMENTS):
        session.add(_comment(maker, number, *row))
    _add_totals(session, maker, now)
    session.flush()


def take_away(session: Session, moments: Sequence[datetime]) -> None:
    """Take away what was put in at the moments of the demonstration's loading."""
    for ours in (
        delete(ValidationRound).where(ValidationRound.created_at.in_(moments)),
        delete(LocalOfferComment).where(LocalOfferComment.key.startswith(OURS)),
        delete(SourceCount).where(SourceCount.created_at.in_(moments)),
        delete(Insight).where(Insight.code.startswith(OURS), Insight.created_at.in_(moments)),
    ):
        session.execute(ours, execution_options={"synchronize_session": False})


def _add_rounds(session: Session, maker: Maker, codes: Codes, now: datetime) -> None:
    """One of the youth group, closed and answered, and one of the forum that is open."""
    chance = maker.chance("voices")
    for code, name, group, audience, findings, opened, closes in (
        (CLOSED_CODE, "Summer findings", "SEND Youth Voice Group", _A.YOUNG_PERSON, FINDINGS,
         40, -20),
        (OPEN_CODE, "Autumn findings", "Brackenshore Together, parent carer forum", _A.PARENT,
         FORUM_FINDINGS, 5, 16),
    ):  # fmt: skip
        insights = [_insight(maker, audience, now, *each) for each in findings]
        session.add_all(insights)
        session.flush()
        made = validating.begin(
            session,
            Asked(
                name=name,
                group_name=group,
                audience=audience,
                introduction={},
                opens_at=_midnight(maker, -opened),
                closes_at=_midnight(maker, closes),
            ),
            insights,
            chance=chance,
            by=None,
            now=now,
        )
        made.code = code
        session.flush()
        if code == CLOSED_CODE:
            _answer(session, maker, codes, made)


def _answer(session: Session, maker: Maker, codes: Codes, made: ValidationRound) -> None:
    """What the group said while the round was open, and what it was told afterwards."""
    day = maker.today - timedelta(days=30)
    meanwhile = _midnight(maker, -30)
    for screen, (position, verdict, people, words) in enumerate(REPLIES):
        finding = made.findings[position - 1]
        said = Said(verdict, words, people, "en")
        replying.keep(
            session, made, finding, f"screen {screen}", said, codes, today=day, now=meanwhile
        )
    for position, after, why in CHANGES:
        seen = stored.finding(session, made.findings[position - 1].id)
        if seen is not None:
            validating.answer(
                session,
                seen,
                after=_words(after),
                why=_words(why),
                version=0,
                by=None,
                now=maker.now - timedelta(days=12),
            )
    validating.publish(session, made, by=None, now=maker.now - timedelta(days=10))


def _insight(
    maker: Maker,
    audience: Audience,
    now: datetime,
    code: str,
    title: str,
    usual: str,
    easy: str,
) -> Insight:
    return Insight(
        code=f"{OURS}{code}",
        title={"en": {"standard": title}},
        said={"en": {"standard": usual, "easy": easy}},
        audience=audience,
        tags=[],
        heard_on=maker.today - timedelta(days=45),
        created_at=now,
    )


def _comment(
    maker: Maker,
    number: int,
    about: str,
    kind: OfferKind,
    channel: OfferChannel,
    audience: Audience,
    days_ago: int,
    words: str,
    summary: str,
    response: str,
    days: int | None,
    published: bool,
) -> LocalOfferComment:
    day = maker.today - timedelta(days=days_ago)
    answered = day + timedelta(days=days) if days is not None else None
    return LocalOfferComment(
        key=f"{OURS}{number}",
        received_on=day,
        channel=channel,
        kind=kind,
        about=about,
        audience=audience,
        words=words,
        language="en",
        summary=_kept(summary),
        response=_kept(response),
        responded_on=answered,
        published_at=maker.now - timedelta(days=2) if published else None,
        year=day.year,
    )


def _add_totals(session: Session, maker: Maker, now: datetime) -> None:
    themes = codebooks.ready(session, by=None, now=now).ids
    ends = maker.today.replace(day=1) - timedelta(days=1)
    for back in (0, 1):
        last = _months_before(ends, 4 * back)
        first = _months_before(ends, 4 * back + 4) + timedelta(days=1)
        for kind, theme, base, source, numbers in TOTALS:
            facts = Counted(
                kind=kind,
                theme_id=themes[theme] if theme else None,
                first_on=first,
                last_on=last,
                number=numbers[back],
                base=base,
                source=source,
            )
            try:
                other_sources.add(session, facts, today=maker.today, by=None, now=now)
            except CountsOverlap:  # a visitor has counted there
                continue


def _months_before(day: date, months: int) -> date:
    """The last day of the month so many months before."""
    first = day.replace(day=1)
    for _ in range(months):
        first = (first - timedelta(days=1)).replace(day=1)
    return (first.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def _midnight(maker: Maker, days: int) -> datetime:
    return datetime.combine(maker.today + timedelta(days=days), time.min, maker.zone)


def _words(easy: str) -> Words:
    return {"en": Wording(standard=easy)}


def _kept(text: str) -> dict[str, Any]:
    return {"en": {"standard": text}} if text else {}
