"""Tidies what people type."""

import re
import unicodedata

# Marks that turn the reading direction of whatever stands around them: an answer that carries
# one could make a page read wrongly. The plain marks U+200E and U+200F are left to Arabic.
_TURNING = {ord(mark): None for mark in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"}
_TAGS = dict.fromkeys(range(917504, 917632))
_NEVER_SEEN = {
    code: None
    for code in (*range(32), *range(127, 160), 0xFEFF, 0x2028, 0x2029)
    if code not in (9, 10)
}
_REMOVED = _TURNING | _TAGS | _NEVER_SEEN
_BLANK_LINES = re.compile(r"\n{3,}")


def tidy(text: str | None) -> str:
    """What a person wrote, without control and direction-turning characters.

    Words, marks, emoji and line breaks stay as they are; the ends are trimmed.
    """
    if not text:
        return ""
    if text.isascii() and text.isprintable():
        return text.strip()
    plain = text.replace("\r\n", "\n").replace("\r", "\n").translate(_REMOVED)
    plain = "".join(letter for letter in plain if not 0xD800 <= ord(letter) <= 0xDFFF)
    return _BLANK_LINES.sub("\n\n", unicodedata.normalize("NFC", plain)).strip()


def one_line(text: str | None) -> str:
    """`tidy`, with every run of white space as one blank."""
    return " ".join(tidy(text).split())


def card_words(typed: str) -> str | None:
    """The two words of a card as they are kept: "Apple-River, " is "apple river".

    Case, hyphens, commas and blanks do not matter; a wrong letter does, for a near match could
    be somebody else's card. None where there are not exactly two words.
    """
    words = re.findall(r"[^\W\d_]+", unicodedata.normalize("NFKC", typed).casefold())
    return " ".join(words) if len(words) == 2 else None
