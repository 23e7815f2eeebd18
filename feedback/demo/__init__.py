"""The made-up partnership Brackenshore: surveys, collections, people who answered, two sign-ins.

Everything here is invented. What it is made to hold stands in planted.yaml.
"""

import csv
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import click
from sqlalchemy import delete, inspect, select
from sqlalchemy.orm import Session

from feedback.database import Database
from feedback.demo.events import listening, live, young
from feedback.demo.families import parents
from feedback.demo.keeping import Kept, Place, keep
from feedback.demo.people import HERE, Maker, planted
from feedback.demo.sign_ins import add_sign_ins, print_sign_ins, read
from feedback.demo.training import coproduction, training
from feedback.models.collections import Collection
from feedback.models.people import User
from feedback.models.responses import Answer, Response
from feedback.models.surveys import Edition, Survey
from feedback.outputs import exchange
from feedback.queries import surveys
from feedback.services import authoring, collecting
from feedback.services.codes import Codes
from feedback.settings import Settings
from feedback.vocabulary import Audience, EditionStatus

__all__ = ["NotLoaded", "load", "print_sign_ins"]

OPENED_BEFORE = timedelta(days=400)  # before the first made-up answer
PARTS = (live, parents, young, listening, training, coproduction)
COMMENTS = "demonstration_comments.csv"
_COLUMNS = (
    *("survey", "question", "cycle", "submission_id", "source", "varied"),
    *("language", "audience", "themes", "sentiment", "topic", "text"),
)
_CHOOSE = "Nothing was changed. Choose an empty database with FEEDBACK_DATABASE."


class NotLoaded(click.ClickException):
    """The demonstration was not loaded; the message says why and what to do."""


def load(
    settings: Settings,
    *,
    seed: int,
    again: bool,
    say: Callable[[str], None],
    now: datetime | None = None,
) -> None:
    """Fill an empty database with Brackenshore, or say the sign-ins when it is there already.

    Equal seed and equal moment give equal data, but for the passwords.

    Args:
        again: take away the demonstration's collections and all answers to them first, those
            of visitors too.
        now: the moment that all times are counted from.

    Raises:
        NotLoaded: in production, or where the database holds anything that is not Brackenshore's.
    """
    if settings.production:
        raise NotLoaded("The demonstration is not for production: its sign-ins are printed.")
    now = now or datetime.now(UTC)
    database = Database(settings.database, busy_seconds=settings.busy_seconds)
    try:
        if not inspect(database.engine).has_table(Collection.__tablename__):
            raise NotLoaded("The database has no tables yet. Run `feedback migrate` first.")
        with database.writing() as session, session.begin():
            there = _already_there(session)
            if there and not again:
                say("Brackenshore is here already. Add --again to make it anew.")
                if not read(settings):
                    add_sign_ins(session, settings, now=now)
            else:
                if there:
                    say("Taking the old answers away.")
                    _take_away(session)
                _make(session, settings, Maker(seed, now, ZoneInfo(settings.time_zone)), say)
    finally:
        database.close()
    print_sign_ins(settings, say)


def _already_there(session: Session) -> bool:
    """Whether the demonstration stands; what officers added to it since does not matter.

    Raises:
        NotLoaded: the database holds something else.
    """
    codes = set(session.scalars(select(Collection.code)))
    has_ours = session.scalar(select(User.id).where(User.demonstration).limit(1)) is not None
    if has_ours and codes & planted()["collections"].keys():
        return True
    if codes:
        raise NotLoaded(
            "The database holds collections that are not the demonstration's: "
            f"{', '.join(sorted(codes))}. {_CHOOSE}"
        )
    if not has_ours and session.scalar(select(Survey.id).limit(1)) is not None:
        raise NotLoaded(f"The database holds surveys of your own. {_CHOOSE}")
    return False


def _take_away(session: Session) -> None:
    """Take the demonstration's collections away with all that was answered to them."""
    ours = select(Collection.id).where(Collection.code.in_(list(planted()["collections"])))
    answered = select(Response.id).where(Response.collection_id.in_(ours))
    session.execute(delete(Answer).where(Answer.response_id.in_(answered)))
    session.execute(delete(Response).where(Response.collection_id.in_(ours)))
    session.execute(delete(Collection).where(Collection.id.in_(ours)))


def _make(session: Session, settings: Settings, maker: Maker, say: Callable[[str], None]) -> None:
    places = _open(session, maker)
    say(f"Opened {len(places)} collections.")
    people = []
    for part in PARTS:
        people += part(maker)
    kept = keep(session, people, places, Codes(settings.secret.get_secret_value()), maker)
    begun = Counter(person.collection for person in people)
    sent = Counter(person.collection for person in people if person.leaves_at is None)
    for code, count in begun.items():
        only = f", {count - sent[code]} begun and not sent" if count > sent[code] else ""
        say(f"  {code:<13} {sent[code]:>5} sent{only}")
    add_sign_ins(session, settings, now=maker.now)
    _write_comments(settings, kept)
    said = sum(len(each.person.said) for each in kept)
    say(f"Kept {said} comments; {settings.instance / COMMENTS} says what each is about.")


def _open(session: Session, maker: Maker) -> dict[str, Place]:
    """Publish the surveys and open the collections."""
    before = maker.now - OPENED_BEFORE
    editions: dict[str, Edition] = {}
    places = {}
    for code, plan in planted()["collections"].items():
        name = plan["survey"]
        if name not in editions:
            editions[name] = _publish(session, name, now=before)
        collection = collecting.open_collection(
            session,
            editions[name],
            code,
            plan["name"],
            audience=Audience(plan["audience"]),
            opens_at=_day(maker, plan.get("opens_in_days")) or before,
            closes_at=_day(maker, plan.get("closes_in_days")),
            expected=plan.get("expected"),
            now=before,
        )
        collection.withdrawn_at = _day(maker, plan.get("withdrawn_in_days"))
        places[code] = Place(collection, surveys.read_edition(session, editions[name].id))
    session.flush()
    return places


def _publish(session: Session, name: str, *, now: datetime) -> Edition:
    """The survey's published edition, made anew only where its file says something else."""
    file = HERE / "surveys" / f"{name}.yaml"
    questionnaire = exchange.read_survey(file.read_bytes(), file=file.name)
    newest = surveys.newest_edition(session, name)
    if newest is not None and newest.status is EditionStatus.PUBLISHED:
        if surveys.read_edition(session, newest.id).questionnaire == questionnaire:
            return newest
        authoring.retire(session, newest)
    edition = authoring.keep_draft(session, questionnaire, now=now)
    authoring.publish(session, edition, now=now)
    session.expire_all()  # so that the edition is read as it was stored
    return edition


def _day(maker: Maker, days: int | None) -> datetime | None:
    """Midnight so many days from the day of loading."""
    if days is None:
        return None
    day = maker.today + timedelta(days=days)
    return datetime(day.year, day.month, day.day, tzinfo=maker.zone)


def _write_comments(settings: Settings, kept: Iterable[Kept]) -> None:
    """Say of each comment which hand-written one it comes from and what it is about."""
    with (settings.instance / COMMENTS).open("w", encoding="utf-8", newline="") as stream:
        lines = csv.writer(stream)
        lines.writerow(_COLUMNS)
        for each in kept:
            for question, comment in sorted(each.person.said.items()):
                lines.writerow(
                    [
                        each.person.collection,
                        question,
                        each.person.cycle or "",
                        each.submission_id,
                        comment.source,
                        "yes" if comment.varied else "no",
                        comment.language,
                        comment.audience,
                        " ".join(comment.themes),
                        comment.sentiment,
                        comment.topic,
                        comment.text,
                    ]
                )
