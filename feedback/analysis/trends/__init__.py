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
from feedback.analysis.trends.runs import RunChart, run_chart

__all__ = [
    "Assurance",
    "ControlChart",
    "Part",
    "ProportionChart",
    "Refusal",
    "RunChart",
    "State",
    "control_chart",
    "p_chart",
    "run_chart",
]
