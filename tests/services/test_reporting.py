"""Papers: begun, checked, frozen for good, agreed to, and whom they went to."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from followed import opened, send
from sqlalchemy import select

from feedback.analysis.claims import Kind, Way
from feedback.errors import ChangedMeanwhile, ReportFrozen, ReportMoved, ReportNotReady
from feedback.models.improvements import Commitment, Insight, InsightQuote
from feedback.models.oversight import AuditEvent
from feedback.models.quotes import Quote
from feedback.models.releases import ReleasedTheme
from feedback.models.reports import ReportVersion, VersionFrozen
from feedback.models.responses import Answer, Response
from feedback.models.themes import Codebook, Theme
from feedback.queries import reports as stored
from feedback.services import citing, releasing, reporting, tallying
from feedback.services.report_plans import Part, parts_of
from feedback.services.reporting import Begun, Facts, Sent
from feedback.services.trending import CYCLES_FROM
from feedback.vocabulary import Audience, CommitmentState, ReportKind

LONDON = ZoneInfo("Europe/London")
STEADY = [(18, 14), (17, 15), (19, 13), (18, 14), (17, 15), (19, 13)]
FIRST = CYCLES_FROM
LAST = CYCLES_FROM + timedelta(days=28 * 6 - 1)


def fill(session, collection, cycles, *, first=1):
    for cycle, (happy, not_happy) in enumerate(cycles, start=first):
        day = CYCLES_FROM + timedelta(days=28 * (cycle - 1) + 13)
        people = [{"face": "4", "wait": 6}] * happy + [{"face": "2", "wait": 9}] * not_happy
        send(session, collection, datetime.combine(day, time(12), UTC), people)
    tallying.tally_all(session, LONDON)


def make_release(session, now, until=LAST):
    release = releasing.ask(session, "", until=until, by=None, now=now)
    releasing.make(session, release, threshold=10, zone=LONDON, now=now)
    return release


@pytest.fixture
def release(officer, session, now):
    fill(session, opened(session, now), STEADY)
    return make_release(session, now)


def begun(session, officer, now, **bodies):
    sections = [Begun(key, key.title(), body) for key, body in bodies.items()]
    facts = Facts(ReportKind.BOARD_PAPER, "Trust", "en", FIRST, LAST)
    return reporting.begin(session, facts, sections, by=officer.id, now=now)


def section(report, key):
    return next(each for each in report.sections if each.key == key)


def checked(session, report, key):
    sources = citing.sources_of(session, stored.one(session, report.id))
    return reporting.check(section(report, key), sources, report.language)


def freeze(session, report, officer, now, *, after=0, note="", content=None):
    whole = stored.one(session, report.id)
    return reporting.freeze(
        session, whole, citing.sources_of(session, whole), content or {"paper": {}, "figures": {}},
        cut_off_on=LAST, change_note=note, after=after, by=officer.id, now=now,
    )  # fmt: skip


def heard(session, now, code="late-taxis", **more):
    insight = Insight(
        code=code,
        title={"en": {"standard": "Taxis come late"}},
        said={"en": {"standard": "Families said that taxis come late."}},
        audience=Audience.PARENT,
        tags=["statement-3"],
        heard_on=FIRST + timedelta(days=30),
        created_at=now,
        **more,
    )
    insight.commitments = [
        Commitment(
            position=1,
            what={"en": {"standard": "Ask the company for a text message"}},
            notice={"en": {"standard": "A message comes before the taxi"}},
            reason={},
            state=CommitmentState.DOING,
            created_at=now,
        )
    ]
    session.add(insight)
    session.flush()
    return insight


# What may be referred to


def test_a_figure_is_read_from_the_release_with_its_people(session, release, now):
    found = citing.sources(session, FIRST, LAST)
    whole, value = found.find("happy"), found.find("happy, value")

    assert found.release.id == release.id
    assert round(whole.known.share, 3) == 0.594
    assert whole.known.lower < 0.594 < whole.known.upper
    assert whole.known.based and not value.known.based
    assert whole.figure.latest.people.count == 32
    assert found.find("happy, latest").figure.latest == whole.figure.latest


@pytest.mark.parametrize(
    "key", ["", "sad", "happy, most", "happy, value, people", "theme", "insight", "promise x",
            "promise 99999999999999999999", "quote a", "happy, area nowhere", "heard, value"],
)  # fmt: skip
def test_a_reference_to_nothing_is_nothing(session, release, key):
    assert citing.sources(session, FIRST, LAST).find(key) is None


def test_every_offered_reference_can_be_found_again(session, release, now):
    heard(session, now)
    found = citing.sources(session, FIRST, LAST)
    offered = list(found.every())

    assert len(offered) > 10
    assert all(found.find(each.key) == each for each in offered)
    assert {"happy", "happy, chart", "insight late-taxis", "actions"} <= {e.key for e in offered}


def test_the_window_cuts_what_is_shown_and_not_what_it_is_judged_by(session, release):
    late = FIRST + timedelta(days=28 * 3)
    cut = citing.sources(session, late, LAST).figures["happy"]
    ends = citing.sources(session, FIRST, late - timedelta(days=1)).figures["happy"]

    assert len(cut.figures) == 3 and len(cut.shown.reading.states) == 3
    assert len(cut.series.spots) == 6 and citing.went(cut.series) == frozenset()
    assert len(ends.series.spots) == 3 and citing.went(ends.series) is None
    assert citing.sources(session, FIRST - timedelta(99), FIRST - timedelta(9)).figures == {}


def test_a_fall_is_known_as_one(officer, session, now):
    fill(session, opened(session, now), [(26, 14), (24, 16)] * 4 + [(12, 28), (10, 30)] * 4)
    make_release(session, now, CYCLES_FROM + timedelta(days=28 * 16 - 1))
    found = citing.sources(session, FIRST, FIRST + timedelta(days=28 * 16 - 1))

    assert found.find("happy").known.went == frozenset({Way.DOWN})


def test_a_theme_is_cited_only_where_its_release_shows_it(session, release, officer, now):
    book = Codebook(name="Ours", created_at=now)
    session.add(book)
    session.flush()
    shown, hidden = (Theme(codebook_id=book.id, code=code) for code in ("waiting", "food"))
    session.add_all([shown, hidden])
    session.flush()
    days = {"since": FIRST.isoformat(), "until": LAST.isoformat()}
    for theme, people in ((shown, 40), (hidden, None)):
        session.add(
            ReleasedTheme(
                release_id=release.id, theme_id=theme.id, audience=Audience.PARENT,
                figures={"people": people, "of": 160, **days},
            )
        )  # fmt: skip
    session.flush()
    found = citing.sources(session, FIRST, LAST)

    assert found.find("theme waiting, parents").known.share == 0.25
    assert found.find("theme waiting") is not None
    assert found.find("theme food, parents") is None
    assert found.find("theme waiting, practitioners") is None


def test_what_was_taken_back_cannot_be_referred_to(session, release, now):
    insight = heard(session, now)
    promise = insight.commitments[0].id
    before = citing.sources(session, FIRST, LAST)
    insight.withdrawn_at = now
    session.flush()
    after = citing.sources(session, FIRST, LAST)

    assert before.find("insight late-taxis") and before.find(f"promise {promise}")
    assert after.find("insight late-taxis") is None and after.find(f"promise {promise}") is None


def quoted(session, insight, officer, now):
    """A cleared quote on an insight; its answer is one that somebody sent."""
    row = session.execute(
        select(Answer.response_id, Answer.question_id)
        .join(Response, Response.id == Answer.response_id)
        .order_by(Answer.response_id, Answer.question_id)
        .limit(1)
    ).one()
    session.get(Response, row[0]).may_be_quoted = True
    session.add(
        Quote(response_id=row[0], question_id=row[1], text="It was late again",
              user_id=officer.id, cleared_at=now)
    )  # fmt: skip
    session.flush()
    session.add(
        InsightQuote(insight_id=insight.id, response_id=row[0], question_id=row[1],
                     user_id=officer.id, approved_at=now)
    )  # fmt: skip
    session.flush()
    return row


def test_a_quote_is_there_while_its_writer_says_yes(session, release, officer, now):
    insight = heard(session, now)
    row = quoted(session, insight, officer, now)
    (key,) = citing.sources(session, FIRST, LAST).quotes
    assert key == ("late-taxis", key[1]) and str(row[0]) != key[1]
    session.get(Response, row[0]).may_be_quoted = False
    session.flush()

    assert citing.sources(session, FIRST, LAST).quotes == {}


# Writing


@pytest.mark.parametrize("kind", list(ReportKind))
def test_every_kind_of_paper_has_a_part_about_impact(kind):
    assert Part.IMPACT in {each.part for each in parts_of(kind)}
    tags = [each.tag for each in parts_of(kind, ["area-1", "area-2"]) if each.part is Part.IMPACT]
    assert tags == ([""] if kind is ReportKind.SUMMARY else ["area-1", "area-2"])


def test_whoever_saves_a_section_second_is_told_and_nothing_is_lost(session, release, officer, now):
    report = begun(session, officer, now, position="Old")
    part = section(report, "position")
    reporting.save_section(session, part, "Mine", version=1, by=officer.id, now=now)
    with pytest.raises(ChangedMeanwhile):
        reporting.save_section(session, part, "Theirs", version=1, by=officer.id, now=now)

    assert part.body == "Mine" and part.version == 2


def test_whoever_changes_the_days_second_is_told(session, release, officer, now):
    report = begun(session, officer, now, position="")
    facts = Facts(ReportKind.BOARD_PAPER, "New", "en", FIRST, LAST)
    reporting.change(session, report, facts, version=1, by=officer.id, now=now)
    with pytest.raises(ChangedMeanwhile):
        reporting.change(session, report, facts, version=1, by=officer.id, now=now)


def test_a_typed_number_stays_with_a_reason_until_its_sentence_changes(
    session, release, officer, now
):
    report = begun(session, officer, now, position="We ran 84 sessions.")
    part = section(report, "position")
    (finding,) = checked(session, report, "position").findings
    reporting.keep_words(session, part, finding, "From the training team", by=officer.id, now=now)
    kept = checked(session, report, "position")

    assert not kept.stops and [reason for _, reason in kept.kept] == ["From the training team"]
    reporting.save_section(
        session, part, "We ran 84 sessions here.", version=1, by=officer.id, now=now
    )
    assert checked(session, report, "position").stops


def test_no_reason_keeps_an_impact_claim_without_evidence(session, release, officer, now):
    report = begun(session, officer, now, impact="Taxis come in time.")
    (finding,) = checked(session, report, "impact").findings

    assert finding.kind is Kind.UNPROVED
    with pytest.raises(ReportNotReady):
        reporting.keep_words(
            session, section(report, "impact"), finding, "Trust us", by=officer.id, now=now
        )


def test_a_language_that_is_not_checked_still_needs_evidence_for_impact(
    session, release, officer, now
):
    facts = Facts(ReportKind.BOARD_PAPER, "Zaufanie", "pl", FIRST, LAST)
    bodies = {"position": "Most 48% rodziców", "impact": "Jest lepiej.", "next": "[nic]"}
    report = reporting.begin(
        session, facts, [Begun(*each[:1], each[0], each[1]) for each in bodies.items()],
        by=officer.id, now=now,
    )  # fmt: skip

    assert [checked(session, report, key).stops for key in bodies] == [False, True, True]


# Freezing


IMPACT = "Families feel listened to: [happy]."


def test_a_paper_with_an_empty_impact_is_not_frozen(session, release, officer, now):
    report = begun(session, officer, now, position="We met.", impact="  ")
    with pytest.raises(ReportNotReady):
        freeze(session, report, officer, now)


@pytest.mark.parametrize(
    "body",
    ["Taxis come in time.", "We helped 84 families: [happy].", "It is better: [sad].",
     "Most parents trust us: [happy, value], said [happy, people]. 12% did not: [happy]."],
)  # fmt: skip
def test_a_paper_with_a_claim_that_leads_nowhere_is_not_frozen(
    session, release, officer, now, body
):
    report = begun(session, officer, now, impact=body)
    with pytest.raises(ReportNotReady):
        freeze(session, report, officer, now)


def test_a_frozen_version_never_changes_and_never_goes(session, release, officer, now):
    report = begun(session, officer, now, impact=IMPACT)
    version = freeze(session, report, officer, now, content={"figures": {"happy": "61%"}})
    with session.begin_nested() as inner:
        version.content = {"figures": {"happy": "99%"}}
        with pytest.raises(VersionFrozen):
            session.flush()
        inner.rollback()
    with session.begin_nested() as inner:
        session.delete(version)
        with pytest.raises(VersionFrozen):
            session.flush()
        inner.rollback()

    session.expire_all()
    assert session.scalars(select(ReportVersion.content)).all() == [{"figures": {"happy": "61%"}}]


def test_a_second_version_says_what_is_new_and_follows_the_one_that_was_seen(
    session, release, officer, now
):
    report = begun(session, officer, now, impact=IMPACT)
    freeze(session, report, officer, now)
    with pytest.raises(ReportMoved):
        freeze(session, report, officer, now, after=0)
    with pytest.raises(ReportNotReady):
        freeze(session, report, officer, now, after=1)
    second = freeze(session, report, officer, now, after=1, note="The newest figures")

    assert (second.number, second.change_note) == (2, "The newest figures")
    assert second.release_id == release.id


def test_a_frozen_paper_stays_and_a_draft_can_go(session, release, officer, now):
    report, draft = (begun(session, officer, now, impact=IMPACT) for _ in range(2))
    freeze(session, report, officer, now)
    reporting.remove(session, draft, by=officer.id, now=now)

    assert [each.id for each in stored.every(session)] == [report.id]
    with pytest.raises(ReportFrozen):
        reporting.remove(session, report, by=officer.id, now=now)


def test_a_newer_release_is_said_and_one_after_the_cut_off_is_not(session, release, officer, now):
    report = begun(session, officer, now, impact=IMPACT)
    version = freeze(session, report, officer, now)
    assert reporting.superseded_by(session, version, LAST) is None
    newer = make_release(session, now)
    make_release(session, now, LAST + timedelta(days=1))

    assert reporting.superseded_by(session, version, LAST) == newer.number


# Whom it went to


def test_the_same_version_sent_twice_makes_two_lines(session, release, officer, now):
    report = begun(session, officer, now, impact=IMPACT)
    version = freeze(session, report, officer, now)
    sent = Sent("pdf", "0" * 64, "Partnership board", "For its meeting", date(2026, 11, 3))
    for _ in range(2):
        reporting.note_share(session, version, sent, by=officer.id, now=now)
    shares = stored.shares(session, [version.id])

    assert [each.to_whom for each in shares] == ["Partnership board"] * 2
    assert len({each.id for each in shares}) == 2
    with session.begin_nested() as inner:
        shares[0].to_whom = "Nobody"
        with pytest.raises(VersionFrozen):
            session.flush()
        inner.rollback()


def test_a_co_owner_agrees_once(session, release, officer, now):
    report = begun(session, officer, now, impact=IMPACT)
    version = freeze(session, report, officer, now)
    for _ in range(2):
        reporting.approve(session, version, by=officer.id, now=now)

    assert len(stored.approvals(session, [version.id])) == 1
    actions = session.scalars(select(AuditEvent.action)).all()
    assert actions.count("approve report") == 1
    assert {"begin report", "freeze report"} <= set(actions)
