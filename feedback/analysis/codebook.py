"""A codebook: the themes that comments are coded with."""

from dataclasses import dataclass

MOST_THEMES = 200  # nobody codes with more
LONGEST_CODE = 40  # letters


@dataclass(frozen=True)
class Theme:
    """One theme: what belongs to it, and the words that point at it before anybody has coded."""

    code: str
    name: str
    definition: str = ""
    seeds: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()


@dataclass(frozen=True)
class Codebook:
    """Themes under a name and a version; codes stay when words change."""

    name: str
    version: int
    themes: tuple[Theme, ...]
