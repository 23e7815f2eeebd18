"""The made-up partnership Brackenshore: surveys, collections, people who answered, staff.

Everything here is invented. What it is made to hold stands in planted.yaml.
"""

import csv
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import click
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from feedback.database import Database
from feedback.demo import calendar, coverage, papers, promises, trends, voices
from feedback.demo import groups as voice_groups
from feedback.demo.calendar import Calendar
from feedback.demo.events import listening, live, young
from feedback.demo.families import parents
from feedback.demo.keeping import Kept, Place, keep
from feedback.demo.notes import take_notes
from feedback.demo.people import HERE, Maker, door_of, planted
from feedback.demo.profiles import keep_profiles
from feedback.demo.sign_ins import add_sign_ins, complete, print_sign_ins, read
from feedback.demo.training import Sitting, coproduction, old_enough, sittings, training
from feedback.demo.twins import put_together
from feedback.models.collections import Collection
from feedback.models.people import User
from feedback.models.responses import Answer, Response
from feedback.models.surveys import Edition, Survey
from feedback.outputs import exchange
from feedback.queries import surveys
from feedback.queries.surveys import Asked
from feedback.services import authoring, collecting
from feedback.services.codes import Codes
from feedback.settings import Settings
from feedback.vocabulary import Audience, Channel, EditionStatus, Part

__all__ = ["NotLoaded", "load", "print_sign_ins", "read"]

OPENED_BEFORE = timedelta(days=400)  # before the first made-up answer
OPEN_DAYS = 3  # of a training session's collections, from its own day on
PARTS = (live, parents, young, listening, coproduction)
COMMENTS = "demonstration_comments.csv"
_ENDINGS = {Part.BEFORE: "b", Part.AFTER: "a", Part.LATER: "m"}  # of a session's short codes
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
        if not database.has_tables:
            raise NotLoaded("The database has no tables yet. Run `feedback migrate` first.")
        with database.writing() as session, session.begin():
            there = _already_there(session)
            if there and not again:
                say("Brackenshore is here already. Add --again to make it anew.")
                if not complete(settings):
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
    """Take the demonstration's collections and events away with all that was answered to them."""
    known = Collection.code.in_(list(planted()["collections"]))
    # Whatever was put in by the same loading bears the same moment, to the microsecond.
    moments = session.scalars(select(Collection.created_at).where(known).distinct()).all()
    ours = select(Collection.id).where(known | Collection.created_at.in_(moments))
    voice_groups.take_away(session)
    papers.take_away(session)
    promises.take_away(session)
    trends.take_away(session, [moment + OPENED_BEFORE for moment in moments])
    answered = select(Response.id).where(Response.collection_id.in_(ours))
    session.execute(delete(Answer).where(Answer.response_id.in_(answered)))
    session.execute(delete(Response).where(Response.collection_id.in_(ours)))
    session.execute(delete(Collection).where(Collection.id.in_(ours)))
    coverage.take_away(session, moments)
    voices.take_away(session, moments)
    calendar.take_away(session, moments)


def _make(session: Session, settings: Settings, maker: Maker, say: Callable[[str], None]) -> None:
    before, codes = maker.now - OPENED_BEFORE, Codes(settings.secret.get_secret_value())
    groups = sittings(maker)
    planned = calendar.plan(session, maker, groups, now=before)
    say(f"Planned {len(planned.events) + len(planned.sessions)} events.")
    editions = _Editions(session, before)
    places = _open(session, editions, planned, maker)
    say(f"Opened {len(places)} collections.")
    put_together(session, now=before)
    places |= _open_sessions(session, editions, planned, groups, maker)
    say(f"Opened two or three collections for each of {len(groups)} training sessions.")
    people = []
    for part in PARTS:
        people += part(maker)
    cards = [
        codes.cards(event.code, group.size)
        for event, group in zip(planned.sessions, groups, strict=True)
    ]
    people += training(maker, groups, cards)
    kept = keep(session, people, places, codes, maker)
    begun = Counter(person.collection for person in people)
    sent = Counter(person.collection for person in people if person.leaves_at is None)
    for code, count in begun.items():
        only = f", {count - sent[code]} begun and not sent" if count > sent[code] else ""
        say(f"  {code:<13} {sent[code]:>5} sent{only}")
    keep_profiles(session, maker)
    add_sign_ins(session, settings, now=maker.now)
    coverage.add_coverage(session, maker, now=before)
    voices.add_voices(session, maker, codes, now=before)
    trends.say(session, maker, threshold=settings.threshold_public)
    promises.promise(
        session, maker, kept, places, planned.events, threshold=settings.threshold_public
    )
    voice_groups.meet(session, maker, codes)
    take_notes(session, planned.events["listening"], maker)
    calendar.hand_over(session, planned, maker.chance("facilitators"))
    _write_comments(settings, kept)
    said = sum(len(each.person.said) for each in kept)
    say(f"Kept {said} comments; {settings.instance / COMMENTS} says what each is about.")


class _Editions:
    """The published editions of the demonstration's surveys, each read once."""

    def __init__(self, session: Session, now: datetime) -> None:
        self._session, self._now = session, now
        self._known: dict[str, tuple[Edition, Asked]] = {}

    def of(self, name: str) -> tuple[Edition, Asked]:
        """A survey's edition and what it asks."""
        if name not in self._known:
            edition = _publish(self._session, name, now=self._now)
            voice_groups.sign_off(self._session, edition, now=self._now)
            self._known[name] = edition, surveys.read_edition(self._session, edition.id)
        return self._known[name]


def _open(
    session: Session, editions: _Editions, planned: Calendar, maker: Maker
) -> dict[str, Place]:
    """Publish the surveys and open the collections with the fixed codes."""
    before = maker.now - OPENED_BEFORE
    places = {}
    for code, plan in planted()["collections"].items():
        edition, asked = editions.of(plan["survey"])
        collection = collecting.open_collection(
            session,
            edition,
            code,
            plan["name"],
            audience=Audience(plan["audience"]),
            opens_at=_day(maker, plan.get("opens_in_days")) or before,
            closes_at=_day(maker, plan.get("closes_in_days")),
            expected=plan.get("expected"),
            event=planned.events.get(plan.get("event", "")),
            part=Part(plan.get("part", Part.WHOLE)),
            channels=[Channel(each) for each in plan.get("channels", [Channel.OWN_PHONE])],
            now=before,
        )
        collection.withdrawn_at = _day(maker, plan.get("withdrawn_in_days"))
        places[code] = Place(collection, asked)
    session.flush()
    return places


def _open_sessions(
    session: Session,
    editions: _Editions,
    planned: Calendar,
    groups: Sequence[Sitting],
    maker: Maker,
) -> dict[str, Place]:
    """The collections of the training sessions that were: all of them are closed by now."""
    later = planted()["training"]["later"]
    places = {}
    for group, event in zip(groups, planned.sessions, strict=True):
        asked_later = old_enough(maker, group)
        for part in (Part.BEFORE, Part.AFTER, *([Part.LATER] if asked_later else [])):
            first = group.day + timedelta(days=later["after_days"] if part is Part.LATER else 0)
            days = later["open_days"] if part is Part.LATER else OPEN_DAYS
            edition, asked = editions.of(part.value)
            collection = collecting.open_collection(
                session,
                edition,
                f"{event.code}{_ENDINGS[part]}",
                f"{event.name}: {part.value}",
                audience=Audience.PRACTITIONER,
                opens_at=_midnight(maker, first),
                closes_at=_midnight(maker, first + timedelta(days=days)),
                expected=group.size,
                event=event,
                part=part,
                now=maker.now - OPENED_BEFORE,
            )
            places[door_of(part.value, group.number)] = Place(collection, asked)
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
    return _midnight(maker, maker.today + timedelta(days=days))


def _midnight(maker: Maker, day: date) -> datetime:
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
