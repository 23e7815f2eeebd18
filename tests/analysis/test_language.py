"""Whether the machine may trust itself to have read a comment."""

import pytest

from feedback.analysis.language import english


@pytest.mark.parametrize(
    "text",
    [
        "We are still waiting for the first appointment.",
        "STAFF WERE LOVELY BUT THE ROOM WAS TOO LOUD",
        "ehcp took 40 weeks and nobody rang us back",
        "Thank you for all your help",
        "My son doesn’t like the new taxi",
        "Zoë and José said it's good for them",
    ],
)
def test_english_is_known_however_it_is_typed(text):
    assert english(text) is True


@pytest.mark.parametrize(
    "text",
    [
        "Czekamy już rok na pierwszą wizytę u lekarza",
        "نحن ننتظر الموعد منذ أكثر من عام",
        "Așteptăm de un an o programare la logoped",
        "Nous attendons depuis un an un rendez-vous pour notre fils",
        "Wir warten seit einem Jahr auf einen Termin",
        "Llevamos un año esperando una cita para mi hijo",
        "我们已经等了一年",
        "Dw i'n aros ers blwyddyn am apwyntiad i fy mab",
    ],
)
def test_other_languages_are_not_taken_for_english(text):
    assert english(text) is False


@pytest.mark.parametrize("text", ["", "😀", "SENDIASS", "Birkenhead Park", "12 34 56"])
def test_a_few_words_do_not_tell(text):
    assert english(text) is None


def test_a_long_comment_is_told_by_its_beginning():
    assert english("We waited for the bus. " * 10_000) is True
