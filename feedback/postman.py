"""Takes letters round: writes them about news, hands them over, and deletes addresses in time.

Each letter is a few short transactions of its own. Its next try is set before it is handed over,
so a killed worker loses none; it can only be handed over twice where a worker is killed in the
moment between a mail server's yes and our note of it, and then it carries the same name.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from time import monotonic
from zoneinfo import ZoneInfo

import structlog
from sqlalchemy.exc import IntegrityError, SQLAlchemyError
from sqlalchemy.orm import Session

from feedback.database import Database, in_order_of_keys
from feedback.outputs import letters, messages
from feedback.outputs.letters import Reader, Text
from feedback.outputs.messages import NobodyThere, NotSent
from feedback.queries import followers as stored
from feedback.queries import news
from feedback.services import posting, telling
from feedback.services.posting import Taken
from feedback.services.sealing import Seals
from feedback.settings import Settings

NEWS_EVERY = 60.0  # seconds between two looks for news, past last days and new rows
MOST_FAULTS = 3  # letters one after the other that a server did not take: then it is left alone
RETURNS_EVERY = 3600.0  # seconds between two looks for letters that came back
RETURNS_WITHIN = timedelta(days=3)  # of being taken; Notify itself tries for that long
LEFT_ALONE = 60.0  # seconds
TABLES = ("follower", "letter")

log = structlog.get_logger("feedback.postman")
Clock = Callable[[], datetime]


def _utc() -> datetime:
    return datetime.now(UTC)


@dataclass
class Postman:
    """One worker's rounds."""

    settings: Settings
    answers: Database
    store: Database
    clock: Clock = _utc
    _seals: Seals = field(init=False)
    _ready: bool = False
    _news_at: float = 0.0
    _returns_at: float = 0.0
    _rests_until: float = 0.0
    _keys: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        self._seals = Seals(self.settings.secret.get_secret_value())

    def go_round(self) -> None:
        """Do what is due now, and no more letters than the host's pace allows in a second."""
        if not self.settings.writes_letters or monotonic() < self._rests_until:
            return
        try:
            self._ready = self._ready or self.store.has_tables
            if self._ready:
                self._work()
        except SQLAlchemyError as wrong:  # the store is away: other work goes on meanwhile
            log.warning("letters_wait", kind=type(wrong).__name__)
            self._rests_until = monotonic() + LEFT_ALONE

    def _work(self) -> None:
        if monotonic() >= self._news_at:
            self.look_for_news()
            self._news_at = monotonic() + NEWS_EVERY
        if self._by_notify and monotonic() >= self._returns_at:
            self._returns_at = monotonic() + RETURNS_EVERY
            self.look_for_returns()
        _done, well = self.hand_over(max(1, round(self.settings.letters_a_minute / 60)))
        if not well:
            self._rests_until = monotonic() + LEFT_ALONE

    def look_for_news(self) -> None:
        """Write letters about what nobody was told of, and delete who is past their day."""
        now = self.clock()
        today = now.astimezone(ZoneInfo(self.settings.time_zone)).date()
        with self.answers.reading() as answers:
            with self.store.reading() as store:
                told = stored.told(store)
            for each in telling.news_to_tell(answers, told, now=now):
                try:
                    with self.store.writing() as store, store.begin():
                        telling.tell(answers, store, each, now=now)
                except IntegrityError:  # another worker told it at the same moment
                    continue
            try:
                with self.store.writing() as store, store.begin():
                    days = self.settings.letter_days
                    telling.end_where_all_is_done(answers, store, days=days, now=now)
            except IntegrityError:
                pass
        with self.store.writing() as store, store.begin():
            telling.forget(store, today=today)
            telling.end_in_time(store, today=today, now=now)
        self.put_in_order()

    def look_for_returns(self) -> None:
        """Learn of letters that Notify took and could not deliver afterwards."""
        from feedback.outputs import notify  # late: few hosts have it

        now = self.clock()
        since = now - RETURNS_WITHIN
        with self.store.reading() as store:
            again = bool(stored.bounced(store))
        try:
            bounced = notify.fates(
                self.settings, notify.BOUNCED, since=since - timedelta(hours=1), now=now
            )
            arrived = (
                notify.fates(self.settings, notify.ARRIVED, since=since, now=now)
                if again or bounced
                else []
            )
        except NotSent as trouble:
            log.warning("returns_wait", kind=str(trouble))
            return
        try:
            with self.store.writing() as store, store.begin():
                posting.came_back(store, self._seals, bounced, arrived, since=since)
        except IntegrityError:  # another worker counts them at the same moment
            pass

    def put_in_order(self) -> None:
        """Write rows anew in the order of their keys where new ones came."""
        with self.store.reading() as store:
            keys = frozenset(stored.keys(store))
        if not keys <= self._keys:
            for table in TABLES:
                in_order_of_keys(self.store, table)
        self._keys = keys

    def hand_over(self, most: int) -> tuple[int, bool]:
        """Hand letters to the mail server whose moment has come.

        Returns:
            How many it took, and whether it is well: it is not when it refused some in a row.
        """
        with self.store.reading() as store:
            due = stored.due(store, now=self.clock(), most=most)
        sent = faults = 0
        for letter in due:
            try:
                sent += self._hand_over(letter.follower_id, letter.about)
                faults = 0
            except NotSent as trouble:
                faults += 1
                if faults == min(MOST_FAULTS, len(due)):
                    log.warning("letters_wait", kind=str(trouble))
                    return sent, False
        return sent, True

    def _hand_over(self, follower_id: str, about: str) -> bool:
        minutes = self.settings.letter_minutes
        with self.store.writing() as store, store.begin():
            taken = posting.take(
                store, self._seals, follower_id, about, minutes=minutes, now=self.clock()
            )
        if taken is None:
            return False
        text = self._write(taken)
        try:
            if text is not None:
                self._send(taken, text)
        except NobodyThere:
            with self.store.writing() as store, store.begin():
                posting.refused(store, follower_id, about)
            return False
        with self.store.writing() as store, store.begin():
            if text:
                posting.sent(store, follower_id, about, arrived=not self._by_notify)
            else:
                posting.drop(store, follower_id, about)
        return text is not None

    def _write(self, taken: Taken) -> Text | None:
        """What a letter says; nothing where its news was taken back."""
        settings, to = self.settings, taken.to
        with self.answers.reading() as answers:
            edition = news.asked_in(answers, taken.survey)
            if edition is None:
                return None
            stop = letters.link(settings, telling.STOP, self._stop(taken), to.language)
            reader = Reader(to.language, to.presentation, edition.title, stop)
            about, _, number = taken.about.partition(" ")
            if about == telling.LAST:
                again = letters.ask_address(settings, taken.survey, to.language)
                return letters.last(reader, again=again)
            if about == telling.CONFIRM:
                token = self._seals.token(telling.YES, taken.follower_id)
                yes = letters.link(settings, telling.YES, token, to.language)
                return letters.confirmation(reader, yes=yes, until=taken.until)
            return self._news(answers, reader, about, int(number))

    def _news(self, answers: Session, reader: Reader, about: str, number: int) -> Text | None:
        language = reader.language
        if about == "insight":
            insight = news.insight(answers, number)
            if insight is None:
                return None
            address = letters.insight_address(self.settings, insight.code, language)
            return letters.of_insight(reader, insight, address)
        update = news.update(answers, number)
        if update is None:
            return None
        code = update.commitment.insight.code
        return letters.of_update(
            reader, update, letters.insight_address(self.settings, code, language)
        )

    def _send(self, taken: Taken, text: Text) -> None:
        settings, to = self.settings, taken.to
        name = self._seals.letter_name(taken.follower_id, taken.about)
        stop = letters.link(settings, telling.STOP, self._stop(taken), to.language)
        if self._by_notify:
            from feedback.outputs import notify  # late: few hosts have it

            notify.send(
                settings,
                to=to.address,
                subject=text.subject,
                text=text.body,
                name=name,
                stop=stop,
                again=taken.tried_before,
                now=self.clock(),
            )
            return
        headers = {
            "List-Unsubscribe": f"<{stop}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "Content-Language": to.language,
        }
        messages.send(
            settings,
            to=to.address,
            subject=text.subject,
            text=text.body,
            name=name,
            headers=headers,
        )

    @property
    def _by_notify(self) -> bool:
        return bool(self.settings.notify_key.get_secret_value())

    def _stop(self, taken: Taken) -> str:
        return self._seals.token(telling.STOP, taken.follower_id)
