"""From an invitation by e-mail to the first page of a role, in a browser."""

import re
from urllib.parse import urlsplit

import pyotp
import pytest
from playwright.sync_api import expect

from .conftest import NewPhone
from .phone import DESK
from .site import ADMINISTRATOR, Site, new_code

PASSWORD = "a kite over the river"


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_an_invited_officer_comes_in_by_e_mail_password_and_second_step(
    new: NewPhone, site: Site, scripts: bool
):
    email = f"{new_code()}@brackenshore.example"
    asha = new(width=DESK, scripts=scripts)
    asha.sign_in(ADMINISTRATOR)
    page = asha.goto("/staff/people")
    page.get_by_role("link", name="Invite somebody").click()
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Their name").fill("Sam Newcomer")
    page.get_by_role("radio", name=re.compile("^Officer")).check()
    page.get_by_role("button", name="Invite").click()
    expect(page.get_by_role("status")).to_have_text("The invitation to Sam Newcomer is on its way.")

    link = site.postbox.link(email)
    assert link.startswith(site.address)
    sam = new(scripts=scripts)
    page = sam.goto(urlsplit(link).path)
    expect(page.get_by_label("Your name")).to_have_value("Sam Newcomer")
    page.get_by_label("Choose a password").fill(PASSWORD)
    page.get_by_role("button", name="Join").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Set up the second step")
    drawn = page.get_by_role("img", name="QR code").evaluate("el => el.naturalWidth")
    assert drawn > 100
    key = page.locator(".key").inner_text().replace(" ", "")
    page.get_by_label("The six digits").fill(pyotp.TOTP(key).now())
    page.get_by_role("button", name="Continue").click()

    expect(page).to_have_url(f"{site.address}/staff/")
    expect(page.get_by_role("link", name="Sam Newcomer")).to_be_visible()
    assert sam.goto(urlsplit(link).path).get_by_role("heading", level=1).inner_text() == (
        "This link does not work"
    )
