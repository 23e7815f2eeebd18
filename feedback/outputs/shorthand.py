"""The short ways of writing a survey file, and the bank of ready scales and questions."""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from feedback.languages import DEFAULT
from feedback.soundness import POINTS
from feedback.vocabulary import Match, QuestionKind, Test

WORDS = frozenset(
    {
        "title",
        "asked_by",
        "why",
        "read_by",
        "afterwards",
        "ask",
        "help",
        "reason",
        "low_label",
        "high_label",
        "label",
        "say",
        "alt",
        "word",
        "meaning",
    }
)

Say = Callable[[tuple[str | int, ...], str], None]


@cache
def bank() -> dict[str, Any]:
    """The ready scales, "about you" and core questions, as they stand in the bank's file."""
    return yaml.safe_load((Path(__file__).parent.parent / "bank.yaml").read_text(encoding="utf-8"))


def ready_options(kind: QuestionKind, points: int | None, spoken: list[str]) -> list[Any]:
    """The options of a ready scale in these languages; none where the kind has no scale."""
    scale = bank()["scales"].get(f"{kind}_{points}")
    return [_option(option, spoken) for option in _in_languages(scale, spoken)] if scale else []


def ready_question(name: str, spoken: list[str]) -> Any:
    """A question of the bank, written out in full in these languages."""
    return _question({"bank": name}, (), spoken, lambda _path, _words: None)


def ready_measure(name: str, spoken: list[str]) -> Any:
    """What a core question of the bank measures, in these languages; None for any other."""
    core = bank()["core"].get(name)
    return core and _titled(_in_languages(core["measure"], spoken), spoken)


def expand(tree: dict[str, Any], say: Say) -> dict[str, Any]:
    """A survey file's tree with everything written out in full.

    Args:
        say: told the path and the words of what cannot be understood.
    """
    full = dict(tree)
    if isinstance(full.get("languages"), str):
        full["languages"] = [full["languages"]]
    given = full.get("languages")
    spoken = [str(tag) for tag in given] if isinstance(given, list) and given else [DEFAULT]
    for key in WORDS & full.keys():
        full[key] = _worded(full[key], spoken)
    if isinstance(full.get("pages"), list):
        full["pages"] = [
            _page(page, ("pages", at), spoken, say) for at, page in enumerate(full["pages"])
        ]
    if isinstance(full.get("glossary"), list):
        full["glossary"] = [_term(term, spoken) for term in full["glossary"]]
    if isinstance(full.get("measures"), list):
        full["measures"] = [_titled(measure, spoken) for measure in full["measures"]]
    return _with_core_measures(full, tree.get("pages"), spoken)


def _with_core_measures(full: dict[str, Any], pages: Any, spoken: list[str]) -> dict[str, Any]:
    """A tree with the measures of its core questions, where it does not name them itself."""
    measures = full.get("measures") or []
    if not isinstance(pages, list) or not isinstance(measures, list):
        return full
    named = {each.get("name") for each in measures if isinstance(each, dict)}
    parts = [page["questions"] for page in pages if isinstance(page, dict) and "questions" in page]
    for question in (each for part in parts if isinstance(part, list) for each in part):
        if isinstance(question, dict) and "bank" in question and "measure" not in question:
            measure = ready_measure(str(question["bank"]), spoken)
            if measure and measure["name"] not in named:
                named.add(measure["name"])
                measures = [*measures, measure]
    return {**full, "measures": measures} if measures else full


def _from_bank(name: str) -> Any:
    """A question of the bank as a survey has it; None where the bank has none."""
    core = bank()["core"].get(name)
    if core is None:
        return bank()["questions"].get(name)
    asked = {key: value for key, value in core.items() if key not in ("for", "brings")}
    return {**asked, "measure": core["measure"]["name"]}


def _term(term: Any, spoken: list[str]) -> Any:
    if not isinstance(term, dict):
        return term
    return {key: _worded(value, spoken) if key in WORDS else value for key, value in term.items()}


def _titled(part: Any, spoken: list[str]) -> Any:
    if not isinstance(part, dict) or "title" not in part:
        return part
    return {**part, "title": _worded(part["title"], spoken)}


def _page(page: Any, path: tuple[str | int, ...], spoken: list[str], say: Say) -> Any:
    if not isinstance(page, dict):
        return page
    page = dict(_titled(page, spoken))
    if isinstance(page.get("statements"), list):
        page["statements"] = [_statement(item, spoken) for item in page["statements"]]
    if isinstance(page.get("questions"), list):
        page["questions"] = [
            _question(question, (*path, "questions", at), spoken, say)
            for at, question in enumerate(page["questions"])
        ]
    if page.get("show_when") is not None:
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
        ready = _from_bank(str(question["bank"]))
        if ready is None:
            say(
                (*path, "bank"),
                f"The bank has no {question['bank']!r}. "
                f"It has: {', '.join([*bank()['questions'], *bank()['core']])}.",
            )
            return question
        own = {key: value for key, value in question.items() if key != "bank"}
        question = {"name": question["bank"], **_in_languages(ready, spoken), **own}
    if not isinstance(question, dict):
        return question
    full = {
        key: _worded(value, spoken) if key in WORDS else value for key, value in question.items()
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


def _route(route: Any, path: tuple[str | int, ...], say: Say) -> Any:
    if not isinstance(route, dict) or set(route) not in ({Match.ALL.value}, {Match.ANY.value}):
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
        if value is not True:
            say((*path, test), "Write `answered: true`, or take the condition out.")
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


def shorten(part: Any, key: str = "") -> Any:
    """A questionnaire's tree in the short ways of writing."""
    if isinstance(part, list):
        return [shorten(item) for item in part]
    if not isinstance(part, dict):
        return part
    if key in WORDS:
        return {tag: w["standard"] if set(w) == {"standard"} else w for tag, w in part.items()}
    if key == "picture" and part.get("decorative"):
        return part["name"]
    if key == "show_when":
        return {part.get("match", Match.ALL.value): [_short_test(c) for c in part["conditions"]]}
    return {name: shorten(value, name) for name, value in part.items()}


def _short_test(condition: dict[str, Any]) -> dict[str, Any]:
    test, values = condition["test"], condition.get("values", [])
    if test == Test.ANSWERED:
        value: Any = True
    elif test == Test.GREATER_THAN:
        value = int(values[0])
    else:
        value = values if test == Test.ONE_OF else values[0]
    return {"question": condition["question"], test: value}
