"""A person with a browser that runs no scripts: opens, reads, fills in, presses, follows.

It knows nothing of any survey: it reads the form of whatever page comes and fills each kind of
field plausibly. It does no input or output itself: `walk` yields what it asks for and is sent the
reply, or thrown `Lost`, so that one thread can walk hundreds of people.
"""

from collections.abc import Generator
from dataclasses import dataclass
from random import Random
from urllib.parse import urlencode, urljoin, urlsplit

from bench.pages import Form, Refused, answer, form_of, hidden, loaded_by, plain, receipt_on
from bench.wire import Lost, Reply

TRIES = 60  # of a patient person, with a pause before each
MOST_REDIRECTS = 5


@dataclass(frozen=True, slots=True)
class Ask:
    """A request; `part` marks what a page loads besides itself."""

    method: str
    path: str
    raw: bytes
    part: bool = False


@dataclass(frozen=True, slots=True)
class Think:
    """A moment in which nothing is asked: reading a page, or waiting after a failure."""

    trying_again: bool = False


@dataclass(slots=True)
class Shown:
    """A page in the browser."""

    path: str
    body: bytes


Walk = Generator[Ask | Think, Reply, None]
Step = Generator[Ask | Think, Reply, Shown]


class Person:
    """One person and their phone.

    Args:
        start: the address on the poster.
        seed: what they answer; the same seed answers the same.
        most_turns: they leave after so many pages.
        stop_at: they leave on a page whose form goes to an address that ends so.
        stay: on a page whose address ends so, they send and open that page again and again.
        loads: their browser fetches style, icon and pictures, each once.
        patient: after a failure they reload and press again, as people do.
    """

    def __init__(
        self,
        start: str,
        *,
        seed: int = 1,
        accept: str = "gzip",
        language: str = "en",
        most_turns: int | None = None,
        stop_at: str | None = None,
        stay: tuple[str, int] | None = None,
        loads: bool = False,
        patient: bool = False,
    ) -> None:
        self.start = start
        self.seed = seed
        self.cookies: dict[str, str] = {}
        self.loaded: set[str] = set()
        self.saved: dict[str, list[tuple[str, str]]] = {}  # address → what a 303 answered
        self.receipt = ""
        self.failures = 0
        self._filled: dict[str, list[tuple[str, str]]] = {}
        self._headers = f"Accept-Encoding: {accept}\r\nAccept-Language: {language}\r\n"
        self._most_turns = most_turns
        self._stop_at = stop_at
        self._stay = stay
        self._loads = loads
        self._patient = patient

    def walk(self) -> Walk:
        """From the poster to the receipt."""
        page = yield from self._surely(self.start)
        turns = 0
        while True:
            self.receipt = receipt_on(page.body)
            if self.receipt:
                return
            form = form_of(page.path, page.body)
            yield Think()
            if turns == self._most_turns or (self._stop_at and form.action.endswith(self._stop_at)):
                return
            if self._stay and page.path.endswith(self._stay[0]):
                yield from self._sit(page, form, self._stay[1])
                return
            try:
                page = yield from self.press(page, form)
            except Lost:
                if not self._patient:
                    raise
                page = yield from self._surely(page.path, again=True)
            turns += 1

    def open(self, path: str) -> Step:
        """Open an address and follow where it leads."""
        reply = yield self.ask("GET", path)
        return (yield from self._follow(path, self._took(reply)))

    def press(self, page: Shown, form: Form) -> Step:
        """Fill the form in, press its button, and follow where that leads."""
        target = urljoin(page.path, form.action)
        reply = self._took((yield self.ask("POST", target, self.body(page.path, page.body, form))))
        if 300 <= reply.status < 400:
            self.saved[page.path] = self._filled[page.path]
        return (yield from self._follow(target, reply))

    def body(self, path: str, page: bytes, form: Form) -> bytes:
        """What the browser sends for a form: the hidden fields, the answers, the button."""
        if path not in self._filled:
            choose = Random(f"{self.seed} {path}")
            self._filled[path] = [
                (field.name, value)
                for field in form.fields
                for value in answer(field, choose, self.seed)
            ]
        pairs = [*hidden(page), *self._filled[path]]
        return urlencode([*pairs, form.button] if form.button else pairs).encode()

    def _sit(self, page: Shown, form: Form, times: int) -> Walk:
        """Send one page and open it again, many times."""
        for _ in range(times):
            reply = self._took(
                (yield self.ask("POST", page.path, self.body(page.path, page.body, form)))
            )
            if not 300 <= reply.status < 400:
                raise Refused(f"{reply.status} for {page.path}")
            page = yield from self.open(page.path)

    def _surely(self, path: str, *, again: bool = False) -> Step:
        """Open an address, as often as it takes when the person is patient."""
        for _ in range(TRIES):
            if again:
                self.failures += 1
                yield Think(trying_again=True)
            try:
                return (yield from self.open(path))
            except Lost:
                if not self._patient:
                    raise
                again = True
        raise Refused(f"gave up on {path}")

    def _follow(self, path: str, reply: Reply) -> Step:
        for _ in range(MOST_REDIRECTS):
            if not 300 <= reply.status < 400:
                break
            path = urljoin(path, reply.header("location"))
            reply = self._took((yield self.ask("GET", path)))
        if reply.status >= 500:
            raise Lost(f"{reply.status} for {path}", sent=True)
        if reply.status != 200:
            raise Refused(f"{reply.status} for {path}")
        shown = Shown(urlsplit(path).path, plain(reply))
        if self._loads:
            for part in loaded_by(shown.body):
                if part not in self.loaded:
                    self.loaded.add(part)
                    got = yield self.ask("GET", part, part=True)
                    if got.status != 200:
                        raise Refused(f"{got.status} for {part}")
        return shown

    def ask(self, method: str, path: str, body: bytes = b"", *, part: bool = False) -> Ask:
        """A request of this person's browser, cookies and all."""
        head = f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{self._headers}"
        if self.cookies:
            jar = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
            head += f"Cookie: {jar}\r\n"
        if method == "POST":
            kind = "application/x-www-form-urlencoded"
            head += f"Content-Type: {kind}\r\nContent-Length: {len(body)}\r\n"
        return Ask(method, path, head.encode("latin-1") + b"\r\n" + body, part)

    def _took(self, reply: Reply) -> Reply:
        for name, value in reply.headers:
            if name == "set-cookie":
                key, _, kept = value.split(";", 1)[0].partition("=")
                self.cookies[key] = kept
                if not kept:
                    del self.cookies[key]
        if reply.status >= 500:
            raise Lost(f"{reply.status}", sent=True)
        return reply
