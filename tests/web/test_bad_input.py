"""Whatever arrives, a person gets a clear page and what was saved before stays."""

import re
from datetime import timedelta
from io import BytesIO
from urllib.parse import quote_from_bytes

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select, update

from feedback.models.collections import Collection
from feedback.models.responses import Answer, Response
from feedback.models.surveys import Edition, Question
from feedback.services import authoring
from feedback.vocabulary import LONGEST_COMMENT

pytestmark = pytest.mark.any_database

WHO, NEEDS, SAFE, FACE, RATING, WEEKS, SINCE, WORDS = 2, 3, 4, 5, 7, 8, 9, 10
KEPT = "These words were written with care"


@pytest.fixture
def visit(begin):
    """Somebody who has answered a page already."""
    visit = begin()
    visit.leave(WHO, who="parent")
    return visit


BEFORE = {"who": "parent"}


def brief(value) -> str:
    """A value as the name of a test: long ones by their beginning and length."""
    plain = ascii(value)
    return plain if len(plain) < 50 else f"{plain[:30]}({len(plain)})"


# Answers that are none


@pytest.mark.parametrize(
    ("page", "typed"),
    [
        (WHO, {"who": "uncle"}),
        (WHO, {"who": "A parent"}),
        (WHO, {"who": "CHILD"}),
        (WHO, {"who": ""}),
        (WHO, {"who": "child parent"}),
        (WHO, {"who": "-unknown"}),
        (NEEDS, {"needs": ["speech", "flying"]}),
        (NEEDS, {"needs": ["speech", "-unknown"]}),
        (FACE, {"face": "yes"}),
        (FACE, {"face": "0"}),
        (RATING, {"overall": "11"}),
        (RATING, {"overall": "-1"}),
        (RATING, {"overall": "7.5"}),
        (RATING, {"overall": "٧"}),
        (WEEKS, {"weeks": "a lot"}),
        (WEEKS, {"weeks": "201"}),
        (WEEKS, {"weeks": "-1"}),
        (WEEKS, {"weeks": "1e2"}),
        (WEEKS, {"weeks": "²"}),
        (WEEKS, {"weeks": "9" * 5000}),
        (WEEKS, {"weeks": "12", "weeks__unknown": "1"}),
        (WEEKS, {"weeks": "nan"}),
        (WEEKS, {"weeks": "0x10"}),
        (SINCE, {"since__month": "13", "since__year": "2026"}),
        (SINCE, {"since__month": "3"}),
        (SINCE, {"since__month": "3", "since__year": "26"}),
        (SINCE, {"since__month": "3", "since__year": "9" * 9}),
        (SINCE, {"since__month": "March", "since__year": "2026"}),
        (WORDS, {"town": "x" * 201}),
        (WORDS, {"more": "x" * (LONGEST_COMMENT + 1)}),
        (WORDS, {"more": "x" * 65_536}),
    ],
    ids=brief,
)
def test_an_answer_that_is_none_is_asked_for_again_and_nothing_is_stored(
    visit, stored, page, typed
):
    reply = visit.leave(page, **typed)

    assert reply.status_code == 422
    (problem,) = re.findall(r'<li><a href="#(q_[^"]+)">', visit.text)
    assert f'id="{problem}"' in visit.text
    assert stored() == BEFORE


def test_too_many_words_are_given_back_whole(visit):
    visit.leave(WORDS, more="x" * 65_536)
    assert "x" * 65_536 + "</textarea>" in visit.text
    assert "Your answer is 61536 letters too long" in visit.text.replace(",", "")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("a\0b\x07c\x1b[31m", "abc[31m"),
        ("left\u202eright\u2066", "leftright"),
        ("\ufeffmark", "mark"),
        ("one\r\ntwo\rthree", "one\ntwo\nthree"),
        ("one\n\n\n\n\n\ntwo", "one\n\ntwo"),
        ("  \t blanks \n ", "blanks"),
        ("😀🏳️‍🌈👩‍🦽", "😀🏳️‍🌈👩‍🦽"),
        ("مرحبا\u200f 123", "مرحبا\u200f 123"),
        ("e\u0301", "é"),
        ("'; DROP TABLE answer; --", "'; DROP TABLE answer; --"),
        ("{{ 7*7 }} ${7} %s", "{{ 7*7 }} ${7} %s"),
        ("x" * LONGEST_COMMENT, "x" * LONGEST_COMMENT),
        ("😀" * LONGEST_COMMENT, "😀" * LONGEST_COMMENT),
        ("\u202e\0 \u2028", "skipped"),
        ("", "skipped"),
    ],
    ids=brief,
)
def test_words_are_kept_as_they_are_without_what_nobody_can_see(visit, stored, typed, kept):
    assert visit.leave(WORDS, town="T", more=typed).status_code == 303
    assert stored()["more"] == kept


def raw(visit, path: str, body: bytes, **headers: str):
    """A form sent as bytes, as no browser would."""
    return visit.client.post(
        f"/s/fern42/{path}",
        data=f"csrf_token={visit.token}&".encode() + body,
        content_type=headers.pop("content_type", "application/x-www-form-urlencoded"),
        headers=headers,
    )


@pytest.mark.parametrize(
    "body",
    [
        b"q_more=%ff%fe",
        b"q_more=%ed%a0%80",
        b"q_more=%c0%80",
        b"q_more=\xff\xfe\x00",
        b"q_more=%",
        b"q_more=%u0041",
        b"&&&=&=",
        b"q_more",
    ],
    ids=ascii,
)  # fmt: skip
def test_bytes_that_are_no_text_do_no_harm(visit, stored, body):
    reply = raw(visit, str(WORDS), body + b"&q_town=T")
    assert reply.status_code == (400 if b"\xff" in body else 303)
    assert stored()["who"] == BEFORE["who"]
    assert "\ud800" not in str(stored().get("more"))


@pytest.mark.parametrize(
    ("page", "typed", "name", "kept"),
    [
        (WHO, {"who": ["child", "other"]}, "who", "child"),
        (RATING, {"overall": ["3", "4"]}, "overall", 3),
        (WORDS, {"more": ["one", "two"], "town": "T"}, "more", "one"),
        (NEEDS, {"needs": ["sight", "sight", "speech"]}, "needs", "speech sight"),
    ],
)
def test_of_several_answers_where_there_is_one_the_first_counts(
    visit, stored, page, typed, name, kept
):
    assert visit.leave(page, **typed).status_code == 303
    assert stored()[name] == kept


def test_fields_that_nobody_asked_for_change_nothing(visit, look, stored):
    columns = select(Response.__table__)
    before = look(columns)[0]._mapping
    fields = dict.fromkeys(("id", "sent_at", "made_up", "fingerprint", "status", "weight"), "1")
    fields |= {f"q_{n}": "good" for n in ("face", "nothing", "id", "")}
    fields |= {"submission_id": "f" * 32, "edition_id": "2", "language": "so", "q_overall": "7"}

    assert visit.post(str(RATING), fields).status_code == 303
    after = look(columns)[0]._mapping
    assert {key for key in after if after[key] != before[key]} <= {"furthest", "saved_at"}
    assert stored() == {**BEFORE, "overall": 7}


def test_pages_that_were_jumped_over_are_asked_before_anything_is_sent(visit, look):
    visit.leave(WORDS, town="T", more=KEPT)
    visit.post("send")

    assert visit.follow(visit.page).request.path == f"/s/fern42/{NEEDS}"
    assert look(select(func.count(Response.sent_at))) == [(0,)]


@pytest.mark.parametrize("position", ["0", "12", "99999999999999999999"])
def test_a_page_that_is_not_there_leads_back(visit, stored, position):
    assert visit.post(position, {"q_who": "child"}).status_code == 303
    assert visit.follow(visit.page).status_code == 200
    assert stored() == BEFORE


# Cookies, keys, methods, sizes


@pytest.mark.parametrize("token", ["", "forged", "x" * 5000, "é\ud7ff"], ids=ascii)
def test_a_page_without_its_safety_key_is_not_saved_and_gives_the_words_back(visit, stored, token):
    visit.token = token
    assert visit.leave(WORDS, town="T", more=KEPT).status_code == 400
    assert "We could not save this page" in visit.text
    assert KEPT in visit.text
    assert stored() == BEFORE


def test_a_safety_key_of_somebody_else_does_not_fit(visit, begin, app, stored):
    visit.token = begin(app.test_client()).token
    assert visit.leave(WORDS, town="T", more=KEPT).status_code == 400
    assert stored() == BEFORE


def test_a_forged_cookie_opens_nothing(visit, make_app, app):
    other = make_app(secret="another secret of the same length")
    twin = visit.twin(other.test_client())
    assert twin.get(str(WHO)).status_code == 403

    for cookie in (
        visit.cookie[:-2],
        visit.cookie + "x",
        "x",
        "",
        "a.b.c",
        "\x7f" * 50,
        "9" * 3000,
    ):
        twin = begin_with(app, visit, cookie)
        assert twin.get(str(WHO)).status_code == 403
        assert twin.leave(WHO, who="child").status_code in (400, 403)


@pytest.mark.parametrize(
    "places",
    [None, [], {}, {"fern42": None}, {"fern42": 7}, {"fern42": "f" * 32}],
    ids=str,
)
def test_a_cookie_of_ours_with_odd_things_in_it_opens_nothing(visit, app, places):
    sign = app.session_interface.get_signing_serializer(app)
    for key in ("answering", "fresh"):
        twin = begin_with(app, visit, sign.dumps({key: places, "language": 7, "read": [1]}))
        assert twin.get(str(WHO)).status_code in (403, 410)
        assert twin.get().status_code == 200


def begin_with(app, visit, cookie: str):
    twin = visit.twin(app.test_client())
    twin.client.set_cookie("feedback", cookie)
    return twin


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE", "PROPFIND"])
def test_a_method_that_no_page_has_is_refused(visit, method):
    for path in ("/s/fern42", "/s/fern42/2", "/receipt", "/"):
        assert visit.client.open(path, method=method).status_code == 405


def test_reading_a_page_with_the_method_of_another_is_refused(visit, stored):
    assert visit.get("send").status_code == 405
    assert visit.get("finish").status_code == 405
    assert visit.client.post("/").status_code == 405
    assert visit.client.head("/s/fern42/2").status_code == 200
    assert stored() == BEFORE


@pytest.mark.parametrize(
    "kind", ["application/x-www-form-urlencoded", "multipart/form-data; boundary=b"]
)
def test_an_enormous_page_is_refused(visit, stored, settings, kind):
    body = b"q_more=" + b"x" * settings.largest_request
    reply = raw(visit, str(WORDS), body, content_type=kind)

    assert reply.status_code == 413
    assert "That was too long for us to keep" in reply.get_data(as_text=True)
    assert stored() == BEFORE


def test_thousands_of_fields_do_no_harm(visit, stored):
    fields = "&".join(f"f{n}=1" for n in range(9000))
    assert raw(visit, str(RATING), f"q_overall=7&{fields}".encode()).status_code in (303, 413)
    many = "".join(
        f'--b\r\nContent-Disposition: form-data; name="f{n}"\r\n\r\n1\r\n' for n in range(1500)
    )
    reply = raw(
        visit,
        str(RATING),
        f"{many}--b--\r\n".encode(),
        content_type="multipart/form-data; boundary=b",
    )
    assert reply.status_code in (400, 413)
    assert stored()["who"] == BEFORE["who"]


@pytest.mark.parametrize(
    "kind", ["application/json", "text/plain", "", "multipart/form-data", "x" * 3000], ids=brief
)
def test_a_body_of_another_kind_is_refused(visit, stored, kind):
    reply = raw(visit, str(WHO), b'{"q_who": "child"}', content_type=kind)
    assert reply.status_code == 400
    assert stored() == BEFORE


def test_a_file_in_place_of_words_is_not_taken(visit, stored):
    data = {"csrf_token": visit.token, "q_more": (BytesIO(b"MZ"), "a.exe"), "q_town": "T"}
    reply = visit.client.post(f"/s/fern42/{WORDS}", data=data)
    assert reply.status_code == 303
    assert stored()["more"] == "skipped"


# Things that change half way


@pytest.mark.parametrize("what", ["closes_at", "withdrawn_at"])
def test_a_survey_that_ends_half_way_says_so_and_keeps_what_it_had(
    visit, database, clock, stored, what
):
    with database.writing() as writing, writing.begin():
        writing.execute(update(Collection).values(**{what: clock.now + timedelta(minutes=5)}))
    assert visit.leave(SAFE, safe="yes").status_code == 303
    before = stored()
    clock.forward(minutes=5)

    assert visit.leave(WORDS, town="T", more=KEPT).status_code == 410
    assert KEPT in visit.text
    assert visit.post("send").status_code == 410
    assert visit.leave(WORDS, do="language:pl", more=KEPT).status_code == 410
    assert stored() == before


def test_a_new_draft_does_not_touch_those_who_answer_the_published_edition(
    visit, database, every_kind, clock, stored
):
    short = every_kind.model_copy(update={"pages": every_kind.pages[:2], "measures": []})
    visit.get(str(NEEDS))
    for _ in range(2):  # the second takes the place of the first
        with database.writing() as writing, writing.begin():
            authoring.keep_draft(writing, short, now=clock.now)
        visit.leave(NEEDS, needs="speech")
        visit.follow(visit.page)
    with database.writing() as writing, writing.begin():
        edition = authoring.keep_draft(writing, short, now=clock.now)
        authoring.publish(writing, edition, now=clock.now)

    visit.sent()
    assert "Thank you" in visit.text
    assert len(stored()) == 10


def test_an_edition_that_is_retired_half_way_is_answered_to_its_end(visit, database):
    with database.writing() as writing, writing.begin():
        authoring.retire(writing, writing.scalars(select(Edition)).one())
    visit.get(str(NEEDS))
    assert "Thank you" in visit.sent().text


# Anything at all

names = st.sampled_from(
    ["q_who", "q_needs", "q_needs-unknown", "q_safe", "q_face", "q_overall", "q_weeks",
     "q_weeks-unknown", "q_since", "q_since-month", "q_since-year", "q_since-unknown", "q_town",
     "q_more", "q_again", "do", "fingerprint", "csrf_token", "code", "email"]
)  # fmt: skip
values = st.sampled_from(
    ["parent", "child", "speech", "-unknown", "good", "bad", "7", "20", "2026", "12", "skip",
     "stop", "continue", "language:ar", "read:easy_read", "pictures:off", "withdraw", "ask", ":",
     "language:"]
).map(str.encode)  # fmt: skip
pairs = st.lists(
    st.tuples(
        names.map(str.encode) | st.binary(max_size=20),
        values
        | st.binary(max_size=60)
        | st.text(max_size=60).map(lambda t: t.encode("utf-8", "replace")),
    ),
    max_size=8,
)
positions = st.integers(0, 13)


def encoded(fields) -> bytes:
    return b"&".join(
        quote_from_bytes(name).encode() + b"=" + quote_from_bytes(value).encode()
        for name, value in fields
    )


def test_any_form_for_any_page_is_answered_and_changes_no_other_answer(begin, look):
    visit = begin()
    visit.walk()
    everything = select(Answer.__table__).order_by(Answer.question_id)
    with_page = select(Question.id, Question.name)
    ids = {name: number for number, name in look(with_page)}
    on_page = {
        2: {"who"}, 3: {"needs"}, 4: {"safe"}, 5: {"face"}, 6: {"heard"}, 7: {"overall"},
        8: {"weeks"}, 9: {"since"}, 10: {"town", "more"}, 11: {"again"},
    }  # fmt: skip

    @given(positions, pairs, st.sampled_from(["", "?to=check", "?to=%ff", "?read=x"]))
    def any_form(position, fields, query):
        mine = {ids[name] for name in on_page.get(position, ())}
        before = [row for row in look(everything) if row.question_id not in mine]
        reply = raw(visit, f"{position}{query}", encoded(fields))
        assert reply.status_code in (200, 303, 400, 409, 413, 422)
        assert [row for row in look(everything) if row.question_id not in mine] == before

    any_form()


def test_any_form_for_any_address_is_answered(make_app, begin):
    app = make_app(wrong_codes_a_minute=100_000)
    visit = begin(app.test_client())
    visit.walk()
    cookie = visit.cookie

    @given(st.sampled_from(["", "check", "send", "finish", "/receipt", "/come-back"]), pairs)
    def any_form(path, fields):
        twin = begin_with(app, visit, cookie)
        reply = twin.client.post(
            twin._address(path),
            data=f"csrf_token={visit.token}&".encode() + encoded(fields),
            content_type="application/x-www-form-urlencoded",
        )
        assert reply.status_code in (200, 303, 400, 404, 409, 413, 422)

    any_form()


@given(st.binary(max_size=40))
def test_any_address_is_answered(app_of_all, path):
    reply = app_of_all.get(f"/{quote_from_bytes(path, safe='/?&=%.')}")
    assert reply.status_code in (200, 302, 303, 308, 400, 403, 404, 405)


@pytest.fixture
def app_of_all(begin):
    return begin().client
