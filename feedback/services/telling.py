"""Tells those who asked what happened: asked, confirmed, told of each piece of news, deleted.

Two databases take part, and no transaction spans both: `answers` only reads, `store` is the one of
the addresses. Nothing of a response ever comes here.
"""

import calendar
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import cast

from sqlalchemy import CursorResult, Table, delete, insert, literal, select
from sqlalchemy.orm import Session

from feedback.analysis import disclosure
from feedback.errors import LetterLinkOver, TooManyAsked
from feedback.models.followers import Follower, Letter, Told
from feedback.queries import followers as stored
from feedback.queries import news
from feedback.queries.news import Happening
from feedback.queries.upserts import dialect_of, insert_into
from feedback.services.sealing import NotOurs, Recipient, Seals, fresh_id
from feedback.vocabulary import CommitmentState

YES, STOP = "yes", "stop"  # what a link is for
CONFIRM, LAST = "confirm", "last"  # what a letter is about, beside news
MOST_ASKED = 3  # times that one address is asked for one survey, so that nobody is pestered
MOST_WAITING = 5_000  # who did not say yes yet: more is somebody's mischief
LONGEST_MONTHS = 18
MOST_BOUNCES = 3
QUIET = timedelta(minutes=15)  # in which staff may mend what they published, before it is told
NEAREST = 10  # people; how many follow a survey is said no finer


def follow(
    store: Session,
    seals: Seals,
    survey: str,
    recipient: Recipient,
    *,
    minutes: int,
    today: date,
    now: datetime,
) -> None:
    """Ask an address whether it wants to be told what happens after a survey.

    Nobody can find out by this whether an address was there already.

    Raises:
        TooManyAsked: more wait for a yes than people ask in any honest week.
    """
    mark = seals.mark(survey, recipient.address)
    found = stored.by_mark(store, mark)
    if found is None:
        if stored.asked_count(store) >= MOST_WAITING:
            raise TooManyAsked
        key = fresh_id()
        row = {
            "id": key,
            "mark": mark,
            "sealed": seals.seal(key, recipient),
            "survey": survey,
            "confirmed": False,
            "asked": 1,
            "bounces": 0,
            "delete_on": _last_day_to_say_yes(today),
        }
        people = cast(Table, Follower.__table__)
        made = store.scalar(
            insert_into(dialect_of(store), people)
            .values(row)
            .on_conflict_do_nothing(index_elements=["mark"])
            .returning(people.c.id)
        )
        if made is None:
            return  # pressed twice: the other one asks
        _write(store, key, f"{CONFIRM} 1", turn_after(now, minutes))
    elif not found.confirmed and found.asked < MOST_ASKED and not stored.waiting(store, found.id):
        found.asked += 1
        found.sealed = seals.seal(found.id, recipient)
        store.flush()
        _write(store, found.id, f"{CONFIRM} {found.asked}", turn_after(now, minutes))


def asked(store: Session, seals: Seals, token: str, purpose: str) -> Follower:
    """Whoever holds a link to say yes or to stop.

    Raises:
        LetterLinkOver: the link is not whole, or they are not in the store any more.
    """
    try:
        found = stored.by_id(store, seals.follower_of(purpose, token))
    except NotOurs:
        raise LetterLinkOver from None
    if found is None:
        raise LetterLinkOver
    return found


def confirm(store: Session, seals: Seals, token: str, *, today: date) -> Follower:
    """Take a yes; from now on they are told. Saying yes twice does no harm.

    Raises:
        LetterLinkOver: it came too late, or the link is not whole.
    """
    found = asked(store, seals, token, YES)
    if not found.confirmed:
        found.confirmed = True
        found.delete_on = last_day(today)
        store.flush()
    return found


def stop(store: Session, seals: Seals, token: str) -> None:
    """Delete an address at once; where it is gone already, all is well too.

    Raises:
        LetterLinkOver: the link is not whole.
    """
    try:
        follower_id = seals.follower_of(STOP, token)
    except NotOurs:
        raise LetterLinkOver from None
    store.execute(delete(Follower).where(Follower.id == follower_id))


def forget_address(store: Session, seals: Seals, address: str) -> int:
    """Delete an address wherever it stands.

    Returns:
        How many surveys it followed.
    """
    marks = [seals.mark(survey, address) for survey in stored.surveys(store)]
    gone = store.execute(delete(Follower).where(Follower.mark.in_(marks)))
    return cast(CursorResult[object], gone).rowcount


def followed_by(store: Session, survey: str, *, threshold: int) -> int | None:
    """About how many people want to be told, in whole tens; None where they are few."""
    many = stored.count(store, survey)
    if disclosure.hide_summary(many, threshold):
        return None
    return max(NEAREST, round(many / NEAREST) * NEAREST)


def news_to_tell(answers: Session, told: frozenset[str], *, now: datetime) -> list[Happening]:
    """What nobody was told of yet, the oldest first."""
    found = news.happenings(answers, until=now - QUIET)
    return [each for each in found if each.about not in told]


def tell(answers: Session, store: Session, happening: Happening, *, now: datetime) -> None:
    """Write a letter about a piece of news to everybody who follows its surveys, and note that.

    What came with its insight is told by the letter about the insight. Of two workers who do this
    at one moment the second fails on the note, and writes nothing.
    """
    store.add(Told(about=happening.about))
    store.flush()
    if not happening.came_with_its_insight:
        surveys = news.surveys_of(answers, happening.insight_id)
        _write_to_all(store, surveys, happening.about, now)


def end_where_all_is_done(
    answers: Session, store: Session, *, days: int, now: datetime
) -> list[str]:
    """Write the last letter for surveys after which nothing is owed any more.

    That is so when the survey takes no more answers, something was said since it last did, all
    that was promised is done or cannot be done, and nothing happened for so many days.

    Returns:
        Notes of it, as they stand beside the news that was told.
    """
    told = stored.told(store)
    open_to_all = news.happenings(answers, until=now)
    written = []
    for survey in stored.surveys(store):
        note = _end(answers, survey, open_to_all, before=now - timedelta(days=days), now=now)
        if note is None or note in told:
            continue
        store.add(Told(about=note))
        store.flush()
        _write_to_all(store, [survey], LAST, now)
        written.append(note)
    return written


def _end(
    answers: Session, survey: str, open_to_all: list[Happening], *, before: datetime, now: datetime
) -> str | None:
    """The note that a survey is over, if it is."""
    closed_at = news.last_closing(answers, survey, now=now)
    insights = {each.insight_id for each in open_to_all if each.update_id is None}
    own = {number for number in insights if survey in news.surveys_of(answers, number)}
    happened = [each for each in open_to_all if each.insight_id in own]
    if closed_at is None or not any(each.published_at > closed_at for each in happened):
        return None
    promised = news.promises(answers, own)
    if {each.insight_id for each in promised} != own:
        return None  # of something that was heard, nobody has said yet what follows
    settled = all(each.state in (CommitmentState.DONE, CommitmentState.CANNOT) for each in promised)
    newest = max(happened, key=lambda each: each.at)
    return f"end {survey} {newest.about}" if settled and newest.at < before else None


def end_in_time(store: Session, *, today: date, now: datetime) -> None:
    """Write the last letter to those who are deleted at the end of this month."""
    end_of_month = today.replace(day=calendar.monthrange(today.year, today.month)[1])
    for follower_id in stored.ending(store, until=end_of_month):
        _write(store, follower_id, LAST, now)


def forget(store: Session, *, today: date) -> int:
    """Delete who is past their last day.

    Returns:
        How many there were.
    """
    gone = store.execute(delete(Follower).where(Follower.delete_on < today))
    return cast(CursorResult[object], gone).rowcount


def last_day(today: date) -> date:
    """The last day on which an address may be kept: the end of a half-year.

    So that everybody who comes within half a year has the same one.
    """
    month = today.year * 12 + today.month - 1 + LONGEST_MONTHS
    month -= (month % 12 + 1) % 6  # back to a June or December
    year, month = divmod(month, 12)
    return date(year, month + 1, calendar.monthrange(year, month + 1)[1])


def _last_day_to_say_yes(today: date) -> date:
    """The Sunday after the next seven days, the same for everybody who comes in one week."""
    week = today + timedelta(days=7)
    return week + timedelta(days=6 - week.weekday())


def turn_after(now: datetime, minutes: int) -> datetime:
    """The next turn at which letters leave together; all who come before it have the same one."""
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    turn = timedelta(minutes=minutes)
    return midnight + ((now - midnight) // turn + 1) * turn


def _write(store: Session, follower_id: str, about: str, not_before: datetime) -> None:
    row = {"follower_id": follower_id, "about": about, "tries": 0, "not_before": not_before}
    store.execute(
        insert_into(dialect_of(store), cast(Table, Letter.__table__))
        .values(row)
        .on_conflict_do_nothing(index_elements=["follower_id", "about"])
    )


def _write_to_all(store: Session, surveys: Sequence[str], about: str, now: datetime) -> None:
    letters = cast(Table, Letter.__table__)
    whom = (
        select(Follower.id, literal(about), literal(0), literal(now, Letter.not_before.type))
        .where(Follower.survey.in_(surveys), Follower.confirmed)
        .order_by(Follower.id)
    )
    columns = ["follower_id", "about", "tries", "not_before"]
    store.execute(insert(letters).from_select(columns, whom))
