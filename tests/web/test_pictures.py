"""The library of pictures: looked through, added to, and served to whoever answers."""

import html
import re
from io import BytesIO
from pathlib import Path

import pytest
from flask import url_for
from PIL import Image
from sqlalchemy import select
from visiting import AT, Visit
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from feedback.models.pictures import UploadedPicture
from feedback.outputs import exchange
from feedback.queries import pictures, surveys
from feedback.questionnaire import Questionnaire
from feedback.services import authoring, picturing
from feedback.settings import picture_index
from feedback.vocabulary import PERMISSIONS_OF, EditionStatus, Permission
from feedback.web import frame

LIBRARY = "/staff/pictures/"
DRAWING = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 2"><path d="M0 0h4"/></svg>'


def photograph(size: tuple[int, int] = (60, 40), **more) -> bytes:
    file = BytesIO()
    Image.new("RGB", size, "green").save(file, "JPEG", **more)
    return file.getvalue()


@pytest.fixture(autouse=True)
def _built() -> None:
    if not picture_index():
        pytest.skip("the pictures are not built")


@pytest.fixture
def designer(sign_in, officer) -> Visit:
    """Somebody who has signed in and may bring in pictures."""
    visit = sign_in(officer)
    visit.get(LIBRARY)
    return visit


def bring(visit: Visit, content: bytes = DRAWING, name: str = "tree.png", **fields):
    """Send the form with a file, all else filled in as it should be."""
    filled = {"shows": "The hub", "more": "place, room", "credit": "Ana", "agreed": "y"}
    file = FileStorage(BytesIO(content), name, content_type="image/png")
    return post(visit, LIBRARY, {**filled, "file": file, **fields})


def post(visit: Visit, path: str, fields: dict):
    """Send words and files as a browser does."""
    boundary, body = encode_multipart({"csrf_token": visit.token, **fields})
    media = f'multipart/form-data; boundary="{boundary}"'
    visit.page = visit.client.post(path, data=body, content_type=media)
    return visit.page


def other_file() -> FileStorage:
    """A file where words should be."""
    return FileStorage(BytesIO(b"y"), "words.txt", content_type="text/plain")


@pytest.fixture
def kept(look):
    """All pictures that were brought in."""
    statement = select(UploadedPicture.name, UploadedPicture.words, UploadedPicture.media)
    return lambda: look(statement.order_by(UploadedPicture.id))


def shown(visit: Visit) -> list[str]:
    """Addresses of the pictures on a page, in order."""
    return re.findall(r'<li class="picture".*?src="([^"]+)"', visit.text, re.DOTALL)


# Looking


def test_the_library_shows_ours_first_and_says_how_many_there_are(designer):
    assert designer.page.status_code == 200
    assert len(shown(designer)) == 24
    assert all(address.startswith("/static/pictures/own/") for address in shown(designer))
    assert f"{len(picture_index()):,} pictures" in designer.text
    assert "OpenMoji, CC BY-SA 4.0" not in designer.text.split("<ul")[2].split("</ul>")[0]
    assert "/static/pictures/CREDITS.txt" in designer.text


def test_a_search_shows_the_best_first_with_name_and_credit(designer):
    designer.get(f"{LIBRARY}?words=School+bus")
    assert shown(designer)[0] == "/static/pictures/openmoji/bus.svg"
    assert "openmoji/bus</code>" in designer.text
    assert "OpenMoji, CC BY-SA 4.0" in designer.text
    assert 'value="School bus"' in designer.text


def test_one_set_can_be_chosen(designer):
    designer.get(f"{LIBRARY}?words=school&set=healthicons")
    assert shown(designer)
    assert all("/healthicons/" in address for address in shown(designer))
    designer.get(f"{LIBRARY}?set=../secret")
    assert len(shown(designer)) == 24


def test_more_are_shown_on_demand_and_the_link_leads_to_the_first_new_one(designer):
    more = re.search(r'href="([^"]+)">Show more', designer.text)[1]
    assert html.unescape(more) == f"{LIBRARY}?shown=48#picture-25"
    designer.get(f"{LIBRARY}?words=face&shown=48")
    assert len(shown(designer)) == 48
    assert 'id="picture-25"' in designer.text
    assert "words=face&shown=72#picture-49" in designer.text
    designer.get(f"{LIBRARY}?words=autism")
    assert "Show more" not in designer.text


@pytest.mark.parametrize("shown_", ["-1", "0", "nothing", "999999999999", "1e9"])
def test_a_made_up_number_of_pictures_does_no_harm(designer, shown_):
    assert designer.get(f"{LIBRARY}?words=autism&shown={shown_}").status_code == 200
    assert len(shown(designer)) == 1


def test_where_nothing_fits_the_page_says_what_to_try(designer):
    designer.get(f"{LIBRARY}?words=xyzzy")
    assert "No picture fits these words" in designer.text
    designer.get(f"{LIBRARY}?set=upload")
    assert "Nobody has brought in a picture yet" in designer.text


# Bringing one in


def test_a_picture_that_is_brought_in_stands_first_and_can_be_found(designer, kept):
    reply = bring(designer, photograph(), "hub.jpg")
    [(name, words, media)] = kept()
    assert reply.status_code == 303
    assert (words, media) == (["The hub", "place", "room"], "image/webp")

    designer.follow(reply)
    assert "Your picture is in the library" in designer.text
    assert shown(designer)[0] == frame.picture(name)
    designer.get(f"{LIBRARY}?words=hub&set=upload")
    assert shown(designer) == [frame.picture(name)]
    assert "Ana" in designer.text


def test_a_picture_with_the_same_content_is_there_once(designer, kept):
    bring(designer)
    assert bring(designer, shows="Our place").status_code == 303
    [(_, words, _)] = kept()
    assert words == ["The hub", "place", "room", "Our place"]


FILES = {
    "a program named as a picture": (b"MZ\x90\0\x03 program", "That file is not a picture", 422),
    "a page named as a drawing": (b"<!doctype html><b>x", "That file is not a picture", 422),
    "nothing": (b"", "That file is not a picture", 422),
    "a drawing with a script": (
        DRAWING.replace(b"</svg>", b"<script>1</script></svg>"),
        "That drawing holds more than a drawing",
        422,
    ),
    "a drawing that grows": (
        b'<!DOCTYPE svg [<!ENTITY a "ha">]>' + DRAWING,
        "That drawing holds more than a drawing",
        422,
    ),
    "half a picture": (photograph()[:300], "That picture is damaged", 422),
    "a large file": (photograph() + b"\0" * 6_000_000, "A file may have up to 5 MB", 413),
    "a file from a phone": (b"\0\0\0\x18ftypheic\0\0\0\0", "Save it as JPEG first", 422),
}


@pytest.mark.parametrize(("content", "words", "status"), FILES.values(), ids=FILES)
def test_a_file_that_cannot_be_used_is_refused_with_what_to_do(
    designer, kept, content, words, status
):
    reply = bring(designer, content, shows="My <b>own</b> tree")
    assert reply.status_code == status
    assert designer.text.count(words) == 2  # at the top, and beside the box
    assert 'href="#file"' in designer.text
    assert "Nothing was kept" in designer.text
    assert "<title>Error: Pictures" in designer.text
    assert 'value="My <b>own</b> tree"' in designer.text
    assert "My <b>" not in reply.get_data(as_text=True)
    assert kept() == []


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"shows": ""}, "Say in a few words what the picture shows"),
        ({"shows": " \u202e "}, "Say in a few words what the picture shows"),
        ({"agreed": ""}, "Tick the box, or choose a picture that you may use"),
        ({"file": ""}, "Choose a file"),
        ({"file": "tree.png"}, "Choose a file"),
    ],
)
def test_what_is_missing_is_said_and_the_rest_is_kept(designer, kept, fields, words):
    reply = bring(designer, credit="Ana & Ben", **fields)
    assert reply.status_code == 422
    assert designer.text.count(words) == 2
    assert 'value="Ana & Ben"' in designer.text
    assert kept() == []


def test_without_its_safety_key_nothing_is_kept(designer, kept):
    designer.token = "forged"
    assert bring(designer).status_code == 400
    assert kept() == []


def test_files_in_the_place_of_words_are_as_if_nothing_was_sent(designer, kept):
    reply = bring(designer, shows=other_file(), agreed=other_file(), back=other_file())
    assert reply.status_code == 422
    assert kept() == []


def test_a_file_far_too_large_is_refused_on_the_same_page(designer, kept, make_app):
    reply = bring(designer, b"\xff" * 20_500_000)
    assert reply.status_code == 413
    assert "A file may have up to 5 MB" in designer.text
    assert "<h1" in designer.text and ">Pictures<" in designer.text
    assert kept() == []


def test_how_large_a_picture_may_be_is_a_setting(make_app, sign_in, officer):
    visit = sign_in(officer, app=make_app(largest_picture=100_000))
    visit.get(LIBRARY)
    assert bring(visit, DRAWING + b" " * 100_001).status_code == 413
    assert bring(visit).status_code == 303


def test_only_this_one_form_takes_more_than_words(designer, client):
    large = FileStorage(BytesIO(b"\xff" * 200_000), "a.png")
    for visit, path in ((Visit(client, ""), "/receipt"), (designer, "/staff/sign-out")):
        assert post(visit, path, {"file": large, "code": "x"}).status_code == 413
        large.stream.seek(0)


def test_words_beside_the_file_stay_as_short_as_everywhere(designer, kept):
    assert bring(designer, credit="x" * 200_000).status_code == 413
    assert bring(designer, credit="x" * 201).status_code == 422
    assert kept() == []


def test_somebody_who_has_not_signed_in_cannot_send_a_large_file(client, kept):
    visit = Visit(client, "")
    visit.get("/receipt")
    assert bring(visit, b"\xff" * 200_000).status_code == 413
    reply = bring(visit)
    assert reply.status_code in (302, 303)
    assert reply.location.startswith("/staff/sign-in")
    assert kept() == []


def test_somebody_who_may_not_write_surveys_sees_and_brings_nothing(sign_in, viewer, kept):
    visit = sign_in(viewer)
    visit.get("/staff/")
    assert visit.get(LIBRARY).status_code == 403
    assert bring(visit).status_code == 403
    reply = bring(visit, b"\xff" * 21_000_000)
    assert reply.status_code == 413
    assert "Pictures" not in visit.text
    assert kept() == []


def test_whoever_writes_surveys_may_bring_in_pictures():
    for role, allowed in PERMISSIONS_OF.items():
        assert (Permission.DESIGN in allowed) == (role == "officer")


def test_nobody_who_answers_waits_while_a_picture_is_read(
    designer, database, monkeypatch, now, officer
):
    """The one writer of the database is free while a picture is looked at."""
    read = picturing.images.clean

    def slow(content, **more):
        with database.writing() as other:
            picturing.audit.note(other, officer.id, "meanwhile", "", now=now)
            other.commit()
        return read(content, **more)

    monkeypatch.setattr(picturing.images, "clean", slow)
    assert bring(designer).status_code == 303


# Back to where somebody came from


def test_somebody_who_came_from_a_question_goes_back_to_it_with_the_picture(designer, kept):
    designer.get(f"{LIBRARY}?back=/staff/surveys/autumn/picture?at=q1")
    assert 'name="back" value="/staff/surveys/autumn/picture?at=q1"' in designer.text
    reply = bring(designer, back="/staff/surveys/autumn/picture?at=q1#top")
    assert reply.location == f"/staff/surveys/autumn/picture?at=q1&picture={kept()[0].name}"
    reply = bring(designer, back="/staff/surveys/autumn/picture")
    assert reply.location == f"/staff/surveys/autumn/picture?picture={kept()[0].name}"


@pytest.mark.parametrize(
    "back",
    ["https://elsewhere.example", "//elsewhere.example/staff/", "/staffroom", "/s/fern42",
     "/staff/\\elsewhere.example", "javascript:1", "/\\elsewhere.example", "\t//elsewhere"],
)  # fmt: skip
def test_nobody_is_sent_to_another_place(designer, back):
    assert bring(designer, back=back).location.startswith(f"{LIBRARY}?kept=upload/")


def test_a_made_up_picture_is_not_said_to_be_in_the_library(designer):
    for name in ("upload/" + "0" * 64, "own/autism", "<b>x"):
        designer.get(f"{LIBRARY}?kept={name}")
        assert "Your picture is in the library" not in designer.text


# Serving


def test_a_photograph_is_served_to_everybody_and_kept_by_browsers(designer, client, kept):
    bring(designer, photograph())
    [(name, _, _)] = kept()
    reply = client.get(frame.picture(name))

    assert reply.status_code == 200
    assert Image.open(BytesIO(reply.data)).format == "WEBP"
    assert reply.headers["Content-Type"] == "image/webp"
    assert reply.headers["Content-Disposition"] == "inline"
    assert reply.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert reply.headers["X-Content-Type-Options"] == "nosniff"
    assert reply.headers["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert reply.headers["X-Frame-Options"] == "DENY"
    assert not {"Set-Cookie", "Vary"} & set(reply.headers.keys())


def test_a_drawing_that_is_opened_by_itself_is_cut_off_from_everything(designer, client, kept):
    bring(designer)
    reply = client.get(frame.picture(kept()[0].name))

    assert reply.headers["Content-Type"] == "image/svg+xml"
    assert reply.headers["Content-Disposition"] == 'attachment; filename="drawing.svg"'
    assert reply.headers["Content-Security-Policy"] == (
        "sandbox; default-src 'none'; style-src 'unsafe-inline'"
    )
    assert reply.headers["X-Content-Type-Options"] == "nosniff"
    assert reply.headers["Cache-Control"] == "public, max-age=31536000, immutable"


@pytest.mark.parametrize(
    "path", ["0" * 64, "A" * 64, "x", "0" * 63, "0" * 65, "%2e%2e%2f" + "0" * 55, "%00" * 64, ""]
)
def test_an_address_of_no_picture_is_not_found_and_not_kept(client, path):
    reply = client.get(f"/pictures/{path}")
    assert reply.status_code == 404
    assert reply.headers["Cache-Control"] == "no-store"
    assert "default-src 'none'; script-src" in reply.headers["Content-Security-Policy"]


def test_every_other_page_stays_unkept(designer):
    assert designer.get(LIBRARY).headers["Cache-Control"] == "no-store"
    assert bring(designer).headers["Cache-Control"] == "no-store"


def test_the_address_of_a_picture_is_the_one_that_serves_it(app):
    with app.test_request_context():
        address = url_for("picturing.picture", digest="0" * 64)
    assert (
        frame.picture("upload/" + "0" * 64) == frame.picture_file("upload/" + "0" * 64) == address
    )
    assert frame.picture("own/autism").startswith("data:image/svg+xml,")
    assert frame.picture_file("own/autism") == "/static/pictures/own/autism.svg"
    assert (Path("static/dist/pictures") / "own" / "autism.svg").exists()


# In a survey


@pytest.fixture
def pictured(every_kind, database, officer, now) -> Questionnaire:
    """The survey of every kind with a picture that was brought in beside its first question."""
    with database.writing() as writing, writing.begin():
        kept = picturing.keep(writing, photograph(), ["the hub"], "Ana", officer.id, now=now)
    tree = every_kind.model_dump()
    question = tree["pages"][AT["who"] - 1]["questions"][0]
    picture = {"name": kept.name, "alt": {"en": {"standard": "The hub, seen from the road"}}}
    question["picture"] = picture
    return Questionnaire.model_validate(tree)


def test_somebody_who_answers_sees_a_picture_that_was_brought_in(
    pictured, open_survey, app, database
):
    collection = open_survey(pictured, "hub42")
    visit = Visit(app.test_client(), collection.code)
    visit.start()
    visit.follow(visit.leave(1))

    address = re.search(r'src="(/pictures/\w+)"', visit.text)[1]
    assert 'alt="The hub, seen from the road"' in visit.text
    assert "img-src 'self' data:" in visit.page.headers["Content-Security-Policy"]
    assert visit.get(address).headers["Content-Type"] == "image/webp"
    visit.follow(visit.leave(AT["who"], do="pictures:off"))
    assert address not in visit.text
    with database.reading() as session:
        assert pictured.pages[AT["who"] - 1].questions[0].picture.name in pictures.names(session)


def test_a_picture_brought_in_while_writing_comes_back_to_its_question_and_is_published(
    designer, database, every_kind, kept, now
):
    with database.writing() as writing, writing.begin():
        authoring.keep_draft(writing, every_kind, now=now)
    place = "/staff/surveys/every_kind/picture?at=question:town"
    designer.get(place)
    back = html.unescape(re.search(r'name="back" value="([^"]+)"', designer.text)[1])
    designer.follow(bring(designer, shows="the town hall", back=back))
    name = kept()[0].name
    seen = re.search(r'name="seen" value="(\d+)"', designer.text)[1]
    assert "The town hall</textarea>" in designer.text

    chosen = {"seen": seen, "name": name, "do": "take"}
    assert designer.post(place, chosen).status_code == 422  # says nothing to who cannot see
    assert "Say what the picture shows" in designer.text
    designer.follow(designer.post(place, {**chosen, "alt-en-standard": "The town hall"}))
    assert picture_address(name) in designer.text

    seen = re.search(r'name="seen" value="(\d+)"', designer.text)[1]
    designer.post("/staff/surveys/every_kind/publish", {"seen": seen})
    with database.reading() as session:
        found = surveys.newest_edition(session, "every_kind")
        asked = surveys.read_edition(session, found.id).questionnaire
    assert found.status is EditionStatus.PUBLISHED
    assert asked.questions["town"].picture.name == name


def picture_address(name: str) -> str:
    return f"/pictures/{name.removeprefix('upload/')}"


def test_a_file_may_name_what_was_brought_in_and_nothing_that_was_not(pictured, database):
    text = exchange.write_survey(pictured)
    with database.reading() as session:
        known = pictures.names(session)
    assert exchange.read_survey(text, pictures=known) == pictured
    assert exchange.read_survey(text) == pictured  # without a database nobody can know

    other = text.replace("upload/", "upload/0")
    with pytest.raises(exchange.WrongFile, match="There is no picture 'upload/0"):
        exchange.read_survey(other, pictures=known)
