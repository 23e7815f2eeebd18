"""Packs of a paper, and the bulletin: everything in them, unchanged, and on one page."""

import csv
import io
import json
import zipfile
from dataclasses import replace
from datetime import date
from hashlib import sha256
from typing import Any

import paper_samples as samples
import pytest
from pypdf import PdfReader

from feedback.outputs.papers.bulletin import Bulletin, News, bulletin
from feedback.outputs.papers.packs import SUMS, csv_pack, inspection_pack
from feedback.outputs.papers.paper import from_json
from feedback.web.frame import set_language

NEWS = (
    News(
        "Nobody tells us how long the wait will be.",
        "We ring each family every six weeks.",
        "Done",
        date(2026, 11, 2),
        "own/waiting",
    ),
    News("The forms are too long.", "We are taking questions out.", "We are doing it"),
)


@pytest.fixture
def address(tmp_path) -> str:
    """Of a database that nothing is read from."""
    return f"sqlite:///{tmp_path}/empty.sqlite"


@pytest.fixture
def speaking(app) -> Any:
    with app.test_request_context():
        set_language("en")
        yield


def files(pack: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(pack)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def rows(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


@pytest.mark.usefixtures("speaking")
def test_every_table_is_a_file_and_one_file_says_what_each_is():
    paper = samples.full()
    found = files(csv_pack(paper))
    about = rows(found["metadata.csv"])

    assert [line[0] for line in about[1:]] == [name for name in found if name != "metadata.csv"]
    assert len(about) == 1 + len(paper.tables) == 15
    told = dict(zip(about[0], about[4], strict=True))
    assert told == {
        "File": "04-listened-1.csv",
        "Title": "Parents who felt listened to, by cycle",
        "Chart": "65% of parents felt listened to, more than a year ago",
        "Out of how many": "84 to 96 parents a cycle",
        "Where it is from": "Yearly survey, question “Did we listen?”",
        "Release": "3",
        "Paper": paper.title,
        "Version": "3",
        "Day of the version": "2026-11-14",
        "Who made it": samples.HOST,
        "Licence": paper.licence,
        "Address of the licence": paper.licence_address,
    }


@pytest.mark.usefixtures("speaking")
def test_numbers_are_numbers_what_is_hidden_is_empty_and_no_cell_runs():
    found = files(csv_pack(samples.full()))
    table = rows(found["04-listened-1.csv"])
    assert table[1] == ["Mar 2025", "48", "84", "no"]
    assert table[5] == ["Nov 2025", "", "88", "no"]
    assert rows(found["01-spoke-of.csv"])[3][0] == "'=cmd()"


@pytest.mark.usefixtures("speaking")
def test_a_name_from_outside_never_leaves_the_pack():
    table = replace(samples.SPOKE, name="../../Etc/Ünlikely name")
    found = files(csv_pack(samples.full(blocks=(table, replace(table, name="…")))))
    assert list(found) == ["metadata.csv", "01-etc-nlikely-name.csv", "02-table.csv"]


@pytest.mark.usefixtures("speaking")
def test_a_pack_for_inspectors_proves_that_nothing_was_changed():
    paper = samples.full()
    pack = inspection_pack(paper, {}, beside={"easy-read": samples.easy()})
    found = files(pack)

    for ending in ("html", "pdf", "docx", "json"):
        assert {f"paper.{ending}", f"easy-read.{ending}"} <= set(found)
    assert from_json(found["paper.json"]) == paper
    sums = dict(reversed(line.split("  ")) for line in found.pop(SUMS).decode().splitlines())
    assert sums == {name: sha256(content).hexdigest() for name, content in found.items()}
    assert inspection_pack(paper, {}, beside={"easy-read": samples.easy()}) == pack


@pytest.mark.usefixtures("speaking")
def test_each_sentence_is_followed_back_to_who_was_asked():
    found = files(inspection_pack(samples.full(), {}, beside={}))
    head, first, second = rows(found["evidence.csv"])
    told = dict(zip(head, first, strict=True))

    assert told["Sentence"].startswith("Parents feel listened to")
    assert told["Release"] == "3" and told["Measure"] == "felt_listened_to"
    assert told["Question"] == "Did we listen to you?"
    assert told["Who was asked"] == "Parents and carers, yearly survey; 96 answered"
    assert told["What it rests on"] == "Felt listened to, parents: 63 of 96, release 3"
    assert told["Address"] == "https://feedback.example.gov.uk/figures/felt_listened_to"
    assert second[0] == "'=HYPERLINK(1)"
    trail = found["trail.html"].decode()
    for words in ("Did we listen to you?", "=HYPERLINK(1)", "marked and kept: counted by hand"):
        assert words in trail


@pytest.mark.usefixtures("speaking")
def test_a_paper_without_a_trail_says_so():
    found = files(inspection_pack(samples.full(trail=()), {}, beside={}))
    assert "No sentence of this paper has a trail." in found["trail.html"].decode()
    assert len(rows(found["evidence.csv"])) == 1


# News of a cycle


def page(**changed: Any) -> Bulletin:
    made = Bulletin(
        "What changed",
        samples.HOST,
        "https://feedback.example.gov.uk/said",
        NEWS,
        date(2026, 11, 14),
    )
    return replace(made, **changed)


def said(content: bytes) -> str:
    return " ".join(PdfReader(io.BytesIO(content)).pages[0].extract_text().split())


@pytest.mark.parametrize("language", ["en", "pl", "ar"])
@pytest.mark.parametrize("easy", [False, True])
@pytest.mark.parametrize("many", [0, 1, 2, 40])
def test_news_are_one_page_whatever_there_is_to_tell(app, many, easy, language):
    with app.test_request_context():
        set_language(language)
        asked = page(news=(NEWS * 20)[:many], easy_read=easy, language=language)
        made = bulletin(asked, {})
        assert bulletin(asked, {}) == made
    pdf = PdfReader(io.BytesIO(made))
    assert len(pdf.pages) == 1
    assert pdf.trailer["/Root"]["/Lang"] == language
    assert pdf.metadata.title == "What changed"


@pytest.mark.usefixtures("speaking")
def test_news_say_what_was_said_what_was_done_and_where_it_stands():
    words = said(bulletin(page(), {}))
    for told in (*(each.you_said for each in NEWS), *(each.we_did for each in NEWS)):
        assert told in words
    assert "Done 2 November 2026" in words
    assert "feedback.example.gov.uk/said" in words
    assert "more on our page" not in words


@pytest.mark.usefixtures("speaking")
def test_news_that_do_not_fit_are_counted():
    words = said(bulletin(page(news=NEWS * 20), {}))
    shown = words.count("You said")
    assert 4 < shown < 40
    assert f"and {40 - shown} more on our page." in words


@pytest.mark.usefixtures("speaking")
def test_no_news_are_told_as_such():
    assert "There is no news this time." in said(bulletin(page(news=()), {}))


@pytest.mark.usefixtures("speaking")
def test_news_are_never_read_as_code():
    odd = News(samples.NOT_CODE, samples.NOT_CODE, samples.NOT_CODE)
    words = said(bulletin(page(news=(odd,), title="#panic(1)"), {})).replace(" ", "")
    assert words.count('#panic("no")') == 3 and "#panic(1)" in words
    assert json.dumps(words)
