"""A whole site for the browser to visit: the real server on a database of its own."""

import os
import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import SystemRandom
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

import pyotp
from postbox import Postbox
from signing_ground import sign_where_needed
from sqlalchemy import select

import feedback
from feedback import demo
from feedback.database import ADDRESSES, Database, address_store, migrate
from feedback.models.collections import Collection
from feedback.models.events import Event, Place, Series
from feedback.models.responses import Response
from feedback.queries import people, responses, surveys
from feedback.queries.responses import Visit
from feedback.queries.surveys import Asked, Editions
from feedback.questionnaire import Given, Questionnaire
from feedback.services import (
    authoring,
    collecting,
    inviting,
    planning,
    responding,
    second_step,
)
from feedback.services import people as staff
from feedback.services.codes import Codes
from feedback.settings import Settings
from feedback.vocabulary import Audience, Channel, EventKind, PlaceKind, Presentation, Role

from .people import expected

SECRET = "a-secret-for-journeys-and-nothing-else"
PASSWORD = "correct horse battery staple"
OFFICER, VIEWER = "officer@brackenshore.example", "viewer@brackenshore.example"
ADMINISTRATOR = "administrator@brackenshore.example"
STAFF = {OFFICER: Role.OFFICER, VIEWER: Role.VIEWER, ADMINISTRATOR: Role.ADMINISTRATOR}
START_SECONDS = 60
THREADS = 4


class Site:
    """A server that answers on `address`, and its database, which tests fill and look into."""

    def __init__(self, folder: Path, *, demonstration: bool = False) -> None:
        self.database = Database(f"sqlite:///{folder}/feedback.sqlite", busy_seconds=20)
        self.codes = Codes(SECRET)
        self._editions = Editions()
        self.log = folder / "server.log"
        migrate(self.database)
        self.addresses = address_store(
            Settings(database=str(self.database.url), instance=folder, busy_seconds=20)
        )
        migrate(self.addresses, of=ADDRESSES)
        if demonstration:
            address = self.database.url.render_as_string()
            settings = Settings(database=address, secret=SECRET, instance=folder)
            demo.load(settings, seed=1, again=False, say=lambda _words: None)
        with self.database.writing() as session, session.begin():
            for email, role in STAFF.items():
                user = staff.add_user(session, email, role.value, role, PASSWORD, now=now())
                user.second_step_since = now() if second_step.asked_of(role) else None
        self.postbox = Postbox()
        self.sign_ins: dict[str, Any] = {}  # cookies of who is signed in, by address
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self._process = self._serve(folder, works=demonstration)

    def _serve(self, folder: Path, *, works: bool) -> subprocess.Popen[bytes]:
        environment = {k: v for k, v in os.environ.items() if not k.startswith("FEEDBACK_")} | {
            "PYTHONPATH": str(Path(feedback.__file__).parent.parent),
            "FEEDBACK_SECRET": SECRET,
            "FEEDBACK_DATABASE": str(self.database.url),
            "FEEDBACK_INSTANCE": str(folder),
            "FEEDBACK_PORT": str(self.port),
            "FEEDBACK_WORKERS": "1",
            "FEEDBACK_WORK": str(works),
            "FEEDBACK_THREADS": str(THREADS),
            "FEEDBACK_WRONG_CODES_A_MINUTE": "10000",
            **{f"FEEDBACK_{k.upper()}": str(v) for k, v in self.postbox.settings.items()},
        }
        with self.log.open("wb") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", "feedback.cli", "serve"],
                env=environment,
                cwd=folder,
                stdout=subprocess.DEVNULL,
                stderr=log,
            )
        last = time.monotonic() + START_SECONDS
        while time.monotonic() < last and process.poll() is None:
            with suppress(URLError, ConnectionError), urlopen(f"{self.address}/health"):
                return process
            time.sleep(0.1)
        process.kill()
        raise RuntimeError(f"the server did not start:\n{self.log.read_text()}")

    def close(self) -> None:
        """Stop the server and let go of the database."""
        self._process.terminate()
        self._process.wait(START_SECONDS)
        self.addresses.close()
        self.postbox.close()
        self.database.close()

    def troubles(self) -> list[str]:
        """What the server logged as gone wrong."""
        return [line for line in self.log.read_text().splitlines() if "[error" in line]

    # Staff

    def number(self, email: str) -> str:
        """What somebody's app shows; the half minute in which they used one before is over."""
        with self.database.writing() as session, session.begin():
            user = people.by_email(session, email)
            user.second_step_used = None
            return pyotp.TOTP(second_step.key_of(self.codes, user)).now()

    def number_of(self, email: str) -> int:
        """The number by which addresses of pages name somebody."""
        with self.database.reading() as session:
            return people.by_email(session, email).id

    def invitation(self, role: Role, *, name: str = "Sam Newcomer") -> str:
        """The address of the page that a link in an invitation opens."""
        moment = now()
        with self.database.writing() as session, session.begin():
            by = people.by_email(session, ADMINISTRATOR)
            email = f"{new_code()}@brackenshore.example"
            _, token = inviting.invite(session, email, name, role, None, by=by.id, now=moment)
        return f"/staff/invitation/{token}"

    def person(self, role: Role, *, set_up: bool = True) -> str:
        """Somebody new of a role; the address that they sign in with."""
        email = f"{new_code()}@brackenshore.example"
        with self.database.writing() as session, session.begin():
            user = staff.add_user(session, email, f"Robin {role.value}", role, PASSWORD, now=now())
            user.second_step_since = now() if set_up and second_step.asked_of(role) else None
        return email

    # Surveys and people who answered them

    def open(self, survey: Questionnaire, code: str, **changed: Any) -> Collection:
        """Publish a survey, once, and open it under a short code since yesterday.

        Args:
            changed: when it opens and closes, its event, and the part of it that it asks about.
        """
        moment = now()
        with self.database.writing() as session, session.begin():
            edition = surveys.newest_edition(session, survey.survey)
            if edition is None:
                edition = authoring.keep_draft(session, survey, now=moment)
                authoring.publish(session, edition, now=moment)
            sign_where_needed(session, edition, moment)
            return collecting.open_collection(
                session,
                edition,
                code,
                f"{survey.survey} {code}",
                audience=Audience.EVERYONE,
                now=moment,
                **{"opens_at": moment - timedelta(days=1), **changed},
            )

    def series(self, name: str) -> Series:
        """A series without events."""
        with self.database.writing() as session, session.begin():
            series = Series(name=name, designed_with="The forum", created_at=now())
            session.add(series)
        return series

    def plan(self, name: str, series: Series | None = None, trainer: str = "") -> Event:
        """A training session today; its trainer can sign in with the password of all."""
        moment = now()
        with self.database.writing() as session, session.begin():
            facilitators = []
            if trainer:
                role = Role.FACILITATOR
                user = staff.add_user(session, trainer, trainer, role, PASSWORD, now=moment)
                facilitators = [user]
            return planning.plan(
                session,
                name,
                EventKind.TRAINING,
                moment.date(),
                series=session.merge(series) if series else None,
                facilitators=facilitators,
                chance=SystemRandom(),
                now=moment,
            )

    def event(self) -> Event:
        """One of two events of a series, at a place; not known to any session."""
        moment = now()
        with self.database.writing() as session, session.begin():
            series = Series(name=f"SEND basics {secrets.token_hex(4)}", created_at=moment)
            place = Place(name=f"Hub {secrets.token_hex(4)}", kind=PlaceKind.HUB, created_at=moment)
            events = [
                planning.plan(
                    session,
                    f"Session {number}",
                    EventKind.TRAINING,
                    moment.date(),
                    series=series,
                    place=place,
                    chance=SystemRandom(),
                    now=moment,
                )
                for number in (1, 2)
            ]
        return events[0]

    def change(self, code: str, **changed: datetime | None) -> None:
        """Close a collection or take it away, as a person in the office would."""
        with self.database.writing() as session, session.begin():
            collection = session.scalars(select(Collection).where(Collection.code == code)).one()
            for name, value in changed.items():
                setattr(collection, name, value)

    def collection(self, code: str) -> Collection:
        """The collection behind a short code."""
        with self.database.reading() as session:
            return session.scalars(select(Collection).where(Collection.code == code)).one()

    def asked(self, collection: Collection) -> Asked:
        """What a collection asks."""
        with self.database.reading() as session:
            return self._editions.asked(session, collection.edition_id)

    def answer(
        self,
        collection: Collection,
        *plans: Mapping[str, Given],
        send: bool = True,
        language: str = "en",
        presentation: Presentation = Presentation.STANDARD,
        channel: Channel = Channel.OWN_PHONE,
    ) -> Visit:
        """People's responses without a browser: sent, or kept at the last page; gives the last one.

        An empty plan is somebody who has seen every page and answered nothing.
        """
        asked, moment = self.asked(collection), now()
        with self.database.writing() as session, session.begin():
            for plan in plans:
                submission_id = secrets.token_hex(16)
                responding.begin(
                    session,
                    collection,
                    submission_id,
                    self.codes,
                    language=language,
                    presentation=presentation,
                    pictures=True,
                    channel=channel,
                    now=moment,
                )
                visit = responses.visit(session, submission_id)
                visit.furthest = len(asked.questionnaire.pages) + 1
                given = expected(asked.questionnaire, plan) if plan else {}
                responding.keep_answers(session, visit, asked, given, now=moment)
                if send:
                    responding.send(session, visit, asked, given, self.codes, now=moment)
            return responses.visit(session, submission_id)

    def words_to_come_back(self, visit: Visit) -> str:
        """The code that the page about stopping would show."""
        return responding.code_to_come_back(visit, self.codes)[0]

    def receipt(self, visit: Visit) -> str:
        """The code that the thank-you page would show."""
        return responding.receipt(visit, self.codes)

    def stored(self, receipt: str) -> dict[str, Given]:
        """The answers behind a receipt code, by question name."""
        with self.database.reading() as session:
            visit = responding.by_receipt(session, receipt, self.codes)
            asked = surveys.read_edition(session, visit.edition_id)
            kept = responses.answers(session, visit.id)
            return {asked.names[number]: given for number, given in kept.items()}

    def sent(self, collection: Collection) -> int:
        """How many responses of a collection were sent."""
        with self.database.reading() as session:
            return responses.sent_count(session, collection.id)

    def begun(self, collection: Collection) -> int:
        """How many responses of a collection there are, sent or not."""
        with self.database.reading() as session:
            mine = select(Response.id).where(Response.collection_id == collection.id)
            return len(session.scalars(mine).all())


def new_code() -> str:
    """A short code that no other test uses."""
    return f"t{secrets.token_hex(4)}"


def now() -> datetime:
    """This moment, as the server has it."""
    return datetime.now(UTC)


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
