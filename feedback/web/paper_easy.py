"""The easy-read paper beside a paper: one idea a line, a picture beside each.

What it says writes itself from what the paper refers to, in the easy words that insights and
promises have. An officer may change the words of each part. They hold the same references: a
figure becomes a short sentence, a promise says how it stands, and what was heard stands for its
picture alone.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from flask_babel import format_decimal, gettext
from flask_babel import lazy_gettext as _l

from feedback.analysis import claims
from feedback.forms.office_words import tag_words
from feedback.languages import DEFAULT
from feedback.models.improvements import Commitment, Insight
from feedback.models.reports import Report, ReportSection
from feedback.outputs.papers.paper import (
    Block,
    Heading,
    Idea,
    Number,
    Paper,
    Para,
    Quote,
    Run,
    Text,
)
from feedback.queries import pictures
from feedback.questionnaire import Wording
from feedback.services.citing import Cited, Of, Show, Sources, Standing, mark_of
from feedback.services.report_plans import Part
from feedback.services.reporting import cited_in
from feedback.vocabulary import Presentation
from feedback.web import paper_parts, report_words
from feedback.web.findings import kept
from feedback.web.promise_words import STATE_WORDS
from feedback.web.trend_words import number_words, people_words

EASY = Presentation.EASY_READ
HEADINGS = {
    Part.SHORT: _l("In short"),
    Part.ASKED: _l("What we ask the meeting"),
    Part.POSITION: _l("What people told us"),
    Part.DONE: _l("What we did"),
    Part.IMPACT: _l("What is different now"),
    Part.NEXT: _l("What happens next"),
    Part.WHO: _l("Who we did not hear"),
    Part.UNSURE: _l("What we are not sure of"),
    Part.ACTIONS: _l("What we decided"),
}
# Beside a line for which no picture is found by its words.
PICTURES = {
    Part.SHORT: "own/words",
    Part.ASKED: "own/meeting",
    Part.POSITION: "own/listen",
    Part.DONE: "own/yes",
    Part.IMPACT: "own/different",
    Part.NEXT: "own/plan",
    Part.WHO: "own/different-people",
    Part.UNSURE: "own/not-sure",
    Part.ACTIONS: "own/support",
}
PEOPLE = "own/different-people"
NOTHING_FITS = "own/listen"  # what is proposed first where no drawing fits


def mark_for(code: str) -> str:
    """What a line carries that rests on something heard, so that it can go with it."""
    return f"insight {code}"


def proposals(report: Report, sources: Sources) -> dict[int, str]:
    """The easy words of each section as they write themselves; each thing is said once.

    The language of the page is the paper's.
    """
    told: set[str] = set()
    found: dict[int, str] = {}
    for section in report.sections:
        fresh = [
            (key, line) for key, line in _proposed(section, report, sources) if key not in told
        ]
        told |= {key for key, _ in fresh}
        found[section.id] = "\n".join(dict.fromkeys(line for _, line in fresh))
    return found


def beside(paper: Paper, report: Report, sources: Sources) -> Paper:
    """The easy-read paper of a paper, in its language."""
    writing = _Easy(report, sources)
    return replace(
        paper,
        subtitle=gettext("Easy read"),
        facts=(),
        change_note="",
        blocks=tuple(writing.blocks()),
        evidence=(),
        trail=(),
        easy_read=True,
    )


def _proposed(
    section: ReportSection, report: Report, sources: Sources
) -> Iterator[tuple[str, str]]:
    """What a section refers to, and the line that says it."""
    cited = cited_in(section.body, sources)
    for token in claims.tokens(section.body):
        each = cited.get(token.key)
        if each is None:
            continue
        match each.of:
            case Of.INSIGHT if each.insight:
                yield _heard(each.insight)
            case Of.PROMISE if each.promise:
                yield _promised(each.promise)
            case Of.MEASURE if each.figure:
                name = each.figure.series.measure.name
                yield name, f"[{name}]"
            case Of.GROUP | Of.THEME:
                key = each.key.removesuffix(f", {Show.VALUE}")
                yield key, f"[{key}]"
            case Of.BLOCK if each.block:
                yield from _standing(each.block, report, sources)


def _standing(which: Standing, report: Report, sources: Sources) -> Iterator[tuple[str, str]]:
    match which:
        case Standing.INSIGHTS:
            yield from map(_heard, paper_parts.insights_in(report, sources))
        case Standing.ACTIONS:
            known = sources.promises
            there = [each for each in paper_parts.actions_of(report) if each.id in known]
            yield from map(_promised, there)
        case _:
            yield which.value, f"[{which.value}]"


def _heard(insight: Insight) -> tuple[str, str]:
    key = mark_for(insight.code)
    return key, f"{_flat(kept(insight.said, EASY).words)} [{key}]"


def _promised(promise: Commitment) -> tuple[str, str]:
    key = f"promise {promise.id}"
    return key, f"{_flat(kept(promise.what, EASY).words)} [{key}]"


def _flat(words: str) -> str:
    """Words on one line; brackets would be read as references."""
    return " ".join(words.replace("[", "(").replace("]", ")").split())


class _Easy:
    """Writes the sections one after the other."""

    def __init__(self, report: Report, sources: Sources) -> None:
        self.report, self.sources = report, sources
        self.proposed = proposals(report, sources)
        self.part = Part.SHORT

    def blocks(self) -> list[Block]:
        """All of them, and at the end where the numbers can be looked up."""
        found: list[Block] = []
        tag = ""
        for section in self.report.sections:
            inside = self._section(section)
            if inside and section.tag and section.tag != tag:
                found.append(Heading(tag_words(section.tag)))
                tag = section.tag
            if inside:
                found += [Heading(str(HEADINGS[self.part]), 3 if section.tag else 2), *inside]
        if not found:
            found.append(Idea((Text(gettext("Nothing is written in easy words yet.")),)))
        last = gettext("There is a longer paper too. It says where each number comes from.")
        return [*found, Idea((Text(last),), "own/words")]

    def _section(self, section: ReportSection) -> list[Block]:
        self.part = Part(section.key)
        words = self.proposed[section.id] if section.easy is None else section.easy
        cited = cited_in(words, self.sources)
        found: list[Block] = []
        for line in claims.paragraphs(words):
            point = claims.point_of(line.text)
            found += self._line((line.text if point is None else point).strip(), cited)
        return found

    def _line(self, line: str, cited: Mapping[str, Cited]) -> list[Block]:
        here = [cited[each.key] for each in claims.tokens(line) if each.key in cited]
        alone = here[0] if len(here) == 1 and line == f"[{line[1:-1]}]" else None
        if alone is not None and alone.block:
            return self._block(alone.block)
        if alone is not None and alone.quote:
            return [self._quote(alone)]
        runs = self._alone(alone) if alone is not None else self._runs(line, cited)
        if not any(run.words.strip() for run in runs):
            return []
        return [Idea(tuple(runs), self._picture(line, here))]

    def _alone(self, cited: Cited) -> list[Run]:
        match cited.of:
            case Of.INSIGHT if cited.insight:
                return [Text(kept(cited.insight.title, EASY).words), *self._runs_of(cited)]
            case Of.PROMISE if cited.promise:
                return [Text(kept(cited.promise.what, EASY).words), *self._runs_of(cited)]
        return [Number(self._sentence(cited))]

    def _runs(self, line: str, cited: Mapping[str, Cited]) -> list[Run]:
        found: list[Run] = []
        at = 0
        for token in claims.tokens(line):
            each = cited.get(token.key)
            if each is None:
                continue
            said = self._runs_of(each)
            before = line[at : token.start]
            if said and said[0].words[:1].isspace():  # brings the space before it
                before = before.rstrip()
            found += [Text(before), *said]
            at = token.end
        return [each for each in [*found, Text(line[at:])] if each.words or each.kind == "number"]

    def _runs_of(self, cited: Cited) -> list[Run]:
        """What stands in a sentence for a reference; a mark without words where nothing does."""
        if cited.insight:
            return [Number("", mark_for(cited.insight.code))]
        if cited.promise:
            state = gettext(" %(state)s.", state=str(STATE_WORDS[cited.promise.state]))
            insight = self._insight_of(cited.promise)
            return [Text(state), *([Number("", mark_for(insight.code))] if insight else [])]
        if cited.of in (Of.BLOCK, Of.QUOTE):
            return []
        return [Number(self._short(cited))]

    def _insight_of(self, promise: Commitment) -> Insight | None:
        every = self.sources.insights.values()
        return next((each for each in every if each.id == promise.insight_id), None)

    def _short(self, cited: Cited) -> str:
        """A figure inside a sentence: "56 in 100"."""
        value, shares, _people = _figure(cited)
        if not shares:
            return str(format_decimal(value, "#,##0.0"))
        return gettext("%(share)s in 100", share=format_decimal(round(100 * value)))

    def _sentence(self, cited: Cited) -> str:
        """A figure by itself: what it is, how many, and from how many people."""
        value, shares, people = _figure(cited)
        facts = {"people": people, "name": self._named(cited)}
        if cited.theme:
            return gettext(
                "%(many)s people wrote about “%(name)s”. %(people)s wrote to us.",
                many=number_words(cited.theme.figures["people"], rounded=True),
                **facts,
            )
        if not shares:
            return gettext(
                "“%(name)s”: %(mean)s on average. We heard from %(people)s.",
                mean=format_decimal(value, "#,##0.0"),
                **facts,
            )
        return gettext(
            "“%(name)s”: %(share)s in 100 people. We heard from %(people)s.",
            share=format_decimal(round(100 * value)),
            **facts,
        )

    def _named(self, cited: Cited) -> str:
        if cited.theme:
            return report_words.theme_title(cited, self.sources)
        if cited.figure is None:
            return ""
        title = kept(cited.figure.series.measure.title, EASY).words
        if cited.group is None:
            return title
        group = report_words.group_words(cited)
        return gettext("%(title)s, %(group)s", title=title, group=group)

    def _quote(self, cited: Cited) -> Quote:
        assert cited.quote is not None  # noqa: S101 -- its caller looked
        insight = self.sources.insights[cited.quote.insight]
        return Quote(
            f"{cited.quote.insight} {mark_of(cited.quote)}",
            cited.quote.language,
            paper_parts.speaker(insight.audience),
        )

    def _block(self, which: Standing) -> list[Block]:
        match which:
            case Standing.HEARD:
                return self._not_heard()
            case Standing.LESS_SURE:
                return [
                    self._idea(gettext("The numbers are of people who answered us.")),
                    self._idea(gettext("Other people may think something else.")),
                ]
            case Standing.WAYS:
                return [self._idea(paper_parts.ways(self.report))]
            case _:  # said line by line, as the paper would begin
                lines = "\n".join(line for _, line in _standing(which, self.report, self.sources))
                cited = cited_in(lines, self.sources)
                return [block for line in lines.split("\n") for block in self._line(line, cited)]

    def _not_heard(self) -> list[Block]:
        _found, opening = paper_parts.everybody_heard()
        ideas = list[Block]()
        for words, groups in (
            (gettext("We heard nobody, or very few people, from these groups:"), opening.not_heard),
            (gettext("We heard too few people from these groups:"), opening.less),
        ):
            if groups:
                ideas.append(self._idea(words))
                ideas += [
                    Para((Text(gettext("%(name)s: ", name=title), bold=True), Text(inside)))
                    for title, inside in groups
                ]
        if not ideas:
            ideas.append(self._idea(gettext("We may have missed some people.")))
        return [*ideas, self._idea(gettext("We want to hear from everybody."))]

    def _idea(self, words: str) -> Idea:
        return Idea((Text(words),), PICTURES[self.part])

    def _picture(self, line: str, here: Sequence[Cited]) -> str:
        """The picture that fits a line best; words in other languages find none."""
        if any(each.figure or each.theme for each in here):
            return PEOPLE
        words = [_english(each) for each in here if each.insight or each.promise]
        if not any(words) and self.report.language == DEFAULT:
            words = [line]
        said = " ".join(words)
        fits = pictures.drawn_for(said)[:1] if said.strip() else []
        return next((each for each in fits if each != NOTHING_FITS), PICTURES[self.part])


def _figure(cited: Cited) -> tuple[float, bool, str]:
    """The value of a reference, whether it is a share, and of how many people."""
    if cited.theme:
        people, base = cited.theme.figures["people"], cited.theme.figures["of"]
        audiences = frozenset({cited.theme.audience})
        return people / base, True, people_words(base, audiences, rounded=True)
    figure = cited.figure
    if figure is None:
        return 0, True, ""
    audiences = figure.series.audiences
    if cited.group:
        _dimension, _code, counted = cited.group
        total = counted.total if counted.hits is None else counted.hits
        people = people_words(counted.base, audiences, rounded=True)
        return (total or 0) / counted.base, figure.series.shares, people
    spot = figure.figures[0] if cited.show is Show.FIRST else figure.latest
    count = spot.people.count or 0 if spot else 0
    value = spot.value or 0 if spot else 0
    return value, figure.series.shares, people_words(count, audiences, rounded=True)


def _english(cited: Cited) -> str:
    """The easy English words of what was heard or promised, by which its picture is found."""
    words = cited.insight.title if cited.insight else cited.promise.what if cited.promise else {}
    return Wording(**words[DEFAULT]).text(EASY) if DEFAULT in words else ""
