"""What a page costs a family: one cookie, few bytes, no stranger asked, no words lost."""

import pytest
from playwright.sync_api import expect

from feedback.vocabulary import QuestionKind

from .checkers import axe, none_of
from .conftest import NewPhone, Surveys
from .hands import Thumb
from .people import talkative
from .phone import Phone
from .site import Site
from .states import TYPED, Place
from .surveys import GALLERY, gallery, page_of, walked
from .walk import Walk

MOST_BYTES = 100_000  # journey J1: the whole survey, faces and all


@pytest.fixture
def writing(new: NewPhone, site: Site, collections: Surveys) -> Phone:
    """Somebody in the middle of writing."""
    phone = new()
    Place(phone, site, collections).somebody(gallery(), {})
    phone.goto(f"/s/{collections[GALLERY].code}/{page_of(QuestionKind.COMMENT)}")
    phone.page.locator("textarea").fill(TYPED)
    return phone


def test_without_signal_the_page_says_so_and_keeps_the_words(writing: Phone):
    page, here = writing.page, writing.path
    writing.context.set_offline(True)
    page.locator('button[value="continue"]').tap()

    notice = page.locator("#offline")
    expect(notice).to_be_visible()
    expect(notice).to_be_focused()
    assert page.locator("textarea").input_value() == TYPED
    none_of(axe(page))

    writing.context.set_offline(False)
    with page.expect_navigation():
        page.locator('button[value="continue"]').tap()
    assert writing.path != here


def test_a_whole_survey_costs_little_and_asks_nobody_else(new: NewPhone, collections: Surveys):
    live = walked()["live"]
    phone = new()
    walk = Walk(phone, collections["live"].code, live, talkative(live), Thumb(phone.page))
    walk.start()
    walk.to_check()
    walk.send()

    sizes = [request.sizes() for request in phone.requests if request.response() is not None]
    assert (
        sum(size["responseBodySize"] + size["responseHeadersSize"] for size in sizes) < MOST_BYTES
    )


def test_one_cookie_is_kept_and_nothing_else(writing: Phone):
    [cookie] = writing.context.cookies()

    assert cookie.get("name") == "feedback"
    assert cookie.get("expires") == -1, "it outlives the browser"
    kept = writing.page.evaluate(
        """async () => ({
          local: localStorage.length,
          session: sessionStorage.length,
          databases: (await indexedDB.databases()).length,
          caches: (await caches.keys()).length,
          workers: (await navigator.serviceWorker.getRegistrations()).length,
        })"""
    )
    assert set(kept.values()) == {0}, kept
