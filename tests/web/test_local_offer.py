"""The local offer: anybody writes at any time, staff answer, everybody reads what was done."""

import csv
import io
import re
from datetime import date

import pytest
from sqlalchemy import select
from visiting import Visit

from feedback.models.local_offer import LocalOfferComment
from feedback.vocabulary import Audience, OfferChannel, OfferKind, Role

pytestmark = pytest.mark.any_database
TELL, PAGE = "/local-offer/tell-us", "/staff/local-offer"
TYPED = {"kind": "comment", "about": "Short breaks", "q_words": "The list is old", "who": "parent"}


@pytest.fixture
def family(client):
    visit = Visit(client, "")
    visit.get(TELL)
    return visit


@pytest.fixture
def kept(look):
    columns = (LocalOfferComment.words, LocalOfferComment.about, LocalOfferComment.channel)
    return lambda: [tuple(row) for row in look(select(*columns).order_by(LocalOfferComment.id))]


@pytest.fixture
def comment(database):
    """Puts a comment into the register."""

    def made(number=0, **changed):
        facts = {
            "key": f"k{number}",
            "received_on": date(2026, 11, 2),
            "channel": OfferChannel.ONLINE,
            "kind": OfferKind.COMMENT,
            "about": "Short breaks",
            "audience": Audience.PARENT,
            "words": "The list is old",
            "language": "en",
            "year": 2026,
            **changed,
        }
        with database.writing() as writing, writing.begin():
            row = LocalOfferComment(**facts)
            writing.add(row)
            writing.flush()
            return row.id

    return made


@pytest.fixture
def published(comment, now):
    words = {"en": {"standard": "A family told us that the list is old."}}
    response = {"en": {"standard": "We mended the list."}}
    facts = {"summary": words, "response": response, "responded_on": now.date()}
    return lambda number=0, **more: comment(number, **{**facts, "published_at": now, **more})


def key(visit) -> str:
    return re.search(r'name="key"[^>]*value="(\w+)"', visit.text)[1]


def plain(visit) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", visit.text).split())


def test_a_family_tells_us_something_and_two_taps_are_one_comment(family, kept):
    form = {**TYPED, "key": key(family)}
    family.post(TELL, form)
    family.follow(family.post(TELL, form))
    assert "answers within 20 working days" in plain(family)
    assert kept() == [("The list is old", "Short breaks", "online")]


def test_what_is_lacking_is_said_and_nothing_typed_is_lost(family, kept):
    assert family.post(TELL, {"q_words": "My words stay"}).status_code == 422
    assert "Choose what it is" in family.text and "My words stay" in family.text
    assert "Write which page or service it is about" in family.text
    assert family.post(TELL, {**TYPED, "q_words": ""}).status_code == 422
    assert kept() == []


def test_a_robot_is_kept_out_and_a_person_loses_nothing(family, kept):
    assert 'tabindex="-1"' in family.text
    assert family.post(TELL, {**TYPED, "website": "https://buy.example"}).status_code == 422
    assert "Please empty this box" in family.text and "The list is old" in family.text
    assert kept() == []
    assert family.post(TELL, TYPED).status_code == 303
    assert len(kept()) == 1


def test_the_way_to_help_leads_back_to_the_form(family):
    family.get(re.search(r'href="(/help-now\?from=[^"]+)"', family.text)[1])
    assert f'href="{TELL}"' in family.text


def test_officers_see_what_is_hard_first_and_folded_others_see_only_answers(
    sign_in, officer, staff, comment, published
):
    comment(1, about="Mental health", words="I want to kill myself")
    comment(0, received_on=date(2026, 9, 1))
    published(2, about="Buses")
    visit = sign_in(officer)
    visit.get(PAGE)
    assert visit.text.index("Mental health") < visit.text.index("Short breaks")
    assert "This comment speaks of" in visit.text
    assert "waits too long" in visit.text
    assert "1 comment has waited for more than 20 working days." in plain(visit)
    for role in (Role.VIEWER, Role.PARTNER):
        other = sign_in(staff(role))
        other.get(PAGE)
        assert "Buses" in other.text and "We mended" not in other.text
        assert "A family told us that the list is old." in other.text
        assert "Mental health" not in other.text and "The list is old" not in other.text
    assert other.get(f"{PAGE}/1").status_code == 404  # a partner, of a comment without an answer


def test_an_officer_types_in_answers_and_publishes(sign_in, officer, client, kept, look):
    visit = sign_in(officer)
    visit.get(f"{PAGE}/new")
    form = {
        "key": key(visit),
        "received_on": "2026-10-30",
        "channel": "phone",
        "kind": "complaint",
        "about": "Buses",
        "audience": "parent",
        "words": "Nobody answers",
    }
    assert visit.post(f"{PAGE}/new", {**form, "received_on": "2026-11-03"}).status_code == 422
    assert "Nobody answers" in visit.text
    visit.post(f"{PAGE}/new", form)
    assert visit.post(f"{PAGE}/new", form).status_code == 303
    assert kept() == [("Nobody answers", "Buses", "phone")]
    (number,) = look(select(LocalOfferComment.id))[0]

    visit.get(f"{PAGE}/{number}")
    assert "Show the person’s own words" not in visit.text  # nobody said yes
    answer = {
        "version": "1",
        "about": "Buses",
        "kind": "complaint",
        "summary-en-standard": "A number was not answered.",
        "response-en-standard": "It is mended.",
    }
    visit.follow(visit.post(f"{PAGE}/{number}", answer))
    assert "Answered, not published" in visit.text
    assert visit.post(f"{PAGE}/{number}", answer).status_code == 409
    assert "Somebody else changed this" in visit.text and "It is mended." in visit.text
    visit.post(f"{PAGE}/{number}/publish")
    shown = client.get("/local-offer/comments/2026").get_data(as_text=True)
    assert "A number was not answered." in shown and "Nobody answers" not in shown
    visit.get(PAGE)
    visit.post(f"{PAGE}/{number}/take-back")
    assert client.get("/local-offer/comments/2026").status_code == 404


def test_deleting_asks_first(sign_in, officer, comment, kept):
    number, visit = comment(), sign_in(officer)
    visit.get(f"{PAGE}/{number}/remove")
    assert "Delete this?" in visit.text and len(kept()) == 1
    assert visit.post(f"{PAGE}/{number}/remove").status_code == 303
    assert kept() == []


def test_everybody_reads_a_year_grouped_and_small_numbers_are_hidden(client, comment, published):
    published(0)
    published(1, about="Buses", words="Own words", may_be_quoted=True, words_shown=True)
    for number in range(2, 14):
        comment(number, kind=OfferKind.COMMENT if number > 3 else OfferKind.SUGGESTION)
    visit = Visit(client, "")
    visit.follow(visit.get("/local-offer/comments"))
    words = plain(visit)
    assert visit.page.request.path == "/local-offer/comments/2026"
    assert words.index("Buses") < words.index("Short breaks")
    assert "Own words" in words and "The list is old You" not in words
    assert "14 comments in 2026" in words and "hidden, small number" in words
    assert client.get("/local-offer/comments/2025").status_code == 404


def test_few_comments_are_no_number(client, published):
    published()
    visit = Visit(client, "")
    visit.get("/local-offer/comments/2026")
    assert "Fewer than 10. We give no smaller number." in plain(visit)


def test_before_anything_is_published_the_page_says_so(client):
    visit = Visit(client, "")
    assert visit.get("/local-offer/comments").status_code == 200
    assert "Nothing is published yet" in visit.text


def test_the_year_is_a_table_to_take_along_without_raw_words(client, published):
    published()
    published(1, about="=cmd", words="Own words", may_be_quoted=True, words_shown=True)
    reply = client.get("/local-offer/comments/2026.csv")
    rows = list(csv.reader(io.StringIO(reply.get_data().decode("utf-8-sig"))))
    assert reply.mimetype == "text/csv" and len(rows) == 3
    by_about = {row[0]: row for row in rows}
    assert by_about["Short breaks"][2] == "" and by_about["'=cmd"][2] == "Own words"
    assert by_about["Short breaks"][3:6] == ["We mended the list.", "2026-11", "2026-11-02"]
