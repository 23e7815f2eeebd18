"""What a new paper says before anybody has written a word: what was heard, done, promised."""

from collections.abc import Sequence
from datetime import date

from feedback.models.improvements import Commitment, Insight
from feedback.services import report_plans
from feedback.services.citing import Sources, Standing
from feedback.services.report_plans import Part, Planned
from feedback.services.reporting import Begun
from feedback.vocabulary import CommitmentState, ReportKind
from feedback.web.findings import kept
from feedback.web.report_words import HEADINGS

MOST_LINES = 8  # in a section that nobody has looked at yet
_BY_THEMSELVES = {
    Part.WHO: Standing.HEARD,
    Part.UNSURE: Standing.LESS_SURE,
    Part.ACTIONS: Standing.ACTIONS,
}


def sections(kind: ReportKind, tags: Sequence[str], sources: Sources, since: date) -> list[Begun]:
    """The sections of a new paper in the page's language, with what is known already.

    Args:
        since: the first day of its window.
    """
    heard = [each for each in sources.insights.values() if each.heard_on >= since]
    return [
        Begun(each.part, str(HEADINGS[each.part]), _body(each, heard), each.tag)
        for each in report_plans.parts_of(kind, tags)
    ]


def _body(planned: Planned, heard: Sequence[Insight]) -> str:
    if standing := _BY_THEMSELVES.get(planned.part):
        return f"[{standing}]"
    about = [each for each in heard if not planned.tag or planned.tag in each.tags]
    promised = [each for one in about for each in one.commitments]
    match planned.part:
        case Part.POSITION:
            return _points([f"{kept(each.said).words} [insight {each.code}]" for each in about])
        case Part.DONE:
            return _promises([each for each in promised if each.state is CommitmentState.DONE])
        case Part.NEXT:
            return _promises([each for each in promised if each.state.is_open])
    return ""


def _promises(promised: Sequence[Commitment]) -> str:
    return _points([f"[promise {each.id}]" for each in promised])


def _points(lines: Sequence[str]) -> str:
    return "\n".join(f"- {' '.join(line.split())}" for line in lines[:MOST_LINES])
