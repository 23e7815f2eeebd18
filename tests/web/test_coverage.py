"""Training coverage and figures of providers in the browser."""

import html
import re
from datetime import date
from io import BytesIO

import pytest
from sqlalchemy import func, select

from feedback.models.coverage import Coverage, ProviderFigure
from feedback.models.events import Series
from feedback.models.oversight import AuditEvent
from feedback.models.people import Organisation
from feedback.services import covering
from feedback.services.covering import Covered, Figured
from feedback.vocabulary import OrganisationKind, Role

pytestmark = pytest.mark.any_database  # services' tests put the statements to both
PAGE = "/staff/coverage"
TODAY = date(2026, 11, 2)
EVIL = "<script>alert(1)</script>"
COUNT = {
    "training": "Co-production",
    "kind": "council",
    "staff_group": "Social workers",
    "trained": "45",
    "staff": "100",
    "target": "95",
    "counted_on": "1/10/2026",
    "source": "Return",
}
FIGURE = {
    "programme": "Sleep course",
    "title": "Sleeps better",
    "counted": "Parents who said yes",
    "among": "All who answered",
    "numerator": "73",
    "denominator": "111",
    "said": "65",
    "counted_on": "1/10/2026",
    "source": "Report",
}
COLUMNS = "training,organisation,kind,staff group,trained,staff,counted on,target,source\n"
ROW = "Co-production,,council,Social workers,45,100,1/10/2026,95,Return\n"
ENTRIES, FIGURES = (select(func.count()).select_from(each) for each in (Coverage, ProviderFigure))


@pytest.fixture
def visit(sign_in, officer):
    """An officer who is signed in and holds a safety key."""
    visit = sign_in(officer)
    visit.get(f"{PAGE}/new")
    return visit


@pytest.fixture
def keep(database, officer, now):
    """Keeps counts and figures without a page; their numbers."""

    def kept(*facts):
        numbers = []
        with database.writing() as writing, writing.begin():
            for each in facts:
                act = covering.add if isinstance(each, Covered) else covering.add_figure
                entry = act(writing, each, today=TODAY, by=officer.id, now=now)
                numbers.append(entry.id)
        return numbers

    return kept


def covered(**changed):
    facts = {**COUNT, "kind": OrganisationKind.COUNCIL, "trained": 45, "staff": 100, "target": 95}
    return Covered(**{**facts, "counted_on": date(2026, 10, 1), **changed})


def figured(**changed):
    facts = {**FIGURE, "numerator": 73, "denominator": 111, "counted_on": date(2026, 10, 1)}
    return Figured(**{**facts, **changed})


def problems(visit) -> list[str]:
    return re.findall(r'<li><a href="#([^"]+)">', visit.text)


def plain(visit) -> str:
    """The words of a page on one line."""
    return " ".join(re.sub(r"<[^>]+>", " ", visit.text).split())


def bring(visit, rows: str, *, columns: str = COLUMNS):
    visit.get(f"{PAGE}/from-file")
    file = (BytesIO((columns + rows).encode()), "counts.csv")
    visit.page = visit.post(f"{PAGE}/from-file", {"file": file})
    return visit.page


# The page


def test_before_anything_is_counted_the_page_says_what_to_do_next(sign_in, visit, viewer):
    visit.get(PAGE)
    assert "Nobody has counted trained staff yet" in visit.text
    assert f'href="{PAGE}/new"' in visit.text
    assert "No figure of a provider is kept yet" in visit.text
    reader = sign_in(viewer)
    reader.get(PAGE)
    assert "An officer can add how many staff there are" in reader.text
    assert f"{PAGE}/new" not in reader.text


def test_the_page_shows_shares_targets_who_is_missing_and_what_moved(visit, keep):
    keep(
        covered(trained=33, counted_on=date(2026, 5, 1)),
        covered(),
        covered(kind=OrganisationKind.HEALTH, staff_group="Nurses", trained=95),
    )
    visit.get(PAGE)
    words = plain(visit)
    assert "1 of 2 groups of staff have reached their target. 50 people still need" in words
    assert "140 of 200 people are trained: 70%. 50 people are still missing" in words
    assert "45 of 100 45% up 12 points from 33% on 1 May 2026 95% 50 1 Oct 2026 Return" in words
    assert "95 of 100 95% 95% reached" in words
    assert "1 earlier count" in words
    assert "33 of 100 33%" in words
    assert '<svg class="chart"' in visit.text


def test_a_provider_s_figure_is_worked_out_anew_and_the_difference_is_said(visit, keep):
    """T8: 65% from 73 of 111 shows 65.8% and flags the difference."""
    keep(figured(), figured(title="Fits", said="66"), figured(title="Silent", said=""))
    visit.get(PAGE)
    words = plain(visit)
    assert words.count("65.8%: 73 of 111") == 3
    assert words.count("The provider gave") == 1
    assert "The provider gave 65%. 73 of 111 is 65.8%." in words
    assert "Chance alone could make it 57% to 74%." in words
    for definition in ("Parents who said yes", "All who answered", "Report", "1 Oct 2026"):
        assert definition in words
    assert "none given" in words


def test_small_groups_are_hidden_and_no_sum_gives_them_back(sign_in, viewer, keep):
    keep(
        covered(),
        covered(staff_group="Sessional", trained=3, staff=4, source="Small"),
        covered(training="Only small", trained=2, staff=3),
        figured(numerator=1, denominator=4, said="33.77"),
    )
    visit = sign_in(viewer)
    visit.get(PAGE)
    words = plain(visit)
    assert words.count("hidden, small group") >= 3
    assert "45 of 100 people are trained: 45%. 50 people are still missing" in words
    assert "1 group is too small to show. It is not counted in this sum." in words
    assert "The groups are too small to show." in words
    assert "1 of 1 group of staff" not in words
    for secret in ("3 of 4", "104", "75%", "2 of 3", "67%", "1 of 4", "25%", "33.77"):
        assert secret not in words, secret


def test_a_group_under_ten_has_no_per_cent(visit, keep):
    keep(covered(trained=4, staff=9, target=None))
    visit.get(PAGE)
    words = plain(visit)
    assert "4 of 9 people are trained." in words
    assert "4 of 9 – – –" in words
    assert "44%" not in words


def test_words_are_shown_as_words_wherever_they_stand(visit, keep):
    evil = {"training": EVIL, "staff_group": EVIL, "source": EVIL}
    counts = keep(
        covered(**evil),
        covered(**{**evil, "staff_group": f"{EVIL} two"}),
        covered(**evil, trained=1, counted_on=date(2026, 9, 1)),
    )
    [figure] = keep(
        figured(**dict.fromkeys(("programme", "title", "counted", "among", "source"), EVIL))
    )
    for path in (
        PAGE,
        f"{PAGE}/new?after={counts[0]}",
        f"{PAGE}/{counts[0]}",
        f"{PAGE}/{counts[0]}/remove",
        f"{PAGE}/figures/{figure}",
        f"{PAGE}/figures/{figure}/remove",
    ):
        sent = visit.get(path).get_data(as_text=True)
        assert "&lt;script&gt;alert(1)" in sent, path
        assert "<script>alert" not in sent, path
    for rows in (
        f"{EVIL},,health,{EVIL},1,20,1/10/2026,,{EVIL}\n",
        f"x,{EVIL},{EVIL},{EVIL},,,,,\n",
    ):
        sent = bring(visit, rows).get_data(as_text=True)
        assert "&lt;script&gt;alert(1)" in sent
        assert "<script>alert" not in sent


# Who may


def test_only_officers_keep_figures_and_facilitators_do_not_see_the_page(
    sign_in, staff, viewer, facilitator, keep
):
    [count] = keep(covered())
    [figure] = keep(figured())
    pages = [f"{PAGE}/{path}" for path in ("new", "figures/new", "from-file", "empty/coverage.csv")]
    pages += [f"{PAGE}/{count}", f"{PAGE}/{count}/remove", f"{PAGE}/figures/{figure}"]
    for role in (Role.ADMINISTRATOR, Role.PARTNER):
        visit = sign_in(staff(role))
        assert visit.get(PAGE).status_code == 200
        assert all(visit.get(page).status_code == 403 for page in pages)
    reader = sign_in(viewer)
    assert reader.get(PAGE).status_code == 200
    assert "Mend" not in reader.text
    own = sign_in(facilitator)
    assert own.get(PAGE).status_code == 403
    assert "Social workers" not in own.text


@pytest.mark.parametrize("number", [0, 999_999, 2**31, 2**63])
def test_a_count_that_is_not_there_is_not_found(visit, number):
    for path in (f"{number}", f"{number}/remove", f"figures/{number}", f"figures/{number}/remove"):
        assert visit.get(f"{PAGE}/{path}").status_code == 404
        assert visit.post(f"{PAGE}/{path}").status_code == 404
    assert visit.get(f"{PAGE}/new?after={number}").status_code == 200


# Forms


def test_an_officer_adds_a_count_of_an_organisation_and_a_series(visit, database, now, look):
    with database.writing() as session, session.begin():
        school = Organisation(name="Ash School", kind=OrganisationKind.EDUCATION, created_at=now)
        series = Series(name="SEND basics", created_at=now)
        session.add_all([school, series])
    sent = {**COUNT, "training": "", "series": series.id, "kind": "", "organisation": school.id}
    visit.follow(visit.post(f"{PAGE}/new", sent))
    assert "The count is kept." in visit.text
    assert "Ash School" in visit.text
    assert f'href="/staff/series/{series.id}"' in visit.text
    columns = (Coverage.kind, Coverage.training, Coverage.target, Coverage.counted_on)
    assert look(select(*columns)) == [
        (OrganisationKind.EDUCATION, "SEND basics", 95, date(2026, 10, 1))
    ]
    assert look(select(AuditEvent.action)) == [("add coverage",)]
    other = {**sent, "kind": "health"}
    visit.page = visit.post(f"{PAGE}/new", other)
    assert problems(visit) == ["kind"]
    assert "is of the kind “Education”" in visit.text


@pytest.mark.parametrize(
    ("changed", "field", "words"),
    [
        ({"staff": ""}, "staff", "A share without it says nothing"),
        ({"staff": "0", "trained": "0"}, "staff", "There is no share of nobody"),
        ({"staff": "0"}, "staff", "There is no share of nobody"),
        ({"staff": "many"}, "staff", "from 0 to 1,000,000"),
        ({"staff": "-5"}, "staff", "from 0 to 1,000,000"),
        ({"trained": ""}, "trained", "Write how many have had the training"),
        ({"trained": "45%"}, "trained", "from 0 to 1,000,000"),
        ({"trained": "101"}, "trained", "more than there are in all"),
        ({"target": "0"}, "target", "from 1 to 100"),
        ({"target": "101"}, "target", "from 1 to 100"),
        ({"target": "most"}, "target", "from 1 to 100"),
        ({"counted_on": ""}, "counted_on", "Write the day"),
        ({"counted_on": "3/11/2026"}, "counted_on", "still to come"),
        ({"counted_on": "31/2/2026"}, "counted_on", "no such day"),
        ({"training": ""}, "training", "Choose a training from the list, or write"),
        ({"training": "x" * 201}, "training", "1 letter too long"),
        ({"series": "999999"}, "series", "Choose a training from the list"),
        ({"kind": ""}, "kind", "Choose an organisation, or which kind"),
        ({"kind": "nhs"}, "kind", "Choose one from the list"),
        ({"organisation": "999999"}, "organisation", "Choose an organisation from the list"),
        ({"organisation": "x"}, "organisation", "Choose an organisation from the list"),
        ({"staff_group": " "}, "staff_group", "Write which staff"),
        ({"source": ""}, "source", "Write where the numbers are from"),
    ],
    ids=lambda value: ascii(value)[:40],
)
@pytest.mark.any_database
def test_a_wrong_count_says_what_to_mend_and_keeps_nothing(visit, look, changed, field, words):
    visit.page = visit.post(f"{PAGE}/new", {**COUNT, **changed})
    assert visit.page.status_code == 422
    assert field in problems(visit)
    assert words in visit.text
    assert look(ENTRIES) == [(0,)]


@pytest.mark.parametrize(
    ("changed", "field", "words"),
    [
        ({"denominator": ""}, "denominator", "A share without it says nothing"),
        ({"denominator": "", "numerator": ""}, "denominator", "A share without it says nothing"),
        ({"denominator": "0", "numerator": "0"}, "denominator", "There is no share of nobody"),
        ({"numerator": "112"}, "numerator", "more than there are in all"),
        ({"said": "most"}, "said", "from 0 to 100"),
        ({"said": "101"}, "said", "from 0 to 100"),
        ({"counted": ""}, "counted", "Nobody can read a figure without it"),
        ({"among": ""}, "among", "Write who all were"),
        ({"counted_on": "2026-11-03"}, "counted_on", "still to come"),
        ({"programme": ""}, "programme", "Write which programme"),
        ({"title": ""}, "title", "Write a name for the figure"),
        ({"source": ""}, "source", "Write where the numbers are from"),
    ],
    ids=lambda value: ascii(value)[:40],
)
@pytest.mark.any_database
def test_a_wrong_figure_says_what_to_mend_and_keeps_nothing(visit, look, changed, field, words):
    visit.page = visit.post(f"{PAGE}/figures/new", {**FIGURE, **changed})
    assert visit.page.status_code == 422
    assert field in problems(visit)
    assert words in visit.text
    assert look(FIGURES) == [(0,)]


def test_counting_again_begins_with_the_same_words_and_keeps_the_count_before(visit, keep, look):
    [count] = keep(covered())
    visit.get(f"{PAGE}/new?after={count}")
    for kept in ('value="Co-production"', 'value="Social workers"', 'value="95"'):
        assert kept in visit.text
    for begun in ('value="45"', 'value="2026-10-01"', 'value="Return"'):
        assert begun not in visit.text
    sent = {**COUNT, "trained": "60", "counted_on": "2/11/2026"}
    visit.follow(visit.post(f"{PAGE}/new?after={count}", sent))
    assert "up 15 points from 45%" in plain(visit)
    assert look(ENTRIES) == [(2,)]


def test_another_count_of_the_same_day_is_told_beside_the_day(visit, keep, look):
    keep(covered(), figured())
    visit.page = visit.post(f"{PAGE}/new", {**COUNT, "trained": "46"})
    assert (visit.page.status_code, problems(visit)) == (422, ["counted_on"])
    assert "It says something else." in visit.text
    visit.page = visit.post(f"{PAGE}/figures/new", {**FIGURE, "said": "66"})
    assert (visit.page.status_code, problems(visit)) == (422, ["counted_on"])
    assert visit.post(f"{PAGE}/new", COUNT).status_code == 303  # sent twice
    assert look(ENTRIES) == [(1,)]


def test_a_count_is_mended_by_one_and_not_by_two_at_once(visit, keep, look):
    [count] = keep(covered())
    visit.get(f"{PAGE}/{count}")
    assert 'name="version" type="hidden" value="1"' in visit.text
    mended = {**COUNT, "trained": "54", "version": "1"}
    visit.follow(visit.post(f"{PAGE}/{count}", mended))
    assert "54 of 100" in visit.text
    assert visit.post(f"{PAGE}/{count}", {**mended, "trained": "1"}).status_code == 409
    assert visit.post(f"{PAGE}/{count}", {**COUNT, "trained": "1"}).status_code == 409
    assert look(select(Coverage.trained)) == [(54,)]
    assert look(select(AuditEvent.action).order_by(AuditEvent.id))[1:] == [("change coverage",)]


def test_a_figure_is_mended_and_keeps_the_digits_it_was_given_with(visit, keep, look):
    [figure] = keep(figured())
    visit.get(f"{PAGE}/figures/{figure}")
    assert 'value="65"' in visit.text
    visit.follow(
        visit.post(f"{PAGE}/figures/{figure}", {**FIGURE, "said": "66,0 %", "version": "1"})
    )
    assert "The provider gave 66.0%." in plain(visit)
    assert look(select(ProviderFigure.said)) == [("66.0",)]


def test_nothing_is_taken_away_before_somebody_says_yes(visit, keep, look):
    [count], [figure] = keep(covered()), keep(figured())
    visit.get(f"{PAGE}/{count}/remove")
    assert "Take this away?" in visit.text
    visit.get(f"{PAGE}/figures/{figure}/remove")
    assert (look(ENTRIES), look(FIGURES)) == ([(1,)], [(1,)])
    visit.follow(visit.post(f"{PAGE}/{count}/remove"))
    assert "The count is taken away." in visit.text
    visit.follow(visit.post(f"{PAGE}/figures/{figure}/remove"))
    assert (look(ENTRIES), look(FIGURES)) == ([(0,)], [(0,)])
    visit.token = "forged"
    assert visit.post(f"{PAGE}/new", COUNT).status_code == 400


# Tables


def test_a_table_is_shown_before_it_is_kept(visit, look):
    reply = bring(visit, ROW)
    assert reply.status_code == 200
    assert "1 line is new." in visit.text
    assert "45 of 100" in visit.text
    assert look(ENTRIES) == [(0,)]
    visit.follow(visit.post(f"{PAGE}/from-file", {"content": COLUMNS + ROW}))
    assert "1 line was kept." in visit.text
    assert look(select(Coverage.trained, Coverage.staff)) == [(45, 100)]
    bring(visit, ROW + ROW.replace("Social", "Other"))
    assert "1 line is new. 1 line is kept already and will be left out." in plain(visit)
    bring(visit, ROW)
    assert "Yes, bring it in" not in visit.text


def test_the_page_that_asks_for_a_yes_carries_the_whole_file(visit, look):
    bring(visit, 'Co-production,,health,"Nurses, ""school""",4,20,1/10/2026,,É\n')
    sent = visit.page.get_data(as_text=True)
    content = html.unescape(re.search(r'name="content" value="([^"]*)"', sent)[1])
    visit.follow(visit.post(f"{PAGE}/from-file", {"content": content}))
    assert look(select(Coverage.staff_group, Coverage.source)) == [('Nurses, "school"', "É")]


def test_a_given_per_cent_that_does_not_fit_is_marked_before_it_is_kept(visit):
    columns = "programme,title,what counts,out of whom,number,base,per cent,counted on,source\n"
    bring(
        visit,
        "Sleep,Better,Yes,All,73,111,65,1/10/2026,R\nSleep,Other,Yes,All,73,111,66,1/10/2026,R\n",
        columns=columns,
    )
    assert plain(visit).count("65.8%") == 2
    assert plain(visit).count("does not fit") == 1


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ("X,,council,All,5,,1/10/2026,,R\n", "Line 2: “staff” is empty. A share says nothing"),
        ("X,,council,All,5,0,1/10/2026,,R\n", "Line 2: “staff” is 0. There is no share of nobody."),
        ("X,,council,All,6,5,1/10/2026,,R\n", "Line 2: “trained” is larger than “staff”."),
        ("X,,council,All,4,5,3/11/2026,,R\n", "Line 2: “counted on” is a day still to come."),
        ("X,,nhs,All,4,5,1/10/2026,,R\n", "Line 2: “nhs” is no kind of organisation."),
        ("X,Nowhere,,All,4,5,1/10/2026,,R\n", "Line 2: “Nowhere” is not in the list"),
        ("=X,,council,All,4,5,1/10/2026,,R\n", "Line 2: “training” begins with a sign"),
        ("", "Line 2: There is nothing below the names of the columns."),
        (ROW + ROW, "Line 3: The same people, or the same figure, stand on line 2"),
    ],
)
def test_a_wrong_table_is_told_by_line_and_keeps_nothing(visit, look, rows, words):
    assert bring(visit, rows).status_code == 422
    assert words in plain(visit)
    visit.page = visit.post(f"{PAGE}/from-file", {"content": COLUMNS + rows})
    assert visit.page.status_code == 422
    assert words in plain(visit)
    assert look(ENTRIES) == [(0,)]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "Line 1: The file is empty."),
        (b"a,b\n1,2\n", "Line 1: The first line must name these columns"),
        (b"PK\x03\x04\xff", "Line 1: This is not a CSV file in UTF-8."),
        (b"x" * 60_001, "Line 1: The file is larger than 60000 bytes."),
    ],
    ids=lambda value: ascii(value)[:20],
)
def test_what_is_no_table_is_told(visit, content, words):
    visit.page = visit.post(f"{PAGE}/from-file", {"file": (BytesIO(content), "x.csv")})
    assert visit.page.status_code == 422
    assert words in plain(visit)


def test_no_file_at_all_is_told(visit):
    visit.page = visit.post(f"{PAGE}/from-file")
    assert visit.page.status_code == 422
    assert "The file is empty." in visit.text


@pytest.mark.parametrize("table", ["coverage", "figures"])
def test_an_empty_table_can_be_taken_away_and_filled_in(visit, table):
    reply = visit.get(f"{PAGE}/empty/{table}.csv")
    assert reply.headers["Content-Disposition"] == f'attachment; filename="{table}.csv"'
    visit.get(f"{PAGE}/new")
    file = (BytesIO(reply.data), "empty.csv")
    visit.page = visit.post(f"{PAGE}/from-file", {"file": file})
    assert "There is nothing below the names of the columns." in visit.text
