"""Documents to print: read back from the PDF, and square codes from the drawing itself."""

import io
import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import partial
from typing import Any

import pytest
import segno
import typst
from PIL import Image
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from feedback.errors import DocumentNotMade
from feedback.models.collections import Collection
from feedback.models.events import Event, Place
from feedback.outputs import documents, exchange, paper, typesetting
from feedback.outputs.documents import Handed, Reader
from feedback.questionnaire import Questionnaire
from feedback.settings import place
from feedback.vocabulary import Presentation
from feedback.web.frame import set_language

NOW = datetime(2026, 11, 2, 10, tzinfo=UTC)
ADDRESS = "https://feedback.example.gov.uk"
HOST = "Brackenshore SEND partnership"
FORM = paper.Form("fern42", 3, "", "Childline", "0800 1111", "999")
LANGUAGES = ("en", "pl", "ar")
EASY, STANDARD = Presentation.EASY_READ, Presentation.STANDARD
NOT_CODE = '#panic("no") $x$ *b* _u_ "] = @a <b> \\u{41} // [c] `d`'

Speaking = Callable[..., Reader]


@pytest.fixture
def speaking(app) -> Any:
    """Whom a document is for; its language is the page's."""
    with app.test_request_context():

        def reader(language: str = "en", presentation: Presentation = STANDARD) -> Reader:
            set_language(language)
            return Reader(language, presentation, HOST)

        yield reader


@pytest.fixture
def address(tmp_path) -> str:
    """Of a database that nothing is read from: no document asks one."""
    return f"sqlite:///{tmp_path}/empty.sqlite"


def collection(**changed: Any) -> Collection:
    return Collection(**{"code": "fern42", "closes_at": None, **changed})


def event(number: int = 0) -> Event:
    day = date(2026, 3, 2 + number)
    where = Place(name="Willow Hub")
    return Event(name=f"Session {number}", starts_on=day, ends_on=day, place=where, code="k7mqz")


def asking(asked: Questionnaire, reader: Reader, **changed: Any) -> documents.Asking:
    return documents.of_collection(collection(**changed), asked, f"{ADDRESS}/s/fern42", reader)


def poster(asked: Questionnaire, reader: Reader, size: documents.PosterSize = "a4") -> bytes:
    return documents.posters([asking(asked, reader)], reader, size, {}, now=NOW)


def slips(asked: Questionnaire, reader: Reader) -> bytes:
    return documents.slips(asking(asked, reader), reader, now=NOW)


def cards(_asked: Questionnaire, reader: Reader) -> bytes:
    words = ["apple river", "kite drum", *(f"word w{'x' * number}" for number in range(11))]
    return documents.cards([Handed(event(), f"{ADDRESS}/e/k7mqz", words)], reader, now=NOW)


def form(
    asked: Questionnaire, reader: Reader, size: paper.PrintSize = "normal", form: paper.Form = FORM
) -> bytes:
    return paper.paper(asked, form, reader, size, {}, now=NOW)


MADE = [poster, partial(poster, size="a3"), slips, cards, form, partial(form, size="large")]
NAMES = ["poster", "poster a3", "slips", "cards", "paper", "large print"]


_KEPT: dict[tuple[Any, ...], bytes] = {}


@pytest.fixture
def printed(speaking: Speaking, every_kind: Questionnaire) -> Callable[..., bytes]:
    """A document of the survey of every kind; made once for all tests that look at it."""

    def made(make: Any, language: str = "en", presentation: Presentation = STANDARD) -> bytes:
        key = (MADE.index(make), language, presentation)
        if key not in _KEPT:
            _KEPT[key] = make(every_kind, speaking(language, presentation))
        return _KEPT[key]

    return made


def read(made: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(made))


def words_of(made: bytes) -> str:
    """All text, with blanks and line breaks as one blank."""
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in read(made).pages))


# For everybody: tagged, with a title and a language, in our own letters


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("make", MADE, ids=NAMES)
def test_a_screen_reader_is_told_all_it_needs(printed, every_kind, make, language):
    pdf = read(printed(make, language))
    root = pdf.trailer["/Root"]

    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert root["/Lang"] == language
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert "pdfuaid:part>1<" in root["/Metadata"].get_data().decode()
    title = every_kind.title[language].standard
    assert title in pdf.metadata.title or "Session 0" in pdf.metadata.title
    assert headings(root["/StructTreeRoot"])[0] == "/H1"


def headings(tree: DictionaryObject) -> list[str]:
    """The kinds of headings, in the order in which they are read."""
    found = []
    for part in parts(tree):
        if re.fullmatch(r"/H\d", part.get("/S", "")):
            found.append(part["/S"])
    return found


def parts(tree: DictionaryObject) -> list[DictionaryObject]:
    """Every part of a document's structure, in order."""
    found = []
    kids = tree.get("/K", [])
    for kid in kids if isinstance(kids, list) else [kids]:
        kid = kid.get_object()
        if isinstance(kid, DictionaryObject) and "/S" in kid:
            found += [kid, *parts(kid)]
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_only_our_own_letters_are_used_and_they_travel_along(printed, language):
    for make in MADE:
        pdf = read(printed(make, language))
        fonts = {
            str(font.get_object()["/BaseFont"]).partition("+")[2]: font.get_object()
            for page in pdf.pages
            for font in page["/Resources"]["/Font"].values()
        }
        assert fonts
        for name, font in fonts.items():
            assert name.startswith(("AtkinsonHyperlegibleNext-", "Vazirmatn-"))
            descriptor = font["/DescendantFonts"][0].get_object()["/FontDescriptor"]
            assert "/FontFile2" in descriptor


def test_pictures_have_words_and_decorations_have_none(printed):
    pdf = read(printed(form, "pl"))
    figures = [p for p in parts(pdf.trailer["/Root"]["/StructTreeRoot"]) if p["/S"] == "/Figure"]

    assert [str(figure["/Alt"]) for figure in figures if figure["/Alt"] == "Twarz"]
    assert all(str(figure["/Alt"]).strip() for figure in figures)


@pytest.mark.parametrize("make", MADE[:4], ids=NAMES[:4])
def test_a_square_code_says_where_it_leads(printed, make):
    pdf = read(printed(make))
    figures = [p for p in parts(pdf.trailer["/Root"]["/StructTreeRoot"]) if p["/S"] == "/Figure"]
    links = {
        str(note.get_object()["/A"]["/URI"])
        for page in pdf.pages
        for note in page.get("/Annots", [])
    }

    assert any(ADDRESS in str(figure["/Alt"]) for figure in figures)
    assert len(links) == 1
    assert links <= {f"{ADDRESS}/s/fern42", f"{ADDRESS}/e/k7mqz"}


# The words


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("presentation", [STANDARD, EASY])
@pytest.mark.parametrize("make", [poster, slips, form], ids=["poster", "slips", "paper"])
def test_the_survey_is_told_in_its_own_words(printed, every_kind, make, presentation, language):
    text = words_of(printed(make, language, presentation))

    for word in every_kind.title[language].text(presentation).split():
        assert word in text
    assert "feedback.example.gov.uk/s/fern42" in text or make is form
    for question in every_kind.questions.values() if make is form else ():
        for word in re.findall(r"\w+", question.ask[language].text(presentation)):
            assert word in text


def test_a_poster_says_all_that_somebody_wants_to_know(speaking, every_kind):
    reader = speaking()
    closing = asking(every_kind, reader, closes_at=datetime(2026, 12, 1, tzinfo=UTC))
    text = words_of(documents.posters([closing], reader, "a4", {}, now=NOW))

    for said in (
        "To make the help better",
        "fern42",
        "About 4 minutes.",
        "You do not have to answer.",
        "You can answer until 30 November 2026.",
        "The SEND partnership asks",
        HOST,
    ):
        assert said in text
    for name in ("English", "Polski", "العربية"):
        assert name in text


@pytest.mark.parametrize(
    ("closes_at", "said"),
    [
        (None, ""),
        (datetime(2026, 12, 1, tzinfo=UTC), "You can answer until 30 November 2026."),
        (datetime(2026, 7, 31, 23, tzinfo=UTC), "You can answer until 31 July 2026."),
        (
            datetime(2026, 12, 1, 17, 30, tzinfo=UTC),
            "You can answer until 1 December 2026 at 17:30.",
        ),
    ],
)
def test_the_last_day_is_the_one_that_people_would_name(speaking, closes_at, said):
    speaking()
    assert documents.last_day(closes_at) == said


def test_very_long_words_still_stand_on_one_page(speaking, every_kind):
    long = {"en": every_kind.why["en"].model_copy(update={"standard": "Why we ask you. " * 120})}
    title = {"en": every_kind.title["en"].model_copy(update={"standard": "A long title " * 20})}
    asked = every_kind.model_copy(update={"why": long, "title": title})

    for make in (poster, partial(poster, size="a3"), slips):
        assert len(read(make(asked, speaking())).pages) == 1


def test_a_poster_is_as_large_as_was_wished(speaking, every_kind):
    sizes = {
        size: [round(float(side) / 72 * 25.4) for side in read(made).pages[0].mediabox[2:]]
        for size in ("a4", "a3")
        for made in [poster(every_kind, speaking(), size)]
    }
    assert sizes == {"a4": [210, 297], "a3": [297, 420]}


def test_eight_slips_stand_on_a_sheet(printed):
    made = printed(slips)
    assert len(read(made).pages) == 1
    assert words_of(made).count("feedback.example.gov.uk/s/fern42") == 8


def test_ten_cards_stand_on_a_sheet_and_each_event_begins_a_new_one(speaking):
    reader = speaking()
    handed = [
        Handed(event(number), f"{ADDRESS}/e/k7mqz", [f"word w{'x' * at}" for at in range(12)])
        for number in range(3)
    ]
    pages = [page.extract_text() for page in read(documents.cards(handed, reader, now=NOW)).pages]

    assert [page.count("Keep this card") for page in pages] == [10, 2] * 3
    assert [number for number in range(3) for page in pages if f"Session {number}" in page] == [
        0, 0, 1, 1, 2, 2,
    ]  # fmt: skip
    assert "Monday 2 March 2026, Willow Hub. 12 cards." in re.sub(r"\s+", " ", pages[0])


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_card_has_two_easy_words_in_english_and_no_name(printed, language):
    text = words_of(printed(cards, language))
    assert "apple" in text and "river" in text


def test_a_series_gets_a_poster_for_each_event(speaking):
    reader = speaking()
    events = [documents.of_event(event(number), f"{ADDRESS}/e/e{number}") for number in range(4)]
    pages = read(documents.posters(events, reader, "a4", {}, now=NOW)).pages

    assert len(pages) == 4
    for number, page in enumerate(pages):
        assert f"Session {number}" in page.extract_text()
        assert f"feedback.example.gov.uk/e/e{number}" in page.extract_text()


# The paper survey


def test_each_question_has_its_number_its_name_and_digits(printed, every_kind):
    text = words_of(printed(form))

    for number, (name, question) in enumerate(every_kind.questions.items(), start=1):
        assert f"{number}. {question.ask['en'].standard}" in text
        assert name in text
    assert re.search(r"1 Speech 2 Sight 3 Moving 0 I don’t know", text)
    assert re.search(r"0 1 2 3 4 5 6 7 8 9 10", text)
    assert "fern42 · edition 3" in text
    assert "Page 1 of" in text


def test_who_should_leave_a_part_out_is_told_in_words(printed):
    text = words_of(printed(form))

    assert (
        "Answer this part only if one of these is true: "
        "• your answer to question 4 is “Not good” • your answer to question 3 is “No” "
        "If not, go on to question 6." in text
    )
    assert "• your answer to question 1 is “A parent”" in text
    assert "• your answer to question 2 is “Speech” or “Sight”" in text
    assert "Answer this part only if your answer to question 7 is more than 12." in text
    assert "Answer this part only if you answered question 10." in text
    assert "If not, you have finished." in text


def test_the_start_says_what_a_phone_says(printed):
    text = words_of(printed(form))
    for said in (
        "The SEND partnership asks",
        "Our team, each Friday",
        "You do not have to answer.",
        "Nobody reads your answers straight away.",
        "0800 1111",
        "If you give this form back, you are saying yes to all of this.",
        "We say what we did",
    ):
        assert said in text


def test_where_a_form_goes_back_to_is_told_or_left_to_fill_in(speaking, every_kind):
    there = FORM.__class__(**{**vars(FORM), "return_to": "The desk at Willow Hub"})
    assert "Give this form back to:" in words_of(form(every_kind, speaking()))
    assert "The desk at Willow Hub" in words_of(form(every_kind, speaking(), form=there))


def sizes_of(made: bytes) -> list[float]:
    """The size of every letter, in points."""
    found = []

    def look(text: str, cm: list[float], tm: list[float], _font: Any, size: float) -> None:
        if text.strip():
            found.append(round(abs(size * tm[3] * cm[3]), 1))

    for page in read(made).pages:
        page.extract_text(visitor_text=look)
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_in_large_print_nothing_is_small(printed, language):
    for presentation in (STANDARD, EASY):
        assert min(sizes_of(printed(MADE[5], language, presentation))) >= 18


def test_usual_print_is_12_points_and_easy_read_14(printed):
    for presentation, points in ((STANDARD, 12), (EASY, 14)):
        sizes = sizes_of(printed(form, "en", presentation))
        assert max(set(sizes), key=sizes.count) == points


@pytest.mark.parametrize("name", ["live", "parents", "young", "before", "after"])
def test_every_survey_of_ours_can_be_printed(speaking, name):
    file = place("templates").parent / "feedback" / "demo" / "surveys" / f"{name}.yaml"
    asked = exchange.read_survey(file.read_bytes())
    for language, presentation in ((LANGUAGES[0], STANDARD), *((tag, EASY) for tag in LANGUAGES)):
        for make in (poster, MADE[4 if presentation is STANDARD else 5]):
            assert read(make(asked, speaking(language, presentation))).pages


# What somebody wrote is never read as anything but words


def said_by(asked: Questionnaire, text: str) -> Questionnaire:
    """A survey that has the same words wherever somebody may write some."""

    def worded(words: dict[str, Any]) -> dict[str, Any]:
        return {"en": {"standard": text}} if words else {}

    tree = asked.model_dump(mode="json")
    for key in ("title", "why", "asked_by", "read_by", "afterwards"):
        tree[key] = worded(tree[key])
    tree["glossary"] = [{"word": worded({"en": ""}), "meaning": worded({"en": ""})}]
    for page in tree["pages"]:
        page["title"] = worded(page["title"])
        page["statements"] = [{"say": worded({"en": ""})} for _ in page["statements"]]
        for question in page["questions"]:
            for key in ("ask", "help", "reason", "low_label", "high_label"):
                question[key] = worded(question[key])
            for option in question["options"]:
                option["label"] = worded(option["label"])
    return Questionnaire.model_validate(tree)


@pytest.mark.parametrize("make", [*MADE[:3], *MADE[4:]], ids=[*NAMES[:3], *NAMES[4:]])
def test_words_that_look_like_typst_are_words(speaking, every_kind, make):
    text = words_of(make(said_by(every_kind, NOT_CODE), speaking()))
    for piece in NOT_CODE.split():
        assert piece in text


def test_names_of_events_and_places_that_look_like_typst_are_words(speaking):
    reader = speaking()
    named = event()
    named.name, named.place.name = NOT_CODE, NOT_CODE
    handed = [Handed(named, f"{ADDRESS}/e/k7mqz", ["#panic() $x$"])]
    told = [documents.of_event(named, f"{ADDRESS}/e/k7mqz")]

    for made in (
        documents.cards(handed, reader, now=NOW),
        documents.posters(told, reader, "a4", {}, now=NOW),
    ):
        assert "#panic(" in words_of(made)
        assert "$x$" in words_of(made)


def test_letters_that_we_do_not_have_leave_a_mark_and_signs_are_left_out(speaking, every_kind):
    text = words_of(poster(said_by(every_kind, "Дім 家 smile 😀👨‍👩‍👧 end"), speaking()))
    assert "??? ? smile" in text
    assert "end" in text


# The drawing


def drawn(monkeypatch: pytest.MonkeyPatch, make: Callable[[], bytes]) -> list[Image.Image]:
    """The pages of a document as pictures, 10 pixels a millimetre."""
    kept: dict[str, Any] = {}

    def keep(source: str, data: Any, pictures: dict[str, bytes], *, now: datetime) -> bytes:
        kept.update(typesetting.sources(source, pictures), **{"data.json": data})
        return b""

    for module in (documents, paper):
        monkeypatch.setattr(module, "typeset", keep)
    make()
    data = typesetting.json.dumps(kept.pop("data.json")).encode()
    pages = typst.compile({**kept, "data.json": data}, format="png", ppi=254.0)
    return [
        Image.open(io.BytesIO(page)) for page in ([pages] if isinstance(pages, bytes) else pages)
    ]


def modules_in(picture: Image.Image, side: int) -> list[list[int]]:
    """A square code, read module by module from the middle of each; nothing else is all black."""
    dark = picture.convert("RGB").convert("L").point(lambda light: 255 if light < 8 else 0)
    left, top, right, bottom = dark.getbbox()
    assert abs((right - left) - (bottom - top)) <= 2
    step = (right - left) / side
    return [
        [
            int(dark.getpixel((int(left + (x + 0.5) * step), int(top + (y + 0.5) * step))) > 0)
            for x in range(side)
        ]
        for y in range(side)
    ]


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize(
    ("make", "opens", "box"),
    [
        (poster, f"{ADDRESS}/s/fern42", (0, 0, 2100, 2970)),
        (slips, f"{ADDRESS}/s/fern42", (1060, 2240, 2090, 2960)),
        (cards, f"{ADDRESS}/e/k7mqz", (110, 190, 1040, 700)),
    ],
    ids=["poster", "slips", "cards"],
)
def test_a_phone_reads_the_right_address_from_the_drawing(
    monkeypatch, speaking, every_kind, make, opens, box, language
):
    asked = every_kind.model_copy(update={"pages": every_kind.pages[1:2]})  # our own pictures only
    page = drawn(monkeypatch, lambda: make(asked, speaking(language)))[0]
    wanted = [
        [int(module) for module in row] for row in segno.make(opens, error="m", micro=False).matrix
    ]

    assert modules_in(page.crop(box), len(wanted)) == wanted


# When it cannot be made


def test_a_document_that_takes_too_long_is_given_up(monkeypatch, speaking, every_kind):
    monkeypatch.setattr(typesetting, "LONGEST", 0.01)
    with pytest.raises(DocumentNotMade):
        poster(every_kind, speaking())


def test_a_picture_that_cannot_be_read_is_left_out(speaking, every_kind):
    name = "upload/abc"
    tree = every_kind.model_dump(mode="json")
    tree["pages"][1]["questions"][0]["picture"] = {
        "name": name,
        "alt": {"en": {"standard": "A bus"}},
    }
    asked = Questionnaire.model_validate(tree)
    image = io.BytesIO()
    Image.new("RGB", (40, 40), "red").save(image, "WEBP")

    for content, there in ((image.getvalue(), True), (b"not a picture", False), (b"", False)):
        made = paper.paper(asked, FORM, speaking(), "normal", {name: content}, now=NOW)
        figures = parts(read(made).trailer["/Root"]["/StructTreeRoot"])
        assert ("A bus" in [part.get("/Alt") for part in figures]) is there


def test_the_press_is_not_told_our_secret(monkeypatch, speaking, every_kind, tmp_path):
    told = tmp_path / "told"
    press = tmp_path / "press.py"
    press.write_text(f"import os; open({str(told)!r}, 'w').write(' '.join(os.environ))")
    monkeypatch.setenv("FEEDBACK_SECRET", "s" * 40)
    monkeypatch.setattr(typesetting, "_PRESS", press)
    poster(every_kind, speaking())

    assert "PATH" in told.read_text().split()
    assert "FEEDBACK_SECRET" not in told.read_text()
