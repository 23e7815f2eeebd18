"""Reads the files of a model folder, and says in words what is missing."""

import json
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from feedback.analysis.vectors.shape import UnusableVectors

LONGEST = 256  # pieces of a text where nothing says how many the model was taught with
MOST_BYTES = 2_000_000_000  # of a model file: it lies in memory whole, twice while it is opened
_POOLINGS = {"pooling_mode_mean_tokens": "mean", "pooling_mode_cls_token": "first"}


@dataclass(frozen=True)
class Parts:
    """A folder's files as far as they change a vector."""

    folder: Path
    model: bytes
    tokenizer: bytes
    longest: int  # pieces of a text that are read
    pooling: str  # mean, or first: how the pieces' vectors become one
    pad: int  # the piece that fills up short texts

    @property
    def digest(self) -> str:
        """A digest over all of it."""
        whole = sha256(f"{self.longest} {self.pooling} {self.pad} ".encode())
        for content in (self.model, self.tokenizer):
            whole.update(sha256(content).digest())
        return whole.hexdigest()


def read(folder: Path) -> Parts:
    """What a folder holds.

    Raises:
        UnusableVectors: there is no such folder, a file is missing, or one cannot be read.
    """
    if not folder.is_dir():
        raise _lacking(folder, "there is no such folder")
    for name in ("model.onnx", "tokenizer.json"):
        if not (folder / name).is_file():
            raise _lacking(folder, f"it has no {name}")
    if (folder / "model.onnx").stat().st_size > MOST_BYTES:
        raise _lacking(folder, "model.onnx is larger than 2 GB")
    try:
        return Parts(
            folder,
            (folder / "model.onnx").read_bytes(),
            (folder / "tokenizer.json").read_bytes(),
            _whole(_told(folder, "sentence_bert_config.json").get("max_seq_length"), LONGEST),
            _pooling(folder, _told(folder, "1_Pooling/config.json")),
            _whole(_told(folder, "config.json").get("pad_token_id"), 0),
        )
    except (OSError, ValueError) as wrong:
        if isinstance(wrong, UnusableVectors):
            raise
        raise _lacking(folder, f"a file in it cannot be read ({wrong})") from wrong


def _told(folder: Path, name: str) -> dict[str, Any]:
    file = folder / name
    told = json.loads(file.read_bytes()) if file.is_file() else {}
    if not isinstance(told, dict):
        raise _lacking(folder, f"{name} does not hold settings of a model")
    return told


def _whole(told: object, otherwise: int) -> int:
    return told if isinstance(told, int) and told >= 0 else otherwise


def _pooling(folder: Path, told: dict[str, Any]) -> str:
    on = [name for name, value in told.items() if name.startswith("pooling_mode") and value is True]
    if not on:
        return "mean"
    if len(on) > 1 or on[0] not in _POOLINGS:
        raise _lacking(folder, f"it makes one vector in a way not known here ({', '.join(on)})")
    return _POOLINGS[on[0]]


def _lacking(folder: Path, why: str) -> UnusableVectors:
    return UnusableVectors(
        f"The folder for sentence vectors, {folder}, cannot be used: {why}. "
        "Nothing was changed, and themes work without vectors. "
        "Put model.onnx and tokenizer.json there (docs/running.md says how), "
        "or leave the folder out."
    )
