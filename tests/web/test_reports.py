"""Papers for meetings on their pages: from a template to a frozen version and whom it went to."""

import json
import re
from datetime import timedelta
from hashlib import sha256

import pytest
from reported_ground import LAST, begin, fill, freeze, frozen, release, section, write
from signing_ground import voice_group
from sqlalchemy import select, update

from feedback.models.improvements import Commitment
from feedback.models.reports import (
    Report,
    ReportApproval,
    ReportSection,
    ReportShare,
    ReportVersion,
)
from feedback.models.responses import Response
from feedback.models.surveys import Survey
from feedback.queries import surveys
from feedback.services import signing_off
from feedback.vocabulary import Role

pytestmark = pytest.mark.any_database


@pytest.fixture
def figures(database, officer, now):
    """A release of six cycles, a meeting, and something heard with a promise and a quote."""
    with database.writing() as writing, writing.begin():
        return fill(writing, officer, now)


@pytest.fixture
def visit(figures, officer, sign_in):
    return sign_in(officer)


def test_a_new_paper_knows_what_was_heard_and_promised(visit, look):
    report = begin(visit, look)
    bodies = dict(
        look(select(ReportSection.key, ReportSection.body).where(ReportSection.report_id == report))
    )

    assert bodies["position"] == "- Families said that taxis come late. [insight late-taxis]"
    assert re.fullmatch(r"- \[promise \d+\]", bodies["next"])
    assert (bodies["who"], bodies["unsure"], bodies["impact"]) == ("[heard]", "[less sure]", "")


def test_a_paper_for_a_meeting_counts_six_months_up_to_its_cut_off(visit, look, figures):
    report = begin(visit, look, meeting=figures["meeting"], since="", until="")
    ((since, until),) = look(select(Report.since, Report.until).where(Report.id == report))

    assert until == LAST
    assert timedelta(days=180) < until - since < timedelta(days=186)


def test_each_statement_gets_its_four_parts(visit, look):
    report = begin(visit, look, kind="themed_report", tags=["statement-3", "area-1"])
    rows = look(
        select(ReportSection.tag, ReportSection.key).where(
            ReportSection.report_id == report, ReportSection.tag != ""
        ).order_by(ReportSection.position)
    )  # fmt: skip

    four = ["position", "done", "impact", "next"]
    assert [tuple(row) for row in rows] == [
        (tag, key) for tag in ("statement-3", "area-1") for key in four
    ]


def test_a_form_that_lacks_its_title_comes_back_with_all_that_was_typed(visit):
    visit.get("/staff/reports/new")
    reply = visit.post(
        "/staff/reports/new", {"title": "", "kind": "summary", "since": "2026-01-02"}
    )

    assert reply.status_code == 422
    assert "Write a title for the paper" in visit.text
    assert 'value="2026-01-02"' in visit.text


def test_what_does_not_stand_is_beside_the_words(visit, look):
    report = begin(visit, look)
    write(visit, look, report, "position", "Most parents say so: [happy]. We met 84 families.")
    part = section(look, report, "position")
    visit.get(f"/staff/reports/{report}/sections/{part.id}")

    assert "<mark>Most</mark>" in visit.text and "56% could be half or less by chance" in visit.text
    assert "<mark>84</mark>" in visit.text and "is typed, and traced to nothing" in visit.text
    assert "[happy, range]" in visit.text and "between 56% and 56%" in visit.text


def test_a_reason_keeps_typed_words_and_is_printed(visit, look):
    report = begin(visit, look)
    sentence = "We ran 84 sessions."
    write(visit, look, report, "impact", "Families feel heard: [happy].")
    write(visit, look, report, "position", sentence)
    part = section(look, report, "position")
    at = f"/staff/reports/{report}/sections/{part.id}"
    assert freeze(visit, report).status_code == 422
    visit.get(at)
    visit.post(f"{at}/keep", {"words": "84", "sentence": sentence, "reason": "The team’s list"})
    assert "The team’s list" in visit.get(at).text
    assert freeze(visit, report).status_code == 303
    visit.get(f"/staff/reports/{report}/versions/1")
    assert "Not from our figures" in visit.text and "The team’s list" in visit.text
    visit.get(at)
    visit.post(f"{at}/keep", {"words": "84", "sentence": sentence, "back": "1"})

    assert freeze(visit, report, after=1, note="x").status_code == 422


def test_whoever_saves_second_sees_both_and_can_save_again(visit, look, sign_in, officer):
    report = begin(visit, look)
    part = section(look, report, "position")
    at = f"/staff/reports/{report}/sections/{part.id}"
    other = sign_in(officer)
    visit.get(at)
    other.get(at)
    other.post(at, {"body": "Theirs", "version": 1})
    reply = visit.post(at, {"body": "Mine", "version": 1})

    assert reply.status_code == 409
    assert "Theirs" in visit.text and "Mine" in visit.text
    visit.post(at, {"body": "Both", "version": 2})
    assert section(look, report, "position").body == "Both"


def test_a_paper_with_an_empty_impact_is_not_frozen_and_says_where_to_look(visit, look):
    report = begin(visit, look)
    reply = freeze(visit, report)

    assert reply.status_code == 422
    assert "It cannot be frozen yet" in visit.text
    assert f"/sections/{section(look, report).id}" in visit.text
    assert look(select(ReportVersion.id)) == []


def test_a_frozen_paper_reads_its_figures_and_where_they_are_from(visit, look):
    report = frozen(visit, look, position="We asked: [happy].\n[happy, chart]\n[actions]")
    visit.get(f"/staff/reports/{report}/versions/1")

    assert "56% of about 30 parents and carers" in visit.text
    assert "/figures/1/happy" in visit.text and "<svg" in visit.text
    assert "Ask for a text message" in visit.text and "A message comes first" in visit.text
    assert "[happy]" not in visit.text


def test_a_frozen_paper_stays_as_it_was_when_figures_and_promises_move_on(
    visit, look, database, now
):
    report = frozen(visit, look, position="[actions]")
    before = visit.get(f"/staff/reports/{report}/versions/1/paper.html").data
    with database.writing() as writing, writing.begin():
        writing.execute(update(Commitment).values(what={"en": {"standard": "Nothing"}}))
        release(writing, now)
    write(visit, look, report, "position", "Other words.")

    assert visit.get(f"/staff/reports/{report}/versions/1/paper.html").data == before
    visit.get(f"/staff/reports/{report}/versions/1")
    assert "There are newer public figures" in visit.text
    table = visit.text.partition("Figures that would read differently now")[2]
    assert "“Ask for a text message”" in table.partition("</table>")[0]
    assert "[happy]" not in table.partition("</table>")[0]


def test_a_quote_that_is_taken_back_goes_from_what_was_frozen(visit, look, database, figures):
    part = None
    report = begin(visit, look)
    part = section(look, report, "position")
    page = visit.get(f"/staff/reports/{report}/sections/{part.id}").text
    token = re.search(r"\[quote late-taxis \w+\]", page)[0]
    write(visit, look, report, "position", f"{token}")
    write(visit, look, report, "impact", "Families feel heard: [happy].")
    freeze(visit, report)
    at = f"/staff/reports/{report}/versions/1"
    assert "It was late once more" in visit.get(at).text
    (content,) = look(select(ReportVersion.content))[0]
    assert "It was late once more" not in str(content)
    with database.writing() as writing, writing.begin():
        writing.execute(
            update(Response).where(Response.id == figures["key"][0]).values(may_be_quoted=False)
        )

    for address in (at, f"{at}/paper.html"):
        visit.get(address)
        assert "It was late once more" not in visit.text
        assert "These words were taken back." in visit.text


def test_a_second_version_says_what_is_new_and_shows_it(visit, look):
    report = frozen(visit, look, position="First words.")
    write(visit, look, report, "position", "Second words.")
    assert freeze(visit, report, after=1).status_code == 422
    assert "Write what is different" in visit.text
    assert freeze(visit, report, after=1, note="Other words").status_code == 303
    visit.get(f"/staff/reports/{report}/versions/2/differences")

    assert re.search(r"<del[^>]*>.*First words", visit.text)
    assert re.search(r"<ins[^>]*>.*Second words", visit.text)
    assert "There is a newer version" in visit.get(f"/staff/reports/{report}/versions/1").text


def test_two_who_freeze_at_once_make_one_version(visit, look):
    report = frozen(visit, look)
    assert freeze(visit, report, after=1, note="a").status_code == 303
    assert freeze(visit, report, after=1, note="b").status_code == 409
    assert len(look(select(ReportVersion.id))) == 2


@pytest.mark.parametrize(
    ("ending", "begins"),
    [
        ("html", b"<!DOCTYPE"),
        ("pdf", b"%PDF-"),
        ("docx", b"PK"),
        ("zip", b"PK"),
        ("evidence.zip", b"PK"),
    ],
)
def test_the_log_keeps_the_fingerprint_of_the_very_file(visit, look, ending, begins):
    report = frozen(visit, look)
    at = f"/staff/reports/{report}/versions/1"
    content = visit.get(f"{at}/paper.{ending}").data
    sent = {"file": ending, "to_whom": "Board", "why": "Its meeting", "shared_on": "2026-11-03"}
    visit.get(f"{at}/share")
    for _ in range(2):
        visit.post(f"{at}/share", sent)
    rows = look(select(ReportShare.digest, ReportShare.to_whom))

    assert content.lstrip().startswith(begins)
    assert [tuple(row) for row in rows] == [(sha256(content).hexdigest(), "Board")] * 2
    assert "Board" in visit.get("/staff/reports/shares.csv").text


def test_no_persons_address_gets_into_the_log(visit, look):
    report = frozen(visit, look)
    at = f"/staff/reports/{report}/versions/1/share"
    visit.get(at)
    reply = visit.post(
        at, {"file": "html", "to_whom": "a@b.example", "why": "x", "shared_on": "2026-11-03"}
    )

    assert reply.status_code == 422 and look(select(ReportShare.id)) == []
    assert "without an e-mail address" in visit.text


def test_a_forum_partner_agrees_with_a_version_and_writes_none(visit, look, staff, sign_in):
    report = frozen(visit, look)
    partner = sign_in(staff(Role.PARTNER))
    at = f"/staff/reports/{report}/versions/1"
    assert "This version is right" in partner.get(at).text
    partner.post(f"{at}/approve")

    assert len(look(select(ReportApproval.user_id))) == 1
    assert "said on" in visit.get(at).text and "This version is right" not in visit.text
    assert partner.get(f"/staff/reports/{report}/freeze").status_code == 403


def test_a_summary_says_whether_it_fits_one_page(visit, look):
    report = begin(visit, look, kind="summary")
    write(visit, look, report, "position", "We asked and you told us. " * 300)
    visit.get(f"/staff/reports/{report}/preview")
    assert "too long" in visit.text
    write(visit, look, report, "position", "We asked and you told us.")

    assert "Yes, it fits." in visit.get(f"/staff/reports/{report}/preview").text


def test_a_paper_in_arabic_is_written_and_says_that_only_references_are_checked(visit, look):
    report = begin(visit, look, language="ar", title="الثقة")
    write(visit, look, report, "impact", "48% [happy]")
    assert "Only words in English are checked" in visit.get(f"/staff/reports/{report}").text
    assert freeze(visit, report).status_code == 303
    visit.get(f"/staff/reports/{report}/versions/1")

    assert 'lang="ar" dir="rtl"' in visit.text


def test_what_somebody_writes_is_never_markup(visit, look):
    words = "<script>alert()</script> & <b>"
    report = frozen(visit, look, position=words)
    for address in ("", "/preview", "/versions/1", "/versions/1/paper.html"):
        raw = visit.get(f"/staff/reports/{report}{address}").data.decode()
        assert "<script>alert" not in raw
    assert "&lt;script&gt;alert()&lt;/script&gt; &amp; &lt;b&gt;" in raw


# Meetings


def test_the_action_log_has_owner_day_state_and_how_families_notice(visit, figures):
    visit.get(f"/staff/meetings/{figures['meeting']}")
    for words in (
        "Ask for a text message",
        "nobody yet",
        "We are doing it",
        "A message comes first",
    ):
        assert words in visit.text
    table = visit.get(f"/staff/meetings/{figures['meeting']}/actions.csv").text
    assert "Ask for a text message" in table and "how_families_will_notice" in table


def test_the_action_log_of_another_body_is_empty_and_says_so(visit, figures):
    visit.get(f"/staff/meetings/{figures['meeting']}?body=99")
    assert "This body promised nothing at this meeting" in visit.text


def test_a_meeting_whose_days_do_not_follow_is_not_kept(visit):
    visit.get("/staff/meetings/new")
    reply = visit.post(
        "/staff/meetings/new",
        {"name": "Board", "held_on": "2026-12-01", "papers_on": "2026-12-02",
         "cut_off_on": "2026-12-03"},
    )  # fmt: skip

    assert reply.status_code == 422
    assert "before the meeting, or on its day" in visit.text
    assert "before the papers go out, or the same day" in visit.text


def test_whoever_changes_a_meeting_second_sees_what_it_says_now(visit, figures):
    at = f"/staff/meetings/{figures['meeting']}/change"
    days = {"held_on": "2026-12-10", "papers_on": "2026-12-03", "cut_off_on": "2026-11-30"}
    visit.get(at)
    assert visit.post(at, {"name": "First", "version": 1, **days}).status_code == 303
    reply = visit.post(at, {"name": "Second", "version": 1, **days})

    assert reply.status_code == 409
    assert "First" in visit.text and 'value="Second"' in visit.text
    assert visit.post(at, {"name": "Second", "version": 2, **days}).status_code == 303


def test_a_meeting_with_promises_stays(visit, figures, look):
    at = f"/staff/meetings/{figures['meeting']}/remove"
    visit.get(at)
    assert visit.post(at).status_code == 409
    assert "has papers or promises" in visit.text


REASON = "The group does not meet before the holidays begin."


def test_a_paper_prints_who_asked_and_why_a_survey_opened_without_its_group(
    visit, look, database, officer, now, client
):
    with database.writing() as writing, writing.begin():
        edition = surveys.newest_edition(writing, "followed")
        survey = writing.get_one(Survey, edition.survey_id)
        signing_off.name_group(writing, survey, voice_group(writing, now), user_id=None, now=now)
        signing_off.override(writing, edition, REASON, user_id=officer.id, now=now)
    report = frozen(visit, look)
    [version] = look(select(ReportVersion.content).where(ReportVersion.report_id == report))
    told = json.dumps(version[0])
    assert REASON in told and "Asked by the Lighthouse Group" in told

    other = frozen(visit, look, impact="[insight late-taxis]")
    [version] = look(select(ReportVersion.content).where(ReportVersion.report_id == other))
    assert REASON not in json.dumps(version[0])  # it uses no figure of that edition

    page = client.get("/figures/1/happy").get_data(as_text=True)
    assert REASON in page and "Asked by the Lighthouse Group" in page
    assert REASON in client.get("/figures/1").get_data(as_text=True)
