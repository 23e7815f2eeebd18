"""What the pages of papers share: where they stand, and finding what they are about."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, abort
from flask_babel import gettext

from feedback.analysis.claims import Finding
from feedback.models.reports import Report, ReportSection, ReportVersion
from feedback.queries import reports as stored
from feedback.services import citing, reporting
from feedback.services.citing import Sources
from feedback.services.reporting import Checked
from feedback.web import report_words
from feedback.web.frame import db, parts

bp = Blueprint("reports", __name__, url_prefix="/staff/reports")

REPORT = "/<int(max=2147483647):report_id>"
VERSION = f"{REPORT}/versions/<int(max=2147483647):number>"


@dataclass(frozen=True)
class Flag:
    """Some words that do not stand, as the page shows them.

    `before` and `after` are the rest of their sentence; `number` is unique on the page.
    """

    number: int
    finding: Finding
    before: str
    words: str
    after: str
    why: str
    instead: str
    reason: str = ""

    @property
    def stops(self) -> bool:
        """The paper is not frozen with it."""
        return self.finding.kind.stops

    @property
    def may_stay(self) -> bool:
        """It stops the paper, unless somebody gives a reason."""
        return self.stops and self.finding.kind.may_be_kept


@dataclass(frozen=True)
class Part:
    """A section in the list of a paper's sections."""

    section: ReportSection
    name: str
    words: int
    stops: int
    looks: int
    empty: bool


def report_of(report_id: int) -> Report:
    """A paper by its number."""
    found = stored.one(db(), report_id)
    if found is None:
        abort(404)
    return found


def version_of(report_id: int, number: int) -> ReportVersion:
    """A frozen version by its numbers."""
    found = stored.version(db(), report_id, number)
    if found is None:
        abort(404)
    return found


def section_of(report: Report, section_id: int) -> ReportSection:
    """A section of a paper."""
    found = next((each for each in report.sections if each.id == section_id), None)
    if found is None:
        abort(404)
    return found


def sources_of(report: Report) -> Sources:
    """All that a paper may refer to; no quote on what too few people said."""
    return citing.sources_of(db(), report, threshold=parts().settings.threshold_public)


def parts_of(report: Report, sources: Sources) -> list[Part]:
    """The sections of a paper, with how much there is to look at in each."""
    checked = [reporting.check(each, sources, report.language) for each in report.sections]
    return [_part(each) for each in checked]


def _part(checked: Checked) -> Part:
    section = checked.section
    stops = sum(each.kind.stops for each in checked.findings)
    in_easy = len(checked.easy)
    return Part(
        section,
        name_of(section),
        len(section.body.split()),
        stops + checked.empty + in_easy,
        len(checked.findings) - stops,
        not section.body.strip(),
    )


def name_of(section: ReportSection) -> str:
    """What a section is called in a list."""
    return report_words.section_name(section.key, section.tag, section.heading)


def flags(checked: Checked) -> tuple[list[Flag], list[Flag]]:
    """What does not stand in a section, and what stays with a reason."""
    body = checked.section.body
    open_ones = [_flag(at, each, body) for at, each in enumerate(checked.findings, start=1)]
    kept = [
        _flag(at, each, body, reason)
        for at, (each, reason) in enumerate(checked.kept, start=len(open_ones) + 1)
    ]
    return open_ones, kept


def _flag(number: int, finding: Finding, body: str, reason: str = "") -> Flag:
    before, found, after = _around(finding, body)
    return Flag(
        number,
        finding,
        before,
        found,
        after,
        gettext(finding.why, **finding.facts),
        gettext(finding.instead, **finding.facts),
        reason,
    )


def _around(finding: Finding, body: str) -> Sequence[str]:
    """A sentence, parted at the words that do not stand."""
    begins = body.rfind(finding.sentence, 0, finding.start + len(finding.sentence))
    at = finding.start - begins if begins >= 0 else finding.sentence.find(finding.words)
    end = at + len(finding.words)
    return finding.sentence[:at], finding.sentence[at:end], finding.sentence[end:]
