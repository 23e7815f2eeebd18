"""Codebook files: themes as YAML that a person can read, write and compare.

A wrong file gives nothing, and says by file and line what to do.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path as Place
from typing import Annotated, Any

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from feedback.analysis.codebook import LONGEST_CODE, MOST_THEMES, Codebook, Theme
from feedback.frameworks import TAGS
from feedback.outputs.lined import Path, WrongFile, line_of, parse, plain, spell

STARTER = Place(__file__).parents[1] / "codebooks" / "send.yaml"

_WIDTH = 80  # letters of a line, before the word that goes over it
_FIRST = "Write `codebook:`, `version:` and `themes:`, one a line."
_Code = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=LONGEST_CODE)]
_Words = Annotated[str, Field(min_length=1, max_length=200)]
_Sentences = Annotated[str, Field(max_length=2000)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, str_strip_whitespace=True)


class _Theme(_Part):
    code: _Code
    name: _Words
    definition: _Sentences = ""
    seeds: list[_Words] = []
    examples: list[_Sentences] = []
    tags: list[str] = []


class _Book(_Part):
    codebook: _Words
    version: int = Field(ge=1)
    themes: list[_Theme] = Field(min_length=1, max_length=MOST_THEMES)


def read_codebook(text: str | bytes, *, file: str = "codebook.yaml") -> Codebook:
    """The codebook that a file holds.

    Args:
        text: the file's content.
        file: what problems call it.

    Raises:
        WrongFile: with one line a problem, each naming file, line and what to do.
    """
    book = _read(text, file)
    themes = (
        Theme(each.code, each.name, each.definition, tuple(each.seeds), tuple(each.examples))
        for each in book.themes
    )
    return Codebook(book.codebook, book.version, tuple(themes))


def write_codebook(codebook: Codebook, ties: Mapping[str, tuple[str, ...]]) -> str:
    """A codebook as a file that `read_codebook` and `read_ties` read as the same again."""
    themes = []
    for theme in codebook.themes:
        said: dict[str, Any] = {"code": theme.code, "name": theme.name}
        more = {
            "definition": theme.definition,
            "seeds": _Flow(theme.seeds),
            "examples": list(theme.examples),
            "tags": _Flow(ties.get(theme.code, ())),
        }
        themes.append(said | {key: value for key, value in more.items() if value})
    tree = {"codebook": codebook.name, "version": codebook.version, "themes": themes}
    return yaml.dump(
        tree, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=_WIDTH, indent=2
    )


class _Flow(list[str]):
    """Words that stand side by side between brackets."""


class _Dumper(yaml.SafeDumper):
    """Writes every list out, and lists one step in from their key, as people write them."""

    def ignore_aliases(self, data: Any) -> bool:
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)


_Dumper.add_representer(
    _Flow,
    lambda dumper, words: dumper.represent_sequence(
        "tag:yaml.org,2002:seq", words, flow_style=True
    ),
)


def starter() -> Codebook:
    """The codebook that travels with the program."""
    return read_codebook(STARTER.read_bytes(), file=STARTER.name)


def read_ties(text: str | bytes, *, file: str = "codebook.yaml") -> dict[str, tuple[str, ...]]:
    """The parts of frameworks that each theme of a file speaks to: code of theme → codes of tags.

    Raises:
        WrongFile: as `read_codebook`.
    """
    return {each.code: tuple(each.tags) for each in _read(text, file).themes}


def _read(text: str | bytes, file: str) -> _Book:
    tree, lines = parse(text, file, first=_FIRST)

    def problem(path: Path, words: str) -> str:
        return f"{file}:{line_of(lines, path)}: {spell(path)}{words}"

    try:
        book = _Book.model_validate(tree)
    except ValidationError as wrong:
        keys = {*_Book.model_fields, *_Theme.model_fields}
        guide = "docs/codebook-files.md"
        raise WrongFile(
            [problem(e["loc"], plain(e, keys, guide=guide)) for e in wrong.errors()]
        ) from None
    if problems := [problem(*fault) for fault in _faults(book)]:
        raise WrongFile(problems)
    return book


def _faults(book: _Book) -> Iterator[tuple[Path, str]]:
    """What no single key can show: themes that cannot be told apart, and tags that are not."""
    codes: set[str] = set()
    names: set[str] = set()
    for at, theme in enumerate(book.themes):
        if theme.code in codes:
            yield (
                ("themes", at, "code"),
                f"Another theme has the code `{theme.code}`. Choose another.",
            )
        if theme.name.casefold() in names:
            yield (
                ("themes", at, "name"),
                f"Another theme is called “{theme.name}”. Choose another name.",
            )
        codes.add(theme.code)
        names.add(theme.name.casefold())
        seen: set[str] = set()
        for number, seed in enumerate(theme.seeds):
            if seed.casefold() in seen:
                yield ("themes", at, "seeds", number), f"“{seed}” stands here twice. Keep one."
            seen.add(seed.casefold())
        for number, tag in enumerate(theme.tags):
            if tag not in TAGS:
                yield (
                    ("themes", at, "tags", number),
                    f"No framework has the part `{tag}`. feedback/frameworks.py lists them.",
                )
