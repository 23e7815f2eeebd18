"""Survey files: a questionnaire as YAML that a person can read, write and compare.

Reading says where a file is wrong by file and line and what to do; a wrong file gives nothing.
"""

from collections.abc import Callable, Collection
from typing import Any

import yaml
from pydantic import BaseModel, ValidationError

from feedback import questionnaire as parts
from feedback.outputs.lined import (
    LARGEST_FILE,
    Lines,
    Path,
    WrongFile,
    line_of,
    parse,
    plain,
    spell,
)
from feedback.outputs.shorthand import expand, shorten
from feedback.questionnaire import Questionnaire
from feedback.settings import picture_index
from feedback.soundness import faults
from feedback.vocabulary import Match, Test

__all__ = ["LARGEST_FILE", "WrongFile", "places", "read_survey", "write_survey"]

_FIRST = "Write `survey:`, `title:`, `pages:` and so on, one a line."


def read_survey(
    text: str | bytes, *, file: str = "survey.yaml", pictures: Collection[str] | None = None
) -> Questionnaire:
    """A questionnaire from the text of a survey file.

    Args:
        text: the file's content.
        file: what problems call it.
        pictures: names of all pictures that there are; None where no database can say what was
            brought in, so that only those that travel with the program are looked up.

    Raises:
        WrongFile: with one line a problem, each naming file, line and what to do.
    """
    tree, lines = parse(text, file, first=_FIRST)

    def problem(path: Path, words: str) -> str:
        path = _as_written(path, lines)
        return f"{file}:{line_of(lines, path)}: {spell(path)}{words}"

    problems: list[str] = []
    expanded = expand(tree, lambda path, words: problems.append(problem(path, words)))
    if problems:
        raise WrongFile(problems)
    try:
        questionnaire = Questionnaire.model_validate(expanded)
    except ValidationError as wrong:
        raise WrongFile([problem(e["loc"], _plain(e)) for e in wrong.errors()]) from None
    known = pictures or _known(questionnaire)
    problems = [problem(*fault) for fault in faults(questionnaire, known)]
    if problems:
        raise WrongFile(problems)
    return questionnaire


def places(text: str | bytes, *, file: str = "survey.yaml") -> Callable[[Path], str]:
    """How to say where a piece of a survey stands in its file: "survey.yaml:12: pages › 3: "."""
    _, lines = parse(text, file, first=_FIRST)
    return lambda path: f"{file}:{line_of(lines, path)}: {spell(path)}"


def write_survey(questionnaire: Questionnaire) -> str:
    """The text of a survey file that reads back as the same questionnaire."""
    tree = shorten(questionnaire.model_dump(mode="json", exclude_defaults=True))
    return yaml.dump(
        tree,
        Dumper=_Dumper,
        sort_keys=False,
        allow_unicode=True,
        width=100,
        default_flow_style=False,
    )


def _known(questionnaire: Questionnaire) -> frozenset[str] | None:
    """Pictures that need no database; None before the sets are built."""
    index = picture_index()
    brought_in = {each.name for each in questionnaire.pictures if each.brought_in}
    return frozenset([*index, *brought_in]) if index else None


# Messages.


def _plain(error: Any) -> str:
    return plain(error, _known_keys(), guide="docs/survey-files.md", but=" (a picture: set/name)")


def _as_written(path: Path, lines: Lines) -> Path:
    """A path of the questionnaire as the file has it: conditions stand below `all` or `any`."""
    if "conditions" not in path:
        return path
    at = path.index("conditions")
    written = [(*path[:at], match.value, *path[at + 1 :]) for match in Match]
    return next((path for path in written if path[: at + 1] in lines), written[0])


def _known_keys() -> list[str]:
    keys = {"bank", "all", "any", *(test.value for test in Test)}
    todo: list[type[BaseModel]] = [Questionnaire]
    todo += [
        part
        for part in vars(parts).values()
        if isinstance(part, type) and issubclass(part, BaseModel) and part is not BaseModel
    ]
    for part in todo:
        keys |= set(part.model_fields)
    return sorted(keys)


# Writing.


class _Dumper(yaml.SafeDumper):
    def ignore_aliases(self, data: Any) -> bool:
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)
