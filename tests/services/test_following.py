"""What stands behind a published insight, and which insights everybody may read."""

from datetime import timedelta

import pytest
from followed import opened, send
from promised_ground import approve, heard, promise, raise_theme, release, theme, words
from sqlalchemy import select

from feedback.models.responses import Answer, Response
from feedback.models.surveys import Question
from feedback.queries import published
from feedback.queries.published import Wanted
from feedback.services import following
from feedback.vocabulary import Audience, CommitmentState, RunState

DAY = timedelta(days=1)


@pytest.fixture
def waits(session, now):
    """An insight on a theme, resting on a release."""
    found = heard(
        session, now, theme_id=theme(session, now).id, release_id=release(session, now).id
    )
    session.refresh(found, ["theme"])
    return found


def codes(session, **wanted):
    return [each.code for each in published.listed(session, Wanted(**wanted), limit=30)[1]]


def test_a_figure_is_what_the_release_says(session, waits, now):
    raise_theme(session, waits, 43, 120, now)
    found = following.raised(session, [waits], threshold=10)[waits.id]
    assert (found.people, found.of) == (43, 120)
    assert (found.since, found.until) == (now.date() - 90 * DAY, now.date())


@pytest.mark.parametrize(("people", "of"), [(None, 120), (9, 120), (None, None)])
def test_a_hidden_or_small_figure_shows_nothing_and_no_quote(session, waits, now, people, of):
    raise_theme(session, waits, people, of, now)
    assert following.raised(session, [waits], threshold=10) == {}
    assert following.spoken(session, waits, None) == ()


def test_a_hidden_base_leaves_the_people_alone(session, waits, now):
    raise_theme(session, waits, 12, None, now)
    assert following.raised(session, [waits], threshold=10)[waits.id].of is None


def test_a_release_that_failed_says_nothing(session, now):
    failed = release(session, now, state=RunState.FAILED)
    insight = heard(session, now, theme_id=theme(session, now).id, release_id=failed.id)
    session.refresh(insight, ["theme"])
    raise_theme(session, insight, 43, 120, now)
    assert following.raised(session, [insight], threshold=10) == {}


def test_a_theme_that_was_merged_is_found_under_the_one_it_is_read_as(session, waits, now):
    into = theme(session, now, "ehcp")
    raise_theme(session, waits, 43, 120, now)
    row = published.released_themes(session, [(waits.release_id, waits.theme_id, waits.audience)])
    assert len(row) == 1
    later = heard(session, now, "later", theme_id=into.id, release_id=waits.release_id)
    session.refresh(later, ["theme"])
    into.merged_into_id = waits.theme_id
    session.flush()
    assert following.raised(session, [later], threshold=10)[later.id].people == 43
    names = published.theme_names(session, [into.id])
    assert names == {into.id: published.theme_names(session, [waits.theme_id])[waits.theme_id]}
    assert {each.code for each in published.on_themes(session, [waits.theme_id])} == {
        "long-waits", "later",
    }  # fmt: skip


@pytest.fixture
def quoted(session, waits, now):
    """Three approved quotes: of somebody who said yes, who took it back, and who never sent."""
    collection = opened(session, now)
    raise_theme(session, waits, 43, 120, now)
    question = session.scalars(select(Question.id).order_by(Question.id)).first()
    ids = send(session, collection, now, [{}, {}])
    ids += send(session, collection, now, [{}], sent=False)
    for number, yes in zip(ids, [True, False, True], strict=True):
        response = session.get(Response, number)
        response.may_be_quoted = yes
        if session.get(Answer, (number, question)) is None:
            session.add(
                Answer(
                    response_id=number,
                    question_id=question,
                    state="given",
                    masked="words",
                    language="pl",
                    presentation="standard",
                    pictures=True,
                )
            )
            session.flush()
        approve(session, waits, (number, question), f"words of {number}", now)
    return ids


def test_a_quote_is_shown_in_its_own_language_and_only_while_its_writer_says_yes(
    session, waits, quoted
):
    raised = following.raised(session, [waits], threshold=10)[waits.id]
    (said,) = following.spoken(session, waits, raised)
    assert (said.text, said.language) == (f"words of {quoted[0]}", "pl")
    session.get(Response, quoted[0]).may_be_quoted = False
    session.flush()
    assert not following.spoken(session, waits, raised)


def test_what_is_not_published_or_was_taken_back_is_in_no_list(session, now):
    heard(session, now, "draft", published_at=None)
    gone = heard(session, now, "gone", withdrawn_at=now, withdrawn_because="A mistake.")
    promise(session, gone, now, ("doing", 3), due_in=-5)
    heard(session, now, "there")
    assert codes(session) == ["there"]
    assert published.one(session, "draft") is None
    assert published.one(session, "gone").withdrawn_because == "A mistake."
    assert published.updates(session, limit=9) == []
    assert published.late(session, now.date(), limit=9) == []


def test_the_list_is_cut_by_what_somebody_chooses(session, now):
    waiting = theme(session, now)
    one = heard(session, now, "one", theme_id=waiting.id, tags=["area-1"])
    promise(session, one, now, ("doing", 3), due_in=-5, body="Health")
    two = heard(session, now, "two", days_ago=50, audience=Audience.YOUNG_PERSON, tags=["area-10"])
    promise(session, two, now, ("done", 3), due_in=-5)
    heard(session, now, "three", days_ago=40, audience=Audience.EVERYONE)
    body = one.commitments[0].organisation_id if "commitments" in one.__dict__ else None
    body = published.offered(session).bodies[0].id if body is None else body
    assert codes(session) == ["three", "two", "one"]
    assert codes(session, audience=Audience.PARENT) == ["three", "one"]
    assert codes(session, theme_id=waiting.id) == ["one"]
    assert codes(session, tag="area-1") == ["one"]
    assert codes(session, state=CommitmentState.DONE) == ["two"]
    assert codes(session, state=CommitmentState.HEARING) == ["three"]
    assert codes(session, late_on=now.date()) == ["one"]
    assert codes(session, body_id=body) == ["one"]
    assert codes(session, place_id=2**40) == []
    assert codes(session, measure="nowhere") == []


def test_what_a_list_can_be_cut_by_is_what_there_is(session, now):
    heard(session, now, "one", theme_id=theme(session, now).id, tags=["area-1"])
    heard(session, now, "draft", published_at=None, audience=Audience.PRACTITIONER, tags=["area-2"])
    found = published.offered(session)
    assert (list(found.audiences), found.tags) == ([Audience.PARENT], {"area-1"})
    assert len(found.theme_ids) == 1 and found.places == found.bodies == []


def test_what_changed_is_read_by_its_days(session, now):
    one = heard(session, now, "one", title=words("One"))
    promise(session, one, now, ("doing", 30), ("done", 3))
    between = published.updates_between(session, now.date() - 10 * DAY, now.date())
    assert [each.state for each in between] == [CommitmentState.DONE]
    assert published.heard_between(session, now.date() - 10 * DAY, now.date()) == []
    (next_,) = [promise(session, one, now, ("doing", 2), due_in=9, position=2)]
    due = published.due_next(session, now.date(), limit=9)
    assert [each.id for each in due] == [next_.id]
