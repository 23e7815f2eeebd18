"""The demonstration's two sign-ins: made at the first run, kept in one file, printed."""

import json
import os
import secrets
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session

from feedback.demo.people import planted
from feedback.services import people
from feedback.settings import Settings
from feedback.vocabulary import Role

PEOPLE = (
    ("officer@brackenshore.example", "Olive Officer", Role.OFFICER),
    ("viewer@brackenshore.example", "Vik Viewer", Role.VIEWER),
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
    """Let the two sign in, with the passwords of the file where there is one."""
    kept = {sign_in.email: sign_in for sign_in in read(settings)}
    both = [
        kept.get(email) or SignIn(email, name, role, secrets.token_urlsafe(12))
        for email, name, role in PEOPLE
    ]
    for each in both:
        people.add_user(
            session, each.email, each.name, each.role, each.password, demonstration=True, now=now
        )
    _write(file_of(settings), both)


def read(settings: Settings) -> list[SignIn]:
    """The sign-ins in the file; none before the first run."""
    file = file_of(settings)
    if not file.exists():
        return []
    plain = json.loads(file.read_text(encoding="utf-8"))["sign_ins"]
    return [SignIn(**{**each, "role": Role(each["role"])}) for each in plain]


def print_sign_ins(settings: Settings, say: Callable[[str], None]) -> None:
    """Say where the demonstration is and how to sign in; nothing where it was never loaded."""
    both = read(settings)
    if not both:
        return
    host = "127.0.0.1" if settings.address in _EVERYWHERE else settings.address
    root = f"http://{f'[{host}]' if ':' in host else host}:{settings.port}"
    collections = planted()["collections"]
    width = max(len(f"{root}/s/{code}") for code in collections)
    say("Answer a survey:")
    for code, collection in collections.items():
        say(f"  {f'{root}/s/{code}':<{width}}  {collection['name']}")
    say("Read the results:")
    say(f"  {root}/staff/")
    wide = max(len(each.email) for each in both)
    for each in both:
        say(f"  {each.role.value:<7}  {each.email:<{wide}}  {each.password}")
    if not settings.demonstration:
        say("These sign-ins work only while FEEDBACK_DEMONSTRATION is true.")


def _write(file: Path, both: list[SignIn]) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    only_ours = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(only_ours, "w", encoding="utf-8") as stream:
        os.fchmod(stream.fileno(), 0o600)  # also where the file was there with other rights
        json.dump({"sign_ins": [asdict(each) for each in both]}, stream, indent=2)
        stream.write("\n")
