"""Whether a number that is taken again and again has really moved."""

from feedback.analysis.trends.control import (
    Assurance,
    ControlChart,
    Part,
    Refusal,
    State,
    control_chart,
)
from feedback.analysis.trends.proportions import ProportionChart, p_chart
from feedback.analysis.trends.reading import Chart, Reading, Span, Taken, read
from feedback.analysis.trends.runs import RunChart, run_chart
from feedback.analysis.trends.stretches import Stretch, stretch

__all__ = [
    "Assurance",
    "Chart",
    "ControlChart",
    "Part",
    "ProportionChart",
    "Reading",
    "Refusal",
    "RunChart",
    "Span",
    "State",
    "Stretch",
    "Taken",
    "control_chart",
    "p_chart",
    "read",
    "run_chart",
    "stretch",
]
