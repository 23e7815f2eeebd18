"""The pages of who was heard: what they say, what they never say, who may open them."""

import csv
import io
import re
from zoneinfo import ZoneInfo

import pytest
from profile_ground import ABOUT, people
from sqlalchemy import select

from feedback.analysis.profile_files import LARGEST_FILE
from feedback.models.oversight import AuditEvent
from feedback.models.profiles import Profile, ProfileRow
from feedback.outputs import exchange
from feedback.questionnaire import Given
from feedback.services import authoring, collecting, tallying
from feedback.vocabulary import PERMISSIONS_OF, Audience, Permission, Role

pytestmark = pytest.mark.any_database  # services' tests put the statements to both
AREA = "/staff/heard/area/parent/profile"
GOOD = "group,people\nnorth,400\nsouth,300\neast,200\nwest,90\nelsewhere,10"
CORE = b"""\
survey: core
audience: parent
languages: [en]
minutes: 2
title: {en: "How is the help?"}
asked_by: {en: "The partnership asks"}
why: {en: "To make the help better"}
read_by: {en: "Our team"}
afterwards: {en: "We say what we did"}
pages:
  - {name: help, questions: [{bank: satisfied}, {bank: area}]}
"""
ABOUT_IT = {"source": "Made-up census", "day": "2026-01-15", "base": ""}


@pytest.fixture
def send(database, answered, open_survey):
    """Lets people answer the survey about them; each says that they are a parent."""
    collection = open_survey(ABOUT, "about")

    def sent(given):
        with database.writing() as writing, writing.begin():
            for each in given:
                answered(writing, collection, {**people(1, who="parent")[0], **each})
            tallying.tally_all(writing, ZoneInfo("Europe/London"))

    return sent


@pytest.fixture
def visit(sign_in, officer):
    opened = sign_in(officer)
    opened.get("/staff/account")
    return opened


def plain(visit) -> str:
    """A page as it is read."""
    return " ".join(re.sub(r"<[^>]+>", " ", visit.text).split())


def section(visit, name) -> str:
    """One question of the page as it is read."""
    found = re.search(rf'<section class="finding" id="{name}".*?</section>', visit.text, re.S)
    return " ".join(re.sub(r"<[^>]+>", " ", found[0]).split())


def keep(visit, path=AREA, pasted=GOOD, **more):
    """Look at a profile and say yes."""
    fields = {**ABOUT_IT, "pasted": pasted, **more}
    assert visit.post(path, {**fields, "do": "look"}).status_code == 200
    return visit.post(path, {**fields, "do": "keep"})


# Heard and not heard


def test_the_page_opens_with_the_groups_that_were_not_heard(visit, send):
    send(people(40, area="north") + people(30, area="south") + people(2, area="east"))
    assert keep(visit).status_code == 303
    visit.get("/staff/heard")
    words = plain(visit)

    begins = words.index("We heard from nobody, or from fewer than 5 people")
    assert begins < words.index("East Brackenshore") < words.index("Who answered")
    assert begins < words.index("West Brackenshore") < words.index("Who answered")
    assert "North Brackenshore 40 56% 40.0% 16.0 more" in section(visit, "area")
    assert "East Brackenshore hidden, small group – 20.0% –" in section(visit, "area")
    assert "Source: Made-up census, 15 January 2026, 1,000 people in all." in words
    assert "72 people said this." in section(visit, "area")


def test_nobody_and_a_few_read_the_same_in_one_table(visit, send):
    keep(visit)
    send(people(40, area="north") + people(30, area="south") + people(9, area="west"))
    send(people(3, area="east"))
    visit.get("/staff/heard")
    seen = section(visit, "area")

    assert "East Brackenshore hidden, small group – 20.0% –" in seen
    assert "Somewhere else hidden, small group – 1.0% –" in seen
    assert not re.search(r"(?<![\d.])3(?![\d.])", seen.split("Gap in points")[1].split("Source")[0])


def test_a_group_that_was_heard_clearly_less_is_named(visit, send):
    send(people(80, area="north") + people(20, area="south"))
    keep(visit, pasted="group,people\nnorth,50\nsouth,50")
    visit.get("/staff/heard")

    assert "We heard from every group that the profiles have." in plain(visit)
    assert "Heard clearly less than their share: South Brackenshore." in section(visit, "area")
    assert "South Brackenshore 20 20% 50.0% 30.0 less clearly less" in section(visit, "area")
    assert "Not in the profile, and left out here: East" in section(visit, "area")


def test_not_in_education_always_has_its_sentence(visit, send):
    visit.get("/staff/heard?audience=practitioner")
    assert "Not in education: " in plain(visit)
    few = "Not in education: we heard from nobody, or from fewer than 5 people."
    visit.get("/staff/heard")
    assert few in plain(visit)
    send(people(20, setting="primary") + people(3, setting="eotas"))
    visit.get("/staff/heard")
    assert few in plain(visit)
    send(people(5, setting="home"))
    visit.get("/staff/heard")
    assert "Not in education: we heard from 8 people." in plain(visit)


def test_several_answers_are_said_to_be_several(visit, send):
    send(people(30, need="asd slcn") + people(20, need="semh"))
    keep(visit, "/staff/heard/need/parent/profile", "group,people\nasd,30\nslcn,20\nsemh,50")
    visit.get("/staff/heard")

    assert "One person may choose several answers" in section(visit, "need")
    assert "50 people said this." in section(visit, "need")
    assert "What would weighting change?" not in visit.text


def test_without_profiles_the_page_shows_who_took_part_and_how_to_add_one(visit, send):
    send(people(30, area="north") + people(20, area="south"))
    visit.get("/staff/heard")

    assert "There is no profile to compare with yet" in plain(visit)
    assert "North Brackenshore 30 60%" in section(visit, "area")
    assert f'href="{AREA}"' in visit.text


def test_with_nothing_asked_the_page_says_so(visit):
    assert visit.get("/staff/heard").status_code == 200
    assert "No survey asks these people about themselves yet" in visit.text
    assert "Not in education: " in visit.text


@pytest.mark.parametrize("query", ["audience=everybody", "audience=%00"])
def test_an_audience_that_cannot_be_is_told_in_plain_words(visit, send, query):
    for path in ("/staff/heard", "/staff/heard/weights"):
        assert visit.get(f"{path}?{query}").status_code == 422
        assert "Choose one from the list" in visit.text and "<table" not in visit.text


@pytest.mark.parametrize("year", ["2025", "tomorrow", "%00", "-1", "9" * 500])
def test_a_year_that_is_not_there_is_all_the_time(visit, send, year):
    send(people(30, area="north") + people(20, area="south"))  # on 2 November 2026
    for path in ("/staff/heard", "/staff/heard/weights"):
        assert visit.get(f"{path}?year={year}").status_code == 200
    visit.get(f"/staff/heard?year={year}&since=2026-11-02&until=2026-11-02")
    assert "Parents and carers, all answers so far." in plain(visit)
    assert "North Brackenshore 30 60%" in section(visit, "area")


def test_a_school_year_is_chosen_by_the_year_it_begins_in(visit, send):
    keep(visit, pasted="group,people\nnorth,50\nsouth,50")
    send(people(30, area="north") + people(20, area="south"))  # on 2 November 2026
    visit.get("/staff/heard?year=2026")
    assert "Parents and carers. School year 2026 to 2027." in plain(visit)
    assert '<option value="2026" selected>School year 2026 to 2027</option>' in visit.text
    assert "North Brackenshore 30 60%" in section(visit, "area")
    address = r'href="/staff/heard/weights\?audience=parent&(amp;)?year=2026"'
    assert re.search(address, visit.text)
    visit.get("/staff/heard/weights?audience=parent&year=2026&by=area")
    assert "People (base) 50" in plain(visit)


def test_everyone_is_shown_for_all_the_time(visit, send):
    send(people(30, area="north") + people(20, area="south"))
    visit.get("/staff/heard?audience=everyone&year=2026")
    words = plain(visit)
    assert "School years are for one audience at a time." in words
    assert "Everyone, all answers so far." in words
    assert "North Brackenshore 30 60%" in section(visit, "area")
    visit.get("/staff/heard?audience=everyone")
    assert "School years are for one audience at a time." not in plain(visit)


def test_the_page_is_read_in_other_languages(visit, send):
    keep(visit)
    send(people(30, area="north") + people(20, area="south"))
    for tag in ("pl", "ar"):
        assert visit.get(f"/staff/heard?language={tag}").status_code == 200
        assert visit.get("/staff/heard/weights?by=area").status_code == 200
        assert visit.get(AREA).status_code == 200


# Weights


def test_weights_stand_nowhere_until_somebody_asks(visit, send):
    send(people(60, area="north") + people(40, area="south"))
    keep(visit, pasted="group,people\nnorth,50\nsouth,50")
    for path in ("/staff/heard", "/staff/heard/weights"):
        visit.get(path)
        assert "effective" not in visit.text and "Smallest weight" not in visit.text
    visit.get("/staff/heard")
    assert 'href="/staff/heard/weights?audience=parent"' in visit.text

    visit.get("/staff/heard/weights?audience=parent&by=area")
    words = plain(visit)
    assert "People (base) 100" in words
    assert "(effective number) 96.0" in words  # 100 / (0.6·(5/6)² + 0.4·(5/4)²)
    assert "Smallest weight 0.83" in words and "Largest weight 1.25" in words
    assert "Design effect 1.04" in words
    assert "North Brackenshore 60.0% 50.0% 50.0%" in words


def test_what_weights_do_to_a_measure_is_said_with_base_and_cost(
    visit, send, database, answered, now
):
    keep(visit, pasted="group,people\nnorth,50\nsouth,50")
    visit.get("/staff/heard/weights?audience=parent&by=area")
    assert "core measures" not in plain(visit)  # nobody was heard, so there are no weights
    with database.writing() as writing, writing.begin():
        edition = authoring.keep_draft(writing, exchange.read_survey(CORE), now=now)
        authoring.publish(writing, edition, now=now)
        opened = {"audience": Audience.PARENT, "opens_at": now, "now": now}
        collection = collecting.open_collection(writing, edition, "core", "Core", **opened)
        for area, good, other in (("north", 40, 20), ("south", 10, 30)):
            for code, many in (("4", good), ("2", other)):
                for _ in range(many):
                    given = {"satisfied": Given(codes=(code,)), "area": Given(codes=(area,))}
                    answered(writing, collection, given)
        tallying.tally_all(writing, ZoneInfo("Europe/London"))
    visit.get("/staff/heard/weights?audience=parent&by=area")
    assert "The help for the child is good 50.0% 45.8% 100 96.0 1.04" in plain(visit)
    visit.get("/staff/heard/weights?audience=parent")
    assert "core measures" not in plain(visit)


def test_why_there_are_no_weights_is_said(visit, send):
    keep(visit)
    send(people(60, area="north") + people(40, area="south") + people(2, area="east"))
    visit.get("/staff/heard/weights?by=area")
    assert "No weights are given" in visit.text
    assert "A group is too small to be shown." in plain(visit)
    assert "Smallest weight" not in visit.text


@pytest.mark.parametrize("query", ["by=need", "by=nowhere", "by=area&by=stage&by=setting"])
def test_weights_by_what_has_no_profile_are_refused(visit, send, query):
    keep(visit)
    assert visit.get(f"/staff/heard/weights?{query}").status_code == 422
    assert "Smallest weight" not in visit.text


# Profiles


def test_a_profile_is_looked_at_before_it_is_kept(visit, send, officer, look):
    visit.post(AREA, {**ABOUT_IT, "pasted": GOOD, "do": "look"})
    assert "Is this right?" in visit.text and look(select(Profile.id)) == []
    assert "North Brackenshore 400 40.0" in plain(visit)

    keep(visit)
    rows = look(select(ProfileRow.code, ProfileRow.people).order_by(ProfileRow.position))
    assert rows[:2] == [("north", 400), ("south", 300)]
    keep(visit, pasted="group,people\nnorth,1\nsouth,1")
    assert len(look(select(ProfileRow.code))) == 2
    noted = look(select(AuditEvent.user_id, AuditEvent.action).order_by(AuditEvent.id.desc()))
    assert noted[:2] == [(officer.id, "replace profile"), (officer.id, "keep profile")]


def test_a_file_counts_before_the_box_and_comes_back_to_be_kept(visit, send, look):
    content = b"\xef\xbb\xbfgroup;name;people\r\nnorth;North;1.200\r\nsouth;;800\r\n"
    sent = {**ABOUT_IT, "pasted": "nonsense", "file": (io.BytesIO(content), "census.csv")}
    assert visit.post(AREA, {**sent, "do": "look"}).status_code == 200
    kept = re.search(r'<textarea name="pasted" hidden>\n(.*?)</textarea>', visit.text, re.S)[1]
    visit.post(AREA, {**ABOUT_IT, "pasted": kept, "do": "keep"})

    assert look(select(ProfileRow.people).order_by(ProfileRow.position)) == [(1200,), (800,)]


def test_the_template_can_be_filled_in_and_brought_back(visit, send, look):
    reply = visit.get("/staff/heard/area/parent/template.csv")
    assert reply.headers["Content-Disposition"].startswith("attachment; ")
    rows = list(csv.reader(io.StringIO(reply.get_data(as_text=True).lstrip("\ufeff"))))
    assert rows[0] == ["group", "name", "people"]
    assert ["north", "North Brackenshore", ""] in rows
    filled = "\n".join(",".join([*row[:2], row[2] or "10"]) for row in rows)
    visit.get(AREA)
    keep(visit, pasted=filled)
    assert look(select(Profile.base)) == [(50,)]


@pytest.mark.parametrize(
    ("pasted", "words"),
    [
        ("group,people\nmoon,5", "Line 2: No survey has the group “moon”."),
        ("group,people\nnorth,5\nnorth,6", "Line 3: “north” stands here a second time."),
        ("group,people\nnorth,-5", "Line 2: A number is 0 or more."),
        ("group,people\nnorth,lots", "Line 2: “lots” is not a number of people."),
        ("group,people\nnorth,=1", "Line 2: This looks like a formula."),
        ("group,people\nnorth", "Line 2: There is no number here."),
        ("group,people\nnorth,9000000", "Line 2: This number is too large."),
        ("group,share\nnorth,x", "Line 2: “x” is not a share."),
        ("group,share\nnorth,50\nsouth,50", "Write above how many people they are shares of."),
        ("north,5", "Line 1: The first line must name the columns"),
        ("", "There are no groups with numbers."),
        ("group,people\nnorth,0", "All numbers are 0"),
        ('group,people\nnorth,"5', "This cannot be read as a table."),
    ],
)
def test_what_is_wrong_is_told_with_its_line_and_nothing_is_kept(visit, send, look, pasted, words):
    for do in ("look", "keep"):
        assert visit.post(AREA, {**ABOUT_IT, "pasted": pasted, "do": do}).status_code == 422
        assert words in visit.text
    assert look(select(Profile.id)) == []


def test_overlapping_ages_are_told(visit, look):
    path = "/staff/heard/age_band/parent/profile"
    pasted = "group,people\n5 to 10,50\n5 to 11,60"
    assert visit.post(path, {**ABOUT_IT, "pasted": pasted, "do": "look"}).status_code == 422
    assert "Line 3: The ages of “5 to 11” and “5 to 10” overlap." in plain(visit)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"base": "0"}, "Write how many people are counted in all: 1 or more"),
        ({"base": "-3"}, "Write a whole number"),
        ({"day": "2026-11-03"}, "This day is still to come"),
        ({"day": ""}, "Write the day they speak of"),
        ({"source": ""}, "Write where they are from"),
        ({"source": "x" * 201}, "1 letter too long"),
    ],
)
def test_where_it_is_from_must_be_said(visit, send, look, changed, words):
    fields = {**ABOUT_IT, "pasted": GOOD, "do": "keep", **changed}
    assert visit.post(AREA, fields).status_code == 422
    assert words in visit.text and look(select(Profile.id)) == []


def test_a_file_that_is_too_large_or_no_text_is_told(visit, send):
    for content, words in (
        (b"x" * (LARGEST_FILE + 10), "This is too long."),
        (b"\xff\xfeg\0r\0", "This cannot be read as a table."),
    ):
        sent = {**ABOUT_IT, "file": (io.BytesIO(content), "census.csv"), "do": "look"}
        assert visit.post(AREA, sent).status_code == 422
        assert words in visit.text


def test_what_looks_odd_is_said_before_it_is_kept(visit, send):
    fields = {**ABOUT_IT, "base": "900", "do": "look"}
    visit.post(AREA, {**fields, "pasted": "group,people\nnorth,300\nsouth,500"})
    words = plain(visit)
    assert "The groups add up to 800: 100 people fewer than all, 900." in words
    assert "will not be compared: East Brackenshore, West Brackenshore, and Somewhere" in words
    visit.post(AREA, {**fields, "pasted": "group,share\nnorth,30\nsouth,50"})
    assert "The shares add up to 80%, not to 100%." in plain(visit)


def test_markup_in_a_file_is_text(visit, send):
    visit.post(AREA, {**ABOUT_IT, "pasted": "group,people\n<b>x</b>,5", "do": "look"})
    assert "&lt;b&gt;x" in visit.page.get_data(as_text=True)
    fields = {**ABOUT_IT, "source": "</textarea><script>", "do": "look", "pasted": GOOD}
    visit.post(AREA, fields)
    assert "<script>" not in visit.page.get_data(as_text=True)


def test_a_profile_is_taken_out_after_asking(visit, send, look):
    keep(visit)
    visit.get(f"{AREA}/remove")
    assert "Take this profile out?" in visit.text and len(look(select(Profile.id))) == 1
    assert visit.post(f"{AREA}/remove").status_code == 303
    assert look(select(Profile.id)) == [] and look(select(ProfileRow.code)) == []
    assert visit.get(f"{AREA}/remove").status_code == 404


def test_questions_and_audiences_that_are_not_there_are_not_found(visit):
    for path in ("/staff/heard/shoes/parent/profile", "/staff/heard/area/cats/profile"):
        assert visit.get(path).status_code == 404


# Who may


def test_a_facilitator_sees_nothing_of_all_events_together(sign_in, facilitator, send):
    visit = sign_in(facilitator)
    visit.get("/staff/account")
    assert visit.get("/staff/heard").status_code == 403
    assert visit.get("/staff/heard/weights").status_code == 403
    visit.get("/staff/")
    assert "/staff/heard" not in visit.text


def test_a_viewer_reads_and_changes_nothing(sign_in, viewer, send):
    visit = sign_in(viewer)
    send(people(30, area="north") + people(20, area="south"))
    assert visit.get("/staff/heard").status_code == 200
    assert "/profile" not in visit.text
    assert visit.get(AREA).status_code == 403
    assert visit.post(f"{AREA}/remove").status_code == 403
    visit.get("/staff/measures")
    assert 'href="/staff/heard"' in visit.text


def test_only_who_keeps_figures_may_keep_profiles():
    may = {role for role in Role if Permission.KEEP_FIGURES in PERMISSIONS_OF[role]}
    assert may == {Role.OFFICER}
