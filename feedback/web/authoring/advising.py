"""What the question checker says of a draft, in the words of the page, with where it was seen.

The checker is imported late: only a worker that somebody designs with needs its megabytes.
"""

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from flask_babel import gettext

from feedback.languages import OFFERED
from feedback.questionnaire import Question, Questionnaire
from feedback.settings import easy_words
from feedback.vocabulary import Presentation

if TYPE_CHECKING:
    from feedback.analysis.checking import Finding


class Advised(NamedTuple):
    """One piece of advice; a fault keeps the easy-read badge away."""

    title: str
    why: str
    better: str
    where: str
    fault: bool
    place: str


def of_question(question: Question, tree: Questionnaire) -> list[Advised]:
    """Advice on one question, in each language and both wordings."""
    from feedback.analysis.checking import check_question

    findings = [
        finding
        for presentation in Presentation
        for tag in tree.languages
        for finding in check_question(
            question,
            language=tag,
            presentation=presentation,
            audience=tree.audience,
            glossary=tree.glossary,
            known=easy_words(),
        )
    ]
    return _said(findings, tree, f"question:{question.name}")


def of_survey(tree: Questionnaire) -> list[Advised]:
    """Advice on a whole draft, by the place where it is written."""
    from feedback.analysis.checking import check

    found: dict[str, list[Finding]] = {}
    for finding in check(tree, known=easy_words()):
        found.setdefault(_place(finding, tree), []).append(finding)
    return [one for place, findings in found.items() for one in _said(findings, tree, place)]


def badge_faults(tree: Questionnaire) -> int:
    """How many faults keep the easy-read badge away."""
    from feedback.analysis import checking

    return len(checking.badge_faults(tree, known=easy_words()))


def counted(advised: Iterable[Advised]) -> Counter[str]:
    """How many pieces of advice there are at each place."""
    return Counter(each.place for each in advised)


def _said(findings: "Iterable[Finding]", tree: Questionnaire, place: str) -> list[Advised]:
    from feedback.forms import advice

    told: dict[tuple[str, str], Advised] = {}
    for finding in findings:
        words = advice.say(finding)
        one = Advised(*words, _where(finding, tree), _counts(finding), place)
        told.setdefault((words.title, words.better), one)
    return sorted(told.values(), key=lambda each: not each.fault)


def _counts(finding: "Finding") -> bool:
    return finding.is_fault and finding.presentation is Presentation.EASY_READ


def _where(finding: "Finding", tree: Questionnaire) -> str:
    easy = finding.presentation is Presentation.EASY_READ
    if len(tree.languages) == 1:
        return gettext("easy read") if easy else gettext("usual words")
    language = OFFERED[finding.language].own_name
    if easy:
        return gettext("%(language)s, easy read", language=language)
    return gettext("%(language)s, usual words", language=language)


def _place(finding: "Finding", tree: Questionnaire) -> str:
    match finding.path:
        case ("pages", int(at), "questions", int(number), *_rest):
            return f"question:{tree.pages[at].questions[number].name}"
        case ("pages", int(at), *_rest):
            return f"page:{tree.pages[at].name}"
    return "start"
