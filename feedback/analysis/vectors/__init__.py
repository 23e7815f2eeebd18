"""Sentence vectors: numbers that lie near each other where comments mean much the same.

An optional extra. A host names a folder with a model; nothing is ever fetched, and everything
works without one. Importing this takes numpy into memory, opening a folder the model too: whoever
serves pages does neither.
"""

from feedback.analysis.vectors.cache import CachedVectors, DamagedCache, VectorCache, kept_vectors
from feedback.analysis.vectors.folder import SentenceVectors
from feedback.analysis.vectors.shape import UnusableVectors, Vectors

__all__ = [
    "CachedVectors",
    "DamagedCache",
    "SentenceVectors",
    "UnusableVectors",
    "VectorCache",
    "Vectors",
    "kept_vectors",
]
