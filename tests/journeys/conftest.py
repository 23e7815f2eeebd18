"""A site and a browser for each worker; a phone that nobody has used for each test."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Playwright, sync_playwright

from feedback.models.collections import Collection

from .checkers import none_of
from .phone import ARGUMENTS, BROWSERS, Phone, chromium, new_phone, on_ci
from .site import Site
from .states import open_all

NO_BROWSER = f"no Chromium here (looked for {', '.join(BROWSERS)}): nothing was tried in a browser"
NewPhone = Callable[..., Phone]
Surveys = dict[str, Collection]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if __package__ in item.nodeid.replace("/", "."):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def _playwright() -> Iterator[Playwright]:
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def browser(request: pytest.FixtureRequest) -> Iterator[Browser]:
    """The system's Chromium."""
    path = chromium()
    if path is None:
        pytest.fail(NO_BROWSER) if on_ci() else pytest.skip(NO_BROWSER)
    playwright = request.getfixturevalue("_playwright")
    opened = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The real server on a database of its own; it must not have logged an error in the end."""
    opened = Site(tmp_path_factory.mktemp("site"))
    yield opened
    opened.close()
    none_of(opened.troubles())


@pytest.fixture(scope="session")
def collections(site: Site) -> Surveys:
    """Every survey, open to everybody, by the survey's name."""
    return open_all(site)


@pytest.fixture
def new(browser: Browser, site: Site) -> Iterator[NewPhone]:
    """Makes phones; in the end none of them may have done what no page of ours may do."""
    phones: list[Phone] = []

    def made(**wishes: Any) -> Phone:
        phones.append(new_phone(browser, site, **wishes))
        return phones[-1]

    yield made
    for phone in phones:
        phone.close()
    none_of(fault for phone in phones for fault in phone.faults)
