"""What the demonstration shows of validation, the local offer and other sources."""

from sqlalchemy import func, select

from feedback.models.local_offer import LocalOfferComment
from feedback.models.other_sources import SourceCount
from feedback.models.validating import RoundReply, ValidationRound
from feedback.queries import validating as stored
from feedback.services import local_offer, other_sources, validating

THRESHOLD = 5


def test_one_round_is_told_and_one_is_open(loaded):
    with loaded.database.reading() as session:
        youth, forum = (stored.by_code(session, code) for code in ("youth", "forum"))
        assert validating.state_of(youth, now=loaded.now) == "published"
        assert validating.state_of(forum, now=loaded.now) == "open"
        assert stored.unanswered(session, youth.id) == []
        said = validating.heard(session, youth, threshold=THRESHOLD)
        assert [each.people.base.count for each in said] == [13, 12, 12]
        assert [each.finding.change is not None for each in said] == [True, True, False]


def test_one_comment_on_the_local_offer_waits_too_long(loaded):
    today = loaded.now.date()
    with loaded.database.reading() as session:
        every = session.scalars(select(LocalOfferComment)).all()
        late = [each.about for each in every if local_offer.waits_long(each, today=today)]
    assert late == ["School transport"]
    assert sum(each.published_at is not None for each in every) == 5


def test_totals_stand_beside_themes_and_a_small_one_is_hidden(loaded):
    with loaded.database.reading() as session:
        rows = other_sources.lines(session, threshold=THRESHOLD)
    assert len(rows) == 14
    assert [each.entry.kind for each in rows if each.number.hidden] == ["mediation"]
    assert "Waiting and delays" in {each.theme for each in rows}


def test_loading_again_makes_nothing_twice(empty):
    made = empty()
    made.load()
    made.load(again=True)
    with made.database.reading() as session:
        counts = [
            session.scalar(select(func.count()).select_from(model))
            for model in (ValidationRound, RoundReply, LocalOfferComment, SourceCount)
        ]
    assert counts == [2, 6, 9, 14]
