"""Turns a report into a paper: references into figures, parts that write themselves into words.

What is made here is frozen as it is. A quote stands in it as its reference, and gets its words
when somebody reads the paper, so that words that were taken back are gone at once.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from flask_babel import gettext

from feedback.analysis import claims
from feedback.forms.office_words import tag_words
from feedback.models.reports import Report, ReportSection, ReportVersion
from feedback.outputs.papers import paper as blocks_of
from feedback.outputs.papers.paper import (
    Block,
    Chart,
    Evidence,
    Heading,
    Listing,
    Note,
    Number,
    Paper,
    Para,
    Quote,
    Run,
    Runs,
    Table,
    Text,
    Traced,
)
from feedback.services.citing import Cited, Of, Sources, mark_of
from feedback.services.report_plans import Part
from feedback.services.reporting import cited_in
from feedback.web import (
    credited,
    paper_easy,
    paper_parts,
    report_words,
    trend_charts,
    trend_words,
)
from feedback.web.findings import kept
from feedback.web.frame import db, parts, today
from feedback.web.paper_parts import in_language
from feedback.web.report_words import CYCLE

LICENCE = "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"


@dataclass
class Written:
    """A paper as it stands, with what each of its references said, and the same in easy read.

    `heard` has the insights that it speaks of: code → the words that stand for them.
    """

    paper: Paper
    easy: Paper
    figures: dict[str, str] = field(default_factory=dict)
    heard: dict[str, list[str]] = field(default_factory=dict)

    def content(self) -> dict[str, Any]:
        """All of it, to be frozen."""
        return {
            "paper": json.loads(blocks_of.to_json(self.paper)),
            "easy": json.loads(blocks_of.to_json(self.easy)),
            "figures": self.figures,
            "heard": self.heard,
        }


def written(report: Report, sources: Sources, *, number: int, note: str, draft: bool) -> Written:
    """A report as a paper, its quotes as references.

    Args:
        number: of the version that it is, or would be.
        note: what is new in it.
        draft: it is none to hand on.
    """
    with in_language(report.language):
        writing = _Writing(report, sources)
        blocks = writing.blocks()
        paper = Paper(
            title=report.title,
            subtitle=str(report_words.KINDS[report.kind]),
            host=parts().settings.host_name,
            frozen_on=today(),
            version=number,
            change_note=note,
            facts=_facts(report, sources),
            blocks=tuple(blocks),
            language=report.language,
            licence=gettext("You may use this under the Open Government Licence, version 3."),
            licence_address=LICENCE,
            site=parts().settings.public_address,
            evidence=tuple(writing.evidence.values()),
            trail=tuple(writing.trail),
            draft=draft,
        )
        return Written(
            paper,
            paper_easy.beside(paper, report, sources),
            writing.figures,
            paper_parts.heard_words(report, sources),
        )


def lines(paper: Paper) -> list[str]:
    """What a paper says, line by line, so that two versions can be compared."""
    found: list[str] = []
    for block in paper.blocks:
        match block:
            case Heading():
                found.append(block.text)
            case Para():
                found.append(_said(block.runs))
            case Listing():
                found += map(_said, block.items)
            case Note():
                found += map(_said, block.paragraphs)
            case Quote():
                found.append(block.text)
            case Chart():
                found.append(block.caption)
            case Table():
                found += [" · ".join(row) for row in block.rows]
    return [line for line in found if line.strip()]


def differing(version: ReportVersion, now: Mapping[str, str]) -> list[tuple[str, str, str]]:
    """The figures of a frozen version that would read differently now: reference, then, now."""
    then: Mapping[str, str] = version.content["figures"]
    return [
        (key, words, now.get(key, gettext("not there any more")))
        for key, words in then.items()
        if now.get(key) != words
    ]


def figures_now(version: ReportVersion, sources: Sources) -> dict[str, str]:
    """What the references of a frozen version say on other sources."""
    found = {key: sources.find(key) for key in version.content["figures"]}
    with in_language(version.report.language):
        return {key: report_words.words_of(each) for key, each in found.items() if each}


def _said(runs: Runs) -> str:
    return "".join(run.words for run in runs)


def _facts(report: Report, sources: Sources) -> tuple[tuple[str, str], ...]:
    day = report_words.day
    facts = []
    if report.meeting:
        held = gettext(
            "%(name)s, %(day)s", name=report.meeting.name, day=day(report.meeting.held_on)
        )
        facts.append((gettext("Meeting"), held))
    days = gettext("%(first)s to %(last)s", first=day(report.since), last=day(report.until))
    facts.append((gettext("Evidence from"), days))
    if sources.release:
        release = gettext(
            "Release %(number)s, which counts until %(day)s",
            number=sources.release.number,
            day=day(sources.release.until),
        )
        facts.append((gettext("Figures"), release))
    return tuple(facts)


class _Writing:
    """Writes the sections one after the other and numbers the evidence as it comes."""

    def __init__(self, report: Report, sources: Sources) -> None:
        self.report, self.sources = report, sources
        self.evidence: dict[str, Evidence] = {}
        self.trail: list[Traced] = []
        self.figures: dict[str, str] = {}
        self.tables = 0
        self.cited: list[Cited] = []

    def blocks(self) -> list[Block]:
        """The whole paper."""
        found: list[Block] = []
        tag = ""
        for section in self.report.sections:
            if not section.body.strip():
                continue
            if section.tag and section.tag != tag:
                found.append(Heading(tag_words(section.tag)))
            tag = section.tag
            found += self._section(section)
        return [*found, *self._kept(), *self._asked_by()]

    def _asked_by(self) -> list[Block]:
        """Which groups asked, and each reason for opening a survey without its group's yes."""
        report, figures = self.report, [each.figure for each in self.cited if each.figure]
        names = {each.series.measure.name for each in figures}
        days = [each.shown.spots[0].period.first for each in figures if each.shown.spots]
        window = min([report.since, *days]), report.until
        blocks: list[Block] = []
        ids = dict.fromkeys(each.released.measure.id for each in figures)
        if lines := credited.credits(db(), ids):
            blocks += [
                Heading(gettext("Who designed the questions")),
                Listing(tuple((Text(line.words),) for line in lines)),
            ]
        if not self.cited:
            return blocks
        themed = any(each.of is Of.THEME for each in self.cited)
        if reasons := credited.without_yes(db(), None if themed else names, *window):
            said = tuple((Text(each),) for each in reasons)
            blocks.append(Note(gettext("Opened without a group’s yes"), said))
        return blocks

    def _section(self, section: ReportSection) -> list[Block]:
        cited = cited_in(section.body, self.sources)
        self._follow(section.body, cited)
        inside = self._body(section.body, cited)
        if section.key == Part.UNSURE:
            said = [runs for block in inside for runs in _paragraphs(block)]
            return [Note(section.heading, tuple(said))] if said else []
        return [Heading(section.heading, 3 if section.tag else 2), *inside]

    def _body(self, body: str, cited: Mapping[str, Cited]) -> list[Block]:
        found: list[Block] = []
        lines = [each.text.strip() for each in claims.paragraphs(body)]
        for listed, group in groupby(lines, key=lambda line: claims.point_of(line) is not None):
            if listed:
                points = [claims.point_of(line) or "" for line in group]
                found.append(Listing(tuple(self._runs(point, cited) for point in points)))
                continue
            for line in group:
                found += self._line(line, cited)
        return found

    def _line(self, line: str, cited: Mapping[str, Cited]) -> list[Block]:
        """A paragraph; what stands alone is taken out of it and follows."""
        found: list[Block] = []
        after: list[Block] = []
        words = line
        for token in reversed(claims.tokens(line)):
            each = cited.get(token.key)
            if each is not None and each.stands_alone:
                words = words[: token.start] + words[token.end :]
                after = [*self._alone(each), *after]
        if words.strip(" ."):
            found.append(Para(self._runs(words.strip(), cited)))
        return [*found, *after]

    def _alone(self, cited: Cited) -> list[Block]:
        if cited.of is Of.QUOTE and cited.quote:
            insight = self.sources.insights[cited.quote.insight]
            return [
                Quote(
                    f"{cited.quote.insight} {mark_of(cited.quote)}",
                    cited.quote.language,
                    paper_parts.speaker(insight.audience),
                )
            ]
        if cited.block:
            return paper_parts.block(cited.block, self.report, self.sources)
        if cited.figure is None:
            return []
        notes = [
            (
                Text(gettext("%(letter)s: ", letter=mark.letter), bold=True),
                Text(
                    gettext(
                        "%(day)s. %(words)s",
                        day=report_words.day(mark.note.starts_on),
                        words=mark.note.words,
                    )
                ),
            )
            for mark in cited.figure.shown.marks
        ]
        chart = self._chart(cited)
        return [chart, Listing(tuple(notes))] if notes else [chart]

    def _chart(self, cited: Cited) -> Block:
        figure = cited.figure
        assert figure is not None  # noqa: S101 -- a chart is of a measure
        self.tables += 1
        title = kept(figure.series.measure.title).words
        sentence = trend_words.sentence(figure.series, CYCLE)
        self.figures[cited.key] = sentence
        name = f"{figure.series.measure.name.replace('_', '-')}-{self.tables}"
        svg = trend_charts.drawn(figure.shown, CYCLE, name, title, sentence, small=False)
        rows = trend_words.lines_of(figure.shown, CYCLE)
        value = gettext("Share") if figure.series.shares else gettext("Mean")
        table = Table(
            name=name,
            caption=title,
            header=(gettext("Period"), gettext("People"), value, gettext("What it says")),
            rows=tuple(
                (
                    gettext("%(name)s (%(letters)s)", name=row.name, letters=row.mark)
                    if row.mark
                    else row.name,
                    row.people or gettext("hidden"),
                    row.value or "–",
                    row.said or "–",
                )
                for row in rows
            ),
            source=report_words.source_of(cited, self.sources),
            release=self.sources.release.number if self.sources.release else None,
        )
        if svg is None:
            return table
        return Chart(
            gettext("%(title)s. %(sentence)s", title=title, sentence=sentence),
            str(svg),
            sentence,
            table,
        )

    def _runs(self, words: str, cited: Mapping[str, Cited]) -> Runs:
        runs: list[Run] = []
        at = 0
        for token in claims.tokens(words):
            each = cited.get(token.key)
            if each is None or each.stands_alone:
                continue
            if words[at : token.start]:
                runs.append(Text(words[at : token.start]))
            said = report_words.words_of(each)
            self.figures[each.key] = said
            proof = self._evidence(each)
            runs.append(Number(said, proof.id, proof.words))
            at = token.end
        if words[at:]:
            runs.append(Text(words[at:]))
        return tuple(runs)

    def _evidence(self, cited: Cited) -> Evidence:
        self.cited.append(cited)
        words = report_words.source_of(cited, self.sources)
        if words not in self.evidence:
            address = report_words.address_of(cited, self.sources)
            self.evidence[words] = Evidence(f"e{len(self.evidence) + 1}", words, address)
        return self.evidence[words]

    def _follow(self, body: str, cited: Mapping[str, Cited]) -> None:
        """Each sentence with a reference, followed back to who was asked."""
        for paragraph in claims.paragraphs(body):
            for sentence in claims.sentences(paragraph):
                for token in claims.tokens(sentence.text):
                    each = cited.get(token.key)
                    if each is not None and each.of not in (Of.BLOCK, Of.QUOTE):
                        self.trail.append(self._traced(sentence.text, each))

    def _traced(self, sentence: str, cited: Cited) -> Traced:
        figure = cited.figure
        claim = report_words.words_of(cited)
        asked, question = "", ""
        if figure and figure.latest:
            series = figure.series
            count = figure.latest.people.count or 0
            asked = trend_words.people_words(count, series.audiences, rounded=True)
            question = kept(series.asked.ask).words
        elif cited.insight and cited.insight.question:
            question = kept(cited.insight.question.ask).words
        number = self.sources.release.number if self.sources.release else None
        return Traced(
            sentence,
            claim,
            self._evidence(cited).id,
            number if cited.of in (Of.MEASURE, Of.GROUP, Of.THEME) else None,
            figure.series.measure.name if figure else "",
            question,
            asked,
        )

    def _kept(self) -> list[Block]:
        """Words that stay although they are traced to nothing, each with its reason."""
        reasons = [each for section in self.report.sections for each in section.kept]
        if not reasons:
            return []
        items: Sequence[Runs] = [
            (
                Text(gettext("“%(name)s”", name=each["words"]), bold=True),
                Text(gettext(": %(reason)s", reason=each["reason"])),
            )
            for each in reasons
        ]
        return [
            Heading(gettext("Not from our figures")),
            Para((Text(gettext("These words rest on something else, as said here.")),)),
            Listing(tuple(items)),
        ]


def _paragraphs(block: Block) -> Sequence[Runs]:
    match block:
        case Para():
            return [block.runs]
        case Listing():
            return block.items
    return []
