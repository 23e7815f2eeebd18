"""Sentence vectors from a folder: read, kept, forgotten, refused in words, never fetched."""

import json
import os
import pickle
import sqlite3
import stat
import subprocess
import sys
import textwrap
import warnings

import numpy as np
import pytest

from feedback.analysis import engine
from feedback.analysis.vectors import (
    CachedVectors,
    DamagedCache,
    SentenceVectors,
    UnusableVectors,
    VectorCache,
    kept_vectors,
)
from tests.analysis.tiny_vectors import write_model

WORDS = {
    "bus": (1.0, 0.0, 0.0),
    "coach": (0.9, 0.1, 0.0),
    "lunch": (0.0, 1.0, 0.0),
    "late": (0.0, 0.0, 2.0),
}
TEXTS = ["The bus", "late", "bus late late", "", "lunch \ud800", "coach coach", "nothing here"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return write_model(tmp_path_factory.mktemp("models") / "tiny", WORDS)


@pytest.fixture(scope="module")
def vectors(folder):
    return SentenceVectors(folder)


class Counted:
    """Vectors that tell which texts went through the model."""

    def __init__(self, vectors):
        self.vectors, self.seen = vectors, []
        self.digest, self.width = vectors.digest, vectors.width

    def of(self, texts):
        self.seen += texts
        return self.vectors.of(texts)


def test_a_text_is_the_mean_of_its_pieces_with_length_one(vectors):
    found = vectors.of(["bus late late", "LUNCH"])
    mean = np.array([1.0, 0, 4]) / 3
    np.testing.assert_allclose(found[0], mean / np.linalg.norm(mean), atol=5e-4)
    assert found[1].tolist() == [0, 1, 0]
    assert found.dtype == np.float32 and found.shape == (2, vectors.width) == (2, 3)


def test_a_text_has_the_same_vector_whatever_stands_beside_it(vectors):
    together = vectors.of([*TEXTS, *["bus " * at for at in range(40)]])[: len(TEXTS)]
    alone = np.vstack([vectors.of([text]) for text in TEXTS])
    assert together.tobytes() == alone.tobytes()
    assert vectors.of([]).shape == (0, 3)


def test_what_the_model_does_not_know_is_nought(vectors):
    assert not vectors.of(["", "nothing here", "\N{GRINNING FACE}"]).any()


def test_only_as_many_pieces_are_read_as_the_model_was_taught_with(tmp_path):
    folder = write_model(tmp_path / "short", WORDS)
    (folder / "sentence_bert_config.json").write_text('{"max_seq_length": 2}')
    assert SentenceVectors(folder).of(["bus bus late late late"]).tolist() == [[1, 0, 0]]


def test_a_model_may_put_all_it_knows_into_its_first_piece(tmp_path):
    folder = write_model(tmp_path / "first", WORDS)
    (folder / "1_Pooling").mkdir()
    told = {"word_embedding_dimension": 3, "pooling_mode_cls_token": True}
    (folder / "1_Pooling" / "config.json").write_text(json.dumps(told))
    assert SentenceVectors(folder).of(["lunch late late"]).tolist() == [[0, 1, 0]]


def test_a_model_that_rounds_by_what_it_is_shown_sees_one_text_at_a_time(tmp_path):
    many = WORDS | {"loud": (9.0, 7.0, 3.0), "mild": (0.31, 0.17, 0.23)}
    rounding = SentenceVectors(write_model(tmp_path / "rounding", many, rounding=True))
    mild, loud = rounding.of(["mild mild", "loud loud"])
    assert rounding.of(["mild mild"])[0].tolist() == mild.tolist()
    assert rounding.of(["loud loud"])[0].tolist() == loud.tolist()


def test_the_digest_tells_models_and_their_settings_apart(tmp_path, vectors, folder):
    assert SentenceVectors(folder).digest == vectors.digest
    same = write_model(tmp_path / "same", WORDS)
    assert SentenceVectors(same).digest == vectors.digest
    other = write_model(tmp_path / "other", WORDS | {"late": (0.0, 0.0, 2.5)})
    assert SentenceVectors(other).digest != vectors.digest
    (same / "sentence_bert_config.json").write_text('{"max_seq_length": 2}')
    assert SentenceVectors(same).digest != vectors.digest


def _without(name):
    def spoil(folder):
        (folder / name).unlink()

    return spoil


def _with(name, content):
    def spoil(folder):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(content)

    return spoil


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (_without("model.onnx"), "no model.onnx"),
        (_without("tokenizer.json"), "no tokenizer.json"),
        (_with("model.onnx", b"no model"), "model.onnx cannot be read"),
        (_with("tokenizer.json", b"{}"), "tokenizer.json cannot be read"),
        (_with("tokenizer.json", b"\xff\xfe"), "tokenizer.json cannot be"),
        (_with("config.json", b"{"), "a file in it cannot be read"),
        (_with("config.json", b"[]"), "config.json does not hold"),
        (_with("1_Pooling/config.json", b'{"pooling_mode_max_tokens": true}'), "one vector in a"),
    ],
)
def test_a_folder_that_cannot_be_used_is_refused_in_words(tmp_path, spoil, said):
    folder = write_model(tmp_path / "spoilt", WORDS)
    spoil(folder)
    with pytest.raises(UnusableVectors, match=said) as refused:
        SentenceVectors(folder)
    assert "themes work without vectors" in str(refused.value)
    assert str(folder) in str(refused.value)


def test_a_model_that_asks_for_more_than_text_is_refused(tmp_path):
    folder = write_model(tmp_path / "asks", WORDS, inputs=("input_ids", "pixel_values"))
    with pytest.raises(UnusableVectors, match="asks for pixel_values"):
        SentenceVectors(folder)


def test_without_the_extra_it_says_what_to_install(folder, monkeypatch):
    for package in ("onnxruntime", "tokenizers"):
        with monkeypatch.context() as gone:
            gone.setitem(sys.modules, package, None)  # as if it were not installed
            with pytest.raises(UnusableVectors, match=r"requirements/vectors\.txt"):
                SentenceVectors(folder)


def test_nothing_is_asked_of_a_network_and_nothing_is_loaded_before_its_time(folder):
    script = f"""
        import sys

        def forbid(event, arguments):
            if event.startswith("socket.") or event == "urllib.Request":
                raise SystemExit("the network was asked: " + event)

        sys.addaudithook(forbid)
        from feedback.analysis.coding import ThemeCoder
        from feedback.analysis.vectors import SentenceVectors
        assert not {{"onnxruntime", "tokenizers"}} & set(sys.modules)
        print(SentenceVectors({str(folder)!r}).of(["bus"]).tolist())
    """
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(script)], capture_output=True, text=True
    )
    assert done.stdout == "[[1.0, 0.0, 0.0]]\n", done.stdout + done.stderr


def test_processes_beside_give_the_same(vectors):
    batches = [TEXTS[:3], TEXTS[3:]]
    here = list(engine.map(vectors.of, batches))
    beside = list(engine.map(vectors.of, batches, workers=2))
    assert [each.tobytes() for each in here] == [each.tobytes() for each in beside]


def test_a_folder_that_changes_while_in_use_is_noticed(tmp_path):
    folder = write_model(tmp_path / "changing", WORDS)
    on_the_way = pickle.dumps(SentenceVectors(folder))
    write_model(folder, WORDS | {"late": (0.0, 0.0, 3.0)})
    with pytest.raises(UnusableVectors, match="changed while"):
        pickle.loads(on_the_way)


def test_a_text_goes_through_the_model_once_and_comes_back_the_same(tmp_path, vectors):
    counted = Counted(vectors)
    first = CachedVectors(counted, VectorCache(tmp_path / "kept", b"key"))
    fresh = first.of([*TEXTS, *TEXTS])
    assert counted.seen == TEXTS

    again = CachedVectors(counted, VectorCache(tmp_path / "kept", b"key"))
    assert again.of([*TEXTS, *TEXTS]).tobytes() == fresh.tobytes()
    assert counted.seen == TEXTS
    assert fresh[: len(TEXTS)].tobytes() == vectors.of(TEXTS).tobytes()


def test_another_model_finds_nothing_of_the_first(tmp_path, vectors):
    cache = VectorCache(tmp_path / "kept", b"key")
    CachedVectors(vectors, cache).of(TEXTS)
    other = Counted(SentenceVectors(write_model(tmp_path / "o", WORDS | {"bus": (0.0, 0.0, 1.0)})))
    assert CachedVectors(other, cache).of(["bus"]).tolist() == [[0, 0, 1]]
    assert other.seen == ["bus"]


def test_the_file_holds_no_text_and_tells_nothing_without_the_key(tmp_path, vectors):
    file = tmp_path / "kept"
    CachedVectors(vectors, VectorCache(file, b"key")).of(TEXTS)
    content = file.read_bytes()
    assert not any(word in content for word in (b"bus", b"late", b"lunch", b"nothing"))
    assert VectorCache(file, b"key").find(vectors.digest, ["late"]) != [None]
    assert VectorCache(file, b"another").find(vectors.digest, ["late"]) == [None]
    with pytest.raises(ValueError, match="key"):
        VectorCache(file, b"")


@pytest.mark.skipif(os.name != "posix", reason="rights of files are told otherwise there")
def test_nobody_else_on_the_machine_may_read_the_file(tmp_path, vectors):
    kept_vectors(vectors, secret="s", path=tmp_path / "kept").of(["bus"])
    assert stat.S_IMODE((tmp_path / "kept").stat().st_mode) == 0o600


def test_a_comment_that_was_taken_back_leaves_the_cache(tmp_path, vectors):
    file = tmp_path / "kept"
    cache = VectorCache(file, b"key")
    cached = CachedVectors(vectors, cache)
    cached.of(TEXTS)
    # A vector that no other text has, as it lies in the file.
    bytes_of_it = vectors.of(["bus late late"]).astype("<f2").tobytes()
    assert bytes_of_it in file.read_bytes()

    cached.forget(["bus late late", "never seen"])
    assert len(cache) == len(TEXTS) - 1
    assert cache.find(vectors.digest, ["bus late late"]) == [None]
    assert bytes_of_it not in file.read_bytes()


def test_a_clean_up_leaves_only_what_is_still_there(tmp_path, vectors):
    cache = VectorCache(tmp_path / "kept", b"key")
    CachedVectors(vectors, cache).of(TEXTS)
    assert cache.forget_others(vectors.digest, [*TEXTS[:2], "new"]) == len(TEXTS) - 2
    assert cache.forget_others(vectors.digest, TEXTS[:2]) == 0
    assert None not in cache.find(vectors.digest, TEXTS[:2])
    assert cache.forget_others("another model", TEXTS[:2]) == 2


def test_a_stop_in_the_middle_loses_only_the_last_batch(tmp_path, vectors, monkeypatch):
    monkeypatch.setattr("feedback.analysis.vectors.cache.AT_A_TIME", 2)

    class Stopping(Counted):
        def of(self, texts):
            if self.seen:
                raise KeyboardInterrupt
            return super().of(texts)

    cache = VectorCache(tmp_path / "kept", b"key")
    with pytest.raises(KeyboardInterrupt):
        CachedVectors(Stopping(vectors), cache).of(TEXTS)
    going_on = Counted(vectors)
    CachedVectors(going_on, cache).of(TEXTS)
    assert going_on.seen == TEXTS[2:]


def test_an_entry_of_another_width_is_made_anew(tmp_path, vectors):
    cache = VectorCache(tmp_path / "kept", b"key")
    cache.keep(vectors.digest, ["bus"], np.zeros((1, 2), dtype=np.float32))
    assert CachedVectors(vectors, cache).of(["bus"]).tolist() == [[1, 0, 0]]


def test_a_damaged_cache_is_said_in_words(tmp_path, vectors):
    file = tmp_path / "kept"
    file.write_bytes(b"this is no database, whatever it is called" * 50)
    with pytest.raises(DamagedCache, match="nothing is lost"):
        kept_vectors(vectors, secret="s", path=file).of(["bus"])
    with pytest.raises(DamagedCache, match="Delete the file, or name another"):
        kept_vectors(vectors, secret="s", path=tmp_path / "no" / "such" / "folder").of(["bus"])
    assert isinstance(pickle.loads(pickle.dumps(DamagedCache("said"))), DamagedCache)


def test_no_connection_is_left_open(tmp_path, vectors):
    with warnings.catch_warnings():
        warnings.simplefilter("error", ResourceWarning)
        kept_vectors(vectors, secret="s", path=tmp_path / "kept").of(["bus"])
    with sqlite3.connect(tmp_path / "kept", timeout=0) as file:
        file.execute("BEGIN EXCLUSIVE")
    file.close()
