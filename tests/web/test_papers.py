"""Easy read beside a paper, what was taken back since, and papers for everybody."""

import io
import re
import zipfile
from hashlib import sha256

import pytest
from reported_ground import begin, fill, freeze, frozen, section, write
from sqlalchemy import select, update

from feedback.models.improvements import Insight
from feedback.models.oversight import AuditEvent
from feedback.models.releases import ReleasedTheme
from feedback.models.reports import PublicPaper, ReportSection, ReportVersion
from feedback.models.responses import Answer, Response
from feedback.settings import place
from feedback.vocabulary import Role

pytestmark = pytest.mark.any_database
HEARD = {"position": "- Families said that taxis come late. [insight late-taxis]\n- We met."}
BACK = "This was taken back on 2 November 2026."


@pytest.fixture
def figures(database, officer, now):
    """A release of six cycles, a meeting, and something heard with a promise and a quote."""
    with database.writing() as writing, writing.begin():
        return fill(writing, officer, now)


@pytest.fixture
def visit(figures, officer, sign_in):
    return sign_in(officer)


@pytest.fixture
def change(database):
    """Changes rows of a table."""

    def changed(model, **facts):
        with database.writing() as writing, writing.begin():
            writing.execute(update(model).values(**facts))

    return changed


@pytest.fixture
def taken_back(change, now):
    """Takes the insight back."""

    def done():
        change(Insight, published_at=now, withdrawn_at=now, withdrawn_because="A number was wrong")

    return done


@pytest.fixture
def published(visit, look, staff, sign_in, change, now):
    """A version that a partner agreed with and an officer made public; says its address."""

    def done(**sections):
        report = frozen(visit, look, **(sections or HEARD))
        change(Insight, published_at=now)
        at = f"/staff/reports/{report}/versions/1"
        partner = sign_in(staff(Role.PARTNER))
        partner.get(at)
        partner.post(f"{at}/approve")
        visit.get(f"{at}/publish")
        assert visit.post(f"{at}/publish").status_code == 303
        return report, f"/papers/{look(select(PublicPaper.id))[-1][0]}"

    return done


def plain(page) -> str:
    shown = re.sub(r"<(svg|style|img).*?(</\1>|>)", " ", page.text, flags=re.S)
    return " ".join(re.sub(r"<[^>]+>", " ", shown).split())


def quote_of(visit, look, report):
    """The reference to the one quote, as the page of a section offers it."""
    part = section(look, report, "position")
    page = visit.get(f"/staff/reports/{report}/sections/{part.id}").text
    found = re.search(r"\[quote late-taxis \w+\]", page)
    return found[0] if found else None


# Easy read


def test_the_easy_paper_writes_itself_in_easy_words_and_says_each_thing_once(visit, look):
    report = frozen(
        visit, look, next="- [promise 1]\n- [promise 1]", short="[happy] [happy, value]"
    )
    easy = plain(visit.get(f"/staff/reports/{report}/versions/1?read=easy"))

    assert "What people told us My taxi is late." in easy
    assert "What happens next Ask for a text message We are doing it." in easy
    page = visit.get(f"/staff/reports/{report}/versions/1?read=easy").text
    assert "message  We are" not in page and "message We are doing it." in page
    assert easy.count("56 in 100 people. We heard from about 30 parents and carers.") == 1
    assert easy.count("Ask for a text message") == 1
    assert "The numbers are of people who answered us." in easy
    assert "[" not in easy.partition("Easy read Brack")[2]


def test_each_idea_of_the_easy_paper_has_a_picture(visit, look):
    report = frozen(visit, look, **HEARD)
    page = visit.get(f"/staff/reports/{report}/versions/1?read=easy").text
    files = re.findall(r'<div class="leaf__idea">\s*<img src="/static/(pictures/[^"]+)"', page)

    assert files and len(files) == page.count('class="leaf__idea"')
    assert all((place("static/dist") / file).is_file() for file in files)


def test_an_officer_s_easy_words_stay_and_empty_ones_leave_the_part_out(visit, look):
    report = begin(visit, look)
    write(
        visit, look, report, "impact", "Families feel heard: [happy].", easy="More of us: [happy]."
    )
    write(visit, look, report, "unsure", "[less sure]", easy="")
    freeze(visit, report)
    easy = plain(visit.get(f"/staff/reports/{report}/versions/1?read=easy"))

    assert "What is different now More of us: 56 in 100." in easy
    assert "What we are not sure of" not in easy


def test_easy_words_that_nobody_changed_go_on_writing_themselves(visit, look):
    report = begin(visit, look)
    part = section(look, report, "position")
    page = visit.get(f"/staff/reports/{report}/sections/{part.id}").text
    shown = re.search(r'name="easy"[^>]*>\s*([^<]*)</textarea>', page)[1]
    assert shown == "My taxi is late. [insight late-taxis]"
    write(visit, look, report, "position", "Nothing now.", easy=shown)
    write(visit, look, report, "done", "x", easy="We wrote a letter.")

    kept = dict(look(select(ReportSection.key, ReportSection.easy)))
    assert (kept["position"], kept["done"]) == (None, "We wrote a letter.")


def test_easy_words_are_checked_kindly_and_a_typed_number_stops(visit, look):
    report = begin(visit, look)
    write(visit, look, report, "impact", "Families feel heard: [happy].")
    hard = "Multidisciplinary commissioning arrangements notwithstanding, families waited. 84 did."
    write(visit, look, report, "done", "We asked.", easy=hard)
    part = section(look, report, "done")
    page = plain(visit.get(f"/staff/reports/{report}/sections/{part.id}"))

    assert "What could be easier to read" in page and "It never stops you." in page
    assert "In the easy-read words" in page and "is typed, and traced to nothing" in page
    assert freeze(visit, report).status_code == 422
    write(visit, look, report, "done", "We asked.", easy="We asked.")
    assert freeze(visit, report).status_code == 303


@pytest.mark.parametrize(
    ("ending", "begins"), [("html", b"<!DOC"), ("pdf", b"%PDF"), ("docx", b"PK")]
)
def test_easy_files_are_the_same_bytes_each_time_whatever_is_written_since(
    visit, look, change, ending, begins
):
    report = frozen(visit, look, **HEARD)
    address = f"/staff/reports/{report}/versions/1/paper.easy.{ending}"
    first = visit.get(address).data
    change(Insight, said={"en": {"standard": "Other", "easy": "Other"}})
    write(visit, look, report, "done", "x", easy="Other words.")

    assert first.lstrip().startswith(begins)
    assert sha256(visit.get(address).data).digest() == sha256(first).digest()


def test_the_inspectors_pack_has_the_easy_paper_and_the_log_takes_it(visit, look):
    report = frozen(visit, look, **HEARD)
    at = f"/staff/reports/{report}/versions/1"
    with zipfile.ZipFile(io.BytesIO(visit.get(f"{at}/paper.evidence.zip").data)) as pack:
        assert {f"easy-read.{ending}" for ending in ("html", "pdf", "docx")} <= set(pack.namelist())
        assert "My taxi is late." in pack.read("easy-read.html").decode()
    assert 'value="easy.pdf"' in visit.get(f"{at}/share").text


def test_a_version_from_before_there_was_easy_read_is_read_as_it_was(visit, look, database):
    report = frozen(visit, look, **HEARD)
    with database.writing() as writing, writing.begin():
        content = writing.scalars(select(ReportVersion.content)).one()
        old = {name: content[name] for name in ("paper", "figures")}
        writing.execute(update(ReportVersion).values(content=old))
    at = f"/staff/reports/{report}/versions/1"

    assert "Families said that taxis come late." in plain(visit.get(f"{at}?read=easy"))
    assert "easy.pdf" not in visit.text
    assert visit.get(f"{at}/paper.easy.pdf").status_code == 404


def test_the_easy_paper_is_in_the_papers_language(visit, look):
    report = begin(visit, look, language="ar", title="الثقة")
    write(visit, look, report, "impact", "[happy]")
    freeze(visit, report)
    visit.get(f"/staff/reports/{report}/versions/1?read=easy")

    assert 'class="leaf leaf--easy" lang="ar" dir="rtl"' in visit.text
    assert visit.get(f"/staff/reports/{report}/versions/1/paper.easy.pdf").data[:4] == b"%PDF"


# Quotes


def test_a_quote_goes_when_too_few_people_raised_its_theme_and_says_so(visit, look, change):
    report = begin(visit, look)
    token = quote_of(visit, look, report)
    write(visit, look, report, "position", token)
    write(visit, look, report, "impact", "Families feel heard: [happy].")
    freeze(visit, report)
    at = f"/staff/reports/{report}/versions/1"
    assert "It was late once more" in plain(visit.get(at))
    change(ReleasedTheme, figures={"people": 9, "of": 120, "stretches": []})

    for address in (at, f"{at}/paper.html"):
        shown = plain(visit.get(address))
        assert "It was late once more" not in shown
        assert "Too few people said this to show them." in shown
    assert freeze(visit, report, after=1, note="x").status_code == 422
    assert quote_of(visit, look, begin(visit, look)) is None


@pytest.mark.parametrize("facts", [{"theme_id": None}, {"release_id": None}])
def test_no_quote_is_offered_on_what_no_release_has_counted(visit, look, change, facts):
    change(Insight, **facts)
    assert quote_of(visit, look, begin(visit, look)) is None


# Taken back


def test_what_was_taken_back_is_gone_from_every_form_and_says_when(visit, look, taken_back):
    report = frozen(visit, look, **HEARD, next="- [promise 1]", actions="[insights]\n[actions]",
                    short="We know [happy]. Taxis come late: [insight late-taxis].")  # fmt: skip
    at = f"/staff/reports/{report}/versions/1"
    assert "Taxis come late" in plain(visit.get(at))
    taken_back()

    for address in (at, f"{at}?read=easy", f"{at}/paper.html", f"{at}/paper.easy.html"):
        shown = plain(visit.get(address))
        assert BACK in shown, address
        for words in ("axis come late", "y taxi is late", "text message", "Late taxis"):
            assert words not in shown, (address, words)
    shown = plain(visit.get(at))
    assert "We know 56% of about 30 parents and carers" in shown and "We met." in shown
    with zipfile.ZipFile(io.BytesIO(visit.get(f"{at}/paper.evidence.zip").data)) as pack:
        for name in pack.namelist():
            if name.endswith((".csv", ".html", ".json")):
                assert "axis come late" not in pack.read(name).decode(), name


def test_a_figure_in_a_sentence_that_was_taken_back_stays(visit, look, taken_back):
    report = frozen(
        visit, look, position="Taxis come late [insight late-taxis], and [happy] are happy. We met."
    )
    taken_back()
    shown = plain(visit.get(f"/staff/reports/{report}/versions/1"))

    assert f"{BACK} 56% of about 30 parents and carers [2] . We met." in shown


def test_all_sentences_of_what_was_taken_back_go_from_a_paragraph(visit, look, taken_back, change):
    said = "Families said that taxis come late. Nobody rings before."
    change(Insight, said={"en": {"standard": said}})
    report = frozen(visit, look, position=f"We met. {said} [insight late-taxis]\nWe asked.")
    taken_back()
    shown = plain(visit.get(f"/staff/reports/{report}/versions/1"))

    assert f"Where we are We met. {BACK} We asked." in shown


def test_what_is_made_public_again_is_back_in_the_same_words(visit, look, taken_back, change):
    report = frozen(visit, look, **HEARD)
    at = f"/staff/reports/{report}/versions/1"
    before = visit.get(f"{at}/paper.html").data
    taken_back()
    assert visit.get(f"{at}/paper.html").data != before
    change(Insight, withdrawn_at=None)

    assert visit.get(f"{at}/paper.html").data == before


def test_a_theme_stands_with_its_title(visit, look):
    report = frozen(visit, look, position="Waiting: [theme waiting, parents].")
    page = plain(visit.get(f"/staff/reports/{report}/versions/1"))
    easy = plain(visit.get(f"/staff/reports/{report}/versions/1?read=easy"))

    assert "people who raised the theme “Waiting and delays” in comments" in page
    assert "people wrote about “Waiting and delays”." in easy


# Papers for everybody


def test_a_paper_that_nobody_agreed_with_or_that_rests_on_a_draft_stays_with_staff(
    visit, look, staff, sign_in, client
):
    report = frozen(visit, look, **HEARD)
    at = f"/staff/reports/{report}/versions/1"
    page = plain(visit.get(f"{at}/publish"))
    assert "A forum partner opens this version and says that it is right." in page
    assert "It speaks of something that only staff can read so far." in page
    assert visit.post(f"{at}/publish").status_code in (400, 409)
    assert look(select(PublicPaper.id)) == []
    assert "There is no paper here yet" in plain(client.get("/papers"))
    assert client.get("/papers/1").status_code == 404


def test_everybody_reads_a_public_paper_in_every_form(published, client):
    _report, address = published()
    assert "Trust" in plain(client.get("/papers"))
    assert "Families said that taxis come late." in plain(client.get(address))
    assert "My taxi is late." in plain(client.get(f"{address}?read=easy"))
    for ending in ("html", "pdf", "docx", "easy.html", "easy.pdf", "easy.docx"):
        assert client.get(f"{address}/paper.{ending}").status_code == 200, ending
    for ending in ("zip", "evidence.zip", "json"):
        assert client.get(f"{address}/paper.{ending}").status_code == 404, ending


def test_addresses_in_a_file_are_whole_so_that_they_can_be_typed_from_paper(published, client):
    _report, address = published()
    page = client.get(f"{address}/paper.html", base_url="https://listen.example.org").text
    assert 'href="https://listen.example.org/you-said/late-taxis"' in page


def test_a_public_paper_leads_to_nothing_that_only_staff_may_open(published, client):
    _report, address = published()
    page = client.get(address).text
    assert "/staff/" not in page and "/you-said/late-taxis" in page


def test_the_trail_of_what_was_heard_leads_to_the_paper(published, client):
    _report, address = published()
    page = client.get("/you-said/late-taxis").text
    trail = page[page.index('id="trail"') :]

    assert "In a paper for a meeting" in trail and f'href="{address}"' in trail
    assert 'href="/papers"' in page


def test_a_paper_that_is_taken_back_says_why_and_is_gone_from_lists(published, visit, client, look):
    report, address = published()
    at = f"/staff/reports/{report}/versions/1/take-back"
    visit.get(at)
    assert visit.post(at, {"because": ""}).status_code == 422
    visit.get(at)
    assert visit.post(at, {"because": "A table was wrong."}).status_code == 303
    page = client.get(address)

    assert page.status_code == 410 and "A table was wrong." in plain(page)
    assert "taxis" not in plain(page)
    assert client.get(f"{address}/paper.pdf").status_code == 404
    assert address not in client.get("/papers").text
    assert f'href="{address}"' not in client.get("/you-said/late-taxis").text
    done = [row[0] for row in look(select(AuditEvent.action))]
    assert {"publish report", "take back report"} <= set(done)
    visit.get(f"/staff/reports/{report}/versions/1/publish")
    visit.post(f"/staff/reports/{report}/versions/1/publish")
    assert client.get(address).status_code == 200


def test_words_that_go_are_gone_from_the_public_paper_at_once(published, client, change):
    _report, address = published()
    assert "taxis come late" in plain(client.get(address))
    change(Response, may_be_quoted=False)
    change(Answer, text=None)
    assert client.get(address).status_code == 200
