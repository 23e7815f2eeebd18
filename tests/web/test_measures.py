"""The pages about measures over time: what they say, who may open them, what they never say."""

import re
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from babel.messages.extract import extract_from_file
from followed import edition, opened, send
from sqlalchemy import select

from feedback.analysis.readability import flesch_kincaid_grade, sentences, words
from feedback.models.oversight import AuditEvent
from feedback.models.trends import ChartNote, MeasureTarget, ReportingYearSaid
from feedback.outputs import exchange
from feedback.services import authoring, tallying
from feedback.services.trending import CYCLES_FROM
from feedback.vocabulary import DIMENSIONS, INDICES, Audience, NoteKind, PeriodKind, Role

pytestmark = pytest.mark.any_database  # services' tests put the statements to both
LONDON = ZoneInfo("Europe/London")
HOUSE = Path(__file__).parents[2]
ALL, HAPPY = "/staff/measures", "/staff/measures/happy"
CHART, SMALL_CHART = 'class="trend__chart"', 'class="moved__chart"'
HARDEST = 6  # school years that a sentence may ask for
# (happy, not happy) of the cycles of a year up to now, whose ups and downs are chance.
STEADY = [(18, 12), (17, 13), (19, 11), (18, 12), (17, 13), (19, 11), (18, 12), (18, 12), (19, 11)]
FELL = [*STEADY[:6], (8, 22), (7, 23), (8, 22)]
CAME_BACK = [*STEADY[:3], (8, 22), (7, 23), (8, 22), *STEADY[:3]]


@pytest.fixture
def filled(database, now):
    """Makes a survey whose cycles, from 1, were answered so; counts all of it."""

    def made(cycles, *, code="ash11", audience=Audience.PARENT, more="", **groups):
        with database.writing() as writing, writing.begin():
            of = edition(writing, now, name=f"s{code}", more=more)
            collection = opened(writing, now, code, of=of, audience=audience)
            for at, (happy, not_happy) in enumerate(cycles):
                day = CYCLES_FROM + timedelta(days=28 * at + 13)
                people = [{"face": "5", "wait": 33, **groups}] * happy
                people += [{"face": "1", "wait": 34, **groups}] * not_happy
                send(writing, collection, datetime.combine(day, time(12), UTC), people)
            tallying.tally_all(writing, LONDON)

    return made


@pytest.fixture
def steady(filled):
    filled(STEADY)


def plain(visit) -> str:
    """A page as it is read, without its drawings."""
    shown = re.sub(r"<svg.*?</svg>", " ", visit.text, flags=re.S)
    return " ".join(re.sub(r"<[^>]+>", " ", shown).split())


def headline(visit) -> str:
    found = re.search(r'<p class="govuk-body-l headline">(.*?)</p>', visit.text, re.S)
    return " ".join(re.sub(r"<svg.*?</svg>|<[^>]+>", " ", found[1], flags=re.S).split())


# What they say


def test_where_nobody_answered_the_page_says_so(sign_in, officer):
    visit = sign_in(officer)
    assert visit.get(ALL).status_code == 200
    assert "There are no figures yet" in plain(visit)
    assert SMALL_CHART not in visit.text
    assert visit.get(HAPPY).status_code == 404


@pytest.mark.parametrize(
    ("cycles", "says"),
    [
        (STEADY, "This is a usual up and down."),
        (FELL, "This is worse than usual, since 22 Jun 2026."),
        ([(b, a) for a, b in FELL], "This is better than usual, since 22 Jun 2026."),
        (
            CAME_BACK,
            "It fell, and came back: from 30 Mar 2026 until 21 Jun 2026 it was 26%, else 60%. "
            "That is more than chance.",
        ),
        (
            [(b, a) for a, b in CAME_BACK],
            "It rose, and went back: from 30 Mar 2026 until 21 Jun 2026 it was 74%, else 40%. "
            "That is more than chance.",
        ),
        (STEADY[:5], "It is too early to say if it has moved: that takes 6 periods."),
        (
            [(18, 12)] * 9,
            "All numbers are the same so far. There is no up and down to judge by.",
        ),
    ],
    ids=["usual", "worse", "better", "came back", "went back", "too early", "constant"],
)
def test_the_first_sentence_says_the_newest_figure_and_what_it_means(
    sign_in, officer, filled, cycles, says
):
    filled(cycles)
    visit = sign_in(officer)
    visit.get(HAPPY)
    first = CYCLES_FROM + timedelta(days=28 * (len(cycles) - 1))
    share = round(100 * cycles[-1][0] / 30)

    assert headline(visit).endswith(says)
    assert f"30 parents and carers. {share}%." in headline(visit)
    assert f"{first.day} {first:%b}" in headline(visit)
    assert visit.text.count(CHART) == 1
    for each in sentences(headline(visit)):
        assert flesch_kincaid_grade(each) <= HARDEST, each


def test_the_page_of_all_begins_with_what_changed(sign_in, officer, filled):
    filled(FELL[:7])
    visit = sign_in(officer)
    visit.get(ALL)
    assert "Nothing changed by more than chance since the period before." in headline(visit)
    filled([*[(24, 6)] * 6, (24, 6)], code="oak22", more="_b")
    visit.get(ALL)
    assert visit.text.count(SMALL_CHART) == 2  # of seven that are all the same nothing is said
    assert plain(visit).count("Happy with the help") >= 2
    assert "Too early to say" in plain(visit)


def test_what_moved_stands_before_what_did_not(sign_in, officer, filled):
    filled(FELL)
    filled(STEADY, code="oak22", more="_b")
    visit = sign_in(officer)
    visit.get(ALL)
    moved, still = visit.text.split('id="still"')[0], visit.text.split('id="still"')[1]

    assert 'href="/staff/measures/happy"' in moved.split('id="moved"')[1]
    assert 'href="/staff/measures/happy_b"' in still.split('id="early"')[0]
    assert "chance would make a chart look moved on 1 page like this in 10." in plain(visit)


def test_where_too_few_answered_no_number_is_shown(sign_in, officer, filled):
    filled([(2, 1)] * 9)
    visit = sign_in(officer)
    visit.get(HAPPY)
    assert "Too few people answered in each period, so nothing is shown." in headline(visit)
    assert CHART not in visit.text


def test_a_mean_of_which_lower_is_better_says_so(sign_in, officer, steady):
    visit = sign_in(officer)
    visit.get("/staff/measures/wait")
    assert "Mean 33." in headline(visit)
    assert "Lower is better." in plain(visit)


def test_a_whole_mean_reads_alike_in_the_sentence_and_beside_the_chart(sign_in, officer, filled):
    filled([*STEADY[:8], (30, 0)])
    visit = sign_in(officer)
    visit.get("/staff/measures/wait")
    chart = re.search(r"<svg.*?</svg>", visit.text.split(CHART)[1], re.S)[0]
    assert "Mean 33.0" in plain(visit) and ">33.0<" in chart and ">33<" not in chart


def test_the_table_says_what_the_chart_says(sign_in, officer, filled):
    filled(FELL)
    visit = sign_in(officer)
    visit.get(HAPPY)
    rows = re.findall(r"<tr><th scope=\"row\">.*?</tr>", visit.text, re.S)
    assert len(rows) == 9
    assert ["Worse than usual" in row for row in rows] == [False] * 6 + [True] * 3
    assert "27%" in rows[-1] and ">30<" in rows[-1]
    assert "14% to 44%" in rows[-1]  # 8 of 30: Wilson 95%


def test_groups_stand_side_by_side(sign_in, officer, filled):
    filled(STEADY, area="north")
    filled(FELL, code="oak22", area="south")
    visit = sign_in(officer)
    visit.get(f"{HAPPY}?by=area")
    shown = plain(visit).split("Group by group")[1]
    assert "North" in shown and "South" in shown
    # Each chart has its table, and neither has a page to look for it.
    assert visit.text.count(SMALL_CHART) == 2
    assert [
        visit.text.count(f'All figures of the chart<span class="govuk-visually-hidden">: {area}')
        for area in ("North", "South")
    ] == [1, 1]
    assert shown.count("30 63% 46% to 78%") >= 4
    for by in DIMENSIONS:
        assert visit.get(f"{HAPPY}?by={by}").status_code == 200
    assert "Nobody who answered said this about themselves" in plain(visit)


# What is asked for


@pytest.mark.parametrize("kind", list(PeriodKind))
@pytest.mark.parametrize("page", [ALL, HAPPY])
def test_every_way_to_cut_the_year_opens(sign_in, officer, steady, page, kind):
    visit = sign_in(officer)
    assert visit.get(f"{page}?kind={kind.value}&audience=parent").status_code == 200
    if kind is PeriodKind.ROUND:
        assert "ash11" in plain(visit)


def test_an_audience_that_nobody_is_of_has_no_figures(sign_in, officer, steady):
    visit = sign_in(officer)
    assert visit.get(f"{ALL}?audience=practitioner").status_code == 200
    assert "There are no figures yet" in plain(visit)
    assert visit.get(f"{HAPPY}?audience=practitioner").status_code == 200
    assert "Nobody answered this question in the days" in headline(visit)


@pytest.mark.parametrize("page", [ALL, HAPPY])
@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ("first=2026-09-01&last=2026-08-31", "The last day is before the first."),
        ("first=31/02/2026", "There is no such day."),
        ("last=soon", "Write a day, month and year"),
        ("first=0001-01-01", "Write a year from"),
        ("kind=fortnight", ""),
        ("kind=", "Choose what to look at"),
        ("audience=robots", ""),
    ],
)
def test_what_makes_no_sense_draws_nothing_and_says_what_to_mend(
    sign_in, officer, steady, page, asked, says
):
    visit = sign_in(officer)
    assert visit.get(f"{page}?{asked}").status_code == 422
    assert says in plain(visit)
    assert "govuk-error-summary" in visit.text
    assert CHART not in visit.text and SMALL_CHART not in visit.text
    assert "63%" not in visit.text
    assert "invalid" not in plain(visit).casefold()


@pytest.mark.parametrize("by", ["colour", "<script>", "area'--", "x" * 500])
def test_groups_that_there_are_not_are_passed_over(sign_in, officer, steady, by):
    visit = sign_in(officer)
    reply = visit.client.get(HAPPY, query_string={"by": by})
    assert reply.status_code == 200
    assert b"Choose above how to look at it" in reply.data


@pytest.mark.parametrize("name", ["nowhere", "x" * 300, "happy%00", "HAPPY", "1"])
def test_a_measure_that_is_not_there_is_not_found(sign_in, officer, steady, name):
    visit = sign_in(officer)
    visit.get("/staff/account")
    for path in ("", "/note", "/target"):
        assert visit.get(f"/staff/measures/{name}{path}").status_code == 404


@pytest.mark.parametrize("number", [0, 999_999, 2**31, 2**63])
def test_a_note_that_is_not_there_is_not_found(sign_in, officer, number):
    visit = sign_in(officer)
    visit.get("/staff/account")
    assert visit.get(f"/staff/measures/notes/{number}/take-back").status_code == 404
    assert visit.post(f"/staff/measures/notes/{number}/take-back").status_code == 404


# Who may open them


READ, KEEP = {Role.ADMINISTRATOR, Role.OFFICER, Role.PARTNER, Role.VIEWER}, {Role.OFFICER}


@pytest.mark.parametrize("role", list(Role))
def test_each_role_opens_what_is_its(role, sign_in, staff, steady, look):
    visit = sign_in(staff(role))
    visit.get("/staff/account")
    for path in (ALL, HAPPY, f"{HAPPY}?by=area"):
        assert visit.get(path).status_code == (200 if role in READ else 403), path
        assert ("Write a note" in visit.text) is (role in KEEP and path != ALL)
        assert ("63%" in visit.text) is (role in READ)
    for path in (f"{HAPPY}/note", f"{HAPPY}/target", "/staff/reporting-year"):
        assert visit.get(path).status_code == (200 if role in KEEP else 403), path
        assert visit.post(path).status_code == (422 if role in KEEP else 403), path
    assert look(select(AuditEvent).where(AuditEvent.subject.like("chart note%"))) == []


def test_nobody_opens_them_without_signing_in(client, steady):
    for path in (ALL, HAPPY, f"{HAPPY}/note", f"{HAPPY}/target", "/staff/reporting-year"):
        reply = client.get(path)
        assert reply.status_code in (302, 303)
        assert "sign-in" in reply.location


# Notes


NOTE = {"kind": "change", "starts_on": "2026-06-10", "words": "New buses.", "everywhere": "one"}


def note(visit, **changed):
    visit.get(f"{HAPPY}/note")
    return visit.post(f"{HAPPY}/note", {**NOTE, **changed})


def notes(look):
    return look(select(ChartNote.kind, ChartNote.words, ChartNote.measure_id, ChartNote.ends_on))


def test_a_note_stands_on_the_chart_with_its_letter_and_its_writer(sign_in, officer, steady, look):
    visit = sign_in(officer)
    reply = note(visit)
    assert (reply.status_code, reply.location) == (303, HAPPY)
    visit.follow(reply)

    assert "Your note stands on the chart now, with your name." in plain(visit)
    assert "A 10 Jun 2026: New buses." in plain(visit)
    assert f"Written by {officer.name}" in plain(visit)
    assert [row[:2] for row in notes(look)] == [(NoteKind.CHANGE, "New buses.")]


def test_a_note_of_a_day_to_come_says_when_it_goes_on_the_chart(sign_in, officer, steady, look):
    visit = sign_in(officer)
    visit.follow(note(visit, starts_on="2027-03-01"))
    assert "stands on the chart now" not in plain(visit)
    assert "It goes on the chart when people have answered on 1 March 2027 or" in plain(visit)
    visit.follow(note(visit, starts_on="2026-09-13"))  # of the newest period, and over
    assert "Your note stands on the chart now, with your name." in plain(visit)


def test_the_days_that_were_chosen_go_along_to_the_pages_beside(sign_in, officer, steady):
    visit = sign_in(officer)
    days = "first=2026-02-01&last=2026-05-01"
    visit.get(f"{ALL}?kind=month&first=2026-02-01&last=2026-05-01")
    for path in ("/staff/twins", "/staff/coverage"):
        assert f'href="{path}?kind=month&{days}"' in visit.text
    for path in ("/staff/twins", "/staff/coverage"):
        visit.get(f"{path}?kind=month&audience=parent&first=2026-02-01&last=2026-05-01")
        assert f'href="{ALL}?kind=month&audience=parent&{days}"' in visit.text
        assert '<input type="hidden" name="audience" value="parent">' in visit.text
        assert "From 1 February 2026 to 1 May 2026." in plain(visit)
        assert f'href="{path}?kind=month&audience=parent"' in visit.text
        assert visit.get(f"{path}?first=2026-02-01&last=2026-01-01").status_code == 422
        assert "The last day is before the first." in plain(visit)


def test_every_note_of_a_period_has_its_letter_over_it(sign_in, officer, steady):
    visit = sign_in(officer)
    for day, letters in (("10", "A"), ("11", "AB"), ("12", "A+")):
        visit.follow(note(visit, starts_on=f"2026-06-{day}", words=f"On day {day}."))
        assert re.findall(r">([A-Z+]+)</text>", visit.text) == [letters]
    assert "(A B C)" in plain(visit)


def test_a_note_on_all_charts_stands_on_each(sign_in, officer, steady, look):
    visit = sign_in(officer)
    note(visit, everywhere="all")
    assert notes(look)[0].measure_id is None
    visit.get("/staff/measures/wait")
    assert "New buses." in plain(visit)


def test_days_that_are_set_aside_are_said_not_to_count(sign_in, officer, filled):
    filled([*STEADY[:3], (5, 25), *STEADY[4:]])
    visit = sign_in(officer)
    visit.follow(note(visit, kind="set_aside", starts_on="2026-04-10", words="Only one school."))
    assert "does not count. Only one school." in plain(visit)
    assert re.search(r"17%.{0,200}Does not count", plain(visit))


def test_a_new_start_says_what_it_does(sign_in, officer, steady):
    visit = sign_in(officer)
    visit.follow(note(visit, kind="new_start", starts_on="2026-07-30"))
    assert "What is usual is worked out anew from here." in plain(visit)
    assert "too early to say" in headline(visit)


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"words": " "}, "Write what changed, or the reason."),
        ({"words": "x" * 501}, "1 letter too long"),
        ({"starts_on": ""}, "Write the day"),
        ({"starts_on": "2026-02-30"}, "There is no such day"),
        ({"kind": ""}, "Choose what you want to say"),
        ({"kind": "poem"}, ""),
        ({"everywhere": "some"}, ""),
        ({"kind": "set_aside", "ends_on": "2026-06-09"}, "The last day is before the first."),
        ({"kind": "change", "ends_on": "2026-06-20"}, "Only days that do not count have a last"),
        ({"kind": "new_start", "ends_on": "2026-06-20"}, "Only days that do not count"),
        ({"kind": "new_start", "everywhere": "all"}, "one chart at a time"),
        ({"kind": "set_aside", "everywhere": "all"}, "one chart at a time"),
    ],
)
def test_a_note_that_makes_no_sense_is_not_kept(sign_in, officer, steady, look, changed, says):
    visit = sign_in(officer)
    assert note(visit, **changed).status_code == 422
    assert says in plain(visit)
    assert "govuk-error-summary" in visit.text
    assert notes(look) == []


def test_words_of_a_note_are_shown_as_words(sign_in, officer, steady):
    visit = sign_in(officer)
    script = "<script>alert(1)</script><img src=x onerror=alert(2)>{{ 7 * 7 }}"
    visit.follow(note(visit, words=script))
    shown = visit.page.get_data(as_text=True)
    assert "<script>alert" not in shown and "<img src=x" not in shown
    assert "&lt;script&gt;alert(1)" in shown and "{{ 7 * 7 }}" in shown
    visit.get(re.search(r"/staff/measures/notes/\d+/take-back", shown)[0])
    assert "<script>alert" not in visit.page.get_data(as_text=True)


def test_a_note_is_taken_off_after_a_second_look(sign_in, officer, steady, look):
    visit = sign_in(officer)
    visit.follow(note(visit))
    path = re.search(r"/staff/measures/notes/\d+/take-back", visit.text)[0]
    visit.get(path)
    assert "Take this note off the chart?" in plain(visit) and "New buses." in plain(visit)
    assert notes(look)
    visit.follow(visit.post(path))
    assert "The note is gone from the chart." in plain(visit)
    assert "New buses." not in plain(visit)
    assert visit.get(path).status_code == 404
    done = look(select(AuditEvent.action).order_by(AuditEvent.id))
    assert [row.action for row in done if "note" in row.action] == [
        "write chart note",
        "take back chart note",
    ]


def test_pressing_twice_writes_one_note_and_takes_it_off_once(sign_in, officer, steady, look):
    visit = sign_in(officer)
    note(visit)
    visit.follow(note(visit))
    assert len(notes(look)) == 1
    note(visit, words="Newer buses.")
    assert len(notes(look)) == 2
    visit.get(HAPPY)
    path = re.search(r"/staff/measures/notes/\d+/take-back", visit.text)[0]
    visit.get(path)
    visit.post(path)
    visit.follow(visit.post(path))
    assert "The note is gone from the chart." in plain(visit)
    note(visit)  # what was taken off can be written anew
    note(visit, words="Newer buses.")
    assert len(notes(look)) == 3
    done = [row.action for row in look(select(AuditEvent.action).order_by(AuditEvent.id))]
    assert done.count("take back chart note") == 1
    assert done.count("write chart note") == 3


def test_a_form_without_its_key_changes_nothing(sign_in, officer, steady, look):
    visit = sign_in(officer)
    visit.token = "forged"
    for path in (f"{HAPPY}/note", f"{HAPPY}/target"):
        visit.client.post(path, data={**NOTE, "value": "70", "csrf_token": "forged"})
    assert notes(look) == []
    assert look(select(MeasureTarget)) == []


# Targets


def target(visit, value="70", words="The board, in May.", **more):
    visit.get(f"{HAPPY}/target")
    return visit.post(f"{HAPPY}/target", {"value": value, "words": words, **more})


def test_a_target_is_set_changed_and_taken_away(sign_in, officer, steady, look):
    visit = sign_in(officer)
    visit.follow(target(visit))
    assert "Target: 70%. The board, in May." in plain(visit)
    visit.follow(target(visit, "72,5 %"))
    assert look(select(MeasureTarget.value)) == [(72.5,)]
    visit.get(f"{HAPPY}/target")
    assert 'value="72.5"' in visit.text
    visit.follow(visit.post(f"{HAPPY}/target", {"away": "yes"}))
    assert "The target is gone." in plain(visit)
    assert look(select(MeasureTarget)) == []


@pytest.mark.parametrize(
    ("value", "words", "says"),
    [
        ("", "Why", "Write the target, like 70"),
        ("lots", "Why", "Write a number, like 70 or 7.5"),
        ("-5", "Why", "Write a number"),
        ("nan", "Why", "Write a number"),
        ("inf", "Why", "Write a number"),
        ("1e999", "Why", "Write a number"),
        ("101", "Why", "Nobody can reach more than 100."),
        ("70", " ", "Write who set the target, and why."),
    ],
)
def test_a_target_that_makes_no_sense_is_not_kept(
    sign_in, officer, steady, look, value, words, says
):
    visit = sign_in(officer)
    assert target(visit, value, words).status_code == 422
    assert says in plain(visit)
    assert look(select(MeasureTarget)) == []


def test_a_mean_s_target_stays_on_its_scale(sign_in, officer, steady, look):
    visit = sign_in(officer)
    visit.get("/staff/measures/wait/target")
    fields = {"value": "201", "words": "Why"}
    assert visit.post("/staff/measures/wait/target", fields).status_code == 422
    assert "Nobody can reach more than 200." in plain(visit)
    fields["value"] = "18"
    visit.follow(visit.post("/staff/measures/wait/target", fields))
    assert "Target: 18." in plain(visit)


# The year


def test_the_year_is_said_anew_and_all_charts_follow(sign_in, officer, steady, look):
    visit = sign_in(officer)
    visit.get("/staff/reporting-year")
    assert 'value="1/9, 1/1, 16/4"' in visit.text
    said = {"cycles_from": "2026-01-12", "terms": "3/9, 7/1"}
    visit.follow(visit.post("/staff/reporting-year", said))
    assert look(select(ReportingYearSaid.terms)) == [([[9, 3], [1, 7]],)]
    visit.get(HAPPY)
    assert "12 Jan" in plain(visit)


@pytest.mark.parametrize(
    "said",
    [
        {"cycles_from": "", "terms": "1/9"},
        {"cycles_from": "2026-01-12", "terms": ""},
        {"cycles_from": "2026-01-12", "terms": "29/2"},
        {"cycles_from": "2026-01-12", "terms": "1/9, 1/9"},
        {"cycles_from": "2026-01-12", "terms": "September"},
        {"cycles_from": "2026-01-12", "terms": "1/9/2026"},
    ],
)
def test_a_year_that_makes_no_sense_is_not_kept(sign_in, officer, look, said):
    visit = sign_in(officer)
    visit.get("/staff/reporting-year")
    assert visit.post("/staff/reporting-year", said).status_code == 422
    assert "govuk-error-summary" in visit.text
    assert look(select(ReportingYearSaid)) == []


# What they never say


def test_a_hidden_number_stands_on_no_page(sign_in, officer, filled):
    """Sizes that no other number here is like: 83 is small in a period, 3 of 83 were not happy."""
    filled([*[(52, 31)] * 4, (80, 3), *[(52, 31)] * 4], area="north")
    visit = sign_in(officer)
    for path in (ALL, HAPPY, f"{HAPPY}?kind=month", f"{HAPPY}?by=area", f"{HAPPY}?by=need"):
        visit.get(path)
        assert "96%" not in plain(visit) and "96.4" not in plain(visit), path
        assert not re.search(r"\b80\b(?! ?px|%)", plain(visit)), path
    visit.get(HAPPY)
    rows = re.findall(r"<tr.*?</tr>", visit.text, re.S)
    assert 0 < sum("63%" in row for row in rows) < 8  # company is hidden too


def test_a_small_period_is_said_as_nobody_is(sign_in, officer, filled):
    filled([*STEADY[:4], (2, 1), *STEADY[4:8]])
    visit = sign_in(officer)
    visit.get(HAPPY)
    assert plain(visit).count("nobody, or a small group") >= 2
    chart = re.search(r'<svg[^>]*class="[^"]*chart.*?</svg>', visit.text, re.S)
    assert "67%" not in visit.text and "67%" not in (chart[0] if chart else "")


@pytest.mark.parametrize("tag", ["pl", "ar"])
def test_the_pages_are_read_in_other_languages(sign_in, officer, filled, tag):
    filled(FELL, area="north")
    visit = sign_in(officer)
    note(visit)
    target(visit)
    asked = [f"kind={kind.value}" for kind in PeriodKind]
    paths = [ALL, HAPPY, f"{HAPPY}?by=area", f"{HAPPY}/note", f"{HAPPY}/target"]
    paths += [f"{page}?{each}" for page in (ALL, HAPPY) for each in asked]
    for path in [*paths, "/staff/reporting-year"]:
        mark = "&" if "?" in path else "?"
        assert visit.get(f"{path}{mark}language={tag}").status_code == 200, path
        assert f'lang="{tag}"' in visit.text


# How hard they are to read


SOURCES = [
    *(f"feedback/web/{name}.py" for name in ("trend_words", "diffs", "spans", "trend_charts")),
    *("feedback/web/measures.py", "feedback/forms/trends.py"),
    "feedback/analysis/trends/control.py",
    *(f"templates/office/{name}.html" for name in ("measures", "measure", "chart_note")),
    *(f"templates/office/{name}.html" for name in ("chart_note_back", "target", "reporting_year")),
    "templates/macros/trends.html",
]
FILLED = {
    **{"period": "20 Jul to 16 Aug 2026", "people": "42 parents and carers", "value": "81%"},
    **{"since": "20 Jul 2026", "first": "20 Jul 2026", "last": "11 Oct 2026", "rest": "60%"},
    **{"mean": "7.5", "names": "“Happy” and “Waiting”", "many": "12", "day": "2 Nov 2026"},
    **{"whom": "Parents and carers", "answers": "“Good” or “Very good”", "answer": "Good"},
    **{"target": "70%", "words": "How is the help?", "name": "Ana", "title": "Happy"},
    **{"low": "40%", "high": "60%", "threshold": "5", "most": "100", "pages": "7"},
}
KEYWORDS = {"_": None, "_l": None, "N_": None, "gettext": None, "ngettext": (1, 2)}


def said_in(source):
    """Every sentence that a file can say, filled in."""
    way = "jinja2" if source.endswith(".html") else "python"
    for _, message, _, _ in extract_from_file(way, HOUSE / source, KEYWORDS):
        for text in message if isinstance(message, tuple) else (message,):
            whole = re.sub(r"%\((\w+)\)s", lambda found: FILLED[found[1]], text)
            yield from (each for each in sentences(whole) if len(words(each)) > 2)


@pytest.mark.parametrize("source", SOURCES)
def test_every_sentence_that_the_pages_can_say_is_easy(source):
    found = [each for each in said_in(source) if each[-1] in ".?!:"]
    hard = {each: flesch_kincaid_grade(each) for each in found}
    assert {each: grade for each, grade in hard.items() if grade > HARDEST} == {}
    assert found or source.endswith(("spans.py", "trend_charts.py"))


# Many periods


def test_a_chart_of_many_years_shows_the_newest_periods(sign_in, officer, filled):
    filled([STEADY[at % 9] for at in range(70)])
    visit = sign_in(officer)
    assert visit.get(HAPPY).status_code == 200
    assert visit.text.count(CHART) == 1
    rows = re.findall(r"<tr><th scope=\"row\">.*?</tr>", visit.text, re.S)
    last = CYCLES_FROM + timedelta(days=28 * 69)
    assert len(rows) == 60 and f"{last.day} {last:%b}" in rows[-1]
    assert "The newest 60 periods are shown." in plain(visit)
    assert visit.get(ALL).status_code == 200
    visit.get(f"{HAPPY}?last={CYCLES_FROM.isoformat()}")
    assert f"{CYCLES_FROM.day} {CYCLES_FROM:%b}" in headline(visit)
    assert "The newest 60 periods are shown." not in plain(visit)


def test_an_index_has_a_page_with_its_parts_and_no_range_of_a_count_it_does_not_have(
    sign_in, officer, database, now
):
    with database.writing() as writing, writing.begin():
        text = (HOUSE / "feedback/demo/surveys/young.yaml").read_bytes()
        made = authoring.keep_draft(writing, exchange.read_survey(text), now=now)
        authoring.publish(writing, made, now=now)
        collection = opened(writing, now, of=made, audience=Audience.YOUNG_PERSON)
        yes = dict.fromkeys(INDICES["valued_visible_included"], "yes")
        no = dict.fromkeys(INDICES["valued_visible_included"], "no")
        send(writing, collection, now - timedelta(days=40), [yes] * 12 + [no] * 18)
        tallying.tally_all(writing, LONDON)
    visit = sign_in(officer)
    visit.get(ALL)
    assert "/staff/indices/valued_visible_included" in visit.text
    visit.get("/staff/indices/valued_visible_included")
    assert "30 young people. 40%." in headline(visit)
    assert "% to" not in plain(visit)
    assert "/staff/measures/visible" in visit.text
    assert visit.get("/staff/indices/nothing").status_code == 404
