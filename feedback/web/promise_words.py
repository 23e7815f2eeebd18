"""What the states of a promise are called on pages."""

from flask_babel import lazy_gettext

from feedback.outputs.letters import STATES

STATE_WORDS = {state: lazy_gettext(words) for state, words in STATES.items()}
