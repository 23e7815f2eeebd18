"""Writes a folder with a model of a few dozen numbers: a word's vector is looked up, no more.

The ONNX file is written as the format's own description says, field by field, so that no test
needs a library that makes models.
"""

import json
import struct
from collections.abc import Mapping, Sequence
from pathlib import Path

FLOAT, INTEGER = 1, 7  # kinds of numbers, as the format counts them
VERSION, OPERATORS = 8, 13  # of the format, and of its operators
UNKNOWN = "[UNK]"


def write_model(
    folder: Path,
    words: Mapping[str, Sequence[float]],
    *,
    inputs: Sequence[str] = ("input_ids",),
    rounding: bool = False,
) -> Path:
    """A folder whose model knows these words; any other has a vector of noughts.

    A rounding one rounds all numbers to 255 steps between the least and the most of what it is
    shown at once.
    """
    width = len(next(iter(words.values())))
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "model.onnx").write_bytes(_model([[0.0] * width, *words.values()], inputs, rounding))
    vocabulary = {UNKNOWN: 0} | {word: at for at, word in enumerate(words, start=1)}
    tokenizer = {
        "version": "1.0",
        "truncation": None,
        "padding": None,
        "added_tokens": [],
        "normalizer": {"type": "Lowercase"},
        "pre_tokenizer": {"type": "Whitespace"},
        "post_processor": None,
        "decoder": None,
        "model": {"type": "WordLevel", "vocab": vocabulary, "unk_token": UNKNOWN},
    }
    (folder / "tokenizer.json").write_text(json.dumps(tokenizer), encoding="utf-8")
    return folder


def _model(rows: Sequence[Sequence[float]], inputs: Sequence[str], rounding: bool) -> bytes:
    numbers = [number for row in rows for number in row]
    table = (
        _number(1, len(rows))
        + _number(1, len(rows[0]))
        + _number(2, FLOAT)
        + _part(8, b"table")
        + _part(9, struct.pack(f"<{len(numbers)}f", *numbers))
    )
    if rounding:
        rounded = ("rounded", "step", "nought")
        nodes = (
            _node("Gather", ("table", inputs[0]), ("exact",)),
            _node("DynamicQuantizeLinear", ("exact",), rounded),
            _node("DequantizeLinear", rounded, ("states",)),
        )
    else:
        nodes = (_node("Gather", ("table", inputs[0]), ("states",)),)
    graph = b"".join(_part(1, node) for node in nodes) + _part(2, b"tiny") + _part(5, table)
    for name in inputs:
        graph += _part(11, _value(name, INTEGER, ("texts", "pieces")))
    graph += _part(12, _value("states", FLOAT, ("texts", "pieces", "width")))
    return _number(1, VERSION) + _part(7, graph) + _part(8, _number(2, OPERATORS))


def _node(what: str, takes: Sequence[str], gives: Sequence[str]) -> bytes:
    names = [_part(1, name.encode()) for name in takes] + [
        _part(2, name.encode()) for name in gives
    ]
    return b"".join(names) + _part(4, what.encode())


def _value(name: str, kind: int, sizes: Sequence[str]) -> bytes:
    shape = b"".join(_part(1, _part(2, size.encode())) for size in sizes)
    tensor = _number(1, kind) + _part(2, shape)
    return _part(1, name.encode()) + _part(2, _part(1, tensor))


def _number(field: int, value: int) -> bytes:
    return _varint(field << 3) + _varint(value)


def _part(field: int, content: bytes) -> bytes:
    return _varint(field << 3 | 2) + _varint(len(content)) + content


def _varint(value: int) -> bytes:
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*out, value])
