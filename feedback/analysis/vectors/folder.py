"""Makes sentence vectors with a model that lies in a folder on this machine."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from feedback.analysis.vectors.reading import Parts, read
from feedback.analysis.vectors.shape import Rows, UnusableVectors

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Encoding, Tokenizer

Wholes = NDArray[np.int64]

MOST_LETTERS = 10_000  # of a text are read, as many as of a comment elsewhere
AT_A_TIME = 1_000  # texts whose pieces lie in memory at once
BATCH = 16  # texts that go through the model at once; 1 and 64 were slower
# A model that picks its own rounding from all it is shown gives a text other numbers beside other
# texts, so each of its texts goes through alone.
_ROUNDS_AS_IT_GOES = b"DynamicQuantizeLinear"
_MISSING_EXTRA = (
    "Sentence vectors need the packages onnxruntime and tokenizers, and they are not here. "
    "Nothing was changed, and themes work without vectors. "
    "Install them with: pip install --require-hashes --no-deps -r requirements/vectors.txt"
)


class SentenceVectors:
    """The vectors of one folder's model. Uses one processor and no network, and keeps no text."""

    def __init__(self, folder: Path | str) -> None:
        """Open a folder that holds `model.onnx` and `tokenizer.json`.

        How long a text may be and how words become one vector are read from the files that
        such models come with, where they are there: `sentence_bert_config.json`,
        `1_Pooling/config.json`. Else: 256 pieces, and the mean.

        Raises:
            UnusableVectors: the extra is not installed, a file is missing, or cannot be used.
        """
        self.folder = Path(folder)
        parts = read(self.folder)
        self.digest: str = parts.digest
        self._mean = parts.pooling == "mean"
        self._pad = parts.pad
        self._batch = 1 if _ROUNDS_AS_IT_GOES in parts.model else BATCH
        self._tokenizer = _tokenizer(parts)
        self._session = _session(parts)
        self._asked = {each.name for each in self._session.get_inputs()}
        if strange := self._asked - {"input_ids", "attention_mask", "token_type_ids"}:
            raise _unusable(self.folder, f"its model asks for {', '.join(sorted(strange))}")
        self.width: int = self._pooled(*self._padded(self._cut(["a word"]))).shape[1]

    def __reduce__(self) -> tuple[Any, ...]:
        """To a process beside goes the folder's name alone; the model is opened there, once."""
        return _opened, (self.folder, self.digest)

    def of(self, texts: Sequence[str]) -> Rows:
        """A vector of length 1 for each text; shape (texts, width).

        Each number is rounded to half precision, so that what is kept is what was used.
        """
        vectors = np.zeros((len(texts), self.width), dtype=np.float32)
        for first in range(0, len(texts), AT_A_TIME):
            cut = self._cut(texts[first : first + AT_A_TIME])
            for places in self._batches(cut):
                rows = self._pooled(*self._padded([cut[at] for at in places]))
                vectors[[first + at for at in places]] = rows
        return vectors

    def _cut(self, texts: Sequence[str]) -> list["Encoding"]:
        shown = [text[:MOST_LETTERS].encode("utf-8", "replace").decode() for text in texts]
        return self._tokenizer.encode_batch(shown)

    def _batches(self, cut: Sequence["Encoding"]) -> Iterator[list[int]]:
        """Places of texts of about one length; those without a piece are left out."""
        some = [at for at, each in enumerate(cut) if each.ids]
        some.sort(key=lambda at: len(cut[at].ids))
        for first in range(0, len(some), self._batch):
            yield some[first : first + self._batch]

    def _padded(self, cut: Sequence["Encoding"]) -> tuple[Wholes, Wholes]:
        """Numbers of pieces, and 1 where there is one; both of shape (texts, pieces)."""
        shape = len(cut), max(len(each.ids) for each in cut)
        pieces, there = np.full(shape, self._pad, np.int64), np.zeros(shape, np.int64)
        for row, each in enumerate(cut):
            pieces[row, : len(each.ids)] = each.ids
            there[row, : len(each.ids)] = 1
        return pieces, there

    def _pooled(self, pieces: Wholes, there: Wholes) -> Rows:
        given = {
            "input_ids": pieces,
            "attention_mask": there,
            "token_type_ids": np.zeros_like(pieces),
        }
        try:
            out = self._session.run(None, {name: given[name] for name in self._asked})[0]
        except Exception as wrong:
            raise _unusable(self.folder, "its model stopped with a fault") from wrong
        states = np.asarray(out, dtype=np.float64)
        if states.ndim == 3 and states.shape[:2] == pieces.shape:
            if self._mean:
                states = (states * there[:, :, None]).sum(axis=1) / there.sum(axis=1)[:, None]
            else:
                states = states[:, 0]
        if states.ndim != 2 or len(states) != len(pieces) or not np.isfinite(states).all():
            raise _unusable(self.folder, "its model gives no vector for each text")
        length = np.linalg.norm(states, axis=1, keepdims=True)
        unit = states / np.where(length > 0, length, 1)
        return unit.astype(np.float16).astype(np.float32)


@lru_cache(maxsize=2)
def _opened(folder: Path, digest: str) -> SentenceVectors:
    vectors = SentenceVectors(folder)
    if vectors.digest != digest:
        raise _unusable(folder, "its files were changed while they were in use")
    return vectors


def _tokenizer(parts: Parts) -> "Tokenizer":
    try:
        from tokenizers import Tokenizer
    except ImportError as missing:
        raise UnusableVectors(_MISSING_EXTRA) from missing
    try:
        tokenizer = Tokenizer.from_str(parts.tokenizer.decode())
    except Exception as wrong:  # the library raises nothing narrower
        raise _unusable(parts.folder, "tokenizer.json cannot be read") from wrong
    tokenizer.no_padding()
    tokenizer.enable_truncation(parts.longest)
    return tokenizer


def _session(parts: Parts) -> "InferenceSession":
    try:
        import onnxruntime
    except ImportError as missing:
        raise UnusableVectors(_MISSING_EXTRA) from missing
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1  # `engine` adds processes
    options.log_severity_level = 4  # faults are raised; nothing is printed
    try:
        # From the very bytes that the digest is of, so a model in several files is refused.
        return onnxruntime.InferenceSession(
            parts.model, options, providers=["CPUExecutionProvider"]
        )
    except Exception as wrong:  # the library's own have no common parent
        raise _unusable(parts.folder, "model.onnx cannot be read, or is not whole") from wrong


def _unusable(folder: Path, why: str) -> UnusableVectors:
    return UnusableVectors(
        f"The sentence vectors of {folder} cannot be used: {why}. "
        "Nothing was changed, and themes work without vectors. "
        "Put in another model (docs/running.md says which), or leave the folder out."
    )
