"""Keeps vectors by text, so that a comment goes through the model once.

No text is kept. What a vector belongs to is a keyed digest, so nobody without the host's key can
ask whether somebody wrote these words. A vector itself still tells roughly what was said: the file
belongs where the comments are, and an entry goes when its comment goes.
"""

import hmac
import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from hashlib import sha256
from pathlib import Path

import numpy as np

from feedback.analysis.vectors.shape import Rows, UnusableVectors, Vectors

AT_A_TIME = 256  # texts that go through the model before they are kept: a stop loses no more
PATIENCE = 30.0  # seconds to wait for another process that writes
_ASKED = 500  # entries asked for at once
_TABLE = "CREATE TABLE IF NOT EXISTS vector (text BLOB PRIMARY KEY, half BLOB) WITHOUT ROWID"


class DamagedCache(UnusableVectors):
    """A file that holds no vectors, or not as they were written."""


class VectorCache:
    """A file of vectors, each under a keyed digest of its model and its text."""

    def __init__(self, path: Path | str, key: bytes) -> None:
        """Use a file, made where there is none; with ":memory:" nothing outlives the process.

        Args:
            path: the file; only this user may read one that is made.
            key: the host's; with another one nothing is found again.

        Raises:
            ValueError: an empty key.
        """
        if not key:
            raise ValueError("vectors are kept under a key")
        self.path, self._key = path, key
        self._memory = _connected(path) if str(path) == ":memory:" else None

    def __reduce__(self) -> tuple[type["VectorCache"], tuple[Path | str, bytes]]:
        return VectorCache, (self.path, self._key)

    def find(self, model: str, texts: Sequence[str]) -> list[bytes | None]:
        """What is kept for each text, for a model's digest; None where nothing is."""
        names = [self._name(model, text) for text in texts]
        found: dict[bytes, bytes] = {}
        with self._open() as file:
            for first in range(0, len(names), _ASKED):
                some = names[first : first + _ASKED]
                marks = ", ".join("?" * len(some))
                asked = f"SELECT text, half FROM vector WHERE text IN ({marks})"  # noqa: S608
                found.update(file.execute(asked, some).fetchall())
        return [found.get(name) for name in names]

    def keep(self, model: str, texts: Sequence[str], vectors: Rows) -> None:
        """Keep a vector for each text; what is there already is written over."""
        halves = vectors.astype("<f2")
        rows = [
            (self._name(model, text), half.tobytes())
            for text, half in zip(texts, halves, strict=True)
        ]
        with self._open() as file:
            file.executemany("INSERT OR REPLACE INTO vector VALUES (?, ?)", rows)

    def forget(self, model: str, texts: Iterable[str]) -> None:
        """Delete what is kept for these texts; the bytes are written over."""
        with self._open() as file:
            file.executemany(
                "DELETE FROM vector WHERE text = ?",
                [(self._name(model, text),) for text in texts],
            )

    def forget_others(self, model: str, texts: Iterable[str]) -> int:
        """Delete all but the vectors of these texts and this model; says how many went.

        For the nightly clean-up: whatever comment is gone, by whichever way it went.
        """
        with self._open() as file:
            file.execute("CREATE TEMP TABLE IF NOT EXISTS there (text BLOB PRIMARY KEY)")
            file.execute("DELETE FROM there")
            file.executemany(
                "INSERT OR IGNORE INTO there VALUES (?)",
                ((self._name(model, text),) for text in texts),
            )
            gone = "DELETE FROM vector WHERE text NOT IN (SELECT text FROM there)"
            return file.execute(gone).rowcount

    def __len__(self) -> int:
        with self._open() as file:
            count: int = file.execute("SELECT count(*) FROM vector").fetchone()[0]
        return count

    def _name(self, model: str, text: str) -> bytes:
        return hmac.digest(self._key, f"{model}\0{text}".encode("utf-8", "surrogatepass"), "sha256")

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        """The file, for one transaction."""
        try:
            if self._memory:
                with self._memory:
                    yield self._memory
            else:
                with closing(_connected(self.path)) as file, file:
                    yield file
        except sqlite3.Error as wrong:
            raise _damaged(self.path) from wrong


class CachedVectors:
    """Vectors of a model, looked up where they are kept, and kept where they were not."""

    def __init__(self, vectors: Vectors, cache: VectorCache) -> None:
        self._vectors, self._cache = vectors, cache

    @property
    def digest(self) -> str:
        """That of the model."""
        return self._vectors.digest

    @property
    def width(self) -> int:
        """Numbers in a vector."""
        return self._vectors.width

    def of(self, texts: Sequence[str]) -> Rows:
        """The vectors that the model gives, to the last digit; shape (texts, width)."""
        places: dict[str, list[int]] = {}
        for at, text in enumerate(texts):
            places.setdefault(text, []).append(at)
        different = list(places)
        rows = np.zeros((len(texts), self.width), dtype=np.float32)
        missing = []
        for text, half in zip(different, self._cache.find(self.digest, different), strict=True):
            if half is not None and len(half) == 2 * self.width:
                rows[places[text]] = np.frombuffer(half, dtype="<f2")
            else:
                missing.append(text)
        for first in range(0, len(missing), AT_A_TIME):
            some = missing[first : first + AT_A_TIME]
            made = self._vectors.of(some)
            self._cache.keep(self.digest, some, made)
            for text, vector in zip(some, made, strict=True):
                rows[places[text]] = vector
        return rows

    def forget(self, texts: Iterable[str]) -> None:
        """Delete what is kept for these texts."""
        self._cache.forget(self.digest, texts)

    def forget_others(self, texts: Iterable[str]) -> int:
        """Delete all but what is kept for these texts; says how many went."""
        return self._cache.forget_others(self.digest, texts)


def kept_vectors(vectors: Vectors, *, secret: str, path: Path | str = ":memory:") -> CachedVectors:
    """Vectors with a cache under the host's secret; in memory only where no file is named."""
    return CachedVectors(vectors, VectorCache(path, sha256(f"vectors:{secret}".encode()).digest()))


def _damaged(path: Path | str) -> DamagedCache:
    return DamagedCache(
        f"The kept vectors in {path} cannot be read or written. "
        "They can all be worked out again, so nothing is lost. "
        "Delete the file, or name another, and run this again."
    )


def _connected(path: Path | str) -> sqlite3.Connection:
    if str(path) != ":memory:" and not Path(path).exists():
        try:
            os.close(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600))
        except OSError as wrong:
            raise sqlite3.OperationalError(str(wrong)) from wrong
    file = sqlite3.connect(path, timeout=PATIENCE, check_same_thread=False)
    try:
        file.execute("PRAGMA secure_delete = ON")
        file.execute(_TABLE)
    except sqlite3.Error:
        file.close()
        raise
    return file
