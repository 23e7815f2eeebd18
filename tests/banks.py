"""Reads the banks of sound and faulty questions as questions of a survey."""

from pathlib import Path
from typing import Any

import yaml

from feedback.analysis.checking import Finding, Rule, check_question
from feedback.outputs.shorthand import expand
from feedback.questionnaire import Page, Question, Term
from feedback.settings import easy_words
from feedback.vocabulary import Audience, Presentation

HERE = Path(__file__).parent / "analysis"


def bank(name: str) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The sound and the faulty questions of a bank."""
    both = yaml.safe_load((HERE / f"{name}.yaml").read_text(encoding="utf-8"))
    return both["sound"], both["faulty"]


def findings(entry: dict[str, Any]) -> list[Finding]:
    """What the checker says about an entry of a bank."""
    return check_question(
        question(entry),
        language=entry.get("language", "en"),
        presentation=presentation(entry),
        audience=Audience(entry.get("for", "everyone")),
        glossary=[
            Term.model_validate({"word": {"en": _both(word)}, "meaning": {"en": _both(meaning)}})
            for word, meaning in entry.get("explains", {}).items()
        ],
        known=easy_words(),
    )


def presentation(entry: dict[str, Any]) -> Presentation:
    """The wording that an entry is in."""
    return Presentation.EASY_READ if entry.get("as") == "easy" else Presentation.STANDARD


def rules(entry: dict[str, Any]) -> set[Rule]:
    """The rules that speak about an entry."""
    return {finding.rule for finding in findings(entry)}


def question(entry: dict[str, Any]) -> Question:
    """An entry of a bank as a question."""
    language = entry.get("language", "en")
    written = entry.get("written") != "no"
    kind = entry.get("kind", "yes_no")
    whole: dict[str, Any] = {"name": "asked", "kind": kind}
    for key in ("ask", "help", "reason", "low_label", "high_label"):
        if key in entry:
            easy = _both(entry[key]) if written else {"standard": entry[key]}
            whole[key] = {language: easy}
    if "points" in entry:
        whole["points"] = entry["points"]
    if "options" in entry:
        pictures = entry.get("pictures", [None] * len(entry["options"]))
        whole["options"] = [
            {"code": f"o{at}", "label": {language: _both(label)}, "picture": picture}
            for at, (label, picture) in enumerate(zip(entry["options"], pictures, strict=True))
        ]
    match entry.get("picture"):
        case None:
            whole["picture"] = "own/words"
        case "untold":
            whole["picture"] = {"name": "own/words", "alt": {"ar": "كلمات"}}
    page = expand({"languages": [language], "pages": [{"name": "p", "questions": [whole]}]}, print)
    (asked,) = Page.model_validate(page["pages"][0]).questions
    return asked


def _both(text: str) -> dict[str, str]:
    return {"standard": text, "easy": text}
