"""An officer of a benchmark: signed in, on one connection."""

import http.client
import re
from datetime import UTC, datetime
from urllib.parse import urlencode

import pyotp
from sqlalchemy.orm import Session

from feedback.services import people, second_step
from feedback.services.codes import Codes
from feedback.settings import DEFAULT_SECRET
from feedback.vocabulary import Role

EMAIL, PASSWORD = "bench@brackenshore.example", "a long password for a bench"


def add_officer(session: Session) -> str:
    """Make the officer; gives the key that their app has for the second step."""
    now = datetime.now(UTC)
    user = people.add_user(session, EMAIL, "Bench", Role.OFFICER, PASSWORD, now=now)
    user.second_step_since = now
    return second_step.key_of(Codes(DEFAULT_SECRET), user)


class Desk:
    """Asks for pages and presses buttons."""

    def __init__(self, port: int, key: str) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.cookie = self.token = ""
        self._go_on("/staff/sign-in", email=EMAIL, password=PASSWORD)
        self._go_on("/staff/second-step", number=pyotp.TOTP(key).now())
        self._take_key("/staff/account")

    def move(self, port: int) -> None:
        """Go on with the same sign-in on a server that was started since."""
        self.connection.close()
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)

    def ask(self, method: str, path: str, **fields: str) -> bytes:
        """One request: a page or a file, or a step that was taken and leads on."""
        body = urlencode({"csrf_token": self.token, **fields}) if method == "POST" else None
        headers = {"Cookie": self.cookie, "Content-Type": "application/x-www-form-urlencoded"}
        self.connection.request(method, path, body, headers)
        reply = self.connection.getresponse()
        content = reply.read()
        if reply.headers["Set-Cookie"]:
            self.cookie = reply.headers["Set-Cookie"].partition(";")[0]
        if reply.status != (200 if method == "GET" else 303):
            raise RuntimeError(f"{method} {path}: {reply.status}")
        return content

    def _go_on(self, path: str, **fields: str) -> None:
        self._take_key(path)
        self.ask("POST", path, **fields)

    def _take_key(self, path: str) -> None:
        found = re.search(r'name="csrf_token"[^>]*value="([^"]*)"', self.ask("GET", path).decode())
        self.token = found[1] if found else ""
