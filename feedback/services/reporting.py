"""Writes papers for meetings: begun from a template, checked, frozen, shared.

A frozen version is never changed. A new one needs a note that says what is different.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from feedback.analysis import claims
from feedback.analysis.claims import CHECKED, Finding
from feedback.errors import ChangedMeanwhile, ReportFrozen, ReportMoved, ReportNotReady
from feedback.models.reports import (
    Report,
    ReportApproval,
    ReportSection,
    ReportShare,
    ReportVersion,
)
from feedback.queries import reports as stored
from feedback.services import audit
from feedback.services.citing import Cited, Sources
from feedback.services.report_plans import Part
from feedback.vocabulary import ReportKind


@dataclass(frozen=True)
class Facts:
    """What a paper is: for which meeting, about which days, on which release."""

    kind: ReportKind
    title: str
    language: str
    since: date
    until: date
    meeting_id: int | None = None
    release_id: int | None = None


@dataclass(frozen=True)
class Begun:
    """A section as a new paper has it."""

    key: str
    heading: str
    body: str = ""
    tag: str = ""


@dataclass(frozen=True)
class Checked:
    """A section and what does not stand in it; `kept` are findings that stay with a reason.

    `easy` are those of the words that somebody wrote for the easy-read paper.
    """

    section: ReportSection
    findings: Sequence[Finding]
    kept: Sequence[tuple[Finding, str]]
    empty: bool  # it is about impact and says nothing
    easy: Sequence[Finding] = ()

    @property
    def stops(self) -> bool:
        """The paper cannot be frozen with it."""
        return self.empty or any(each.kind.stops for each in (*self.findings, *self.easy))


def begin(
    session: Session, facts: Facts, sections: Sequence[Begun], *, by: int | None, now: datetime
) -> Report:
    """Begin a paper from its sections; `by` is None for the program itself."""
    report = Report(**vars(facts), user_id=by, created_at=now)
    report.sections = [
        ReportSection(position=at, **vars(each), kept=[], changed_at=now)
        for at, each in enumerate(sections, start=1)
    ]
    session.add(report)
    session.flush()
    if by is not None:
        audit.note(session, by, "begin report", f"report {report.id}", now=now)
    return report


def change(
    session: Session, report: Report, facts: Facts, *, version: int, by: int, now: datetime
) -> None:
    """Say something else about a paper: title, meeting, window, release.

    Raises:
        ChangedMeanwhile: somebody else did since this person opened it.
    """
    locked = stored.one(session, report.id, lock=True)
    if locked is None or locked.version != version:
        raise ChangedMeanwhile
    for name, value in vars(facts).items():
        if name not in ("kind", "language"):
            setattr(locked, name, value)
    locked.version += 1
    audit.note(session, by, "change report", f"report {locked.id}", now=now)


def remove(session: Session, report: Report, *, by: int, now: datetime) -> None:
    """Throw away a paper that never was frozen.

    Raises:
        ReportFrozen: a version of it went out, or could have.
    """
    locked = stored.one(session, report.id, lock=True)
    if locked is None:
        return
    if locked.versions:
        raise ReportFrozen
    subject = f"report {locked.id}"
    for section in locked.sections:
        session.delete(section)
    session.delete(locked)
    audit.note(session, by, "remove report", subject, now=now)


def save_section(
    session: Session,
    section: ReportSection,
    body: str,
    *,
    easy: str | None = None,
    version: int,
    by: int,
    now: datetime,
) -> None:
    """Keep the words of one section; the reasons of words that are gone go with them.

    Args:
        easy: its words in the easy-read paper; None where they write themselves.

    Raises:
        ChangedMeanwhile: somebody else saved it since this person opened it.
    """
    locked = stored.section(session, section.id, lock=True)
    if locked is None or locked.version != version:
        raise ChangedMeanwhile
    if body == locked.body and easy == locked.easy:
        return
    locked.body, locked.easy = body, easy
    locked.kept = [each for each in locked.kept if each["sentence"] in body]
    locked.version += 1
    locked.changed_at = now
    audit.note(session, by, "write section", f"section {locked.id}", now=now)


def keep_words(
    session: Session,
    section: ReportSection,
    finding: Finding,
    reason: str,
    *,
    by: int,
    now: datetime,
) -> None:
    """Let words stay although the check stops at them; the reason is printed with the paper.

    Raises:
        ReportNotReady: these are words that no reason can keep.
    """
    if not finding.kind.may_be_kept:
        raise ReportNotReady
    locked = stored.section(session, section.id, lock=True)
    if locked is None:
        raise ChangedMeanwhile
    mark = {"words": finding.words, "sentence": finding.sentence}
    others = [each for each in locked.kept if {**each, "reason": ""} != {**mark, "reason": ""}]
    locked.kept = [*others, {**mark, "reason": reason}] if reason else others
    audit.note(session, by, "keep words in report", f"section {locked.id}", now=now)


def check(section: ReportSection, sources: Sources, language: str) -> Checked:
    """What does not stand in a section."""
    impact = section.key == Part.IMPACT
    cited = cited_in(section.body, sources)
    found = claims.check(
        section.body,
        {key: each.known for key, each in cited.items()},
        impact=impact,
        words=language in CHECKED,
    )
    reasons = {(each["words"], each["sentence"]): each["reason"] for each in section.kept}
    kept = [
        (each, reasons[each.words, each.sentence])
        for each in found
        if each.kind.may_be_kept and (each.words, each.sentence) in reasons
    ]
    still = {id(each) for each, _ in kept}
    return Checked(
        section,
        [each for each in found if id(each) not in still],
        kept,
        empty=impact and not section.body.strip(),
        easy=_easy(section, sources, language),
    )


def _easy(section: ReportSection, sources: Sources, language: str) -> list[Finding]:
    """What stops the easy words of a section, as far as nothing that is kept already says it."""
    if not section.easy:
        return []
    cited = cited_in(section.easy, sources)
    found = claims.check(
        section.easy,
        {key: each.known for key, each in cited.items()},
        words=language in CHECKED,
    )
    there = [str(each["words"]) for each in section.kept]
    there += [said for each in cited.values() for said in _own_words(each)]
    return [
        each
        for each in found
        if each.kind.stops
        and not (each.kind.may_be_kept and any(each.words in said for said in there))
    ]


def _own_words(cited: Cited) -> list[str]:
    """What was heard or promised, in all its wordings."""
    texts = [cited.promise.what] if cited.promise else []
    texts += [cited.insight.title, cited.insight.said] if cited.insight else []
    return [said for words in texts for both in words.values() for said in both.values() if said]


def cited_in(text: str, sources: Sources) -> dict[str, Cited]:
    """What the references of a text stand for, by key; those to nothing are left out."""
    found = {token.key: sources.find(token.key) for token in claims.tokens(text)}
    return {key: each for key, each in found.items() if each is not None}


def freeze(
    session: Session,
    report: Report,
    sources: Sources,
    content: Mapping[str, Any],
    *,
    cut_off_on: date,
    change_note: str,
    after: int,
    by: int | None,
    now: datetime,
) -> ReportVersion:
    """Freeze a paper as its next version.

    Args:
        content: the whole paper with its figures resolved and its quotes as references.
        after: the number of the version that this person saw last; 0 before the first.
        by: None for the program itself, which leaves no line in the record.

    Raises:
        ReportMoved: somebody else froze a version meanwhile.
        ReportNotReady: its impact is empty, something leads nowhere, or the note is missing.
    """
    locked = stored.one(session, report.id, lock=True)
    if locked is None or highest(locked) != after:
        raise ReportMoved
    if any(check(each, sources, locked.language).stops for each in locked.sections):
        raise ReportNotReady
    if after and not change_note.strip():
        raise ReportNotReady
    version = ReportVersion(
        report_id=locked.id,
        number=after + 1,
        frozen_at=now,
        cut_off_on=cut_off_on,
        release_id=sources.release.id if sources.release else None,
        content=dict(content),
        change_note=change_note.strip(),
        user_id=by,
    )
    session.add(version)
    session.flush()
    if by is not None:
        audit.note(
            session, by, "freeze report", f"report {locked.id} version {version.number}", now=now
        )
    return version


def highest(report: Report) -> int:
    """The number of a paper's newest version; 0 before the first."""
    return max((each.number for each in report.versions), default=0)


def approve(session: Session, version: ReportVersion, *, by: int, now: datetime) -> None:
    """Say, as a co-owner, that a frozen version is right; safe to do twice."""
    there = {each.user_id for each in stored.approvals(session, [version.id])}
    if by in there:
        return
    session.add(ReportApproval(report_version_id=version.id, user_id=by, approved_at=now))
    subject = f"report {version.report_id} version {version.number}"
    audit.note(session, by, "approve report", subject, now=now)


@dataclass(frozen=True)
class Sent:
    """What went to whom, on which day, and why."""

    file: str
    digest: str  # SHA-256 of the bytes
    to_whom: str
    why: str
    shared_on: date


def note_share(
    session: Session, version: ReportVersion, sent: Sent, *, by: int, now: datetime
) -> ReportShare:
    """Note that a frozen version went to somebody; each time is a line of its own."""
    share = ReportShare(report_version_id=version.id, **vars(sent), user_id=by, noted_at=now)
    session.add(share)
    session.flush()
    subject = f"report {version.report_id} version {version.number}"
    audit.note(session, by, "share report", subject, now=now)
    return share


def superseded_by(session: Session, version: ReportVersion, until: date) -> int | None:
    """The number of a newer release that the paper could rest on now; None where there is none."""
    newest = stored.release_for(session, until)
    if newest is None or newest.id == version.release_id:
        return None
    mine = version.release.number if version.release else 0
    return newest.number if newest.number > mine else None
