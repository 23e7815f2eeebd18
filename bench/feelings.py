"""Feelings and masking: how often the machine says what people said.

Reads ../shared/data/nhs_fft_comments.csv beside the project, which is no part of it, and says so
where it is missing; everything is fitted inside the training folds.
"""

import csv
import re
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bench.ground import Ground
from bench.report import Outcome, Table, Verdict, at_least, none_of, not_measured
from feedback.analysis import sentiment
from feedback.analysis.feelings import MIXED
from feedback.analysis.privacy import Kind, mask

ROOT = Path(__file__).parent.parent
HOSPITAL = ROOT.parent / "shared" / "data" / "nhs_fft_comments.csv"
BANKS = ROOT / "tests" / "analysis"
FOLDS = (1, 2, 3, 4)
F1, NEGATIVES = 0.73, 0.86
RECALL = 0.9
# The file has only the kind of question; these say what the kinds ask for.
ASKED = {
    "what_good": "What was good?",
    "could_improve": "What could be improved?",
    "nonspecific": "Please tell us why",
}
LEANS = 0.1  # TextBlob's polarity from which it is taken to lean, beside ours

Levels = NDArray[np.int64]
Row = tuple[object, ...]


def run(ground: Ground) -> Outcome:
    """Measure on hospital comments and on the banks of masking; `demonstration` has its own."""
    outcome = Outcome()
    for part in (_hospital, _masking):
        tables, verdicts = part(ground)
        outcome.tables += tables
        outcome.verdicts += verdicts
    return outcome


Part = tuple[list[Table], list[Verdict]]
HEADINGS = (
    "",
    "macro F1",
    "recall of negatives",
    "accuracy",
    "F1 good",
    "F1 mixed",
    "F1 bad",
    "five levels, mean off",
)


def _hospital(ground: Ground) -> Part:
    if not HOSPITAL.exists():
        missing = f"{HOSPITAL} is missing"
        wanted = f"≥ {F1}"
        return [], [not_measured("feelings on hospital comments, macro F1", missing, wanted)]
    with HOSPITAL.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["sentiment"]]
    texts = [row["text"] for row in rows]
    levels = np.array([int(row["sentiment"]) for row in rows])
    asked = [row["question_kind"] for row in rows]
    folds = np.array([int(row["fold"]) for row in rows])
    found = {"learned, with the question asked": np.zeros_like(levels)}
    if not ground.quick:
        found["learned, without it"] = np.zeros_like(levels)
    unsure = {name: np.zeros(len(levels), dtype=bool) for name in found}
    seconds = 0.0
    for fold in FOLDS:
        train, test = np.flatnonzero(folds != fold), np.flatnonzero(folds == fold)
        for name, predicted in found.items():
            questions = asked if "with the" in name else None
            began = time.process_time()
            coder = sentiment.FeelingCoder().fit(
                [texts[at] for at in train],
                levels[train],
                [questions[at] for at in train] if questions else None,
            )
            seconds = time.process_time() - began
            feelings = coder.read(
                [texts[at] for at in test], [questions[at] for at in test] if questions else None
            )
            predicted[test] = [feeling.level for feeling in feelings]
            unsure[name][test] = [feeling.unsure for feeling in feelings]
    parts = [np.flatnonzero(folds == fold) for fold in FOLDS]
    began = time.process_time()
    by_words = _read(texts)
    speed = len(texts) / (time.process_time() - began)
    by_question = np.array(
        [feeling.level for feeling in sentiment.read(texts, [ASKED[each] for each in asked])]
    )
    lines = [
        ("always the commonest", *figures(levels, np.full_like(levels, 1), parts)),
        ("TextBlob's polarity alone", *figures(levels, _polarity(texts), parts)),
        ("words alone, no labels", *figures(levels, by_words, parts)),
        ("the same, with what the question asks for", *figures(levels, by_question, parts)),
        *((name, *figures(levels, predicted, parts)) for name, predicted in found.items()),
    ]
    for name, predicted in found.items():
        sure = [part[~unsure[name][part]] for part in parts]
        share = sum(map(len, sure)) / len(texts)
        lines.append((f"{name}, the {share:.0%} that are sure", *figures(levels, predicted, sure)))
    table = Table(
        f"Feelings in {len(texts):,} hospital comments, three classes, mean of {len(FOLDS)} folds",
        HEADINGS,
        lines,
        [f"Words alone: {speed:,.0f} comments/s; one fit: {seconds:.1f} s of one processor."],
    )
    learned = dict(zip([line[0] for line in lines], lines, strict=True))[
        "learned, with the question asked"
    ]
    return [table], [
        at_least("feelings on hospital comments, macro F1", _number(learned[1]), F1),
        at_least("feelings on hospital comments, negatives", _number(learned[2]), NEGATIVES),
    ]


def _number(value: object) -> float:
    return float(str(value))


def _read(texts: Sequence[str]) -> Levels:
    return np.array([feeling.level for feeling in sentiment.read(texts)])


def _polarity(texts: Sequence[str]) -> Levels:
    from textblob import TextBlob

    said = np.array([TextBlob(text).sentiment.polarity for text in texts])
    return np.select([said > LEANS, said < -LEANS], [2, 4], MIXED)


def figures(levels: Levels, predicted: Levels, parts: Sequence[NDArray[np.intp]]) -> Row:
    """Means over the parts, each measured for itself; the F1 of a class that is nowhere is 0."""
    rows = []
    for part in parts:
        true, said = np.sign(levels[part] - MIXED), np.sign(predicted[part] - MIXED)
        each = [_f1(true == side, said == side) for side in (-1, 0, 1)]
        recall = ((true == 1) & (said == 1)).sum() / max((true == 1).sum(), 1)
        off = np.abs(levels[part] - predicted[part]).mean()
        rows.append([np.mean(each), recall, (true == said).mean(), *each, off])
    return tuple(round(float(value), 3) for value in np.mean(rows, axis=0))


def _f1(true: NDArray[np.bool_], said: NDArray[np.bool_]) -> float:
    both = (true & said).sum()
    return float(2 * both / max(true.sum() + said.sum(), 1))


# Masking.

_MARK = re.compile(r"\{(\w+)\|([^}]*)\}")
_TITLE = re.compile(r"(?:mrs|mr|ms|miss|dr|auntie|councillor)\b", re.IGNORECASE)
_KINDS = {
    "nhs": Kind.NHS_NUMBER,
    "ni": Kind.NATIONAL_INSURANCE,
    "upn": Kind.PUPIL_NUMBER,
    "dob": Kind.DATE_OF_BIRTH,
    "plate": Kind.PLATE,
}
_KEPT = ("SENDIASS", "the Hive", "Birkenhead Park", "Brackenshore")


def _masking(_ground: Ground) -> Part:
    tables, verdicts = [], []
    for name, title in (
        ("privacy_bank.txt", "the rules were made with"),
        ("privacy_held_out.txt", "written after the rules"),
    ):
        rows, wrong, plain = _masked(BANKS / name)
        there, taken = sum(row[1] for row in rows), sum(row[2] for row in rows)
        rows = [*sorted(rows), ("all", there, taken)]
        tables.append(
            Table(
                f"Personal data in comments {title}",
                ("kind", "there", "taken whole", "recall"),
                [(*row, row[2] / row[1]) for row in rows],
                [f"Of {plain} comments without personal data, {wrong} lost something."],
            )
        )
        if "held" in name:
            verdicts.append(at_least("masking, recall on held-out comments", taken / there, RECALL))
        else:
            verdicts.append(none_of("masking, plain comments that lost something", wrong))
    return tables, verdicts


def _masked(bank: Path) -> tuple[list[tuple[str, int, int]], int, int]:
    """Each kind with how many there are and were taken; plain comments hurt, and all of them."""
    counts: dict[str, list[int]] = {}
    wrong = plain = 0
    for line in bank.read_text("utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        text = _MARK.sub(r"\2", line)
        taken = mask(text, _KEPT).taken
        gone = {at for each in taken for at in range(each.start, each.end)}
        if "{" not in line:
            plain += 1
            wrong += bool(taken)
        shift = 0
        for mark in _MARK.finditer(line):
            start = mark.start() - shift
            shift += len(mark[0]) - len(mark[2])
            title = _TITLE.match(mark[2])
            letters = range(start + (title.end() if title else 0), start + len(mark[2]))
            count = counts.setdefault(str(_KINDS.get(mark[1], mark[1])), [0, 0])
            count[0] += 1
            count[1] += all(at in gone for at in letters if text[at].isalnum())
    return [(kind, there, taken) for kind, (there, taken) in counts.items()], wrong, plain
