import pytest
from sqlalchemy import select

from feedback.models.responses import Answer
from feedback.models.surveys import Question
from feedback.queries import responses
from feedback.queries.surveys import Editions
from feedback.questionnaire import Given
from feedback.services import exporting, masking, planning, responding
from feedback.vocabulary import PlaceKind

SAID = "Ring Mia Jones on 07700 900123 about Birkenhead Park"
READ = "Ring [name] on [phone] about Birkenhead Park"


@pytest.fixture
def written(session, open_collection, answered, now):
    planning.add_place(session, "Birkenhead Park", PlaceKind.OTHER, now=now)
    for _ in range(5):
        answered(
            session, open_collection, {"more": Given(text=SAID), "town": Given(text="07700 900123")}
        )


def kept(session, name):
    return session.execute(
        select(Answer.text, Answer.masked)
        .join(Question, Question.id == Answer.question_id)
        .where(Question.name == name)
    ).first()


def test_what_a_person_wrote_is_kept_and_what_staff_read_is_masked(session, written):
    assert tuple(kept(session, "more")) == (SAID, READ)
    assert tuple(kept(session, "town")) == ("07700 900123", "[phone]")


def test_answers_without_words_have_nothing_to_mask(session, open_collection, answered):
    answered(session, open_collection, {"overall": Given(number=7)})
    assert tuple(kept(session, "overall")) == (None, None)


def test_comments_downloads_and_the_search_know_only_the_masked_words(
    session, open_collection, written
):
    number = open_collection.id
    assert {said.text for said in responses.comments(session, number)} == {READ}
    assert responses.comment_count(session, number, search="mia") == 0
    assert responses.comment_count(session, number, search="birkenhead") == 5
    _, rows = exporting.table(session, open_collection, "comments", Editions(), threshold=5)
    told = str([list(row) for row in rows])
    assert "Birkenhead Park" in told
    assert "Mia" not in told
    assert "07700" not in told


def test_writing_again_masks_anew(session, open_collection, answered, now):
    visit = answered(session, open_collection, {"more": Given(text=SAID)}, sent=False)
    asked = Editions().asked(session, open_collection.edition_id)
    responding.keep_answers(session, visit, asked, {"more": Given(text="All fine")}, now=now)
    assert tuple(kept(session, "more")) == ("All fine", "All fine")


def test_all_is_masked_again_when_a_name_may_stay(session, open_collection, answered, now):
    answered(session, open_collection, {"more": Given(text="Ask Mia Jones")})
    assert kept(session, "more").masked == "Ask [name]"
    planning.add_place(session, "Mia Jones", PlaceKind.OTHER, now=now)
    done = masking.mask_again(session, (0, 0))
    session.expire_all()
    assert (done.changed, kept(session, "more").masked) == (1, "Ask Mia Jones")
    assert masking.mask_again(session, done.last) is None
