"""Changes to a draft: what moves, what goes along, what stays as it was."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback import redrafting
from feedback.questionnaire import Option, Page, Picture, Question, Questionnaire, Wording
from feedback.redrafting import NoSuchPart
from feedback.soundness import faults
from feedback.vocabulary import QuestionKind


def names(draft: Questionnaire) -> list[str]:
    return [page.name for page in draft.pages]


def asked(draft: Questionnaire) -> list[str]:
    return list(draft.questions)


def words(text: str) -> dict[str, Wording]:
    return {"en": Wording(standard=text)}


def test_a_page_moves_and_stays_at_the_ends(every_kind):
    first, second, *rest = names(every_kind)
    assert names(redrafting.move_page(every_kind, second, -1)) == [second, first, *rest]
    assert names(redrafting.move_page(every_kind, first, -1)) == [first, second, *rest]
    last = rest[-1]
    assert names(redrafting.move_page(every_kind, last, 1)) == [first, second, *rest]


def test_a_question_moves_along_its_page_and_then_onto_the_next(every_kind):
    assert asked(every_kind)[-3:] == ["town", "more", "again"]
    once = redrafting.move_question(every_kind, "town", 1)
    assert asked(once)[-3:] == ["more", "town", "again"]
    assert redrafting.home_of(once, "town").name == "words"
    twice = redrafting.move_question(once, "town", 1)
    assert redrafting.home_of(twice, "town").name == "again"
    assert asked(twice)[-3:] == ["more", "town", "again"]


def test_a_page_left_empty_by_its_last_question_goes(every_kind):
    moved = redrafting.move_question(every_kind, "needs", -1)
    assert "needs" not in names(moved)
    assert redrafting.home_of(moved, "needs").name == "who"


def test_what_was_worked_out_from_the_old_draft_is_not_kept(every_kind):
    assert "who" in every_kind.questions and every_kind.questions["who"].codes
    without = redrafting.remove_question(every_kind, "who")
    assert "who" not in without.questions
    question = redrafting.add_option(every_kind.questions["who"], words("A friend"))
    assert len(question.codes) == len(every_kind.questions["who"].codes) + 1


def test_taking_out_a_question_takes_out_the_rules_that_need_it_and_no_others(every_kind):
    needing = redrafting.routed_pages(every_kind, ["weeks"])
    assert [page.name for page in needing] == ["since"]
    without = redrafting.remove_question(every_kind, "weeks")
    assert redrafting.page_of(without, "since").show_when is None
    kept = [page.show_when for page in without.pages if page.name not in ("since", "weeks")]
    assert kept == [
        page.show_when for page in every_kind.pages if page.name not in ("since", "weeks")
    ]
    assert list(faults(without)) == []


def test_a_copy_has_names_of_its_own_and_the_same_words(every_kind):
    copied, page = redrafting.copy_page(every_kind, "words")
    assert page == "words_2"
    assert asked(copied)[-5:] == ["town", "more", "town_2", "more_2", "again"]
    again, question = redrafting.copy_question(copied, "town")
    assert question == "town_3"
    assert again.questions["town_3"].ask == every_kind.questions["town"].ask
    assert list(faults(again)) == []


def test_a_question_gets_a_page_of_its_own(every_kind):
    alone, page = redrafting.split_question(every_kind, "town")
    assert [q.name for q in redrafting.page_of(alone, page).questions] == ["town"]
    assert names(alone).index(page) == names(alone).index("words") + 1


def test_another_kind_brings_its_answers_and_drops_what_it_has_not(every_kind):
    ready = [Option(code=code, label=words(code)) for code in ("bad", "ok", "good")]
    faces = redrafting.of_kind(every_kind.questions["weeks"], QuestionKind.FACES, 3, ready)
    assert (faces.points, [option.code for option in faces.options]) == (3, ["bad", "ok", "good"])
    rating = redrafting.of_kind(faces, QuestionKind.RATING, None, [])
    assert (rating.points, rating.options, rating.lowest, rating.highest) == (None, [], 0, 10)


def test_a_new_name_reaches_the_rules_that_look_at_the_question(every_kind):
    renamed, name = redrafting.rename_question(every_kind, "weeks", "How many weeks?")
    assert name == "how_many_weeks"
    rule = redrafting.page_of(renamed, "since").show_when
    assert [condition.question for condition in rule.conditions] == ["how_many_weeks"]
    assert list(faults(renamed)) == []


def test_a_picture_is_set_and_taken_away_wherever_one_can_be(every_kind):
    picture = Picture(name="own/words", decorative=True)
    for place in ("question:who", "option:who:parent", "statement:hello:0"):
        with_one = redrafting.set_picture(every_kind, place, picture)
        assert redrafting.picture_at(with_one, place) == picture
        without = redrafting.set_picture(with_one, place, None)
        assert redrafting.picture_at(without, place) is None
        assert redrafting.words_at(every_kind, place)


@pytest.mark.parametrize(
    "place",
    ["", "question", "question:nobody", "option:who:nobody", "statement:hello:99", "x:y:z"],
)
def test_a_place_that_is_not_there_is_no_part(every_kind, place):
    with pytest.raises(NoSuchPart):
        redrafting.picture_at(every_kind, place)


def test_taking_a_language_out_takes_its_words_and_leaves_the_others(every_kind):
    fewer = redrafting.in_languages(every_kind, ["en", "pl"])
    assert fewer.languages == ["en", "pl"]
    assert all("ar" not in texts for texts in fewer.all_words())
    assert fewer.questions["town"].ask["pl"] == every_kind.questions["town"].ask["pl"]
    assert list(faults(fewer)) == []


def test_a_measure_that_no_question_carries_any_more_goes(every_kind):
    carried = next(q for q in every_kind.questions.values() if q.measure)
    without = redrafting.with_measure(every_kind, carried.name, None)
    assert carried.measure not in {measure.name for measure in without.measures}
    assert list(faults(without)) == []


@pytest.mark.parametrize(
    ("wish", "name"),
    [
        ("How was your day?", "how_was_your_day"),
        ("3 things", "q_3_things"),
        ("Zażółć", "zazoc"),
        ("ماذا", "q"),
        ("x" * 60, "x" * 40),
    ],
)
def test_a_name_is_made_of_the_words(wish, name):
    assert redrafting.free_name(wish, []) == name


@given(st.text(max_size=80), st.integers(1, 12))
def test_a_name_is_always_free_and_always_one_that_a_file_could_have(wish, times):
    taken: list[str] = []
    for _ in range(times):
        taken.append(redrafting.free_name(wish, taken))
    assert len(set(taken)) == times
    for name in taken:
        Page(name=name)


ANY_STEP = st.tuples(st.integers(0, 9), st.integers(0, 99))


@given(st.lists(ANY_STEP, max_size=12))
def test_whatever_is_pressed_a_draft_stays_one_that_can_be_kept(every_kind, steps):
    draft = every_kind
    for step, at in steps:
        pages, questions = names(draft), asked(draft)
        page = pages[at % len(pages)]
        question = questions[at % len(questions)] if questions else None
        if step < 2:
            draft = redrafting.move_page(draft, page, 1 if step else -1)
        elif step == 2:
            draft, _ = redrafting.copy_page(draft, page)
        elif step == 3 and len(pages) > 1:
            draft = redrafting.remove_page(draft, page)
        elif question is not None and step in (4, 5):
            draft = redrafting.move_question(draft, question, 1 if step == 4 else -1)
        elif question is not None and step == 6:
            draft = redrafting.remove_question(draft, question)
        elif question is not None and step == 7:
            draft, _ = redrafting.split_question(draft, question)
        elif question is not None and step == 8:
            draft, _ = redrafting.copy_question(draft, question)
        elif step == 9:
            fresh = Question(
                name=redrafting.free_name("new", questions), kind=QuestionKind.COMMENT, ask={}
            )
            draft = redrafting.add_question(draft, fresh, page=page)
        assert draft.pages
        assert len(set(names(draft))) == len(draft.pages)
    kept = Questionnaire.model_validate(draft.model_dump(mode="json", exclude_defaults=True))
    assert kept == draft
