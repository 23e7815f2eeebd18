"""Files that a person writes: YAML read into plain values that know their lines.

Problems are said by file and line, in plain words, with what to do.
"""

import difflib
from collections.abc import Callable, Collection
from typing import Any

import yaml

LARGEST_FILE = 1_000_000  # bytes; a hundred pages in ten languages stay far below
DEEPEST = 20  # levels of nesting; a survey has at most ten

Path = tuple[str | int, ...]
Lines = dict[Path, int]


class WrongFile(Exception):
    """A file that cannot be used; `problems` are lines ready to print."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


def parse(text: str | bytes, file: str, *, first: str) -> tuple[dict[str, Any], Lines]:
    """The tree of a file and the line that each of its parts stands on.

    Args:
        text: the file's content.
        file: what problems call it.
        first: what to do about a file that holds no keys.

    Raises:
        WrongFile: it is too large, no UTF-8, no YAML, or nested or linked as no file of ours is.
    """
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
        raise WrongFile([f"{file}:1: {first}"])
    return tree, lines


_OPENS = (
    yaml.FlowSequenceStartToken
    | yaml.FlowMappingStartToken
    | yaml.BlockSequenceStartToken
    | yaml.BlockMappingStartToken
)
_CLOSES = yaml.FlowSequenceEndToken | yaml.FlowMappingEndToken | yaml.BlockEndToken


def _check_tokens(text: str, file: str) -> None:
    """Refuse what our files never hold, before it takes time or room."""
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


def line_of(lines: Lines, path: Path) -> int:
    """The line of a part, or of the nearest part around it that has one."""
    while path and path not in lines:
        path = path[:-1]
    return lines.get(path, 1)


def spell(path: Path) -> str:
    """Where a part stands, in words: "pages › 3: "."""
    if not path:
        return ""
    steps = [f"{step + 1}" if isinstance(step, int) else step for step in path]
    return f"{' › '.join(steps)}: "


def plain(error: Any, keys: Collection[str], *, guide: str, but: str = "") -> str:
    """What to do about one error of pydantic.

    Args:
        keys: those that a file may have.
        guide: the page that says how such files are written.
        but: what else a code may look like, in brackets.
    """
    kind, context = error["type"], error.get("ctx") or {}
    key = str(error["loc"][-1]) if error["loc"] else ""
    match kind:
        case "missing":
            return f"Add `{key}`."
        case "extra_forbidden":
            near = difflib.get_close_matches(key, keys, n=1)
            hint = f" Did you mean `{near[0]}`?" if near else " Take it out."
            return f"`{key}` is not a key that we know.{hint}"
        case "enum":
            return f"Write one of: {context.get('expected', '')}."
        case "string_pattern_mismatch":
            return f"Use small letters, digits and _ only, beginning with a letter{but}."
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
            return f"Write this as in the guide: {guide}."
