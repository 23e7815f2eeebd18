"""Documents for a collection, an event and a series: who gets them, and where they lead."""

import io
import re
from datetime import timedelta

import pytest
from pypdf import PdfReader
from sqlalchemy import update

from feedback.models.collections import Collection
from feedback.outputs import typesetting
from feedback.vocabulary import Channel

KINDS = ("poster", "slips", "paper")


@pytest.fixture
def collection(open_collection, event, database):
    """A collection of an event."""
    with database.writing() as writing, writing.begin():
        writing.execute(
            update(Collection)
            .where(Collection.id == open_collection.id)
            .values(event_id=event.id, channels=[channel.value for channel in Channel])
        )
    return open_collection


@pytest.fixture
def at_work(sign_in, officer):
    """An officer who prints."""
    return sign_in(officer)


def pdf(reply) -> PdfReader:
    assert reply.status_code == 200
    assert reply.headers["Content-Type"] == "application/pdf"
    assert reply.headers["Content-Disposition"].startswith("attachment; ")
    return PdfReader(io.BytesIO(reply.data))


def words(reply) -> str:
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in pdf(reply).pages))


def links(reply) -> set[str]:
    notes = [note.get_object() for page in pdf(reply).pages for note in page.get("/Annots", [])]
    return {str(note["/A"]["/URI"]) for note in notes}


@pytest.mark.parametrize("kind", KINDS)
def test_a_document_is_made_in_the_language_and_words_chosen(at_work, collection, kind):
    path = f"/staff/collection/{collection.id}/{kind}.pdf"

    assert pdf(at_work.get(path)).trailer["/Root"]["/Lang"] == "en"
    easy = at_work.get(f"{path}?lang=pl&read=easy_read")
    assert pdf(easy).trailer["/Root"]["/Lang"] == "pl"
    assert "Twoja pomoc" in words(easy)
    name = re.search(r'filename="([^"]+)"', easy.headers["Content-Disposition"])[1]
    assert name.startswith(f"fern42-{kind}") and name.endswith("-pl-easy.pdf")


def test_what_is_not_offered_falls_back_to_what_is(at_work, collection):
    path = f"/staff/collection/{collection.id}/poster.pdf"
    for query in ("lang=xx&read=loud&size=a0", "lang=&size=", "lang=en&give=" + "x" * 500):
        assert pdf(at_work.get(f"{path}?{query}")).trailer["/Root"]["/Lang"] == "en"


def test_the_language_of_a_document_is_not_that_of_the_page(at_work, collection):
    at_work.get(f"/staff/collection/{collection.id}/slips.pdf?lang=ar")
    at_work.get(f"/staff/collection/{collection.id}/print?lang=ar")
    assert '<html lang="en"' in at_work.text


def test_sizes(at_work, collection):
    path = f"/staff/collection/{collection.id}"
    sizes = {
        size: float(pdf(at_work.get(f"{path}/poster.pdf?size={size}")).pages[0].mediabox[3])
        for size in ("a4", "a3")
    }
    assert [round(high / 72 * 25.4) for high in sizes.values()] == [297, 420]
    normal, large = (
        len(pdf(at_work.get(f"{path}/paper.pdf?size={size}")).pages) for size in ("normal", "large")
    )
    assert large > normal


def test_a_paper_survey_says_where_it_goes_back_to(at_work, collection):
    path = f"/staff/collection/{collection.id}/paper.pdf"
    assert "The box at the door" in words(at_work.get(f"{path}?give=The+box+at+the+door"))


@pytest.mark.parametrize("kind", ["poster", "slips"])
def test_what_is_printed_leads_to_the_public_address(make_app, sign_in, officer, collection, kind):
    path = f"/staff/collection/{collection.id}/{kind}.pdf"
    usual = sign_in(officer)
    assert links(usual.get(path)) == {"http://localhost/s/fern42"}

    public = make_app(public_address="https://feedback.example.gov.uk/")
    printed = sign_in(officer, app=public).get(path)
    assert links(printed) == {"https://feedback.example.gov.uk/s/fern42"}
    assert "feedback.example.gov.uk/s/fern42" in words(printed)


def test_the_page_offers_all_that_can_be_printed_and_each_way_to_answer(at_work, collection, event):
    at_work.get(f"/staff/collection/{collection.id}/print")
    for address in (
        *(f"/staff/collection/{collection.id}/{kind}.pdf" for kind in KINDS),
        f"/staff/events/{event.id}/cards.pdf",
    ):
        assert f'action="{address}"' in at_work.text
    assert "localhost/s/fern42<" in at_work.text
    for by in ("shared", "helped", "peer"):
        assert f"localhost/s/fern42?by={by}" in at_work.text


def test_ways_that_a_collection_does_not_allow_are_not_offered(at_work, open_collection):
    at_work.get(f"/staff/collection/{open_collection.id}/print")
    assert "?by=" not in at_work.text
    assert "cards.pdf" not in at_work.text


# Cards


def test_cards_are_the_same_each_time_they_are_printed(at_work, event, codes):
    path = f"/staff/events/{event.id}/cards.pdf"
    printed = [words(at_work.get(f"{path}?number=12")) for _ in range(2)]

    assert printed[0] == printed[1]
    for card in codes.cards(event.code, 12):
        first, second = card.split()
        assert f"{first} {second}" in printed[0]
    assert links(at_work.page) == {f"http://localhost/e/{event.code}"}
    more = words(at_work.get(f"{path}?number=14"))
    assert all(card in more for card in codes.cards(event.code, 12))


@pytest.mark.parametrize(
    ("number", "cards"), [("0", 1), ("-5", 1), ("x", 15), ("", 15), ("99999", 1000)]
)
def test_any_number_can_be_asked_for(monkeypatch, at_work, event, number, cards):
    told = {}
    monkeypatch.setattr(
        "feedback.outputs.documents.typeset",
        lambda _source, data, *_rest, **_now: told.update(data) or b"%PDF",
    )
    at_work.get(f"/staff/events/{event.id}/cards.pdf?number={number}")
    assert len(told["events"][0]["cards"]) == cards


def test_as_many_cards_are_made_as_people_are_to_come(at_work, plan_event):
    event = plan_event("Long planned", planned=3)
    assert words(at_work.get(f"/staff/events/{event.id}/cards.pdf")).count("Keep this card") == 3


def test_a_series_stands_in_one_file(at_work, plan_event, codes):
    events = [plan_event(f"Session {day}", days=day) for day in (2, 0, 1)]
    path = f"/staff/series/{events[0].series_id}"

    sheets = [page.extract_text() for page in pdf(at_work.get(f"{path}/cards.pdf?number=11")).pages]
    assert [re.search(r"Session \d", sheet)[0] for sheet in sheets] == [
        f"Session {day}" for day in (0, 0, 1, 1, 2, 2)
    ]
    posters = at_work.get(f"{path}/posters.pdf?lang=pl")
    assert len(pdf(posters).pages) == 3
    assert links(posters) == {f"http://localhost/e/{event.code}" for event in events}


# Who may


def test_a_facilitator_prints_for_the_events_they_run_and_no_others(
    sign_in, facilitator, plan_event, open_survey, every_kind, database
):
    mine, other = plan_event("Mine", facilitators=[facilitator]), plan_event("Other", days=1)
    at = {}
    for event in (mine, other, None):
        opened = open_survey(every_kind, f"c{event.id if event else 0}")
        at[event and event.name] = opened.id
        with database.writing() as writing, writing.begin():
            change = update(Collection).where(Collection.id == opened.id)
            writing.execute(change.values(event_id=event and event.id))
    visit = sign_in(facilitator)

    for name, status in (("Mine", 200), ("Other", 404), (None, 404)):
        for page in ("print", "slips.pdf"):
            assert visit.get(f"/staff/collection/{at[name]}/{page}").status_code == status
    assert visit.get(f"/staff/events/{mine.id}/cards.pdf").status_code == 200
    assert visit.get(f"/staff/events/{other.id}/cards.pdf").status_code == 404
    all_cards = words(visit.get(f"/staff/series/{mine.series_id}/cards.pdf?number=2"))
    assert "Mine" in all_cards and "Other" not in all_cards


def test_a_typist_prints_and_is_led_to_no_page_that_stays_shut(sign_in, typist, collection):
    visit = sign_in(typist)
    assert visit.get(f"/staff/collection/{collection.id}/print").status_code == 200
    for address in re.findall(r'href="(/staff[^"]*)"', visit.text):
        if address != "/staff/":  # whose way home is everybody's
            assert visit.client.get(address).status_code == 200, address


@pytest.mark.parametrize("number", [0, 999_999, 2**31, 2**63])
def test_what_is_not_there_is_not_found(at_work, number):
    for path in (
        f"collection/{number}/print",
        f"collection/{number}/poster.pdf",
        f"events/{number}/cards.pdf",
        f"series/{number}/cards.pdf",
        f"series/{number}/posters.pdf",
    ):
        assert at_work.get(f"/staff/{path}").status_code == 404


def test_a_document_that_cannot_be_made_says_so(monkeypatch, at_work, collection):
    monkeypatch.setattr(typesetting, "LONGEST", 0.001)
    reply = at_work.get(f"/staff/collection/{collection.id}/poster.pdf")

    assert reply.status_code == 500
    assert "We could not make this document" in at_work.text


def test_a_closed_collection_can_be_printed_too(at_work, collection, database, now):
    with database.writing() as writing, writing.begin():
        closing = update(Collection).where(Collection.id == collection.id)
        writing.execute(closing.values(closes_at=now - timedelta(hours=1)))
    reply = at_work.get(f"/staff/collection/{collection.id}/poster.pdf")
    assert "You can answer until" in words(reply)
