"""Learns from comments that people here have labelled how feelings are put into words.

scikit-learn is imported only when something is fitted or read.
"""

import hashlib
import io
import json
import zipfile
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from feedback.analysis import clauses
from feedback.analysis.feeling_evidence import Evidence, evidence
from feedback.analysis.feelings import LEVELS, MIXED, Feeling

if TYPE_CHECKING:
    from sklearn.feature_extraction.text import TfidfVectorizer

VERSION = 2  # of what a saved model holds; another is refused
FEWEST = 30  # labelled comments; fewer teach less than the words alone know
FEWEST_OF_A_SIDE = 5
MANY = 300  # comments from which what is written once or twice is left out
SURE_ENOUGH = 0.55  # probability of the side below which a person should look
SOFTNESS = 1.0  # inverse strength of the penalty, as in scikit-learn's C
BALANCE = 0.7  # 1: all sides count the same, 0: as often as they come; measured between 0.5 and 1
SIGNS_COUNT = 0.2  # of a deviation of a sign, beside words that weigh at most 1 together
LARGEST_PART = 300_000_000  # bytes of one part of a saved model

Floats = NDArray[np.float64]
_WORD = r"(?u)\b\w[\w']*\b|[!?]"
_SIDES = (-1, 0, 1)


class WrongModel(ValueError):
    """A saved model that cannot be used: another version, damaged, or not one of ours."""


class FeelingCoder:
    """Reads feelings as people here have labelled them; `fit` first, or `load`."""

    def __init__(self) -> None:
        self.trained_on = ""  # digest of the comments and labels
        self.questions: tuple[str, ...] = ()
        self._words: TfidfVectorizer | None = None
        self._letters: TfidfVectorizer | None = None
        self._arrays: dict[str, Floats] = {}

    def fit(
        self, comments: Sequence[str], levels: Sequence[int], questions: Sequence[str] | None = None
    ) -> "FeelingCoder":
        """Learn from labelled comments; what was learned before is forgotten.

        Args:
            comments: texts; shape (n,).
            levels: 1 (very positive) to 5 (very negative); shape (n,).
            questions: which question each answers, where that is known; shape (n,). A question's
                pull is learned like a word's, and one that was never seen has none.

        Raises:
            ValueError: shapes differ, a level is none of the five, there are fewer than `FEWEST`
                comments, or fewer than two sides have `FEWEST_OF_A_SIDE`.
        """
        given = np.asarray(levels, dtype=int)
        if len(comments) != len(given) or (questions and len(questions) != len(comments)):
            raise ValueError("comments, levels and questions differ in length")
        if len(given) < FEWEST:
            raise ValueError(f"{len(given)} labelled comments; at least {FEWEST} are needed")
        if given.min() < 1 or given.max() > LEVELS:
            raise ValueError("levels run from 1 to 5")
        sides = np.sign(given - MIXED)
        if sum((sides == side).sum() >= FEWEST_OF_A_SIDE for side in _SIDES) < 2:
            raise ValueError(f"at least two sides need {FEWEST_OF_A_SIDE} comments")

        self.trained_on = _digest([*comments, *map(str, given)])
        self.questions = tuple(sorted(set(questions))) if questions else ()
        self._words, self._letters = _vectoriser("word", len(given)), _vectoriser("letters", 0)
        seen = _seen(comments)
        texts = [each.text for each in seen]
        self._words.fit(texts)
        self._letters.fit(texts)
        signs = _signs(comments, seen)
        self._arrays = {"mean": signs.mean(axis=0), "spread": signs.std(axis=0) + 1e-9}
        known = self._features(comments, seen, questions)
        self._learn("side", known, sides)
        for side in (-1, 1):
            of_side = sides == side
            self._learn(f"strength{side}", known[of_side], np.abs(given[of_side] - MIXED))
        return self

    def scores(self, comments: Sequence[str], questions: Sequence[str] | None = None) -> Floats:
        """The probability of each level.

        Returns:
            Rows that sum to 1, for levels 1 to 5; shape (n, 5). They come from a balanced fit, so
            rare levels are likelier here than they are in truth.

        Raises:
            ValueError: nothing was learned yet, or the shapes differ.
        """
        return self._scores(comments, _seen(comments), questions)

    def _scores(
        self, comments: Sequence[str], seen: Sequence[Evidence], questions: Sequence[str] | None
    ) -> Floats:
        if not self._arrays:
            raise ValueError("fit or load the coder first")
        if questions and len(questions) != len(comments):
            raise ValueError("comments and questions differ in length")
        if not comments:
            return np.zeros((0, LEVELS))
        known = self._features(comments, seen, questions)
        found = np.zeros((len(comments), LEVELS))
        sides = dict(zip(*self._chances("side", known), strict=True))
        found[:, MIXED - 1] = sides.get(0, 0.0)
        for side in (-1, 1):
            if side not in sides:
                continue
            for strength, share in zip(*self._chances(f"strength{side}", known), strict=True):
                found[:, MIXED - 1 + side * int(strength)] = sides[side] * share
        return found

    def predict(
        self, comments: Sequence[str], questions: Sequence[str] | None = None
    ) -> NDArray[np.int64]:
        """The level of each comment; shape (n,). The side is chosen first, then how strong."""
        return _choose(self.scores(comments, questions))

    def read(
        self, comments: Sequence[str], questions: Sequence[str] | None = None
    ) -> list[Feeling]:
        """How somebody feels in each comment, with the signs that show it."""
        seen = _seen(comments)
        found = self._scores(comments, seen, questions)
        levels = _choose(found)
        sures = _by_side(found)[np.arange(len(levels)), np.sign(levels - MIXED) + 1]
        feelings = []
        for comment, each, level, sure in zip(
            comments, seen, levels.tolist(), sures.tolist(), strict=True
        ):
            said = any(letter.isalpha() for letter in comment)
            unsure = sure < SURE_ENOUGH or not said
            feelings.append(Feeling(level, sure, unsure, each.signs))
        return feelings

    def _features(
        self, comments: Sequence[str], seen: Sequence[Evidence], questions: Sequence[str] | None
    ) -> Any:
        from scipy import sparse

        if self._words is None or self._letters is None:
            raise ValueError("fit or load the coder first")
        texts = [each.text for each in seen]
        signs = (_signs(comments, seen) - self._arrays["mean"]) / self._arrays["spread"]
        asked = np.zeros((len(texts), len(self.questions)))
        for row, question in enumerate(questions or ()):
            if question in self.questions:
                asked[row, self.questions.index(question)] = 1
        return sparse.hstack(
            [
                self._words.transform(texts),
                self._letters.transform(texts),
                sparse.csr_matrix(np.clip(signs, -5, 5) * SIGNS_COUNT),
                sparse.csr_matrix(asked),
            ]
        ).tocsr()

    def _learn(self, name: str, known: Any, given: NDArray[np.int64]) -> None:
        from sklearn.linear_model import LogisticRegression

        classes, counts = np.unique(given, return_counts=True)
        self._arrays[f"{name}.classes"] = classes.astype(float)
        if len(classes) < 2:
            return
        weights = (len(given) / (len(classes) * counts)) ** BALANCE
        model = LogisticRegression(C=SOFTNESS, max_iter=300)
        model.fit(known, given, sample_weight=weights[np.searchsorted(classes, given)])
        self._arrays[f"{name}.weights"] = model.coef_
        self._arrays[f"{name}.offset"] = model.intercept_

    def _chances(self, name: str, known: Any) -> tuple[list[int], list[Floats]]:
        """The classes of one decision and the probability of each; columns of shape (n,)."""
        classes = [int(each) for each in self._arrays[f"{name}.classes"]]
        if len(classes) < 2:
            return classes, [np.ones(known.shape[0]) for _ in classes]
        pulls = known @ self._arrays[f"{name}.weights"].T + self._arrays[f"{name}.offset"]
        if len(classes) == 2:
            pulls = np.hstack([np.zeros_like(pulls), pulls])
        shares = np.exp(pulls - pulls.max(axis=1, keepdims=True))
        shares /= shares.sum(axis=1, keepdims=True)
        return classes, list(shares.T)

    # Keeping what was learned.

    def save(self) -> bytes:
        """What was learned, as a zip of JSON and .npy: numbers and words, nothing that runs."""
        if not self._arrays or self._words is None or self._letters is None:
            raise ValueError("fit the coder first")
        facts = {
            "kind": "feelings",
            "version": VERSION,
            "trained_on": self.trained_on,
            "questions": self.questions,
            "words": _terms(self._words),
            "letters": _terms(self._letters),
        }
        arrays = {
            **self._arrays,
            "words": self._words.idf_,
            "letters": self._letters.idf_,
        }
        parts = {"model.json": json.dumps(facts, ensure_ascii=False).encode()}
        for name, values in arrays.items():
            packed = io.BytesIO()
            np.save(packed, np.asarray(values, dtype=np.float64), allow_pickle=False)
            parts[f"{name}.npy"] = packed.getvalue()
        parts["digest"] = _digest_of(parts).encode()
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in parts.items():
                archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
        return packed.getvalue()

    @classmethod
    def load(cls, saved: bytes) -> "FeelingCoder":
        """A coder as it was saved.

        The digest tells damage, not malice: whoever can change the file can change the digest.
        Nothing in it is run in either case.

        Raises:
            WrongModel: it is of another version, was changed since, or is none of ours.
        """
        try:
            parts = _unpack(saved)
            facts = json.loads(parts.pop("model.json"))
            if facts["kind"] != "feelings" or facts["version"] != VERSION:
                raise WrongModel(
                    f"this is a model of kind {facts['kind']!r}, version {facts['version']!r}; "
                    f"wanted is 'feelings', version {VERSION}: learn anew"
                )
            arrays = {
                name.removesuffix(".npy"): np.load(io.BytesIO(content), allow_pickle=False)
                for name, content in parts.items()
            }
            coder = cls()
            coder.trained_on, coder.questions = facts["trained_on"], tuple(facts["questions"])
            coder._words = _restored("word", facts["words"], arrays.pop("words"))
            coder._letters = _restored("letters", facts["letters"], arrays.pop("letters"))
            coder._arrays = arrays
            coder.scores(["one comment to see that the parts fit together"])
        except WrongModel:
            raise
        except (KeyError, ValueError, TypeError, OSError, AttributeError) as wrong:
            raise WrongModel("this is no saved model of feelings, or it was damaged") from wrong
        return coder


def _unpack(saved: bytes) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(saved)) as archive:
            if any(part.file_size > LARGEST_PART for part in archive.infolist()):
                raise WrongModel("a part of this model is too large")
            parts = {part.filename: archive.read(part) for part in archive.infolist()}
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError) as wrong:
        raise WrongModel("this is no saved model of feelings, or it was damaged") from wrong
    if parts.pop("digest", b"").decode("ascii", "replace") != _digest_of(parts):
        raise WrongModel("this model was changed since it was saved")
    return parts


def _digest_of(parts: dict[str, bytes]) -> str:
    told = hashlib.sha256()
    for name in sorted(parts):
        told.update(f"{name}:{len(parts[name])}:".encode() + parts[name])
    return told.hexdigest()


def _digest(texts: Sequence[str]) -> str:
    told = hashlib.sha256()
    for text in texts:
        told.update(f"{len(text)}:{text}".encode("utf-8", "surrogatepass"))
    return told.hexdigest()


def _vectoriser(kind: str, comments: int, terms: Sequence[str] | None = None) -> "TfidfVectorizer":
    from sklearn.feature_extraction.text import TfidfVectorizer

    known = {term: at for at, term in enumerate(terms)} if terms is not None else None
    if kind == "word":
        return TfidfVectorizer(
            ngram_range=(1, 2),
            sublinear_tf=True,
            min_df=2 if comments >= MANY else 1,
            token_pattern=_WORD,
            vocabulary=known,
        )
    return TfidfVectorizer(
        analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True, min_df=3, vocabulary=known
    )


def _restored(kind: str, terms: list[str], rarity: Floats) -> "TfidfVectorizer":
    vectoriser = _vectoriser(kind, 0, terms)
    vectoriser.idf_ = rarity
    return vectoriser


def _terms(vectoriser: "TfidfVectorizer") -> list[str]:
    return sorted(vectoriser.vocabulary_, key=vectoriser.vocabulary_.__getitem__)


def _seen(comments: Sequence[str]) -> list[Evidence]:
    return [evidence(comment) for comment in comments]


def _signs(comments: Sequence[str], seen: Sequence[Evidence]) -> Floats:
    """What the words show by themselves, as numbers; shape (n, 18)."""
    return np.array([_row(*each) for each in zip(comments, seen, strict=True)], dtype=float)


def _row(comment: str, whole: Evidence) -> list[float]:
    seen = whole.without_forms()  # they are told apart: where labels are, they weigh otherwise
    values = [sign.value for sign in seen.signs]
    pieces = clauses.split(comment)
    first, last = seen, seen
    if len(pieces) > 1:
        first, last = (
            evidence(comment[start:end]).without_forms() for start, end in (pieces[0], pieces[-1])
        )
    return [
        seen.good,
        seen.bad,
        float(np.log1p(seen.good)),
        float(np.log1p(seen.bad)),
        _balance(seen),
        min(seen.good, seen.bad),
        max(values, default=0.0),
        min(values, default=0.0),
        seen.polarity,
        seen.subjectivity,
        float(seen.polarity > 0) - float(seen.polarity < 0),
        _balance(first),
        _balance(last),
        float(np.log1p(seen.words)),
        float("!" in comment),
        float(not values),
        whole.good - seen.good,
        whole.bad - seen.bad,
    ]


def _balance(seen: Evidence) -> float:
    return (seen.good - seen.bad) / (seen.good + seen.bad + 1)


def _by_side(scores: Floats) -> Floats:
    """The probability of each side; shape (n, 3)."""
    return np.stack([scores[:, :2].sum(axis=1), scores[:, 2], scores[:, 3:].sum(axis=1)], axis=1)


def _choose(scores: Floats) -> NDArray[np.int64]:
    sides = _by_side(scores).argmax(axis=1)
    good, bad = scores[:, :2].argmax(axis=1) + 1, scores[:, 3:].argmax(axis=1) + 4
    return np.select([sides == 0, sides == 1], [good, np.full_like(good, MIXED)], bad)
