"""Staff are invited, come in by two steps, look after their account; administrators after all."""

import csv
import io
import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from urllib.parse import urlsplit

import pyotp
import pytest
from sqlalchemy import func, select
from visiting import PASSWORD, Visit

from feedback.models.oversight import AuditEvent
from feedback.models.people import Organisation, SignIn, StaffInvitation, User
from feedback.services import audit, inviting, second_step
from feedback.vocabulary import Role

SAM = "sam@fernhill.example"
NEW_PASSWORD = "a kite over the river"
ONCE = "hand this link over yourself. It is shown only once."


@pytest.fixture
def admin(staff) -> User:
    return staff(Role.ADMINISTRATOR)


@pytest.fixture
def app(make_app, postbox):
    """An app whose mail comes to us."""
    return make_app(**postbox.settings)


@pytest.fixture
def invite(sign_in, admin):
    """An administrator who sends the form of an invitation."""

    def invited(email: str = SAM, role: str = "viewer", app=None, **more) -> Visit:
        visit = sign_in(admin, **({"app": app} if app else {}))
        visit.get("/staff/people/invite")
        form = {"email": email, "name": "Sam", "role": role, "organisation": "0", **more}
        visit.post("/staff/people/invite", form)
        return visit

    return invited


@pytest.fixture
def opened(app, postbox):
    """Somebody with a new browser who opens the link that came by e-mail."""

    def visit(email: str = SAM) -> Visit:
        found = Visit(app.test_client(), "")
        found.get(urlsplit(postbox.link(email)).path)
        return found

    return visit


def join(visit: Visit, password: str = NEW_PASSWORD, **more):
    return visit.post(visit.page.request.path, {"name": "Sam N", "password": password, **more})


def roles(look) -> dict[str, Role]:
    return dict(tuple(row) for row in look(select(User.email, User.role)))


# Inviting


def test_an_invitation_arrives_by_e_mail_and_its_link_lets_somebody_in(
    invite, opened, postbox, admin, look
):
    visit = invite(role="viewer")
    assert visit.page.location == "/staff/people"
    assert "The invitation to Sam is on its way" in visit.follow(visit.page).get_data(as_text=True)
    [message] = postbox.to(SAM)
    for words in ("Hello Sam", "Viewer", "9 November 2026", admin.name):
        assert words in message.get_content()
    assert "SEND partnership" in message["Subject"]

    sam = opened()
    assert "You are invited" in sam.text
    assert SAM in sam.text
    assert join(sam).location == "/staff/"
    assert sam.get("/staff/").status_code == 200
    assert "Sam N" in sam.text
    assert roles(look)[SAM] is Role.VIEWER


def test_a_link_names_the_address_that_the_host_is_reached_at(make_app, postbox, invite):
    for public_address in ("https://listen.example.org", "https://listen.example.org/"):
        invite(app=make_app(**postbox.settings, public_address=public_address))
        assert postbox.link(SAM).startswith("https://listen.example.org/staff/invitation/")
    invite(app=make_app(**postbox.settings))
    assert postbox.link(SAM).startswith("http://localhost/staff/invitation/")


def test_without_a_mail_server_the_link_is_shown_once(make_app, invite, look):
    app = make_app()
    visit = invite(app=app)
    assert visit.page.status_code == 200
    assert ONCE in visit.text
    [link] = re.findall(r"http://localhost(/staff/invitation/[\w-]+)", visit.text)

    for path in ("/staff/people", "/staff/record"):
        visit.get(path)
        assert link not in visit.text
    sam = Visit(app.test_client(), "")
    sam.get(link)
    assert join(sam).status_code == 303
    assert SAM in roles(look)


def test_a_mail_server_that_fails_leaves_the_invitation_and_says_so(invite, opened, postbox, look):
    postbox.refuses = True
    visit = invite()
    visit.follow(visit.page)
    assert "could not be sent. The invitation is kept" in visit.text
    assert "Send again" in visit.text
    [(number,)] = look(select(StaffInvitation.id))

    postbox.refuses = False
    visit.follow(visit.post(f"/staff/people/invitations/{number}/again"))
    assert "is on its way" in visit.text
    assert join(opened()).status_code == 303


def test_a_link_that_arrives_works_already(make_app, postbox, invite, look, monkeypatch):
    """The invitation stands before the e-mail leaves."""
    seen = []

    def send(*_settings, **_message) -> None:
        seen.extend(look(select(StaffInvitation.email)))

    monkeypatch.setattr("feedback.outputs.messages.send", send)
    invite()
    assert seen == [(SAM,)]


def test_taking_back_and_sending_again_make_old_links_worthless(invite, opened, postbox, look):
    visit = invite()
    first = opened()
    [(number,)] = look(select(StaffInvitation.id))
    visit.post(f"/staff/people/invitations/{number}/again")
    assert join(first).status_code == 404
    second = opened()
    visit.post(f"/staff/people/invitations/{number}/take-back")
    assert join(second).status_code == 404
    assert visit.post(f"/staff/people/invitations/{number}/again").status_code == 404
    assert SAM not in roles(look)


def test_somebody_who_is_there_already_is_told_to_the_inviter(invite, staff, look):
    staff(Role.VIEWER)
    visit = invite("Viewer@Brackenshore.example ")
    assert visit.page.status_code == 422
    assert "in the list of people already" in visit.text
    assert look(select(func.count()).select_from(StaffInvitation)) == [(0,)]


@pytest.mark.parametrize(
    "email",
    [
        "sam@x.example\r\nBcc: all@x.example",
        "sam@x.example\nBcc:all@x.example",
        "sam@x.example,all@x.example",
        "Sam <sam@x.example>",
        "sam@x",
        "sam",
        "@x.example",
        "sam@@x.example",
        "s" * 250 + "@x.example",
        "",
    ],
    ids=lambda email: ascii(email)[:30],
)
def test_an_address_that_is_none_is_asked_for_again(invite, postbox, look, email):
    visit = invite(email)
    assert visit.page.status_code == 422
    assert "Write an e-mail address such as" in visit.text
    assert postbox.messages == []
    assert look(select(func.count()).select_from(StaffInvitation)) == [(0,)]


@pytest.mark.parametrize(
    "more",
    [{"role": "owner"}, {"role": ""}, {"role": "OFFICER"}, {"organisation": "999"},
     {"organisation": "one"}, {"organisation": ""}, {"name": " "}, {"name": "x" * 201}],
    ids=str,
)  # fmt: skip
def test_anything_else_in_the_form_is_asked_for_again(invite, look, more):
    assert invite(**more).page.status_code == 422
    assert look(select(func.count()).select_from(StaffInvitation)) == [(0,)]


def test_line_breaks_in_a_name_do_not_reach_the_headers(invite, postbox):
    invite(name="Sam\r\nBcc: all@x.example")
    [message] = postbox.messages
    assert message["Bcc"] is None
    assert message["X-To"] == SAM


# Accepting


def test_used_expired_tampered_and_unknown_links_show_the_same_page(
    invite, opened, postbox, app, clock
):
    invite()
    join(opened())
    used = urlsplit(postbox.link(SAM)).path
    invite("late@x.example")
    late = urlsplit(postbox.link("late@x.example")).path
    pages = []
    clock.forward(days=7, seconds=1)
    for path in (used, late, late[:-1], "/staff/invitation/x"):
        found = Visit(app.test_client(), "")
        found.get(path)
        pages.append((found.page.status_code, found.text))
    assert pages[0][0] == 404
    assert "It was used already, or its time is over" in pages[0][1]
    assert len(set(pages)) == 1


@pytest.mark.parametrize(
    "more",
    [
        {"role": "administrator"},
        {"email": "boss@x.example", "role": "officer", "organisation": "1"},
        {"organisation_id": "1", "demonstration": "y", "is_admin": "1", "user_id": "1"},
        {"invitation_id": "1", "second_step_since": "2020-01-01", "password_hash": "x"},
    ],
    ids=str,
)
def test_nobody_gives_themselves_more_than_they_were_invited_to(
    invite, opened, look, more, database, now
):
    with database.writing() as session, session.begin():
        session.add(Organisation(name="Fernhill", kind="education", created_at=now))
    invite(role="viewer")
    assert join(opened(), **more).status_code == 303

    columns = (User.role, User.organisation_id, User.demonstration, User.second_step_since)
    assert look(select(*columns).where(User.email == SAM)) == [(Role.VIEWER, None, False, None)]
    assert "boss@x.example" not in roles(look)


def test_of_two_browsers_that_accept_at_the_same_moment_one_makes_an_account(invite, opened, look):
    invite()
    visits, ready = [opened(), opened()], Barrier(2)

    def accept(visit: Visit) -> int:
        ready.wait()
        return join(visit).status_code

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(accept, visits)) == [303, 404]
    assert look(select(func.count()).where(User.email == SAM)) == [(1,)]
    assert look(
        select(func.count()).select_from(AuditEvent).where(AuditEvent.action == "accept invitation")
    ) == [(1,)]


def test_a_weak_password_is_refused_kindly_and_never_shown(invite, opened, look):
    invite()
    visit = opened()
    for password, words in (("short-one", "at least 12 characters"), ("Password 1234", "guess")):
        assert join(visit, password).status_code == 422
        assert words in visit.text
        assert password not in visit.text
    assert join(visit).status_code == 303


def test_an_officer_sets_up_the_second_step_right_after_accepting(
    invite, opened, codes, clock, look
):
    invite(role="officer")
    sam = opened()
    assert join(sam).location == "/staff/second-step"
    sam.get("/staff/second-step")
    assert 'src="data:image/svg+xml' in sam.text
    key = "".join(re.search(r'class="key"[^>]*><code>([A-Z2-7 ]+)<', sam.text)[1].split())
    user = look(select(User).where(User.email == SAM))[0][0]
    assert key == second_step.key_of(codes, user)

    assert sam.post("/staff/second-step", {"number": "000 000"}).status_code == 422
    assert sam.post("/staff/second-step", {"number": pyotp.TOTP(key).at(clock.now)}).location == (
        "/staff/"
    )
    assert sam.get("/staff/").status_code == 200


def test_accepting_signs_out_whoever_was_in_this_browser(invite, postbox, look):
    visit = invite()  # the administrator opens the link themselves
    visit.get(urlsplit(postbox.link(SAM)).path)
    assert join(visit).status_code == 303
    signed_in = look(select(User.email).join(SignIn, SignIn.user_id == User.id))
    assert signed_in == [(SAM,)]


def test_looking_at_a_link_uses_nothing_up(invite, opened):
    """Mail scanners open links before people do."""
    invite()
    for _ in range(3):
        opened()
    assert join(opened()).status_code == 303


# The second step


@pytest.fixture
def first_step(app):
    """Somebody who typed their password and stands before the second step."""

    def visit(user: User, next: str = "") -> Visit:
        found = Visit(app.test_client(), "")
        found.get(f"/staff/sign-in{next}")
        found.post(f"/staff/sign-in{next}", {"email": user.email, "password": PASSWORD})
        found.get(found.page.location)
        return found

    return visit


def test_the_second_step_leads_to_where_somebody_was_going(
    first_step, officer, shown_number, open_collection
):
    wanted = f"/staff/collection/{open_collection.id}/comments?search=bus"
    visit = first_step(officer, f"?next={wanted}")
    visit.post(visit.page.request.full_path, {"number": shown_number(officer)})
    assert visit.page.location == wanted


def test_a_number_that_was_used_is_not_taken_again(first_step, officer, shown_number):
    first, second = first_step(officer), first_step(officer)
    number = shown_number(officer)
    assert first.post("/staff/second-step", {"number": number}).status_code == 303
    assert second.post("/staff/second-step", {"number": number}).status_code == 422
    assert "it was used already" in second.text
    assert second.get("/staff/").status_code == 303


def test_guessing_numbers_is_slowed_for_one_account_over_all_its_sign_ins(
    first_step, officer, admin, shown_number, clock
):
    for _ in range(5):
        visit = first_step(officer)
        assert visit.post("/staff/second-step", {"number": "000000"}).status_code == 422
    visit = first_step(officer)
    slowed = visit.post("/staff/second-step", {"number": shown_number(officer)})
    assert slowed.status_code == 429
    assert slowed.headers["Retry-After"] == "900"
    assert "somebody knows your password" in visit.text

    other = first_step(admin)
    assert other.post("/staff/second-step", {"number": shown_number(admin)}).status_code == 303
    clock.forward(minutes=15)
    visit = first_step(officer)
    assert visit.post("/staff/second-step", {"number": shown_number(officer)}).status_code == 303


def test_the_step_asks_in_a_way_that_phones_and_password_managers_help_with(first_step, officer):
    visit = first_step(officer)
    [field] = re.findall(r"<input[^>]*name=\"number\"[^>]*>", visit.text)
    assert 'autocomplete="one-time-code"' in field
    assert 'inputmode="numeric"' in field
    for hindering in ("maxlength", "pattern", "onpaste", "readonly"):
        assert hindering not in field


def test_the_key_is_never_shown_again_once_it_is_set_up(first_step, officer, codes, look):
    visit = first_step(officer)
    user = look(select(User).where(User.id == officer.id))[0][0]
    assert second_step.key_of(codes, user)[:4] not in visit.text
    assert "data:image" not in visit.text


@pytest.mark.parametrize("demonstration", [True, False])
def test_the_demonstration_tells_today_s_number_to_made_up_people_alone(
    make_app, staff, database, demonstration
):
    real, made_up = staff(Role.OFFICER, "real"), staff(Role.OFFICER, "made-up")
    with database.writing() as session, session.begin():
        session.get_one(User, made_up.id).demonstration = True
    app = make_app(demonstration=demonstration)
    for user, told in ((real, False), (made_up, demonstration)):
        visit = Visit(app.test_client(), "")
        visit.get("/staff/sign-in")
        visit.post("/staff/sign-in", {"email": user.email, "password": PASSWORD})
        if user is made_up and not demonstration:
            assert visit.page.status_code == 422
            continue
        visit.get(visit.page.location)
        assert ("number is 123 456" in visit.text) == told
        reply = visit.post("/staff/second-step", {"number": "123 456"})
        assert reply.status_code == (303 if told else 422)


def test_nobody_passes_the_step_with_somebody_else_s_number(
    first_step, officer, admin, shown_number
):
    visit = first_step(officer)
    assert visit.post("/staff/second-step", {"number": shown_number(admin)}).status_code == 422


# One's own account


def test_another_password_needs_the_old_one_and_signs_out_everywhere_else(
    sign_in, officer, app, look
):
    visit, other = sign_in(officer), sign_in(officer)
    visit.get("/staff/account")
    before = visit.cookie
    wrong = {"old": "wrong", "new": NEW_PASSWORD}
    assert visit.post("/staff/account/password", wrong).status_code == 422
    assert "not the password you have now" in visit.text
    weak = {"old": PASSWORD, "new": officer.email}
    assert visit.post("/staff/account/password", weak).status_code == 422
    right = {"old": PASSWORD, "new": NEW_PASSWORD}
    assert visit.post("/staff/account/password", right).status_code == 303

    assert visit.get("/staff/account").status_code == 200
    assert other.get("/staff/").status_code == 302
    stolen = app.test_client()
    stolen.set_cookie("feedback", before)
    assert stolen.get("/staff/").status_code == 302
    assert sign_in(officer).page.status_code == 422
    assert sign_in(officer, NEW_PASSWORD).page.status_code == 303
    assert look(select(AuditEvent.action)) == [("change password",)]


def test_guessing_the_old_password_is_slowed(sign_in, officer):
    visit = sign_in(officer)
    visit.get("/staff/account")
    for _ in range(10):
        form = {"old": "wrong", "new": NEW_PASSWORD}
        assert visit.post("/staff/account/password", form).status_code == 422
    right = {"old": PASSWORD, "new": NEW_PASSWORD}
    assert visit.post("/staff/account/password", right).status_code == 429
    assert visit.post("/staff/account/second-step", {"password": PASSWORD}).status_code == 429


def test_setting_up_the_second_step_anew_needs_the_password(
    sign_in, officer, first_step, shown_number, look
):
    visit, other = sign_in(officer), sign_in(officer)
    visit.get("/staff/account")
    assert visit.post("/staff/account/second-step", {"password": "wrong"}).status_code == 422
    old = shown_number(officer)
    visit.follow(visit.post("/staff/account/second-step", {"password": PASSWORD}))
    assert "Set up the second step" in visit.text
    assert visit.get("/staff/").status_code == 303
    assert other.get("/staff/").status_code == 302
    assert visit.post("/staff/second-step", {"number": old}).status_code == 422
    assert visit.post("/staff/second-step", {"number": shown_number(officer)}).status_code == 303


def test_signing_out_everywhere_ends_every_sign_in_of_that_person(sign_in, officer, viewer):
    visit, other, somebody = sign_in(officer), sign_in(officer), sign_in(viewer)
    visit.get("/staff/account")
    assert visit.text.count("Another browser") == 1
    assert visit.post("/staff/account/sign-out").location == "/staff/sign-in"
    assert visit.get("/staff/").status_code == other.get("/staff/").status_code == 302
    assert somebody.get("/staff/").status_code == 200


def test_somebody_is_called_what_they_want(sign_in, viewer):
    visit = sign_in(viewer)
    visit.get("/staff/account")
    assert visit.post("/staff/account/name", {"name": " "}).status_code == 422
    visit.follow(visit.post("/staff/account/name", {"name": " Vik\r\n  V. "}))
    assert "Vik V." in visit.text


# What an administrator does to others


def test_ending_somebody_s_access_asks_first_and_signs_them_out_at_once(
    sign_in, admin, officer, look
):
    theirs, visit = sign_in(officer), sign_in(admin)
    visit.get(f"/staff/people/{officer.id}/end")
    assert "End the access of officer?" in visit.text
    assert theirs.get("/staff/").status_code == 200
    visit.follow(visit.post(f"/staff/people/{officer.id}/end"))
    assert "Access has ended" in visit.text

    assert theirs.get("/staff/").status_code == 302
    gone = sign_in(officer).page
    assert gone.status_code == 422
    assert "Check your e-mail address and password" in gone.get_data(as_text=True)
    visit.post(f"/staff/people/{officer.id}/back")
    assert sign_in(officer).page.status_code == 303


def test_another_role_signs_somebody_out(sign_in, admin, viewer, look):
    theirs, visit = sign_in(viewer), sign_in(admin)
    visit.get(f"/staff/people/{viewer.id}")
    form = {"role": "data_entry", "organisation": "0"}
    assert visit.post(f"/staff/people/{viewer.id}", form).status_code == 303
    assert theirs.get("/staff/").status_code == 302
    assert roles(look)[viewer.email] is Role.DATA_ENTRY


def test_nobody_ends_demotes_or_resets_themselves(sign_in, admin, staff, look):
    staff(Role.ADMINISTRATOR, "another")
    visit = sign_in(admin)
    visit.get(f"/staff/people/{admin.id}")
    assert "this is you" in visit.text
    form = {"role": "viewer", "organisation": "0"}
    assert visit.post(f"/staff/people/{admin.id}", form).status_code == 422
    for way in ("end", "second-step"):
        reply = visit.post(f"/staff/people/{admin.id}/{way}")
        assert reply.status_code == 409
        assert "You cannot do this to yourself" in visit.text
    assert roles(look)[admin.email] is Role.ADMINISTRATOR
    assert visit.get("/staff/people").status_code == 200


@pytest.mark.parametrize("number", [0, 999_999, 2**31, 2**63])
def test_a_person_who_is_not_there_is_not_found(sign_in, admin, number):
    visit = sign_in(admin)
    visit.get("/staff/people")
    for path in (f"people/{number}", f"people/{number}/end", f"organisations/{number}"):
        assert visit.get(f"/staff/{path}").status_code == 404
    for path in (f"people/{number}/back", f"people/invitations/{number}/again"):
        assert visit.post(f"/staff/{path}").status_code == 404


def test_organisations_are_added_and_renamed(sign_in, admin, look):
    visit = sign_in(admin)
    visit.get("/staff/organisations")
    form = {"name": "Fernhill School", "kind": "education"}
    assert visit.post("/staff/organisations", form).status_code == 303
    assert visit.post("/staff/organisations", form).status_code == 422
    assert visit.post("/staff/organisations", {**form, "kind": "shop"}).status_code == 422
    [(number,)] = look(select(Organisation.id))
    changed = {"name": "Fernhill Academy", "kind": "private"}
    assert visit.post(f"/staff/organisations/{number}", changed).status_code == 303
    assert look(select(Organisation.name, Organisation.kind)) == [("Fernhill Academy", "private")]


# The record


@pytest.fixture
def busy_record(database, admin, officer, now):
    """Sixty lines over two days, by two people and the command line."""
    with database.writing() as session, session.begin():
        for at in range(60):
            audit.note(
                session,
                (admin.id, officer.id, None)[at % 3],
                ("end access", "export comments csv", "=cmd|' /C calc'!A0")[at % 3],
                f"person {officer.id}" if at % 2 else f"fern{at}",
                now=now - timedelta(days=1) if at < 20 else now,
            )


def shown(visit: Visit) -> int:
    """How many lines of the record a page shows."""
    return len(re.findall(r'<td data-label="When">', visit.text))


def test_the_record_is_shown_newest_first_in_pages_of_fifty(sign_in, admin, busy_record):
    visit = sign_in(admin)
    visit.get("/staff/record")
    numbers = [int(n) for n in re.findall(r'<td data-label="Line">(\d+)<', visit.text)]
    assert len(numbers) == 50
    assert numbers == sorted(numbers, reverse=True)
    assert "60 lines" in visit.text
    assert "Ended somebody’s access" in visit.text
    visit.get("/staff/record?page=2")
    assert shown(visit) == 10
    assert visit.get("/staff/record?page=3").status_code == 404


def test_the_record_is_filtered_by_person_action_and_days(sign_in, admin, officer, busy_record):
    visit = sign_in(admin)
    for query, many in (
        (f"who={officer.id}", 20),
        ("who=0", 20),
        ("what=end+access", 20),
        (f"what=end+access&who={officer.id}", 0),
        ("until=2026-11-01", 20),
        ("since=2026-11-02", 40),
        ("since=2026-11-01&until=2026-11-02&what=end+access", 20),
        ("since=2026-11-03", 0),
    ):
        assert visit.get(f"/staff/record?{query}").status_code == 200
        assert shown(visit) == many, query


@pytest.mark.parametrize(
    "query",
    ["who=x", "who=-1", "who=99999999999999999999", "what=%00", "since=never", "since=0001-01-01",
     "until=9999-12-31", "page=-3", "page=x", "who=%ff", "since=2026-02-30", "page=99999999999999"],
)  # fmt: skip
def test_anything_can_be_asked_of_the_record(sign_in, admin, busy_record, query):
    visit = sign_in(admin)
    assert visit.get(f"/staff/record?{query}").status_code in (200, 404)


def test_the_record_says_that_it_is_whole_when_asked(sign_in, admin, busy_record, database):
    visit = sign_in(admin)
    visit.get("/staff/record")
    assert "Check the chain" in visit.text
    assert "whole" not in visit.text
    visit.get("/staff/record?check=yes")
    assert "the record is whole" in visit.text
    with database.reading() as session:
        assert f"60 lines and ends with {audit.check(session).newest[:12]}" in visit.text


def test_the_record_says_where_it_was_broken(sign_in, admin, busy_record, database, look, now):
    with database.writing() as session, session.begin():  # past the program, as with SQL
        line = AuditEvent(action="end access", subject="x", happened_at=now, chained="f" * 64)
        session.add(line)
    visit = sign_in(admin)
    visit.get("/staff/record?check=yes")
    assert f"The chain is broken at line {line.id}." in visit.text
    assert "the record is whole" not in visit.text


def test_the_record_is_downloaded_safely_and_that_is_noted(
    sign_in, admin, officer, busy_record, look
):
    visit = sign_in(admin)
    visit.get("/staff/record?who=0")
    reply = visit.post("/staff/record.csv", {"who": "0"})
    assert reply.headers["Content-Disposition"] == 'attachment; filename="record.csv"'
    rows = list(csv.reader(io.StringIO(reply.get_data(as_text=True).lstrip("\ufeff"))))
    assert rows[0] == ["line", "moment", "person", "name", "action", "subject", "hash"]
    assert len(rows) == 21
    assert {row[4] for row in rows[1:]} == {"'=cmd|' /C calc'!A0"}
    newest = look(select(AuditEvent.user_id, AuditEvent.action).order_by(AuditEvent.id.desc()))[0]
    assert newest == (admin.id, "export record")


def test_markup_in_names_is_never_markup_on_these_pages(sign_in, admin, staff, database, now):
    evil = "<script>alert(1)</script><img src=x onerror=alert(1)>"
    other = staff(Role.VIEWER)
    with database.writing() as session, session.begin():
        session.get_one(User, other.id).name = evil
        session.add(Organisation(name=evil, kind="education", created_at=now))
        inviting.invite(session, SAM, evil, Role.VIEWER, None, by=admin.id, now=now)
        audit.note(session, other.id, "<b>act</b>", f"person {other.id}", now=now)
    visit = sign_in(admin)
    for path in ("people", f"people/{other.id}", f"people/{other.id}/end", "people/invite",
                 f"people/{other.id}/second-step", "organisations", "record"):  # fmt: skip
        page = visit.get(f"/staff/{path}").get_data(as_text=True)
        assert visit.page.status_code == 200
        for markup in ("<script>", "<img src=x", "<b>act"):
            assert markup not in page, path
