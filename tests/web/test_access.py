"""Who may open what: walked over every route there is."""

import re
from datetime import timedelta
from urllib.parse import quote, unquote

import pytest
from sqlalchemy import func, select
from visiting import PASSWORD, Visit

from feedback.database import Database
from feedback.models.oversight import AuditEvent
from feedback.models.people import SignIn
from feedback.questionnaire import Given
from feedback.services import (
    capturing,
    codebooks,
    convening,
    inviting,
    reporting,
    staffing,
)
from feedback.services.capturing import Noted
from feedback.services.people import LONGEST_SIGN_IN
from feedback.vocabulary import (
    OWN_EVENTS_ONLY,
    PERMISSIONS_OF,
    CardState,
    OrganisationKind,
    Permission,
    ReportKind,
    Role,
)

OPEN = {Permission.EVERYONE, Permission.ANSWERING, Permission.MEMBER}
# A value for each part of an address that varies; a new one needs a line here.
PARTS = {
    **{"code": "fern42", "position": 1, "what": "answers", "kind": "csv", "token": "none"},
    **{"digest": "0" * 64, "name": "nowhere", "number": 1, "page": "nowhere"},
    **{"run_id": 1, "response_id": 1, "question_id": 1},
    **{"question": "nowhere", "entries": "places", "entry_id": 1, "table": "coverage"},
    **{"coverage_id": 1, "figure_id": 1, "dimension": "area", "audience": "parent"},
    **{"note_id": 1, "twin_id": 1, "section_id": 1, "ending": "html"},
    **{"round_id": 1, "finding_id": 1, "comment_id": 1, "source_id": 1, "year": 2026},
    **{"group_id": 1, "room_id": 1, "proposal_id": 1, "pile_id": 1, "reply_id": 1, "flag_id": 1},
    "read": "easy_read",
}
# What anybody who is signed in may open before the second step.
BEFORE_THE_STEP = {"account.second_step", "account.sign_out"}
# What ends somebody's own sign-in.
LEAVES = {"account.sign_out", "account.sign_out_everywhere"}
# What shows many events together, and so nothing to a role that sees only its own.
MANY_EVENTS = {"sessions.series"}
OTHER_PARTS = {
    "printing.document": {"what": "poster"},
    "printing.series": {"what": "cards"},
    "themes.change": {"what": "stop"},
    "offer.publish": {"what": "publish"},
    "groups.hide": {"what": "idea"},
    "groups.show_again": {"what": "idea"},
}


def permission(view) -> Permission | None:
    """What a view asks for, found through whatever is wrapped around it."""
    while view is not None:
        if hasattr(view, "permission"):
            return view.permission
        view = getattr(view, "__wrapped__", None)
    return None


@pytest.fixture
def there(database, open_collection, event, staff, now) -> dict[str, int]:
    """Numbers of things that addresses may name; a new one needs a line here."""
    other, inviter = staff(Role.VIEWER, "other"), staff(Role.ADMINISTRATOR, "inviter")
    with database.writing() as writing, writing.begin():
        organisation = staffing.add_organisation(
            writing, "Fernhill School", OrganisationKind.EDUCATION, by=inviter.id, now=now
        )
        invitation, _token = inviting.invite(
            writing, "new@x.example", "New", Role.VIEWER, None, by=inviter.id, now=now
        )
        codebook = codebooks.ready(writing, by=None, now=now)
        facts = Noted(words="The lift is broken", state=CardState.FOLLOW_UP)
        key, times = "0b0e2c1a-0000-4000-8000-000000000001", {"taken_at": now, "now": now}
        card = capturing.keep(writing, event, key, facts, by=inviter.id, **times)
        meeting = convening.call(
            writing, convening.Facts("Board", *[now.date()] * 3), by=None, now=now
        )
        days = (now.date() - timedelta(days=90), now.date())
        report = reporting.begin(
            writing,
            reporting.Facts(ReportKind.SUMMARY, "Trust", "en", *days, meeting.id),
            [reporting.Begun("impact", "Impact", "We do not know yet.")],
            by=None,
            now=now,
        )
    return {
        "collection_id": open_collection.id,
        "event_id": event.id,
        "series_id": event.series_id,
        "user_id": other.id,
        "organisation_id": organisation.id,
        "invitation_id": invitation.id,
        "card_id": card.id,
        "codebook_id": codebook.codebook.id,
        "theme_id": codebook.ids["waiting"],
        "meeting_id": meeting.id,
        "report_id": report.id,
    }


@pytest.fixture
def routes(app, there):
    """Every method and address of the app, with the permission that its view names."""
    found = []
    with app.test_request_context():
        adapter = app.url_map.bind("localhost")
        for rule in app.url_map.iter_rules():
            parts = {**PARTS, **there, **OTHER_PARTS.get(rule.endpoint, {})}
            values = {name: parts[name] for name in rule.arguments}
            asked = permission(app.view_functions[rule.endpoint])
            for method in sorted(rule.methods - {"HEAD", "OPTIONS"}):
                path = adapter.build(rule.endpoint, values, method=method)
                found.append((rule.endpoint, method, path, asked))
    return found


@pytest.fixture
def comments(answered, open_collection, database):
    """Enough people have written that staff may read it."""
    with database.writing() as writing, writing.begin():
        for _ in range(5):
            answered(writing, open_collection, {"more": Given(text="The taxi was late")})


def test_every_view_names_a_permission(routes):
    assert len(routes) > 20
    assert [route for route in routes if not isinstance(route[3], Permission)] == []


def test_no_page_for_staff_opens_for_somebody_who_is_not_signed_in(routes, begin):
    stranger = begin()
    for endpoint, method, path, asked in routes:
        if asked in OPEN:
            continue
        reply = stranger.get(path) if method == "GET" else stranger.post(path)
        assert reply.status_code in (302, 303), endpoint
        assert reply.location.startswith("/staff/sign-in?next="), endpoint


@pytest.mark.parametrize("role", list(Role))
def test_each_page_opens_for_the_roles_that_have_its_permission_and_for_no_other(
    role, routes, sign_in, staff, comments
):
    user = staff(role)
    visit = None
    opened, refused = set(), set()
    for endpoint, method, path, asked in routes:
        if asked in (Permission.ANSWERING, Permission.MEMBER):
            continue
        if visit is None:
            visit = sign_in(user)
            visit.get("/staff/account")
        reply = visit.get(path) if method == "GET" else visit.post(path)
        may = asked is Permission.EVERYONE or asked in PERMISSIONS_OF[role]
        may = may and not (role in OWN_EVENTS_ONLY and endpoint in MANY_EVENTS)
        (opened if may else refused).add(endpoint)
        if not may:
            assert reply.status_code == 403, endpoint
            assert "Your sign-in does not open this page" in visit.text
            continue
        if reply.status_code == 403:  # closed to everybody while few have answered
            assert asked is Permission.EXPORT, endpoint
            assert "There are too few answers to show" in visit.text
            continue
        assert reply.status_code in (200, 302, 303, 404, 409, 422), (endpoint, reply.status_code)
        if (reply.location or "").startswith("/staff/sign-in"):
            assert endpoint in LEAVES
            visit = None
    assert len(opened) > 10
    if role is Role.OFFICER:
        assert {"listening.comments", "listening.export"} <= opened
    else:
        assert {"listening.comments", "listening.export"} <= refused


def test_before_the_second_step_nothing_opens_but_the_step_and_the_way_out(
    app, routes, officer, comments
):
    visit = Visit(app.test_client(), "")
    visit.get("/staff/sign-in")
    visit.post("/staff/sign-in", {"email": officer.email, "password": PASSWORD})
    visit.get(visit.page.location)
    for endpoint, method, path, asked in routes:
        if asked in OPEN or endpoint in BEFORE_THE_STEP:
            continue
        reply = visit.get(path) if method == "GET" else visit.post(path)
        assert reply.status_code == 303, endpoint
        assert reply.location.startswith("/staff/second-step"), endpoint
        wanted = f"/staff/second-step?next={quote(path, safe='')}"
        assert method == "POST" or unquote(reply.location) == unquote(wanted)
        assert "taxi" not in visit.text
    assert visit.post("/staff/sign-out").location == "/staff/sign-in"


@pytest.mark.parametrize(
    ("role", "first"),
    [
        (Role.ADMINISTRATOR, "/staff/"),
        (Role.OFFICER, "/staff/"),
        (Role.FACILITATOR, "/staff/"),
        (Role.PARTNER, "/staff/"),
        (Role.VIEWER, "/staff/"),
        (Role.DATA_ENTRY, None),
    ],
)
def test_each_role_lands_on_a_page_that_it_may_open(role, first, sign_in, staff):
    for wish in ("", "?next=/staff/", "?next=/staff"):
        visit = sign_in(staff(role), next=wish)
        assert first is None or visit.page.location == first
        assert visit.follow(visit.page).status_code == 200


def test_an_officer_opens_what_a_viewer_may_not(sign_in, officer, open_collection):
    visit = sign_in(officer)
    assert visit.get(f"/staff/collection/{open_collection.id}/comments").status_code == 200


def test_a_viewer_opens_results(sign_in, viewer, open_collection):
    visit = sign_in(viewer)
    assert visit.get("/staff/").status_code == 200
    assert visit.get(f"/staff/collection/{open_collection.id}").status_code == 200
    assert f"/staff/collection/{open_collection.id}/comments" not in visit.text


def test_no_page_of_somebody_who_answers_opens_for_another(routes, begin, app):
    begin().walk()
    for endpoint, method, path, asked in routes:
        if asked is not Permission.ANSWERING:
            continue
        stranger = begin(app.test_client(), start=False)
        stranger.get("/receipt")
        reply = stranger.get(path) if method == "GET" else stranger.post(path)
        assert reply.status_code == 403, endpoint
        assert "ramp" not in stranger.text


@pytest.mark.parametrize("number", [0, 999_999, 2**31, 2**63, "-1", "one"])
def test_a_collection_that_is_not_there_is_not_found(sign_in, officer, number):
    visit = sign_in(officer)
    visit.get("/staff/")
    assert visit.get(f"/staff/collection/{number}").status_code == 404
    assert visit.get(f"/staff/collection/{number}/comments").status_code == 404
    assert visit.post(f"/staff/collection/{number}/answers.csv").status_code == 404


@pytest.mark.parametrize(
    "query",
    [
        "page=2",
        f"page={10**30}",
        "page=-5",
        "page=x",
        "search=%00",
        "question=%00",
        "search=%ff%25_",
    ],
)
def test_anything_can_be_asked_of_the_comments_page(
    sign_in, officer, comments, open_collection, query
):
    visit = sign_in(officer)
    reply = visit.get(f"/staff/collection/{open_collection.id}/comments?{query}")
    assert reply.status_code in (200, 404)


# Signing in and out


def test_signing_in_leads_to_where_somebody_was_going(sign_in, officer, open_collection):
    wanted = f"/staff/collection/{open_collection.id}"
    assert sign_in(officer, next=f"?next={wanted}").page.location == wanted
    assert sign_in(officer).page.location == "/staff/"


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/",
        "//evil.example/staff",
        "///evil.example/staff",
        "/\\evil.example",
        "/staff\\@evil.example",
        "\\\\evil.example",
        "staff@evil.example",
        "/staff.evil.example\r\nSet-Cookie: a=b",
        "/staffing",
        "/s/fern42",
        "javascript:alert(1)//staff",
        " /staff",
        "http:/staff",
        "",
    ],
    ids=ascii,
)
def test_signing_in_leads_to_no_page_but_ours_for_staff(sign_in, officer, elsewhere):
    visit = sign_in(officer, next=f"?next={quote(elsewhere)}")
    assert visit.page.status_code == 303
    assert re.fullmatch(r"/staff[\w/.%:=-]*", visit.page.location)
    assert "a" not in [line.split("=")[0] for line in visit.page.headers.getlist("Set-Cookie")]


def test_signing_in_begins_a_new_session(app, begin, officer, shown_number):
    visit = begin()  # a browser in the middle of a survey, with a session of its own
    visit.get("/staff/sign-in")
    before, token = visit.cookie, visit.token
    visit.post("/staff/sign-in", {"email": officer.email, "password": PASSWORD})
    between = visit.cookie
    visit.get(visit.page.location)
    visit.post("/staff/second-step", {"number": shown_number(officer)})
    assert visit.page.status_code == 303

    assert visit.get("1").status_code == 403  # nothing of the old session is left
    assert visit.get("/staff/").status_code == 200
    assert visit.token != token
    for known in (before, between):  # what somebody who had put it there would hold now
        old = app.test_client()
        old.set_cookie("feedback", known)
        assert old.get("/staff/").status_code == 302


def test_signing_out_ends_the_sign_in_on_the_server(app, sign_in, officer, look):
    visit = sign_in(officer)
    visit.get("/staff/")
    kept = visit.cookie
    visit.post("/staff/sign-out")
    assert visit.page.status_code == 303

    stolen = app.test_client()
    stolen.set_cookie("feedback", kept)
    assert stolen.get("/staff/").status_code == 302
    assert look(select(func.count()).select_from(SignIn)) == [(0,)]


def test_signing_out_needs_the_page_it_stands_on(sign_in, officer, look):
    visit = sign_in(officer)
    visit.token = "forged"
    assert visit.post("/staff/sign-out").status_code == 400
    assert look(select(func.count()).select_from(SignIn)) == [(1,)]


def test_a_sign_in_ends_after_half_an_hour_of_nothing(sign_in, officer, clock):
    visit = sign_in(officer)
    for _ in range(3):
        clock.forward(minutes=29)
        assert visit.get("/staff/").status_code == 200
    clock.forward(minutes=31)
    assert visit.get("/staff/").status_code == 302


def test_a_sign_in_ends_after_a_working_day(sign_in, officer, clock):
    visit = sign_in(officer)
    for _ in range(LONGEST_SIGN_IN // timedelta(minutes=20)):
        clock.forward(minutes=20)
        assert visit.get("/staff/").status_code == 200
    clock.forward(minutes=1)
    assert visit.get("/staff/").status_code == 302


@pytest.mark.parametrize("path", ["/staff/sign-out", "/staff/collection/{}/answers.csv"])
def test_a_button_works_after_some_minutes_of_reading(
    make_app, address, sign_in, officer, comments, open_collection, clock, path
):
    """That somebody is still here is written down; the button must not wait for that."""
    quick = Database(address, busy_seconds=0.5)
    visit = sign_in(officer, app=make_app(quick))
    visit.get("/staff/")
    clock.forward(minutes=5)

    assert visit.post(path.format(open_collection.id)).status_code in (200, 303)
    quick.close()


def test_a_wrong_sign_in_says_so_and_keeps_the_address(sign_in, officer):
    visit = sign_in(officer, "wrong")
    assert visit.page.status_code == 422
    assert "Check your e-mail address and password" in visit.text
    assert f'value="{officer.email}"' in visit.text
    assert "wrong" not in visit.text


def test_failed_sign_ins_are_slowed_by_account_and_not_by_address(sign_in, officer, viewer, clock):
    for _ in range(10):
        assert sign_in(officer, "wrong").page.status_code == 422

    slowed = sign_in(officer)
    assert slowed.page.status_code == 429
    assert "try to sign in again in 15 minutes" in slowed.text
    assert slowed.page.headers["Retry-After"] == "900"
    assert "correct horse" not in slowed.text  # nobody's password is given back to read
    elsewhere = sign_in(viewer, "wrong")  # signs in below from another address
    elsewhere.client.environ_base["REMOTE_ADDR"] = "198.51.100.7"
    form = {"email": f"  {officer.email.upper()} ", "password": PASSWORD}
    assert elsewhere.post("/staff/sign-in", form).status_code == 429

    assert sign_in(viewer).page.status_code == 303  # the same address, another account
    clock.forward(minutes=15)
    assert sign_in(officer).page.status_code == 303


def test_signing_in_rightly_is_never_slowed(sign_in, officer):
    for _ in range(12):
        assert sign_in(officer).page.status_code == 303


@pytest.mark.parametrize("email", ["nul\0@x", "x" * 300, "", "😀", "a@b\r\nc"], ids=ascii)
def test_anything_can_be_typed_for_an_address(sign_in, officer, email):
    officer.email = email
    assert sign_in(officer).page.status_code == 422


# What is downloaded is noted


def test_a_download_is_noted_without_its_content(sign_in, officer, comments, open_collection, look):
    visit = sign_in(officer)
    visit.get("/staff/")
    for kind in ("csv", "xlsx"):
        reply = visit.post(f"/staff/collection/{open_collection.id}/comments.{kind}")
        assert reply.status_code == 200
        assert reply.headers["Content-Disposition"].startswith("attachment; ")
        assert reply.headers["Cache-Control"] == "no-store"

    rows = look(
        select(AuditEvent.user_id, AuditEvent.action, AuditEvent.subject).order_by(AuditEvent.id)
    )
    assert rows == [
        (officer.id, "export comments csv", "fern42"),
        (officer.id, "export comments xlsx", "fern42"),
    ]


def test_nothing_is_downloaded_of_a_small_group(
    sign_in, officer, answered, open_collection, database, look
):
    with database.writing() as writing, writing.begin():
        for _ in range(4):
            answered(writing, open_collection, {"more": Given(text="The taxi was late")})
    visit = sign_in(officer)
    visit.get("/staff/")
    assert visit.post(f"/staff/collection/{open_collection.id}/comments.csv").status_code == 403
    assert "taxi" not in visit.text
    assert visit.get(f"/staff/collection/{open_collection.id}/comments").status_code == 200
    assert "taxi" not in visit.text
    assert look(select(func.count()).select_from(AuditEvent)) == [(0,)]
