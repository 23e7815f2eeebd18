"""Themes with sentence vectors beside words: one model, kept with the vectors it needs."""

import io
import zipfile

import numpy as np
import pytest

from feedback.analysis.codebook import Codebook, Theme
from feedback.analysis.coding import (
    OtherVectors,
    TamperedModel,
    ThemeCoder,
    Unsure,
    from_bytes,
    meaning,
    to_bytes,
)
from feedback.analysis.vectors import SentenceVectors
from tests.analysis.tiny_vectors import write_model

# What takes people somewhere lies one way, what they eat another; nobody says "coach" in training.
WORDS = {
    **{word: (1.0, 0.1 * at, 0.0) for at, word in enumerate(("bus", "taxi", "minibus", "coach"))},
    **{word: (0.0, 1.0, 0.1 * at) for at, word in enumerate(("lunch", "soup", "snack", "supper"))},
    "rain": (0.0, 0.0, 1.0),
}
CODEBOOK = Codebook("small", 1, (Theme("move", "Getting there"), Theme("eat", "Meals")))
CODED = [
    (f"{word} {when}", codes)
    for word, codes in (
        ("bus", ["move"]),
        ("taxi", ["move"]),
        ("minibus", ["move"]),
        ("lunch", ["eat"]),
        ("soup", ["eat"]),
        ("snack", ["eat"]),
        ("rain", []),
        ("fine", []),
    )
    for when in ("monday", "today", "again", "early")
]
TEXTS, CODES = [text for text, _ in CODED], [codes for _, codes in CODED]
UNSEEN = ["the coach please", "what about supper"]


@pytest.fixture(scope="module")
def vectors(tmp_path_factory):
    return SentenceVectors(write_model(tmp_path_factory.mktemp("models") / "tiny", WORDS))


@pytest.fixture(scope="module")
def learned(vectors):
    return ThemeCoder(CODEBOOK, vectors=vectors).fit(TEXTS, CODES)


def test_a_word_that_nobody_coded_is_known_by_what_it_means(learned):
    assert learned.predict(UNSEEN).tolist() == [[1, 0], [0, 1]]
    by_words_alone = ThemeCoder(CODEBOOK).fit(TEXTS, CODES)
    assert by_words_alone.predict(UNSEEN).tolist() != [[1, 0], [0, 1]]


def test_before_anybody_has_coded_vectors_say_nothing(vectors):
    with_them, without = ThemeCoder(CODEBOOK, vectors=vectors), ThemeCoder(CODEBOOK)
    texts = [*TEXTS, "getting meals there"]
    assert with_them.predict_scores(texts).tobytes() == without.predict_scores(texts).tobytes()
    assert to_bytes(with_them) == to_bytes(without)
    learned_again = ThemeCoder(CODEBOOK, vectors=vectors).fit(TEXTS, CODES).fit([], [])
    assert to_bytes(learned_again) == to_bytes(without)


def test_the_same_comments_give_the_same_coder(vectors, learned):
    assert to_bytes(ThemeCoder(CODEBOOK, vectors=vectors).fit(TEXTS, CODES)) == to_bytes(learned)


def test_reasons_are_words_of_the_comment(learned):
    (reading,) = learned.read(["the bus came"])
    assert reading.themes == ("move",)
    (span, *_) = reading.why["move"]
    assert "the bus came"[span.start : span.end] == "bus"
    assert learned.read([""])[0].unsure == (Unsure.EMPTY,)


def test_what_was_kept_scores_the_same_and_needs_the_same_vectors(tmp_path, vectors, learned):
    kept = to_bytes(learned)
    again = from_bytes(kept, vectors=vectors)
    texts = [*TEXTS, *UNSEEN, ""]
    assert again.predict_scores(texts).tobytes() == learned.predict_scores(texts).tobytes()
    with pytest.raises(OtherVectors, match="name their folder"):
        from_bytes(kept)
    others = SentenceVectors(write_model(tmp_path / "o", WORDS | {"rain": (0.0, 0.2, 1.0)}))
    with pytest.raises(OtherVectors, match="other sentence vectors"):
        from_bytes(kept, vectors=others)


def test_a_coder_of_words_alone_needs_no_vectors_and_takes_no_notice_of_them(vectors):
    plain = ThemeCoder(CODEBOOK).fit(TEXTS, CODES)
    again = from_bytes(to_bytes(plain), vectors=vectors)
    assert again.predict_scores(UNSEEN).tobytes() == plain.predict_scores(UNSEEN).tobytes()
    assert again.meaning is None


@pytest.mark.parametrize("lost", ["vectors_bends.npy", "vectors_weights.npy"])
def test_a_kept_coder_that_lost_a_part_is_refused(learned, vectors, lost):
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(to_bytes(learned))) as kept, zipfile.ZipFile(out, "w") as left:
        for name in kept.namelist():
            if name != lost:
                left.writestr(name, kept.read(name))
    with pytest.raises(TamperedModel):
        from_bytes(out.getvalue(), vectors=vectors)


def test_the_surface_multiplied_out_is_the_one_that_was_learned(vectors):
    """A second way to the same: the comments themselves, compared with one another."""
    rng = np.random.default_rng(1)
    beside, truth = rng.normal(size=(40, 6)), (rng.random((40, 2)) < 0.4).astype(float)
    strengths = beside[:, :2] / meaning.SEED_SHARE
    found, _ = meaning.learn(beside[:, 2:], strengths, truth, [str(at) for at in range(40)])
    own = np.hstack([beside[:, 2:], beside[:, :2]])
    alike = (1 + own @ own.T) ** 2
    usual = 2 * truth.mean(axis=0)
    worth = np.linalg.solve(alike + meaning.FIRM * np.eye(40), 2 * truth - usual)
    _, surface = found.margins(beside[:, 2:], strengths)
    np.testing.assert_allclose(surface, alike @ worth + usual, atol=1e-4)


def test_margins_for_calibration_come_from_other_writers(vectors):
    """One writer's labels are turned round: that moves the others' margins, never the writer's."""
    rng = np.random.default_rng(2)
    rows, truth = rng.normal(size=(30, 4)), (rng.random((30, 1)) < 0.5).astype(float)
    writers = [str(at // 3) for at in range(30)]
    _, before = meaning.learn(rows, np.zeros((30, 1)), truth, writers)
    other = truth.copy()
    other[:3] = 1 - other[:3]
    _, after = meaning.learn(rows, np.zeros((30, 1)), other, writers)
    for was, now in zip(before, after, strict=True):
        assert was[:3].tobytes() == now[:3].tobytes()
        assert not np.allclose(was[3:], now[3:])


@pytest.mark.parametrize(
    ("texts", "codes"),
    [
        (["bus"], [["move"]]),
        (["bus", "lunch"], [["move"], ["eat"]]),
        (["bus", "bus", "taxi"], [["move"]] * 3),
        (["", "\N{GRINNING FACE}", "bus " * 5_000], [[], [], ["move", "eat"]]),
    ],
    ids=["one comment", "one for each", "a theme that all have", "nothing to read"],
)
def test_odd_comments_give_numbers_between_0_and_1(vectors, texts, codes):
    scores = ThemeCoder(CODEBOOK, vectors=vectors).fit(texts, codes).predict_scores([*texts, ""])
    assert np.isfinite(scores).all() and (scores >= 0).all() and (scores <= 1).all()


def test_the_surface_is_learned_from_a_part_where_comments_are_many(vectors, monkeypatch):
    monkeypatch.setattr(meaning, "MOST_COMMENTS", 20)
    coder = ThemeCoder(CODEBOOK, vectors=vectors).fit(TEXTS, CODES)
    assert coder.predict(UNSEEN).tolist() == [[1, 0], [0, 1]]
    assert to_bytes(coder) == to_bytes(ThemeCoder(CODEBOOK, vectors=vectors).fit(TEXTS, CODES))
