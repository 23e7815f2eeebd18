"""A survey about people, and who answers it: for all tests of who was heard."""

from feedback.outputs import exchange
from feedback.questionnaire import Given

ABOUT = exchange.read_survey(
    b"""\
survey: about
audience: everyone
languages: [en]
minutes: 2
title: {en: "About you"}
asked_by: {en: "The partnership asks"}
why: {en: "To know who answers"}
read_by: {en: "Our team"}
afterwards: {en: "We say what we did"}
pages:
  - name: about
    questions: [{bank: who}, {bank: area}, {bank: stage}, {bank: setting}, {bank: need}]
"""
)


def person(**said: str) -> dict[str, Given]:
    """What somebody says about themselves; several needs are parted by blanks."""
    return {name: Given(codes=tuple(codes.split())) for name, codes in said.items()}


def people(count: int, **said: str) -> list[dict[str, Given]]:
    """So many who say the same."""
    return [person(**said)] * count
