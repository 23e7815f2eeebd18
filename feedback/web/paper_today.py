"""A frozen paper as it may be read today: what was taken back since is gone from it.

Quotes get their words when somebody reads, while these may be read. What was heard and then taken
back is replaced by a line that says so; figures stay as they were frozen.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from flask import url_for
from flask_babel import gettext

from feedback.analysis import claims
from feedback.models.improvements import Insight
from feedback.models.reports import ReportVersion
from feedback.outputs.papers import paper as blocks_of
from feedback.outputs.papers.paper import (
    Block,
    Evidence,
    Idea,
    Link,
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
from feedback.queries import reports as stored
from feedback.services import citing
from feedback.services.citing import mark_of
from feedback.web import report_words
from feedback.web.frame import db, parts
from feedback.web.paper_easy import mark_for
from feedback.web.paper_parts import in_language

_EDGES = ' .“”"'  # what may stand around words
SHORTEST = 20  # letters; shorter words are somebody's only where nothing else stands beside them


def frozen(version: ReportVersion) -> Paper:
    """A frozen version as it is read today."""
    return _today(version, version.content["paper"])


def easy(version: ReportVersion) -> Paper | None:
    """Its easy-read paper as it is read today; None for a version from before there was one."""
    content = version.content.get("easy")
    return _today(version, content) if content else None


def for_everybody(paper: Paper) -> Paper:
    """A paper whose evidence leads only where everybody may go.

    An insight that was a draft when it was frozen has had its page for everybody since.
    """
    staff = url_for("improving.insight", code="-").removesuffix("-")

    def led(proof: Evidence) -> Evidence:
        if not proof.address.startswith("/staff/"):
            return proof
        code = proof.address.removeprefix(staff)
        return replace(proof, address=url_for("said.insight", code=code) if code else "")

    return replace(paper, evidence=tuple(map(led, paper.evidence)))


def said_then(version: ReportVersion, words: str) -> str:
    """Words out of a frozen version, or that they were taken back."""
    with in_language(version.content["paper"]["language"]):
        for each in _gone(version):
            if each.said_in(words):
                return each.instead
    return words


def with_quotes(paper: Paper) -> Paper:
    """A paper with the words of its quotes, or with a line that says why they are gone."""
    codes = sorted({block.text.split(" ")[0] for block in paper.blocks if isinstance(block, Quote)})
    if not codes:
        return paper
    there = {f"{each.insight} {mark_of(each)}": each for each in stored.quotes(db(), codes)}
    many = citing.raised_by_many(
        db(), stored.insights_called(db(), codes), parts().settings.threshold_public
    )
    with in_language(paper.language):
        gone = gettext("These words were taken back.")
        few = gettext("Somebody’s own words stood here. Too few people said this to show them.")
    blocks: list[Block] = []
    for block in paper.blocks:
        if not isinstance(block, Quote):
            blocks.append(block)
        elif (found := there.get(block.text)) is None:
            blocks.append(Para((Text(gone),)))
        elif found.insight not in many:
            blocks.append(Para((Text(few),)))
        else:
            blocks.append(replace(block, text=found.text, language=found.language))
    return replace(paper, blocks=tuple(blocks))


def _today(version: ReportVersion, content: dict[str, Any]) -> Paper:
    paper = with_quotes(blocks_of.from_json(json.dumps(content)))
    with in_language(paper.language):
        gone = _gone(version)
    return _Taking(paper, gone).paper() if gone else paper


@dataclass(frozen=True)
class _Gone:
    """An insight that was taken back: the line that stands for it, and how it is known."""

    instead: str
    mark: str
    addresses: frozenset[str]
    phrases: frozenset[str]

    def said_in(self, words: str) -> bool:
        """Whether words are, or hold, what it said."""
        plain = words.strip(_EDGES)
        return any(
            plain == each or (len(each) >= SHORTEST and each in words) for each in self.phrases
        )


def _gone(version: ReportVersion) -> list[_Gone]:
    """What was taken back, as far as it can stand in a version."""
    heard = version.content.get("heard")
    return [
        _Gone(
            gettext("This was taken back on %(day)s.", day=_day(each.withdrawn_at)),
            mark_for(each.code),
            frozenset(
                url_for(way, code=each.code) for way in ("said.insight", "improving.insight")
            ),
            frozenset(_phrases(each, () if heard is None else heard.get(each.code, ()))),
        )
        for each in stored.taken_back(db())
        if heard is None or each.code in heard
    ]


def _day(moment: datetime | None) -> str:
    return report_words.day(moment) if moment else ""


def _phrases(insight: Insight, frozen_words: Iterable[str]) -> Iterator[str]:
    """What it said and what was promised for it, as it was frozen and as it reads now."""
    now = [insight.title, insight.said, *(each.what for each in insight.commitments)]
    both = [said for words in now for texts in words.values() for said in texts.values() if said]
    for said in (*frozen_words, *both):
        for each in (said, *(one.text for one in claims.sentences(claims.Sentence(said, 0)))):
            if plain := each.strip(_EDGES):
                yield plain


class _Taking:
    """Takes what is gone out of one paper."""

    def __init__(self, of: Paper, gone: Sequence[_Gone]) -> None:
        self.of, self.gone = of, gone
        self.by_reference = {each.mark: each for each in gone}
        for proof in of.evidence:
            for each in gone:
                if proof.address in each.addresses:
                    self.by_reference[proof.id] = each

    def paper(self) -> Paper:
        """The paper without it."""
        return replace(
            self.of,
            blocks=tuple(self._block(each) for each in self.of.blocks),
            evidence=tuple(self._evidence(each) for each in self.of.evidence),
            trail=tuple(self._trail()),
        )

    def _block(self, block: Block) -> Block:
        match block:
            case Para():
                return replace(block, runs=self._sentences(block.runs))
            case Note():
                said = tuple(self._sentences(each) for each in block.paragraphs)
                return replace(block, paragraphs=said)
            case Listing():
                return replace(block, items=tuple(self._whole(each) for each in block.items))
            case Idea():
                runs = self._whole(block.runs)
                return block if runs == block.runs else Idea(runs)
            case Table():
                rows = tuple(self._row(each) for each in block.rows)
                return block if rows == block.rows else replace(block, rows=rows, plain=())
        return block

    def _row(self, row: tuple[str, ...]) -> tuple[str, ...]:
        gone = next((each for cell in row for each in self.gone if each.said_in(cell)), None)
        return row if gone is None else (gone.instead, *("–" for _ in row[1:]))

    def _of_run(self, run: Run) -> _Gone | None:
        if isinstance(run, Number) and run.reference in self.by_reference:
            return self.by_reference[run.reference]
        return next((each for each in self.gone if run.words and each.said_in(run.words)), None)

    def _whole(self, runs: Runs) -> Runs:
        """A point of a list or one idea: it goes as a whole, and its figures stay."""
        found = next(filter(None, map(self._of_run, runs)), None)
        return runs if found is None else (Text(found.instead), *self._figures(runs))

    def _figures(self, runs: Iterable[Run]) -> Iterator[Run]:
        for run in runs:
            if isinstance(run, Number) and run.words and not self._of_run(run):
                yield from (Text(" "), run, Text("."))

    def _sentences(self, runs: Runs) -> Runs:
        """A paragraph: the sentences that rest on it go, and their figures stay."""
        whole = "".join(each.words for each in runs)
        starts = [each.start for each in claims.sentences(claims.Sentence(whole, 0))] or [0]
        ends = [*starts[1:], len(whole)]
        pieces = [_cut(runs, *ends_of) for ends_of in zip([0, *starts[1:]], ends, strict=True)]
        found = [next(filter(None, map(self._of_run, piece)), None) for piece in pieces]
        if not any(found):
            return runs
        for at, piece in enumerate(pieces):
            # A reference after a full stop speaks for the sentence before it.
            if at and found[at] and not _own_words(piece):
                found[at - 1] = found[at - 1] or found[at]
        said: list[Run] = []
        for at, (piece, gone) in enumerate(zip(pieces, found, strict=True)):
            if gone is None:
                said += [Text(" "), *piece] if at and found[at - 1] else piece
            elif at and found[at - 1] is gone:
                said += self._figures(piece)
            else:
                said += [Text(gone.instead), *self._figures(piece)]
        return tuple(said)

    def _evidence(self, proof: Evidence) -> Evidence:
        gone = self.by_reference.get(proof.id)
        return proof if gone is None else replace(proof, words=gone.instead)

    def _trail(self) -> Iterator[Traced]:
        sentences = {
            each.sentence: self.by_reference[each.evidence]
            for each in self.of.trail
            if each.evidence in self.by_reference
        }
        for each in self.of.trail:
            gone = self.by_reference.get(each.evidence)
            if gone is not None:
                yield replace(each, sentence=gone.instead, claim="", question="")
            elif each.sentence in sentences:
                yield replace(each, sentence=sentences[each.sentence].instead)
            else:
                yield each


def _own_words(piece: Sequence[Run]) -> bool:
    """Whether a sentence says something besides what it refers to."""
    return any(any(map(str.isalpha, each.words)) for each in piece if each.kind != "number")


def _cut(runs: Runs, first: int, last: int) -> list[Run]:
    """The part of some runs between two places."""
    found, at = list[Run](), 0
    for run in runs:
        begins, ends = max(first, at), min(last, at + len(run.words))
        if begins < ends or (not run.words and first < at <= last):
            found.append(_with(run, run.words[begins - at : ends - at]) if run.words else run)
        at += len(run.words)
    return found


def _with(run: Run, words: str) -> Run:
    match run:
        case Text() | Number() | Link():
            return replace(run, words=words)
