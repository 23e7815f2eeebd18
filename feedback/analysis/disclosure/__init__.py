"""The one gate through which every count leaves: small groups are hidden, and stay hidden.

What a reader is taken to know: every shown number, every total that is shown, the threshold, and
that a count of 0 to threshold - 1 is always hidden. From all that, a small count must remain
possibly 1 or fewer and possibly the threshold or more; so further cells are hidden beside it.
Nothing here tells the two kinds of hidden cell apart, for whoever could tell them apart could
narrow the ranges; only `suppress` does, for checks that nobody outside sees. The words for a
hidden cell are chosen where it is shown, the same for all.

Source:
    Hundepool et al. (2012), Statistical Disclosure Control, chapter 4 (primary and secondary
    suppression, the range an outsider can compute); Castro (2007), Comput. Oper. Res. 34:1668-1681
    (shortest paths for two-way tables).
"""

from feedback.analysis.disclosure.counts import hide_choices, hide_counts, hide_summary
from feedback.analysis.disclosure.groups import hidden_groups
from feedback.analysis.disclosure.ranges import Place
from feedback.analysis.disclosure.shares import LOW_BASE, SHARE_NEEDS, Share, rounded, share
from feedback.analysis.disclosure.shown import HIDDEN, Distribution, Shown, Table
from feedback.analysis.disclosure.stretches import Stretch, hidden_stretches
from feedback.analysis.disclosure.subtracting import Finding, Published, differencing
from feedback.analysis.disclosure.suppressing import Suppressed, suppress
from feedback.analysis.disclosure.tables import hide_table
from feedback.analysis.disclosure.years import Chosen, hide_years, people_in

__all__ = [
    "HIDDEN",
    "LOW_BASE",
    "SHARE_NEEDS",
    "Chosen",
    "Distribution",
    "Finding",
    "Place",
    "Published",
    "Share",
    "Shown",
    "Stretch",
    "Suppressed",
    "Table",
    "differencing",
    "hidden_groups",
    "hidden_stretches",
    "hide_choices",
    "hide_counts",
    "hide_summary",
    "hide_table",
    "hide_years",
    "people_in",
    "rounded",
    "share",
    "suppress",
]
