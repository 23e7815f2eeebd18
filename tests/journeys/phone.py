"""One person's browser: its page, and a record of everything that it should not have done."""

import os
import re
import shutil
from dataclasses import dataclass, field
from typing import Any, Literal
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, Response

from .site import PASSWORD, Site

BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]
PHONE, DESK = 360, 1280
HEIGHT = 740
KEY = re.compile(r'name="csrf_token"[^>]* value="([^"]+)"')
STATUS_IS_NO_FAULT = "Failed to load resource: the server responded with a status of"
LISTENS = """addEventListener("securitypolicyviolation", (event) =>
  console.error(`policy broken: ${event.violatedDirective} ${event.blockedURI}`))"""


def chromium() -> str | None:
    """The path of the Chromium named for tests, or of the system's, if it has one."""
    named = os.environ.get("FEEDBACK_TEST_CHROMIUM")
    return named or next(filter(None, map(shutil.which, BROWSERS)), None)


def on_ci() -> bool:
    """Whether nothing may be left out."""
    return os.environ.get("CI", "").casefold() == "true"


# Stands inside pages of other sites: the same for everybody, so it may be kept, without our header.
FRAMED = "/you-said/embed"


@dataclass
class Phone:
    """A browser context of its own, as somebody's phone or computer.

    `faults` collects what no page of ours may do: ask another host, fetch a font while somebody
    answers, break the page's own policy, let a page be stored, log an error, keep a second cookie.
    """

    context: BrowserContext
    site: Site
    page: Page = field(init=False)
    shown: Response | None = field(init=False, default=None)
    requests: list[Request] = field(init=False, default_factory=list)
    signs_in_once: bool = False  # and takes up the same sign-in again: of three pages, none
    faults: list[str] = field(init=False, default_factory=list)

    def __post_init__(self) -> None:
        self.context.add_init_script(LISTENS)
        self.context.on("request", self._request)
        self.context.on("response", self._response)
        self.context.on("console", self._console)
        self.context.on(
            "weberror", lambda error: self.faults.append(f"script failed: {error.error}")
        )
        self.page = self.context.new_page()
        self.page.set_default_timeout(10_000)

    def goto(self, path: str) -> Page:
        """Open one of the site's pages."""
        self.page.goto(path if path.startswith("http") else self.site.address + path)
        return self.page

    def speak(self, language: str) -> None:
        """Choose the language of the pages that follow, as the links of the home page do."""
        if language != "en":
            self._fetch(f"/?language={language}")

    def come_back(self, words: str) -> None:
        """Hand in a code to come back, as its page does, without looking at the page."""
        key = KEY.search(self._fetch("/come-back"))
        assert key, "the page to come back has no safety key"
        self._fetch("/come-back", {"csrf_token": key[1], "code": words})

    def _fetch(self, path: str, form: dict[str, str | float | bool] | None = None) -> str:
        address, request = self.site.address + path, self.context.request
        reply = request.post(address, form=form) if form else request.get(address)
        assert reply.ok, f"{reply.status} for {path}"
        return reply.text()

    def sign_in(self, email: str, password: str = PASSWORD) -> None:
        """Sign in as a member of staff, with the second step where the role asks for one."""
        if self.signs_in_once and self._taken_up(email):
            return
        self.password(email, password)
        if self.path == "/staff/second-step":
            self.page.locator("#number").fill(self.site.number(email))
            with self.page.expect_navigation():
                self.page.locator("main button").first.click()

        if self.signs_in_once:
            self.site.sign_ins[email] = self.context.cookies()

    def _taken_up(self, email: str) -> bool:
        """Whether an earlier sign-in of theirs still holds, for somebody may have ended it."""
        if email not in self.site.sign_ins:
            return False
        self.context.add_cookies(self.site.sign_ins[email])
        account = f"{self.site.address}/staff/account"
        holds = self.context.request.get(account, max_redirects=0).status == 200
        if not holds:
            self.context.clear_cookies()
        return holds

    def password(self, email: str, password: str = PASSWORD) -> None:
        """The first step of signing in."""
        self.goto("/staff/sign-in")
        self.page.locator("input[name=email]").fill(email)
        self.page.locator("input[name=password]").fill(password)
        with self.page.expect_navigation():
            self.page.locator("main button").first.click()

    @property
    def path(self) -> str:
        """Where this browser is."""
        return urlsplit(self.page.url).path

    def source(self) -> str:
        """The page as it travelled, before the browser mended anything."""
        assert self.shown is not None
        return self.shown.text()

    def forget(self) -> None:
        """Be as new again, in much less time than a new one takes."""
        self.look()
        self.page.goto("about:blank")  # a page that keeps up by itself would go on, and go away
        self.context.clear_cookies()
        self.shown, self.faults = None, []
        self.requests.clear()

    def close(self) -> None:
        """Put it away, noting what it keeps."""
        self.look()
        self.context.close()

    def look(self) -> None:
        """Note what it keeps."""
        cookies = self.context.cookies()
        if len(cookies) > 1:
            self.faults.append(f"more than one cookie: {[c.get('name') for c in cookies]}")
        if any(not c.get("httpOnly") or c.get("sameSite") != "Lax" for c in cookies):
            self.faults.append("a script or another site may use the cookie")

    def _request(self, request: Request) -> None:
        self.requests.append(request)
        if urlsplit(request.url).hostname not in ("127.0.0.1", None):
            self.faults.append(f"asked another host: {request.url}")
        if request.resource_type == "font" and not self.path.startswith("/staff"):
            self.faults.append(f"fetched a font: {request.url}")

    def _response(self, response: Response) -> None:
        request = response.request
        if request.resource_type == "document" and request.frame.parent_frame is None:
            if response.status not in (301, 302, 303):
                self.shown = response
            framed = urlsplit(response.url).path == FRAMED
            kept = "public, max-age=300" if framed else "no-store"
            if response.headers.get("cache-control") != kept:
                self.faults.append(f"may be kept by a cache otherwise than {kept}: {response.url}")
            if framed and "set-cookie" in response.headers:
                self.faults.append(f"sets a cookie on another site: {response.url}")
        elif response.status >= 400:
            self.faults.append(f"{response.status} for {response.url}")

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not message.text.startswith(STATUS_IS_NO_FAULT):
            self.faults.append(f"console: {message.text}")


Scheme = Literal["light", "dark"]


def new_phone(
    browser: Browser,
    site: Site,
    *,
    width: int = PHONE,
    scripts: bool = True,
    styles: bool = True,
    scheme: Scheme = "light",
    **more: Any,
) -> Phone:
    """A browser that has never been here: a phone up to 600 px, a computer above."""
    context = browser.new_context(
        viewport={"width": width, "height": HEIGHT},
        has_touch=width < 600,
        java_script_enabled=scripts,
        color_scheme=scheme,
        locale="en-GB",
        **more,
    )
    if not styles:
        context.route("**/*.css", lambda route: route.abort())
    phone = Phone(context, site)
    if not styles:
        phone.context.remove_listener("console", phone._console)
    return phone
