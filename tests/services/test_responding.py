from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from feedback.errors import (
    AlreadySent,
    CodeNotKnown,
    CollectionClosed,
    CollectionWithdrawn,
    NotYetOpen,
)
from feedback.models.collections import Collection
from feedback.models.oversight import Deletion
from feedback.models.responses import Answer, Response
from feedback.queries import responses, surveys
from feedback.questionnaire import Given
from feedback.services import responding
from feedback.vocabulary import AnswerState, Presentation

ID = "a" * 32
PARENT, SPEECH, LONG = Given(codes=("parent",)), Given(codes=("speech",)), Given(number=20)
SAID = Given(text="We waited too long")
MOMENT = timedelta(seconds=1)


@pytest.fixture
def asked(session, open_collection):
    return surveys.read_edition(session, open_collection.edition_id)


@pytest.fixture
def start(session, open_collection, codes, now):
    def started(submission_id=ID, at=now) -> responses.Visit:
        responding.begin(
            session,
            open_collection,
            submission_id,
            codes,
            language="en",
            presentation=Presentation.STANDARD,
            pictures=True,
            now=at,
        )
        return responses.visit(session, submission_id)

    return started


@pytest.fixture
def visit(start):
    return start()


@pytest.fixture
def send(session, asked, codes, now):
    def sent(visit, **given: Given) -> str:
        responding.keep_answers(session, visit, asked, given, now=now)
        answers = responding.all_answers(session, visit, asked)
        return responding.send(session, visit, asked, answers, codes, now=now)

    return sent


def count(session, model) -> int:
    return session.scalar(select(func.count()).select_from(model))


def test_the_same_id_starts_only_once(session, start):
    assert start().id == start().id
    assert count(session, Response) == 1


def test_what_was_agreed_to_and_when_is_kept(session, visit, now):
    kept = session.scalars(select(Response)).one()
    assert (kept.assent_at, kept.sent_at) == (now, None)
    assert kept.assent_version


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"opens_at": MOMENT}, NotYetOpen),
        ({"closes_at": -MOMENT}, CollectionClosed),
        ({"closes_at": 0 * MOMENT}, CollectionClosed),
        ({"withdrawn_at": -MOMENT}, CollectionWithdrawn),
        ({"withdrawn_at": -MOMENT, "closes_at": -MOMENT}, CollectionWithdrawn),
    ],
    ids=["not yet", "closed", "closed this moment", "withdrawn", "withdrawn and closed"],
)
def test_a_survey_that_takes_no_answers_now_begins_keeps_and_sends_none(
    session, open_survey, every_kind, start, asked, codes, now, changed, refusal
):
    visit = start()
    times = {key: now + span for key, span in changed.items()}
    session.execute(update(Collection).values(**times))
    session.expire_all()
    visit = responses.visit(session, ID)

    with pytest.raises(refusal):
        responding.keep_answers(session, visit, asked, {"more": SAID}, now=now)
    with pytest.raises(refusal):
        responding.send(session, visit, asked, {}, codes, now=now)
    with pytest.raises(refusal):
        responding.begin(
            session,
            session.get_one(Collection, visit.collection_id),
            "b" * 32,
            codes,
            language="en",
            presentation=Presentation.STANDARD,
            pictures=True,
            now=now,
        )
    assert (count(session, Response), count(session, Answer)) == (1, 0)


def test_a_page_saved_twice_keeps_one_answer_and_the_last(session, visit, asked, now):
    for number in (3, 20):
        given = {"weeks": Given(number=number)}
        responding.save_page(session, visit, asked, 8, given, now=now)

    assert session.execute(select(Answer.number)).all() == [(20,)]


def test_saving_a_page_says_which_page_comes_next(session, visit, asked, now):
    def leave(position, **given):
        return responding.save_page(session, visit, asked, position, given, now=now)

    assert leave(1) == 2
    assert leave(2, who=PARENT) == 3
    assert leave(3, needs=Given(codes=("moving",))) == 4
    assert leave(7, overall=Given(number=5)) == 10  # neither `weeks` nor `since`
    assert leave(3, needs=SPEECH) == 4
    assert leave(7, overall=Given(number=5)) == 8
    assert leave(8, weeks=LONG) == 9
    assert leave(10, town=SAID, more=Given(state=AnswerState.SKIPPED)) is None
    assert visit.furthest == len(asked.questionnaire.pages) + 1


def test_the_place_never_goes_back(session, visit, asked, now):
    responding.save_page(session, visit, asked, 7, {}, now=now)
    responding.save_page(session, visit, asked, 2, {"who": PARENT}, now=now)

    assert responses.visit(session, ID).furthest == 10


def test_each_answer_remembers_how_it_was_read(session, visit, asked, now):
    responding.keep_answers(session, visit, asked, {"who": PARENT}, now=now)
    responding.set_display(
        session, visit, language="pl", presentation=Presentation.EASY_READ, pictures=False
    )
    responding.keep_answers(session, visit, asked, {"more": SAID}, now=now)

    ids = asked.question_ids
    rows = session.execute(
        select(Answer.question_id, Answer.language, Answer.presentation, Answer.pictures)
    )
    assert {tuple(row) for row in rows} == {
        (ids["who"], "en", Presentation.STANDARD, True),
        (ids["more"], "pl", Presentation.EASY_READ, False),
    }


def test_sending_again_stores_nothing_and_gives_the_same_receipt(
    session, visit, asked, codes, send, now
):
    first = send(visit, more=SAID)
    stored = session.execute(select(Response.sent_at, Response.fingerprint)).all()
    again = responses.visit(session, ID)
    later = now + timedelta(days=7)

    assert responding.send(session, again, asked, {}, codes, now=later) == first
    assert responding.send(session, visit, asked, {}, codes, now=later) == first
    assert session.execute(select(Response.sent_at, Response.fingerprint)).all() == stored


def test_a_sent_response_takes_no_more_answers(session, visit, asked, send, now):
    send(visit, more=SAID)
    again, other = responses.visit(session, ID), {"more": Given(text="Other words")}
    with pytest.raises(AlreadySent):
        responding.keep_answers(session, again, asked, other, now=now)
    assert session.scalars(select(Answer.text)).all() == ["We waited too long"]


def test_answers_on_pages_that_are_not_asked_any_more_are_left_out(session, visit, asked, send):
    send(visit, who=Given(codes=("child",)), needs=SPEECH, weeks=LONG, more=SAID)

    kept = {asked.names[row] for row in session.scalars(select(Answer.question_id))}
    assert kept == {"who", "needs", "more"}


def test_the_fingerprint_tells_other_answers_and_not_other_ways(asked):
    def print_of(**given):
        return responding.fingerprint(asked, given)

    assert print_of(who=PARENT, more=SAID) == print_of(more=SAID, who=PARENT)
    assert print_of(who=PARENT) != print_of(who=Given(codes=("child",)))
    assert print_of(more=SAID) != print_of(again=SAID)
    assert print_of(more=Given(state=AnswerState.SKIPPED)) != print_of()
    # An answer on a page that is not asked does not count.
    assert print_of(who=Given(codes=("child",)), weeks=LONG) == print_of(
        who=Given(codes=("child",))
    )


def test_two_responses_never_share_a_receipt_even_when_their_words_would(
    session, visit, asked, codes, start, send
):
    taken = codes.hashed("receipt", codes.words("receipt", ID))
    other = start("b" * 32)
    session.execute(update(Response).where(Response.id == other.id).values(receipt_hash=taken))

    words = send(visit, more=SAID)

    assert words == codes.words("receipt", ID, 1)
    assert responding.by_receipt(session, words, codes).id == visit.id
    assert responding.receipt(responses.visit(session, ID), codes) == words


def test_a_code_to_come_back_works_for_14_days_and_not_longer(session, visit, codes, now):
    words, until = responding.code_to_come_back(visit, codes)

    assert until == now + timedelta(days=14)
    assert responding.come_back(session, words.upper(), codes, now=until).id == visit.id
    with pytest.raises(CodeNotKnown):
        responding.come_back(session, words, codes, now=until + MOMENT)
    with pytest.raises(CodeNotKnown):
        responding.come_back(session, "apple kite drum river", codes, now=now)


def test_each_page_that_is_saved_gives_14_days_more(session, visit, asked, codes, now):
    late = now + timedelta(days=13)
    responding.save_page(session, visit, asked, 2, {"who": PARENT}, now=late)
    _, until = responding.code_to_come_back(responses.visit(session, ID), codes)

    assert until == late + timedelta(days=14)


def test_after_sending_the_code_to_come_back_leads_nowhere(session, visit, codes, send, now):
    words, _ = responding.code_to_come_back(visit, codes)
    send(visit, more=SAID)

    with pytest.raises(CodeNotKnown):
        responding.come_back(session, words, codes, now=now)
    with pytest.raises(AlreadySent):
        responding.code_to_come_back(responses.visit(session, ID), codes)


def test_a_code_for_one_purpose_does_not_serve_another(session, visit, codes, send, now):
    resume, _ = responding.code_to_come_back(visit, codes)
    with pytest.raises(CodeNotKnown):
        responding.by_receipt(session, resume, codes)

    receipt = send(visit, more=SAID)
    with pytest.raises(CodeNotKnown):
        responding.come_back(session, receipt, codes, now=now)


def test_taking_back_deletes_the_response_and_keeps_only_that_it_happened(
    session, visit, codes, start, send, now
):
    other = start("b" * 32)
    receipt = send(visit, more=SAID)
    send(other, more=Given(text="Mine stays"))

    responding.withdraw(session, visit, codes, reason="taken back", now=now)
    responding.withdraw(session, visit, codes, reason="taken back", now=now)

    assert session.scalars(select(Response.id)).all() == [other.id]
    assert session.scalars(select(Answer.text)).all() == ["Mine stays"]
    kept = session.scalars(select(Deletion)).one()
    assert (kept.reason, kept.erased_at) == ("taken back", now)
    with pytest.raises(CodeNotKnown):
        responding.by_receipt(session, receipt, codes)


def test_codes_are_kept_only_as_hashes(session, visit, codes, send):
    resume, _ = responding.code_to_come_back(visit, codes)
    before = " ".join(str(value) for value in session.execute(select(Response.__table__)).one())
    receipt = send(visit, more=SAID)
    after = " ".join(str(value) for value in session.execute(select(Response.__table__)).one())

    for word in (*resume.split(), *receipt.split()):
        assert word not in f"{before} {after}"
