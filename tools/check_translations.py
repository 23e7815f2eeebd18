"""Fails where a language lacks words, doubts them, or has lost a blank to fill in.

With `--collected FILE` it says instead which words of the pages translations/messages.pot lacks.
"""

import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from babel.messages import Catalog, Message
from babel.messages.pofile import read_po

FOLDER = Path(__file__).resolve().parent.parent / "translations"
# %(day)s and {day}: what the page fills in; a lost one is a fault on the page, not on paper.
BLANK = re.compile(r"%\(\w+\)[#0 +-]*\d*(?:\.\d+)?[a-zA-Z]|\{\w*\}")
TAG = re.compile(r"</?[a-zA-Z][^>]*>")


def uncollected(found: Path) -> int:
    """Print each difference between the words of the pages and the kept template."""
    kept = FOLDER / "messages.pot"
    words = [_words(file) if file.exists() else set() for file in (found, kept)]
    for change, some in (("is new", words[0] - words[1]), ("is gone", words[1] - words[0])):
        for text in sorted(some):
            print(f"{kept.relative_to(FOLDER.parent)}: {change}: {text!r}")
    if words[0] == words[1]:
        return 0
    print("Run: make messages")
    return 1


def _words(file: Path) -> set[str]:
    with file.open("rb") as opened:
        return {" / ".join(_texts(message.id)) for message in read_po(opened) if message.id}


def _texts(text: str | Sequence[str] | None) -> tuple[str, ...]:
    return (text or "",) if isinstance(text, str | None) else tuple(text)


def main() -> int:
    """Print each fault on a line that an editor can follow, and count them."""
    wrong = 0
    languages = 0
    for file in sorted(FOLDER.glob("*/LC_MESSAGES/*.po")):
        language = file.parent.parent.name
        languages += 1
        with file.open("rb") as opened:
            catalog = read_po(opened, locale=language, abort_invalid=True)
        for message in catalog:
            if not message.id:
                continue  # the header
            for fault in faults(catalog, message):
                wrong += 1
                print(f"{file.relative_to(FOLDER.parent)}: {fault}: {_short(message)}")
    if wrong:
        print(f"{wrong} faults in {languages} languages.")
    return wrong


def faults(catalog: Catalog, message: Message) -> Iterator[str]:
    """What is wrong with one entry, in words; nothing where it is whole."""
    wanted, given = _texts(message.id), _texts(message.string)
    plural = len(wanted) > 1

    if not all(given) or (plural and len(given) < catalog.num_plurals):
        yield "not translated" if not any(given) else "a plural form is missing"
        return
    if message.fuzzy:
        yield "marked as doubtful (fuzzy)"
    for error in message.check(catalog):
        yield str(error)

    allowed = _found(BLANK, *wanted)
    for text in given:
        blanks = _found(BLANK, text)
        # "One survey" may do without its number; a single form may not lose anything.
        if blanks - allowed or (not plural and blanks != allowed):
            yield f"blanks are {_list(blanks)}, not {_list(allowed)}"
        if _found(TAG, text) != _found(TAG, wanted[-1]):
            yield "its tags are not those of the original"


def _found(pattern: re.Pattern[str], *texts: str) -> set[str]:
    return {piece for text in texts for piece in pattern.findall(text)}


def _list(pieces: set[str]) -> str:
    return ", ".join(sorted(pieces)) or "none"


def _short(message: Message) -> str:
    text = _texts(message.id)[0]
    return repr(text if len(text) <= 60 else f"{text[:59]}…")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--collected"]:
        sys.exit(uncollected(Path(sys.argv[2])))
    sys.exit(bool(main()))
