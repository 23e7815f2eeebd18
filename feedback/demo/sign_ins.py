"""The demonstration's sign-ins: one for each role, and a second officer who checks the first.

Made at the first run, kept, printed.
"""

import json
import os
import secrets
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session

from feedback.demo.people import planted
from feedback.queries import people as stored
from feedback.services import people, second_step, staffing
from feedback.settings import Settings
from feedback.vocabulary import OrganisationKind, Role

COUNCIL, HEALTH = "Brackenshore Council", "NHS Brackenshore Integrated Care Board"
FORUM, ADVICE = "Brackenshore Together", "Brackenshore SEND Advice"
SCHOOL, GROUP = "Fernhill School", "Tideway Youth Project"
ROOM = "room"  # the code of the open room of the youth voice group
ORGANISATIONS = (
    (COUNCIL, OrganisationKind.COUNCIL),
    (HEALTH, OrganisationKind.HEALTH),
    (FORUM, OrganisationKind.PARENTS),
    (SCHOOL, OrganisationKind.EDUCATION),
    (ADVICE, OrganisationKind.VOLUNTARY),
    (GROUP, OrganisationKind.VOLUNTARY),
)
PEOPLE = (
    ("administrator@brackenshore.example", "Asha Administrator", Role.ADMINISTRATOR, COUNCIL),
    ("officer@brackenshore.example", "Olive Officer", Role.OFFICER, COUNCIL),
    ("second.officer@brackenshore.example", "Omar Officer", Role.OFFICER, HEALTH),
    ("facilitator@brackenshore.example", "Femi Facilitator", Role.FACILITATOR, ADVICE),
    ("partner@brackenshore.example", "Pat Partner", Role.PARTNER, FORUM),
    ("viewer@brackenshore.example", "Vik Viewer", Role.VIEWER, HEALTH),
    ("data.entry@brackenshore.example", "Dana Data Entry", Role.DATA_ENTRY, GROUP),
)
_EVERYWHERE = ("0.0.0.0", "::", "")  # noqa: S104 -- listening on all addresses is opened at this one


@dataclass(frozen=True)
class SignIn:
    """What somebody types to sign in."""

    email: str
    name: str
    role: Role
    password: str


def file_of(settings: Settings) -> Path:
    """Where the sign-ins are kept, readable by the host's own account only."""
    return settings.instance / "demonstration.json"


def add_sign_ins(session: Session, settings: Settings, *, now: datetime) -> None:
    """Let one of each role sign in, with the passwords of the file where there is one."""
    kept = {sign_in.email: sign_in for sign_in in read(settings)}
    numbers = _add_organisations(session, now=now)
    everybody = []
    for email, name, role, organisation in PEOPLE:
        each = kept.get(email) or SignIn(email, name, role, secrets.token_urlsafe(12))
        user = people.add_user(
            session, each.email, each.name, each.role, each.password, demonstration=True, now=now
        )
        user.organisation_id = numbers[organisation]
        everybody.append(each)
    session.flush()
    _write(file_of(settings), everybody)


def _add_organisations(session: Session, *, now: datetime) -> dict[str, int]:
    """Those that are not there yet; a number for each name."""
    return {
        name: (
            stored.organisation_called(session, name)
            or staffing.add_organisation(session, name, kind, by=None, now=now)
        ).id
        for name, kind in ORGANISATIONS
    }


def complete(settings: Settings) -> bool:
    """Whether the file has a sign-in for everybody; one of an older version has not."""
    return {each.email for each in read(settings)} == {email for email, *_ in PEOPLE}


def read(settings: Settings) -> list[SignIn]:
    """The sign-ins in the file; none before the first run."""
    file = file_of(settings)
    if not file.exists():
        return []
    plain = json.loads(file.read_text(encoding="utf-8"))["sign_ins"]
    return [SignIn(**{**each, "role": Role(each["role"])}) for each in plain]


def print_sign_ins(settings: Settings, say: Callable[[str], None]) -> None:
    """Say where the demonstration is and how to sign in; nothing where it was never loaded."""
    everybody = read(settings)
    if not everybody:
        return
    host = "127.0.0.1" if settings.address in _EVERYWHERE else settings.address
    root = f"http://{f'[{host}]' if ':' in host else host}:{settings.port}"
    collections = planted()["collections"]
    width = max(len(f"{root}/s/{code}") for code in collections)
    say("Answer a survey:")
    for code, collection in collections.items():
        say(f"  {f'{root}/s/{code}':<{width}}  {collection['name']}")
    say("Come into the room of a group:")
    say(f"  {root}/together/{ROOM}/join")
    say("Read the results, or look after people:")
    say(f"  {root}/staff/")
    wide = max(len(each.email) for each in everybody)
    long = max(len(each.role.value) for each in everybody)
    for each in everybody:
        say(f"  {each.role.value:<{long}}  {each.email:<{wide}}  {each.password}")
    number = second_step.DEMONSTRATION_NUMBER
    say(f"Who is asked for a number after the password types {number}.")
    if not settings.demonstration:
        say("These sign-ins work only while FEEDBACK_DEMONSTRATION is true.")


def _write(file: Path, everybody: list[SignIn]) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    only_ours = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(only_ours, "w", encoding="utf-8") as stream:
        os.fchmod(stream.fileno(), 0o600)  # also where the file was there with other rights
        json.dump({"sign_ins": [asdict(each) for each in everybody]}, stream, indent=2)
        stream.write("\n")
