"""The press: makes one document in a process of its own, which takes its memory along at its end.

Started by its path, with nothing else of the program loaded. It reads what to make as JSON from
its input and writes to its output: a PDF, a drawing of each page, or how much room the document
takes. What people wrote comes as data and is never read as Typst's own language.
"""

import json
import os
import re
import sys
import unicodedata
from base64 import b64decode, b64encode
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import typst

KINDER = 10  # those who answer go first: a document can wait
TRIES = 4
_UNSHOWN = re.compile(r'the text `"(.+?)"` could not be displayed')
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")


def main() -> int:
    """Make the document; where that cannot be done, say why and write nothing."""
    os.nice(KINDER)
    told: dict[str, Any] = json.load(sys.stdin)
    try:
        with TemporaryDirectory() as folder:
            made = print_it(told, Path(folder))
    except typst.TypstError as fault:
        sys.stderr.write(fault.message)
        return 1
    sys.stdout.buffer.write(made)
    return 0


def print_it(told: dict[str, Any], folder: Path) -> bytes:
    """What was asked for, without the letters that our fonts do not have.

    Args:
        folder: an empty one; nothing outside of it can be part of the document.
    """
    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[told["fonts"]]
    )
    for name, content in told["files"].items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(b64decode(content))
    data: str = told["data"]
    for tried in range(1, TRIES + 1):
        (folder / "data.json").write_text(data, encoding="utf-8")
        try:
            return _made(told, folder, fonts)
        except typst.TypstError as fault:
            unshown = set(_UNSHOWN.findall(fault.diagnostic))
            if not unshown or tried == TRIES:
                raise
            for text in unshown:
                plain = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
                shown = "".join(map(_instead, plain))
                data = data.replace(plain, shown)
                for drawing in folder.glob("*.svg"):  # charts have words too
                    words = drawing.read_text(encoding="utf-8")
                    drawing.write_text(words.replace(plain, shown), encoding="utf-8")
    raise AssertionError("unreachable")


def _made(told: dict[str, Any], folder: Path, fonts: typst.Fonts) -> bytes:
    """In one of three forms: `room` is what the document says of itself as <room>."""
    main = folder / "main.typ"
    match told.get("form", "pdf"):
        case "drawings":
            made: Any = typst.compile(  # one page is bytes, several are a list of them
                main, root=folder, font_paths=fonts, format="png", ppi=told["dots"]
            )
            pages = made if isinstance(made, list) else [made]
            return json.dumps([b64encode(page).decode() for page in pages]).encode()
        case "room":
            return typst.query(
                main, "<room>", field="value", one=True, root=folder, font_paths=fonts
            ).encode()
        case _:
            return typst.compile(
                main,
                root=folder,
                font_paths=fonts,
                pdf_standards=["ua-1"],
                timestamp=told["moment"],
            )


def _instead(letter: str) -> str:
    """A letter of another script leaves a mark where it stood; a sign is left out."""
    return "?" if unicodedata.category(letter).startswith("L") else ""


if __name__ == "__main__":
    sys.exit(main())
