"""A published edition never changes; corrections make a new edition."""

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import selectinload

from feedback.models.surveys import (
    Edition,
    EditionFrozen,
    Measure,
    Option,
    Page,
    Question,
    Route,
)
from feedback.services import authoring
from feedback.vocabulary import EditionStatus


@pytest.fixture
def edition(session, every_kind, now):
    """An edition in the moment of its publishing: a draft that has its parts already."""
    return half_published(session, every_kind, now)


def half_published(session, questionnaire, now) -> Edition:
    kept = authoring.keep_draft(session, questionnaire, now=now)
    authoring.publish(session, kept, now=now)
    session.execute(
        update(Edition.__table__).where(Edition.id == kept.id).values(status=EditionStatus.DRAFT)
    )
    session.commit()
    return whole(session, kept.id)


def freeze(session, edition: Edition, now) -> None:
    """The last step of publishing."""
    edition.status, edition.published_at = EditionStatus.PUBLISHED, now
    session.flush()


def whole(session, edition_id: int) -> Edition:
    parts = selectinload(Edition.pages).options(
        selectinload(Page.routes),
        selectinload(Page.questions).options(
            selectinload(Question.options), selectinload(Question.measure)
        ),
    )
    found = select(Edition).where(Edition.id == edition_id).options(parts)
    return session.scalars(found.execution_options(populate_existing=True)).one()


@pytest.fixture
def elsewhere(session, every_kind, now):
    """A draft of another survey, where parts could be moved to."""
    other = every_kind.model_copy(update={"survey": "elsewhere"})
    return half_published(session, other, now)


WORDS = {"en": {"standard": "Something else"}}


def change(part: str, key: str, value):
    return lambda _session, edition: setattr(parts_of(edition)[part], key, value)


def remove(part: str):
    return lambda session, edition: session.delete(parts_of(edition)[part])


def parts_of(edition: Edition) -> dict:
    """One of each kind of part; the page and question are ones with nothing but small things."""
    who, weeks = edition.pages[1], edition.pages[7]
    return {
        "edition": edition,
        "page": who,
        "question": who.questions[0],
        "option": who.questions[0].options[0],
        "route": weeks.routes[0],
    }


def add_page(session, edition):
    session.add(
        Page(edition_id=edition.id, position=99, name="new", title={}, statements=[{"say": WORDS}])
    )


def add_question(session, edition):
    session.add(
        Question(
            page_id=edition.pages[0].id,
            position=99,
            name="new",
            kind="comment",
            required=False,
            dont_know=False,
            skip=False,
            lowest=0,
            highest=1,
            **dict.fromkeys(("ask", "help", "reason", "low_label", "high_label"), WORDS),
        )
    )


def add_option(session, edition):
    question = edition.pages[1].questions[0]
    session.add(Option(question_id=question.id, position=99, code="new", label=WORDS))


def add_route(session, edition):
    page = edition.pages[3]
    session.add(Route(page_id=page.id, position=99, question="who", test="answered", values=[]))


CHANGES = {
    "its title": change("edition", "title", WORDS),
    "its languages": change("edition", "languages", ["en"]),
    "its minutes": change("edition", "minutes", 9),
    "a page's name": change("page", "name", "whom"),
    "a page's place": change("page", "position", 99),
    "a page's sentences": change("page", "statements", [{"say": WORDS}]),
    "how a page's routes match": change("page", "match", "any"),
    "a question's words": change("question", "ask", WORDS),
    "a question's kind": change("question", "kind", "choices"),
    "whether an answer is needed": change("question", "required", False),
    "a question's measure": change("question", "measure_id", 1),
    "an option's words": change("option", "label", WORDS),
    "an option's code": change("option", "code", "kid"),
    "an option's score": change("option", "score", 7),
    "a route's values": change("route", "values", ["child"]),
    "a route's test": change("route", "test", "one_of"),
    "a new page": add_page,
    "a new question": add_question,
    "a new option": add_option,
    "a new route": add_route,
    "no more page": remove("page"),
    "no more question": remove("question"),
    "no more option": remove("option"),
    "no more route": remove("route"),
    "no more edition": remove("edition"),
}


@pytest.mark.parametrize("how", CHANGES.values(), ids=CHANGES)
def test_a_published_edition_refuses(session, edition, how, now):
    freeze(session, edition, now)
    session.commit()

    how(session, edition)
    with pytest.raises(EditionFrozen):
        session.flush()


@pytest.mark.parametrize("how", CHANGES.values(), ids=CHANGES)
def test_a_draft_takes(session, edition, how):
    if how is CHANGES["a question's measure"]:
        how = change("question", "measure_id", session.scalar(select(Measure.id)))
    how(session, edition)
    assert session.dirty or session.new or session.deleted
    session.flush()
    assert not (session.dirty or session.new or session.deleted)


@pytest.mark.parametrize("name", ["its title", "a question's words", "a new page"])
def test_a_retired_edition_refuses_as_well(session, edition, name, now):
    freeze(session, edition, now)
    authoring.retire(session, edition)
    session.commit()

    CHANGES[name](session, edition)
    with pytest.raises(EditionFrozen):
        session.flush()


def move_page(edition, elsewhere):
    edition.pages[1].edition_id = elsewhere.id
    edition.pages[1].position = 99


def move_question(edition, elsewhere):
    edition.pages[1].questions[0].page_id = elsewhere.pages[0].id
    edition.pages[1].questions[0].position = 99


def move_option(edition, elsewhere):
    question = elsewhere.pages[2].questions[0]
    edition.pages[1].questions[0].options[0].question_id = question.id


def move_route(edition, elsewhere):
    edition.pages[7].routes[0].page_id = elsewhere.pages[3].id


@pytest.mark.parametrize("move", [move_page, move_question, move_option, move_route])
def test_no_part_moves_from_a_published_edition_into_a_draft(
    session, edition, elsewhere, move, now
):
    freeze(session, edition, now)
    session.commit()

    move(edition, elsewhere)
    with pytest.raises(EditionFrozen):
        session.flush()


def test_a_published_edition_may_be_retired_and_does_not_become_a_draft_again(
    session, every_kind, now
):
    edition = authoring.keep_draft(session, every_kind, now=now)
    authoring.publish(session, edition, now=now)
    authoring.publish(session, edition, now=now)
    assert (edition.status, edition.published_at) == (EditionStatus.PUBLISHED, now)

    authoring.retire(session, edition)
    assert edition.status is EditionStatus.RETIRED

    authoring.publish(session, edition, now=now)
    assert edition.status is EditionStatus.RETIRED

    edition.status = EditionStatus.DRAFT
    with pytest.raises(EditionFrozen):
        session.flush()
