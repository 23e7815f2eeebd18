"""Somebody with a browser: walks the pages of a survey through Flask's test client."""

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

PASSWORD = "correct horse battery staple"  # of every member of staff

# Answers that open every page of the survey of every kind but `heard`; fields without "q_".
ANSWERS: dict[str, str | list[str]] = {
    "who": "parent",
    "needs": ["speech", "moving"],
    "safe": "yes",
    "face": "good",
    "heard": "4",
    "overall": "7",
    "weeks": "20",
    "since-month": "3",
    "since-year": "2026",
    "town": "Brackenshore",
    "more": "The ramp was too steep for us.",
    "again": "A new ramp, please.",
}

# The pages of that survey and their positions, and `ANSWERS` as they are kept.
PAGES = ("hello", "who", "needs", "safe", "face", "heard", "overall", "weeks", "since", "words")
AT = {name: at for at, name in enumerate((*PAGES, "again"), start=1)}
STORED = {
    "who": "parent",
    "needs": "speech moving",
    "safe": "yes",
    "face": "good",
    "overall": 7,
    "weeks": 20,
    "since": 202603,
    "town": "Brackenshore",
    "more": "The ramp was too steep for us.",
    "again": "A new ramp, please.",
}


@dataclass
class Visit:
    """Somebody with a browser, somewhere in a survey.

    `page` is the last page seen, `token` the last safety key that a page carried, `seen` all
    replies in order.
    """

    client: FlaskClient
    code: str
    page: TestResponse | None = None
    token: str = ""
    seen: list[TestResponse] = field(default_factory=list)

    def get(self, path: str = "") -> TestResponse:
        """Open a page: a path below the survey, or one that begins with a slash."""
        return self._remembered(self.client.get(self._address(path)))

    def post(self, path: str, fields: Mapping[str, Any] | None = None) -> TestResponse:
        """Send a form with its safety key."""
        data = {"csrf_token": self.token, **(fields or {})}
        return self._remembered(self.client.post(self._address(path), data=data))

    def start(self) -> TestResponse:
        """Agree, and come to the first page."""
        self.get()
        return self.follow(self.post(""))

    def leave(self, position: int, do: str = "continue", **answers: Any) -> TestResponse:
        """Press a button of a page; names stand without their "q_", "__" stands for a hyphen."""
        fields = {f"q_{name.replace('__', '-')}": value for name, value in answers.items()}
        return self.post(str(position), {**fields, "do": do})

    def walk(self, **changed: Any) -> TestResponse:
        """Answer page after page as `ANSWERS` says, from here to the check page."""
        answers = {**ANSWERS, **{n.replace("__", "-"): v for n, v in changed.items()}}
        while match := re.search(r"/s/\w+/(\d+)$", self.page.request.path):
            shown = self.text
            fields = {f"q_{n}": v for n, v in answers.items() if f'name="q_{n}"' in shown}
            self.follow(self.post(match[1], {**fields, "do": "continue"}))
        return self.page

    def sent(self, **changed: Any) -> "Visit":
        """Walk to the end and send."""
        self.walk(**changed)
        self.send()
        return self

    def send(self) -> TestResponse:
        """Send from the check page and come to the thank-you page."""
        self.get("check")
        return self.follow(self.post("send", {"fingerprint": self.fingerprint}))

    def follow(self, reply: TestResponse) -> TestResponse:
        """Go where a reply points, as a browser does."""
        while reply.status_code in (302, 303):
            reply = self.get(reply.location)
        return reply

    @property
    def cookie(self) -> str:
        """What the browser keeps; another client with it stands where this one stands."""
        kept = self.client.get_cookie("feedback")
        return kept.value if kept else ""

    def twin(self, client: FlaskClient) -> "Visit":
        """The same person with the same cookie, in a second tab or before a second server."""
        client.set_cookie("feedback", self.cookie)
        return Visit(client, self.code, self.page, self.token)

    @property
    def text(self) -> str:
        """The last page's markup with its entities read."""
        return html.unescape(self.page.get_data(as_text=True))

    @property
    def fingerprint(self) -> str:
        """What the check page showed, as the page itself remembers it."""
        return _value("fingerprint", self.page)

    @property
    def receipt(self) -> str:
        """The four words of the thank-you page."""
        return re.search(r'id="receipt-code">([^<]+)<', self.text)[1]

    @property
    def resume(self) -> str:
        """The four words of the page that says how to come back."""
        return re.search(r'id="resume-code">([^<]+)<', self.text)[1]

    def _address(self, path: str) -> str:
        return path if path.startswith("/") else f"/s/{self.code}/{path}".rstrip("/")

    def _remembered(self, reply: TestResponse) -> TestResponse:
        self.page = reply
        self.seen.append(reply)
        self.token = _value("csrf_token", reply) or self.token
        return reply


def _value(name: str, reply: TestResponse) -> str:
    if reply.mimetype != "text/html":
        return ""
    shown = reply.get_data(as_text=True)
    found = re.search(rf'<input(?=[^>]* name="{name}")[^>]* value="([^"]*)"', shown)
    return found[1] if found else ""
