"""Looks over the words of a survey while they are written, and shows a better way."""

from feedback.analysis.checking.checks import (
    badge_faults,
    check,
    check_page,
    check_question,
    check_text,
    earns_badge,
)
from feedback.analysis.checking.findings import Finding, Rule, Strength

__all__ = [
    "Finding",
    "Rule",
    "Strength",
    "badge_faults",
    "check",
    "check_page",
    "check_question",
    "check_text",
    "earns_badge",
]
