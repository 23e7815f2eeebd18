"""Survey files that several tests read: one of every kind, and a small one to spoil."""

from pathlib import Path

EVERY_KIND = Path(__file__).parent / "surveys" / "every_kind.yaml"

SMALL = """\
survey: small
title: Small
asked_by: We
why: To learn
read_by: We
afterwards: We say
minutes: 2
pages:
  - name: mood
    questions:
      - name: mood
        kind: choice
        ask: How are you?
        options:
          - {code: good, label: Good}
          - {code: bad, label: Bad}
  - name: weeks
    show_when:
      all:
        - {question: mood, equals: bad}
    questions:
      - name: weeks
        kind: number
        ask: How many weeks?
        highest: 99
"""
