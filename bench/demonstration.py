"""Themes and feelings in the demonstration's own comments, and whose words the codebook has.

The comments were written and labelled for the demonstration, so that nothing may be copied from
them. Half of their writers, told by a digest of the comment's number, may be read by whoever
improves seeds and signs; the other half nobody reads. Both halves are shown: what is better on
the first than on the second was made to measure.
"""

from collections import Counter
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from numpy.typing import NDArray

from bench.ground import Ground
from bench.report import Outcome, Table, at_least, at_most
from feedback import demo
from feedback.analysis import sentiment
from feedback.analysis.codebook import Codebook
from feedback.analysis.coding import ThemeCoder
from feedback.analysis.coding.words import stemmed_phrase, stems, telling
from feedback.analysis.feeling_words import PHRASES, WORDS
from feedback.analysis.feelings import MIXED
from feedback.demo.written import Comment, hand_written
from feedback.outputs.codebooks import starter

WRITTEN = "coproduction later listening live parents training young".split()
SURVEYS = Path(demo.__file__).parent / "surveys"
SURVEY_OF = {"training": "after"}
MICRO, MACRO, FEELINGS = 0.60, 0.55, 0.75
FOLDS = 5
LONG = 3  # words of a seed that would hardly be met by chance
SHUFFLES = 1_000
TOO_MANY = 0.05  # seeds that are there because of the comments that were read, of all of their kind

Table01 = NDArray[np.int8]
Which = NDArray[np.bool_]
Row = tuple[object, ...]


class Demonstration:
    """The English comments as written by hand, their labels, and who may read them."""

    def __init__(self) -> None:
        self.book: Codebook = starter()
        self.codes = [theme.code for theme in self.book.themes]
        self.said: list[Comment] = [
            comment
            for file in WRITTEN
            for comment in hand_written(file)
            if comment.language == "en" and not comment.varied
        ]
        self.texts = [comment.text for comment in self.said]
        self.writers = [comment.source for comment in self.said]
        self.questions = [comment.question for comment in self.said]
        wordings = {file: _wordings(file) for file in WRITTEN}
        self.asked = [
            wordings[comment.source.split("-")[0]][comment.question] for comment in self.said
        ]
        self.levels = np.array([comment.sentiment for comment in self.said])
        self.themes: Table01 = np.array(
            [[code in comment.themes for code in self.codes] for comment in self.said],
            dtype=np.int8,
        )
        self.read = np.array([may_be_read(comment) for comment in self.said])
        self.folds = _folds(self.writers)

    @property
    def parts(self) -> list[tuple[str, Which]]:
        """All comments, those that may be read, those that may not."""
        return [
            ("all", np.ones(len(self.said), dtype=bool)),
            ("half that was read", self.read),
            ("half that was not", ~self.read),
        ]


def _wordings(file: str) -> dict[str, str]:
    """The English wording of each question of a survey, by its name."""
    survey = yaml.safe_load((SURVEYS / f"{SURVEY_OF.get(file, file)}.yaml").read_text("utf-8"))
    return dict(_comment_questions(survey))


def _comment_questions(part: Any) -> Iterator[tuple[str, str]]:
    if isinstance(part, list):
        for each in part:
            yield from _comment_questions(each)
    elif isinstance(part, dict):
        if part.get("kind") == "comment":
            asked = part["ask"].get("en", part["ask"])
            yield part["name"], asked["standard"] if isinstance(asked, dict) else asked
        for each in part.values():
            yield from _comment_questions(each)


def may_be_read(comment: Comment) -> bool:
    """Whether a comment is of the half that may be looked at."""
    return sha256(comment.source.encode()).digest()[-1] % 2 == 0


def run(_ground: Ground) -> Outcome:
    """Themes, feelings, and the seeds' own words."""
    data, outcome = Demonstration(), Outcome()
    for part in (_themes, _feelings, _seeds):
        part(data, outcome)
    return outcome


def _themes(data: Demonstration, outcome: Outcome) -> None:
    first = ThemeCoder(data.book)
    learned = np.zeros_like(data.themes)
    for fold in range(FOLDS):
        train, test = np.flatnonzero(data.folds != fold), np.flatnonzero(data.folds == fold)
        coder = ThemeCoder(data.book).fit(
            [data.texts[at] for at in train],
            data.themes[train],
            groups=[data.writers[at] for at in train],
        )
        learned[test] = coder.predict([data.texts[at] for at in test])
    no_labels = first.predict(data.texts)
    commonest = np.zeros_like(data.themes)
    commonest[:, data.themes.sum(axis=0).argmax()] = 1
    rows: list[Row] = []
    for name, made in (
        ("the commonest theme always", commonest),
        ("no labels", no_labels),
        ("labels, five folds by writer", learned),
    ):
        for part, which in data.parts:
            rows.append((name, part, *_theme_figures(data.themes[which], made[which])))
    headings = ("", "comments", "micro F1", "macro F1", "precision", "recall", "exact")
    outcome.tables += [
        Table(f"Themes in {len(data.said)} comments of the demonstration", headings, rows),
        _theme_by_theme(data, no_labels),
    ]
    micro, macro = _theme_figures(data.themes, no_labels)[:2]
    outcome.verdicts += [
        at_least("themes on the demonstration's, no labels, micro F1", micro, MICRO),
        at_least("themes on the demonstration's, no labels, macro F1", macro, MACRO),
    ]


def _theme_figures(truth: Table01, made: Table01) -> tuple[float, ...]:
    """Micro and macro F1 over themes that are there or were put; precision, recall, exact."""
    from sklearn.metrics import f1_score

    used = np.flatnonzero(truth.any(axis=0) | made.any(axis=0))
    right = float((truth & made).sum())
    return (
        float(f1_score(truth, made, average="micro", zero_division=0)),
        float(f1_score(truth[:, used], made[:, used], average="macro", zero_division=0)),
        right / max(1.0, float(made.sum())),
        right / max(1.0, float(truth.sum())),
        float((truth == made).all(axis=1).mean()),
    )


def _theme_by_theme(data: Demonstration, made: Table01) -> Table:
    rows: list[Row] = []
    for j, code in enumerate(data.codes):
        there, put = int(data.themes[:, j].sum()), int(made[:, j].sum())
        right = int((data.themes[:, j] & made[:, j]).sum())
        rows.append((code, there, put, right, 2 * right / max(1, there + put)))
    return Table("No labels, theme by theme", ("theme", "there", "put", "right", "F1"), rows)


def _feelings(data: Demonstration, outcome: Outcome) -> None:
    from bench.feelings import HEADINGS, figures

    rows: list[Row] = []
    by_words = np.array([feeling.level for feeling in sentiment.read(data.texts)])
    read_so = sentiment.read(data.texts, data.asked)
    with_question = np.array([feeling.level for feeling in read_so])
    sure = np.array([not feeling.unsure for feeling in read_so])
    found = [
        ("always the commonest", np.full_like(data.levels, 4)),
        ("words alone, no labels", by_words),
        ("words, and what the question asks for, no labels", with_question),
    ]
    for name, asked in (
        ("labels, five folds by writer", None),
        ("the same, with the question asked", data.questions),
    ):
        learned = np.zeros_like(data.levels)
        for fold in range(FOLDS):
            train, test = np.flatnonzero(data.folds != fold), np.flatnonzero(data.folds == fold)
            coder = sentiment.FeelingCoder().fit(
                [data.texts[at] for at in train],
                data.levels[train].tolist(),
                [asked[at] for at in train] if asked else None,
            )
            learned[test] = coder.predict(
                [data.texts[at] for at in test], [asked[at] for at in test] if asked else None
            )
        found.append((name, learned))
    for name, levels in found:
        for part, which in data.parts:
            rows.append((name, part, *figures(data.levels, levels, [np.flatnonzero(which)])))
    for part, which in data.parts:
        chosen = np.flatnonzero(which & sure)
        name = f"with the question, no labels, the {len(chosen) / which.sum():.0%} that are sure"
        rows.append((name, part, *figures(data.levels, with_question, [chosen])))
    outcome.tables += [
        Table(
            f"Feelings in {len(data.said)} comments of the demonstration",
            ("", "comments", *HEADINGS[1:]),
            rows,
        ),
        _confusion(data, with_question),
    ]
    own = float(str(figures(data.levels, with_question, [np.arange(len(data.said))])[0]))
    outcome.verdicts.append(
        at_least("feelings on the demonstration's, no labels, macro F1", own, FEELINGS)
    )


def _confusion(data: Demonstration, levels: NDArray[np.int64]) -> Table:
    names = {-1: "good", 0: "mixed", 1: "bad"}
    pairs = Counter(
        zip(np.sign(data.levels - MIXED).tolist(), np.sign(levels - MIXED).tolist(), strict=True)
    )
    rows = [(names[side], *(pairs[side, said] for said in names)) for side in names]
    return Table(
        "No labels: what people say (rows) and what the words say",
        ("", *(f"read as {name}" for name in names.values())),
        rows,
    )


def _seeds(data: Demonstration, outcome: Outcome) -> None:
    """How many seeds, and words that show a feeling, come from comments that were read.

    A seed that somebody knew before stands in both halves as often; one that was copied stands in
    the half that was read. So the excess of the first over the second is what came from there.
    """
    said = [stems(text) for text in data.texts]
    rows: list[Row] = []
    for name, phrases in kinds(data.book).items():
        places = where(phrases, said)
        more = excess(places, data.read)
        chance = np.random.default_rng(0)
        shuffled = [excess(places, chance.permutation(data.read)) for _ in range(SHUFFLES)]
        once = sum(len(at) == 1 for at in places)
        met = sum(bool(at) for at in places)
        usual = float(np.quantile(shuffled, 0.95))
        rows.append((name, len(phrases), met, once, more, usual))
        outcome.verdicts.append(
            at_most(f"{name}: share from comments that were read", more / len(phrases), TOO_MANY)
        )
    headings = ("", "all", "met in comments", "in one only", "excess", "by chance up to")
    notes = [
        "excess: seeds in the half that was read and in no other comment, less those of the half "
        "that was not;",
        f"by chance: the 95th of 100 where the halves are drawn anew, {SHUFFLES:,} times",
    ]
    outcome.tables.append(Table("The codebook's words in the comments", headings, rows, notes))


def kinds(book: Codebook) -> dict[str, list[tuple[str, ...]]]:
    """Seeds of the codebook and words that show a feeling, as stems, by how many words."""
    seeds = {stemmed_phrase(seed) for theme in book.themes for seed in theme.seeds}
    shown = {
        stemmed_phrase(each) for phrases in PHRASES.values() for each in phrases.split(";")
    } | {stemmed_phrase(each) for words in WORDS.values() for each in words.split()}
    found = {}
    for name, phrases in (("seeds", sorted(seeds)), ("feelings", sorted(shown))):
        found[f"{name}, three words and more"] = [each for each in phrases if len(each) >= LONG]
        found[f"{name}, two words"] = [each for each in phrases if len(each) == 2]
        found[f"{name}, one word"] = [each for each in phrases if len(each) == 1 and telling(each)]
    return found


def where(phrases: list[tuple[str, ...]], said: list[list[str]]) -> list[list[int]]:
    """For each phrase the comments that it stands in."""
    found: list[list[int]] = []
    padded = [f" {' '.join(words)} " for words in said]
    for phrase in phrases:
        needle = f" {' '.join(phrase)} "
        found.append([at for at, text in enumerate(padded) if needle in text])
    return found


def excess(places: list[list[int]], read: Which) -> int:
    """Seeds that stand in one half only: those of the first less those of the second."""
    first = sum(bool(at) and bool(read[at].all()) for at in places)
    second = sum(bool(at) and not bool(read[at].any()) for at in places)
    return first - second


def _folds(writers: list[str]) -> NDArray[np.int64]:
    number = {writer: at for at, writer in enumerate(dict.fromkeys(writers))}
    turn = np.random.default_rng(0).permutation(len(number)) % FOLDS
    return np.array([turn[number[writer]] for writer in writers])
