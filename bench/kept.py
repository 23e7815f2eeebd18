"""What the database kept of what people were promised."""

import asyncio
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select, text

from bench.pages import form_of, plain, receipt_on
from bench.person import Person, Think
from bench.wire import Lost, Reply, Tab
from feedback.analysis.text import one_line, tidy
from feedback.database import Database
from feedback.models.responses import Response
from feedback.queries import collections, responses
from feedback.queries.surveys import read_edition
from feedback.questionnaire import Given, Question
from feedback.services.codes import Codes
from feedback.services.responding import all_answers
from feedback.settings import DEFAULT_SECRET
from feedback.vocabulary import AnswerState, QuestionKind

TAPS = 20


@dataclass
class Faults:
    """Promises that were not kept."""

    missing: int = 0
    twice: int = 0
    broken: int = 0
    stored: int = 0

    @property
    def total(self) -> int:
        """All of them."""
        return self.missing + self.twice + self.broken


class Kept:
    """A collection as it stands in the database, seen past the server."""

    def __init__(self, url: str, code: str) -> None:
        self._database = Database(url)
        self._session = self._database.reading()
        found = collections.by_code(self._session, code)
        assert found is not None
        self.collection_id = found.id
        self.asked = read_edition(self._session, found.edition_id)
        self.codes = Codes(DEFAULT_SECRET)

    def close(self) -> None:
        """Give the connection back."""
        self._session.close()
        self._database.close()

    def sent(self) -> int:
        """Responses that were sent."""
        self._session.rollback()
        return responses.sent_count(self._session, self.collection_id)

    def with_receipt(self, receipt: str) -> int:
        """Sent responses that a receipt leads to."""
        self._session.rollback()  # to see what was committed since
        hashed = self.codes.hashed("receipt", receipt)
        return (
            self._session.scalar(
                select(func.count())
                .select_from(Response)
                .where(Response.receipt_hash == hashed, Response.sent_at.is_not(None))
            )
            or 0
        )

    def answers(self, receipt: str) -> Mapping[str, Given]:
        """The answers that a receipt leads to, by question name."""
        found = responses.visit_by_receipt(self._session, self.codes.hashed("receipt", receipt))
        return all_answers(self._session, found, self.asked) if found else {}

    def authors(self) -> list[str]:
        """The first words of every sent comment that carries a walk's number."""
        answered = responses.comments(self._session, self.collection_id)
        return [f"{said.question}: {said.text.split(':')[0]}" for said in answered]

    def sound(self) -> str:
        """What SQLite says of its own file; PostgreSQL's is read through from end to end."""
        self._session.rollback()
        if self._database.url.get_backend_name() == "sqlite":
            return str(self._session.execute(text("PRAGMA integrity_check")).scalar())
        self._session.execute(text("SELECT count(text), count(codes) FROM answer"))
        return "ok"


def faults(kept: Kept, walks: Iterable[Mapping[str, Any]]) -> Faults:
    """Compare each receipt that was shown with what is in the database."""
    found = Faults(stored=kept.sent())
    by_receipt: defaultdict[str, int] = defaultdict(int)
    for walk in walks:
        receipt = walk["receipt"]
        by_receipt[receipt] += 1
        count = kept.with_receipt(receipt)
        found.missing += count == 0
        found.twice += count > 1 or by_receipt[receipt] > 1
        if count == 1:
            promised = expected(kept.asked.questionnaire.questions, walk["saved"])
            found.broken += dict(kept.answers(receipt)) != promised
    authors = kept.authors()
    found.twice += len(authors) - len(set(authors))
    return found


def expected(
    questions: Mapping[str, Question], saved: Mapping[str, Iterable[tuple[str, str]]]
) -> dict[str, Given]:
    """The answers that a 303 acknowledged, as they should be kept; people here leave none blank."""
    sent: defaultdict[str, list[str]] = defaultdict(list)
    for pairs in saved.values():
        for name, value in pairs:
            sent[name].append(value)
    return {
        name: _given(question, sent)
        for name, question in questions.items()
        if f"q_{name}" in sent or f"q_{name}-month" in sent
    }


def _given(question: Question, sent: Mapping[str, list[str]]) -> Given:
    name = f"q_{question.name}"
    values = sent.get(name, [])
    if "-unknown" in values:
        return Given(state=AnswerState.UNKNOWN)
    match question.kind:
        case QuestionKind.RATING | QuestionKind.NUMBER:
            return Given(number=int(values[0]))
        case QuestionKind.MONTH:
            return Given(number=int(sent[f"{name}-year"][0]) * 100 + int(sent[f"{name}-month"][0]))
        case QuestionKind.SHORT_TEXT | QuestionKind.CARD:
            return Given(text=one_line(values[0]))
        case QuestionKind.COMMENT:
            return Given(text=tidy(values[0]))
        case _:
            chosen = set(values)
            return Given(codes=tuple(o.code for o in question.options if o.code in chosen))


@dataclass
class Tapped:
    """What came of pressing Send many times at one moment."""

    people: int = 0
    taps: int = 0
    stored: int = 0
    differ: int = 0
    odd: int = 0

    @property
    def wrong(self) -> int:
        """People for whom something was stored or shown twice, or not at all."""
        return abs(self.stored - self.people) + self.differ + self.odd


def double_taps(port: int, kept: Kept, *, people: int) -> Tapped:
    """People at the check page each press Send from many connections at once."""
    found = Tapped(people=people, taps=TAPS)
    before = kept.sent()
    for number in range(people):
        receipts, odd = asyncio.run(_tap(port, seed=1_000_000 + number))
        found.odd += odd
        found.differ += len(receipts) != 1
        found.stored += sum(kept.with_receipt(receipt) for receipt in receipts)
    found.differ += abs(kept.sent() - before - people)
    return found


async def _tap(port: int, *, seed: int) -> tuple[set[str], int]:
    """Every receipt that the taps led to, and how many led elsewhere."""
    person = Person("/s/live", seed=seed, stop_at="/send")
    tab, walk = Tab(port), person.walk()
    reply: Reply | None = None
    body = b""
    try:
        while True:
            step = walk.send(reply) if reply is not None else next(walk)
            reply = None
            if not isinstance(step, Think):
                reply = await tab.ask(step.raw)
                body = plain(reply)
    except StopIteration:
        tab.close()
    path = "/s/live/check"
    form = form_of(path, body)
    press = person.ask("POST", form.action, person.body(path, body, form)).raw
    show = person.ask("GET", "/s/live/sent").raw

    async def once() -> str:
        one = Tab(port)
        try:
            sent = await one.ask(press)
            if sent.status != 303:
                return ""
            return receipt_on(plain(await one.ask(show)))
        except Lost:
            return ""
        finally:
            one.close()

    shown = await asyncio.gather(*(once() for _ in range(TAPS)))
    return {receipt for receipt in shown if receipt}, sum(not receipt for receipt in shown)
