"""A survey whose answers are followed over time, and many people who send it at once."""

import secrets
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from signing_ground import sign_where_needed
from sqlalchemy.orm import Session

from feedback.models.collections import Collection
from feedback.models.responses import Answer, Response
from feedback.models.surveys import Edition
from feedback.outputs import exchange
from feedback.queries.surveys import Editions
from feedback.services import authoring, collecting
from feedback.vocabulary import AnswerState, Audience, Channel, Presentation

SURVEY = """
survey: %(name)s
audience: everyone
languages: [en]
minutes: 2
title: {en: "How is the help?"}
asked_by: {en: "The partnership asks"}
why: {en: "To make the help better"}
read_by: {en: "Our team"}
afterwards: {en: "We say what we did"}
measures:
  - {name: happy%(more)s, title: {en: "Happy with the help"}, top: ["4", "5"]}
  - {name: wait%(more)s, title: {en: "Weeks of waiting"}, better: lower}
pages:
  - name: face
    questions:
      - {name: face, kind: %(kind)s, points: 5, measure: happy%(more)s, skip: true, dont_know: true,
         ask: {en: "How is the help?"}}
  - name: wait
    questions:
      - {name: wait, kind: number, lowest: 0, highest: %(highest)s, measure: wait%(more)s,
         skip: true, dont_know: true, ask: {en: "How many weeks did you wait?"}}
  - name: area
    questions:
      - name: area
        kind: choice
        skip: true
        ask: {en: "Where do you live?"}
        options:
          - {code: north, label: {en: "North"}}
          - {code: south, label: {en: "South"}}
          - {code: east, label: {en: "East"}}
  - name: need
    questions:
      - name: need
        kind: choices
        skip: true
        ask: {en: "Which help is it?"}
        options:
          - {code: speech, label: {en: "Speech"}}
          - {code: sight, label: {en: "Sight"}}
          - {code: moving, label: {en: "Moving"}}
"""
STATES = {None: AnswerState.SKIPPED, "?": AnswerState.UNKNOWN}
Person = Mapping[str, str | int | None]  # codes, a number, None: passed by, "?": does not know


def edition(
    session: Session,
    now: datetime,
    *,
    name: str = "followed",
    kind: str = "faces",
    highest: int = 200,
    more: str = "",
) -> Edition:
    """A published edition; another kind or highest number is another scale.

    Args:
        more: is added to the names of its measures.
    """
    text = SURVEY % {"name": name, "kind": kind, "highest": highest, "more": more}
    made = authoring.keep_draft(session, exchange.read_survey(text.encode()), now=now)
    authoring.publish(session, made, now=now)
    return made


def opened(
    session: Session,
    now: datetime,
    code: str = "ash11",
    *,
    audience: Audience = Audience.PARENT,
    of: Edition | None = None,
    days_ago: int = 1_000,
    **more: object,
) -> Collection:
    """A collection that opened long ago, with its group's yes where it needs one."""
    asked = of or edition(session, now)
    sign_where_needed(session, asked, now, audience)
    return collecting.open_collection(
        session,
        asked,
        code,
        code,
        audience=audience,
        opens_at=now - timedelta(days=days_ago),
        now=now,
        **more,
    )


def send(
    session: Session,
    collection: Collection,
    at: datetime,
    people: Iterable[Person],
    *,
    sent: bool = True,
) -> list[int]:
    """One response for each person; their numbers."""
    ids = Editions().asked(session, collection.edition_id).question_ids
    everybody = list(people)
    rows = [
        Response(
            submission_id=secrets.token_hex(16),
            collection_id=collection.id,
            edition_id=collection.edition_id,
            language="en",
            presentation=Presentation.STANDARD,
            pictures=True,
            assent_version="1",
            assent_at=at,
            saved_at=at,
            sent_at=at if sent else None,
            channel=Channel.OWN_PHONE,
        )
        for _ in everybody
    ]
    session.add_all(rows)
    session.flush()
    session.add_all(
        Answer(
            response_id=row.id,
            question_id=ids[name],
            state=STATES.get(said, AnswerState.GIVEN),
            codes=said if isinstance(said, str) and said != "?" else None,
            number=said if isinstance(said, int) else None,
            language="en",
            presentation=Presentation.STANDARD,
            pictures=True,
        )
        for row, person in zip(rows, everybody, strict=True)
        for name, said in person.items()
    )
    session.flush()
    return [row.id for row in rows]
