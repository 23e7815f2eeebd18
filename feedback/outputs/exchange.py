"""Survey files: a questionnaire as YAML that a person can read, write and compare.

Reading says where a file is wrong by file and line and what to do; a wrong file gives nothing.
"""

import difflib
import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ValidationError

from feedback import questionnaire as parts
from feedback.languages import DEFAULT
from feedback.questionnaire import Questionnaire
from feedback.settings import place
from feedback.soundness import POINTS, faults
from feedback.vocabulary import Match, QuestionKind, Test

LARGEST_FILE = 1_000_000  # bytes; a hundred pages in ten languages stay far below
DEEPEST = 20  # levels of nesting; a survey has at most ten

Lines = dict[tuple[str | int, ...], int]


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

    def problem(path: tuple[str | int, ...], words: str) -> str:
        return f"{file}:{_line(lines, path)}: {_spell(path)}{words}"

    problems: list[str] = []
    expanded = _expand(tree, lambda path, words: problems.append(problem(path, words)))
    if problems:
        raise WrongFile(problems)
    try:
        questionnaire = Questionnaire.model_validate(expanded)
    except ValidationError as wrong:
        raise WrongFile([problem(_path(e["loc"]), _plain(e)) for e in wrong.errors()]) from None
    problems = [problem(*fault) for fault in faults(questionnaire, picture_names() or None)]
    if problems:
        raise WrongFile(problems)
    return questionnaire


def write_survey(questionnaire: Questionnaire) -> str:
    """The text of a survey file that reads back as the same questionnaire."""
    tree = _shorten(questionnaire.model_dump(mode="json", exclude_defaults=True))
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


@cache
def bank() -> dict[str, Any]:
    """The ready scales and "about you" questions, as they stand in the bank's file."""
    return yaml.safe_load((Path(__file__).parent.parent / "bank.yaml").read_text(encoding="utf-8"))


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
        for token in yaml.scan(text, Loader=yaml.SafeLoader):
            if isinstance(token, yaml.AliasToken | yaml.AnchorToken | yaml.TagToken):
                line = token.start_mark.line + 1
                raise WrongFile(
                    [f"{file}:{line}: Anchors, aliases and tags (& * !) are not used here."]
                )
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
    except RecursionError:
        raise WrongFile([f"{file}:1: The file is nested too deep."]) from None
    if not isinstance(tree, dict):
        raise WrongFile([f"{file}:1: Write `survey:`, `title:`, `pages:` and so on, one a line."])
    return tree, lines


_PLAIN = yaml.SafeLoader("")


def _value(node: yaml.Node | None, path: tuple[str | int, ...], lines: Lines, file: str) -> Any:
    if node is None:
        return None
    lines[path] = node.start_mark.line + 1
    if len(path) > DEEPEST:
        raise WrongFile([f"{file}:{lines[path]}: The file is nested too deep."])
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


_SCALARS: dict[str, Callable[[yaml.SafeLoader, Any], Any]] = {
    "tag:yaml.org,2002:int": yaml.SafeLoader.construct_yaml_int,
    "tag:yaml.org,2002:bool": yaml.SafeLoader.construct_yaml_bool,
    "tag:yaml.org,2002:null": yaml.SafeLoader.construct_yaml_null,
}

# The short ways of writing, and the ready scales and questions of the bank.

_WORDS = frozenset(
    key for key in ("title", "asked_by", "why", "read_by", "afterwards", "ask", "help", "reason")
) | {"low_label", "high_label", "label", "say", "alt"}

Say = Callable[[tuple[str | int, ...], str], None]


def _expand(tree: dict[str, Any], say: Say) -> dict[str, Any]:
    full = dict(tree)
    if isinstance(full.get("languages"), str):
        full["languages"] = [full["languages"]]
    given = full.get("languages")
    spoken = [str(tag) for tag in given] if isinstance(given, list) and given else [DEFAULT]
    for key in _WORDS & full.keys():
        full[key] = _worded(full[key], spoken)
    if isinstance(full.get("pages"), list):
        full["pages"] = [
            _page(page, ("pages", at), spoken, say) for at, page in enumerate(full["pages"])
        ]
    for measure in full.get("measures") or []:
        if isinstance(measure, dict) and "title" in measure:
            measure["title"] = _worded(measure["title"], spoken)
    return full


def _page(page: Any, path: tuple[str | int, ...], spoken: list[str], say: Say) -> Any:
    if not isinstance(page, dict):
        return page
    page = dict(page)
    if "title" in page:
        page["title"] = _worded(page["title"], spoken)
    if isinstance(page.get("statements"), list):
        page["statements"] = [_statement(item, spoken) for item in page["statements"]]
    if isinstance(page.get("questions"), list):
        page["questions"] = [
            _question(question, (*path, "questions", at), spoken, say)
            for at, question in enumerate(page["questions"])
        ]
    if isinstance(page.get("show_when"), dict):
        page["show_when"] = _route(page["show_when"], (*path, "show_when"), say)
    return page


def _statement(item: Any, spoken: list[str]) -> Any:
    if isinstance(item, str):
        item = {"say": item}
    if not isinstance(item, dict):
        return item
    full = {key: _worded(value, spoken) if key == "say" else value for key, value in item.items()}
    return _pictured(full, spoken)


def _question(question: Any, path: tuple[str | int, ...], spoken: list[str], say: Say) -> Any:
    if isinstance(question, dict) and "bank" in question:
        ready = bank()["questions"].get(question["bank"])
        if ready is None:
            say(
                (*path, "bank"),
                f"The bank has no {question['bank']!r}. It has: {', '.join(bank()['questions'])}.",
            )
            return question
        own = {key: value for key, value in question.items() if key != "bank"}
        question = {"name": question["bank"], **_in_languages(ready, spoken), **own}
    if not isinstance(question, dict):
        return question
    full = {
        key: _worded(value, spoken) if key in _WORDS else value for key, value in question.items()
    }
    kind = full.get("kind")
    if kind == QuestionKind.RATING:
        full.setdefault("highest", 10)
    if kind == QuestionKind.YES_NO:
        full.setdefault("points", 3)
    scale = bank()["scales"].get(f"{kind}_{full.get('points')}")
    if kind in tuple(POINTS) and scale and "options" not in full:
        full["options"] = _in_languages(scale, spoken)
    if isinstance(full.get("options"), list):
        full["options"] = [_option(option, spoken) for option in full["options"]]
    return _pictured(full, spoken)


def _option(option: Any, spoken: list[str]) -> Any:
    if not isinstance(option, dict):
        return option
    full = {
        key: _worded(value, spoken) if key == "label" else value for key, value in option.items()
    }
    return _pictured(full, spoken)


def _pictured(part: dict[str, Any], spoken: list[str]) -> dict[str, Any]:
    picture = part.get("picture")
    if isinstance(picture, str):
        part["picture"] = {"name": picture, "decorative": True}
    elif isinstance(picture, dict) and "alt" in picture:
        part["picture"] = {**picture, "alt": _worded(picture["alt"], spoken)}
    return part


def _worded(value: Any, spoken: list[str]) -> Any:
    if isinstance(value, str):
        return {spoken[0]: {"standard": value}}
    if isinstance(value, dict):
        return {
            tag: {"standard": text} if isinstance(text, str) else text
            for tag, text in value.items()
        }
    return value


def _route(route: dict[str, Any], path: tuple[str | int, ...], say: Say) -> Any:
    unknown = set(route) - {Match.ALL.value, Match.ANY.value}
    if unknown or len(route) != 1:
        say(path, "Write `all:` or `any:` (one of them) and the conditions below it.")
        return route
    (match, conditions), *_ = route.items()
    if not isinstance(conditions, list):
        say(path, f"Below `{match}:` write the conditions as a list, each beginning with a dash.")
        return route
    read = [_condition(item, (*path, match, at), say) for at, item in enumerate(conditions)]
    return {"match": match, "conditions": read}


def _condition(item: Any, path: tuple[str | int, ...], say: Say) -> Any:
    tests = [test.value for test in Test]
    if not isinstance(item, dict) or "question" not in item or len(item) != 2:
        say(path, f"Write `question: NAME` and one of: {', '.join(tests)}.")
        return item
    test = next(key for key in item if key != "question")
    if test not in tests:
        say(path, f"`{test}` is not a test. Write one of: {', '.join(tests)}.")
        return item
    value = item[test]
    if test == Test.ANSWERED:
        values: list[Any] = []
    else:
        values = value if isinstance(value, list) else [value]
    return {"question": item["question"], "test": test, "values": [str(each) for each in values]}


def _in_languages(part: Any, spoken: list[str]) -> Any:
    """A piece of the bank without the words in languages that this survey does not speak."""
    if isinstance(part, list):
        return [_in_languages(item, spoken) for item in part]
    if not isinstance(part, dict):
        return part
    if DEFAULT in part:
        return {tag: words for tag, words in part.items() if tag in spoken}
    return {key: _in_languages(value, spoken) for key, value in part.items()}


# Messages.


def _path(loc: tuple[str | int, ...]) -> tuple[str | int, ...]:
    return tuple(loc)


def _line(lines: Lines, path: tuple[str | int, ...]) -> int:
    while path and path not in lines:
        path = path[:-1]
    return lines.get(path, 1)


def _spell(path: tuple[str | int, ...]) -> str:
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
            return "Use small letters, digits and _ only, beginning with a letter (a picture: set/name)."
        case "string_too_short" | "too_short":
            return "Something is missing here. Write at least one."
        case "string_too_long" | "too_long":
            return f"This is too long. At most {context.get('max_length')}."
        case "bool_type" | "bool_parsing":
            return "Write true or false."
        case "int_type" | "int_parsing" | "int_from_float":
            return "Write a whole number."
        case "greater_than_equal" | "less_than_equal":
            return f"Write a number from {context.get('ge', 'as low as you like')} to {context.get('le', 'any')}."
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


def _shorten(part: Any, key: str = "") -> Any:
    if isinstance(part, list):
        return [_shorten(item) for item in part]
    if not isinstance(part, dict):
        return part
    if key in _WORDS:
        return {tag: w["standard"] if set(w) == {"standard"} else w for tag, w in part.items()}
    if key == "picture" and part.get("decorative"):
        return part["name"]
    if key == "show_when":
        return {part.get("match", Match.ALL.value): [_short_test(c) for c in part["conditions"]]}
    return {name: _shorten(value, name) for name, value in part.items()}


def _short_test(condition: dict[str, Any]) -> dict[str, Any]:
    test, values = condition["test"], condition.get("values", [])
    if test == Test.ANSWERED:
        value: Any = True
    elif test == Test.GREATER_THAN:
        value = int(values[0])
    else:
        value = values if test == Test.ONE_OF else values[0]
    return {"question": condition["question"], test: value}
