"""An officer writes a paper: from a template, one section a page, with what does not stand."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from feedback import languages
from feedback.analysis.claims import CHECKED
from feedback.errors import ChangedMeanwhile
from feedback.forms.account import ButtonForm
from feedback.forms.reports import AboutForm, KeepForm, ReportForm, SectionForm
from feedback.models.meetings import Meeting
from feedback.models.reports import Report, ReportSection
from feedback.queries import meetings
from feedback.queries import reports as stored
from feedback.services import citing, reporting
from feedback.services.citing import Cited, Of, Sources
from feedback.services.report_plans import Part
from feedback.services.reporting import Facts
from feedback.vocabulary import Permission, ReportKind
from feedback.web import easy_advice, paper_easy, report_start, report_words
from feedback.web.access import needs
from feedback.web.findings import kept
from feedback.web.frame import db, language, now, today
from feedback.web.paper_parts import in_language
from feedback.web.reports.door import (
    REPORT,
    bp,
    flags,
    name_of,
    parts_of,
    report_of,
    section_of,
    sources_of,
)

SIX_MONTHS = timedelta(days=182)  # of evidence, where nobody says other days


@dataclass(frozen=True)
class Choice:
    """A reference to insert: what is typed, and what it says now."""

    typed: str
    says: str


@dataclass(frozen=True)
class Group:
    """References about one thing."""

    title: str
    choices: Sequence[Choice]


@bp.get("")
@needs(Permission.SEE_PROMISES)
def every() -> ResponseReturnValue:
    """All papers, the newest first, and the meeting that comes next."""
    return render_template(
        "office/reports/every.html",
        reports=stored.every(db()),
        meeting=meetings.next_with_papers(db(), today()),
        kinds=report_words.KINDS,
        form=ButtonForm(),
    )


@bp.route("/new", methods=["GET", "POST"])
@needs(Permission.WRITE_REPORTS)
def new() -> ResponseReturnValue:
    """Begin a paper from a template: what is known already stands in it."""
    known = list(meetings.every(db()))
    soon = meetings.next_with_papers(db(), today())
    asked = request.args.get("meeting", "")
    form = ReportForm(
        data={
            "kind": ReportKind.BOARD_PAPER.value,
            "meeting": asked or (soon.id if soon else None),
            "language": language(),
        }
    )
    form.offer(
        report_words.KINDS.items(),
        [(each.tag, each.own_name) for each in languages.OFFERED.values()],
    )
    form.offer_meetings(_called(known))
    if form.validate_on_submit():
        report = _begin(form, known)
        flash(gettext("The paper is begun. What is known already stands in it."))
        return redirect(url_for(".report", report_id=report.id), code=303)
    page = render_template("office/reports/new.html", form=form, hints=report_words.KIND_HINTS)
    return page, 422 if form.is_submitted() else 200


@bp.get(REPORT)
@needs(Permission.SEE_PROMISES)
def report(report_id: int) -> ResponseReturnValue:
    """A paper: its sections with what is to be looked at, and its versions."""
    found = report_of(report_id)
    sources = sources_of(found)
    newest = found.versions[-1] if found.versions else None
    return render_template(
        "office/reports/report.html",
        report=found,
        release=sources.release,
        parts=parts_of(found, sources),
        newer=reporting.superseded_by(db(), newest, found.until) if newest else None,
        kinds=report_words.KINDS,
        is_checked=found.language in CHECKED,
        form=ButtonForm(),
    )


@bp.route(f"{REPORT}/about", methods=["GET", "POST"])
@needs(Permission.WRITE_REPORTS)
def about(report_id: int) -> ResponseReturnValue:
    """Say for which meeting a paper is and which days it is about; figures follow."""
    found = report_of(report_id)
    known = list(meetings.every(db()))
    form = AboutForm(data={**_about(found), "version": str(found.version)})
    form.offer_meetings(_called(known))
    status = 200
    if form.validate_on_submit():
        meeting = next((each for each in known if each.id == form.meeting.number), None)
        since, until = _window(form.since.data, form.until.data, meeting)
        facts = Facts(
            found.kind, form.title.data, found.language, since, until,
            meeting.id if meeting else None, found.release_id,
        )  # fmt: skip
        try:
            reporting.change(
                db(), found, facts, version=form.seen, by=current_user.user_id, now=now()
            )
        except ChangedMeanwhile:
            db().refresh(found)
            form.version.data, status = str(found.version), 409
        else:
            flash(gettext("Saved. All figures follow the new days."))
            return redirect(url_for(".report", report_id=found.id), code=303)
    elif form.is_submitted():
        status = 422
    page = render_template(
        "office/reports/about.html", form=form, report=found, moved=status == 409
    )
    return page, status


@bp.route(f"{REPORT}/sections/<int(max=2147483647):section_id>", methods=["GET", "POST"])
@needs(Permission.WRITE_REPORTS)
def section(report_id: int, section_id: int) -> ResponseReturnValue:
    """Write one section; what does not stand in it is beside the words."""
    found = report_of(report_id)
    part = section_of(found, section_id)
    proposed = _proposed(found, part)
    easy = proposed if part.easy is None else part.easy
    form = SectionForm(data={"body": part.body, "easy": easy, "version": str(part.version)})
    status, theirs = 200, None
    if form.validate_on_submit():
        try:
            reporting.save_section(
                db(),
                part,
                form.body.data,
                easy=_easy(form, part, proposed),
                version=form.seen,
                by=current_user.user_id,
                now=now(),
            )
        except ChangedMeanwhile:
            db().refresh(part)
            theirs, status = part.body, 409
            form.version.data = str(part.version)
        else:
            return redirect(_after_saving(found, part), code=303)
    elif form.is_submitted():
        status = 422
    return _section_page(found, part, form, status, theirs)


@bp.post(f"{REPORT}/sections/<int(max=2147483647):section_id>/keep")
@needs(Permission.WRITE_REPORTS)
def keep(report_id: int, section_id: int) -> ResponseReturnValue:
    """Let words stay, with a reason that is printed; an empty press takes the reason back."""
    found = report_of(report_id)
    part = section_of(found, section_id)
    form = KeepForm()
    checked = reporting.check(part, sources_of(found), found.language)
    all_of_them = [*checked.findings, *(each for each, _ in checked.kept)]
    finding = next(
        (
            each
            for each in all_of_them
            if (each.words, each.sentence) == (form.words.data, form.sentence.data)
        ),
        None,
    )
    takes_back = "back" in request.form
    if finding is not None and (form.validate() or takes_back):
        reason = "" if takes_back else form.reason.data
        reporting.keep_words(db(), part, finding, reason, by=current_user.user_id, now=now())
        flash(
            gettext("The reason is gone. The words need a look again.")
            if takes_back
            else gettext("The words stay, and the reason is printed with the paper.")
        )
    elif finding is not None:
        flash(gettext("Write why these words stay. Nothing was changed."), "problem")
    return redirect(_page_of(found, part), code=303)


def _section_page(
    found: Report, part: ReportSection, form: SectionForm, status: int, theirs: str | None
) -> ResponseReturnValue:
    sources = sources_of(found)
    checked = reporting.check(part, sources, found.language)
    open_ones, kept_ones = flags(checked)
    ids = [each.id for each in found.sections]
    at = ids.index(part.id)
    with in_language(found.language):
        groups = list(_groups(sources))
        proposed = paper_easy.proposals(found, sources)[part.id]
    easy = proposed if part.easy is None else part.easy
    page = render_template(
        "office/reports/section.html",
        report=found,
        section=part,
        name=name_of(part),
        hint=report_words.HINTS[Part(part.key)],
        form=form,
        keep_form=KeepForm(formdata=None),
        theirs=theirs,
        flags=open_ones,
        kept=kept_ones,
        is_empty=checked.empty,
        easy_stops=[
            (each.words, gettext(each.why, **each.facts), gettext(each.instead, **each.facts))
            for each in checked.easy
        ],
        advice=easy_advice.of_lines(easy, found.language),
        writes_itself=part.easy is None,
        groups=groups,
        following=found.sections[at + 1] if at + 1 < len(ids) else None,
        name_of=name_of,
        is_checked=found.language in CHECKED,
    )
    return page, status


def _proposed(found: Report, part: ReportSection) -> str:
    """The easy words of a section as they write themselves, in the paper's language."""
    with in_language(found.language):
        return paper_easy.proposals(found, sources_of(found))[part.id]


def _easy(form: SectionForm, part: ReportSection, proposed: str) -> str | None:
    """The easy words to keep; None where they go on writing themselves."""
    if "easy" not in request.form:
        return part.easy
    return None if form.easy.data.split() == proposed.split() else form.easy.data


def _after_saving(report: Report, section: ReportSection) -> str:
    """The same page with its flags, or the next section, or the paper."""
    if "next" not in request.form:
        flash(gettext("Saved."))
        return _page_of(report, section)
    ids = [each.id for each in report.sections]
    at = ids.index(section.id) + 1
    if at == len(ids):
        return url_for(".report", report_id=report.id)
    return url_for(".section", report_id=report.id, section_id=ids[at])


def _page_of(report: Report, section: ReportSection) -> str:
    return url_for(".section", report_id=report.id, section_id=section.id)


# References to choose from


def _groups(sources: Sources) -> Iterator[Group]:
    for title, several in groupby(sources.every(), key=_about_what):
        choices = [Choice(f"[{each.key}]", _says(each, sources)) for each in several]
        if title:
            yield Group(title, [each for each in choices if each.says])


def _about_what(cited: Cited) -> str:
    match cited.of:
        case Of.MEASURE | Of.GROUP if cited.figure:
            return kept(cited.figure.series.measure.title).words
        case Of.THEME:
            return gettext("What comments were about")
        case Of.INSIGHT:
            return gettext("What was heard")
        case Of.PROMISE:
            return gettext("What was promised")
        case Of.QUOTE:
            return gettext("Cleared quotes, each on a line of its own")
    return gettext("Parts that write themselves, each on a line of its own")


def _says(cited: Cited, sources: Sources) -> str:
    if cited.quote:
        return cited.quote.text
    if cited.block:
        return {
            "heard": gettext("Whom we heard and whom we did not"),
            "less sure": gettext("What to know before believing the figures"),
            "insights": gettext("All that was heard in these days"),
            "actions": gettext("A table of what was promised"),
            "face to face": gettext("How many events were face to face, and how many online"),
        }[cited.block]
    if cited.show is citing.Show.CHART:
        return gettext("The chart with its table, on a line of its own")
    if cited.theme:
        return gettext(
            "%(theme)s: %(words)s",
            theme=report_words.theme_title(cited, sources),
            words=report_words.words_of(cited),
        )
    return report_words.words_of(cited)


# Beginning one


def _begin(form: ReportForm, known: Sequence[Meeting]) -> Report:
    meeting = next((each for each in known if each.id == form.meeting.number), None)
    since, until = _window(form.since.data, form.until.data, meeting)
    kind = ReportKind(form.kind.data)
    tag = form.language.data or language()
    sources = citing.sources(db(), since, until)
    with in_language(tag):
        sections = report_start.sections(kind, form.tags.data, sources, since)
    return reporting.begin(
        db(),
        Facts(kind, form.title.data, tag, since, until, meeting.id if meeting else None),
        sections,
        by=current_user.user_id,
        now=now(),
    )


def _window(since: date | None, until: date | None, meeting: Meeting | None) -> tuple[date, date]:
    """The days a paper is about: up to the meeting's cut-off, six months where nobody says."""
    if until is None:
        until = meeting.cut_off_on if meeting else today() - timedelta(days=1)
    if since is None or since > until:
        since = until - SIX_MONTHS
    return since, until


def _about(report: Report) -> dict[str, object]:
    return {
        "title": report.title,
        "meeting": report.meeting_id,
        "since": report.since,
        "until": report.until,
    }


def _called(known: Sequence[Meeting]) -> list[tuple[int, str]]:
    return [
        (
            each.id,
            gettext("%(name)s, %(day)s", name=each.name, day=report_words.day(each.held_on)),
        )
        for each in known
    ]


@bp.route(f"{REPORT}/remove", methods=["GET", "POST"])
@needs(Permission.WRITE_REPORTS)
def remove(report_id: int) -> ResponseReturnValue:
    """Throw away a paper that never was frozen, after asking once more."""
    found = report_of(report_id)
    form = ButtonForm()
    if form.validate_on_submit():
        reporting.remove(db(), found, by=current_user.user_id, now=now())
        flash(gettext("The paper is gone. No figure and no promise was lost."))
        return redirect(url_for(".every"), code=303)
    return render_template("office/reports/remove.html", report=found, form=form)
