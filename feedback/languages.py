"""Offered languages, their direction, and how a person names them."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Language:
    """A language that pages can be read in.

    `own_name` is the language's name in itself, for a person who reads no other.
    """

    tag: str
    own_name: str
    direction: str


DEFAULT = "en"
OFFERED = {
    language.tag: language
    for language in (
        Language("en", "English", "ltr"),
        Language("pl", "Polski", "ltr"),
        Language("ar", "العربية", "rtl"),
    )
}


def direction(tag: str) -> str:
    """Which way a language is written: "ltr" or "rtl"."""
    return OFFERED[tag].direction if tag in OFFERED else "ltr"
