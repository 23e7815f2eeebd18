"""Papers for a meeting: one account, three forms, the same words and the same bytes each time."""

import io
import json
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from itertools import pairwise
from typing import Any

import paper_samples as samples
import pytest
from lxml import etree, html
from PIL import Image
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from feedback.outputs.charts import Bar, bar_chart
from feedback.outputs.papers.drawing import as_pixels, on_paper
from feedback.outputs.papers.paper import (
    Chart,
    Heading,
    Idea,
    Link,
    Listing,
    Note,
    Number,
    Paper,
    Para,
    Quote,
    Table,
    Text,
    from_json,
    to_json,
)
from feedback.outputs.papers.pdf import one_page, to_pdf
from feedback.outputs.papers.web_file import shown, to_html
from feedback.outputs.papers.word import to_word
from feedback.web.frame import set_language

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
DRAWN = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
FORMS = {"web": to_html, "pdf": to_pdf, "word": to_word}
SAMPLES: dict[str, Callable[[], Paper]] = {
    "full": samples.full,
    "easy": samples.easy,
    "arabic": samples.arabic,
    "nothing": partial(samples.full, blocks=(), evidence=(), facts=(), licence="", change_note=""),
    "draft with a very long title": partial(samples.full, title=samples.LONG_TITLE, draft=True),
}
_MADE: dict[tuple[str, str], bytes] = {}


@pytest.fixture
def address(tmp_path) -> str:
    """Of a database that nothing is read from: no paper asks one."""
    return f"sqlite:///{tmp_path}/empty.sqlite"


@pytest.fixture
def made(app) -> Any:
    """A paper in a form, in the paper's language; a sample is made once for all tests."""

    def make(form: str, paper: str | Paper) -> bytes:
        if isinstance(paper, str) and (form, paper) in _MADE:
            return _MADE[form, paper]
        found = SAMPLES[paper]() if isinstance(paper, str) else paper
        with app.test_request_context():
            set_language(found.language)
            content = FORMS[form](found, {})
        if isinstance(paper, str):
            _MADE[form, paper] = content
        return content

    return make


def words_of(form: str, content: bytes) -> str:
    """All that a form says, with blanks and line breaks as one blank."""
    if form == "pdf":
        pages = PdfReader(io.BytesIO(content)).pages
        text = " ".join(page.extract_text() for page in pages)
    elif form == "word":
        text = " ".join(
            "".join(part.text or "" for part in para.iter(f"{W}t"))
            for name in ("document", "footer")
            for para in of_word(content, name).iter(f"{W}p")
        )
    else:
        text = " ".join(html.fromstring(content.decode()).itertext())
    return " ".join(text.replace("\u200b", "").split())


def of_word(content: bytes, name: str = "document") -> Any:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return etree.fromstring(archive.read(f"word/{name}.xml"))


def parts(tree: DictionaryObject) -> list[DictionaryObject]:
    """Every part of a PDF's structure, in order."""
    found = []
    kids = tree.get("/K", [])
    for kid in kids if isinstance(kids, list) else [kids]:
        kid = kid.get_object()
        if isinstance(kid, DictionaryObject) and "/S" in kid:
            found += [kid, *parts(kid)]
    return found


# A paper as data


@pytest.mark.parametrize("sample", SAMPLES)
def test_a_kept_paper_is_read_back_as_the_same_paper(sample):
    paper = SAMPLES[sample]()
    assert from_json(to_json(paper)) == paper


def test_numbers_of_a_table_stay_what_they_are_when_kept():
    kept = from_json(to_json(samples.full())).tables[3].plain
    assert kept[0] == ("Mar 2025", 48, 84, "no")
    assert kept[4][1] is None
    assert type(kept[0][1]) is int


def test_what_is_no_paper_is_refused():
    kept = json.loads(to_json(samples.full()))
    kept["blocks"][0]["kind"] = "script"
    with pytest.raises(ValueError, match="kind"):
        from_json(json.dumps(kept))


# Every form


@pytest.mark.parametrize("sample", SAMPLES)
@pytest.mark.parametrize("form", FORMS)
def test_the_same_paper_is_the_same_bytes(made, form, sample):
    paper = from_json(to_json(SAMPLES[sample]()))  # as somebody asks for it again, years later
    assert made(form, paper) == made(form, sample)


@pytest.mark.parametrize("form", FORMS)
def test_one_other_word_is_other_bytes(made, form):
    paper = samples.summary()
    assert made(form, paper) != made(form, replace(paper, subtitle="For somebody else"))


@pytest.mark.parametrize("form", FORMS)
def test_every_form_says_all_of_it(made, form):
    said = words_of(form, made(form, "full"))
    paper = samples.full()

    for words in (paper.title, paper.subtitle, paper.change_note, paper.licence, samples.HOST):
        assert words in said
    assert "Version 3, 14 November 2026. It does not change any more." in said
    assert "Parents feel listened to more than a year ago: 66% [1] said so in March" in said
    assert "Chart 1. Waiting is what parents speak of most" in said
    assert "Table 14. Parents who felt listened to, by cycle" in said
    assert "Where the numbers come from" in said
    assert "63 of 96, release 3 https://feedback.example.gov.uk/figures/felt_listened_to" in said
    assert "There is nothing to show here yet." in said
    assert "84 to 96 parents a cycle" in said
    assert "a parent, in Arabic" in said
    assert samples.LONG_WORD in re.sub(r"\s", "", said)


@pytest.mark.parametrize("form", FORMS)
def test_what_somebody_wrote_is_never_read_as_code(made, form):
    said = words_of(form, made(form, "full"))
    assert samples.NOT_CODE.replace(" ", "") in said.replace(" ", "")


@pytest.mark.parametrize("form", FORMS)
def test_a_draft_says_so_and_a_frozen_paper_does_not(made, form):
    draft = "This is a draft. Please do not pass it on."
    assert draft in words_of(form, made(form, "draft with a very long title"))
    assert draft not in words_of(form, made(form, "full"))


@pytest.mark.parametrize("form", FORMS)
def test_a_letter_that_cannot_be_shown_never_costs_the_paper(made, form):
    chart = bar_chart([Bar("Sign 😀 漢", 3)], chart_id="a", title="t", description="d")
    blocks = (
        Para((Text("\x00\x0b\ufeffBefore 😀 漢字 after"), Link("", ""), Number("3", "nobody"))),
        Chart("Signs 😀", chart, "A sign", samples.SPOKE),
        *(Listing(()), Quote(""), Note("", ()), Para(()), Idea(()), Table("a", "b", (), ())),
    )
    said = words_of(form, made(form, samples.full(blocks=blocks)))
    assert "Before" in said and "after" in said


# As a file for the browser


def test_a_file_runs_nothing_and_fetches_nothing(made):
    for sample in SAMPLES:
        page = html.fromstring(made("web", sample).decode())
        found = {str(each.tag) for each in page.iter(etree.Element)}
        assert not found & {"script", "link", "iframe", "object", "form", "base"}
        assert not page.xpath("//@style | //*[starts-with(name(@*), 'on')]")
        assert all(each.startswith("data:image/") for each in page.xpath("//img/@src"))
        assert "default-src 'none'" in page.xpath("//meta[@http-equiv]/@content")[0]
        style = page.xpath("string(//style)")
        assert ".chart__bar" in style and "url(" not in style and "@import" not in style


def test_headings_go_down_one_at_a_time_and_links_arrive(made):
    for sample in SAMPLES:
        page = html.fromstring(made("web", sample).decode())
        levels = [int(each.tag[1]) for each in page.xpath("//h1|//h2|//h3|//h4")]
        assert levels[0] == 1 and levels.count(1) == 1
        assert all(after <= before + 1 for before, after in pairwise(levels))
        ids = page.xpath("//@id")
        assert len(ids) == len(set(ids))
        assert {each[1:] for each in page.xpath("//a/@href") if each.startswith("#")} <= set(ids)


def test_a_table_says_what_its_cells_belong_to(made):
    page = html.fromstring(made("web", "full").decode())
    for table in page.xpath("//table"):
        assert table.xpath("string(caption/strong)").startswith("Table ")
        assert all(scope == "col" for scope in table.xpath("thead//th/@scope"))
        assert all(scope == "row" for scope in table.xpath("tbody//th/@scope"))
    assert len(page.xpath("//table")) == 14
    assert len(page.xpath("//figure/*[@role='img']")) == 12


def test_a_column_of_dashes_stands_like_words_and_each_cell_knows_its_column(app):
    rows = (("March", "22%", "–"), ("April", "24%", "–"))
    table = Table("t", "Shares", ("Month", "Share", "What it says"), rows)
    with app.test_request_context("/"):
        page = html.fromstring(to_html(samples.full(blocks=(table,)), {}).decode())
    cells = page.xpath("//tbody/tr[1]/td")

    assert [cell.get("class") for cell in cells] == ["leaf__figure", None]
    assert [cell.get("data-label") for cell in cells] == ["Share", "What it says"]


@pytest.mark.parametrize(("sample", "way"), [("full", "ltr"), ("arabic", "rtl")])
def test_a_file_says_its_language_and_its_way(made, sample, way):
    page = html.fromstring(made("web", sample).decode())
    assert page.get("lang") == SAMPLES[sample]().language and page.get("dir") == way
    foreign = page.xpath("//blockquote[@lang='ar']/@dir | //span[@lang='en']/@dir")
    assert foreign == ["rtl" if way == "ltr" else "ltr"]


@pytest.mark.parametrize("sample", SAMPLES)
def test_a_page_of_ours_shows_what_the_file_shows(app, made, sample):
    paper = SAMPLES[sample]()
    with app.test_request_context():
        set_language(paper.language)
        blocks = app.jinja_env.get_template("documents/paper_blocks.html").module
        page = str(blocks.paper(shown(paper, {}), lambda file: f"/static/{file}"))
    file = html.fromstring(made("web", sample).decode()).xpath("//article")[0]
    sources = html.fromstring(page).xpath("//img/@src")
    drawn = ("waiting", "listen", "words") if sample == "easy" else ()
    assert sources == [f"/static/pictures/own/{name}.svg" for name in drawn]
    assert " ".join(html.fromstring(page).text_content().split()) == " ".join(
        file.text_content().split()
    )


# As PDF


@pytest.mark.parametrize("sample", SAMPLES)
def test_a_screen_reader_is_told_all_that_a_pdf_holds(made, sample):
    paper = SAMPLES[sample]()
    pdf = PdfReader(io.BytesIO(made("pdf", sample)))
    root = pdf.trailer["/Root"]

    assert root["/MarkInfo"]["/Marked"] and root["/Lang"] == paper.language
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert pdf.metadata.title == paper.title
    assert pdf.metadata.creation_date.date() == paper.frozen_on
    assert "pdfuaid:part>1<" in root["/Metadata"].get_data().decode()
    tree = parts(root["/StructTreeRoot"])
    kinds = [each["/S"] for each in tree]
    levels = [int(kind[2]) for kind in kinds if re.fullmatch(r"/H\d", kind)]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert all(str(each["/Alt"]).strip() for each in tree if each["/S"] == "/Figure")
    assert kinds.count("/Table") == sum(bool(table.rows) for table in paper.tables)
    columns = sum(len(table.header) for table in paper.tables if table.rows)
    assert kinds.count("/TH") == columns
    wanted = sum(isinstance(block, Heading) for block in paper.blocks)
    assert wanted <= len(levels)
    assert len(pdf.outline) > 0  # bookmarks


def test_a_chart_in_a_pdf_carries_its_words(made):
    pdf = PdfReader(io.BytesIO(made("pdf", "full")))
    tree = parts(pdf.trailer["/Root"]["/StructTreeRoot"])
    said = [str(each["/Alt"]) for each in tree if each["/S"] == "/Figure"]
    assert said == [chart.alt for chart in samples.full().charts]


def test_arabic_is_read_back_out_of_a_pdf_as_it_was_written(made):
    text = words_of("pdf", made("pdf", "arabic"))
    for word in ("العائلات", "متأكدين", "نصغي"):
        assert word in text or word[::-1] in text


# As Word


ORDERS = {  # as the standard has it; Word refuses a file that has another
    "pPr": "pStyle keepNext keepLines numPr pBdr shd tabs bidi spacing ind contextualSpacing jc"
    " outlineLvl",
    "rPr": "rStyle rFonts b bCs color sz szCs u rtl lang",
    "tblPr": "tblStyle bidiVisual tblW tblInd tblBorders tblLayout tblCellMar tblLook tblCaption",
    "trPr": "cantSplit tblHeader",
    "tcPr": "tcW shd vAlign",
    "style": "name basedOn next uiPriority semiHidden qFormat pPr rPr tblPr tcPr tblStylePr",
    "sectPr": "footerReference pgSz pgMar bidi",
    "lvl": "start numFmt lvlText lvlJc pPr",
}


@pytest.mark.parametrize("sample", SAMPLES)
def test_word_finds_every_part_where_the_standard_has_it(made, sample):
    with zipfile.ZipFile(io.BytesIO(made("word", sample))) as archive:
        assert archive.testzip() is None
        names = set(archive.namelist())
        trees = {n: etree.fromstring(archive.read(n)) for n in names if n[-3:] in ("xml", "els")}
    for tree in trees.values():
        for each in tree.iter(*(W + name for name in ORDERS)):
            order = ORDERS[etree.QName(each).localname].split()
            places = [order.index(etree.QName(child).localname) for child in each]
            assert places == sorted(places)
    document, links = trees["word/document.xml"], trees["word/_rels/document.xml.rels"]
    known = {each.get("Id") for each in links}
    used = set(document.xpath("//@r:id | //@r:embed", namespaces={"r": R[1:-1]}))
    assert used <= known
    inside = {f"word/{each.get('Target')}" for each in links if not each.get("TargetMode")}
    assert inside <= names
    numbers = [each.get("id") for each in document.iter(f"{DRAWN}docPr")]
    marks = [each.get(f"{W}id") for each in document.iter(f"{W}bookmarkStart")]
    assert len(set(numbers)) == len(numbers) and len(set(marks)) == len(marks)
    places = {each.get(f"{W}name") for each in document.iter(f"{W}bookmarkStart")}
    assert {e.get(f"{W}anchor") for e in document.iter(f"{W}hyperlink")} - {None} <= places
    styles = {each.get(f"{W}styleId") for each in trees["word/styles.xml"].iter(f"{W}style")}
    used = {
        each.get(f"{W}val") for each in document.iter(W + "pStyle", W + "rStyle", W + "tblStyle")
    }
    assert used <= styles


def test_word_has_headings_lists_and_rows_that_repeat(made):
    tree = of_word(made("word", "full"))
    styles = [each.get(f"{W}val") for each in tree.iter(f"{W}pStyle")]

    assert styles.count("Heading1") == 1
    assert styles.count("Heading2") == 8  # six of the paper, its contents, where numbers come from
    assert styles.count("Heading3") == 1  # was asked for as a fourth, right under a second
    assert styles.count("ListParagraph") == 5
    assert {each.get(f"{W}val") for each in tree.iter(f"{W}numId")} == {"1", "2"}
    tables = list(tree.iter(f"{W}tbl"))
    assert len(tables) == 13
    for table in tables:
        rows = table.findall(f"{W}tr")
        assert [row.find(f"{W}trPr/{W}tblHeader") is not None for row in rows] == [
            True, *[False] * (len(rows) - 1),
        ]  # fmt: skip
        assert table.find(f"{W}tblPr/{W}tblCaption").get(f"{W}val").startswith("Table ")
        grid = [int(each.get(f"{W}w")) for each in table.find(f"{W}tblGrid")]
        assert sum(grid) == 9638


def test_pictures_in_word_have_words_or_are_said_to_decorate(made):
    charts = of_word(made("word", "full")).iter(f"{DRAWN}docPr")
    assert [each.get("descr") for each in charts] == [c.alt for c in samples.full().charts]
    easy = list(of_word(made("word", "easy")).iter(f"{DRAWN}docPr"))
    assert [each.get("descr") for each in easy] == ["", "Two people talk", ""]
    decorative = [b"decorative" in etree.tostring(each) for each in easy]
    assert decorative == [True, False, True]


def test_word_knows_title_language_day_and_way(made):
    for sample, tag in (("full", "en-GB"), ("arabic", "ar-SA")):
        content = made("word", sample)
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            core = archive.read("docProps/core.xml").decode()
        assert f"<dc:title>{SAMPLES[sample]().title}</dc:title>" in core
        assert f"<dc:language>{tag}</dc:language>" in core
        assert core.count("2026-11-14T12:00:00Z") == 2
    tree = of_word(made("word", "arabic"))
    turned = [each.find(f"{W}pPr/{W}bidi") is not None for each in tree.iter(f"{W}p")]
    assert all(turned)
    assert all(table.find(f"{W}tblPr/{W}bidiVisual") is not None for table in tree.iter(f"{W}tbl"))
    runs = {"".join(e.itertext()): e.find(f"{W}rPr/{W}rtl") is not None for e in tree.iter(f"{W}r")}
    assert runs["أولا"] and runs["66%"] and not runs["They rang back."]


def test_pictures_for_word_are_sharp(made):
    with zipfile.ZipFile(io.BytesIO(made("word", "full"))) as archive:
        drawn = [archive.read(name) for name in archive.namelist() if name.endswith(".png")]
    assert len(drawn) == 12
    for content in drawn:
        with Image.open(io.BytesIO(content)) as image:
            assert image.width >= 2 * 720  # twice as many as the drawing has units
            assert len(image.convert("RGB").getcolors(1_000_000)) > 20  # there is something on it


# Charts off the page


def test_two_charts_of_one_name_get_names_of_their_own(made):
    page = html.fromstring(made("web", "full").decode())
    labels = page.xpath("//figure/*[@role='img']/@aria-labelledby")
    assert len(set(labels)) == 12
    ids = set(page.xpath("//@id"))
    assert all(set(label.split()) <= ids for label in labels)


def test_a_chart_that_runs_from_the_right_is_drawn_so(app):
    """What draws it does not know the way, so words must be told where they end."""
    ink = {}
    for turned in (False, True):
        drawing = on_paper(samples.bars(right_to_left=turned), right_to_left=turned)
        with Image.open(
            io.BytesIO(as_pixels({"a.svg": drawing.encode()}, {"a.svg": 480})["a.svg"])
        ) as image:
            grey = image.convert("L")
        first = grey.crop((0, 0, grey.width, grey.height // 9)).point(lambda dot: 255 * (dot < 128))
        ink[turned] = first.getbbox(), grey.width
    (left, _, right, _), wide = ink[False]
    assert left < 0.05 * wide and right < 0.5 * wide
    (left, _, right, _), wide = ink[True]
    assert left > 0.5 * wide and right > 0.95 * wide


# One page


@pytest.mark.parametrize("form", FORMS)
def test_easy_read_is_large_in_every_form(made, form):
    content = made(form, "easy")
    if form == "word":
        sizes = [int(e.get(f"{W}val")) for e in of_word(content, "styles").iter(f"{W}sz")]
        assert min(size for size in sizes if size) >= 25  # half points; the mark of an evidence
        assert sizes[0] == 32
    elif form == "web":
        assert "leaf--easy" in content.decode()
    assert "People listen more than last year." in words_of(form, content)


def measured(app, paper: Paper) -> Any:
    with app.test_request_context():
        set_language(paper.language)
        return one_page(paper, {})


def test_a_summary_that_fits_says_so(app, made):
    found = measured(app, samples.summary())
    assert found.fits and found.too_long == 0 and found.words_over == 0
    assert found.plain and found.grade < 5
    assert len(PdfReader(io.BytesIO(made("pdf", samples.summary()))).pages) == 1


def test_a_summary_that_is_too_long_says_by_how_much(app, made):
    """Without as many words as it names, it fits; with somewhat fewer taken out, it does not."""
    long = samples.summary(30)
    found = measured(app, long)
    assert not found.fits and found.pages == len(PdfReader(io.BytesIO(made("pdf", long))).pages)
    assert found.too_long > 20
    each = found.words // 30
    kept = 30 - -(-found.words_over // each) - 1
    assert measured(app, samples.summary(kept)).fits
    assert not measured(app, samples.summary(kept + 5)).fits


def test_hard_sentences_do_not_pass_and_other_languages_have_no_grade(app):
    hard = (
        "Notwithstanding multidisciplinary considerations, operationalisation necessitates "
        "reconfiguration of interdependent commissioning responsibilities. "
    )
    found = measured(app, replace(samples.summary(), blocks=(Para((Text(hard),)),)))
    assert not found.plain and found.grade > 8
    assert measured(app, samples.arabic()).grade is None


def test_the_day_of_a_paper_is_the_day_of_its_files(made):
    paper = replace(samples.summary(), frozen_on=date(2031, 2, 3))
    with zipfile.ZipFile(io.BytesIO(made("word", paper))) as archive:
        assert {entry.date_time[:3] for entry in archive.infolist()} == {(2031, 2, 3)}
    pdf = PdfReader(io.BytesIO(made("pdf", paper)))
    assert pdf.metadata.creation_date.date() == date(2031, 2, 3)
