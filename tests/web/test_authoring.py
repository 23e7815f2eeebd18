"""An officer writes a survey in the browser, without any script."""

import re
from io import BytesIO

import pytest
from sqlalchemy import select

from feedback.models.oversight import AuditEvent
from feedback.models.surveys import Edition
from feedback.outputs import exchange
from feedback.queries import surveys
from feedback.services import authoring
from feedback.vocabulary import Presentation

PAYLOAD = "<img src=x onerror=alert(1)>\"'{{7*7}}"


@pytest.fixture
def tree(database):
    """A survey's newest edition as it stands."""

    def stands(name: str):
        with database.reading() as reading:
            newest = surveys.newest_edition(reading, name)
            return surveys.read_edition(reading, newest.id).questionnaire

    return stands


@pytest.fixture
def desk(sign_in, officer):
    """An officer at the designer's pages."""
    return Desk(sign_in(officer))


class Desk:
    """Fills in and presses buttons; every form carries what its page carried."""

    def __init__(self, visit) -> None:
        self.visit = visit

    def open(self, path: str):
        path = path if "/" in path or path in ("", "new", "from-file") else f"{path}/"
        return self.visit.follow(self.visit.get(f"/staff/surveys/{path}"))

    def send(self, path: str, **fields):
        seen = fields.pop("seen", None) or hidden("seen", self.visit.text)
        reply = self.visit.post(f"/staff/surveys/{path}", {"seen": seen, **fields})
        return self.visit.follow(reply)

    def write(self, path: str, **fields):
        """Change some boxes of a page and send the whole page, as a browser does."""
        self.open(path)
        return self.send(path, **{**filled(self.visit.text), **fields})

    @property
    def text(self) -> str:
        return self.visit.text


def hidden(name: str, page: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    return found[1] if found else ""


def filled(page: str) -> dict[str, object]:
    """What the boxes, ticks and lists of a page hold."""
    values: dict[str, object] = dict(
        re.findall(r'<textarea[^>]* name="([^"]+)"[^>]*>\n?([^<]*)</textarea>', page)
    )
    for name, inside in re.findall(r'<select[^>]* name="([^"]+)"[^>]*>(.*?)</select>', page, re.S):
        chosen = re.search(r'<option value="([^"]*)" selected', inside)
        values[name] = chosen[1] if chosen else re.search(r'value="([^"]*)"', inside)[1]
    for box in re.findall(r"<input[^>]*>", page):
        name, value = (re.search(rf' {key}="([^"]*)"', box) for key in ("name", "value"))
        if name is None or name[1] in ("csrf_token", "seen"):
            continue
        if 'type="checkbox"' in box or 'type="radio"' in box:
            if " checked" in box:
                values.setdefault(name[1], []).append(value[1])
        elif 'type="hidden"' not in box:
            values[name[1]] = value[1] if value else ""
    return values


@pytest.fixture
def begun(desk):
    """A survey begun from nothing, with one question of faces."""
    desk.open("new")
    desk.send("new", title="Our hub day", begin="nothing")
    desk.send("our_hub_day/change", do="question-add:", kind="faces:3")
    desk.write("our_hub_day/questions/question_1", do="save", **{"ask-en-standard": "Was it good?"})
    return "our_hub_day"


def test_a_core_question_brings_its_measure_and_its_index(desk, begun, tree, look):
    desk.open(begun)
    assert 'value="bank:valued"' in desk.text and "and 2 more" in desk.text
    assert 'value="bank:visible"' not in desk.text
    desk.send(f"{begun}/change", do="question-add:", kind="bank:valued")
    desk.open(begun)
    desk.send(f"{begun}/change", do="question-add:", kind="bank:satisfied")
    asked = tree(begun)

    names = ["valued", "visible", "included", "satisfied"]
    assert list(asked.questions)[1:] == names
    assert [page.questions[0].name for page in asked.pages][1:] == names
    assert {m.name: m.top for m in asked.measures} == {
        **{name: ["yes"] for name in ("valued", "visible", "included")},
        "satisfied": ["4", "5"],
    }
    desk.open(begun)
    assert 'value="bank:valued"' not in desk.text and 'value="bank:satisfied"' not in desk.text
    desk.send(f"{begun}/change", do="question-add:", kind="bank:valued")
    assert list(tree(begun).questions) == list(asked.questions)


def test_a_core_question_that_is_taken_out_can_be_taken_again(desk, begun, tree):
    for _ in range(2):
        desk.open(begun)
        desk.send(f"{begun}/change", do="question-add:", kind="bank:satisfied")
        assert [m.name for m in tree(begun).measures] == ["satisfied"]
        desk.open(begun)
        desk.send(f"{begun}/change", do="question-remove:satisfied")
        assert tree(begun).measures == []


@pytest.mark.parametrize(
    ("audience", "offered", "kept_back"),
    [("parent", "parent_had_say", "had_say"), ("young_person", "had_say", "parent_had_say")],
)
def test_core_questions_are_offered_to_whom_they_are_for(desk, begun, audience, offered, kept_back):
    desk.write(f"{begun}/start", audience=audience)
    desk.open(begun)

    assert f'value="bank:{offered}"' in desk.text
    assert f'value="bank:{kept_back}"' not in desk.text


def test_from_nothing_to_published(desk, begun, tree, look):
    for kind in ("comment:", "bank:area"):
        desk.open(begun)
        desk.send(f"{begun}/change", do="question-add:", kind=kind)
    desk.write(
        f"{begun}/questions/question_2", do="save", **{"ask-en-standard": "What should change?"}
    )
    desk.open(f"{begun}/publish")
    assert "Words are missing here" in desk.text and "Publish it" not in desk.text
    words = {f"{key}-en-standard": f"{key} in words" for key in ("why", "read_by", "afterwards")}
    desk.write(f"{begun}/start", **words, **{"asked_by-en-standard": "The hub"})
    desk.open(f"{begun}/publish")
    desk.send(f"{begun}/publish")

    assert "Published. You can now open it to people." in desk.text
    asked = tree(begun)
    assert list(asked.questions) == ["was_it_good", "what_should_change", "area"]
    assert [o.code for o in asked.questions["was_it_good"].options] == ["bad", "ok", "good"]
    assert look(select(Edition.status)) == [("published",)]
    noted = [action for (action,) in look(select(AuditEvent.action))]
    assert noted[0] == "survey begin" and noted[-1] == "survey publish"
    assert "hub" not in " ".join(noted)


@pytest.mark.parametrize("name", ["event", "young", "inspectors", "fft"])
def test_a_ready_pattern_can_be_published_as_it_is(desk, tree, name):
    desk.open("new")
    desk.send("new", title="Ours", begin=f"pattern:{name}")
    desk.open("ours/publish")
    assert "Publish it" in desk.text
    assert tree("ours").questions


def test_a_copy_of_another_survey_has_a_name_of_its_own(desk, open_collection, tree, every_kind):
    desk.open("new")
    desk.send("new", title=every_kind.title["en"].standard, begin=f"survey:{every_kind.survey}")
    assert f">{every_kind.title['en'].standard}</bdi>" in desk.text
    desk.open("")
    assert desk.text.count("Being written") == 1


def test_a_new_survey_without_a_name_is_asked_for_one(desk):
    desk.open("new")
    assert desk.send("new", title=" ", begin="nothing").status_code == 422
    assert "Give the survey a name that people will see" in desk.text


def test_a_file_becomes_a_draft_and_a_draft_is_not_replaced_without_asking(
    desk, every_kind, tree, database
):
    content = exchange.write_survey(every_kind).encode()

    def bring(**fields):
        desk.open("from-file") if not fields else None
        return desk.send("from-file", file=(BytesIO(content), "s.yaml"), **fields)

    bring()
    assert tree(every_kind.survey) == every_kind
    desk.write(
        f"{every_kind.survey}/questions/town", do="save", **{"ask-en-standard": "Which village?"}
    )
    assert bring().status_code == 409
    assert tree(every_kind.survey).questions["town"].ask["en"].standard == "Which village?"
    bring(seen=hidden("seen", desk.text))
    assert tree(every_kind.survey) == every_kind


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "survey:"),
        (b"\xff\xfe\x00", "UTF-8"),
        (b"survey: ours\nversion: 9\npages: []\n", "version"),
        (b"a: " + b"[" * 60_000, "nested too deep"),
    ],
)
def test_a_wrong_file_changes_nothing_and_says_why(desk, look, content, told):
    desk.open("from-file")
    reply = desk.send("from-file", file=(BytesIO(content), "s.yaml"))
    assert reply.status_code == 422
    assert "Nothing was changed" in desk.text and told in desk.text
    assert look(select(Edition.id)) == []


@pytest.fixture
def draft(database, every_kind, now):
    """The survey of every kind as a draft."""
    with database.writing() as writing, writing.begin():
        authoring.keep_draft(writing, every_kind, now=now)
    return every_kind.survey


def test_every_page_of_the_designer_saves_what_it_shows_unchanged(
    desk, draft, tree, every_kind, database
):
    desk.write(f"{draft}/start", do="save")
    for name in every_kind.questions:
        desk.write(f"{draft}/questions/{name}", do="save")
        assert desk.visit.page.status_code == 200, name
    for page in every_kind.pages:
        desk.write(f"{draft}/pages/{page.name}", do="save")
        assert desk.visit.page.status_code == 200, page.name
    assert tree(draft) == every_kind
    with database.reading() as reading:
        edition = surveys.newest_edition(reading, draft)
        assert surveys.revision(reading, edition.id) == 1


def test_the_buttons_of_an_outline_move_copy_and_take_out(desk, draft, tree):
    for do, asked in [
        ("question-down:town", ["more", "town", "again"]),
        ("question-copy:town", ["more", "town", "town_2", "again"]),
        ("question-alone:town_2", ["more", "town", "town_2", "again"]),
        ("question-remove:town", ["more", "town_2", "again"]),
        ("page-up:again", ["more", "again", "town_2"]),
        ("page-remove:again", ["more", "town_2"]),
    ]:
        desk.open(draft)
        assert desk.send(f"{draft}/change", do=do).status_code == 200
        assert list(tree(draft).questions)[-len(asked) :] == asked, do


def test_taking_out_a_question_that_a_rule_needs_asks_first(desk, draft, tree):
    desk.open(draft)
    desk.send(f"{draft}/change", do="question-remove:weeks")
    assert "Other pages need this" in desk.text
    assert "weeks" in tree(draft).questions
    desk.send(f"{draft}/change", do="question-remove:weeks", sure="yes")
    assert "weeks" not in tree(draft).questions
    desk.send(f"{draft}/restore/1")
    assert "weeks" in tree(draft).questions


def test_a_page_moved_before_the_question_that_its_rule_needs_keeps_the_draft_from_being_published(
    desk, draft, look
):
    for _ in range(2):
        desk.open(draft)
        desk.send(f"{draft}/change", do="page-up:since")
    assert "The rule that shows this page does not fit any more" in desk.text
    desk.open(f"{draft}/publish")
    assert "Publish it" not in desk.text
    assert desk.send(f"{draft}/publish", seen="3").status_code == 409
    assert look(select(Edition.status)) == [("draft",)]


def test_answers_are_added_moved_and_taken_out_with_what_was_written_kept(desk, draft, tree):
    at = f"{draft}/questions/who"
    codes = [option.code for option in tree(draft).questions["who"].options]
    desk.write(at, do="option-add", **{"ask-en-standard": "Who are you today?"})
    fresh = tree(draft).questions["who"].options[-1].code
    desk.write(at, do=f"option-up:{fresh}", **{f"option_{fresh}-en-standard": "A friend"})
    desk.write(at, do=f"option-remove:{codes[0]}")
    question = tree(draft).questions["who"]
    assert question.ask["en"].standard == "Who are you today?"
    assert [o.code for o in question.options] == [*codes[1:-1], fresh, codes[-1]]
    assert question.option(fresh).label["en"].standard == "A friend"


def test_another_kind_brings_its_ready_answers_in_every_language(desk, draft, tree):
    desk.write(f"{draft}/questions/more", do="stay", kind="faces:5")
    question = tree(draft).questions["more"]
    assert (question.kind, question.points, len(question.options)) == ("faces", 5, 5)
    assert all({"en", "pl", "ar"} <= set(option.label) for option in question.options)


def test_a_rule_is_added_changed_and_taken_out(desk, draft, tree):
    at = f"{draft}/pages/words"
    desk.write(at, do="when-add", **{"when-question": "who"})
    desk.write(at, do="when-add", **{"when-question": "weeks"})
    parent, child = (option.code for option in tree(draft).questions["who"].options[:2])
    desk.write(
        at,
        **{"when_0-value": [parent, child], "when_1-test": "greater_than", "when_1-value": "6"},
        **{"match": "any", "do": "save"},
    )
    rule = next(page for page in tree(draft).pages if page.name == "words").show_when
    assert rule.match == "any"
    assert [(c.question, c.test, c.values) for c in rule.conditions] == [
        ("who", "one_of", [parent, child]),
        ("weeks", "greater_than", ["6"]),
    ]
    assert desk.write(at, **{"when_1-value": "many", "do": "save"}).status_code == 422
    assert "Write a whole number, like 6" in desk.text
    desk.write(at, do="when-remove:0")
    desk.write(at, do="when-remove:0")
    assert next(page for page in tree(draft).pages if page.name == "words").show_when is None


def test_a_language_is_not_taken_out_without_asking(desk, draft, tree):
    desk.open(f"{draft}/start")
    desk.send(f"{draft}/languages", language=["pl"])
    assert "Words would go" in desk.text and "العربية" in desk.text
    assert tree(draft).languages == ["en", "pl", "ar"]
    desk.send(f"{draft}/languages", language=["pl"], sure="yes")
    assert tree(draft).languages == ["en", "pl"]
    assert "ar" not in tree(draft).title


def test_hard_words_are_explained_and_shown_to_people(desk, begun, tree):
    desk.write(
        f"{begun}/hard-words",
        do="save",
        **{"word_0-en-standard": "good", "meaning_0-en-standard": "Better than bad."},
    )
    assert [t.meaning["en"].standard for t in tree(begun).glossary] == ["Better than bad."]
    desk.open(f"{begun}/try/1")
    assert "What some words mean" in desk.text and "Better than bad." in desk.text
    assert desk.write(f"{begun}/hard-words", **{"word_1-en-standard": "x"}).status_code == 422


def test_the_second_of_two_officers_is_told_and_loses_nothing(desk, draft, tree, sign_in, officer):
    at = f"{draft}/questions/town"
    other = Desk(sign_in(officer))
    other.open(at)
    desk.write(at, do="save", **{"ask-en-standard": "Which village?"})

    mine = {**filled(other.text), "ask-en-standard": "Which city, please?", "do": "save"}
    assert other.send(at, **mine).status_code == 409
    for shown in ("Somebody else changed this", "Which village?", "Which city, please?"):
        assert shown in other.text
    assert tree(draft).questions["town"].ask["en"].standard == "Which village?"

    other.send(at, **{**filled(other.text), "do": "save"})
    assert tree(draft).questions["town"].ask["en"].standard == "Which city, please?"


def test_two_officers_at_two_questions_are_both_kept_and_the_second_is_told(
    desk, draft, tree, sign_in, officer
):
    other = Desk(sign_in(officer))
    other.open(f"{draft}/questions/more")
    desk.write(f"{draft}/questions/town", do="save", **{"ask-en-standard": "Which village?"})
    mine = {**filled(other.text), "ask-en-standard": "Anything more?", "do": "save"}
    other.send(f"{draft}/questions/more", **mine)
    assert "Both changes are kept" in other.text
    asked = tree(draft).questions
    assert asked["town"].ask["en"].standard == "Which village?"
    assert asked["more"].ask["en"].standard == "Anything more?"


def test_nothing_that_somebody_writes_becomes_markup(desk, begun):
    desk.write(f"{begun}/start", **{"title-en-standard": PAYLOAD, "title-en-easy_read": PAYLOAD})
    desk.write(f"{begun}/questions/was_it_good", do="save", **{"ask-en-standard": PAYLOAD})
    desk.write(f"{begun}/pages/first", do="say-add", **{"title-en-standard": PAYLOAD})
    for page in ("", "start", "pages/first", "questions/was_it_good", "publish", "history"):
        reply = desk.open(f"{begun}/{page}")
        raw = reply.get_data(as_text=True)
        assert "<img src=x" not in raw and "{{7*7}}" in raw.replace("&#39;", "'"), page
    for page in ("try", "try/0", "try/1"):
        assert "<img src=x" not in desk.open(f"{begun}/{page}").get_data(as_text=True)


@pytest.mark.parametrize(
    "path",
    ["nowhere", "nowhere/start", "{}/questions/nobody", "{}/pages/nobody", "{}/restore/99"],
)
def test_what_is_not_there_is_not_found(desk, draft, path):
    desk.open("")
    path = path.format(draft)
    reply = desk.send(path) if "restore" in path else desk.open(path)
    assert reply.status_code == 404


@pytest.mark.parametrize(
    "do",
    ["", "nonsense", "page-up:nobody", "question-add:nobody", "question-remove:", "page-copy:x"],
)
def test_a_button_that_is_not_there_changes_nothing(desk, draft, tree, every_kind, do):
    desk.open(draft)
    assert desk.send(f"{draft}/change", do=do, kind="faces:3").status_code in (400, 404)
    assert tree(draft) == every_kind


def test_words_that_are_too_long_are_given_back(desk, begun, tree):
    long = "word " * 500
    reply = desk.write(f"{begun}/questions/was_it_good", do="save", **{"ask-en-standard": long})
    assert reply.status_code == 422
    assert "This is too long" in desk.text and long.strip() in desk.text
    assert tree(begun).questions["was_it_good"].ask["en"].standard == "Was it good?"


def test_easy_words_alone_are_not_enough(desk, begun):
    reply = desk.write(
        f"{begun}/questions/was_it_good",
        do="save",
        **{"ask-en-standard": "", "ask-en-easy_read": "Good?"},
    )
    assert reply.status_code == 422
    assert "Write the usual words in English too" in desk.text


def test_the_frame_opens_only_in_our_own_pages_and_keeps_nothing(desk, draft, look):
    reply = desk.open(f"{draft}/try/1?tag=ar&read=easy_read")
    assert "frame-ancestors 'self'" in reply.headers["Content-Security-Policy"]
    assert 'dir="rtl"' in desk.text
    parent = desk.open(f"{draft}/try")
    assert "frame-ancestors 'none'" in parent.headers["Content-Security-Policy"]
    assert "frame-src 'self'" in parent.headers["Content-Security-Policy"]
    plain = desk.open("")
    assert "frame-src 'none'" in plain.headers["Content-Security-Policy"]


@pytest.mark.parametrize("read", Presentation)
def test_every_page_can_be_tried_in_each_language(desk, draft, every_kind, read):
    for language in every_kind.languages:
        for position in range(len(every_kind.pages) + 1):
            address = f"{draft}/try/{position}?tag={language}&read={read.value}"
            assert desk.open(address).status_code == 200
            assert f'<html lang="{language}"' in desk.text
    desk.open("")
    assert '<html lang="en"' in desk.text, "the office speaks as before"


def test_a_changed_edition_is_compared_with_the_live_one(desk, open_collection, every_kind):
    name = every_kind.survey
    desk.open(name)
    assert "It cannot change" in desk.text
    desk.send(f"{name}/draft")
    desk.open(f"{name}/compare")
    assert "The draft is the same as edition 1" in desk.text
    desk.write(f"{name}/questions/town", do="save", **{"ask-en-standard": "Which village?"})
    desk.open(f"{name}/compare")
    assert "Which town?" in desk.text and "Which village?" in desk.text


def test_a_survey_taken_out_of_use_keeps_its_answers(desk, open_collection, every_kind, look):
    name = every_kind.survey
    desk.open(f"{name}/retire")
    assert open_collection.name in desk.text
    desk.send(f"{name}/retire")
    assert look(select(Edition.status)) == [("retired",)]
    assert "Its answers stay" in desk.text
