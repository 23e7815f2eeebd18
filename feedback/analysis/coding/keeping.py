"""Keeps what a coder learned as bytes: a zip of JSON and plain arrays, never a pickle.

A file says which version of its shape and of the libraries it comes from, which codebook it codes
with and what it was trained on. A digest lies over all of it; with a key nobody without that key
can make another one.
"""

import hmac
import io
import json
import zipfile
import zlib
from dataclasses import asdict, fields
from hashlib import sha256
from importlib.metadata import version
from typing import Any

import numpy as np
from numpy.typing import NDArray

from feedback.analysis.codebook import Codebook, Theme
from feedback.analysis.coding.calibration import Calibration
from feedback.analysis.coding.coder import ThemeCoder, Training, digest_of
from feedback.analysis.coding.counts import Counts
from feedback.analysis.coding.meaning import Meaning
from feedback.analysis.vectors.shape import Vectors

FORMAT = 2  # words are counted in one spelling since 2
LIBRARIES = ("scikit-learn", "snowballstemmer")  # that another version of may count otherwise
MOST_BYTES = 500_000_000  # unpacked; a coder of 100,000 comments has a fifth of it
_ARRAYS = ("rarity", "weights", "constants", "coefficients")
_OF_VECTORS = tuple(field.name for field in fields(Meaning))  # where it learned with vectors
_TEXTS = ("about.json", "codebook.json", "terms.json")
_DIGEST = "digest"
_UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    NotImplementedError,  # a packing that is not ours
    RuntimeError,  # a password
    ValueError,
    OSError,
    EOFError,
)
_MEMBERS = (*_TEXTS, *(f"{name}.npy" for name in _ARRAYS))
_MORE = tuple(f"vectors_{name}.npy" for name in _OF_VECTORS)


class UnusableModel(ValueError):
    """A kept coder that cannot be used."""


class TamperedModel(UnusableModel):
    """It is not as it was written, or was written with another key; or it is no model at all."""


class OtherVersion(UnusableModel):
    """It was written by another version of this program or of a library: learn again."""


class OtherCodebook(UnusableModel):
    """It codes with another codebook than the one at hand."""


class OtherVectors(UnusableModel):
    """It learned with sentence vectors that are not at hand."""


def to_bytes(coder: ThemeCoder, key: bytes | None = None) -> bytes:
    """A coder as a file; the same coder gives the same bytes."""
    words, runs = coder.counts.terms if coder.counts else ([], [])
    about: dict[str, Any] = {}
    if coder.meaning and coder.vectors:
        about["vectors"] = {"digest": coder.vectors.digest, "width": coder.vectors.width}
    texts = {
        "about.json": {
            "format": FORMAT,
            "libraries": {name: version(name) for name in LIBRARIES},
            "codebook": digest_of(coder.codebook),
            "training": asdict(coder.training),
            "threshold": coder.calibration.threshold,
            "learned": coder.counts is not None,
            **about,
        },
        "codebook.json": asdict(coder.codebook),
        "terms.json": {"words": words, "runs": runs},
    }
    arrays = {
        "rarity": coder.counts.rarity if coder.counts else np.zeros(0),
        "weights": coder.weights,
        "constants": coder.constants,
        "coefficients": coder.calibration.coefficients,
    }
    members = {name: json.dumps(text, ensure_ascii=True).encode() for name, text in texts.items()}
    members |= {f"{name}.npy": _packed(array) for name, array in arrays.items()}
    if coder.meaning:
        for name, member in zip(_OF_VECTORS, _MORE, strict=True):
            members[member] = _packed(getattr(coder.meaning, name))
    members[_DIGEST] = _digest(members, key).encode()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in members.items():
            plain = zipfile.ZipInfo(name)  # of 1980: no time of making, so that equals are equal
            plain.compress_type = zipfile.ZIP_DEFLATED
            file.writestr(plain, content)
    return out.getvalue()


def from_bytes(
    kept: bytes,
    *,
    codebook: Codebook | None = None,
    key: bytes | None = None,
    vectors: Vectors | None = None,
) -> ThemeCoder:
    """The coder that was kept.

    Args:
        kept: what `to_bytes` gave.
        codebook: the one that it must code with, to the letter; None: whichever it has.
        key: the one that it was kept with.
        vectors: those that it learned with, where it learned with any.

    Raises:
        TamperedModel, OtherVersion, OtherCodebook, OtherVectors: it cannot be used; nothing of
            it was run.
    """
    members = _members(kept)
    given = members.pop(_DIGEST)
    if not hmac.compare_digest(given, _digest(members, key).encode()):
        raise TamperedModel("the model is not as it was written, or was kept with another key")
    try:
        texts = {name: json.loads(members[name]) for name in _TEXTS}
        about = texts["about.json"]
        _check_versions(about)
        arrays = {name: _unpacked(members[f"{name}.npy"]) for name in _ARRAYS}
        own = _codebook(texts["codebook.json"])
        if codebook is not None and digest_of(codebook) != about["codebook"]:
            raise OtherCodebook(
                f"the model codes with {own.name!r} version {own.version}, "
                f"not with {codebook.name!r} version {codebook.version} as it stands"
            )
        coder = _coder(own, about, texts["terms.json"], arrays, vectors)
        if "vectors" in about or _MORE[0] in members:
            _check_vectors(about["vectors"], vectors)
            coder.meaning = _meaning(members, about["vectors"]["width"], len(coder.codes))
        return coder
    except UnusableModel:
        raise
    except (KeyError, TypeError, ValueError) as wrong:
        raise TamperedModel("the model's parts do not fit together") from wrong


def _coder(
    codebook: Codebook,
    about: dict[str, Any],
    terms: dict[str, list[str]],
    arrays: dict[str, NDArray[Any]],
    vectors: Vectors | None,
) -> ThemeCoder:
    coder = ThemeCoder(codebook, vectors=vectors)
    themes, columns = len(coder.codes), len(terms["words"]) + len(terms["runs"])
    wanted = {
        "rarity": (columns,),
        "weights": (columns + themes if about["learned"] else 0, themes),
        "constants": (themes,),
        "coefficients": (themes, 5 if "vectors" in about else 3),
    }
    for name, shape in wanted.items():
        if arrays[name].shape != shape or not np.isfinite(arrays[name]).all():
            raise TamperedModel(f"the model's {name} do not fit its terms and themes")
    if about["learned"]:
        coder.counts = Counts.kept(terms["words"], terms["runs"], arrays["rarity"])
    coder.weights, coder.constants = arrays["weights"], arrays["constants"]
    coder.calibration = Calibration(arrays["coefficients"], float(about["threshold"]))
    learned = about["training"]
    coder.training = Training(learned["comments"], tuple(learned["themes"]), learned["digest"])
    return coder


def _members(kept: bytes) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(kept)) as file:
            infos = file.infolist()
            names = sorted(info.filename for info in infos)
            if names not in (
                sorted((*_MEMBERS, _DIGEST)),
                sorted((*_MEMBERS, *_MORE, _DIGEST)),
            ):
                raise TamperedModel("this file does not hold the parts of a model")
            if sum(info.file_size for info in infos) > MOST_BYTES:
                raise TamperedModel("this file is too large for a model")
            return {info.filename: file.read(info) for info in infos}
    except TamperedModel:
        raise
    except _UNREADABLE as wrong:
        raise TamperedModel("this is no model, or it is damaged") from wrong


def _check_versions(about: dict[str, Any]) -> None:
    if about["format"] != FORMAT:
        raise OtherVersion(f"the model has shape {about['format']}; this program reads {FORMAT}")
    for name in LIBRARIES:
        ours, theirs = version(name), about["libraries"][name]
        if _series(ours) != _series(theirs):
            raise OtherVersion(f"the model was made with {name} {theirs}; here is {ours}")


def _check_vectors(told: dict[str, Any], vectors: Vectors | None) -> None:
    if vectors is None:
        raise OtherVectors("the model learned with sentence vectors; name their folder too")
    if (told["digest"], told["width"]) != (vectors.digest, vectors.width):
        raise OtherVectors(
            "the model learned with other sentence vectors than those at hand; "
            "name the folder that it learned with, or learn again"
        )


def _meaning(members: dict[str, bytes], width: int, themes: int) -> Meaning:
    both = width + themes
    shapes = {
        "weights": (width, themes),
        "constants": (themes,),
        "bends": (themes, both, both),
        "slopes": (both, themes),
        "levels": (themes,),
    }
    arrays = {
        name: _unpacked(members[member]) for name, member in zip(_OF_VECTORS, _MORE, strict=True)
    }
    for name, shape in shapes.items():
        if arrays[name].shape != shape or not np.isfinite(arrays[name]).all():
            raise TamperedModel(f"the model's {name} do not fit its vectors and themes")
    return Meaning(**arrays)


def _series(number: str) -> list[str]:
    return number.split(".")[:2]


def _codebook(told: dict[str, Any]) -> Codebook:
    themes = tuple(
        Theme(
            theme["code"],
            theme["name"],
            theme["definition"],
            tuple(theme["seeds"]),
            tuple(theme["examples"]),
        )
        for theme in told["themes"]
    )
    return Codebook(told["name"], told["version"], themes)


def _digest(members: dict[str, bytes], key: bytes | None) -> str:
    whole = hmac.new(key, digestmod=sha256) if key else sha256()
    for name in (*_MEMBERS, *(more for more in _MORE if more in members)):
        whole.update(f"{name} {len(members[name])}\n".encode())
        whole.update(members[name])
    return whole.hexdigest()


def _packed(array: NDArray[Any]) -> bytes:
    out = io.BytesIO()
    np.save(out, np.ascontiguousarray(array), allow_pickle=False)
    return out.getvalue()


def _unpacked(content: bytes) -> NDArray[Any]:
    array: NDArray[Any] = np.load(io.BytesIO(content), allow_pickle=False)
    if array.dtype not in (np.float64, np.float32):
        raise TamperedModel("the model's numbers are of another kind")
    return array
