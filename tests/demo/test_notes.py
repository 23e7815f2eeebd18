"""The notes of the demonstration's listening evening."""

from sqlalchemy import select

from feedback.analysis.privacy import mask
from feedback.demo.notes import CARDS
from feedback.models.events import Event
from feedback.queries import issue_cards
from feedback.services import following_up
from feedback.vocabulary import CardState


def test_the_listening_evening_has_cards_of_every_state_and_late_questions(loaded):
    with loaded.database.reading() as session:
        event = session.scalars(select(Event).where(Event.name == "Listening evening")).one()
        cards = issue_cards.of_event(session, event.id)
        today = loaded.now.date()
        found = following_up.overview(cards, today=today, zone=loaded.zone)

    assert found.total == len(CARDS) == 12
    assert all(found.of_state[state] for state in CardState)
    assert found.late >= 2
    assert all(card.theme_id for card in cards)


def test_its_cards_name_nobody():
    for words, *_rest in CARDS:
        assert mask(words).text == words


def test_loading_again_makes_the_same_cards(empty):
    made = empty()
    made.load()
    before = made.digest()["issue_card"]
    made.load(again=True)
    with made.database.reading() as session:
        assert len(issue_cards.waiting(session)) == sum(card[3].is_open for card in CARDS)
    assert before
