"""What the demonstration promises can be read by everybody: in easy words, in each language."""

from collections.abc import Iterator

from feedback.analysis.checking import check_text
from feedback.analysis.readability import flesch_kincaid_grade
from feedback.demo.promises import written
from feedback.vocabulary import Presentation

EASIEST = 3.0  # a school grade


def _texts() -> Iterator[tuple[str, dict[str, dict[str, str]]]]:
    for each in written():
        yield f"{each['code']} title", each["title"]
        yield f"{each['code']} said", each["said"]
        for promise in each["promises"]:
            for part in ("what", "notice", "reason"):
                if part in promise:
                    yield f"{each['code']} {part}", promise[part]
            for update in promise["updates"]:
                yield f"{each['code']} update {update['day']}", update["words"]


def test_each_text_has_easy_words_in_each_language():
    without = {
        name: missing
        for name, words in _texts()
        if (
            missing := {"en", "pl", "ar"} - {tag for tag, each in words.items() if each.get("easy")}
        )
    }
    assert without == {}


def test_easy_words_pass_our_own_checker():
    easy = {words["en"]["easy"] for _, words in _texts()}
    assert {text for text in easy if flesch_kincaid_grade(text) > EASIEST} == set()
    found = {text: check_text(text, presentation=Presentation.EASY_READ) for text in easy}
    assert {text: listed for text, listed in found.items() if listed} == {}
