"""Survey files: a questionnaire as YAML that a person can read, write and compare.

Reading says where a file is wrong by file and line and what to do; a wrong file gives nothing.
"""

import difflib
import json
from collections.abc import Callable
from functools import cache
from typing import Any

import yaml
from pydantic import BaseModel, ValidationError

from feedback import questionnaire as parts
from feedback.outputs.shorthand import expand, shorten
from feedback.questionnaire import Questionnaire
from feedback.settings import place
from feedback.soundness import faults
from feedback.vocabulary import Match, Test

LARGEST_FILE = 1_000_000  # bytes; a hundred pages in ten languages stay far below
DEEPEST = 20  # levels of nesting; a survey has at most ten

Path = tuple[str | int, ...]
Lines = dict[Path, int]


class WrongFile(Exception):
    """A survey file that cannot be used; `problems` are lines ready to print."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


def read_survey(text: str | bytes, *, file: str = "survey.yaml") -> Questionnaire:
    """A questionnaire from the text of a survey file.

    Raises:
        WrongFile: with one line a problem, each naming file, line and what to do.
    """
    tree, lines = _parse(text, file)

    def problem(path: Path, words: str) -> str:
        path = _as_written(path, lines)
        return f"{file}:{_line(lines, path)}: {_spell(path)}{words}"

    problems: list[str] = []
    expanded = expand(tree, lambda path, words: problems.append(problem(path, words)))
    if problems:
        raise WrongFile(problems)
    try:
        questionnaire = Questionnaire.model_validate(expanded)
    except ValidationError as wrong:
        raise WrongFile([problem(e["loc"], _plain(e)) for e in wrong.errors()]) from None
    problems = [problem(*fault) for fault in faults(questionnaire, picture_names() or None)]
    if problems:
        raise WrongFile(problems)
    return questionnaire


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


@cache
def picture_names() -> frozenset[str]:
    """Names of all pictures that the built assets hold; empty before they are built."""
    return frozenset(picture_index())


@cache
def picture_index() -> dict[str, dict[str, Any]]:
    """Each picture's name with its search words and credit."""
    index = place("static/dist") / "pictures" / "index.json"
    return json.loads(index.read_text(encoding="utf-8")) if index.exists() else {}


# Reading: from text to a tree of plain values that knows its lines.


def _parse(text: str | bytes, file: str) -> tuple[dict[str, Any], Lines]:
    if len(text) > LARGEST_FILE:
        raise WrongFile(
            [f"{file}:1: The file is larger than {LARGEST_FILE:,} bytes. Make it shorter."]
        )
    lines: Lines = {}
    try:
        if isinstance(text, bytes):
            text = text.decode("utf-8-sig")
        _check_tokens(text, file)
        tree = _value(yaml.compose(text, Loader=yaml.SafeLoader), (), lines, file)
    except UnicodeDecodeError:
        raise WrongFile([f"{file}:1: The file is not UTF-8 text. Save it as UTF-8."]) from None
    except yaml.YAMLError as wrong:
        mark = getattr(wrong, "problem_mark", None)
        said = getattr(wrong, "problem", None) or "this is not YAML"
        line = mark.line + 1 if mark else 1
        raise WrongFile(
            [f"{file}:{line}: {said}. Check the indents and the colons here."]
        ) from None
    if not isinstance(tree, dict):
        raise WrongFile([f"{file}:1: Write `survey:`, `title:`, `pages:` and so on, one a line."])
    return tree, lines


_OPENS = (
    yaml.FlowSequenceStartToken
    | yaml.FlowMappingStartToken
    | yaml.BlockSequenceStartToken
    | yaml.BlockMappingStartToken
)
_CLOSES = yaml.FlowSequenceEndToken | yaml.FlowMappingEndToken | yaml.BlockEndToken


def _check_tokens(text: str, file: str) -> None:
    """Refuse what a survey never holds, before it takes time or room."""
    depth = 0
    for token in yaml.scan(text, Loader=yaml.SafeLoader):
        line = token.start_mark.line + 1
        if isinstance(token, yaml.AliasToken | yaml.AnchorToken | yaml.TagToken):
            raise WrongFile(
                [f"{file}:{line}: Anchors, aliases and tags (& * !) are not used here."]
            )
        depth += isinstance(token, _OPENS) - isinstance(token, _CLOSES)
        if depth > DEEPEST:
            raise WrongFile([f"{file}:{line}: The file is nested too deep."])


_PLAIN = yaml.SafeLoader("")


def _value(node: yaml.Node | None, path: Path, lines: Lines, file: str) -> Any:
    if node is None:
        return None
    lines[path] = node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        found: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = str(key_node.value)
            line = key_node.start_mark.line + 1
            if key in found:
                raise WrongFile([f"{file}:{line}: `{key}` stands here twice. Keep one."])
            found[key] = _value(value_node, (*path, key), lines, file)
            lines[(*path, key)] = line
        return found
    if isinstance(node, yaml.SequenceNode):
        return [_value(item, (*path, at), lines, file) for at, item in enumerate(node.value)]
    if node.tag in _SCALARS:
        return _SCALARS[node.tag](_PLAIN, node)
    return node.value


def _truth(loader: yaml.SafeLoader, node: yaml.ScalarNode) -> Any:
    """Only true and false are truth values; yes and no are words that surveys need."""
    if node.value.casefold() in ("true", "false"):
        return loader.construct_yaml_bool(node)
    return node.value


_SCALARS: dict[str, Callable[[yaml.SafeLoader, Any], Any]] = {
    "tag:yaml.org,2002:int": yaml.SafeLoader.construct_yaml_int,
    "tag:yaml.org,2002:bool": _truth,
    "tag:yaml.org,2002:null": yaml.SafeLoader.construct_yaml_null,
}

# Messages.


def _as_written(path: Path, lines: Lines) -> Path:
    """A path of the questionnaire as the file has it: conditions stand below `all` or `any`."""
    if "conditions" not in path:
        return path
    at = path.index("conditions")
    written = [(*path[:at], match.value, *path[at + 1 :]) for match in Match]
    return next((path for path in written if path[: at + 1] in lines), written[0])


def _line(lines: Lines, path: Path) -> int:
    while path and path not in lines:
        path = path[:-1]
    return lines.get(path, 1)


def _spell(path: Path) -> str:
    if not path:
        return ""
    steps = [f"{step + 1}" if isinstance(step, int) else step for step in path]
    return f"{' › '.join(steps)}: "


def _plain(error: Any) -> str:
    kind, context = error["type"], error.get("ctx") or {}
    key = str(error["loc"][-1]) if error["loc"] else ""
    match kind:
        case "missing":
            return f"Add `{key}`."
        case "extra_forbidden":
            near = difflib.get_close_matches(key, _known_keys(), n=1)
            hint = f" Did you mean `{near[0]}`?" if near else " Take it out."
            return f"`{key}` is not a key that we know.{hint}"
        case "enum":
            return f"Write one of: {context.get('expected', '')}."
        case "string_pattern_mismatch":
            return (
                "Use small letters, digits and _ only, beginning with a letter "
                "(a picture: set/name)."
            )
        case "string_too_short" | "too_short":
            return "Something is missing here. Write at least one."
        case "string_too_long" | "too_long":
            return f"This is too long. At most {context.get('max_length')}."
        case "bool_type" | "bool_parsing":
            return "Write true or false."
        case "int_type" | "int_parsing" | "int_from_float":
            return "Write a whole number."
        case "greater_than_equal":
            return f"Write a number of {context['ge']} or more."
        case "less_than_equal":
            return f"Write a number of {context['le']} or less."
        case "list_type":
            return f"Write a list below `{key}:`, each line beginning with a dash, or take it out."
        case "model_type" | "model_attributes_type" | "dict_type":
            return "Write keys here, one a line, such as `name:` or `en:`."
        case "string_type":
            return "Write words here (put them in quotes if they look like a number)."
        case _:
            return "Write this as in the guide: docs/survey-files.md."


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
